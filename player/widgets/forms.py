"""Forms whose labels are of one width, so that several stand in line under each other."""

from PySide6.QtWidgets import QFormLayout, QLabel, QLayout, QWidget

_LABEL = 90  # Pixels.


class AlignedForm(QFormLayout):
    """Rows of a label and what it names, which takes the room that is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setVerticalSpacing(10)
        self.setHorizontalSpacing(12)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def add(self, text: str, field: QWidget | QLayout) -> None:
        """Add a row; "" leaves the place of its label empty."""
        label = QLabel(text)
        label.setMinimumWidth(_LABEL)
        if isinstance(field, QWidget):
            label.setBuddy(field)
        self.addRow(label, field)
