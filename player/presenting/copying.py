"""Copying the selected words in every form in which they can be given on."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from index import citing, quoting
from index.quoting import Quote, quote_of
from player.keeping import origin_of
from player.parts import Parts


class Copying(QObject):
    """Puts the range in hand on the clipboard. Nothing else knows the clipboard."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        parts.does(
            {
                "copy": self._copy,
                "copy_quote": lambda: self._give(quoting.as_text, self.tr("Copied with its source.")),
                "copy_markdown": lambda: self._give(quoting.as_markdown, self.tr("Copied as Markdown.")),
                "copy_html": lambda: self._give(quoting.as_html, self.tr("Copied as HTML.")),
                "copy_apa": lambda: self._give(citing.apa, self.tr("Copied: the reference in APA style.")),
                "copy_chicago": lambda: self._give(citing.chicago, self.tr("Copied: the note in Chicago style.")),
                "copy_bibtex": lambda: self._give(citing.bibtex, self.tr("Copied: a BibTeX entry.")),
                "copy_link": lambda: self._give(_link, self.tr("Copied: a link that leads back here.")),
            }
        )

    def _copy(self) -> None:
        """The words alone, as clean prose."""
        transcript, words = self._parts.session.transcript, self._parts.keeping.range
        if transcript and words:
            QGuiApplication.clipboard().setText(transcript.prose(words))

    def _give(self, written: Callable[[Quote], str], told: str) -> None:
        session, words = self._parts.session, self._parts.keeping.range
        transcript, episode = session.transcript, session.episode
        if not transcript or not episode or not words:
            self._parts.window.notice.tell(self.tr("Select the words first."))
            return
        QGuiApplication.clipboard().setText(written(quote_of(transcript, words, origin_of(episode))))
        self._parts.window.notice.tell(told)


def _link(quote: Quote) -> str:
    return quote.link
