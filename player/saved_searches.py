"""The searches that were kept: each can be given another name and let go, and that can be taken back."""

from collections.abc import Callable

from index.library import Library, SavedSearch
from player.library_deeds import LibraryDeeds
from player.session import Session
from player.undoing import Undoing


class SavedSearches:
    """Changes what is kept; searches are told by their ids."""

    def __init__(self, session: Session, library: Library, undoing: Undoing, read: Callable[[], None]) -> None:
        """`read` is called after each change, done or undone."""
        self._kept = library.searches
        self._deeds = LibraryDeeds(session, undoing, read)

    def rename(self, search: int, name: str) -> None:
        """Give one another name."""
        saved = self._saved(search)
        if saved and saved.name != name:
            self._deeds.do(
                "rename a search",
                lambda: self._kept.rename(search, name),
                lambda: self._kept.rename(search, saved.name),
            )

    def remove(self, search: int) -> bool:
        """Let one go; gives whether that went well."""
        saved = self._saved(search)
        return saved is not None and self._deeds.do(
            "remove a search", lambda: self._kept.drop(search), lambda: self._kept.put_back(saved)
        )

    def _saved(self, search: int) -> SavedSearch | None:
        return next((saved for saved in self._deeds.found(self._kept.all) if saved.id == search), None)
