import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from player.models.library_rows import Changes
from player.widgets.details_dialog import DetailsDialog

TIDES = Changes("Tides", "Salt", "2026-03-04", ("sea", "slow"))


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def ask(parent):
    return lambda *episodes: DetailsDialog(episodes, parent)


def field(dialog: DetailsDialog, name: str) -> QLineEdit:
    return next(each for each in dialog.findChildren(QLineEdit) if each.accessibleName() == name)


def test_nothing_changed_changes_nothing(ask):
    assert ask(TIDES).changes() == Changes()


def test_what_was_written_is_the_change(ask):
    dialog = ask(TIDES)
    field(dialog, "Title").setText(" Tides \n again ")
    field(dialog, "Tags").setText("sea,  north , ,sea")
    assert dialog.changes() == Changes(title="Tides again", tags=("sea", "north"))


def test_a_title_cannot_be_emptied_a_show_can(ask):
    dialog = ask(TIDES)
    field(dialog, "Title").clear()
    field(dialog, "Show").clear()
    assert dialog.changes() == Changes(show="")


def test_of_several_what_they_share_is_shown(ask):
    dialog = ask(TIDES, Changes("Birds", "Salt", "", ()))
    assert field(dialog, "Show").text() == "Salt"
    assert not field(dialog, "Title").isEnabled()
    assert field(dialog, "Date").text() == ""
    assert dialog.changes() == Changes()
    field(dialog, "Date").setText("2026")
    assert dialog.changes() == Changes(date="2026")
