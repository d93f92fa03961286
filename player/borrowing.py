"""Taking the times of the open words from another transcript of the same episode."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from index import formats
from index.errors import EarmarkError
from index.plaintext import one_line
from index.transcript import Transcript
from player.amending import Amending
from player.session import Session
from player.tasks import Tasks


class Borrowing(QObject):
    """Reads the other transcript and finds the words of the open one in it."""

    borrowed = Signal(str)  # What came of it: a sentence.
    told = Signal(str, bool)

    def __init__(self, session: Session, amending: Amending, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._amending = amending
        self._tasks = tasks
        session.transcript_changed.connect(lambda _: tasks.drop("merge"))

    def take_from(self, path: Path) -> None:
        """Take the times of another transcript."""
        transcript, done = self._session.transcript, self._amending.amendments
        if transcript is None or done is None:
            return
        name = one_line(path.name)

        def work() -> tuple[Transcript, str]:
            from index.align.merge import merge  # Only here: it brings numpy.

            other = formats.read(path).transcript
            if not other.timed:
                raise EarmarkError(f"“{name}” has no times either; choose a transcript that has.")
            merged = merge(transcript, other, where=f"“{name}”")
            return merged.transcript, merged.warning

        def taken(answer: tuple[Transcript, str]) -> None:
            timed, warning = answer
            self._amending.take_times(done.corrections, timed, searched=False)
            self.borrowed.emit(warning or f"The words have the times of “{name}” now.")

        self._tasks.run("merge", work, taken, lambda error: self.told.emit(str(error), True))
