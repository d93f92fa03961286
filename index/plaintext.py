"""Text that came from a file, made harmless: no control characters, no lone surrogates, no bidi overrides."""

import re

# NUL and the other C0 and C1 controls but tab and line feed, and surrogates that JSON's "\ud800" can leave
# behind: none can be shown, some end a string or stop a file from being written as UTF-8.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")

# Bidi embeddings, overrides and isolates (Unicode TR 9) can make a name or a word rearrange what stands around it.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")

_WORD_JOINER = "\u2060"


def clean(text: str) -> str:
    """The text with each character that cannot be shown or written replaced by U+FFFD, the replacement character."""
    return text if text.isascii() and text.isprintable() else _UNSHOWABLE.sub("\ufffd", text)


def shown(text: str) -> str:
    """The text as a view may show it, of the same length: bidi controls become invisible word joiners."""
    return text if text.isascii() else _BIDI.sub(_WORD_JOINER, text)


def one_line(text: str, limit: int = 200) -> str:
    """The text on one line, white space collapsed, cut to `limit` characters with an ellipsis."""
    line = " ".join(clean(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
