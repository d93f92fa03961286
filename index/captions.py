"""Breaking words into good captions: few lines, even lines, broken where a reader would breathe."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from unicodedata import category, east_asian_width

from index.sentences import ends_sentence
from index.transcript import Transcript, WordRange
from index.wordsplit import GLUED, LINE, SPACE, is_spaceless


@dataclass(frozen=True, slots=True)
class CaptionStyle:
    """What a caption may be; the defaults are the common ground of broadcasters' guidelines (BBC, Netflix, DCMP)."""

    max_lines: int = 2
    max_chars: int = 42  # In a line; a Chinese, Japanese or Korean character counts as two.
    max_ms: int = 7000
    min_ms: int = 1000
    chars_per_second: int = 20  # Reading speed: a caption stays longer for it where the next one leaves room.
    min_gap_ms: int = 80  # Two frames between captions, by which the eye sees that they change.
    chained_ms: int = 500  # A longer gap is a pause; a shorter one only flickers, so the first caption stays.


_WIDTHLESS = frozenset({"Mn", "Me", "Cf"})  # Accents, vowel signs above and below, joiners.
_CLAUSE = re.compile(r"[,;:—–、，；：][\"'”’)\]»]*\Z")
# Japanese has no spaces; where hiragana, which ends most phrases, meets another script, a phrase most likely begins.
_KANA = re.compile("[\u3040-\u30ff]")
_PHRASE_END = re.compile("[\u3041-\u3096][^\u3041-\u3096ー]")
# Words that open a clause or a phrase: a break before them is a good one, a break after them a bad one.
_OPENERS = frozenset(
    "and but or so because that which who when where while if as than then though although until before after"
    " of in on at to for from with by about into over under through between without during against among within"
    " towards across behind beyond upon since whether like".split()
)
# Words that lean on the next one: after the first kind a break is worst, after the second it is bad,
_ARTICLES = frozenset("a an the my your his her its our their no".split())
_CLINGERS = frozenset("this these those not very i we he she it they you there".split())
# and after these, which are half of a verb, nearly as bad.
_HELPERS = frozenset(
    "am is are was were be been can could will would shall should may might must do does did have has had"
    " don't can't won't didn't isn't i'm we're you're they're it's that's".split()
)
# Words that lean on the one before them: to start off, to carry out,
_PARTICLES = frozenset("up off out down away back together".split())
# "of" after these (a lot of people, kind of new, one of us), and some pairs that are one word in all but spelling.
_BEFORE_OF = frozenset(
    "kind sort type lot lots bunch couple number one some all both none each any many most much few part out because"
    " instead".split()
)
_PAIRS = frozenset(
    (
        "so that|such that|even if|even though|as if|as well|as though|at least|at all|rather than|each other|et cetera"
        "|more than|less than|according to|due to|going to|able to|have to|has to|had to|want to|need to|used to"
    ).split("|")
)


@lru_cache(maxsize=1 << 16)
def width_of(word: str) -> int:
    """How many columns a word takes: two for a Chinese, Japanese or Korean character, none for an accent."""
    if word.isascii():
        return len(word)
    return sum(
        0 if category(character) in _WIDTHLESS else 2 if east_asian_width(character) in "WF" else 1
        for character in word
    )


@lru_cache(maxsize=1 << 16)
def _break_cost(before: str, after: str, glued: bool) -> float:
    """How much a break between two words hurts: 0 after a sentence, about 1 inside a phrase, more inside a word."""
    if glued and not is_spaceless(before[-1]) and not is_spaceless(after[0]):
        return 9.0
    if ends_sentence(before):
        return 0.0
    if _CLAUSE.search(before):
        return 0.2
    if glued and _KANA.search(before + after):
        return 0.6 if _PHRASE_END.search(f"{before[-1]}{after[0]}") else 1.3
    last, next = before.lower().replace("’", "'"), after.lower().rstrip(".,;:!?")
    if last in _ARTICLES:
        return 1.5
    if last in _CLINGERS or last in _OPENERS:
        return 1.3
    if f"{last} {next}" in _PAIRS or (next == "of" and last in _BEFORE_OF):
        return 1.3
    if last in _HELPERS or next in _PARTICLES:
        return 1.15
    if before[:1].isupper() and after[:1].isupper():
        return 1.2  # Most likely a name: Lucas Biewald.
    if last[-1:].isdigit():
        return 1.1
    return 0.5 if next in _OPENERS else 1.0


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
        cues_are_paragraphs=False,
    )


def _captions(transcript: Transcript, words: WordRange, borders: set[int], style: CaptionStyle) -> list[WordRange]:
    """The words of one turn in captions, by the cheapest way through all places where one could end."""
    count = len(words)
    texts = [transcript.word_text(word) for word in words]
    widths = [width_of(text) for text in texts]
    glued = [transcript.joints[word] == GLUED for word in words]
    starts = transcript.starts[words.first : words.end]
    ends = transcript.ends[words.first : words.end]
    ending = [
        _end_cost(
            _break_cost(texts[place], texts[place + 1], glued[place + 1]),
            starts[place + 1] - ends[place],
            words.first + place + 1 in borders,
        )
        for place in range(count - 1)
    ] + [-1.0]
    best = [0.0] + [float("inf")] * count
    came_from = [0] * (count + 1)
    for first in range(count):
        lines, filled, total, crossed = 1, widths[first], widths[first], 0.0
        for place in range(first, count):
            if place > first:
                step = widths[place] + (0 if glued[place] else 1)
                total += step
                if filled + step > style.max_chars:
                    lines += 1
                    filled = widths[place]
                else:
                    filled += step
                if lines > style.max_lines or ends[place] - starts[first] > style.max_ms:
                    break
                # A silence or a new sentence inside a caption is worth a break.
                crossed += min(8.0, max(0, starts[place] - ends[place - 1] - 400) / 500)
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


def _end_cost(break_cost: float, silence_ms: int, border: bool) -> float:
    """How much it hurts to end a caption at a break; less where a silence follows, or where the source ends one.

    A source that ends a caption with "the" is not followed there unless all else is worse.
    """
    kept = (1.0 if break_cost <= 1.0 else 0.4) if border else 0.0
    torn = 0.8 if break_cost > 1.0 else 0.0  # Worse than at the end of a line: what belongs to it is not in sight.
    return 1.2 * break_cost + torn - min(2.4, max(0, silence_ms) / 1000) - kept


def _line_breaks(transcript: Transcript, words: WordRange, style: CaptionStyle) -> list[int]:
    """The words that begin the second and later lines of a caption: as few and as even lines as its words allow."""
    texts = [transcript.word_text(word) for word in words]
    glued = [transcript.joints[word] == GLUED for word in words]
    at = [0]  # Width of the text up to before each word, spaces included.
    for number, text in enumerate(texts):
        at.append(at[-1] + width_of(text) + (0 if number + 1 == len(texts) or glued[number + 1] else 1))
    total = at[-1]
    if total <= style.max_chars:
        return []
    lines = min(style.max_lines, -(-total // style.max_chars))  # The space at a break counts for no line.
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
                here = cost + uneven + (0.0 if last else _break_cost(texts[end - 1], texts[end], glued[end]))
                if end not in reached or here < reached[end][0]:
                    reached[end] = (here, breaks if last else [*breaks, end])
        states = reached
    final = states.get(len(texts))
    return final[1] if final else None


def _caption_times(
    transcript: Transcript, firsts: Sequence[int], style: CaptionStyle
) -> tuple["array[int]", "array[int]"]:
    """Captions begin with their first word and stay as long as reading takes, at most until the next begins.

    The smallest gap before that is taken from the end of the caption. Where people talk over each other captions
    overlap as the words do, and a last word shorter than the gap is not left without its caption.
    """
    ranges = [WordRange(first, end) for first, end in pairwise([*firsts, len(transcript)])]
    spans = [transcript.span_ms(words) for words in ranges]
    starts, ends = array("q"), array("q")
    for number, (start_ms, end_ms) in enumerate(spans):
        begun = max(start_ms, starts[-1]) if starts else start_ms
        last = ranges[number].end - 1
        letters = transcript.limits[last] - transcript.offsets[firsts[number]]
        wanted = max(end_ms, begun + max(style.min_ms, letters * 1000 // style.chars_per_second))
        if number + 1 < len(spans):
            following_ms = spans[number + 1][0]
            until = following_ms - style.min_gap_ms
            if end_ms > following_ms or until <= transcript.starts[last]:
                wanted = end_ms
            elif wanted > until - style.chained_ms:
                wanted = until
        else:
            wanted = min(wanted, max(end_ms, transcript.end_ms))
        starts.append(begun)
        ends.append(max(wanted, begun + 1))
    return starts, ends
