"""Taking back and doing again, in the order in which things were done."""

from PySide6.QtCore import QObject

from player.undoing import Undoing


class Pile:
    """A list of numbers to do something to."""

    def __init__(self, parent: QObject) -> None:
        self.numbers: list[int] = []
        self.undoing = Undoing(parent)

    def add(self, number: int, run: object = None) -> None:
        self.numbers.append(number)
        before = len(self.numbers) - 1
        whole = list(self.numbers)
        self.undoing.did(
            f"add {number}",
            lambda: self.numbers.__delitem__(slice(before, None)),
            lambda: self.numbers.__setitem__(slice(None), whole),
            run=run,
        )


def test_nothing_to_undo_does_nothing(qapp: QObject) -> None:
    undoing = Undoing(qapp)
    undoing.undo()
    undoing.redo()
    assert (undoing.undo_text, undoing.redo_text) == ("", "")


def test_deeds_are_taken_back_last_first_and_done_again(qapp: QObject) -> None:
    pile = Pile(qapp)
    pile.add(1)
    pile.add(2)
    assert pile.undoing.undo_text == "add 2"
    pile.undoing.undo()
    assert pile.numbers == [1]
    pile.undoing.undo()
    assert pile.numbers == []
    assert pile.undoing.redo_text == "add 1"
    pile.undoing.redo()
    pile.undoing.redo()
    assert pile.numbers == [1, 2]


def test_a_new_deed_forgets_what_was_taken_back(qapp: QObject) -> None:
    pile = Pile(qapp)
    pile.add(1)
    pile.undoing.undo()
    pile.add(5)
    pile.undoing.redo()
    assert pile.numbers == [5]


def test_the_deeds_of_one_run_are_taken_back_together(qapp: QObject) -> None:
    pile = Pile(qapp)
    pile.add(1)
    pile.add(2, run="edge")
    pile.add(3, run="edge")
    pile.undoing.undo()
    assert pile.numbers == [1]
    pile.undoing.redo()
    assert pile.numbers == [1, 2, 3]


def test_a_run_that_was_ended_or_taken_back_does_not_go_on(qapp: QObject) -> None:
    pile = Pile(qapp)
    pile.add(1, run="edge")
    pile.undoing.end_run()
    pile.add(2, run="edge")
    pile.undoing.undo()
    assert pile.numbers == [1]
    pile.undoing.redo()
    pile.add(3, run="edge")
    pile.undoing.undo()
    assert pile.numbers == [1, 2]
