"""What a transcript is and whether it fits its sound: all that is to be known before it is kept."""

from dataclasses import dataclass
from pathlib import Path

from index import formats
from index.formats.base import ReadResult
from index.language import guess
from index.mojibake import Damage, damage_in
from index.progress import UNWATCHED, Watch
from index.timecode import clock
from index.transcript import Transcript

# How far the words may end before the sound does: music and silence follow most talks.
_SHARE_LEFT, _LEFT_MS = 0.02, 15_000
_OVER_MS = 1500  # How far beyond its end: some last captions stay for their readers.
_SLOWEST, _FASTEST = 50, 300  # Words in a minute of talk.


@dataclass(frozen=True, slots=True)
class Examined:
    """A transcript that was read, and what is to be told of it."""

    reading: ReadResult
    language: str  # A code of BCP 47 (`en`); "" where it cannot be told.
    length: str  # A sentence if its length is not that of the sound; "" if it is, or if there is no sound.
    damage: Damage | None  # What looks damaged by a wrong encoding; `index.mojibake.repair` mends it.

    @property
    def transcript(self) -> Transcript:
        """The words, with what there is to know of cues, times and speakers."""
        return self.reading.transcript

    @property
    def warnings(self) -> tuple[str, ...]:
        """Every sentence to be told: repairs, then the length, then the damage."""
        damaged = (self.damage.sentence(),) if self.damage else ()
        return (*self.reading.warnings, *filter(None, [self.length]), *damaged)


def examine(path: Path | str, sound_length_ms: int | None = None, watch: Watch = UNWATCHED) -> Examined:
    """Read a transcript and look at it; with the length of its sound, whether it fits that.

    Raises:
        TranscriptError: one sentence that names the file, why it could not be read, and what to do.
        Unwanted: nobody waits for it any more.
    """
    return examine_reading(formats.read(path, watch), sound_length_ms)


def examine_reading(reading: ReadResult, sound_length_ms: int | None = None) -> Examined:
    """As `examine`, of a transcript that was read already."""
    transcript = reading.transcript
    length = length_note(transcript, sound_length_ms) if sound_length_ms else ""
    return Examined(reading, guess(transcript.text), length, damage_in(transcript))


def length_note(transcript: Transcript, sound_length_ms: int) -> str:
    """A sentence if the transcript is shorter or longer than its sound; "" if it fits.

    One without times fits if it can be said in the time, at neither a crawl nor a gallop.
    """
    sound = clock(sound_length_ms)
    if not transcript.timed:
        rate = len(transcript) * 60_000 / sound_length_ms
        if _SLOWEST <= rate <= _FASTEST:
            return ""
        much = "few" if rate < _SLOWEST else "many"
        return f"{len(transcript):,} words are {much} for a sound of {sound}; is it the transcript of this sound?"
    end_ms = max(transcript.ends, default=0)
    if end_ms > sound_length_ms + _OVER_MS:
        over = clock(end_ms - sound_length_ms)
        return f"The words go on for {over} after the sound ends at {sound}; is it the transcript of this sound?"
    left_ms = sound_length_ms - end_ms
    if left_ms > max(_LEFT_MS, _SHARE_LEFT * sound_length_ms):
        return f"The words end at {clock(end_ms)}, {clock(left_ms)} before the sound does."
    return ""
