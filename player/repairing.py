"""Putting the words of the open transcript in step with its sound, where all of them are early, late or drift away."""

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from index.corrections import SetAnchor
from player.aligning import ordered
from player.amending import Amending
from player.jobs import Job, Jobs
from player.session import Session
from player.tasks import Tasks


class Repairing(QObject):
    """Listens to a few stretches of the sound in a process, and sets words right by what is heard there."""

    changed = Signal()  # Whether it is at work.
    repaired = Signal(int, int)  # By how many ms the first and the last word set right came later.
    told = Signal(str, bool)

    def __init__(self, session: Session, amending: Amending, jobs: Jobs, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._amending = amending
        self._jobs = jobs
        self._tasks = tasks
        self._job: Job | None = None
        self._forget: Callable[[], None] = lambda: None
        session.transcript_changed.connect(lambda _: self.stop())

    @property
    def is_running(self) -> bool:
        """Whether it is listening."""
        return self._job is not None

    def begin(self) -> None:
        """Listen, and set the words right."""
        transcript, episode = self._session.transcript, self._session.episode
        if self._job or transcript is None or not transcript.timed or episode is None or episode.media is None:
            return
        sound = episode.media.path
        self._tasks.run(
            "repair", lambda: ordered(transcript, sound), self._run, lambda error: self.told.emit(str(error), True)
        )

    def _run(self, order: dict[str, str]) -> None:
        folder = Path(order["output"]).parent
        self._job = job = self._jobs.start("put_in_step", order)
        over = ((job.finished, self._finished), (job.failed, self._failed), (job.stopped, self._over))
        for signal, slot in over:
            signal.connect(slot)

        def forget() -> None:
            for signal, slot in over:
                signal.disconnect(slot)
            shutil.rmtree(folder, ignore_errors=True)

        self._forget = forget
        self.changed.emit()

    def stop(self) -> None:
        """Leave it."""
        self._tasks.drop("repair")
        job = self._job
        if job:
            self._over()
            job.cancel()

    def _finished(self, answer: object) -> None:
        found = answer.get("anchors", []) if isinstance(answer, dict) else []
        transcript = self._session.transcript
        self._over()
        if transcript is None:
            return
        if not found:
            self.told.emit("As far as could be heard, the words are in step with the sound, or cut otherwise.", False)
            return
        later = [ms - transcript.starts[word] for word, ms in found]
        anchors = [SetAnchor(word, max(0, ms), self._amending.alignment) for word, ms in found]
        if self._amending.correct("put the words in step", *anchors):
            self.repaired.emit(later[0], later[-1])

    def _failed(self, sentence: str) -> None:
        self._over()
        self.told.emit(sentence, True)

    def _over(self) -> None:
        self._forget()
        self._forget = lambda: None
        self._job = None
        self.changed.emit()
