"""The waveform of the open sound, as it is being made: how loud it is where, and where it is quietest."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from player.audio.media import MediaInfo
from player.audio.peaks_job import PeaksJob
from player.session import Session
from player.tasks import Tasks

if TYPE_CHECKING:
    from player.audio.peaks import Peaks


class Waveform(QObject):
    """Has the waveform of each sound made that is opened, in a process of its own."""

    changed = Signal()
    """More of it is known, or nothing any more."""

    def __init__(self, session: Session, tasks: Tasks, cache: Path, parent: QObject) -> None:
        """`cache` is the folder that keeps the waveforms made."""
        super().__init__(parent)
        self._tasks = tasks
        self._peaks: Peaks | None = None
        self._job = PeaksJob(cache, self)
        self._job.partial.connect(self._take)
        self._job.finished.connect(self._take)
        session.sound_opened.connect(self._open)

    @property
    def is_known(self) -> bool:
        """Whether there is any of it."""
        return self._peaks is not None

    def levels(self, columns: int, start_ms: int, end_ms: int) -> Sequence[float]:
        """How loud so many columns between two times are, 0 to 1; nothing while that is not known."""
        levels: list[float] = self._peaks.levels(columns, start_ms, end_ms).tolist() if self._peaks else []
        return levels

    def quietest(self, ms: int, within_ms: int) -> int:
        """The quietest moment at most so many ms from a time; the time itself while that is not known."""
        return self._peaks.quietest_near(ms, within_ms) if self._peaks else ms

    def close(self) -> None:
        """Stop what is still being made."""
        self._job.cancel()

    def _open(self, media: MediaInfo | None) -> None:
        self._job.cancel()
        self._tasks.drop("numpy")  # It would start the waveform of what was open before.
        self._take(None)
        if media and media.has_sound:
            # The first use of numpy takes a while: not on this thread.
            self._tasks.run("numpy", _warm_up, lambda _: self._job.start(media.path), lambda _: None)

    def _take(self, peaks: "Peaks | None") -> None:
        self._peaks = peaks
        self.changed.emit()


def _warm_up() -> None:
    import player.audio.peaks  # noqa: F401
