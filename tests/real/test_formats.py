"""The readers on real files: a suite of WebVTT with the cues it must give, a whole episode, and a poem."""

import json
from pathlib import Path

import pytest

from index import formats
from index.errors import TranscriptError
from index.formats.decode import decoded
from index.formats.webvtt_cues import parse_cues

pytestmark = pytest.mark.real

Cue = tuple[str, int, int, str]


@pytest.fixture(scope="module")
def suite(shared_data: Path) -> dict[Path, list[Cue]]:
    """Each file of the WebVTT suite with its cues: id, start and end in ms, raw text."""
    folder = shared_data / "webvtt-suite"
    if not folder.is_dir():
        pytest.skip("needs the WebVTT suite, which is not here")
    expected = json.loads((folder / "expected_cues.json").read_text())
    return {
        folder / "tests" / name: [
            (cue["id"], round(cue["start"] * 1000), round(cue["end"] * 1000), cue["text"]) for cue in cues
        ]
        for name, cues in expected.items()
    }


def found(path: Path, *, strict: bool) -> list[Cue]:
    text, _ = decoded(path.read_bytes())
    return [(cue.id, cue.start_ms, cue.end_ms, cue.text) for cue in parse_cues(text, strict=strict)]


def test_every_cue_of_the_suite_is_read_as_the_standard_has_it(suite: dict[Path, list[Cue]]) -> None:
    wrong = [path.name for path, cues in suite.items() if found(path, strict=True) != cues]
    assert not wrong
    assert len(suite) > 200


def test_tolerance_changes_nothing_but_what_a_wrong_signature_does(suite: dict[Path, list[Cue]]) -> None:
    more = {path.name for path, cues in suite.items() if found(path, strict=False) != cues}
    assert more == {
        "bom-garbage-data.vtt",
        "bom-tab-webvtt.vtt",
        "newline-before-webvtt.vtt",
        "tab-after-bom-before-header.vtt",
    }


def test_what_was_read_of_the_suite_is_the_same_when_written_and_read_again(
    suite: dict[Path, list[Cue]],
) -> None:
    for path in suite:
        try:
            transcript = formats.read(path).transcript
        except TranscriptError as error:
            assert path.name in str(error)  # noqa: PT017
            continue
        if not transcript.timed:  # No captions, by its signature or for want of cues, but words that can be read.
            continue
        written = formats.to_text(transcript, "vtt")
        again = formats.read_bytes(written.encode(), path.name).transcript
        assert again.text == transcript.text
        assert [turn.speaker for turn in again.turns()] == [turn.speaker for turn in transcript.turns()]


def test_a_whole_episode_of_timed_lines(shared_data: Path) -> None:
    result = formats.read(shared_data / "seeds" / "gradient-dissent-catanzaro-whisper.txt")
    transcript = result.transcript
    assert result.warnings == ()
    assert transcript.cue_count == 925
    assert transcript.end_ms == 4_582_520
    assert len(transcript) > 10_000
    assert transcript.turn_count == 8
    assert ">>" not in transcript.text
    for format in ("vtt", "srt"):
        again = formats.read_bytes(formats.to_text(transcript, format).encode(), f"a.{format}").transcript
        assert again.text == transcript.text
        assert again.starts == transcript.starts
        assert again.turn_firsts == transcript.turn_firsts


def test_a_poem_in_srt(shared_data: Path) -> None:
    transcript = formats.read(shared_data / "speech" / "sonnet1" / "sonnet1.srt").transcript
    assert transcript.cue_count == 15
    assert transcript.text_of(transcript.cue(0).words) == "1"
    assert transcript.end_ms == 53_240


@pytest.mark.parametrize("name", ["article.txt", "show-notes.txt", "securities-untimed-speakers.txt"])
def test_texts_without_times_are_no_timed_transcripts(name: str, shared_data: Path) -> None:
    text, _ = decoded((shared_data / "seeds" / name).read_bytes())
    found = formats.sniff(text)
    assert found is None or found.name not in ("WebVTT", "SRT", "Whisper text")


def test_names_alone_on_lines_are_the_speakers(shared_data: Path) -> None:
    result = formats.read(shared_data / "seeds" / "securities-untimed-speakers.txt")
    transcript = result.transcript
    assert (result.format, transcript.timing) == ("Plain text", "none")
    assert transcript.speakers == ("Danny Crichton", "Grace Isford")
    assert transcript.turn_count == 29
    assert len(result.warnings) == 1
    again = formats.read_bytes(formats.to_bytes(transcript, "docx"), "again.docx").transcript
    assert again.text == transcript.text
    assert again.turn_firsts == transcript.turn_firsts


@pytest.mark.parametrize("name", ["article.txt", "show-notes.txt"])
def test_notes_and_articles_have_no_false_speakers(name: str, shared_data: Path) -> None:
    transcript = formats.read(shared_data / "seeds" / name).transcript
    assert transcript.timing == "none"
    assert transcript.speakers == ()
