"""A title, and facts about it in two columns: what an episode is, what Earmark is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from index.plaintext import shown


class FactsDialog(QDialog):
    """Shows facts as text that can be selected and copied; none of it is ever markup."""

    def __init__(self, window_title: str, title: str, facts: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(window_title)
        self.setMinimumWidth(480)
        heading = self._label(title)
        heading.setProperty("tone", "title")
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(8)
        for name, fact in facts:
            label = self._label(name)
            label.setWordWrap(False)
            label.setProperty("tone", "soft")
            form.addRow(label, self._label(fact))
        inside = QWidget()
        inside.setLayout(form)
        form.setContentsMargins(0, 0, 8, 0)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setMinimumHeight(min(440, inside.sizeHint().height() + 8))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(14)
        layout.addWidget(heading)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)

    @staticmethod
    def _label(text: str) -> QLabel:
        label = QLabel(shown(text))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label
