"""Putting the words of the open transcript in step with its sound, where all of them are early, late or drift away."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from index.corrections import SetAnchor
from index.library.found_times import FoundTimes
from index.transcript import Transcript
from player.alignment_run import require_words_to_be_found
from player.amending import Amending
from player.jobs import Job, Jobs
from player.session import Session
from player.tasks import Tasks


@dataclass(frozen=True, slots=True)
class OutOfStep:
    """Times of the words, in ms, and by how many ms later what they say is heard: one where all are off alike."""

    points: tuple[tuple[int, int], ...]

    @property
    def is_shift(self) -> bool:
        """Whether all words are off by the same."""
        return len(self.points) == 1


class Repairing(QObject):
    """Listens to a few stretches of the sound in a process, and sets words right by what is heard there."""

    changed = Signal()  # Whether it is at work.
    repaired = Signal(object)  # OutOfStep: what was set right.
    told = Signal(str, bool)

    def __init__(self, session: Session, amending: Amending, jobs: Jobs, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._amending = amending
        self._jobs = jobs
        self._tasks = tasks
        self._job: Job | None = None
        self._words: Transcript | None = None  # That are listened for; they may be corrected meanwhile.
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
        self._forget()  # What was about to begin.
        sound, files = episode.media.path, FoundTimes(Path(tempfile.mkdtemp(prefix="earmark-step-")))
        self._words, self._forget = transcript, files.clear

        def work() -> None:
            require_words_to_be_found(transcript)
            files.begin(transcript, ())

        self._tasks.run("repair", work, lambda _: self._run(files, sound), lambda error: self._failed(str(error)))

    def _run(self, files: FoundTimes, sound: Path) -> None:
        self._job = job = self._jobs.start("put_in_step", {"transcript": str(files.words), "sound": str(sound)})
        over = ((job.finished, self._finished), (job.failed, self._failed), (job.stopped, self._over))
        for signal, slot in over:
            signal.connect(slot)

        def forget() -> None:
            for signal, slot in over:
                signal.disconnect(slot)
            files.clear()

        self._forget = forget
        self.changed.emit()

    def stop(self) -> None:
        """Leave it."""
        self._tasks.drop("repair")
        job = self._job
        self._over()
        if job:
            job.cancel()

    def _finished(self, answer: object) -> None:
        anchors = answer.get("anchors", []) if isinstance(answer, dict) else []
        self._over()
        if anchors and self._words is not None:
            self.repair(out_of_step(self._words, anchors))
        else:
            self.told.emit("As far as could be heard, the words are in step with the sound, or cut otherwise.", False)

    def repair(self, off: OutOfStep) -> None:
        """Set the words right; that can be undone."""
        transcript = self._session.transcript
        if transcript is None:
            return
        anchors = []
        for ms, by_ms in off.points:
            word = transcript.word_at(ms) or 0
            anchors.append(SetAnchor(word, max(0, transcript.starts[word] + by_ms), self._amending.alignment))
        if self._amending.correct("put the words in step", *anchors):
            self.repaired.emit(off)

    def _failed(self, sentence: str) -> None:
        self._over()
        self.told.emit(sentence, True)

    def _over(self) -> None:
        self._forget()
        self._forget = lambda: None
        self._job = None
        self.changed.emit()


def out_of_step(transcript: Transcript, anchors: Sequence[tuple[int, int]]) -> OutOfStep:
    """How far words are off that are heard at such times, in ms."""
    return OutOfStep(tuple((transcript.starts[word], ms - transcript.starts[word]) for word, ms in anchors))
