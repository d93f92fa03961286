"""Text whose turns follow each other on one endless line (`… we walked. Ben: Too far. Mara: …`), put on lines."""

import re
from collections import Counter

from index.formats.speakers import is_name

_LONG = 1000  # Characters of a line that may hold several turns.
_ENOUGH, _SPEAKERS = 3, 50
# A name between the end of a sentence and a colon.
_LABEL = re.compile(r"(?:\A|(?<=[.!?…\"”’'»)\]—–-] )) ?(?P<name>[^\W\d_][\w.'’-]{0,30}(?: [\w.'’-]{1,30}){0,3}): ")
_SENTENCE = re.compile(r".*[.!?…][\"”’')\]]* (?=\S)")  # What a name begins with that took a sentence's end for its own.
_COLON = re.compile(r"(?<=\w): ")


def on_lines(text: str) -> str:
    """The text with a line for each turn, where a long line holds several; else as it is.

    Names are those that stand more than once between the end of a sentence and a colon; one of them must open the line.
    """
    return "\n".join(_broken(line) if len(line) > _LONG else line for line in text.split("\n"))


def _broken(line: str) -> str:
    counts = Counter(name for name in map(_name, _LABEL.finditer(line)) if is_name(name))
    known = [re.escape(name) for name, count in counts.most_common(_SPEAKERS) if count > 1]
    if not known:
        return line
    # Who is known to speak is one everywhere, for some sentences break off without a stop.
    turns = [found.start() for found in re.finditer(rf"(?:\A|(?<= ))(?:{'|'.join(known)}): ", line)]
    if turns[0] or len(turns) < _ENOUGH or len(turns) * 2 < len(_COLON.findall(line)):
        return line
    return "\n".join(line[first:end].rstrip() for first, end in zip(turns, [*turns[1:], len(line)], strict=True))


def _name(found: re.Match[str]) -> str:
    head = _SENTENCE.match(found["name"])
    return found["name"][head.end() :] if head else found["name"]
