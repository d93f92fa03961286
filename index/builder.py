"""Builds a transcript cue by cue: sorts, fills in the word times that the source lacks, finds the turns."""

from array import array
from collections.abc import Sequence
from itertools import accumulate, chain
from operator import add, sub
from types import MappingProxyType

from index.errors import TranscriptError
from index.plaintext import clean
from index.progress import TELL_EVERY, UNWATCHED, Stage, Watch
from index.timing import spread, spread_apart
from index.transcript import NO_SPEAKER, Timing, Transcript
from index.wordsplit import GLUED, LINE, SPACE, split_run

MAX_WORDS = 2_000_000  # Two hundred hours of talk.

_NO_TIME = -1


class TranscriptBuilder:
    """Takes cues in any order, each followed by what is said in it; `build` gives the transcript.

    builder.add_cue(860, 7380)
    builder.set_speaker("Mara")
    builder.add_text("It took sixty years,\\na slow tide of sand")
    builder.add_word("then", start_ms=6900, end_ms=7100)

    The speaker stays the same until it is set again, over cues too. Whoever has long work to do tells `watch` of it.
    """

    def __init__(self, watch: Watch = UNWATCHED) -> None:
        self.watch = watch
        self._expected = 0
        self._texts: list[str] = []
        self._joints = bytearray()
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._speakers: list[int] = []
        self._breaks: set[int] = set()
        self._cue_firsts = array("i")
        self._cue_starts = array("q")
        self._cue_ends = array("q")
        self._ids: dict[int, str] = {}
        self._settings: dict[int, str] = {}
        self._names: dict[str, int] = {}
        self._speaker = NO_SPEAKER
        self._break_next = False
        self._timed = True
        self.asides: list[tuple[int, str]] = []  # What the source says beside its cues; see `index.formats.base`.

    @property
    def cue_count(self) -> int:
        """How many cues were added so far."""
        return len(self._cue_firsts)

    def expect(self, cues: int) -> None:
        """Say how many cues there will be, for those who wait."""
        self._expected = cues

    def add_cue(self, start_ms: int, end_ms: int, *, id: str = "", settings: str = "") -> None:
        """Begin a cue; an end before its start is taken as its start.

        Raises:
            TranscriptError: there are more words than any recording has, as the predicate of a sentence about the file.
            Unwanted: nobody waits for the transcript any more.
        """
        self._check_size()
        number = len(self._cue_firsts)
        if not number % TELL_EVERY:
            self.watch.at(Stage.TAKING, number, self._expected)
        self._cue_firsts.append(len(self._texts))
        self._cue_starts.append(start_ms)
        self._cue_ends.append(max(start_ms, end_ms))
        if id:
            self._ids[number] = clean(id)
        if settings:
            self._settings[number] = clean(settings)

    def forget_times(self) -> None:
        """Say that the source has no times at all: whatever was given counts for nothing."""
        self._timed = False

    def set_speaker(self, name: str | None, *, new_turn: bool = False) -> None:
        """Say who speaks from here on (None: nobody knows); `new_turn` begins a turn even if the name is the same."""
        name = " ".join(clean(name).split()) if name else ""
        self._speaker = self._names.setdefault(name, len(self._names)) if name else NO_SPEAKER
        self._break_next |= new_turn

    def add_text(self, text: str, *, joint: int = SPACE) -> None:
        """Add the words of a text without times; its line breaks are kept as the cue's; `joint` joins the first."""
        for line in text.split("\n"):
            ascii = line.isascii()
            runs = (line if ascii and line.isprintable() else clean(line)).split()
            if not runs:
                continue
            if ascii:
                count = len(runs)
                self._note_break()
                self._texts += runs
                self._joints.append(joint)
                self._joints += bytes(count - 1)  # SPACE each.
                self._starts += [_NO_TIME] * count
                self._ends += [_NO_TIME] * count
                self._speakers += [self._speaker] * count
            else:
                for run in runs:
                    for piece in split_run(run):
                        self._append(piece, _NO_TIME, _NO_TIME, joint)
                        joint = GLUED
                    joint = SPACE
            joint = LINE

    def add_word(
        self, text: str, start_ms: int | None = None, end_ms: int | None = None, *, joint: int = SPACE
    ) -> None:
        """Add one word with the times the source gives it, either of which may be missing.

        A text of several words shares the time out among them.
        """
        if text.isascii() and text.isprintable() and " " not in text:
            if text:
                self._append(text, _or_none(start_ms), _or_none(end_ms), joint)
            return
        pieces = [
            (piece, GLUED if inner else SPACE)
            for run in clean(text).split()
            for inner, piece in enumerate(split_run(run))
        ]
        if not pieces:
            return
        pieces[0] = (pieces[0][0], joint)
        if len(pieces) == 1:
            self._append(pieces[0][0], _or_none(start_ms), _or_none(end_ms), joint)
        elif start_ms is not None and end_ms is not None:
            times = spread([piece for piece, _ in pieces], start_ms, end_ms)
            for (piece, own), (start, end) in zip(pieces, times, strict=True):
                self._append(piece, start, end, own)
        else:
            for number, (piece, own) in enumerate(pieces):
                self._append(piece, _or_none(start_ms) if number == 0 else _NO_TIME, _NO_TIME, own)

    def _append(self, text: str, start_ms: int, end_ms: int, joint: int) -> None:
        self._note_break()
        self._texts.append(text)
        self._joints.append(joint)
        self._starts.append(start_ms)
        self._ends.append(end_ms)
        self._speakers.append(self._speaker)

    def _note_break(self) -> None:
        if self._break_next:
            self._breaks.add(len(self._texts))
            self._break_next = False

    # Building

    def _check_size(self) -> None:
        if len(self._texts) > MAX_WORDS:
            raise TranscriptError(f"has more than {MAX_WORDS:,} words; split it into several files")

    def build(self) -> Transcript:
        """The transcript of all that was added; cues that start together or out of order are sorted, stably.

        Raises:
            TranscriptError: as `add_cue`.
        """
        self._check_size()
        if self._timed and sorted(self._cue_starts) != self._cue_starts.tolist():
            self._sort_cues()
        timings = self._fill_times() if self._timed else self._without_times()
        turn_firsts, turn_speakers, names = self._turns()
        text, offsets, limits = self._join(turn_firsts)
        return Transcript(
            text=text,
            offsets=offsets,
            limits=limits,
            starts=array("q", self._starts),
            ends=array("q", self._ends),
            timings=timings,
            joints=bytes(self._joints),
            cue_firsts=self._cue_firsts,
            cue_starts=self._cue_starts,
            cue_ends=self._cue_ends,
            turn_firsts=turn_firsts,
            turn_speakers=turn_speakers,
            speakers=names,
            cue_ids=MappingProxyType(self._ids),
            cue_settings=MappingProxyType(self._settings),
            timed=self._timed,
            cues_are_paragraphs=not self._timed,
        )

    def _without_times(self) -> bytes:
        count, cues = len(self._texts), len(self._cue_firsts)
        self._starts, self._ends = [0] * count, [0] * count
        self._cue_starts = self._cue_ends = array("q", bytes(8 * cues))
        return bytes([Timing.NONE]) * count

    def _sort_cues(self) -> None:
        count = len(self._cue_firsts)
        order = sorted(range(count), key=self._cue_starts.__getitem__)
        limits = [*self._cue_firsts[1:], len(self._texts)]
        words = [word for cue in order for word in range(self._cue_firsts[cue], limits[cue])]
        firsts, total = array("i"), 0
        for cue in order:
            firsts.append(total)
            total += limits[cue] - self._cue_firsts[cue]
        place = {old: new for new, old in enumerate(words)}
        number = {old: new for new, old in enumerate(order)}
        self._texts = [self._texts[word] for word in words]
        self._joints = bytearray(self._joints[word] for word in words)
        self._starts = [self._starts[word] for word in words]
        self._ends = [self._ends[word] for word in words]
        self._speakers = [self._speakers[word] for word in words]
        self._breaks = {place[word] for word in self._breaks}
        self._cue_firsts = firsts
        self._cue_starts = array("q", (self._cue_starts[cue] for cue in order))
        self._cue_ends = array("q", (self._cue_ends[cue] for cue in order))
        self._ids = {number[cue]: id for cue, id in self._ids.items()}
        self._settings = {number[cue]: text for cue, text in self._settings.items()}

    def _fill_times(self) -> bytes:
        """Give a time to every word that has none, stretch by stretch between the words that have one."""
        timings = bytearray(len(self._texts))
        cue, count = 0, len(self._cue_firsts)
        exact = self._starts.count(_NO_TIME) < len(self._starts)
        tell_at = 0
        while cue < count:
            if cue >= tell_at:
                self.watch.at(Stage.TIMING, cue, count)
                tell_at = cue + TELL_EVERY
            # Cues with one and the same time are the lines of one caption: their words follow each other.
            start, end, last = self._cue_starts[cue], self._cue_ends[cue], cue + 1
            while last < count and self._cue_starts[last] == start and self._cue_ends[last] == end:
                last += 1
            limit = self._cue_firsts[last] if last < count else len(self._texts)
            first = self._cue_firsts[cue]
            if exact:
                self._fill_stretch(first, limit, start, end, timings)
            else:
                self._starts[first:limit], self._ends[first:limit] = spread_apart(self._texts[first:limit], start, end)
            cue = last
        if not exact:
            timings[:] = bytes([Timing.ESTIMATED]) * len(timings)
        return bytes(timings)

    def _fill_stretch(self, first: int, limit: int, start_ms: int, end_ms: int, timings: bytearray) -> None:
        starts, ends = self._starts, self._ends
        word = first
        reached = start_ms  # The time by which all words so far have been said.
        while word < limit:
            if starts[word] == _NO_TIME:
                run = word
                while run < limit and starts[run] == _NO_TIME:
                    run += 1
                until = starts[run] if run < limit else end_ms
                starts[word:run], ends[word:run] = spread_apart(self._texts[word:run], reached, max(reached, until))
                timings[word:run] = bytes([Timing.ESTIMATED]) * (run - word)
                word, reached = run, max(reached, until)
            else:
                if ends[word] == _NO_TIME:
                    # A word with a start alone lasts until the next one that has a start, shared with those between.
                    run = word + 1
                    while run < limit and starts[run] == _NO_TIME:
                        run += 1
                    until = max(starts[word], starts[run] if run < limit else end_ms)
                    alone = run == word + 1
                    ends[word] = until if alone else spread(self._texts[word:run], starts[word], until)[0][1]
                ends[word] = max(starts[word], ends[word])
                reached = max(reached, ends[word])
                word += 1

    def _turns(self) -> tuple["array[int]", "array[int]", tuple[str, ...]]:
        firsts, speakers, seen = array("i"), array("i"), dict[int, int]()
        before = None
        for word, speaker in enumerate(self._speakers):
            if speaker != before or word in self._breaks:
                firsts.append(word)
                speakers.append(NO_SPEAKER if speaker == NO_SPEAKER else seen.setdefault(speaker, len(seen)))
                before = speaker
        names = list(self._names)
        return firsts, speakers, tuple(names[speaker] for speaker in seen)

    def _join(self, turn_firsts: Sequence[int]) -> tuple[str, "array[int]", "array[int]"]:
        texts = self._texts
        gaps = ["" if joint == GLUED else " " for joint in self._joints]
        for word in turn_firsts:
            gaps[word] = "\n"
        gaps[:1] = [""] * len(gaps[:1])
        lengths = list(map(len, texts))
        limits = array("i", accumulate(map(add, map(len, gaps), lengths)))
        offsets = array("i", map(sub, limits, lengths))
        return "".join(chain.from_iterable(zip(gaps, texts, strict=True))), offsets, limits


def _or_none(ms: int | None) -> int:
    return _NO_TIME if ms is None else max(0, ms)
