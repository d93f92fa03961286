"""Hands the text of caption cues to the builder: speakers' marks become turns, inline times word times."""

from collections.abc import Sequence
from itertools import accumulate

from index.builder import TranscriptBuilder
from index.formats.rawcue import Piece, RawCue
from index.formats.speakers import SpeakerMarks
from index.wordsplit import GLUED, LINE, SPACE, split_run

_NEAR = 64  # Characters on either side of a joint that tell whether it is inside a word.


class Feeder:
    """Adds so many cues to a builder, one after the other, by the speaker marks that their file uses."""

    def __init__(self, builder: TranscriptBuilder, marks: SpeakerMarks, cues: int) -> None:
        builder.expect(cues)
        self._builder = builder
        self._marks = marks if marks.any else None
        self._voice: str | None = None  # Whose voice it is, and
        self._speaker: str | None = None  # who the builder was told speaks.

    def begin(self, cue: RawCue) -> None:
        """Begin a cue."""
        self._builder.add_cue(cue.start_ms, cue.end_ms, id=cue.id, settings=cue.settings)

    def voice(self, name: str | None, *, new_turn: bool = False) -> None:
        """Say whose voice is heard from here on, where the format has a way of its own to tell it."""
        self._voice = name
        if name != self._speaker or new_turn:
            self._speaker = name
            self._builder.set_speaker(name, new_turn=new_turn)

    def text(self, text: str, *, joint: int = SPACE, line_start: bool = True) -> None:
        """Add text without times."""
        if self._marks is None:
            self._builder.add_text(text, joint=joint)
            return
        for number, part in enumerate(self._marks.split(text, line_start=line_start)):
            if part.changes:
                self._change(part.speaker, part.arrows)
            self._builder.add_text(part.text, joint=part.joint if number else joint)

    def pieces(self, pieces: Sequence[Piece], *, after: str = "") -> None:
        """Add pieces of a cue, `after` a text of it that was added before.

        A piece whose first word goes on with the last word of the piece before is joined to it; one without text only
        tells when the word before it ends.
        """
        for piece in _whole_words(pieces):
            joint = _joint(after, piece.text) if after else SPACE
            line_start = joint == LINE or not after
            after = piece.text
            if piece.start_ms is None:
                self.text(piece.text, joint=joint, line_start=line_start)
            elif self._marks is None:
                self._timed_words(piece.text, piece.start_ms, piece.end_ms, joint)
            else:
                self._timed(piece, joint, line_start, self._marks)

    def _timed(self, piece: Piece, joint: int, line_start: bool, marks: SpeakerMarks) -> None:
        parts = marks.split(piece.text, line_start=line_start)
        spoken = [number for number, part in enumerate(parts) if part.text.strip()]
        for number, part in enumerate(parts):
            if part.changes:
                self._change(part.speaker, part.arrows)
            own = part.joint if number else joint
            if spoken and number == spoken[0]:
                self._timed_words(part.text, piece.start_ms, piece.end_ms if len(spoken) == 1 else None, own)
            else:
                self._builder.add_text(part.text, joint=own)

    def _timed_words(self, text: str, start_ms: int | None, end_ms: int | None, joint: int) -> None:
        """The first word begins at the start; the end is that of a single word, others are estimated."""
        words = text.split(None, 1)
        if len(words) == 1 or not words[1].rstrip():
            self._builder.add_word(words[0], start_ms, end_ms, joint=joint)
            return
        self._builder.add_word(words[0], start_ms, joint=joint)
        gap = text[text.index(words[0]) + len(words[0]) : -len(words[1])]
        self._builder.add_text(words[1], joint=LINE if "\n" in gap else SPACE)

    def _change(self, speaker: str | None, arrows: bool) -> None:
        if speaker is None and self._voice is not None:
            speaker = self._voice  # Arrows inside a voice of its own only begin a turn.
        self._speaker = speaker
        self._builder.set_speaker(speaker, new_turn=arrows)


def _joint(before: str, after: str) -> int:
    """How two neighbouring texts join, by the white space between them."""
    if after[0] == " " and not (after[1:2].isspace() or before[-1].isspace()):
        return SPACE
    gap = before[len(before.rstrip()) :] + after[: len(after) - len(after.lstrip())]
    return LINE if "\n" in gap else SPACE if gap else GLUED


def _whole_words(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, syllables joined to words, and empty pieces turned into the end of the word before them."""
    whole: list[Piece] = []
    parts: list[str] = []  # Texts that make up the piece in hand,
    start: int | None = None  # and its times.
    end: int | None = None
    for piece in pieces:
        if not piece.text or piece.text.isspace():
            if parts:
                parts.append(piece.text)
                end = piece.start_ms if end is None else end
        elif parts and _goes_on(parts[-1], piece.text):
            parts.append(piece.text)
            end = piece.end_ms
        else:
            if parts:
                whole.append(Piece("".join(parts), start, end))
            parts, start, end = [piece.text], piece.start_ms, piece.end_ms
    if parts:
        whole.append(Piece("".join(parts), start, end))
    return whole


def _goes_on(before: str, after: str) -> bool:
    """Whether the second text goes on with the word that the first one ends with."""
    if not before:
        return False
    if before[-1].isspace() or after[0].isspace():
        return False
    tail, head = before[-_NEAR:].split()[-1], after[:_NEAR].split()[0]
    if tail.isascii() and head.isascii():
        return True
    return len(tail) not in accumulate(map(len, split_run(tail + head)))
