import pytest

from index import formats
from index.formats.run_on import on_lines

TALK = [
    "Mara: " + "The tide was low that morning. " * 15 + "So we walked.",
    "Ben Lee: Too far? I think there was one thing: the mud.",
    "Mara: " + "Yes, and the boats lay on their sides. " * 12 + "You see, we were-",
    "Ben Lee: “Stuck,” you said, and now you say",
    "Mara: We were.",
    "Ben Lee: Good.",
]


def test_turns_on_one_line_are_put_on_lines() -> None:
    assert on_lines(" ".join(TALK)).split("\n") == TALK


def test_they_are_turns_when_read() -> None:
    transcript = formats.read_bytes(" ".join(TALK).encode(), "talk.txt").transcript
    assert transcript.speakers == ("Mara", "Ben Lee")
    assert transcript.turn_count == len(TALK)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mara: short. Ben: too. Mara: yes.",
        "What I said. Then: nothing. But: " * 60,
        "No name opens this. " + " ".join(TALK),
        "One thing. " * 200,
    ],
)
def test_other_lines_stay(text: str) -> None:
    assert on_lines(text) == text


def test_long_lines_cost_nothing() -> None:
    for piece in ("Ann: ", "A b c d: ", ". ", ": ", "Ann. ", "a."):
        on_lines(piece * 100_000)
    on_lines(". ".join(f"Name{n}: so. Name{n}: so" for n in range(20_000)))
