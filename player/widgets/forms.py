"""What forms are made of: labels of one width, so that several stand in line under each other, and boxes for times."""

from PySide6.QtWidgets import QFormLayout, QLabel, QLayout, QSpinBox, QWidget

_LABEL = 90  # Pixels.


def milliseconds_box(low: int, high: int, step: int, value: int) -> QSpinBox:
    """A box for a time in ms, which Up and Down change by `step`."""
    box = QSpinBox()
    box.setRange(low, high)
    box.setSingleStep(step)
    box.setSuffix(" ms")
    box.setValue(value)
    box.lineEdit().setTextMargins(6, 0, 0, 0)  # A style sheet's padding does not reach it.
    return box


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
