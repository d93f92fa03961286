"""What people change of a transcript by hand: words, names, turns, and when a word is heard. Times stay with words."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from index.align.anchors import Anchor
from index.draft import Draft, words_in
from index.errors import EarmarkError
from index.transcript import Transcript, WordRange


class CorrectionError(EarmarkError):
    """A change that cannot be made."""


@dataclass(frozen=True, slots=True)
class FixWords:
    """Other words in place of `first` to before `end`; no text takes them out."""

    first: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class NameSpeaker:
    """Who speaks in a turn, or in all turns of its speaker; "" is nobody."""

    turn: int
    name: str
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class SplitTurn:
    """A turn begins at the word, of the same speaker until it is named."""

    word: int


@dataclass(frozen=True, slots=True)
class JoinTurns:
    """The words of a turn belong to the one before it."""

    turn: int


@dataclass(frozen=True, slots=True)
class SetAnchor:
    """The word was heard at that time; another one of the same word takes its place."""

    word: int
    ms: int
    alignment: int = 0  # How often the times had been found in the sound by then: it counts for those times alone.


@dataclass(frozen=True, slots=True)
class DropAnchor:
    """The word is no anchor any more."""

    word: int


@dataclass(frozen=True, slots=True)
class SetTime:
    """The word was heard at that time, and no other word moves but those beside it of `first` to before `end`."""

    first: int
    end: int
    word: int
    ms: int


Correction = FixWords | NameSpeaker | SplitTurn | JoinTurns | SetAnchor | DropAnchor | SetTime

_KINDS: dict[str, type[Correction]] = {
    "fix": FixWords,
    "name": NameSpeaker,
    "split": SplitTurn,
    "join": JoinTurns,
    "anchor": SetAnchor,
    "unanchor": DropAnchor,
    "time": SetTime,
}


def make(draft: Draft, corrections: Iterable[Correction], alignment: int = 0) -> list[Anchor]:
    """Make the corrections one after the other; gives the anchors that hold at the end, by the words as they are then.

    Raises:
        CorrectionError: one of them does not fit; those before it are made.
    """
    anchors: dict[int, int] = {}  # ms by word, in the order in which they were set.
    for each in corrections:
        check(draft, each)
        match each:
            case FixWords(first, end, text):
                more = draft.put(WordRange(first, end), text)
                anchors = _moved(anchors, WordRange(first, end), more)
            case NameSpeaker(turn, name, everywhere):
                draft.name(turn, name, everywhere=everywhere)
            case SplitTurn(word):
                draft.split(word)
            case JoinTurns(turn):
                draft.join(turn)
            case SetAnchor(word, ms, when):
                anchors.pop(word, None)
                if when == alignment:
                    anchors[word] = ms
            case DropAnchor(word):
                anchors.pop(word, None)
            case SetTime(first, end, word, ms):
                draft.hear(WordRange(first, end), word, ms)
    return [Anchor(word, ms) for word, ms in anchors.items()]


def _moved(anchors: dict[int, int], words: WordRange, more: int) -> dict[int, int]:
    """The anchors after words were put in the place of others: one on those stays at their beginning."""
    if not more:
        return anchors
    return {
        word if word < words.first else word + more if word >= words.end else words.first: ms
        for word, ms in anchors.items()
        if word < words.first or word >= words.end or len(words) + more
    }


def check(words: Draft | Transcript, each: Correction) -> None:
    """Look whether a correction can be made of these words.

    Raises:
        CorrectionError: it cannot; the sentence says why.
    """
    count, turns = len(words), len(words.turn_firsts)
    match each:
        case FixWords(first, end, text):
            fits = 0 <= first < end <= count
            if fits and not text.strip() and end - first == count:
                raise CorrectionError("A transcript needs at least one word.")
            if fits and words.turn_of(first) != words.turn_of(end - 1) and words_in(text) != end - first:
                raise CorrectionError("These words belong to two turns; correct the words of one turn at a time.")
        case NameSpeaker(turn, _, _):
            fits = 0 <= turn < turns
        case SplitTurn(word) | SetAnchor(word, _, _) | DropAnchor(word):
            fits = 0 <= word < count
        case SetTime(first, end, word, _):
            fits = 0 <= first <= word < end <= count
        case JoinTurns(turn):
            fits = 0 < turn < turns
    if not fits:
        raise CorrectionError("A correction does not fit these words; the transcript is shown without it.")


def to_json(correction: Correction) -> dict[str, Any]:
    """A correction as plain values."""
    kind = next(kind for kind, made in _KINDS.items() if isinstance(correction, made))
    return {"do": kind, **asdict(correction)}


def from_json(told: object) -> Correction:
    """The correction that `to_json` told of.

    Raises:
        CorrectionError: this is none.
    """
    try:
        assert isinstance(told, dict)
        facts = dict(told)
        return _KINDS[facts.pop("do")](**facts)
    except (AssertionError, KeyError, TypeError) as error:
        raise CorrectionError("A correction in the library is damaged; the transcript is shown without it.") from error
