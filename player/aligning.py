"""Finding the words of the open transcript in its sound, in a process of its own, while it is read and heard."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from index import formats
from index.amendments import Amended
from index.errors import EarmarkError
from index.language import guess
from index.library.blob import pack, unpack
from index.plaintext import one_line
from index.transcript import Transcript
from player.amending import Amending
from player.jobs import Job, Jobs
from player.session import Session
from player.settings import Settings
from player.tasks import Tasks

_BEGIN_AFTER_MS = 2500  # Opening an episode comes first.
_LOOK_EVERY_MS = 10_000
_ENGLISH_ONLY = "Words can be looked for in English sound only; this text reads as another language."


class Aligning(QObject):
    """One transcript at a time. What is found is taken as it comes in, and nothing is looked for twice."""

    changed = Signal()  # Whether it is at work, or may be.
    progressed = Signal(int, int)  # ms of sound.
    told = Signal(str, bool)

    def __init__(
        self,
        session: Session,
        amending: Amending,
        jobs: Jobs,
        tasks: Tasks,
        settings: Callable[[], Settings],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._amending = amending
        self._jobs = jobs
        self._tasks = tasks
        self._settings = settings
        self._job: Job | None = None
        self._folder: Path | None = None
        self._asked: Amended | None = None  # What the job was given.
        self._taken_ns = 0  # When the output that was taken last was written.
        self.is_paused = False
        self._given_up = False  # The user has stopped it for this episode.
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.setInterval(_BEGIN_AFTER_MS)
        self._begin.timeout.connect(self._begin_by_itself)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_EVERY_MS)
        self._look.timeout.connect(self.take_what_came_in)
        session.transcript_changed.connect(lambda _: self._start_anew())
        session.sound_opened.connect(lambda _: self._begin.start())
        amending.changed.connect(self._look_at_anchors)

    # What may be done

    @property
    def is_running(self) -> bool:
        """Whether words are being looked for."""
        return self._job is not None

    @property
    def can_align(self) -> bool:
        """Whether there are a sound and words without times of their own."""
        transcript, episode = self._session.transcript, self._session.episode
        sound = bool(episode and episode.media and episode.media.has_sound)
        return bool(transcript) and sound and transcript is not None and transcript.timing in _LACKING

    @property
    def _is_wanted(self) -> bool:
        """Whether it is to be done without being asked for: not for texts without times, where it may be refused."""
        done = self._amending.amendments
        return (
            self._settings().align_by_itself
            and self.can_align
            and self._session.is_timed
            and not self._given_up
            and done is not None
            and not done.searched
        )

    def _start_anew(self) -> None:
        self._end_job()
        self._given_up = self.is_paused = False
        self._begin.stop()
        self.changed.emit()

    def _look_at_anchors(self) -> None:
        """Words set by ear say that they were looked for in the wrong places: begin again with the new ones."""
        if self.is_running and self._amending.anchors and self._session.is_timed:
            self._end_job()
            self._begin.start()
            self.changed.emit()

    # Working

    def _begin_by_itself(self) -> None:
        if self._is_wanted and not self.is_running and not self.is_paused:
            self._start(asked=False)

    def align(self) -> None:
        """Look for the words now, because the user wants that."""
        if self.can_align and not self.is_running:
            self._given_up = self.is_paused = False
            self._start(asked=True)

    def _start(self, *, asked: bool) -> None:
        transcript, episode, given = self._session.transcript, self._session.episode, self._amending.amended
        if transcript is None or given is None or episode is None or episode.media is None:
            return
        sound = episode.media.path
        original_shown = self._amending.original_shown

        def prepared(order: dict[str, str]) -> None:
            self._run(order, given)

        def refused(error: Exception) -> None:
            if asked:
                self.told.emit(str(error), True)

        if not original_shown:
            self._tasks.run("align", lambda: ordered(transcript, sound), prepared, refused)

    def _run(self, order: dict[str, str], given: Amended) -> None:
        self._folder, self._asked, self._taken_ns = Path(order["output"]).parent, given, 0
        self._job = job = self._jobs.start("align", order)
        for signal, slot in self._heard_of(job):
            signal.connect(slot)
        self._look.start()
        self.changed.emit()

    def _heard_of(self, job: Job) -> tuple[tuple[Any, Any], ...]:
        """The signals of a job, and what hears each."""
        return (
            (job.progressed, self.progressed),
            (job.finished, self._finished),
            (job.failed, self._failed),
            (job.stopped, self._stopped),
        )

    def pause(self, paused: bool) -> None:
        """Stop for now, with what was found so far, or go on from there."""
        if paused and self._job:
            self.is_paused = True
            self._job.cancel()
        elif not paused and self.is_paused:
            self.is_paused = False
            self._start(asked=True)
        self.changed.emit()

    def stop(self) -> None:
        """Stop, with what was found so far; it does not begin again by itself while this episode is open."""
        self._given_up, self.is_paused = True, False
        if self._job:
            self._job.cancel()
        self.changed.emit()

    def take_what_came_in(self) -> None:
        """Take the times that the job has written by now."""
        if self._job and self._folder and self._asked:
            self._take(searched=False)

    # The end

    def _finished(self, answer: object) -> None:
        told = answer if isinstance(answer, dict) else {}
        self._take(searched=True)
        if warning := told.get("warning"):
            self.told.emit(str(warning), False)
        self._over()

    def _failed(self, sentence: str) -> None:
        self._take(searched=False)
        self._given_up = True
        self.told.emit(sentence, True)
        self._over()

    def _stopped(self) -> None:
        self._take(searched=False)
        self._over()

    def _take(self, *, searched: bool) -> None:
        folder, asked = self._folder, self._asked
        if folder is None or asked is None:
            return
        output = folder / "found"
        try:
            written_ns = output.stat().st_mtime_ns
        except OSError:  # Nothing was found yet.
            return
        if written_ns == self._taken_ns and not searched:
            return
        self._taken_ns = written_ns
        self._tasks.run(
            "aligned",
            lambda: unpack(output.read_bytes()),
            lambda timed: self._amending.take_times(asked, timed, searched=searched),
            lambda error: self.told.emit(str(error), True),
        )

    def _over(self) -> None:
        self._job = None
        self._look.stop()
        self.changed.emit()

    def _end_job(self) -> None:
        if self._job:
            job, self._job = self._job, None
            for signal, slot in self._heard_of(job):
                signal.disconnect(slot)
            job.cancel()
        self._look.stop()
        self._tasks.drop("align")
        self._tasks.drop("aligned")
        self._clear()

    def _clear(self) -> None:
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = self._asked = None

    def close(self) -> None:
        """Let go of everything, at the end of the app."""
        self._end_job()

    # Another transcript

    def take_from(self, path: Path) -> None:
        """Take the times of another transcript of this episode."""
        transcript, asked = self._session.transcript, self._amending.amended
        if transcript is None or asked is None:
            return

        def work() -> tuple[Transcript, str]:
            from index.align.merge import merge  # Only here: it brings numpy.

            other = formats.read(path).transcript
            if not other.timed:
                raise EarmarkError(f"“{one_line(path.name)}” has no times either; choose a transcript that has.")
            merged = merge(transcript, other, where=f"“{one_line(path.name)}”")
            return merged.transcript, merged.warning

        def done(answer: tuple[Transcript, str]) -> None:
            timed, warning = answer
            self._amending.take_times(asked, timed, searched=False)
            self._begin.start()
            told = warning or f"The words have the times of “{one_line(path.name)}” now."
            self.told.emit(told, False)

        self._tasks.run("merge", work, done, lambda error: self.told.emit(str(error), True))


_LACKING = ("estimated", "mixed", "none")


def ordered(transcript: Transcript, sound: Path) -> dict[str, str]:
    """The order of a job on words and their sound, with its files.

    Raises:
        EarmarkError: the words cannot be looked for here.
    """
    from index.align.recogniser import require_recogniser  # Only here: it brings numpy.

    require_recogniser()
    if guess(transcript.text) not in ("", "en"):
        raise EarmarkError(_ENGLISH_ONLY)
    folder = Path(tempfile.mkdtemp(prefix="earmark-aligning-"))
    (folder / "words").write_bytes(pack(transcript))
    return {"transcript": str(folder / "words"), "sound": str(sound), "output": str(folder / "found")}
