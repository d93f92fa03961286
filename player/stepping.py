"""Going from cue to cue and from chapter to chapter."""

from bisect import bisect_right
from collections.abc import Sequence

from player.session import Session

_GRACE_MS = 1500  # So long after its start, "previous" means this cue's start, not the one before.


class Stepping:
    """Steps through the open episode of a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def cue(self, by: int) -> None:
        """Go to the next cue (1), to the start of this one or the one before (-1)."""
        transcript = self._session.transcript
        if transcript and transcript.timed:
            self._over(transcript.cue_starts, by)

    def chapter(self, by: int) -> None:
        """Go to the next chapter, to the start of this one or the one before."""
        episode = self._session.episode
        if episode and episode.media:
            self._over([chapter.start_ms for chapter in episode.media.chapters], by)

    def _over(self, starts: Sequence[int], by: int) -> None:
        now = self._session.playback.position_ms
        at = bisect_right(starts, now)
        if by > 0 and at < len(starts):
            self._session.go_to(starts[at])
        elif by < 0 and at:
            here = at - 1
            again = now - starts[here] > _GRACE_MS or here == 0
            self._session.go_to(starts[here if again else here - 1])
