"""Adding files, folders and tables of episodes to the library: nothing twice, nothing by halves."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index import formats, mojibake
from index.episode_table import EpisodeTable, read_table, repaired_table
from index.errors import EarmarkError, TranscriptError
from index.formats.base import ReadResult
from index.library.catalogue import Library
from index.library.fingerprint import Print, fingerprint
from index.library.gathering import Item, gather, may_be_table
from index.library.lock import held
from index.library.names import facts_of_name, show_of_folder
from index.library.paths import restored, stored
from index.library.report import Report, Skipped
from index.library.tables import add_table
from index.library.troubles import LibraryError
from index.library.values import Facts
from index.library.versions import Prepared, prepare

Probe = Callable[[Path], Facts]
"""Looks into a sound file; raises an EarmarkError with one sentence where that cannot be done."""
Told = Callable[[int, int], None]
"""Is told how many of how many items are done."""
Cancelled = Callable[[], bool]

NO_TRANSCRIPT = (
    "it is text without times or speakers and no sound bears its name; add the file itself if it is a transcript"
)


@dataclass(frozen=True, slots=True)
class Ways:
    """How files are taken that somebody did not choose one by one."""

    revive: bool = True  # Whether an episode in the bin comes back when its files are met again.
    is_passed_over: Callable[[Path], bool] = lambda path: False
    settled_ns: int = 0  # Files that were changed later than this are still being written; 0: none is.


CHOSEN = Ways()


def add(
    library: Library,
    paths: Sequence[Path],
    *,
    probe: Probe,
    told: Told = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
    repair: Callable[[Path], bool] = lambda path: True,
    ways: Ways = CHOSEN,
) -> Report:
    """Add all episodes in files and folders; what is there already stays one.

    `repair` says whether to repair letters that a wrong encoding has damaged, of the item that is named by a file.

    Sounds and transcripts are paired by their names, moved files are known again by what is in them, and changed
    transcripts are read anew. Each episode is added whole or not at all: adding again after a crash adds the rest.

    Raises:
        LibraryError: another Earmark is adding to this library, or it cannot be written.
    """
    report = Report()
    with held(library.path, "adding files"):
        items, missing = gather(paths, cancelled, ways.is_passed_over)
        report.skipped += missing
        adding = _Adding(library, probe, repair, ways, report)
        for done, item in enumerate(items):
            told(done, len(items))
            if cancelled():
                break
            adding.add(item)
        report.cancelled = cancelled()
        told(len(items), len(items))
    return report


@dataclass(frozen=True, slots=True)
class _Read:
    """A transcript's file, ready for the library."""

    path: Path
    words: Prepared
    file: Print  # As it was before it was read: what is written into it meanwhile is read the next time.


class _Adding:
    """One round of adding; what comes of it goes into the report."""

    def __init__(
        self, library: Library, probe: Probe, repair: Callable[[Path], bool], ways: Ways, report: Report
    ) -> None:
        self._library = library
        self._probe = probe
        self._repair = repair
        self._ways = ways
        self._report = report

    def add(self, item: Item) -> None:
        """Add what an item holds."""
        try:
            if self._is_being_written(item):
                self._report.waiting += 1
            elif (episode := self._known(item)) is not None:
                self._meet(episode, item)
            else:
                self._add_new(item, fingerprint(item.path))
        except LibraryError:
            raise  # Nothing else can be added either.
        except EarmarkError as error:
            self._skip(item.path, str(error))
        except OSError as error:
            self._skip(item.path, f"it could not be read ({(error.strerror or str(error)).lower()})")

    def _skip(self, path: Path, why: str) -> None:
        self._report.skipped.append(Skipped(path, why))

    def _is_being_written(self, item: Item) -> bool:
        until = self._ways.settled_ns
        files = [file for file in (item.sound, *item.transcripts) if file]
        return bool(until) and any(os.stat(file).st_mtime_ns > until for file in files)

    def _known(self, item: Item) -> int | None:
        """The episode that has these files already."""
        episodes = self._library.episodes
        if item.sound and (found := episodes.having(item.sound, None)) is not None:
            return found
        known = (
            episodes.awaiting_sound(path) if item.sound else episodes.having(None, path) for path in item.transcripts
        )
        return next((episode for episode in known if episode is not None), None)

    # An episode that is there already

    def _meet(self, episode: int, item: Item, *, moved: bool = False) -> None:
        library, report = self._library, self._report
        row = library.episodes.get(episode)
        if row is None:  # Another Earmark has emptied the bin just now.
            return
        if row.binned_ms and not self._ways.revive:
            report.present.append(episode)
            return
        changed = self._take_sound(episode, item.sound, is_new=row.sound is None)
        for path in item.transcripts:
            changed |= self._take_transcript(episode, path, item)
        if row.binned_ms:
            library.bin.restore([episode])
            report.restored.append(episode)
        else:
            (report.moved if moved else report.changed if changed else report.present).append(episode)

    def _take_sound(self, episode: int, sound: Path | None, *, is_new: bool) -> bool:
        """Take a sound that comes at last, or of which nothing is known but its name; gives whether it is new."""
        known = self._library.store.row("SELECT sound_print <> '' FROM episodes WHERE id = ?", (episode,))
        if sound is None or known == (1,):
            return False
        facts, file = self._probe(sound), fingerprint(sound)
        with self._library.store.change():
            self._library.episodes.set_sound(episode, sound, file)
            self._library.episodes.fill(episode, facts)
        return is_new

    def _take_transcript(self, episode: int, path: Path, item: Item) -> bool:
        """Take a transcript that is new, was changed or has moved; gives whether the words are others for it."""
        versions, status = self._library.transcripts, os.stat(path)
        known = versions.file_of(episode, path)
        if known and known.is_as_read(status.st_size, status.st_mtime_ns):
            return False
        file, label = fingerprint(path), _label(path, item)
        if known is None and (old := self._moved_from(episode, file)):
            self._library.episodes.move(episode, old, path, file)
            return False
        is_empty = not any(version.words for version in versions.of(episode))
        if not is_empty and (known is None or not known.is_wanted):
            versions.put(episode, path, None, None, label=label)  # To be read when somebody chooses it.
            return known is None
        try:
            words = self._prepared(formats.read(path), path, known.is_repaired if known else self._repair(item.path))
            versions.put(episode, path, words, file, label=label, activate=is_empty)
        except TranscriptError as error:
            self._skip(path, str(error))
            return False
        return True

    def _moved_from(self, episode: int, file: Print) -> Path | None:
        """Where a transcript of the episode with the same content was, if it is no longer there."""
        rows = self._library.store.rows(
            "SELECT path FROM transcripts WHERE episode = ? AND size = ? AND print = ? AND path <> ''",
            (episode, file.size, file.digest),
        )
        paths = (restored(path) for (path,) in rows)
        return next((path for path in paths if path and not path.exists()), None)

    # A new one

    def _add_new(self, item: Item, file: Print) -> None:
        if self._is_elsewhere(item, file):
            return
        facts = self._facts_of_sound(item.sound)
        read = self._first_readable(item)
        if isinstance(read, EpisodeTable):
            add_table(self._library, item.path, self._table(item.path, read), self._report, self._ways.revive)
        elif facts is not None or read is not None:
            with self._library.store.change() as db:
                for path in (item.sound, *item.transcripts):
                    db.execute("DELETE FROM passed_over WHERE path = ?", (stored(path),))
                known = self._known(item)  # Somebody may have opened it while it was read here.
                sound = item.sound if facts is not None else None
                episode = known or self._library.episodes.add(sound, file, self._named(item, facts or Facts()))
                if read and known is None:
                    self._put_transcripts(episode, item, read)
            (self._report.present if known else self._report.added).append(episode)

    def _put_transcripts(self, episode: int, item: Item, read: _Read) -> None:
        put = self._library.transcripts.put
        put(episode, read.path, read.words, read.file, label=_label(read.path, item), activate=True)
        for path in item.transcripts:
            if path != read.path:
                put(episode, path, label=_label(path, item))  # To be read when somebody chooses it.

    def _facts_of_sound(self, sound: Path | None) -> Facts | None:
        if sound is None:
            return None
        try:
            return self._probe(sound)
        except EarmarkError as error:
            self._skip(sound, str(error))
            return None

    def _named(self, item: Item, facts: Facts) -> Facts:
        """The facts of the sound, and those of names for what it does not say."""
        facts = facts.over(facts_of_name(item.path))
        return facts if facts.show or item.chosen else replace(facts, show=show_of_folder(item.path.parent))

    def _first_readable(self, item: Item) -> _Read | EpisodeTable | None:
        """The words of the first transcript that can be read; why the others cannot goes into the report."""
        for path in item.transcripts:
            try:
                file, reading = fingerprint(path), formats.read(path)
            except TranscriptError as error:
                table = _table(path) if item.sound is None else None
                if table:
                    return table
                self._skip(path, str(error))
                continue
            if item.sound is None and not item.chosen and not is_surely_one(reading):
                self._skip(path, NO_TRANSCRIPT)
                continue
            return _Read(path, self._prepared(reading, path, self._repair(item.path)), file)
        return None

    def _prepared(self, reading: ReadResult, path: Path, repair: bool) -> Prepared:
        """The words ready to be stored; that letters were repaired goes into the report."""
        damaged = repair and mojibake.damage_in(reading.transcript) is not None
        if damaged:
            self._note_repair(path)
        return prepare(reading, repair=damaged)

    def _table(self, path: Path, table: EpisodeTable) -> EpisodeTable:
        if not table.damaged or not self._repair(path):
            return table
        self._note_repair(path)
        return repaired_table(table)

    def _note_repair(self, path: Path) -> None:
        self._report.notes.append(f"Letters in “{path.name}” that a wrong encoding had damaged were repaired.")

    # The same files in another place

    def _is_elsewhere(self, item: Item, file: Print) -> bool:
        """Whether the content is known from another place; if it is no longer there, the file was moved here."""
        query = (
            "SELECT id, sound FROM episodes WHERE sound_size = ? AND sound_print = ? AND sound <> ''"
            if item.sound
            else "SELECT episode, path FROM transcripts WHERE size = ? AND print = ? AND path <> '' AND words > 0"
        )
        rows = self._library.store.rows(query, (file.size, file.digest))
        places = [(episode, path) for episode, stored_path in rows if (path := restored(stored_path))]
        for episode, old in places:
            if not old.exists():
                self._library.episodes.move(episode, old, item.path, file)
                self._meet(episode, item, moved=True)
                return True
        if places:
            self._report.present.append(places[0][0])  # A copy.
        return bool(places)


def is_surely_one(reading: ReadResult) -> bool:
    """Whether nobody needs to say that it is a transcript: text may be anything."""
    return reading.transcript.timed or bool(reading.transcript.speakers)


def _table(path: Path) -> EpisodeTable | None:
    if not may_be_table(path):
        return None
    try:
        return read_table(path)
    except TranscriptError:
        return None


def _label(path: Path, item: Item) -> str:
    """What a transcript's name adds to that of the sound: `en` of `talk.en.vtt`."""
    base = item.path.stem
    return path.stem[len(base) :].strip(". ") if path.stem.startswith(base) else ""


def settled(seconds: float = 2.0) -> int:
    """The time before which a file must have been changed to count as whole, for `Ways.settled_ns`."""
    return time.time_ns() - round(seconds * 1e9)
