"""A picture of the film that would be written, drawn off the GUI thread."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from index.clip import Clip
from index.transcript import WordRange
from player.models.export_values import ExportOrder, MediaChoice
from player.parts import Parts
from player.pieces import Wanted, pieces_of
from player.publishing.choices import FilmStyle

if TYPE_CHECKING:
    from player.widgets.export_dialog import ExportDialog

_BARS = 140
_WORDS = 400  # Of a long piece only the beginning is laid out for its picture.
_SHOWN_AT = 0.35  # The moment of the picture: so far into it, when words have been spoken.


class FilmLook(QObject):
    """Draws for the export window that is open."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._dialog: ExportDialog | None = None

    def show_in(self, dialog: "ExportDialog | None") -> None:
        """Draw for this window from now on, or for none."""
        self._dialog = dialog
        if dialog is None:
            self._parts.tasks.drop("film look")

    def draw(self, wanted: Wanted, order: ExportOrder) -> None:
        """Draw a picture of the film of this."""
        clip, words, episode = wanted.clip, self._parts.session.transcript, self._parts.session.episode
        is_here = episode is not None and wanted.episode == episode.row.id
        if is_here and words and len(clip.words) > _WORDS:
            first = WordRange(clip.words.first, clip.words.first + _WORDS)
            clip = Clip(first, clip.start_ms, max(clip.start_ms + 1, words.span_ms(first)[1]))
        wanted = Wanted(order.title or wanted.title, clip, wanted.episode, wanted.origin, wanted.sound, wanted.cover)
        levels = self._parts.waveform.levels(_BARS, clip.start_ms, clip.end_ms) if is_here else ()
        words_of, style = self._parts.words_of([wanted.episode]), film_style(order.media)

        def work() -> QImage:
            from player.publishing.frames import Frames

            (piece,) = pieces_of([wanted], words_of)
            return Frames(piece, levels, style).draw(round((clip.end_ms - clip.start_ms) * _SHOWN_AT))

        self._parts.tasks.run("film look", work, self._drawn, lambda error: None)

    def _drawn(self, image: QImage) -> None:
        if self._dialog:
            self._dialog.show_picture(image)


def film_style(media: MediaChoice) -> FilmStyle:
    """How a film is to look."""
    return FilmStyle(media.shape, media.dark, media.background)
