"""From the bytes of a file to its text: which encoding, which line ends, and what had to be guessed."""

import codecs
import re
from unicodedata import category

# In the order of trying: the mark of UTF-32 LE begins with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 18  # Bytes that a guess looks at.
_WIDE_SAMPLE = 1 << 12
_ENOUGH_ZEROS = 4  # Fewer say nothing of what the other bytes are.
_NO_TEXT = frozenset(("Cc", "Cn", "Co", "Cs"))
_JSON = re.compile(rb"\s*(?:\{|\[\s*[\[{\"])")
_HIGH = re.compile(rb"[\x80-\xff]+")
_LETTERS_1252 = set("éèêëàâäáãåæçîïíìñôöóòõøœùûüúßÿ")
_LETTERS_1250 = set("ąćęłńóśźżáčďéěíňřšťúůýžäöüőűâăîșțşţß")
_PUNCTUATION = set("‘’“”„…–—€«»\xa0©°·•")
_NAMES = {
    "cp1252": "Windows-1252 (Western European)",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "latin-1": "ISO 8859-1 (Western European)",
}


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, without byte order mark and with `\\n` for line ends, and sentences that tell what was guessed.

    UTF-8, UTF-16 and UTF-32 are known by their byte order marks, UTF-16 also without one. Other text is UTF-8 if it
    can be, if most of its characters beyond ASCII are, or if it is JSON (RFC 8259 allows no other encoding); else it
    comes from one of the older one-byte encodings of Europe, whichever gives the likeliest letters.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _finish(*_replaced(data[len(mark) :], encoding))
    wide = _utf16_without_mark(data)
    if wide:
        return _finish(*_replaced(data, wide))
    try:
        return _finish(data.decode("utf-8"), 0)
    except UnicodeDecodeError:
        pass
    text, bad = _replaced(data, "utf-8")
    good = len(re.sub(r"[\x00-\x7f\ufffd]+", "", text))
    if good >= bad or _JSON.match(data):
        return _finish(text, bad)
    encoding = _guess(data[:_SAMPLE])
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "latin-1"
        text = data.decode(encoding)
    warning = f"The file is not UTF-8; it was read as {_NAMES[encoding]}, so check the accented letters."
    return _finish(text, 0)[0], (warning,)


def _finish(text: str, damaged: int) -> tuple[str, tuple[str, ...]]:
    """The text with its line ends made one kind, and a sentence if something in it is damaged."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not damaged:
        return text, ()
    if damaged == 1:
        return text, ("One damaged character is shown as �.",)
    return text, (f"{damaged:,} damaged characters are shown as �.",)


def _replaced(data: bytes, encoding: str) -> tuple[str, int]:
    """The text with U+FFFD where the bytes are damaged, and how many such places there are."""
    text = data.decode(encoding, "replace")
    sound = data.decode(encoding, "ignore").count("\ufffd")
    return text, text.count("\ufffd") - sound


def _utf16_without_mark(data: bytes) -> str:
    """The kind of UTF-16, if the bytes are text in it: "" if they are not, or are too few to tell.

    Spaces, digits and Latin letters have a zero in one half of their pair, always the same one. Where not nearly all
    pairs have, the other letters must be letters in UTF-16, and must be none where each byte is taken for itself.
    """
    sample = data[:_WIDE_SAMPLE]
    zeros = (sample[::2].count(0), sample[1::2].count(0))
    pairs = len(sample) // 2
    many, few = max(zeros), min(zeros)
    if many < _ENOUGH_ZEROS or many * 6 < pairs or few * 9 > many:
        return ""
    kind = "utf-16-le" if zeros[1] == many else "utf-16-be"
    text = sample[: 2 * pairs].decode(kind, "replace")
    if sum(map(_is_implausible, text)) * 20 > len(text):
        return ""
    return kind if many * 5 >= pairs * 4 or not _is_narrow(sample) else ""


def _is_implausible(character: str) -> bool:
    """Whether a character stands in no text: a control, a half of a pair, one not assigned, or a place of damage."""
    return character == "\ufffd" or (character not in "\t\n\r\f" and category(character) in _NO_TEXT)


def _is_narrow(sample: bytes) -> bool:
    """Whether the bytes, zeros left out, are text in UTF-8 as they are.

    The first halves of Indian letters are tabs and line ends there, far more than any text has.
    """
    text = sample.replace(b"\0", b"").decode("utf-8", "replace")
    return sum(map(_is_implausible, text)) * 20 <= len(text) and sum(map(str.isspace, text)) * 5 <= len(text) * 2


def _guess(sample: bytes) -> str:
    """The one-byte encoding that makes the likeliest letters of the bytes beyond ASCII."""
    runs = _HIGH.findall(sample)
    high = sum(map(len, runs))
    if sum(len(run) for run in runs if len(run) >= 3) * 2 > high:
        return "cp1251"  # Whole words beyond ASCII: no alphabet of Latin letters has them.
    scores = {
        encoding: sum(_likelihood(run.decode(encoding, "replace"), letters) for run in runs)
        for encoding, letters in (("cp1252", _LETTERS_1252), ("cp1250", _LETTERS_1250))
    }
    return max(scores, key=scores.__getitem__)  # The first of equals.


def _likelihood(run: str, letters: set[str]) -> int:
    return sum(1 if c.lower() in letters else 0 if c in _PUNCTUATION else -1 for c in run)
