"""Breaking words into good captions: few lines, even lines, broken where a reader would breathe."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from unicodedata import east_asian_width

from index.transcript import Transcript, WordRange
from index.wordsplit import GLUED, LINE, SPACE


@dataclass(frozen=True, slots=True)
class CaptionStyle:
    """What a caption may be; the defaults are the common ground of broadcasters' guidelines (BBC, Netflix, DCMP)."""

    max_lines: int = 2
    max_chars: int = 42  # In a line; a Chinese, Japanese or Korean character counts as two.
    max_ms: int = 7000
    min_ms: int = 1000
    chars_per_second: int = 20  # Reading speed: a caption stays longer for it where the next one leaves room.


_SENTENCE = re.compile(r"[.!?…。！？][\"'”’)\]»]*\Z")
_CLAUSE = re.compile(r"[,;:—–、，；：][\"'”’)\]»]*\Z")
# Words that open a clause or a phrase: a break before them is a good one, a break after them a bad one.
_OPENERS = frozenset(
    "and but or so because that which who when where while if as than then though although until before after"
    " of in on at to for from with by about into over under through between without".split()
)
_CLINGERS = frozenset("a an the my your his her its our their this these those no not very i we he she it they".split())


@lru_cache(maxsize=1 << 16)
def _width(word: str) -> int:
    if word.isascii():
        return len(word)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in word)


def _break_cost(before: str, after: str) -> float:
    """How much a break between two words hurts: 0 after a sentence, about 1 inside a phrase."""
    if _SENTENCE.search(before):
        return 0.0
    if _CLAUSE.search(before):
        return 0.2
    opens = after.lower() in _OPENERS
    last = before.lower()
    if last in _CLINGERS or last in _OPENERS:
        return 1.3
    return 0.5 if opens else 1.0


def rebreak(transcript: Transcript, style: CaptionStyle | None = None) -> Transcript:
    """The same words, times and turns, in new cues: one speaker each, lines broken well, read at a good speed.

    The source's own cue borders are kept where they serve. No word is lost, moved or retimed.
    """
    style = style or CaptionStyle()
    firsts: list[int] = []
    joints = bytearray(SPACE if joint == LINE else joint for joint in transcript.joints)
    borders = set(transcript.cue_firsts)
    for turn in transcript.turns():
        for caption in _captions(transcript, turn.words, borders, style):
            firsts.append(caption.first)
            for word in _line_breaks(transcript, caption, style):
                joints[word] = LINE
    starts, ends = _caption_times(transcript, firsts, style)
    return replace(
        transcript,
        joints=bytes(joints),
        cue_firsts=array("i", firsts),
        cue_starts=starts,
        cue_ends=ends,
        cue_ids=MappingProxyType({}),
        cue_settings=MappingProxyType({}),
    )


def _captions(transcript: Transcript, words: WordRange, borders: set[int], style: CaptionStyle) -> list[WordRange]:
    """The words of one turn in captions, by the cheapest way through all places where one could end."""
    count = len(words)
    texts = [transcript.word_text(word) for word in words]
    widths = [_width(text) for text in texts]
    glued = [transcript.joints[word] == GLUED for word in words]
    starts = transcript.starts[words.first : words.end]
    ends = transcript.ends[words.first : words.end]
    ending = [
        _end_cost(texts, place, starts[place + 1] - ends[place] if place + 1 < count else 0)
        - (1.0 if words.first + place + 1 in borders else 0.0)
        for place in range(count)
    ]
    ending[-1] = -1.0
    room = style.max_lines * style.max_chars
    best = [0.0] + [float("inf")] * count
    came_from = [0] * (count + 1)
    for first in range(count):
        if best[first] == float("inf"):
            continue
        total, crossed = 0, 0.0
        for place in range(first, count):
            total += widths[place] + (0 if place == first or glued[place] else 1)
            if place > first:
                if total > room or not _fits(widths, glued, first, place + 1, style):
                    break
                if ends[place] - starts[first] > style.max_ms:
                    break
                # A silence or a new sentence inside a caption is worth a break.
                crossed += min(3.0, max(0, starts[place] - ends[place - 1] - 400) / 500)
                crossed += 0.8 if ending[place - 1] < -0.2 else 0.0
            short = 0.8 if ends[place] - starts[first] < style.min_ms else 0.0
            orphan = 0.8 if total < style.max_chars // 4 else 0.0
            cost = best[first] + 1.6 + ending[place] + crossed + short + orphan
            if cost < best[place + 1]:
                best[place + 1], came_from[place + 1] = cost, first
    captions, end = [], count
    while end:
        captions.append(WordRange(words.first + came_from[end], words.first + end))
        end = came_from[end]
    return captions[::-1]


def _end_cost(texts: Sequence[str], place: int, silence_ms: int) -> float:
    """How much it hurts to end a caption with a word; less where a silence follows."""
    after = texts[place + 1] if place + 1 < len(texts) else ""
    return 1.2 * _break_cost(texts[place], after) - min(0.6, max(0, silence_ms) / 1000)


def _fits(widths: Sequence[int], glued: Sequence[bool], first: int, end: int, style: CaptionStyle) -> bool:
    """Whether words go into the lines of a caption, filling each as far as it goes."""
    lines, filled = 1, 0
    for place in range(first, end):
        step = widths[place] + (0 if filled == 0 or glued[place] else 1)
        if filled and filled + step > style.max_chars:
            lines += 1
            filled = widths[place]
        else:
            filled += step
    return lines <= style.max_lines


def _line_breaks(transcript: Transcript, words: WordRange, style: CaptionStyle) -> list[int]:
    """The words that begin the second and later lines of a caption: as few and as even lines as its words allow."""
    texts = [transcript.word_text(word) for word in words]
    glued = [transcript.joints[word] == GLUED for word in words]
    at = [0]  # Width of the text up to before each word, spaces included.
    for number, text in enumerate(texts):
        at.append(at[-1] + _width(text) + (0 if number + 1 == len(texts) or glued[number + 1] else 1))
    total = at[-1]
    if total <= style.max_chars:
        return []
    lines = min(style.max_lines, -(-total // style.max_chars))
    while lines <= style.max_lines:
        breaks = _even_breaks(texts, glued, at, lines, style.max_chars)
        if breaks is not None:
            return [words.first + place for place in breaks]
        lines += 1
    return []  # One word longer than a line: nothing to break.


def _even_breaks(
    texts: Sequence[str], glued: Sequence[bool], at: Sequence[int], lines: int, limit: int
) -> list[int] | None:
    """The best places to break words into so many lines; None where they do not go in."""
    ideal = at[-1] / lines
    states: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for line in range(lines):
        last = line == lines - 1
        reached: dict[int, tuple[float, list[int]]] = {}
        for first, (cost, breaks) in states.items():
            for end in [len(texts)] if last else range(first + 1, len(texts)):
                width = at[end] - at[first] - (0 if last or glued[end] else 1)
                if width > limit and end > first + 1:
                    break
                uneven = ((width - ideal) / limit) ** 2 * 4
                here = cost + uneven + (0.0 if last else _break_cost(texts[end - 1], texts[end]))
                if end not in reached or here < reached[end][0]:
                    reached[end] = (here, breaks if last else [*breaks, end])
        states = reached
    final = states.get(len(texts))
    return final[1] if final else None


def _caption_times(
    transcript: Transcript, firsts: Sequence[int], style: CaptionStyle
) -> tuple["array[int]", "array[int]"]:
    """Captions begin with their first word and stay as long as reading takes, at most until the next begins."""
    spans = [
        transcript.span_ms(WordRange(first, end))
        for first, end in zip(firsts, [*firsts[1:], len(transcript)], strict=True)
    ]
    starts, ends = array("q"), array("q")
    for number, (start_ms, end_ms) in enumerate(spans):
        begun = max(start_ms, starts[-1]) if starts else start_ms
        limit = firsts[number + 1] if number + 1 < len(firsts) else len(transcript)
        letters = transcript.limits[limit - 1] - transcript.offsets[firsts[number]]
        wanted = max(end_ms, begun + max(style.min_ms, letters * 1000 // style.chars_per_second))
        if number + 1 < len(spans):
            wanted = max(end_ms, min(wanted, spans[number + 1][0]))
        else:
            wanted = max(end_ms, min(wanted, max(end_ms, transcript.end_ms)))
        starts.append(begun)
        ends.append(max(wanted, begun + 1))
    return starts, ends
