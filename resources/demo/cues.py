"""Breaks the demo episode's timed words into cues and writes them as WebVTT with a time for every word."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["TimedWord", "to_webvtt"]

_LINE_LENGTH = 42  # characters; two lines a cue
_SENTENCE, _CLAUSE = (".", "?", "!", "…", "”…"), (",", ":", ";")


@dataclass(frozen=True)
class TimedWord:
    """A word as it is written, who says it, in which turn (counted from 0), and its start and end."""

    text: str
    speaker: str
    turn: int
    start_ms: int
    end_ms: int


def to_webvtt(words: Sequence[TimedWord], note: str) -> str:
    """The words as WebVTT (W3C): ``<v Speaker>``, and an inline time before each word but a cue's first.

    The first needs none: its cue starts with it. A cue ends when its last word does, and keeps to one turn.
    """
    blocks = ["WEBVTT", f"NOTE\n{note}"]
    for number, cue in enumerate(_cues(words), 1):
        lines = [" ".join(_tag(word, first=word is cue[0]) for word in line) for line in _lines(cue)]
        times = f"{_timestamp(cue[0].start_ms)} --> {_timestamp(cue[-1].end_ms)}"
        blocks.append(f"{number}\n{times}\n<v {cue[0].speaker}>" + "\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _tag(word: TimedWord, *, first: bool) -> str:
    text = word.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text if first else f"<{_timestamp(word.start_ms)}>{text}"


def _timestamp(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"


def _cues(words: Sequence[TimedWord]) -> Iterator[Sequence[TimedWord]]:
    start = 0
    for index in range(1, len(words) + 1):
        if index == len(words) or words[index].turn != words[start].turn:
            yield from _split(words[start:index])
            start = index


def _split(turn: Sequence[TimedWord]) -> Iterator[Sequence[TimedWord]]:
    """The cheapest way to cut one turn into cues: few of them, cut where the sentence breathes."""
    best: list[tuple[float, int]] = [(0.0, 0)]  # by end: the cost up to there, and where its last cue begins
    for end in range(1, len(turn) + 1):
        ways = (
            (best[begin][0] + 10 + _cut_cost(turn, end) + _shape_cost(turn[begin:end]), begin) for begin in range(end)
        )
        best.append(min(ways))
    cuts = [len(turn)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    cuts.reverse()
    for begin, end in pairwise(cuts):
        yield turn[begin:end]


def _cut_cost(turn: Sequence[TimedWord], end: int) -> float:
    if end == len(turn) or turn[end - 1].text.endswith(_SENTENCE):
        return 0
    return 4 if turn[end - 1].text.endswith(_CLAUSE) else 15


def _shape_cost(cue: Sequence[TimedWord]) -> float:
    lines = _lines(cue)
    if any(_length(line) > _LINE_LENGTH for line in lines):
        return math.inf
    return 6 if _length(cue) < 15 else 0


def _lines(cue: Sequence[TimedWord]) -> list[Sequence[TimedWord]]:
    """One line where it fits, else two of about equal length, broken at a comma or a full stop if near."""
    if _length(cue) <= _LINE_LENGTH or len(cue) == 1:
        return [cue]

    def cost(at: int) -> float:
        first, second = _length(cue[:at]), _length(cue[at:])
        overflow = 1000 * (max(first, second) > _LINE_LENGTH)
        return overflow + abs(first - second) - 14 * cue[at - 1].text.endswith(_SENTENCE + _CLAUSE)

    at = min(range(1, len(cue)), key=cost)
    return [cue[:at], cue[at:]]


def _length(words: Sequence[TimedWord]) -> int:
    return sum(len(word.text) + 1 for word in words) - 1
