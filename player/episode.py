"""The open episode as a value: the library's row, and what its two files say."""

from dataclasses import dataclass

from index.formats.base import ReadResult
from index.library import Episode
from index.transcript import Transcript
from player.audio.media import MediaInfo


@dataclass(frozen=True, slots=True)
class OpenEpisode:
    """What is open: the library's row, and what its two files say."""

    row: Episode
    reading: ReadResult | None = None
    media: MediaInfo | None = None

    @property
    def transcript(self) -> Transcript | None:
        """The words; None where there are none."""
        return self.reading.transcript if self.reading else None

    @property
    def title(self) -> str:
        """What to call it."""
        return self.row.title

    @property
    def show(self) -> str:
        """The show it belongs to, if the sound file says so."""
        return self.row.show or (self.media.artist if self.media else "")
