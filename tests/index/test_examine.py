from pathlib import Path

import pytest

from index import formats
from index.examine import examine, examine_reading, length_note

TALK = (
    "WEBVTT\n\n00:00.500 --> 00:58.000\n<v JosÃ©>The tide was low that morning, and so we walked out to the boats, "
    "but they were not as far as you would think.\n\n01:00.000 --> 02:00.000\n<v Ann>Itâ€™s late."
)


def test_what_is_told(tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text(TALK, "utf-8")
    found = examine(path, 120_000)
    assert (found.reading.format, found.language, found.length) == ("WebVTT", "en", "")
    assert found.transcript.speakers == ("JosÃ©", "Ann")
    assert found.damage is not None
    assert found.damage.places == 2
    assert found.warnings == (found.damage.sentence(),)


@pytest.mark.parametrize(
    ("sound_ms", "note"),
    [
        (120_000, ""),
        (134_999, ""),
        (119_000, ""),
        (
            115_000,
            "The words go on for 0:05 after the sound ends at 1:55; is it the transcript of this sound?",
        ),
        (145_000, "The words end at 2:00, 0:25 before the sound does."),
    ],
)
def test_the_length_is_that_of_the_sound(sound_ms: int, note: str) -> None:
    reading = formats.read_text(TALK, "talk")
    assert length_note(reading.transcript, sound_ms) == note
    assert (note in examine_reading(reading, sound_ms).warnings) == bool(note)


def test_two_percent_of_a_long_sound_are_an_end() -> None:
    text = "WEBVTT\n\n00:00.500 --> 01:00:00.000\nThe tide was low."
    transcript = formats.read_text(text, "talk").transcript
    assert length_note(transcript, 3_660_000) == ""
    assert length_note(transcript, 3_700_000) == "The words end at 1:00:00, 1:40 before the sound does."


def test_words_without_times_must_go_into_the_sound() -> None:
    transcript = formats.read_text("Mara: The tide was low. " * 30, "talk").transcript
    assert length_note(transcript, 60_000) == ""
    words = f"{len(transcript)} words are"
    assert length_note(transcript, 3_600_000).startswith(f"{words} few for a sound of 1:00:00;")
    assert length_note(transcript, 10_000).startswith(f"{words} many for a sound of 0:10;")
