"""Small covers of episodes for lists: made in a thread when they are first painted, and kept while they are needed."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from index.library import Library
from player.library_reader import LibraryReader
from player.tasks import Tasks
from player.widgets.cover import square_cover

_KEPT = 400  # Pictures of a few kilobytes each.
_AT_ONCE = 12  # So many are made before the first of them is shown.


class Covers(QObject):
    """Gives pictures by their digest in the library; those it does not have yet come with `changed`."""

    changed = Signal()

    def __init__(self, library: Library, reader: LibraryReader | None, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._reader, self._tasks = library, reader, tasks
        self._made: OrderedDict[tuple[str, int], QImage | None] = OrderedDict()
        self._wanted: dict[tuple[str, int], None] = {}  # The one asked for last is last.
        self._making = False

    def small(self, digest: str, side: int) -> QImage | None:
        """The cover as a square of `side` pixels; None while it is not there, or where it is no picture."""
        key = (digest, side)
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        self._wanted.pop(key, None)
        self._wanted[key] = None
        self._make()
        return None

    def _make(self) -> None:
        if self._making or not self._wanted:
            return
        self._making = True
        keys = list(self._wanted)[-_AT_ONCE:]  # What is in view now, rather than what was scrolled by.
        self._wanted.clear()
        picture = self._pictures(keys)
        self._tasks.run(
            "covers",
            lambda: {key: _square(picture(key[0]), key[1]) for key in keys},
            self._take,
            lambda _: self._take(dict.fromkeys(keys)),
        )

    def _pictures(self, keys: list[tuple[str, int]]) -> Callable[[str], bytes | None]:
        """What reads a picture in any thread."""
        reader = self._reader
        if reader is not None:
            return lambda digest: reader.library.episodes.picture(digest)
        read = {digest: self._library.episodes.picture(digest) for digest, _ in keys}  # It is of this thread alone.
        return read.get

    def _take(self, made: dict[tuple[str, int], QImage | None]) -> None:
        self._making = False
        self._made.update(made)
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        self.changed.emit()
        self._make()


def _square(picture: bytes | None, side: int) -> QImage | None:
    return square_cover(picture, side) if picture else None
