"""The head of a list of kept moments: of this episode or of the library, and a box to narrow it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget


class ScopeBar(QWidget):
    """Tells what is to be listed; it knows no list."""

    scope_changed = Signal(bool)  # Whether of the whole library.
    filter_changed = Signal(str)

    def __init__(self, hint: str) -> None:
        """`hint` stands in the empty box, such as `Filter clips`."""
        super().__init__()
        self._here, self._everywhere = QToolButton(), QToolButton()
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(4)
        for button, text, tip in (
            (self._here, self.tr("This episode"), self.tr("List those of the open episode")),
            (self._everywhere, self.tr("Library"), self.tr("List those of all episodes")),
        ):
            button.setText(text)
            button.setToolTip(tip)
            button.setCheckable(True)
            button.setProperty("tone", "segment")
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self._group.setExclusive(False)  # Else Tab would reach the chosen one alone.
        self._here.setChecked(True)
        self._here.clicked.connect(lambda: self._choose(False))
        self._everywhere.clicked.connect(lambda: self._choose(True))
        self.box = QLineEdit()
        self.box.setPlaceholderText(hint)
        self.box.setAccessibleName(hint)
        self.box.setClearButtonEnabled(True)
        self.box.setMaxLength(200)
        self.box.textChanged.connect(self.filter_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.box)

    @property
    def everywhere(self) -> bool:
        """Whether those of the whole library are wanted."""
        return self._everywhere.isChecked()

    def _choose(self, everywhere: bool) -> None:
        self._here.setChecked(not everywhere)
        self._everywhere.setChecked(everywhere)
        self.scope_changed.emit(everywhere)
