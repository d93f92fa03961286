"""One search for the words of a transcript in its sound: its process, its folder, and what it tells."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from index.corrections import Correction, CorrectionError
from index.errors import EarmarkError, TranscriptError
from index.library import Library
from index.library.found_times import FoundTimes
from index.transcript import Transcript
from player.jobs import Jobs

_LOOK_EVERY_MS = 5000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: the words of a transcript of the library, in a sound."""

    version: int
    transcript: Transcript
    corrections: tuple[Correction, ...]  # Out of which the words came.
    sound: Path
    title: str  # Of the episode.


@dataclass(frozen=True, slots=True)
class Next:
    """What was begun, how many transcripts come after it, and which cannot be searched."""

    wanted: Wanted | None
    more: int
    refused: tuple[int, ...]


def begin(wanted: Wanted, found: FoundTimes) -> None:
    """Write down what is looked for.

    Raises:
        EarmarkError: it cannot be looked for here, or nothing be written.
    """
    require_words_to_be_found(wanted.transcript)
    found.begin(wanted.transcript, wanted.corrections)


def require_words_to_be_found(transcript: Transcript) -> None:
    """Look whether these words can be found in a sound on this machine.

    Raises:
        EarmarkError: there is no recogniser, or none of their language.
    """
    from index.align.listening import language_of, why_not  # Only here: it brings numpy.

    if reason := why_not(language_of(transcript)):
        raise EarmarkError(reason)


def begin_next(library: Library, folder: Path, passed_over: Collection[int]) -> Next:
    """Begin with the transcript of the library that is to be searched next; times that lie about are kept first.

    Raises:
        EarmarkError: the library cannot be read.
    """
    from index.align.listening import why_not  # Only here: it brings numpy.

    refused = list[int]()
    while True:
        waiting = [each for each in library.amendments.unsearched() if each.version not in {*passed_over, *refused}]
        known = {language for language in {each.language for each in waiting} if not why_not(language[:2] or "en")}
        waiting = [each for each in waiting if each.language in known]
        if not waiting:
            return Next(None, 0, tuple(refused))
        episode, version, _ = waiting[0]
        found, row = FoundTimes(folder / str(version)), library.episodes.get(episode)
        if found.written_ns():
            with suppress(TranscriptError, CorrectionError):  # What is damaged is looked for again.
                found.keep(library, version)
            found.clear()
            continue
        try:
            words, stored = library.transcripts.words_of(version), library.amendments.of(version)
            if row is None or words is None or row.sound is None or not row.sound.exists():
                raise EarmarkError("There is no sound now.")
            wanted = Wanted(version, words, stored.read().corrections if stored else (), row.sound, row.title)
            begin(wanted, found)
        except EarmarkError:
            refused.append(version)
        else:
            return Next(wanted, len(waiting) - 1, tuple(refused))


class AlignmentRun(QObject):
    """Runs until it is done or told to stop; what it has found by then is in its folder."""

    came_in = Signal()  # More was found.
    progressed = Signal(int, int)  # ms of sound.
    finished = Signal(object)  # dict: the job's answer.
    failed = Signal(str)
    stopped = Signal()

    def __init__(self, wanted: Wanted, found: FoundTimes, jobs: Jobs, parent: QObject) -> None:
        """`begin` must have been called with the same."""
        super().__init__(parent)
        self.wanted, self.found = wanted, found
        self.is_of_use = True  # Whether anybody still wants what it finds.
        self._seen_ns = 0
        order: dict[str, Any] = {
            "transcript": str(found.words),
            "sound": str(wanted.sound),
            "output": str(found.output),
            "ask": True,  # Words that are shifted as a whole are not moved before somebody has agreed.
        }
        self._job = job = jobs.start("align", order)
        job.progressed.connect(self.progressed)
        job.finished.connect(self.finished)
        job.failed.connect(self.failed)
        job.stopped.connect(self.stopped)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_EVERY_MS)
        self._look.timeout.connect(self._look_for_more)
        for over in (job.finished, job.failed, job.stopped):
            over.connect(self._look.stop)
        self._look.start()

    def cancel(self) -> None:
        """Stop soon; one of `finished`, `failed` and `stopped` still comes."""
        self._job.cancel()

    def _look_for_more(self) -> None:
        written_ns = self.found.written_ns()
        if written_ns != self._seen_ns:
            self._seen_ns = written_ns
            self.came_in.emit()
