"""The parts that are searched one by one: the segments of the index on disk, and episodes held in memory."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple, Protocol

from whoosh.reading import TermNotFound

from index.search.damage import read_with_care
from index.search.postings import Places, bases, place
from index.search.records import Entry, Record, entry_of, record_of
from index.search.sidecar import Sidecar
from index.search.source import Document
from index.search.tokens import terms_of
from index.search.whoosh_fields import TERMS

_KEPT = 16 << 20  # Bytes of places of terms asked for lately that a segment keeps at hand.
_FEW = 8  # Places are looked up episode by episode where only one in so many matters.


class Placed(NamedTuple):
    """Which episodes of a part have a term, and where; the slots of all episodes are counted on."""

    numbers: Set[int]
    places: Sequence[Places]


_NOWHERE = Placed(frozenset(), ())


class Part(Protocol):
    """Episodes by number, and where terms stand in them."""

    @property
    def entries(self) -> Mapping[int, Entry]:
        """What is known of each."""

    @property
    def bases(self) -> Sequence[int]:
        """Where the slots of each episode begin, and after the last where they end."""

    def counts(self, term: str) -> tuple[int, int]:
        """In how many episodes a term is, and how often in all.

        Raises:
            DamagedIndex: the index cannot be read.
        """

    def placed(self, term: str, within: Collection[int] | None = None) -> Placed:
        """Where a term stands; with `within` at least in those episodes.

        Raises:
            DamagedIndex: the index cannot be read.
        """

    def record(self, number: int) -> Record:
        """The arrays of an episode."""

    def words(self) -> Mapping[str, int]:
        """Every term and how often it stands here."""


class MemoryPart:
    """Episodes that are not in the index yet."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.entries: dict[int, Entry] = {}
        self._records: dict[int, Record] = {}
        self._values: dict[str, dict[int, bytes]] = {}
        self._counts: dict[str, int] = {}
        for number, document in enumerate(documents):
            terms = terms_of(document.transcript)
            self.entries[number] = entry_of(document, len(terms.words))
            self._records[number] = record_of(document, terms.words)
            for term, places in terms.places.items():
                self._values.setdefault(term, {})[number] = places
                self._counts[term] = self._counts.get(term, 0) + terms.counts[term]
        self.bases: array[int] = bases(entry.slots for entry in self.entries.values())

    def counts(self, term: str) -> tuple[int, int]:
        """In how many episodes a term is, and how often in all."""
        return len(self._values.get(term, ())), self._counts.get(term, 0)

    def placed(self, term: str, within: Collection[int] | None = None) -> Placed:
        """Where a term stands."""
        values = self._values.get(term)
        return Placed(values.keys(), place(values, self.bases)) if values else _NOWHERE

    def record(self, number: int) -> Record:
        """The arrays of an episode."""
        return self._records[number]

    def words(self) -> Mapping[str, int]:
        """Every term and how often it stands here."""
        return self._counts


class SegmentPart:
    """A segment of the index as it was when it was opened."""

    def __init__(self, key: object, reader: Any, sidecar: Sidecar) -> None:
        """`key` tells it from any other segment, and from itself with other episodes taken out."""
        self.key = key
        self._reader, self._sidecar = reader, sidecar
        self.entries: dict[int, Entry] = {
            number: entry for number, entry in enumerate(sidecar.entries) if not reader.is_deleted(number)
        }
        self.bases: array[int] = bases(entry.slots for entry in sidecar.entries)
        self._kept: OrderedDict[str, Placed] = OrderedDict()
        self._kept_bytes = 0
        self._counts: dict[str, tuple[int, int]] = {}
        self._records: dict[int, Record] = {}

    def counts(self, term: str) -> tuple[int, int]:
        """In how many episodes a term is, and how often in all (those included that were taken out since)."""
        found = self._counts.get(term)
        if found is None:
            with read_with_care():
                try:
                    info = self._reader.term_info(TERMS, term)
                    found = info.doc_frequency(), round(info.weight())
                except TermNotFound:
                    found = 0, 0
            self._counts[term] = found
        return found

    def placed(self, term: str, within: Collection[int] | None = None) -> Placed:
        """Where a term stands; with `within` at least in those episodes."""
        if term in self._kept:
            self._kept.move_to_end(term)
            return self._kept[term]
        with read_with_care():
            try:
                matcher = self._reader.postings(TERMS, term)
            except TermNotFound:
                return _NOWHERE
            if within is not None and len(within) * _FEW < len(self.entries):
                values = _some(matcher, within)
                return Placed(values.keys(), place(values, self.bases))
            values = {}
            while matcher.is_active():
                values[matcher.id()] = matcher.value()
                matcher.next()
            found = Placed(frozenset(values), place(values, self.bases))
        self._keep(term, found)
        return found

    def _keep(self, term: str, placed: Placed) -> None:
        self._kept[term] = placed
        self._kept_bytes += _size(placed)
        while self._kept_bytes > _KEPT and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._kept_bytes -= _size(dropped)

    def record(self, number: int) -> Record:
        """The arrays of an episode."""
        record = self._records.get(number)
        if record is None:
            record = self._records[number] = self._sidecar.record(number)
        return record

    def words(self) -> Mapping[str, int]:
        """Every term and how often it stands here."""
        return self._sidecar.counts()


def _size(placed: Placed) -> int:
    return 32 * len(placed.numbers) + sum(places.size for places in placed.places)


def _some(matcher: Any, within: Collection[int]) -> dict[int, bytes]:
    found = {}
    for number in sorted(within):
        if not matcher.is_active():
            break
        matcher.skip_to(number)
        if matcher.is_active() and matcher.id() == number:
            found[number] = matcher.value()
    return found
