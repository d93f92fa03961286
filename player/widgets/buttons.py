"""Rows of buttons that are made of actions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QToolButton


def add_buttons(layout: QBoxLayout, actions: Sequence[QAction]) -> None:
    """Add a button for each action, which says in words what it does."""
    for action in actions:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        layout.addWidget(button)
