"""What Earmark is to the desktop around it: the player its media keys mean, and what opens `earmark:` links."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from player.cover_files import cover_file
from player.desktop import registering
from player.desktop.first import Wish
from player.parts import Parts
from player.presenting.pasting import Pasting
from player.settings import cache_folder

if TYPE_CHECKING:
    from player.desktop.mpris import Mpris

_KEYS = {
    Qt.Key.Key_MediaTogglePlayPause: "play",
    Qt.Key.Key_MediaPlay: "play",  # Most keyboards have one key, and it sends this.
    Qt.Key.Key_MediaPause: "play",
    Qt.Key.Key_MediaNext: "next_chapter",
    Qt.Key.Key_MediaPrevious: "previous_chapter",
    Qt.Key.Key_AudioForward: "forward",
    Qt.Key.Key_AudioRewind: "back",
}
"""What media keys do where the window has them; on Linux the desktop takes them and speaks MPRIS."""
_ASK_AGAIN_MS = 300


class ShowDesktop(QObject):
    """Fulfils what is wished from outside the window, and tells the desktop what is played."""

    def __init__(self, parts: Parts, pasting: Pasting) -> None:
        super().__init__(parts)
        self._parts = parts
        self._pasting = pasting
        parts.does({"open_links": self._open_links})
        parts.actions["open_links"].setChecked(registering.is_installed())
        for key, name in _KEYS.items():
            QShortcut(QKeySequence(key), parts.window).activated.connect(parts.actions[name].trigger)
        self._mpris: Mpris | None = None
        self._wishes: list[Wish] = []
        self._later = QTimer(self)
        self._later.setInterval(_ASK_AGAIN_MS)
        self._later.timeout.connect(self._fulfil_what_waits)

    def speak(self) -> None:
        """Be a player for media keys, lock screens and headsets, where the desktop has a bus for that."""
        from player.desktop import mpris  # The window is there before the bus.

        parts, found = self._parts, mpris.start(self._parts.playback, self)
        if found is None:
            return
        self._mpris = found
        for signal, slot in (
            (found.raise_requested, self.raise_window),
            (found.quit_requested, parts.qt.closeAllWindows),  # A dialog that is open goes first.
            (found.link_requested, lambda link: self._take(Wish(link=link))),
            (found.play_requested, self._play),
            (found.go_requested, parts.session.go_to),
            (found.step_requested, parts.session.step),
            (found.chapter_requested, self._step_chapter),
            (parts.session.episode_changed, self._show_episode),
            (parts.session.episode_changed, lambda *_: self._show_cover()),
            (parts.session.sound_opened, self._show_episode),
            (parts.session.sound_opened, lambda _: self._show_cover()),
        ):
            signal.connect(slot)
        self._show_episode()
        self._show_cover()

    def _play(self, wanted: bool) -> None:
        if wanted != self._parts.playback.is_playing:
            self._parts.session.toggle()

    def _step_chapter(self, by: int) -> None:
        self._parts.actions["next_chapter" if by > 0 else "previous_chapter"].trigger()

    def _show_episode(self) -> None:
        episode = self._parts.session.episode
        if self._mpris is None:
            return
        if episode is None:
            self._mpris.show_episode(None, "", "", chapters=False)
        else:
            chapters = bool(episode.media and episode.media.chapters)
            self._mpris.show_episode(episode.row.id, episode.title, episode.show, chapters=chapters)

    def _show_cover(self) -> None:
        """Have the cover as a file, which the desktop can read, and tell it which."""
        found, episode = self._mpris, self._parts.session.episode
        picture = episode.media.cover if episode and episode.media else None
        self._parts.tasks.drop("cover file")
        if found is None:
            return
        if not picture:
            found.show_cover(None)
            return
        folder = cache_folder() / "covers"
        self._parts.tasks.run(  # A player without a picture plays as well.
            "cover file", lambda: cover_file(picture, folder), found.show_cover, lambda _: None
        )

    def fulfil(self, wish: Wish) -> None:
        """Open what Earmark was started for, here or by another one that was started later."""
        self._take(wish)
        self.raise_window()

    def _take(self, wish: Wish) -> None:
        self._wishes.append(wish)
        self._fulfil_what_waits()

    def _fulfil_what_waits(self) -> None:
        """A dialog asks about the episode that is open: it is answered before another one is opened."""
        if self._parts.qt.activeModalWidget():
            self._later.start()
            return
        self._later.stop()
        wishes, self._wishes = self._wishes, []
        for wish in wishes:
            if wish.demo:
                self._parts.session.open_demo()
            elif wish.link:
                self._pasting.follow(wish.link)
            elif wish.paths:
                self._parts.session.open_paths(wish.paths)

    def raise_window(self) -> None:
        """Bring the window before the others."""
        window = self._parts.window
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()

    def _open_links(self) -> None:
        """Tell the system, off this thread: a program that it has for that may take its time."""
        action = self._parts.actions["open_links"]
        action.setEnabled(False)  # One at a time.
        self._parts.tasks.run(
            "open links",
            registering.install if action.isChecked() else registering.remove,
            lambda told: self._links_told(told, error=False),
            lambda error: self._links_told(str(error), error=True),
        )

    def _links_told(self, sentence: str, *, error: bool) -> None:
        action = self._parts.actions["open_links"]
        action.setChecked(registering.is_installed())
        action.setEnabled(True)
        self._parts.window.notice.tell(sentence, error=error)
