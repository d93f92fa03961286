"""From the bytes of a file to its text: which encoding, which line ends, and what had to be guessed."""

import codecs
import re

# In the order of trying: the mark of UTF-32 LE begins with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 18  # Bytes that a guess looks at.
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
    """The kind of UTF-16 if the bytes look like it: zeros, nearly all in one half of the pairs."""
    sample = data[: 1 << 12]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) < 4 or even + odd < len(sample) // 12:
        return ""
    if odd > 9 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 9 * odd else ""


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
