"""The values that lists and dialogs show and give back."""

from dataclasses import dataclass

from index.timecode import clock, fine_clock


@dataclass(frozen=True, slots=True)
class Snippet:
    """The words around a hit and who says it."""

    before: str
    match: str
    after: str
    speaker: str
    speaker_number: int

    def line(self) -> str:
        """The words in one line, after who says them."""
        name = f"{self.speaker}: " if self.speaker else ""
        return f"{name}{self.before} {self.match} {self.after}"


@dataclass(frozen=True, slots=True)
class HitRow:
    """A place where the phrase was found, with the words around it."""

    number: int
    start_ms: int | None  # None where the transcript has no times.
    snippet: Snippet

    def line(self) -> str:
        """The row in one line."""
        return f"{self.time()} {self.snippet.line()}".lstrip()

    def time(self) -> str:
        """When it is said."""
        return "" if self.start_ms is None else clock(self.start_ms)


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format that can be written."""

    name: str
    suffix: str
    needs_times: bool = True


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What the user chose: the formats of the files to write beside each other under one name, and how."""

    title: str
    formats: tuple[ExportFormat, ...]
    pad_ms: int
    keep_times: bool
    speakers: bool
    word_times: bool
    rebreak: bool

    def endings(self) -> dict[str, str]:
        """How the file of each format ends, by its name; formats that share a suffix are told apart by it."""
        endings: dict[str, str] = {}
        for each in self.formats:
            taken = each.suffix in endings.values()
            endings[each.name] = f".{each.name.split()[0].lower()}{each.suffix}" if taken else each.suffix
        return endings

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings alone."""
        return tuple(self.endings().values())


@dataclass(frozen=True, slots=True)
class AnchorRow:
    """A word that was set by ear, when it is heard, and by how many ms that is later than its file says."""

    word: int
    snippet: Snippet
    ms: int
    by_ms: int

    def time(self) -> str:
        """When it is heard."""
        return fine_clock(self.ms)

    def aside(self) -> str:
        """How far it was off."""
        if abs(self.by_ms) < 10:
            return "as in the file"
        return f"{abs(self.by_ms) / 1000:.2f} s {'later' if self.by_ms > 0 else 'earlier'}"

    def line(self) -> str:
        """The row in one line."""
        return f"{self.time()}  {self.snippet.match}, {self.aside()}"
