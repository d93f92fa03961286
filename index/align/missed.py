"""When words were said that were not heard as such: in a silence, or where something else was heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf, log

from index.align.affine import COMMON
from index.align.match import likeness
from index.align.tokens import forms_of
from index.timing import spread_apart

_LEAST_MS = 60  # A shorter silence hides no word.
_INSTANT_MS = 30  # About what a word lasted that was heard without a length.
_WORD_MS = 400  # About what a word takes with the pause after it;
_LETTER_MS, _SHORT_MS = 70, 150  # alone, by its letters, but so much at least.
_NEAR, _NEAR_EACH = 8, 3  # Slots next to a neighbour, and more for each word, in which it may have been said.
_MOST = 40  # Words that are looked at one by one.
# How unlikely it is, about as logarithms, that
_UNSAID, _UNSAID_COMMON = 1.0, 0.2  # a word was heard that the text has not: "you know" is left out of many;
_SILENT, _SILENT_MS = 0.7, 3_000  # nobody said anything for a second, and for no more than this,
_PARTED = 0.1  # all of which is likelier between two sentences;
_LOOSE = 0.15  # what was heard is e times as long as the word, where it is 1 that it is so much too short;
_SHARED = 0.8  # two words were heard as one; in a silence of a second there is room for more.


@dataclass(frozen=True, slots=True)
class Slot:
    """Some time, in ms, and the form of the word that was heard in it; "" is silence."""

    start_ms: int
    end_ms: int
    form: str = ""

    @property
    def length_ms(self) -> int:
        """How long it is, and never nothing."""
        return max(_INSTANT_MS, self.end_ms - self.start_ms)

    @property
    def unsaid(self) -> float:
        """How unlikely it is that no word of the text was said in it."""
        if not self.form:
            return _SILENT * min(self.length_ms, _SILENT_MS) / 1000
        return _UNSAID_COMMON if self.form in COMMON else _UNSAID


def missed_times(
    texts: Sequence[str], parted: Sequence[bool], between: tuple[int, int], heard: Sequence[Slot]
) -> tuple[list[int], list[int]]:
    """Starts and ends in ms of words that were said one after the other between two times.

    `parted` says for each of them, and for the word after them, whether a sentence begins with it; `heard` are words
    heard in that time. Starts do not fall. Where there is no time, no word has a length.
    """
    slots = _slots(between, heard)
    if not slots:
        at = between[1] if parted[0] else between[0]
        return [at] * len(texts), [at] * len(texts)
    if len(texts) > _MOST or sum(_need_ms(text) for text in texts) >= between[1] - between[0]:
        return spread_apart(texts, *between)
    near = _NEAR + _NEAR_EACH * len(texts)
    if len(slots) > 2 * near:  # What was heard farther from both neighbours is something else, such as an ad.
        slots = slots[:near] + slots[-near:]
    starts: list[int] = []
    ends: list[int] = []
    for slot, places in groupby(_likeliest(texts, parted, slots)):
        first = len(starts)
        begun, over = _within(slots[slot], texts[first : first + len(list(places))], parted[first])
        starts += begun
        ends += over
    return starts, ends


def _slots(between: tuple[int, int], heard: Sequence[Slot]) -> list[Slot]:
    """The words heard and the silences between them."""
    at, end_ms = between
    found = []
    for slot in heard:
        start, end = (min(end_ms, max(at, ms)) for ms in (slot.start_ms, slot.end_ms))
        if start - at >= _LEAST_MS:
            found.append(Slot(at, start))
        found.append(Slot(start, end, slot.form))
        at = end
    if end_ms - at >= _LEAST_MS:
        found.append(Slot(at, end_ms))
    return found


def _likeliest(texts: Sequence[str], parted: Sequence[bool], slots: Sequence[Slot]) -> list[int]:
    """The slot of each word, none before that of the word before it, so that all of it is as likely as can be."""
    cost = [inf] * len(slots)
    came_from = []
    for number, text in enumerate(texts):
        unsaid = _PARTED if parted[number] else 1.0
        come, before = (inf if number else 0.0), -1  # The cheapest way to a slot from those before it.
        reached, origins = [], []
        for place, slot in enumerate(slots):
            shared = _SHARED if slot.form else max(0.0, _SHARED - slot.length_ms / 1000)
            stay = cost[place] + shared
            best, origin = (stay, place) if stay < come else (come, before)
            reached.append(best + _misfit(text, slot))
            origins.append(origin)
            come += unsaid * slot.unsaid
            if cost[place] < come:
                come, before = cost[place], place
        cost = reached
        came_from.append(origins)
    unsaid = _PARTED if parted[-1] else 1.0
    after = 0.0
    for place in range(len(slots) - 1, -1, -1):
        cost[place] += after
        after += unsaid * slots[place].unsaid
    at = min(range(len(slots)), key=cost.__getitem__)
    chosen = []
    for origins in reversed(came_from):
        chosen.append(at)
        at = origins[at]
    return chosen[::-1]


def _need_ms(text: str) -> int:
    return max(_SHORT_MS, _LETTER_MS * len(text))


def _misfit(text: str, slot: Slot) -> float:
    """How unlikely it is that a word was said in the slot: it needs its time, and sounds like what was heard."""
    short = log(_need_ms(text) / slot.length_ms)
    if not slot.form:
        return max(0.0, short)
    alike = max((likeness(form, slot.form) for form in forms_of(text)), default=0.0)
    return max(short, -short * _LOOSE) - alike


def _within(slot: Slot, texts: Sequence[str], begins: bool) -> tuple[list[int], list[int]]:
    """Times of words in one slot; where it is far too long, they are beside the word of their sentence."""
    start, end = slot.start_ms, slot.end_ms
    need = _WORD_MS * len(texts)
    if end - start > 3 * need:
        start, end = (end - need, end) if begins else (start, start + need)
    return spread_apart(texts, start, end)
