"""Playing many moments one after the other, across episodes, each with a little around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from index.transcript import WordRange
from player.session import Session

_BEFORE_MS, _AFTER_MS = 1500, 2500


@dataclass(frozen=True, slots=True)
class Moment:
    """Words of an episode of the library and when they are said."""

    episode: int
    words: WordRange
    start_ms: int
    end_ms: int


class PlayingHits(QObject):
    """Goes from moment to moment by itself; the user can keep one, go on, go back, or stop."""

    moved = Signal(int, int)  # The number of the moment now heard, from 0, and how many there are.
    stopped = Signal()

    def __init__(self, session: Session, open_episode: Callable[[int], None], parent: QObject) -> None:
        """`open_episode` opens an episode of the library by its id."""
        super().__init__(parent)
        self._session = session
        self._open = open_episode
        self._moments: Sequence[Moment] = ()
        self._at = 0
        self._waiting = False  # For an episode that is being opened.
        session.playback.range_finished.connect(self._range_finished)
        session.sound_opened.connect(self._sound_opened)

    @property
    def moment(self) -> Moment | None:
        """The moment that is being heard."""
        return self._moments[self._at] if self._moments else None

    def start(self, moments: Sequence[Moment]) -> None:
        """Play these from the first on."""
        self._moments, self._at = list(moments), 0
        if self._moments:
            self._hear()

    def step(self, by: int = 1) -> None:
        """Go to the next moment (1) or the one before (-1); after the last one it is over."""
        if not self._moments:
            return
        if self._at + by >= len(self._moments):
            self.stop()
        else:
            self._at = max(0, self._at + by)
            self._hear()

    def stop(self) -> None:
        """Stop going on by itself; what is being heard is paused."""
        if self._moments:
            self._moments, self._at, self._waiting = (), 0, False
            self._session.playback.pause()
            self.stopped.emit()

    def _hear(self) -> None:
        moment = self._moments[self._at]
        self.moved.emit(self._at, len(self._moments))
        episode = self._session.episode
        if episode is None or episode.row.id != moment.episode:
            self._waiting = True
            self._open(moment.episode)
        else:
            self._play(moment)

    def _play(self, moment: Moment) -> None:
        end_ms = moment.end_ms + _AFTER_MS
        if self._session.playback.duration_ms:
            end_ms = min(end_ms, self._session.playback.duration_ms)
        self._session.hear(max(0, moment.start_ms - _BEFORE_MS), end_ms)

    def _sound_opened(self, media: object) -> None:
        moment = self.moment
        if moment is None:
            return
        episode = self._session.episode
        if episode is None or episode.row.id != moment.episode:
            self.stop()  # The user has opened something else.
        elif self._waiting:
            self._waiting = False
            if media is None:  # No sound to hear: its words were in sight, on to the next.
                self.step()
            else:
                self._play(moment)

    def _range_finished(self) -> None:
        if self._moments and not self._waiting:
            self.step()
