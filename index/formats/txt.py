"""Plain text: clean prose, a paragraph a turn, for reading and for other programs."""

from index.formats.base import WriteOptions
from index.paragraphs import paragraphs
from index.transcript import Transcript


def never(text: str) -> bool:
    """A format whose files are no text is recognised in none."""
    return False


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The words as paragraphs, each turn led by its speaker's name unless `options` say otherwise.

    It carries no times and no line breaks. A transcript without times keeps the paragraphs of its source.
    """
    if transcript.timed and options.speakers:
        return transcript.prose(transcript.all_words) + "\n"
    if transcript.timed:
        return "\n\n".join(transcript.text_of(turn.words) for turn in transcript.turns()) + "\n"
    blocks = []
    for paragraph in paragraphs(transcript):
        speaker = transcript.turn(paragraph.turn).speaker if options.speakers and paragraph.begins_turn else None
        blocks.append((f"{speaker}: " if speaker else "") + transcript.text_of(paragraph.words))
    return "\n\n".join(blocks) + "\n"
