"""The way in when nothing is open yet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

import resources
from index.plaintext import one_line, shown

_WIDTH = 460  # Pixels.


class Welcome(QWidget):
    """A few words and the first things to do; where there is a library, its last episode comes first."""

    continue_requested = Signal()

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcript")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = QLabel(self.tr("Listen with the words in sight"))
        title.setProperty("tone", "title")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setFixedWidth(_WIDTH)
        self._text.setStyleSheet("font-size: 14px")
        self._continue = self._button("primary")
        self._continue.setText(self.tr("Go on listening"))
        self._continue.clicked.connect(self.continue_requested)
        self._buttons = []
        row = QHBoxLayout()
        row.setSpacing(6)
        for action in actions:
            button = self._button("strong")
            button.setText(action.iconText())
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        picture = QLabel()
        picture.setPixmap(QIcon(str(resources.path("icons", "app.svg"))).pixmap(64, 64))
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addStretch(2)
        for widget in (picture, title, self._text):
            column.addWidget(widget)
        column.addWidget(self._continue, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(row)
        column.addStretch(3)
        across = QHBoxLayout(self)
        across.addStretch(1)
        across.addLayout(column)
        across.addStretch(1)
        self.offer(0, "")

    def _button(self, tone: str) -> QPushButton:
        button = QPushButton()
        button.setProperty("tone", tone)
        return button

    def offer(self, episodes: int, last: str) -> None:
        """Speak to somebody who has so many episodes, and has not heard the one of this title to its end; "": none."""
        self._continue.setVisible(bool(last))
        first = self._buttons[0]
        first.setProperty("tone", "strong" if last else "primary")
        first.style().polish(first)
        now = self.window().focusWidget()
        focused = now is not None and self.isAncestorOf(now)
        self.setFocusProxy(self._continue if last else first)
        if focused:
            self.setFocus()
        if episodes:
            rest = self.tr("You have not heard “{}” to its end yet. ").format(shown(one_line(last, 80))) if last else ""
            many = self.tr("Choose any of your {} episodes, or search for what was said in them.")
            one = self.tr("Choose your episode in the library, or search for what was said in it.")
            self._text.setText(rest + (many.format(f"{episodes:,}") if episodes > 1 else one))
        else:
            self._text.setText(
                self.tr(
                    "Open a recording, and its transcript is found beside it: talk.mp3 with talk.vtt, talk.srt or"
                    " talk.json. Or drop both here. Click a word to hear it, search to get there, select words to keep"
                    " them."
                )
            )
