"""A row that wraps: everything is whole at every width, in order, and what is left of a line goes to what can grow."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from player.widgets.wrap_row import WrapRow

WIDTHS = (150, 90, 120, 60)


@pytest.fixture
def row(qtbot: QtBot) -> tuple[QWidget, list[QWidget]]:
    """Four widgets, of which the first can grow and the others are as wide as they are."""
    holder, layout = QWidget(), WrapRow(gap=8, line_gap=2)
    parts: list[QWidget] = []
    for width in WIDTHS:
        part = QPushButton()
        grows = QSizePolicy.Policy.Fixed if parts else QSizePolicy.Policy.Expanding
        part.setSizePolicy(grows, QSizePolicy.Policy.Fixed)
        part.setMinimumWidth(width)
        if parts:
            part.setFixedWidth(width)
        parts.append(part)
        layout.addWidget(part)
    holder.setLayout(layout)
    qtbot.addWidget(holder)
    return holder, parts


@pytest.mark.parametrize(("width", "lines"), [(600, [4]), (380, [3, 1]), (260, [2, 2]), (160, [1] * 4), (150, [1] * 4)])
def test_each_line_holds_what_goes_into_it(row: tuple[QWidget, list[QWidget]], width: int, lines: list[int]) -> None:
    holder, parts = row
    layout = holder.layout()
    assert layout is not None
    high = layout.heightForWidth(width)
    layout.setGeometry(QRect(0, 0, width, high))
    boxes = [part.geometry() for part in parts]
    assert all(box.left() >= 0 and box.right() < max(width, 150) for box in boxes)
    assert boxes[-1].bottom() < high
    tops = [box.center().y() for box in boxes]
    counts = [sum(top == each for top in tops) for each in dict.fromkeys(tops)]
    assert counts == lines
    assert all(one.right() < other.left() or one.bottom() < other.top() for one, other in pairwise(boxes))
    used = sum(box.width() for box in boxes[: counts[0]]) + 8 * (counts[0] - 1)
    assert used == width, "the first can grow"


def test_what_is_hidden_takes_no_room(row: tuple[QWidget, list[QWidget]]) -> None:
    holder, parts = row
    layout = holder.layout()
    assert layout is not None
    before = layout.heightForWidth(260)
    parts[1].hide()
    parts[2].hide()
    assert layout.heightForWidth(260) < before
    assert layout.minimumSize().width() == 150
    assert layout.sizeHint().width() < sum(WIDTHS)
