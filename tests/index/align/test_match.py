import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.align.affine import align, word_scores
from index.align.landmarks import landmarks
from index.align.match import match
from tests.index.making import quick

WORDS = [f"w{number}x{number * 7 % 13}" for number in range(400)]


def pairs(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    found = match(left, right)
    return list(zip(found.left.tolist(), found.right.tolist(), strict=True))


def test_a_text_matches_itself() -> None:
    found = match(WORDS, WORDS)
    assert found.left.tolist() == found.right.tolist() == list(range(400))
    assert found.alike.min() == found.support.min() == 1


def test_what_only_one_side_has_is_left_out() -> None:
    ad = [f"ad{number}" for number in range(120)]
    assert pairs(WORDS, WORDS[:200] + ad + WORDS[200:]) == [(n, n if n < 200 else n + 120) for n in range(400)]
    assert pairs(WORDS[:200] + ad + WORDS[200:], WORDS) == [(n if n < 200 else n + 120, n) for n in range(400)]


def test_a_misheard_name_meets_its_own() -> None:
    found = match("so says lucas biewald of the company".split(), "so says lukas bewald of the company".split())
    assert found.left.tolist() == found.right.tolist() == list(range(7))
    assert all(0.7 < alike < 1 for alike in found.alike[2:4])


def test_words_that_meet_by_chance_do_not_count() -> None:
    other = [f"other{number}" for number in range(300)]
    other[150:152] = WORDS[20:22]
    assert pairs(WORDS, other) == []
    assert pairs([*WORDS[:40], *other, *WORDS[40:]], WORDS)[-1] == (699, 399)
    assert len(pairs(["yes", *other], ["yes", *WORDS])) == 0


def test_a_common_word_some_words_off_its_place_is_another() -> None:
    other = "perhaps deploy the it an boats".split()
    missed = "some where you might think to yourself".split()
    said = [*WORDS[:200], *other, "you", *other, *WORDS[200:]]
    assert not any(200 <= left < 207 for left, _ in pairs([*WORDS[:200], *missed, *WORDS[200:]], said))
    near = [*WORDS[:200], "other", "you", *WORDS[200:]]
    assert (201, 201) in pairs(near, [*WORDS[:200], "so", "you", *WORDS[200:]])


def test_what_is_said_twice_meets_its_own_where_one_was_misheard() -> None:
    text = [*WORDS[:200], *"customers their highest paying customers and their highest paying".split(), *WORDS[200:]]
    said = [*WORDS[:200], *"customers like their own highest paying customers their highest paying".split()]
    found = dict(pairs(text, [*said, *WORDS[200:]]))
    assert [found.get(200 + number) for number in (0, 1, 2, 3, 4)] == [200, 202, 204, 205, 206]
    assert [found.get(200 + number) for number in (6, 7, 8)] == [207, 208, 209]


def test_long_texts_that_repeat_themselves_are_matched_in_full() -> None:
    draw = random.Random(4)
    left = [word for _ in range(8) for word in WORDS]
    right = [word if draw.random() > 0.1 else f"x{number}" for number, word in enumerate(left)]
    found = match(left, right)
    assert found.left.tolist() == found.right.tolist()
    assert len(found) > 0.98 * len(left)


def test_texts_without_a_landmark_are_still_matched() -> None:
    draw = random.Random(3)
    left = [draw.choice(["ta", "ti", "to"]) for _ in range(600)]
    right = [word for word in left if draw.random() > 0.02]
    found = match(left, right)
    assert len(found) > 0.8 * len(right)
    assert sum(left[a] == right[b] for a, b in zip(found.left, found.right, strict=True)) > 0.8 * len(right)


@quick
@given(st.lists(st.sampled_from("abcdefgh"), max_size=40), st.lists(st.sampled_from("abcdefgh"), max_size=40))
def test_pairs_rise_in_both(left: list[str], right: list[str]) -> None:
    found = match(left, right)
    assert (np.diff(found.left) > 0).all()
    assert (np.diff(found.right) > 0).all()
    assert ((found.alike >= 0) & (found.alike <= 1) & (found.support >= 0) & (found.support <= 1)).all()


# The parts


def best_score(scores: np.ndarray) -> float:
    """The best score by trying every alignment, gaps affine."""
    rows, columns = scores.shape

    def go(row: int, column: int, state: int) -> float:
        if row == rows and column == columns:
            return 0.0
        ways = []
        if row < rows and column < columns:
            ways.append(scores[row, column] + go(row + 1, column + 1, 0))
        if row < rows:
            ways.append((-0.35 if state == 1 else -1.2) + go(row + 1, column, 1))
        if column < columns:
            ways.append((-0.35 if state == 2 else -1.2) + go(row, column + 1, 2))
        return max(ways)

    return go(0, 0, 0)


def score_of(scores: np.ndarray, chosen: list[tuple[int, int]]) -> float:
    total, row, column = 0.0, 0, 0
    for a, b in [*chosen, scores.shape]:
        for gap in (a - row, b - column):
            total += -1.2 - 0.35 * (gap - 1) if gap else 0.0
        total += scores[a, b] if (a, b) != scores.shape else 0.0
        row, column = a + 1, b + 1
    return total


@pytest.mark.parametrize("seed", range(12))
def test_no_alignment_is_better(seed: int) -> None:
    numbers = np.random.default_rng(seed)
    scores = numbers.choice([2.0, 1.0, 0.2, -1.1], size=numbers.integers(1, 5, 2), p=[0.3, 0.1, 0.1, 0.5]).astype("f4")
    assert score_of(scores, align(scores)) == pytest.approx(best_score(scores), abs=1e-4)


def test_a_word_that_says_something_is_worth_more() -> None:
    scores = word_scores(["the", "tide", "lucas", "it"], ["the", "tide", "lukas", "in"])
    assert scores[0, 0] < scores[1, 1]
    assert 0 < scores[2, 2] < scores[0, 0]
    assert scores[3, 3] < 0


def test_landmarks_are_unique_on_both_sides_and_do_not_overlap() -> None:
    assert landmarks("a b c d a b".split(), "x a b c d".split(), 2) == [(1, 2, 3)]
    assert landmarks("a a a a".split(), "a a".split(), 2) == []
    assert landmarks(WORDS, WORDS, 4) == [(0, 0, 400)]
