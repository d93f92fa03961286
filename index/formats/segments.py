"""Segments with words that have times of their own, as speech recognition gives them, and their way to the builder."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings
from index.formats.feeder import Feeder
from index.formats.rawcue import Piece, RawCue, check_count
from index.formats.speakers import SpeakerMarks
from index.sentences import ends_sentence
from index.wordsplit import is_spaceless

_ALNUM = re.compile(r"\w")
_CLAUSE_END = (",", ";", ":", "—", "–", "、", "，")
_ONLY_CLOSING = re.compile(r"[^\w\s(\[{<«“‘¿¡#$€£&@-]+\Z")
_CHARACTER_MS = 60  # About as long as it takes to say one.
_PAUSE_MS = 2000
_LONG_MS, _TOO_LONG_MS = 12_000, 20_000
_WINDOW = 64  # Characters of the text in which the next word must be found.

CARRY_ON = "\0carry on"
"""The speaker of a segment or word that says nothing about it: whoever spoke before."""


class TimedWord(NamedTuple):
    """A word or a part of one; a space in front of the text is one before the word."""

    text: str
    start_ms: int | None
    end_ms: int | None
    speaker: str | None = CARRY_ON


class Segment(NamedTuple):
    """A stretch of speech; without words its text is spread over it. `ends_turn`: another speaker follows."""

    start_ms: int | None
    end_ms: int | None
    text: str
    words: Sequence[TimedWord] = ()
    speaker: str | None = CARRY_ON
    ends_turn: bool = False


def feed(segments: Iterable[Segment], builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the segments to the builder, a cue each, with times repaired where they are missing.

    Raises:
        TranscriptError: there is nothing with a text.
    """
    said = [segment for segment in segments if segment.text.strip() or segment.words]
    if not said:
        raise TranscriptError("has no words in it, so there is no transcript; choose another file")
    check_count(len(said))
    told = any(
        segment.speaker not in (CARRY_ON, None) or any(word.speaker != CARRY_ON for word in segment.words)
        for segment in said
    )
    feeder = Feeder(builder, SpeakerMarks() if told else SpeakerMarks.of(segment.text for segment in said), len(said))
    for segment in _repaired(said, findings):
        feeder.begin(RawCue(segment.start_ms or 0, segment.end_ms or 0, ""))
        if segment.speaker != CARRY_ON:
            feeder.voice(segment.speaker)
        words = lay_out(segment.words, segment.text) if segment.words else None
        if words is None:
            feeder.text(segment.text)
        else:
            _feed_words(words, feeder)
        if segment.ends_turn:
            feeder.voice(None, new_turn=True)


def _feed_words(words: Sequence[TimedWord], feeder: Feeder) -> None:
    pieces: list[Piece] = []
    after = ""
    for word in words:
        if word.speaker != CARRY_ON:
            if pieces:
                feeder.pieces(pieces, after=after)
                after, pieces = pieces[-1].text, []
            feeder.voice(word.speaker)
        pieces.append(Piece(word.text, word.start_ms, word.end_ms))
    if pieces:
        feeder.pieces(pieces, after=after)


def _repaired(segments: Sequence[Segment], findings: Findings) -> list[Segment]:
    """The segments with both times; what is missing comes from their words, or from the segments around them."""
    fixed: list[Segment] = []
    reached = 0
    for number, segment in enumerate(segments):
        start, end = segment.start_ms, segment.end_ms
        if start is None or (end is not None and end < start):
            findings.add("One damaged time was repaired.", "{n} damaged times were repaired.")
        if start is None:
            start = next((word.start_ms for word in segment.words if word.start_ms is not None), reached)
        if end is None or end < start:
            following = segments[number + 1].start_ms if number + 1 < len(segments) else None
            end = max(start, _end_of(segment, start, following))
        if (start, end) != (segment.start_ms, segment.end_ms):
            segment = segment._replace(start_ms=start, end_ms=end)
        reached = max(start, end)
        fixed.append(segment)
    return fixed


def _end_of(segment: Segment, start_ms: int, following_ms: int | None) -> int:
    """When a segment without an end ends: with its last word, when the next one begins, or when it may be said."""
    last = segment.words[-1] if segment.words else None
    if last and last.end_ms is not None:
        return max(word.end_ms or 0 for word in segment.words)
    if following_ms is not None and following_ms >= start_ms:
        return following_ms
    text = last.text if last else segment.text
    return max(start_ms, (last.start_ms or 0) if last else 0) + _CHARACTER_MS * len(text)


def lay_out(words: Sequence[TimedWord], text: str = "") -> list[TimedWord] | None:
    """The words spelt, spaced and punctuated as in the text that they come with.

    Where the words do not fit the text they stay as they are, unless much of the text is not in them: then None.
    A word that gets no space in front goes on with the one before it.
    """
    fitted = _fitted(words, text) if text else None
    if fitted is not None:
        return fitted
    if text and sum(_letters(word.text) for word in words) < 0.9 * _letters(text):
        return None
    spaced = 2 * sum(word.text[:1].isspace() for word in words[1:]) > len(words) - 1
    laid: list[TimedWord] = []
    for word in words:
        core = word.text.strip()
        if not core:
            continue
        own = word.text[:1].isspace()
        if laid and (own or not (spaced or glues(laid[-1].text, core))):
            core = " " + core
        laid.append(word._replace(text=core))
    return laid


def glues(before: str, core: str) -> bool:
    """Whether no space belongs between two words that came without."""
    return bool(_ONLY_CLOSING.match(core)) or (is_spaceless(before[-1]) and is_spaceless(core[0]))


def _letters(text: str) -> int:
    return len(_ALNUM.findall(text))


def _fitted(words: Sequence[TimedWord], text: str) -> list[TimedWord] | None:
    """The words found one after the other in the text, with what stands between them; None if too many are missing.

    What stands right after a word belongs to it, what stands right before the next one to that.
    """
    laid: list[TimedWord] = []
    at = missed = misses = 0
    for word in words:
        core = word.text.strip()
        if not core:
            continue
        found = text.find(core, at, at + len(core) + _WINDOW * (1 + min(missed, 8)))
        between = text[at : max(at, found)]
        if found < 0 or (not missed and _ALNUM.search(between)):
            missed, misses = missed + 1, misses + 1
            if misses * 5 > len(words) + 10:
                return None
            laid.append(word._replace(text=" " + core))
            continue
        lead = " " if missed else _attach(laid, between)
        laid.append(TimedWord(lead + core, word.start_ms, word.end_ms, word.speaker))
        at, missed = found + len(core), 0
    left = bool(_ALNUM.search(text, at))
    if (misses or left) and sum(_letters(word.text) for word in laid) < 0.9 * _letters(text):
        return None
    rest = "" if missed or left else text[at:].rstrip()
    last = _attach(laid, rest).strip()
    if laid and last:
        glued = not any(map(str.isspace, rest))
        if glued:
            laid[-1] = laid[-1]._replace(text=laid[-1].text + last)
        else:
            laid.append(TimedWord(" " + last, None, None))
    return laid


def _attach(laid: list[TimedWord], between: str) -> str:
    """What goes in front of the next word; marks between spaces become words, the rest goes to the word before."""
    if not between or between.isspace():
        return "\n" if "\n" in between else " " if between else ""
    if not any(map(str.isspace, between)):
        return between
    marks = between.split()
    if laid and not between[0].isspace():
        laid[-1] = laid[-1]._replace(text=laid[-1].text + marks.pop(0))
    last = marks.pop() if marks and not between[-1].isspace() else ""
    laid.extend(TimedWord(" " + mark, None, None) for mark in marks)
    return ("\n" if "\n" in between else " ") + last


def sentences(words: Sequence[TimedWord]) -> list[Segment]:
    """Words without segments, grouped into sentences, broken earlier at long pauses and where the speaker changes."""
    segments: list[Segment] = []
    group: list[TimedWord] = []

    def close() -> None:
        if group:
            starts = [word.start_ms for word in group if word.start_ms is not None]
            segments.append(
                Segment(
                    min(starts, default=None),
                    None,
                    "".join(word.text for word in group).strip(),
                    tuple(group),
                    group[0].speaker,
                )
            )
            group.clear()

    for word, after in pairwise([*words, TimedWord("", None, None)]):
        group.append(word)
        if after.text and not after.text[0].isspace() and not is_spaceless(after.text[0]):
            continue  # The word goes on.
        text, end = word.text.rstrip(), word.end_ms if word.end_ms is not None else word.start_ms
        first = next((w.start_ms for w in group[:8] if w.start_ms is not None), None)
        length = end - first if end is not None and first is not None else 0
        pause = after.start_ms - end if end is not None and after.start_ms is not None else 0
        if (
            ends_sentence(text)
            or after.speaker not in (CARRY_ON, word.speaker)
            or pause > _PAUSE_MS
            or length > _TOO_LONG_MS
            or len(group) >= 80
            or (length > _LONG_MS and text.endswith(_CLAUSE_END))
        ):
            close()
    close()
    return segments
