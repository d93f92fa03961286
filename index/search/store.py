"""The index on disk: opened as its last commit left it, or brought up to date a commit at a time."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader
from whoosh.util.filelock import FileLock, try_for
from whoosh.writing import SegmentWriter

from index.search import sidecar
from index.search.damage import DamagedIndex, read_with_care
from index.search.manifest import NAME as MANIFEST
from index.search.manifest import Manifest
from index.search.parts import Part
from index.search.records import entry_of, record_of
from index.search.sidecar import Sidecar
from index.search.source import Document
from index.search.tokens import terms_of
from index.search.whoosh_codec import PlacesCodec, WrittenTerms
from index.search.whoosh_fields import EPISODE, TERMS, schema

_INDEX = "MAIN"  # Whoosh's name for it, with which the names of its files begin.
_BESIDE = "beside_"
_LOCK, _DAMAGED = "update.lock", "damaged"
_SIZES, _MANY = (50, 500), 8  # Of the segments with fewer episodes than one of these, so many are made one.
_POOL_MB = 256  # What Whoosh may hold in memory before it writes to temporary files.


@dataclass(frozen=True, slots=True)
class Opened:
    """The index as one commit left it."""

    generation: int
    parts: Sequence[Part]
    revisions: dict[int, int]  # Of each episode in it.


class IndexStore:
    """The folder of an index. Nothing in it is worth keeping: it can always be made anew from the library."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._storage = FileStorage(str(folder))

    # Reading

    def generation(self) -> int:
        """The number of the last commit; -1 if there is none."""
        generation: int = TOC._latest_generation(self._storage, _INDEX)
        return generation

    def is_still(self, opened: Opened) -> bool:
        """Whether there was no commit since; asked before each search, and so without looking through the folder."""
        now, following = (self._toc_files(opened.generation + by)[0] for by in (0, 1))
        return (self.folder / now).exists() and not (self.folder / following).exists()

    def open(self, before: Opened | None = None) -> Opened:
        """The index as the last commit left it; parts that were open before are used again.

        Raises:
            DamagedIndex: there is none, it is damaged or of another format.
        """
        with read_with_care():
            for _ in range(5):  # A commit may take files away that the one before it had.
                generation = self.generation()
                try:
                    return self._open(generation, before)
                except OSError:
                    if self.generation() == generation:
                        raise
            raise DamagedIndex("it changes too fast to be read")

    def _open(self, generation: int, before: Opened | None) -> Opened:
        if generation < 0 or (self.folder / _DAMAGED).exists():
            raise DamagedIndex("there is none")
        manifest = Manifest.read(self.folder)
        if manifest.generation == generation:
            manifest.check(self.folder, self._toc_files(generation))
        toc = TOC.read(self._storage, _INDEX, gen=generation, schema=schema())
        if manifest.generation == generation:  # Or a commit is just being written down.
            manifest.check(self.folder, self._segment_files(toc.segments))
        known = {part.key: part for part in before.parts} if before else {}
        parts = [known.get(_key(segment)) or self._part(segment) for segment in toc.segments]
        revisions = {entry.episode: entry.revision for part in parts for entry in part.entries.values()}
        return Opened(generation, parts, revisions)

    def _part(self, segment: Any) -> Part:
        beside = Sidecar.open(self._beside(segment))
        if len(beside.entries) != segment.doc_count_all():
            raise DamagedIndex("a segment and what lies beside it do not match")
        terms = WrittenTerms(self._storage, segment, TERMS)
        return Part(terms, beside, frozenset(segment.deleted_docs()), _key(segment))

    def _beside(self, segment: Any) -> Path:
        # Not named like the segment's own files: Whoosh would put it among them, out of the reach of a map.
        return self.folder / f"{_BESIDE}{segment.segment_id()}"

    def _toc_files(self, generation: int) -> list[str]:
        return [TOC._filename(_INDEX, generation)]

    def _segment_files(self, segments: Iterable[Any]) -> list[str]:
        return [name for segment in segments for name in (f"{segment.segment_id()}.seg", self._beside(segment).name)]

    def report_damage(self) -> None:
        """Leave word that the index is to be made anew."""
        with contextlib.suppress(OSError):
            (self.folder / _DAMAGED).touch()

    # Writing

    @contextlib.contextmanager
    def locked(self, patience_s: float) -> Iterator[bool]:
        """Keep others from writing meanwhile; gives whether that could be had in so many seconds."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(self.folder / _LOCK))
        if not try_for(lock.acquire, timeout=patience_s, delay=0.05):
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def create(self) -> None:
        """Begin an empty index in place of the old one."""
        self.clear()
        FileIndex.create(self._storage, schema(), _INDEX)
        generation = self.generation()
        Manifest.write(self.folder, generation, self._toc_files(generation))

    def clear(self) -> None:
        """Remove every file of the index, and nothing else."""
        if not self.folder.is_dir():
            return
        # The tables of contents first: without one there is no index, whatever else is left.
        for pattern in (f"_{_INDEX}_*", MANIFEST, _DAMAGED):
            for path in self.folder.glob(pattern):
                path.unlink(missing_ok=True)
        for pattern in (f"{_INDEX}_*", f"{_BESIDE}*"):
            for path in self.folder.glob(pattern):
                with contextlib.suppress(OSError):  # Windows keeps what somebody has open; a commit tries again.
                    path.unlink()
        self.clear_leavings()

    def clear_leavings(self) -> None:
        """Remove what a commit left behind that was not to end."""
        shutil.rmtree(self.folder / f"{_INDEX}.tmp", ignore_errors=True)

    def commit(self, removed: Iterable[int], documents: Iterable[Document]) -> int:
        """Take episodes out and put others in, all at once; gives how many are new.

        Raises:
            OSError, EarmarkError: it cannot be written; the index is as it was.
        """
        writer = self._writer()
        count = 0
        try:
            for episode in removed:
                writer.delete_by_term(EPISODE, str(episode))
            with contextlib.ExitStack() as stack:
                beside = None
                for document in documents:
                    beside = beside or stack.enter_context(sidecar.written(self._beside(writer.newsegment)))
                    terms = terms_of(document.transcript)
                    beside.add(entry_of(document, len(terms.words)), record_of(document, terms.words), terms.counts)
                    writer.add_document(**{EPISODE: str(document.episode), TERMS: terms})
                    count += 1
        except BaseException:
            with contextlib.suppress(Exception):
                writer.cancel()
            raise
        writer.commit(merge=False)
        self._write_down()
        return count

    def tidy(self) -> None:
        """Make one segment of many small ones, so that a search has few to look into."""
        toc = TOC.read(self._storage, _INDEX, schema=schema())
        names = {segment.segment_id() for segment in _to_be_one(toc.segments)}
        if not names:
            return
        writer = self._writer()

        def merge(writer: Any, segments: Sequence[Any]) -> list[Any]:
            kept, besides = [], []
            for segment in segments:
                if segment.segment_id() not in names:
                    kept.append(segment)
                    continue
                reader = SegmentReader(self._storage, writer.schema, segment)
                numbers = [number for number in range(segment.doc_count_all()) if not segment.is_deleted(number)]
                if numbers:
                    writer.add_reader(reader)
                    besides.append((Sidecar.open(self._beside(segment)), numbers))
                reader.close()
            if besides:
                sidecar.merge(besides, self._beside(writer.newsegment))
            return kept

        writer.commit(mergetype=merge)
        self._write_down()

    def _writer(self) -> SegmentWriter:
        index = FileIndex(self._storage, schema=schema(), indexname=_INDEX)
        return SegmentWriter(index, limitmb=_POOL_MB, codec=PlacesCodec())

    def _write_down(self) -> None:
        generation = self.generation()
        toc = TOC.read(self._storage, _INDEX, gen=generation, schema=schema())
        names = self._toc_files(generation) + self._segment_files(toc.segments)
        with contextlib.suppress(DamagedIndex):
            Manifest.write(self.folder, generation, names, Manifest.read(self.folder))
        for path in self.folder.glob(f"{_BESIDE}*"):
            if path.name not in names:
                with contextlib.suppress(OSError):  # Windows keeps what somebody has open; the next commit tries again.
                    path.unlink()


def _key(segment: Any) -> tuple[str, frozenset[int]]:
    return segment.segment_id(), frozenset(segment.deleted_docs())


def _to_be_one(segments: Sequence[Any]) -> Sequence[Any]:
    """Segments that are better made one; none if it is not worth it."""
    for size in _SIZES:
        small = [segment for segment in segments if _live(segment) < size or _is_hollow(segment)]
        if len(small) >= _MANY or any(map(_is_hollow, small)):
            return small
    return ()


def _live(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


def _is_hollow(segment: Any) -> bool:
    """Whether most of its episodes are gone."""
    return bool(_live(segment) * 2 < segment.doc_count_all())
