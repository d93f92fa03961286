"""What the writers of documents for people share: paragraphs, each with who speaks and when it begins."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from index.formats.base import WriteOptions
from index.formats.speakers import SpeakerMarks
from index.formats.untimed import speaker_marks
from index.paragraphs import paragraphs
from index.timecode import clock
from index.transcript import Transcript


class ProseParagraph(NamedTuple):
    """A paragraph as it is written: `[0:12:34] `, `Ann:` and the text; the first two may be ""."""

    time: str
    label: str
    text: str


def prose_paragraphs(transcript: Transcript, options: WriteOptions) -> list[ProseParagraph]:
    """The transcript in paragraphs; a name stands where a turn begins, `>>` where one begins that nobody is named for.

    Names that could not be told from other words before a colon are put in brackets, all of them. Times are whole
    seconds, and only there if the transcript has any.
    """
    written = list(_paragraphs(transcript, options, {name: f"{name}:" for name in transcript.speakers}))
    if options.speakers and transcript.speakers:
        texts = [f"{paragraph.label} {paragraph.text}".strip() for paragraph in written]
        marks, first = (SpeakerMarks.of(texts), 0) if transcript.timed else speaker_marks(texts)
        if first or not all(marks.split(f"{name}: x")[0].speaker == name for name in transcript.speakers):
            names = {name: f"[{name.replace('[', '(').replace(']', ')')[:80]}]:" for name in transcript.speakers}
            return list(_paragraphs(transcript, options, names))
    return written


def _paragraphs(transcript: Transcript, options: WriteOptions, names: Mapping[str, str]) -> Iterator[ProseParagraph]:
    with_times = transcript.timed and options.times
    end_ms = transcript.end_ms if with_times else 0  # Looked up once: it is looked for among all cues.
    for paragraph in paragraphs(transcript):
        first = paragraph.words.first
        label = ""
        if paragraph.begins_turn and options.speakers:
            speaker = transcript.turn(paragraph.turn).speaker
            label = names[speaker] if speaker is not None else ">>" if paragraph.turn else ""
        time = f"[{clock(transcript.starts[first], like_ms=end_ms)}]" if with_times else ""
        yield ProseParagraph(time, label, " ".join(transcript.text_of(paragraph.words).split()))
