"""The library becomes the list on the left, and what is done to its episodes is asked for."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from index.library import Episode
from index.pairing import SOUND_SUFFIXES
from player.covers import Covers
from player.models.library_rows import Changes, EpisodeRow, LibraryRow, by_show
from player.parts import Parts
from player.whereabouts import Whereabouts
from player.widgets.details_dialog import DetailsDialog

_ON_EPISODES = ("details", "mark_heard", "point_to_sound", "remove_episode")


class ShowLibrary(QObject):
    """Listens to the shelf, and tells the window."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._whereabouts = Whereabouts(parts.session, parts.tasks)
        self._panel = panel = parts.window.library
        self._last: EpisodeRow | None = None  # The one to go on with.
        shelf = parts.shelf
        covers = Covers(parts.library, parts.reader, parts.tasks, self)
        covers.changed.connect(panel.list.viewport().update)
        panel.set_covers(covers.small)
        for signal, slot in (
            (shelf.changed, self.show),
            (shelf.removed, self._tell_removed),
            (parts.session.library_changed, self.show),
            (parts.session.position_kept, self._show_position),
            (parts.session.sound_missed, self._offer_to_point),
            (panel.episode_requested, self._open),
            (parts.window.welcome.continue_requested, self._open_last),
            (panel.remove_requested, lambda rows: shelf.remove([row.id for row in rows])),
            (panel.filter_changed, shelf.narrow),
            (panel.order_requested, self._arrange),
            (panel.state_requested, shelf.list_only),
            (panel.list.selectionModel().selectionChanged, lambda *_: self._allow()),
            (parts.qt.applicationStateChanged, self._look_elsewhere),
        ):
            signal.connect(slot)
        parts.does(
            {
                "details": self._ask_details,
                "mark_heard": self._mark_heard,
                "point_to_sound": lambda: self._point_to_sound(*self._chosen()[:1]),
                "remove_episode": lambda: shelf.remove([row.id for row in self._chosen()]),
                "restore_episode": self._restore,
                "filter_episodes": self._enter_filter,
                "arrange_episodes": self._enter_order,
            }
        )
        shelf.order = parts.settings.library_order
        self.show()

    # The list

    def show(self) -> None:
        """List the library anew."""
        shelf = self._parts.shelf
        under_shows = shelf.order == "shows" and shelf.state != "bin"
        now = self._parts.session.episode
        current = now.row.id if now else None

        def rows(episodes: Sequence[Episode]) -> list[LibraryRow]:
            made = [_row(episode, current) for episode in episodes]
            return by_show(made) if under_shows else list(made)

        shelf.list_episodes(rows, self._list)
        self._panel.show_choices(shelf.order, shelf.state)

    def _look_elsewhere(self, state: Qt.ApplicationState) -> None:
        """Who comes back to the window may have added episodes in a terminal meanwhile."""
        parts = self._parts
        is_back = state == Qt.ApplicationState.ApplicationActive
        if is_back and parts.session.answered(parts.library.changed_elsewhere, False):
            self.show()
            parts.indexing.catch_up()

    def _list(self, rows: list[LibraryRow]) -> None:
        shelf = self._parts.shelf
        if shelf.text or shelf.state != "all":
            nothing = self.tr("The bin is empty.") if shelf.state == "bin" else self.tr("No episode is like that.")
        else:
            nothing = self.tr("Nothing here yet. Add files or a folder, or open a recording.")
        self._panel.show_episodes(rows, nothing)
        if not shelf.text and shelf.state == "all":
            self._offer_last()
        self._allow()

    def _offer_last(self) -> None:
        """Offer to go on with the episode that was opened last, while none is open."""
        episodes = self._panel.episodes()
        opened = [row for row in episodes if row.opened and not row.heard]
        self._last = max(opened, key=lambda row: row.opened, default=None)
        self._parts.window.welcome.offer(len(episodes), self._last.title if self._last else "")

    def _open_last(self) -> None:
        if self._last:
            self._open(self._last)

    def _show_position(self, episode: int, position_ms: int) -> None:
        """While it plays only its own row changes: the rest need not be listed anew every few seconds."""
        self._panel.show_episodes(
            [
                replace(row, position_ms=position_ms) if isinstance(row, EpisodeRow) and row.id == episode else row
                for row in self._panel.rows.values()
            ]
        )

    def _arrange(self, order: str) -> None:
        self._parts.change(library_order=order)
        self._parts.shelf.arrange(order)

    def _open(self, row: EpisodeRow) -> None:
        now = self._parts.session.episode
        if self._parts.shelf.state == "bin":
            self._parts.window.notice.tell(
                self.tr("This episode was removed."),
                action=self.tr("Bring back"),
                act=lambda: self._parts.shelf.restore([row.id]),
            )
        elif now is None or now.row.id != row.id:
            self._parts.session.open_episode(row.id)

    def _tell_removed(self, episodes: list[Episode]) -> None:
        titles = episodes[0].title if len(episodes) == 1 else self.tr("{} episodes").format(len(episodes))
        self._parts.window.notice.tell(
            self.tr("Removed: {}. Your files are where they were.").format(titles),
            action=self.tr("Undo"),
            act=self._parts.shelf.undo_remove,
        )

    def _enter_filter(self) -> None:
        self._parts.want_library(True, asked=True)
        self._panel.filter.setFocus()
        self._panel.filter.selectAll()

    def _enter_order(self) -> None:
        self._parts.want_library(True, asked=True)
        self._panel.choose_order()

    # What is done to episodes

    def _chosen(self) -> list[EpisodeRow]:
        """The episodes chosen in the list, or else the open one."""
        chosen = self._panel.chosen()
        now = self._parts.session.episode
        return chosen or [row for row in self._panel.episodes() if now and row.id == now.row.id][:1]

    def _allow(self) -> None:
        chosen = self._chosen()
        for name in _ON_EPISODES:
            self._parts.actions[name].setEnabled(bool(chosen))
        self._parts.actions["point_to_sound"].setEnabled(len(chosen) == 1)
        self._parts.actions["mark_heard"].setChecked(bool(chosen) and all(row.heard for row in chosen))

    def _ask_details(self) -> None:
        known = [self._parts.library.episodes.get(row.id) for row in self._chosen()]
        episodes = [episode for episode in known if episode]
        if not episodes:
            return
        dialog = DetailsDialog(
            [Changes(each.title, each.show, each.date, each.tags) for each in episodes], self._parts.window
        )
        if dialog.exec():
            self._parts.shelf.edit(episodes, dialog.changes())
            self._parts.session.refresh_row()
        dialog.deleteLater()

    def _mark_heard(self) -> None:
        chosen = self._chosen()
        self._parts.shelf.set_heard([row.id for row in chosen], not all(row.heard for row in chosen))

    def _restore(self) -> None:
        if self._parts.shelf.state == "bin":
            self._parts.shelf.restore([row.id for row in self._panel.chosen()])
        else:
            self._parts.shelf.undo_remove()

    def _offer_to_point(self, sentence: str, error: bool) -> None:
        now = self._parts.session.episode
        row = now.row if now else None
        self._parts.window.notice.tell(
            sentence,
            action=self.tr("Point to the sound…") if row else "",
            act=lambda: self._point_to_sound(row) if row else None,
            error=error,
        )

    def _point_to_sound(self, episode: EpisodeRow | Episode) -> None:
        """Say where the sound of an episode lies: it has none yet, or was moved."""
        name, _ = QFileDialog.getOpenFileName(
            self._parts.window,
            self.tr("Where is the sound of “{}”?").format(episode.title),
            self._parts.settings.last_folder or str(Path.home()),
            self.tr("Sounds ({});;All files (*)").format(" ".join(f"*{suffix}" for suffix in sorted(SOUND_SUFFIXES))),
        )
        if name:
            self._parts.change(last_folder=str(Path(name).parent))
            self._whereabouts.point_to(episode.id, Path(name))


def _row(episode: Episode, current: int | None) -> EpisodeRow:
    return EpisodeRow(
        episode.id,
        episode.title,
        episode.show,
        episode.position_ms,
        episode.duration_ms,
        episode.id == current,
        episode.date,
        episode.heard,
        episode.sound is not None,
        episode.words > 0 or episode.transcript is not None,
        episode.tags,
        episode.opened,
        episode.cover,
    )
