"""Files of episodes that are not where they were: which are missing, where they may be now."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from index.library.adding import Cancelled, Told
from index.library.catalogue import Library
from index.library.fingerprint import Print, fingerprint
from index.library.gathering import files_in, files_under
from index.library.paths import restored
from index.library.store import Row


def missing(library: Library) -> dict[int, list[Path]]:
    """The files of each episode that are not where the library knows them, for episodes that miss any."""
    gone: dict[int, list[Path]] = {}
    for episode, path, *_ in _known_files(library):
        if not path.exists():
            gone.setdefault(episode, []).append(path)
    return gone


def find_again(
    library: Library,
    folders: Sequence[Path],
    *,
    told: Told = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
) -> list[int]:
    """Look for missing files in folders and all under them; gives the episodes of which a file was found.

    A file is known again by its size and the digest of its ends. Where the library has none of these of it (it was
    never read to its end), its name must do, and must not be there twice.
    """
    wanted = [file for file in _known_files(library) if not file[1].exists()]
    sizes = {size for _, _, size, _ in wanted if size}
    names = {path.name for _, path, size, _ in wanted if not size}
    by_print: dict[str, tuple[Path, Print]] = {}
    by_name: dict[str, list[Path]] = {}
    places = list(dict.fromkeys(file for folder in folders for file in files_under(folder, cancelled)))
    for done, place in enumerate(places):
        told(done, len(places))
        if cancelled():
            break
        if place.name in names:
            by_name.setdefault(place.name, []).append(place)
        if _size(place) in sizes:
            file = _print(place)
            if file:
                by_print.setdefault(file.digest, (place, file))
    told(len(places), len(places))
    found = []
    for episode, old, size, digest in wanted:
        here = by_print.get(digest) if size else None
        alone = by_name.get(old.name, ()) if not size else ()
        if here is None and len(alone) == 1 and (file := _print(alone[0])):
            here = (alone[0], file)
        if here:
            library.episodes.move(episode, old, *here)
            found.append(episode)
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Traces:
    """What a file that is gone may be found by: its size and digest, and where files of the library lie."""

    size: int = 0  # bytes; 0: not known, and so is the digest.
    digest: str = ""
    folders: tuple[Path, ...] = ()

    def find(self, path: Path) -> Path | None:
        """Where a file of this name, or of this content in its own folder, is now; a moment's work."""
        named = (folder / path.name for folder in self.folders)
        return next((place for place in chain(named, files_in(path.parent)) if self._is_it(place)), None)

    def _is_it(self, place: Path) -> bool:
        return (
            self.size > 0
            and _size(place) == self.size
            and (file := _print(place)) is not None
            and file.digest == self.digest
        )


def traces_of_sound(library: Library, episode: int) -> Traces:
    """The traces of an episode's sound, those most likely to lead to it first."""
    row = library.store.row("SELECT sound_size, sound_print FROM episodes WHERE id = ?", (episode,))
    places = library.store.rows(
        "SELECT path, episode = ? AS own FROM transcripts WHERE path <> ''"
        " UNION ALL SELECT sound, 0 FROM episodes WHERE sound <> '' ORDER BY own DESC",
        (episode,),
    )
    folders = (path.parent for stored_path, _ in places if (path := restored(stored_path)))
    size, digest = row if row and row[1] else (0, "")
    return Traces(size, digest, tuple(dict.fromkeys(folders)))


def _known_files(library: Library) -> Iterator[tuple[int, Path, int, str]]:
    """Each sound and transcript of the library: its episode, path, size and digest (0 and "" where not known)."""
    query = (
        "SELECT id, sound, sound_size, sound_print FROM episodes WHERE sound <> ''"
        " UNION ALL SELECT episode, path, size, print FROM transcripts WHERE path <> ''"
    )
    rows: list[Row] = library.store.rows(query)
    for episode, stored_path, size, digest in rows:
        path = restored(stored_path)
        if path:
            yield episode, path, size if digest else 0, digest


def _size(path: Path) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return -1


def _print(path: Path) -> Print | None:
    try:
        return fingerprint(path)
    except OSError:
        return None
