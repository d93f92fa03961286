"""Plain text: clean prose, a paragraph a turn, for reading and for other programs; only written."""

from index.formats.base import WriteOptions
from index.transcript import Transcript


def never(text: str) -> bool:
    """A text without times is not recognised as anything."""
    return False


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The words as paragraphs, each led by its speaker's name unless `options` say otherwise."""
    if options.speakers:
        return transcript.prose(transcript.all_words) + "\n"
    return "\n\n".join(transcript.text_of(turn.words) for turn in transcript.turns()) + "\n"
