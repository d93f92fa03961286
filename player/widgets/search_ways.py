"""What can be typed to search the library, and what each of it finds: shown while there is nothing else to show."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

# What is typed, and what it finds. The words are the program's own.
_WAYS = (
    ("slow tide", "these words near each other"),
    ('"slow tide"', "exactly this phrase"),
    ("tide OR flood", "one or the other"),
    ("tide -ferry", "without a word"),
    ("harb*", "words that begin so"),
    ("harbour~", "spellings like it"),
    ("speaker:mara", "what one voice says; show:, title: and tag: likewise"),
    ("after:2023", "by date; before:2025 and date:2023..2025 too"),
    ("why did it move?", "a question finds the likely moments"),
)


class SearchWays(QWidget):
    """Two columns: the words to type, and what they do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(18, 8, 18, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        heading = QLabel(self.tr("Search every episode"))
        heading.setProperty("tone", "heading")
        grid.addWidget(heading, 0, 0, 1, 2)
        for row, (typed, finds) in enumerate(_WAYS, 1):
            example, meaning = QLabel(typed), QLabel(self.tr(finds))
            meaning.setProperty("tone", "soft")
            meaning.setWordWrap(True)
            for label in (example, meaning):
                label.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(example, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(meaning, row, 1, Qt.AlignmentFlag.AlignTop)
