"""A transcript taken apart so that words, turns and names in it can be changed one after the other."""

from array import array
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate

from index.plaintext import clean, one_line
from index.timing import spread_apart
from index.transcript import NO_SPEAKER, Timing, Transcript, WordRange
from index.wordsplit import GLUED, LINE, SPACE, split_run

_TRUST = (Timing.NONE, Timing.UNHEARD, Timing.ESTIMATED, Timing.APPROXIMATE, Timing.ALIGNED, Timing.EXACT)


class Draft:
    """Lists in place of arrays. Times stay with their words; cues keep theirs, whatever becomes of their words."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self.texts = [transcript.word_text(word) for word in transcript.all_words]
        self.starts, self.ends = transcript.starts.tolist(), transcript.ends.tolist()
        self.timings, self.joints = bytearray(transcript.timings), bytearray(transcript.joints)
        self.confidences = bytearray(transcript.confidences)
        self.cue_firsts = transcript.cue_firsts.tolist()
        self.turn_firsts = transcript.turn_firsts.tolist()
        self.names = [turn.speaker for turn in transcript.turns()]
        self.sources = [WordRange(word, word + 1) for word in transcript.all_words]  # Words of it that each comes from.

    def __len__(self) -> int:
        return len(self.texts)

    def turn_of(self, word: int) -> int:
        """The number of the turn that holds the word."""
        return bisect_right(self.turn_firsts, word) - 1

    # Words

    def put(self, words: WordRange, text: str) -> int:
        """Write other words in place of some; gives by how many there are more now.

        As many words as there were keep the times of each. More or fewer share the time of all; no text takes the
        words out, and what turns are left without a word.
        """
        pieces, joints = _pieces(text)
        old = len(words)
        if len(pieces) == old:
            for word, piece, joint in zip(words, pieces, joints, strict=True):
                self.texts[word] = piece
                if word > words.first and not (joint == SPACE and self.joints[word] == LINE):
                    self.joints[word] = joint
            return 0
        source = WordRange(self.sources[words.first].first, self.sources[words.end - 1].end)
        joints[:1] = self.joints[words.first : words.first + len(joints[:1])]
        self._put_times(words, pieces)
        part = slice(words.first, words.end)
        self.texts[part] = pieces
        self.joints[part] = joints
        self.sources[part] = [source] * len(pieces)
        self._move_borders(words, len(pieces))
        return len(pieces) - old

    def _put_times(self, words: WordRange, pieces: list[str]) -> None:
        part, count = slice(words.first, words.end), len(pieces)
        kinds = [Timing(kind) for kind in self.timings[part]]
        kind = min(kinds, key=_TRUST.index)
        if count > 1 and kind.is_own:
            kind = Timing.ESTIMATED  # It is known when they are said, not when each of them is.
        heard = [word for word in words if self.timings[word] != Timing.UNHEARD] or list(words)
        start_ms, end_ms = self.starts[heard[0]], max(self.ends[word] for word in heard)
        self.starts[part], self.ends[part] = spread_apart(pieces, start_ms, end_ms) if pieces else ([], [])
        self.timings[part] = bytes([kind]) * count
        if self.confidences:
            self.confidences[part] = bytes([min(self.confidences[part])]) * count

    def _move_borders(self, words: WordRange, count: int) -> None:
        end, more = words.first + count, count - len(words)

        def moved(first: int) -> int:
            return first if first <= words.first else max(end, first + more)

        self.cue_firsts = list(map(moved, self.cue_firsts))
        firsts = list(map(moved, self.turn_firsts))
        limits = [*firsts[1:], len(self.texts)]
        kept = [turn for turn, first in enumerate(firsts) if first < limits[turn]]
        self.turn_firsts = [firsts[turn] for turn in kept]
        self.names = [self.names[turn] for turn in kept]

    def hear(self, words: WordRange, word: int, ms: int) -> None:
        """One of these words was heard at that time; the others before and after it share the time that is left."""
        low = self.ends[words.first - 1] if words.first else 0
        high = self.starts[words.end] if words.end < len(self.texts) else max(self.ends[words.end - 1], ms)
        ms = max(low, min(high, ms))
        for part, start_ms, end_ms in ((slice(words.first, word), low, ms), (slice(word, words.end), ms, high)):
            if self.texts[part]:
                self.starts[part], self.ends[part] = spread_apart(self.texts[part], start_ms, end_ms)
        for each in words:
            if self.timings[each] != Timing.UNHEARD:
                self.timings[each] = Timing.ESTIMATED
        self.timings[word] = Timing.ALIGNED
        if self.confidences:
            self.confidences[word] = 255

    # Turns

    def split(self, word: int) -> None:
        """Let a turn begin at the word, of the same speaker; where one does already, nothing happens."""
        turn = self.turn_of(word)
        if self.turn_firsts[turn] != word:
            self.turn_firsts.insert(turn + 1, word)
            self.names.insert(turn + 1, self.names[turn])

    def join(self, turn: int) -> None:
        """Let the words of a turn belong to the one before it."""
        del self.turn_firsts[turn], self.names[turn]

    def name(self, turn: int, name: str, *, everywhere: bool) -> None:
        """Say who speaks in a turn, or in all turns of its speaker; no name is nobody."""
        old, new = self.names[turn], one_line(name) or None
        self.names = [
            new if number == turn or (everywhere and each == old) else each for number, each in enumerate(self.names)
        ]

    # The end

    def build(self) -> Transcript:
        """The transcript as it has become."""
        begins = set(self.turn_firsts)
        gaps = ["" if joint == GLUED else " " for joint in self.joints]
        for word in begins:
            gaps[word] = "\n"
        gaps[:1] = [""] * len(gaps[:1])
        limits = array("i", accumulate(len(gap) + len(text) for gap, text in zip(gaps, self.texts, strict=True)))
        numbers: dict[str, int] = {}
        speakers = [NO_SPEAKER if name is None else numbers.setdefault(name, len(numbers)) for name in self.names]
        return replace(
            self._transcript,
            text="".join(piece for pair in zip(gaps, self.texts, strict=True) for piece in pair),
            offsets=array("i", (limit - len(text) for limit, text in zip(limits, self.texts, strict=True))),
            limits=limits,
            starts=array("q", self.starts),
            ends=array("q", self.ends),
            timings=bytes(self.timings),
            joints=bytes(self.joints),
            confidences=bytes(self.confidences),
            cue_firsts=array("i", self.cue_firsts),
            turn_firsts=array("i", self.turn_firsts),
            turn_speakers=array("i", speakers),
            speakers=tuple(numbers),
        )


def words_in(text: str) -> int:
    """How many words of the stream a text would be."""
    return len(_pieces(text)[0])


def _pieces(text: str) -> tuple[list[str], bytearray]:
    pieces: list[str] = []
    joints = bytearray()
    for run in clean(text).split():
        for number, piece in enumerate(split_run(run)):
            pieces.append(piece)
            joints.append(GLUED if number else SPACE)
    return pieces, joints
