"""What the library knows of episodes, to be changed: title, show, date and tags."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from index.plaintext import one_line
from player.models.library_rows import Changes


class DetailsDialog(QDialog):
    """Asks for the details of the episodes it is given; `changes` has only what the user changed."""

    def __init__(self, episodes: Sequence[Changes], parent: QWidget) -> None:
        super().__init__(parent)
        several = len(episodes) > 1
        self.setWindowTitle(self.tr("{} episodes").format(len(episodes)) if several else self.tr("Episode"))
        self.setMinimumWidth(460)
        self._fields: dict[str, tuple[QLineEdit, str]] = {}
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(20)
        for name, label, hint in (
            ("title", self.tr("Title"), ""),
            ("show", self.tr("Show"), ""),
            ("date", self.tr("Date"), self.tr("2026-03-18")),
            ("tags", self.tr("Tags"), self.tr("separated by commas")),
        ):
            values = {self._text(getattr(each, name)) for each in episodes}
            field = QLineEdit()
            field.setMaxLength(1000)
            field.setAccessibleName(label)
            if len(values) == 1:
                field.setText(values.pop())
            field.setPlaceholderText(self.tr("several, left as they are") if values else hint)
            field.setEnabled(not (several and name == "title"))
            self._fields[name] = (field, field.text())
            form.addRow(label, field)
        note = QLabel(self.tr("Only the library is changed, never your files."))
        note.setProperty("tone", "soft")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(note)
        layout.addWidget(buttons)

    def changes(self) -> Changes:
        """What was changed."""
        changed = {name: one_line(field.text()) for name, (field, was) in self._fields.items() if field.text() != was}
        tags = changed.pop("tags", None)
        title = changed.get("title") or None  # An episode is not to be nameless.
        names = None if tags is None else tuple(dict.fromkeys(tag.strip() for tag in tags.split(",") if tag.strip()))
        return Changes(title, changed.get("show"), changed.get("date"), names)

    @staticmethod
    def _text(value: str | tuple[str, ...] | None) -> str:
        return ", ".join(value) if isinstance(value, tuple) else value or ""
