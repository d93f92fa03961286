"""Markdown: for reading and for other programs, with the time of each paragraph and the names in bold."""

from index.formats.base import WriteOptions
from index.formats.markdown_text import escaped
from index.formats.prose_out import prose_paragraphs
from index.transcript import Transcript


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The words as paragraphs: `[0:04] **Ann:** text`, with names where a turn begins.

    It cannot carry the times of words and cues (each paragraph has its start, in whole seconds), line breaks, or that
    one named speaker begins anew. `options` may leave out the times and the names.
    """
    blocks = []
    for time, label, text in prose_paragraphs(transcript, options):
        mark = escaped(label) if label == ">>" else f"**{escaped(label)}**" if label else ""
        blocks.append(" ".join(filter(None, (time, mark, escaped(text)))))
    return "\n\n".join(blocks) + "\n"
