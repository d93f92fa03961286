"""Keeping the library safe: a backup a day, and the newest one offered where the library is damaged."""

from pathlib import Path

from PySide6.QtCore import QObject

from index.errors import EarmarkError
from index.library import Backup, Library, LibraryError, back_up_if_due, restore_backup
from player.tasks import Tasks
from player.widgets.floating import Notice


def open_library(path: Path) -> tuple[Library, EarmarkError | None]:
    """The library in a file; where it cannot be opened one that keeps nothing, and why."""
    try:
        return Library(path), None
    except EarmarkError as error:
        return Library(":memory:"), error


class Safekeeping(QObject):
    """Backs the library up and tells what became of it when it could not be opened."""

    def __init__(self, path: Path, tasks: Tasks, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._tasks = tasks
        self._notice = notice

    def back_up(self) -> None:
        """Copy the library if the last copy is more than a day old; why that cannot be done is told."""
        self._tasks.run("backup", lambda: back_up_if_due(self._path), lambda _: None, self._refused)

    def _refused(self, error: Exception) -> None:
        self._notice.tell(str(error), error=True)

    def tell(self, trouble: EarmarkError) -> None:
        """Tell why the library could not be opened, with the way out of it where there is one."""
        backup = trouble.backup if isinstance(trouble, LibraryError) else None
        if backup is None:
            self._notice.tell(str(trouble), error=True)
        else:
            action = self.tr("Bring the backup back")
            self._notice.tell(str(trouble), error=True, action=action, act=lambda: self._bring_back(backup))

    def _bring_back(self, backup: Backup) -> None:
        try:
            aside = restore_backup(self._path, backup)
        except EarmarkError as error:
            self._notice.tell(str(error), error=True)
        else:
            text = self.tr("The backup is in its place, and the damaged library is now {}. Start Earmark again.")
            self._notice.tell(text.format(aside.name), stay=True)
