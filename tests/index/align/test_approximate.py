from collections.abc import Iterator, Sequence

import pytest
from oracle import WORD_MS, Oracle, never, nobody, one_after_another, silence, untimed

from index.align import telling
from index.align.approximate import align_approximately, align_text_approximately
from index.align.crew import Answer
from index.align.language import Part
from index.align.outcome import WrongTextError
from index.align.recogniser import HeardWord
from index.align.windows import Window
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript

WORDS = [f"wort{number}" for number in range(160)]
SAID = one_after_another(WORDS)
SOUND = silence(160 * WORD_MS)


def captions(words: Sequence[str] = WORDS) -> Transcript:
    """Eight words to a cue, each cue 200 ms late."""
    builder = TranscriptBuilder()
    for first in range(0, len(words), 8):
        builder.add_cue(first * WORD_MS + 200, (first + 8) * WORD_MS + 200)
        builder.add_text(" ".join(words[first : first + 8]))
    return builder.build()


def kinds(transcript: Transcript) -> set[Timing]:
    return {Timing(kind) for kind in transcript.timings}


def hearing(found: Oracle, heard: Oracle) -> Oracle:
    """A crew that finds as one and hears as the other."""
    found.hear = heard.hear  # type: ignore[method-assign]
    return found


def test_what_is_found_where_it_was_heard_is_approximate() -> None:
    deaf = hearing(Oracle(SAID), Oracle(SAID, deaf=WORDS[3::8]))
    result = align_approximately(captions(), SOUND, nobody, never, deaf)
    assert kinds(result) == {Timing.APPROXIMATE}
    assert result.starts.tolist() == [ms for _, ms in SAID]


def test_five_words_found_where_they_were_heard_are_enough_for_a_long_window() -> None:
    deaf = hearing(Oracle(SAID), Oracle(SAID, deaf=[word for word in WORDS if not "wort30" <= word <= "wort36"]))
    result = align_approximately(captions(), SOUND, nobody, never, deaf, is_in_step=True)
    assert {Timing(kind) for kind in result.timings[8:40]} == {Timing.APPROXIMATE}
    assert {Timing(kind) for kind in result.timings[80:]} == {Timing.ESTIMATED}


def test_what_is_heard_elsewhere_stays_an_estimate() -> None:
    late = [(word, ms + 900) for word, ms in SAID]
    result = align_approximately(captions(), SOUND, nobody, never, hearing(Oracle(SAID), Oracle(late)))
    assert kinds(result) == {Timing.ESTIMATED}


def test_what_was_hardly_heard_stays_an_estimate() -> None:
    silent = hearing(Oracle(SAID), Oracle(SAID, deaf=WORDS[:55]))
    result = align_approximately(captions(), SOUND, nobody, never, silent, is_in_step=True)
    assert {Timing(kind) for kind in result.timings[:40]} == {Timing.ESTIMATED}
    assert {Timing(kind) for kind in result.timings[-60:]} == {Timing.APPROXIMATE}


def test_a_search_that_is_stopped_gives_a_whole_transcript() -> None:
    result = align_approximately(captions(), SOUND, nobody, lambda: True, Oracle(SAID))
    assert len(result) == len(WORDS)
    assert kinds(result) == {Timing.ESTIMATED}


def test_what_is_found_comes_in_window_by_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "_TELL_EVERY_S", 0.0)
    came_in: list[Transcript] = []
    words = [f"wort{number}" for number in range(1600)]
    sound, said = silence(len(words) * WORD_MS), one_after_another(words)
    result = align_approximately(captions(words), sound, nobody, never, Oracle(said), came_in=came_in.append)
    found = [each.timings.count(Timing.APPROXIMATE) for each in came_in]
    assert found == sorted(found)
    assert len(set(found)) > 10
    assert found[len(found) // 2] > len(words) / 4, "long before its end"
    assert all(each.text == result.text for each in came_in)


def test_a_search_that_was_stopped_goes_on_where_it_was() -> None:
    words = [f"wort{number}" for number in range(1600)]
    sound, said = silence(len(words) * WORD_MS), one_after_another(words)
    at, crew = [0], Oracle(said, deaf=["wort3"])

    def told(done: int, total: int) -> None:
        at[0] = 100 * done // total

    part = align_approximately(captions(words), sound, told, lambda: at[0] >= 60, crew)
    found = part.timings.count(Timing.APPROXIMATE)
    assert 0.5 * len(words) < found < 0.7 * len(words)
    rest = Oracle(said)
    whole = align_approximately(part, sound, nobody, never, rest)
    assert kinds(whole) == {Timing.APPROXIMATE}
    assert whole.starts.tolist() == [ms for _, ms in said]
    again = [
        part for part in rest.parts if part.end_ms < part.start_ms + 30_000 and part.start_ms < found * WORD_MS * 0.9
    ]
    assert len(again) == 1, "the word that was not found, and no listening whether they are in step"


def test_a_word_found_earlier_keeps_its_time_where_the_others_of_its_cue_are_not_found() -> None:
    part = align_approximately(captions(), SOUND, nobody, never, Oracle(SAID, bad=["wort3"]))
    assert [word for word in part.all_words if part.timings[word] == Timing.ESTIMATED] == [3]
    again = align_approximately(part, SOUND, nobody, never, Oracle([]))
    assert again.timings == part.timings
    assert [word for word in part.all_words if again.starts[word] != part.starts[word]] in ([], [3])


def test_a_text_without_times_is_found_by_what_is_heard() -> None:
    merged = align_text_approximately(untimed(WORDS), SOUND, nobody, never, Oracle(SAID, deaf=[]))
    assert merged is not None
    assert kinds(merged.transcript) == {Timing.APPROXIMATE}
    assert merged.transcript.starts.tolist() == [ms for _, ms in SAID]
    assert merged.transcript.cue_count == 1


def test_words_heard_among_none_of_their_neighbours_lead_nobody_astray() -> None:
    early = [(word, ms - 8 * WORD_MS) for word, ms in SAID[68:70]]
    misheard = hearing(Oracle(SAID), Oracle([*SAID[:60], *early, *SAID[76:]]))
    merged = align_text_approximately(untimed(WORDS), SOUND, nobody, never, misheard)
    assert merged is not None
    assert kinds(merged.transcript) == {Timing.APPROXIMATE}
    assert merged.transcript.starts.tolist() == [ms for _, ms in SAID]


def test_a_word_heard_too_early_leaves_time_for_those_before_it() -> None:
    early = [(word, ms - 4 * WORD_MS) for word, ms in SAID[64:65]]
    crew, astray = (Oracle([*SAID[:60], *early, *SAID[65:]]) for _ in range(2))

    def find(windows: Sequence[Window], *, wide: bool = False) -> Iterator[Answer]:
        for number, window in enumerate(windows):
            whole = "wort63" in window.texts or "wort64" not in window.texts
            yield number, next((Oracle(SAID) if whole else astray).find([window], wide=wide))[1]

    crew.find = find  # type: ignore[method-assign]
    merged = align_text_approximately(untimed(WORDS), SOUND, nobody, never, crew)
    assert merged is not None
    assert kinds(merged.transcript) == {Timing.APPROXIMATE}
    assert merged.transcript.starts.tolist() == [ms for _, ms in SAID]


def test_a_word_heard_to_the_end_of_a_long_part_says_that_the_rest_was_missed() -> None:
    crew, deaf = Oracle(SAID), Oracle(SAID, deaf=WORDS[100:])

    def hear(parts: Sequence[Part]) -> Iterator[list[HeardWord]]:
        if max(part.end_ms - part.start_ms for part in parts) < 20_000:
            yield from Oracle(SAID).hear(parts)
            return
        for part, words in zip(parts, deaf.hear(parts), strict=True):
            yield [*words[:-1], *(word._replace(end_ms=part.end_ms) for word in words[-1:])]

    crew.hear = hear  # type: ignore[method-assign]
    merged = align_text_approximately(untimed(WORDS), SOUND, nobody, never, crew)
    assert merged is not None
    assert merged.transcript.timings.count(Timing.APPROXIMATE) >= 0.9 * len(WORDS)


def test_what_is_found_tells_where_the_rest_is() -> None:
    crew, asked = Oracle(SAID), list[Window]()
    find = crew.find

    def find_later(windows: Sequence[Window], *, wide: bool = False) -> Iterator[Answer]:
        for number, window in enumerate(windows):
            first = len(asked) < 2
            asked.append(window)
            answer = next(find([window], wide=wide))[1]
            yield number, [None] * len(answer) if first else answer

    crew.find = find_later  # type: ignore[method-assign]
    merged = align_text_approximately(untimed(WORDS), SOUND, nobody, never, crew)
    assert merged is not None
    assert kinds(merged.transcript) == {Timing.APPROXIMATE}
    lengths = [window.length_ms for window in asked]
    assert max(lengths[:3]) > 15_000 > 10_500 > max(lengths[3:]), "in shorter windows"
    assert sum(len(window.own) for window in asked[3:]) < 0.8 * len(WORDS), "what was found is not looked for again"


def test_another_text_is_refused_and_a_stopped_search_gives_none() -> None:
    other = untimed([f"anders{number}" for number in range(100)])
    with pytest.raises(WrongTextError):
        align_text_approximately(other, SOUND, nobody, never, Oracle(SAID))
    assert align_text_approximately(untimed(WORDS), SOUND, nobody, lambda: True, Oracle(SAID)) is None


def test_a_text_without_times_needs_the_other_way() -> None:
    with pytest.raises(ValueError, match="no times"):
        align_approximately(untimed(WORDS), SOUND, nobody, never, Oracle(SAID))
