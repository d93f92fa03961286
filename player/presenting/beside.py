"""Two transcripts side by side: another version or language beside the open one, in step with the sound."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from index import formats
from index.builder import TranscriptBuilder
from index.formats.base import ReadResult
from index.pairing import find_transcripts
from index.plaintext import one_line, shown
from index.transcript import Transcript
from player.asking import Asking
from player.parts import Parts
from player.widgets.follow import Follow
from player.widgets.page import Heading
from player.widgets.transcript_view import TranscriptView

_ROOM = 760  # So wide the middle must be for two columns.


class ShowBeside(QObject):
    """Shows a second transcript, marks the word spoken in it, and seeks by it. Nothing is kept of it."""

    def __init__(self, parts: Parts, asking: Asking) -> None:
        super().__init__(parts)
        self._parts = parts
        self._asking = asking
        self._window = parts.window
        self._view: TranscriptView | None = None
        self._follow: Follow | None = None
        self._words: Transcript | None = None
        self._episode: int | None = None
        parts.does({"read_beside": self.toggle})
        parts.session.episode_changed.connect(lambda _: self._episode_changed())
        parts.playback.position_changed.connect(self._show_position)
        parts.dressed.connect(self._dress)

    @property
    def is_open(self) -> bool:
        """Whether two transcripts are to be seen."""
        return self._words is not None

    def toggle(self) -> None:
        """Ask which transcript to read beside the open one, or read that one alone again."""
        if self.is_open:
            self.close()
            return
        choices = self._choices()
        if not choices:
            self._choose_file()
            return
        menu = QMenu(self._window)
        for path in choices:
            name = shown(one_line(path.name, 60)).replace("&", "&&")
            menu.addAction(name).triggered.connect(lambda _=False, path=path: self.open(path))
        menu.addSeparator()
        menu.addAction(self.tr("Choose a file…"), self._choose_file)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def _choices(self) -> list[Path]:
        """The transcripts that lie beside the sound, but the open one."""
        episode = self._parts.session.episode
        if episode is None or episode.row.sound is None:
            return []
        return [path for path in find_transcripts(episode.row.sound) if path != episode.row.transcript]

    def _choose_file(self) -> None:
        path = self._asking.choose_transcript(self.tr("Read another transcript beside this one"))
        if path:
            self.open(path)
        self._tick()

    def open(self, path: Path) -> None:
        """Read a transcript and show it in a second column."""

        def show(reading: ReadResult) -> None:
            self._words = reading.transcript
            view = self._made_view()
            if self._follow:
                self._follow.set_word(None)
            view.show_transcript(reading.transcript, Heading(path.name, reading.format))
            view.show()
            self._show_position(self._parts.playback.position_ms)
            self._tick()

        def refused(error: Exception) -> None:
            self._parts.session.told.emit(str(error), True)
            self._tick()

        self._parts.tasks.run("beside", lambda: formats.read(path), show, refused)

    def close(self) -> None:
        """Read one transcript alone again."""
        self._parts.tasks.drop("beside")
        self._words = None
        if self._view and self._follow:
            self._follow.set_word(None)
            self._view.hide()
            self._view.show_transcript(TranscriptBuilder().build(), Heading())
        self._tick()

    def _made_view(self) -> TranscriptView:
        if self._view is None:
            self._view = TranscriptView(self._parts.theme)
            self._view.setAccessibleName(self.tr("Second transcript"))
            self._view.setMinimumWidth(_ROOM // 2)
            self._follow = Follow(self._view)
            self._window.columns.addWidget(self._view)
            self._view.seek_requested.connect(self._parts.session.go_to)
            self._view.seek_requested.connect(lambda _, follow=self._follow: follow.resume())
            self._view.scale_requested.connect(self._parts.step_text_size)
            self._dress()
        return self._view

    def _dress(self) -> None:
        if self._view:
            self._view.set_look(self._parts.theme, self._parts.settings.text_scale)

    def _episode_changed(self) -> None:
        episode = self._parts.session.episode
        number = episode.row.id if episode else None
        if number != self._episode:
            self._episode = number
            self.close()
        self._parts.actions["read_beside"].setEnabled(episode is not None)

    def _show_position(self, ms: int) -> None:
        if self._words is None or self._view is None or self._follow is None:
            return
        word = self._words.word_at(ms)
        if self._view.set_current_word(word):
            self._follow.set_word(word)

    def _tick(self) -> None:
        self._parts.actions["read_beside"].setChecked(self.is_open)
