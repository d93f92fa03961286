"""What came of adding files: what is new, what was there, and what was left out and why."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out."""

    path: Path
    why: str  # One sentence, or the end of one that begins with the file.

    def sentence(self) -> str:
        """The whole of it as one sentence that names the file."""
        if self.why[:1] in "“T" or self.why.endswith("."):
            return self.why
        return f"“{self.path.name}” was left out: {self.why}."


@dataclass(slots=True)
class Report:
    """What came of adding. The numbers are those of episodes, each in one of the lists."""

    added: list[int] = field(default_factory=list)
    present: list[int] = field(default_factory=list)  # Were there already, just as they are.
    changed: list[int] = field(default_factory=list)  # Were there, but their words were not, or not the same.
    moved: list[int] = field(default_factory=list)  # Were there, and lie elsewhere now.
    restored: list[int] = field(default_factory=list)  # Were in the bin.
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # Sentences on what was repaired.
    waiting: int = 0  # Files that are still being written; look again in a moment.
    cancelled: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing in the library is otherwise than before."""
        return not (self.added or self.changed or self.moved or self.restored)

    def sentence(self) -> str:
        """All of it in one sentence."""
        counts = (
            (self.added, "added"),
            (self.present, "already there"),
            (self.changed, "with new words"),
            (self.moved, "found where it is now" if len(self.moved) == 1 else "found where they are now"),
            (self.restored, "brought back from the bin"),
            (self.skipped, "left out"),
        )
        told = [f"{len(those):,} {what}" for those, what in counts if those]
        start = "Stopped: " if self.cancelled else ""
        return f"{start}{', '.join(told) or 'nothing to add'}."

    def as_json(self) -> dict[str, Any]:
        """What a process tells another one, or a program that calls `earmark add --json`."""
        return {
            "added": self.added,
            "present": self.present,
            "changed": self.changed,
            "moved": self.moved,
            "restored": self.restored,
            "skipped": [{"path": str(each.path), "why": each.sentence()} for each in self.skipped],
            "notes": self.notes,
            "waiting": self.waiting,
            "cancelled": self.cancelled,
            "told": self.sentence(),
        }
