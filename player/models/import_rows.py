"""What is to be added to the library, as it was found, before anything is kept."""

from collections.abc import Collection
from dataclasses import dataclass

from index.timecode import clock


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An episode that files make: what they are, what was repaired in them, what is doubtful."""

    key: str  # Names it to who adds it.
    title: str
    sound: str = ""  # Names of files, empty where there is none.
    transcript: str = ""
    format: str = ""
    language: str = ""
    speakers: tuple[str, ...] = ()
    words: int = 0
    timing: str = ""
    duration_ms: int = 0
    repairs: tuple[str, ...] = ()  # What was mended while reading, a sentence each.
    warnings: tuple[str, ...] = ()  # What the user should look at.
    damage: str = ""  # Letters read in a wrong encoding, before and after: offered, never done by itself.
    refused: str = ""  # Why it cannot be added.
    known: bool = False  # It is in the library already.

    def about(self) -> str:
        """The line under the title."""
        if self.refused:
            return self.refused
        speakers = f"{len(self.speakers)} speakers" if len(self.speakers) > 1 else "".join(self.speakers)
        parts = [
            self.format or "sound only",
            self.language,
            speakers,
            f"{self.words:,} words" if self.words else "",
            clock(self.duration_ms) if self.duration_ms else "",
            "in the library already" if self.known else "",
        ]
        return " · ".join(part for part in parts if part)

    def doubts(self) -> str:
        """What the user should look at, in one line."""
        mended = f"{len(self.repairs)} repaired" if self.repairs else ""
        letters = f"damaged letters ({self.damage})" if self.damage else ""
        return " · ".join(part for part in (*self.warnings, letters, mended) if part)

    def line(self) -> str:
        """The row in one line."""
        return ", ".join(part for part in (self.title, self.about(), self.doubts()) if part)

    def facts(self) -> list[tuple[str, str]]:
        """Everything about it, name by name."""
        timing = {"exact": "every word timed", "estimated": "estimated", "mixed": "partly estimated", "none": "none"}
        return [
            fact
            for fact in (
                ("Sound", self.sound),
                ("Transcript", self.transcript),
                ("Format", self.format),
                ("Language", self.language),
                ("Speakers", ", ".join(self.speakers)),
                ("Words", f"{self.words:,}" if self.words else ""),
                ("Word times", timing.get(self.timing, self.timing)),
                ("Length", clock(self.duration_ms) if self.duration_ms else ""),
                *(("Look at", warning) for warning in self.warnings),
                *(("Repaired", repair) for repair in self.repairs),
            )
            if fact[1]
        ]


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """What the user wants added: the keys of rows, which of them with their letters repaired, and what to watch."""

    keys: Collection[str]
    repaired: Collection[str]
    watch: bool
