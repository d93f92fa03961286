"""The range in hand and the kept clips become what is seen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from index.library import SavedClip
from index.transcript import WordRange
from player.models.values import ClipRow

if TYPE_CHECKING:
    from player.app import App


class ShowKeeping(QObject):
    """Listens to keeping, and tells the window."""

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self._app = app
        self._window = app.window
        keeping = app.keeping
        for signal, slot in (
            (keeping.told, self._tell),
            (keeping.range_changed, self._show_range),
            (keeping.pending_changed, self._window.view.set_pending),
            (keeping.clips_changed, self._show_clips),
            (keeping.looping_changed, app.actions["loop_selection"].setChecked),
            (keeping.kept, self._tell_kept),
            (keeping.dropped, self._tell_dropped),
            (self._window.view.verticalScrollBar().valueChanged, lambda _: self._place_selection_bar()),
        ):
            signal.connect(slot)

    def _show_range(self, words: WordRange | None) -> None:
        view = self._window.view
        if words != view.selection:
            view.select(words)
        if words:
            self._window.follow.hold("selection")
        else:
            self._window.follow.release("selection")
        self._place_selection_bar()
        self.mark()

    def _place_selection_bar(self) -> None:
        words = self._app.keeping.range
        if words:
            self._window.selection_bar.show_beside(self._window.view.rects_of(words))
        else:
            self._window.selection_bar.hide()

    def _show_clips(self, clips: Sequence[SavedClip], current: int | None) -> None:
        rows = [
            ClipRow(clip.id, clip.title, clip.start_ms, clip.end_ms, clip.first_word, clip.end_word) for clip in clips
        ]
        self._window.side.show_clips(rows, current)
        self._window.view.set_clips([WordRange(clip.first_word, clip.end_word) for clip in clips])
        if current is not None:
            self._app.show_side("clips")
        self.mark()

    def show_clip(self, row: ClipRow) -> None:
        """Select a clip's words and bring them into view."""
        words = WordRange(row.first_word, row.end_word)
        self._app.keeping.set_range(words)
        self._window.view.scroll_to(words.first, 0.3)
        self._place_selection_bar()

    def hear_clip(self, row: ClipRow) -> None:
        """Select a clip's words and play them."""
        self.show_clip(row)
        self._app.keeping.hear()

    def mark(self) -> None:
        """Show the range and the clips on the timeline."""
        clip, clips = self._app.keeping.clip(), self._app.keeping.clips
        self._window.seek_bar.mark(
            clips=tuple((each.start_ms, each.end_ms) for each in clips),
            range=(clip.start_ms, clip.end_ms) if clip else None,
        )

    # Copying

    def copy(self) -> None:
        """Put the selected words on the clipboard as clean prose."""
        transcript, words = self._app.session.transcript, self._app.keeping.range
        if transcript and words:
            QGuiApplication.clipboard().setText(transcript.prose(words))

    def copy_quote(self) -> None:
        """Put them there with where they are from."""
        quote = self._app.keeping.quote()
        if quote:
            QGuiApplication.clipboard().setText(quote)
            self._tell(self.tr("Copied with its source."), False)

    # Notices

    def _tell(self, sentence: str, error: bool) -> None:
        self._window.notice.tell(sentence, error=error)

    def _tell_kept(self, clip: SavedClip) -> None:
        self._window.notice.tell(
            self.tr("Kept: {}").format(clip.title), action=self.tr("Export…"), act=self._app.asking.export
        )

    def _tell_dropped(self, clip: SavedClip) -> None:
        self._window.notice.tell(
            self.tr("Removed: {}").format(clip.title), action=self.tr("Undo"), act=self._app.keeping.undo_drop
        )
