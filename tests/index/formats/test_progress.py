"""Whoever waits for a transcript is told how far it is, and may stop it at any moment."""

from pathlib import Path

import pytest

from index import formats
from index.builder import TranscriptBuilder
from index.formats.base import Format, WriteOptions
from index.progress import TELL_EVERY, Stage, Unwanted, Watch
from index.transcript import Transcript

ORDER = list(Stage)
_WRITTEN = [each for each in formats.writable_formats() if each.write]


@pytest.fixture(scope="module")
def long_talk() -> Transcript:
    """More cues than are taken in at once."""
    builder = TranscriptBuilder()
    for number in range(3 * TELL_EVERY):
        builder.add_cue(number * 1000, number * 1000 + 900)
        builder.set_speaker("Mara" if number % 2 else "Ben Lee")
        builder.add_text("It took sixty years.")
    return builder.build()


class Log:
    """What was told; stops at a stage if one is given."""

    def __init__(self, until: Stage | None = None) -> None:
        self.told: list[tuple[Stage, int, int]] = []
        self._until = until

    def watch(self) -> Watch:
        return Watch(lambda *told: self.told.append(told), lambda: any(told[0] is self._until for told in self.told))


def written(tmp_path: Path, transcript: Transcript, format: Format) -> Path:
    path = tmp_path / f"talk{format.suffixes[0]}"
    formats.write(transcript, path, WriteOptions(), format.name)
    return path


@pytest.mark.parametrize("format", _WRITTEN, ids=lambda each: each.name)
def test_every_stage_is_told_in_order(tmp_path: Path, long_talk: Transcript, format: Format) -> None:
    path, log = written(tmp_path, long_talk, format), Log()
    formats.read(path, log.watch())
    stages = [told[0] for told in log.told]
    assert stages == sorted(stages, key=ORDER.index)
    assert set(stages) >= {Stage.READING, Stage.FINDING, Stage.TAKING}
    assert (Stage.TIMING in stages) == format.needs_times or format.name == "Markdown"
    assert all(0 <= done <= total or not total for _, done, total in log.told)
    size = path.stat().st_size
    assert (Stage.READING, size, size) in log.told
    taken = [(done, total) for stage, done, total in log.told if stage is Stage.TAKING]
    assert taken[-1][0] >= TELL_EVERY
    assert {total for _, total in taken} == {long_talk.cue_count}


@pytest.mark.parametrize("stage", [Stage.READING, Stage.FINDING, Stage.TAKING, Stage.TIMING])
def test_it_stops_where_it_is(tmp_path: Path, long_talk: Transcript, stage: Stage) -> None:
    log = Log(until=stage)
    with pytest.raises(Unwanted):
        formats.read(written(tmp_path, long_talk, formats.FORMATS[0]), log.watch())
    assert log.told[-1][0] is stage
    assert [told[0] for told in log.told].count(stage) == 1


@pytest.mark.parametrize("name", ["WebVTT", "SRT", "SBV", "ASS", "LRC", "TTML", "ELAN", "Podcast HTML"])
def test_finding_tells_how_far_it_is(tmp_path: Path, long_talk: Transcript, name: str) -> None:
    log = Log()
    format = formats.format_named(name)
    assert format
    formats.read(written(tmp_path, long_talk, format), log.watch())
    assert any(stage is Stage.FINDING and total for stage, _, total in log.told)


def test_what_was_forgotten_can_be_read_again(tmp_path: Path, long_talk: Transcript) -> None:
    path = written(tmp_path, long_talk, formats.FORMATS[0])
    with pytest.raises(Unwanted):
        formats.read(path, Log(until=Stage.TAKING).watch())
    assert len(formats.read(path, Log().watch()).transcript) == len(long_talk)
