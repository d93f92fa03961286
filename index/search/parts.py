"""The parts that are searched one by one: the segments of the index on disk, and episodes held in memory."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.search.damage import read_with_care
from index.search.postings import Places, bases, gather, place
from index.search.records import Entry, Record, entry_of, record_of
from index.search.sidecar import Sidecar, SidecarWriter
from index.search.source import Document
from index.search.tokens import terms_of
from index.transcript import WordRange

_KEPT = 24 << 20  # Bytes of places of terms asked for lately that a part keeps at hand: the commonest words all fit.

Numbers = NDArray[np.int64]
"""Episodes by their number in a part."""


class Terms(Protocol):
    """The terms of a part."""

    def counts(self, term: str) -> tuple[int, int]:
        """In how many episodes a term is, and how often in all.

        Raises:
            DamagedIndex: the index cannot be read.
        """

    def stretch(self, term: str) -> bytes | memoryview:
        """Where it stands, as `index.search.postings` gathers it; nothing if it does not."""


class Part:
    """Episodes by number, where terms stand in them, and which words and times are there."""

    def __init__(self, terms: Terms, sidecar: Sidecar, gone: Collection[int] = (), key: object = None) -> None:
        """`gone` are numbers of episodes that do not count any more.

        `key` tells a part from any other, and from itself with other episodes gone.
        """
        self.key = key
        self._terms, self._sidecar = terms, sidecar
        self.entries: dict[int, Entry] = {
            number: entry for number, entry in enumerate(sidecar.entries) if number not in gone
        }
        self.lengths = np.array([entry.slots for entry in sidecar.entries], np.int64)  # Of each episode, in slots.
        self.bases = bases(self.lengths.tolist())  # Where the slots of each begin; after the last, where they end.
        self._kept: OrderedDict[str, Sequence[Places]] = OrderedDict()
        self._kept_bytes = 0
        self._records: dict[int, Record] = {}

    def chosen(self, numbers: Iterable[int]) -> NDArray[np.bool_]:
        """Whether each episode is one of these."""
        found = np.zeros(len(self.lengths), np.bool_)
        found[list(numbers)] = True
        return found

    # Terms

    def counts(self, term: str) -> tuple[int, int]:
        """In how many episodes a term is, and how often in all (those included that are gone).

        Raises:
            DamagedIndex: the index cannot be read.
        """
        return self._terms.counts(term)

    def places(self, term: str) -> Sequence[Places]:
        """Where a term stands, kind by kind; the slots of all episodes are counted on.

        Raises:
            DamagedIndex: the index cannot be read.
        """
        if term in self._kept:
            self._kept.move_to_end(term)
            return self._kept[term]
        with read_with_care():
            stretch = self._terms.stretch(term)
            found = place(stretch, self.bases) if stretch else ()
        self._kept[term] = found
        self._kept_bytes += _size(found)
        while self._kept_bytes > _KEPT and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._kept_bytes -= _size(dropped)
        return found

    def words(self) -> Mapping[str, int]:
        """Every term and how often it stands here."""
        return self._sidecar.counts()

    # Episodes

    def numbers_of(self, slots: NDArray[np.int64]) -> Numbers:
        """The episode that each slot is of."""
        return np.searchsorted(self.bases, slots, side="right") - 1

    def words_at(self, numbers: Numbers, slots: NDArray[np.int64]) -> NDArray[np.int64]:
        """The word of each slot, in its episode."""
        return self._sidecar.take("words", numbers, slots - self.bases[numbers])

    def times_of(
        self, numbers: Numbers, firsts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """When ranges of words begin and end, in ms, each in its episode; 0 where that has no times."""
        sidecar = self._sidecar
        rising = (sidecar.timed & sidecar.rising)[numbers]
        if rising.all():
            return sidecar.take("starts", numbers, firsts), sidecar.take("ends", numbers, ends - 1)
        starts, lasts = np.zeros_like(firsts), np.zeros_like(ends)
        starts[rising] = sidecar.take("starts", numbers[rising], firsts[rising])
        lasts[rising] = sidecar.take("ends", numbers[rising], ends[rising] - 1)
        for at in np.flatnonzero(sidecar.timed[numbers] & ~rising).tolist():
            words = WordRange(int(firsts[at]), int(ends[at]))
            starts[at], lasts[at] = self.record(int(numbers[at])).span_ms(words)
        return starts, lasts

    def record(self, number: int) -> Record:
        """The arrays of an episode."""
        record = self._records.get(number)
        if record is None:
            record = self._records[number] = self._sidecar.record(number)
        return record


def _size(places: Sequence[Places]) -> int:
    return 64 + sum(one.size for one in places)


def held(documents: Iterable[Document]) -> Part:
    """A part of episodes that are not in the index yet, in memory."""
    values: dict[str, dict[int, bytes]] = {}
    counts: dict[str, int] = {}
    beside = io.BytesIO()
    writer = SidecarWriter(beside)
    for number, document in enumerate(documents):
        terms = terms_of(document.transcript)
        writer.add(entry_of(document, len(terms.words)), record_of(document, terms.words), terms.counts)
        for term, places in terms.places.items():
            values.setdefault(term, {})[number] = places
            counts[term] = counts.get(term, 0) + terms.counts[term]
    writer.finish()
    return Part(_HeldTerms(values, counts), Sidecar(beside.getbuffer(), "what is in memory"))


class _HeldTerms:
    """Terms in memory."""

    def __init__(self, values: Mapping[str, Mapping[int, bytes]], counts: Mapping[str, int]) -> None:
        self._values, self._counts = values, counts

    def counts(self, term: str) -> tuple[int, int]:
        return len(self._values.get(term, ())), self._counts.get(term, 0)

    def stretch(self, term: str) -> bytes:
        values = self._values.get(term)
        return gather(values) if values else b""
