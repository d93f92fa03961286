"""What is to be converted, and what came of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConvertOrder:
    """What the user chose."""

    paths: tuple[str, ...]
    folder: str  # "" for the folder of each file.
    format: str
    word_times: bool
    rebreak: bool
    repair: bool
    overwrite: bool


@dataclass(frozen=True, slots=True)
class Converted:
    """What came of one file."""

    source: str
    target: str = ""  # Its name; "" if it was refused.
    about: str = ""  # What it was.
    notes: str = ""  # What was repaired.
    refusal: str = ""

    def line(self) -> str:
        """In one line."""
        if self.refusal:
            return self.refusal
        return " · ".join(part for part in (f"→ {self.target}", self.about, self.notes) if part)
