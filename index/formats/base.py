"""What every transcript format offers: how it is recognised, read and written, and what reading found."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from index.builder import TranscriptBuilder
from index.transcript import Transcript


class Findings:
    """What a reader dropped or repaired, counted, so that it can be told in a few sentences."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, one: str, many: str, count: int = 1) -> None:
        """Count a repair: `one` is the sentence for a single one, `many` has `{n}` where the number goes."""
        self._counts[one, many] += count

    def sentences(self) -> tuple[str, ...]:
        """A sentence for each kind of repair, in the order in which they were first met."""
        return tuple(one if count == 1 else many.format(n=f"{count:,}") for (one, many), count in self._counts.items())


Asides = tuple[tuple[int, str], ...]
"""What a file says beside its cues, in blocks of its own format, each with the number of the cue that it stands before;
-1 for its header. WebVTT has such: comments, styles and regions."""


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """Choices of the writers; a format takes those that it can carry."""

    speakers: bool = True  # Name who speaks.
    word_times: bool = False  # Give words their own times: the exact ones, or all if all are estimates.
    language: str = ""  # BCP 47, where the format names one.
    asides: Asides = ()  # Of the file that was read, if it was of the same format and its cues are as they were.
    times: bool = True  # Tell when each paragraph begins, in documents that people read.


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table of formats.

    `sniff` sees the decoded text without byte order mark and line ends as `\\n`, and must be quick. `read` adds cues
    to the builder, counts what it repaired, and raises `TranscriptError` with the predicate of a sentence about the
    file, without the stop: `has no captions; export it once more`. `write` gives the whole file as text. Either may be
    missing.

    A format whose files are no text has `sniff_bytes`, `unpack`, which takes the text out of them to be read as what
    it is, and `write_bytes` instead.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[str], bool]
    read: Callable[[str, TranscriptBuilder, Findings], None] | None = None
    write: Callable[[Transcript, WriteOptions], str] | None = None
    needs_times: bool = True  # Whether a transcript without times cannot be written in it.
    sniff_bytes: Callable[[bytes], bool] | None = None
    unpack: Callable[[bytes], str] | None = None
    write_bytes: Callable[[Transcript, WriteOptions], bytes] | None = None

    @property
    def is_written(self) -> bool:
        """Whether transcripts can be written in it."""
        return bool(self.write or self.write_bytes)


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A transcript and what is to be told of its reading."""

    transcript: Transcript
    format: str
    warnings: tuple[str, ...] = field(default=())
    asides: Asides = field(default=())

    def asides_for(self, format: str, *, same_cues: bool) -> Asides:
        """What `WriteOptions` is to put back when the transcript is written in the format of that name.

        Nothing in another format; only what stands before the first cue, if the cues are others now.
        """
        return tuple((cue, block) for cue, block in self.asides if format == self.format and (same_cues or cue <= 0))
