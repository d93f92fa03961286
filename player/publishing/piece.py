"""What is published: one or more stretches of sound with their words, in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.captions import rebreak
from index.clip import Clip, cut
from index.errors import EarmarkError
from index.quoting import Origin
from index.reel import Reel, Section, joined
from index.timecode import clock
from index.transcript import Transcript
from player.audio.joints import joints_ms

Told = Callable[[int, int], None]
"""Is told how much is done, of how much."""
Cancelled = Callable[[], bool]
"""Says whether the work is to stop."""


def nobody(done: int, total: int) -> None:
    """Nobody wants to know how far the work is."""


def never() -> bool:
    """Nobody stops the work."""
    return False


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one sound, in ms, and the words in it, whose times begin with the stretch."""

    words: Transcript
    start_ms: int
    end_ms: int
    origin: Origin
    sound: Path | None = None

    @property
    def source(self) -> str:
        """One line that says where it is from."""
        return self.origin.line(f"{clock(self.start_ms)}–{clock(self.end_ms)}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Parts in order under a title, with so much silence between them, or crossfades of that length."""

    title: str
    parts: tuple[Part, ...]
    gap_ms: int = 0
    cover: bytes | None = None  # A picture file.
    crossfade_ms: int = 0  # Instead of a gap.

    def reel(self) -> Reel:
        """The words of all parts at the times at which they are heard in the whole."""
        return self._joined([part.words for part in self.parts])

    def captions(self) -> Transcript:
        """The same words in captions that are broken well."""
        return self._joined([rebreak(part.words) for part in self.parts]).transcript

    def _joined(self, words: Sequence[Transcript]) -> Reel:
        sections = [
            Section(said, part.end_ms - part.start_ms, part.source)
            for said, part in zip(words, self.parts, strict=True)
        ]
        return joined(sections, gap_ms=self.joints_ms)

    @property
    def joints_ms(self) -> list[int]:
        """How long after the end of each part the next one begins; less than 0 where both are heard."""
        lengths = [part.end_ms - part.start_ms for part in self.parts]
        return joints_ms(lengths, gap_ms=self.gap_ms, crossfade_ms=self.crossfade_ms)

    @property
    def is_reel(self) -> bool:
        """Whether there are several parts."""
        return len(self.parts) > 1

    @property
    def about(self) -> str:
        """The line under the title: where one part is from, or the episodes that several are from."""
        if not self.is_reel:
            part = self.parts[0]
            named = replace(part.origin, episode="") if part.origin.episode == self.title else part.origin
            return replace(part, origin=named).source
        episodes = dict.fromkeys(part.origin.episode for part in self.parts)
        return ", ".join(episodes) if len(episodes) <= 3 else f"{len(self.parts)} moments of {len(episodes)} episodes"


def part_of(transcript: Transcript, clip: Clip, origin: Origin, sound: Path | None = None) -> Part:
    """A clip of an episode as a part.

    Raises:
        EarmarkError: the transcript has no times.
    """
    if not transcript.timed:
        raise EarmarkError(f"“{origin.episode}” has no times yet, so its words cannot be published with its sound.")
    return Part(cut(transcript, clip), clip.start_ms, clip.end_ms, origin, sound)


def whole(transcript: Transcript, origin: Origin, sound: Path, duration_ms: int) -> Part:
    """An episode from its beginning to its end as a part.

    Raises:
        EarmarkError: the transcript has no times.
    """
    end_ms = max(duration_ms, transcript.end_ms)
    return part_of(transcript, Clip(transcript.all_words, 0, end_ms), origin, sound)


def piece_of(
    title: str, parts: Sequence[Part], *, gap_ms: int = 0, crossfade_ms: int = 0, cover: bytes | None = None
) -> Piece:
    """The parts under a title.

    Raises:
        EarmarkError: there are none.
    """
    if not parts:
        raise EarmarkError("There is nothing to publish; choose at least one clip.")
    return Piece(title, tuple(parts), gap_ms, cover, crossfade_ms)
