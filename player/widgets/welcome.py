"""The way in when nothing is open yet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

import resources


class Welcome(QWidget):
    """A few words and the first things to do."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcript")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = QLabel(self.tr("Listen with the words in sight"))
        title.setProperty("tone", "title")
        text = QLabel(
            self.tr(
                "Open a recording, and its transcript is found beside it: talk.mp3 with talk.vtt, talk.srt or "
                "talk.json. Or drop both here. Click a word to hear it, search to get there, select words to keep them."
            )
        )
        text.setWordWrap(True)
        text.setFixedWidth(440)
        text.setStyleSheet("font-size: 14px")
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for number, action in enumerate(actions):
            button = QPushButton(action.text())
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
            button.setProperty("tone", "primary" if number == 0 else "strong")
            button.setAutoDefault(True)
            buttons.addWidget(button)
            if number == 0:
                self.setFocusProxy(button)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addStretch(2)
        picture = QLabel()
        picture.setPixmap(QIcon(str(resources.path("icons", "app.svg"))).pixmap(64, 64))
        column.addWidget(picture)
        column.addWidget(title)
        column.addWidget(text)
        column.addLayout(buttons)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(column)
        row.addStretch(1)
