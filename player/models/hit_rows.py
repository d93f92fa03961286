"""The hits in one episode as rows of a list, each made when it is looked at."""

from collections.abc import Sequence
from typing import overload

from index.find import context
from index.transcript import Transcript, WordRange
from player.models.values import HitRow, Snippet

_LISTED = 5000  # Nobody goes through more.


class HitRows(Sequence[HitRow]):
    """The first hits with the words around them; to make thousands of them takes longer than a key may."""

    def __init__(self, transcript: Transcript, hits: Sequence[WordRange]) -> None:
        self._transcript = transcript
        self._hits = hits[:_LISTED]

    def __len__(self) -> int:
        return len(self._hits)

    @overload
    def __getitem__(self, at: int) -> HitRow: ...
    @overload
    def __getitem__(self, at: slice) -> list[HitRow]: ...
    def __getitem__(self, at: int | slice) -> HitRow | list[HitRow]:
        """A row, or some of them."""
        numbers = range(len(self._hits))[at]
        return self._row(numbers) if isinstance(numbers, int) else [self._row(number) for number in numbers]

    def _row(self, number: int) -> HitRow:
        transcript, hit = self._transcript, self._hits[number]
        around = context(transcript, hit)
        turn = transcript.turn_of(hit.first)
        speaker = transcript.turn(turn).speaker or ""
        snippet = Snippet(around.before, around.match, around.after, speaker, transcript.turn_speakers[turn])
        return HitRow(number, transcript.starts[hit.first] if transcript.timed else None, snippet)


class HitTimes(Sequence[int]):
    """When the first word of each hit is said, in ms."""

    def __init__(self, transcript: Transcript, hits: Sequence[WordRange]) -> None:
        self._starts, self._hits = transcript.starts, hits

    def __len__(self) -> int:
        return len(self._hits)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        """One of the times, or some of them."""
        if isinstance(at, slice):
            return [self._starts[hit.first] for hit in self._hits[at]]
        return self._starts[self._hits[at].first]
