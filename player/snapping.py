"""Where an edge of a clip comes to rest that was let go near a word or a quiet point."""

from collections.abc import Callable

from index.edges import near_word
from player.session import Session
from player.settings import Settings
from player.waveform import Waveform

_QUIET_MS = 120  # So far from where it was let go an edge is brought to a quiet point.
_HAND_PIXELS = 8  # A hand is no steadier: where that is more time than a quiet point is away, words are meant.


class Snapping:
    """Brings edges to the words of the open episode, and to the quiet points of its sound, if that is wanted."""

    def __init__(self, session: Session, waveform: Waveform, settings: Callable[[], Settings]) -> None:
        self._session = session
        self._waveform = waveform
        self._settings = settings

    def rest_ms(self, begin: bool, ms: int, *, pixel_ms: float) -> int:
        """Where an edge that was carried to `ms` comes to rest; `pixel_ms` is how much time the hand sees as one pixel.

        Seen from far away it comes to the nearest word, with the air that clips have; then to the quietest point near.
        """
        settings, transcript = self._settings(), self._session.transcript
        if not settings.clip_snap:
            return ms
        if transcript and transcript.timed and _HAND_PIXELS * pixel_ms > _QUIET_MS:
            near_ms = near_word(transcript, begin, ms, pad_ms=settings.clip_pad_ms)
            if abs(near_ms - ms) > _HAND_PIXELS * pixel_ms:
                return ms  # In a long silence the hand means what it says.
            ms = near_ms
        return self._waveform.quietest(ms, _QUIET_MS)
