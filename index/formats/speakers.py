"""Who speaks, as captions tell it inside their text: `Name: `, `[SPEAKER_00]: `, `>> NAME: ` and `>>`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from index.wordsplit import LINE, SPACE

# What may stand at the beginning of a line: a dash, arrows, and a name with a colon, in brackets or without.
# The colon of Chinese and Japanese needs no space after it.
_LEAD = re.compile(
    r"[ \t]*(?:-[ \t]+)?(?P<arrows>>{2,3}(?!>)[ \t]*)?"
    r"(?:\[(?P<bracket>[^\[\]\n]{1,80})\][ \t]*:(?=[ \t]|$)"
    r"|(?P<name>[^\s:：\[\]<>][^:：\n<>\[\]]{0,59})(?::(?=[ \t]|$)|：))?"
    r"[ \t]*"
)
# Arrows inside a line stand alone: `[LAUGH] >> And I hope`.
_ARROWS_INSIDE = re.compile(r"(?<=\s)>{2,3}(?=[ \t]|$)")
_COLONS = re.compile(r"[:：]")

# Small words that names and roles may have inside: Ludwig van Beethoven, Audience member, Male voice.
_SMALL = frozenset(
    "a al and bin da de del della den der di dos du el la le of the van von y zu "
    "host guest member speaker voice".split()
)
# Openings of English sentences and lists that look like a name before a colon.
_NO_NAMES = frozenset(
    "also and answer anyway because but conclusion disclaimer example first hence meaning moral namely note plus "
    "remember result second so spoiler summary then therefore third thus update warning well yes no".split()
)


class Marked(NamedTuple):
    """A stretch of text after a mark; where `changes` is false there was none, and the speaker goes on."""

    changes: bool
    speaker: str | None
    arrows: bool
    text: str
    joint: int


@lru_cache(maxsize=4096)
def is_name(prefix: str) -> bool:
    """Whether the words before a colon can be a name: at most four, none of them beginning with a small letter.

    The small words inside names and roles are the exception. `Here's the thing` is no name, `Ludwig van Beethoven` is.
    """
    words = prefix.split()
    if not 1 <= len(words) <= 4 or not words[0][0].isalpha() or words[0][0].islower():
        return False
    if words[-1].endswith((",", ";", "!", "?", "…")) or (words[-1].endswith(".") and len(words[-1]) > 4):
        return False
    if len(words) == 1 and words[0].lower() in _NO_NAMES:
        return False
    return all(not word[0].islower() or word.lower() in _SMALL for word in words)


@dataclass(frozen=True, slots=True)
class SpeakerMarks:
    """Which marks of speakers a file uses; decided once, over the text of all its cues."""

    names: bool = False
    brackets: bool = False
    arrows: bool = False
    arrow_names: bool = False  # `>> NAME: `, which needs no second example.

    @property
    def any(self) -> bool:
        """Whether the file has marks at all."""
        return self.names or self.brackets or self.arrows

    @classmethod
    def of(cls, texts: Iterable[str], *, voiced: bool = False) -> "SpeakerMarks":
        """Decide it for a file by its cue texts, without tags; `voiced` files name speakers in a way of their own.

        `Name: ` counts if such beginnings outnumber other words before a colon, and if there are two of them or one
        opens the file. A file with `[NAME]: ` has no `Name: `.
        """
        names = others = 0
        brackets = arrows = opens = False
        spoken = False
        for text in texts:
            if ">>" in text and not arrows:
                arrows = any(m["arrows"] for m in map(_LEAD.match, text.split("\n")) if m)
            if not voiced and (":" in text or "：" in text):
                for line in text.split("\n"):
                    lead = _LEAD.match(line) if _COLONS.search(line, 0, 90) else None
                    if lead and lead["bracket"]:
                        brackets = True
                    elif lead and lead["name"]:
                        if is_name(lead["name"].strip()):
                            names += 1
                            opens |= not spoken
                        else:
                            others += 1
                    spoken = spoken or bool(line.strip())
            spoken = spoken or bool(text.strip())
        return cls(not brackets and names > others and (names > 1 or opens), brackets, arrows, arrows and not voiced)

    def split(self, text: str, *, line_start: bool = True) -> list[Marked]:
        """The text cut at its marks, the marks taken out; `line_start` tells whether it begins a line of its cue."""
        found: list[Marked] = []
        for number, line in enumerate(text.split("\n")):
            joint = LINE if number else SPACE
            parts = self._parts(line) if self.arrows and ">>" in line else [line]
            for place, part in enumerate(parts):
                if place or number or line_start:
                    found.append(self._marked(part, joint))
                else:
                    found.append(Marked(False, None, False, part, joint))
                joint = SPACE
        return found

    def _parts(self, line: str) -> list[str]:
        begin = len(line) - len(line.lstrip())
        cuts = [m.start() for m in _ARROWS_INSIDE.finditer(line, begin + 1)]
        return [line[a:b] for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]

    def _marked(self, line: str, joint: int) -> Marked:
        lead = _LEAD.match(line)
        if not lead:
            return Marked(False, None, False, line, joint)
        arrows = bool(lead["arrows"]) and self.arrows
        bracket, name = lead["bracket"], lead["name"]
        if bracket and self.brackets:
            return Marked(True, bracket, arrows, line[lead.end() :], joint)
        if name and (self.names or (arrows and self.arrow_names)) and is_name(name.strip()):
            return Marked(True, name, arrows, line[lead.end() :], joint)
        if arrows:
            return Marked(True, None, True, line[lead.end("arrows") :], joint)
        return Marked(False, None, False, line, joint)
