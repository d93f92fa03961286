"""The parts that are searched one by one: the segments of the index on disk, and episodes held in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from whoosh.reading import TermNotFound

from index.search.records import Entry, Record, entry_of, record_of
from index.search.sidecar import Sidecar
from index.search.source import Document
from index.search.tokens import terms_of
from index.search.whoosh_fields import TERMS

_KEPT = 24 << 20  # Bytes of places of frequent terms that a segment keeps at hand.
_NONE: Mapping[int, bytes] = {}


class Part(Protocol):
    """Episodes by number, and where terms stand in them."""

    @property
    def entries(self) -> Mapping[int, Entry]:
        """What is known of each."""

    def counts(self, term: str) -> tuple[int, int]:
        """In how many episodes a term is, and how often in all."""

    def places(self, term: str, within: Collection[int] | None = None) -> Mapping[int, bytes]:
        """Where a term stands in each episode that has it; with `within` at least in those."""

    def record(self, number: int) -> Record:
        """The arrays of an episode."""

    def words(self) -> Mapping[str, int]:
        """Every term and how often it stands here."""


class MemoryPart:
    """Episodes that are not in the index yet."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.entries: dict[int, Entry] = {}
        self._records: dict[int, Record] = {}
        self._places: dict[str, dict[int, bytes]] = {}
        self._counts: dict[str, int] = {}
        for number, document in enumerate(documents):
            terms = terms_of(document.transcript)
            self.entries[number] = entry_of(document, len(terms.words))
            self._records[number] = record_of(document, terms.words)
            for term, places in terms.places.items():
                self._places.setdefault(term, {})[number] = places
                self._counts[term] = self._counts.get(term, 0) + terms.counts[term]

    def counts(self, term: str) -> tuple[int, int]:
        """In how many episodes a term is, and how often in all."""
        return len(self._places.get(term, _NONE)), self._counts.get(term, 0)

    def places(self, term: str, within: Collection[int] | None = None) -> Mapping[int, bytes]:
        """Where a term stands in each episode that has it."""
        return self._places.get(term, _NONE)

    def record(self, number: int) -> Record:
        """The arrays of an episode."""
        return self._records[number]

    def words(self) -> Mapping[str, int]:
        """Every term and how often it stands here."""
        return self._counts


class SegmentPart:
    """A segment of the index as it was when it was opened."""

    def __init__(self, reader: Any, sidecar: Sidecar) -> None:
        self._reader, self._sidecar = reader, sidecar
        self.entries = {number: entry for number, entry in enumerate(sidecar.entries) if not reader.is_deleted(number)}
        self._kept: OrderedDict[str, Mapping[int, bytes]] = OrderedDict()
        self._kept_bytes = 0

    def counts(self, term: str) -> tuple[int, int]:
        """In how many episodes a term is, and how often in all (those included that were taken out since)."""
        try:
            info = self._reader.term_info(TERMS, term)
        except TermNotFound:
            return 0, 0
        return info.doc_frequency(), round(info.weight())

    def places(self, term: str, within: Collection[int] | None = None) -> Mapping[int, bytes]:
        """Where a term stands in each episode that has it; with `within` at least in those."""
        if term in self._kept:
            self._kept.move_to_end(term)
            return self._kept[term]
        try:
            matcher = self._reader.postings(TERMS, term)
        except TermNotFound:
            return _NONE
        if within is not None and len(within) * 8 < len(self.entries):
            return _some(matcher, within)
        found = {}
        while matcher.is_active():
            found[matcher.id()] = matcher.value()
            matcher.next()
        self._keep(term, found)
        return found

    def _keep(self, term: str, places: Mapping[int, bytes]) -> None:
        self._kept[term] = places
        self._kept_bytes += sum(map(len, places.values()))
        while self._kept_bytes > _KEPT and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._kept_bytes -= sum(map(len, dropped.values()))

    def record(self, number: int) -> Record:
        """The arrays of an episode."""
        return self._sidecar.record(number)

    def words(self) -> Mapping[str, int]:
        """Every term and how often it stands here."""
        return self._sidecar.counts()


def _some(matcher: Any, within: Collection[int]) -> Mapping[int, bytes]:
    found = {}
    for number in sorted(within):
        if not matcher.is_active():
            break
        matcher.skip_to(number)
        if matcher.is_active() and matcher.id() == number:
            found[number] = matcher.value()
    return found
