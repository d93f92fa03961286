"""How Whoosh keeps the places of a term on disk: all episodes' in one stretch, which is read in one go."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3PostingsWriter, W3TermsReader
from whoosh.formats import Format
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import TermNotFound

from index.search.damage import read_with_care
from index.search.mapping import mapped
from index.search.postings import count, gather, scatter

_KNOWN = 1 << 14  # Terms of a segment that need not be looked up again.


class PlacesFormat(Format):
    """Posting values as `index.search.postings` encodes them."""

    def decode_frequency(self, value: bytes) -> int:
        """Whoosh may ask; it has the count as the weight."""
        return 1


class PlacesCodec(W3Codec):
    """Whoosh's own, but for the places."""

    def __init__(self) -> None:
        # Not compressed: places do not get smaller by it, only slower to read. And no blocks: a term is one stretch.
        super().__init__(blocklimit=1 << 31, compression=0)  # type: ignore[no-untyped-call]

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> _Writer:
        """What writes the postings of terms."""
        return _Writer(dbfile, self._blocklimit, byteids, self._compression)  # type: ignore[no-untyped-call]

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Format, term: Any = None, scorer: Any = None
    ) -> ListMatcher | W3LeafMatcher:
        """The postings of a term one by one, as Whoosh itself asks for them, when it makes one segment of several."""
        if not isinstance(format_, PlacesFormat):
            posts: W3LeafMatcher = super().postings_reader(dbfile, terminfo, format_, term, scorer)  # type: ignore[no-untyped-call]
            return posts
        values = scatter(dbfile.get(*_extent(terminfo)))
        weights = [float(count(value)) for value in values.values()]
        return ListMatcher(list(values), weights, list(values.values()), format_, scorer, term=term, terminfo=terminfo)


class _Writer(W3PostingsWriter):
    """Writes the postings of a term as one stretch if they are places."""

    def _write_block(self, last: bool = False) -> None:
        if not isinstance(self._format, PlacesFormat):
            super()._write_block(last)  # type: ignore[no-untyped-call]
            return
        assert self._terminfo is not None
        self._terminfo.add_block(self)
        self._postfile.write(gather(dict(zip(self._ids, self._values, strict=True))))
        self._blockcount += 1
        self._new_block()  # type: ignore[no-untyped-call]


class WrittenTerms:
    """The terms of one field in a segment."""

    def __init__(self, storage: Any, segment: Any, field: str) -> None:
        """Open them; `storage` holds the segment."""
        files = segment.open_compound_file(storage)
        name = segment.make_filename(W3Codec.TERMS_EXT)
        codec, file = segment.codec(), files.open_file(name)
        self._reader = W3TermsReader(codec, file, files.file_length(name), None)
        # Not by Whoosh, which would make a copy in memory of all there are.
        begin, length = files.range(segment.make_filename(W3Codec.POSTS_EXT))
        path = Path(storage.folder, segment.make_filename(segment.COMPOUND_EXT))
        self._places = mapped(path)[begin : begin + length]
        self._field = field
        self._found = lru_cache(_KNOWN)(self._look_up)

    def counts(self, term: str) -> tuple[int, int]:
        """In how many episodes a term is, and how often in all (those included that were taken out since)."""
        found = self._found(term)
        return found.episodes, found.times

    def stretch(self, term: str) -> memoryview:
        """Where a term stands, as `gather` wrote it; nothing if it does not."""
        found = self._found(term)
        return self._places[found.begin : found.end]

    def _look_up(self, term: str) -> _Found:
        with read_with_care():
            try:
                info = self._reader.term_info(self._field, term.encode())
            except TermNotFound:
                return _Found(0, 0, 0, 0)
            begin, length = _extent(info)
            return _Found(info.doc_frequency(), round(info.weight()), begin, begin + length)


class _Found(NamedTuple):
    """What the index says of a term: how many episodes have it, how often, and which bytes say where."""

    episodes: int
    times: int
    begin: int
    end: int


def _extent(info: Any) -> tuple[int, int]:
    """Where the postings of a term begin, and how many bytes they take."""
    offset, length = info.extent()
    # WORKAROUND Whoosh, W3TermInfo.from_bytes: the length is left in the tuple in which `unpack` gives it.
    return offset, length[0] if isinstance(length, tuple) else length
