"""The library as people handle it: which episodes are listed and in which order, and what is done to them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from index.library import Episode, EpisodeFilter, Library
from index.library.listing import Sort
from index.library.watching import watched
from player.library_reader import LibraryReader
from player.models.library_rows import Changes
from player.session import Session
from player.tasks import Tasks

T = TypeVar("T")

_FEW = 300  # Episodes that are listed in less time than an eye sees.
STATES = ("all", "unheard", "begun", "heard", "bin")
"""Which part of the library is listed."""

_SORTS: dict[str, tuple[Sort, bool]] = {
    "shows": ("date", True),
    "date": ("date", True),
    "title": ("title", False),
    "length": ("length", True),
    "added": ("added", True),
}


class Shelf(QObject):
    """Lists the library and changes it. It knows nothing of the open episode but that it cannot be removed."""

    changed = Signal()  # What is to be listed is another.
    edited = Signal()  # The library holds other things than before: the search index is to follow.
    removed = Signal(object)  # list[Episode], which `undo_remove` brings back.

    def __init__(
        self, library: Library, reader: LibraryReader | None, session: Session, tasks: Tasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._tasks = tasks
        self._library = library
        self._session = session
        self.text = ""
        self.order = "shows"
        self.state = "all"
        self._removed: Sequence[int] = ()

    # Listing

    def list_episodes(self, rows: Callable[[list[Episode]], T], done: Callable[[T], None]) -> None:
        """Make rows of the episodes to list, in order, and hand them over.

        At once where they are few; else in a thread, and only the newest list arrives.
        """
        wanted = EpisodeFilter(
            heard={"unheard": False, "heard": True}.get(self.state), text=self.text, in_bin=self.state == "bin"
        )
        order, state = self.order, self.state

        def made(library: Library) -> T:
            sort, descending = _SORTS[order]
            found = library.episodes.select(wanted, sort, descending=descending)
            if state == "begun":
                found = [episode for episode in found if episode.position_ms and not episode.heard]
            return rows(found)

        reader = self._reader
        if reader is None or self._session.answered(self._library.episodes.count, 0) <= _FEW:
            self._tasks.drop("shelf")
            done(self._session.answered(lambda: made(self._library), rows([])))
        else:
            self._tasks.run("shelf", lambda: made(reader.library), done, lambda error: self._tell(error))

    def _tell(self, error: Exception) -> None:
        self._session.told.emit(str(error), True)

    def narrow(self, text: str) -> None:
        """List only episodes whose title, show, date, tags or speakers hold these words."""
        self.text = text.strip()
        self.changed.emit()

    def arrange(self, order: str) -> None:
        """List in another order."""
        self.order = order
        self.changed.emit()

    def list_only(self, state: str) -> None:
        """List one of `STATES`."""
        self.state = state
        self.changed.emit()

    def watched(self) -> list[Path]:
        """The folders that are watched."""
        return self._session.answered(lambda: watched(self._library), [])

    # Changing

    def remove(self, episodes: Sequence[int]) -> None:
        """Put episodes into the bin; files stay as they are. Those in the bin already are removed for good."""
        open_now = self._session.episode.row.id if self._session.episode else None
        wanted = [episode for episode in episodes if episode != open_now]
        if len(wanted) < len(episodes):
            self._session.told.emit("This episode is open; open another one to take it out of the library.", False)
        if not wanted:
            return
        with self._session.telling_trouble():
            if self.state == "bin":
                self._library.bin.empty(wanted)
            else:
                gone = [episode for episode in map(self._library.episodes.get, wanted) if episode]
                self._library.bin.put(wanted)
                self._removed = wanted
                self.removed.emit(gone)
            self.tell_edited()

    def undo_remove(self) -> None:
        """Bring back what was removed last."""
        self.restore(self._removed)
        self._removed = ()

    def restore(self, episodes: Sequence[int]) -> None:
        """Bring episodes back out of the bin."""
        if episodes:
            with self._session.telling_trouble():
                self._library.bin.restore(episodes)
                self.tell_edited()

    def edit(self, episodes: Sequence[Episode], changes: Changes) -> None:
        """Give episodes other facts; tags are replaced by the new ones."""
        ids = [episode.id for episode in episodes]
        with self._session.telling_trouble():
            self._library.episodes.edit(ids, title=changes.title, show=changes.show, date=changes.date)
            if changes.tags is not None:
                for episode in episodes:
                    self._library.episodes.untag([episode.id], *set(episode.tags).difference(changes.tags))
                self._library.episodes.tag(ids, *changes.tags)
            self.tell_edited()

    def set_heard(self, episodes: Sequence[int], heard: bool) -> None:
        """Mark episodes as heard, or as not heard."""
        with self._session.telling_trouble():
            self._library.episodes.set_heard(episodes, heard)
            self.changed.emit()

    def tell_edited(self) -> None:
        """Tell that the library holds other things than before."""
        self.changed.emit()
        self.edited.emit()
