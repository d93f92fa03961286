"""Clips of whatever episodes as pieces that can be published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.clip import Clip
from index.errors import EarmarkError
from index.quoting import Origin
from index.transcript import Transcript, WordRange
from player.publishing.piece import Part, Piece, part_of, piece_of

WordsOf = Callable[[int], Transcript | None]
"""The words of an episode of the library."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stretch to be published: whose words they are, where they are from, and what to call it."""

    title: str
    clip: Clip
    episode: int
    origin: Origin
    sound: Path | None
    cover: bytes | None = None
    around: bool = False  # Whether all words that are heard in the stretch belong to it.


def pieces_of(wanted: Sequence[Wanted], words_of: WordsOf) -> list[Piece]:
    """A piece for each.

    Raises:
        EarmarkError: the words of one are gone, or have no times.
    """
    return [piece_of(each.title, [_part(each, words_of)], cover=each.cover) for each in wanted]


def reel_of(
    title: str, wanted: Sequence[Wanted], words_of: WordsOf, *, gap_ms: int = 0, crossfade_ms: int = 0
) -> Piece:
    """All of them, in their order, as one piece.

    Raises:
        EarmarkError: the words of one are gone, or have no times.
    """
    cover = wanted[0].cover if wanted else None
    parts = [_part(each, words_of) for each in wanted]
    return piece_of(title, parts, gap_ms=gap_ms, crossfade_ms=crossfade_ms, cover=cover)


def _part(wanted: Wanted, words_of: WordsOf) -> Part:
    transcript = words_of(wanted.episode)
    if transcript is None or wanted.clip.words.end > len(transcript):
        raise EarmarkError(f"The words of “{wanted.origin.episode}” are not there any more; open it again.")
    clip = wanted.clip
    heard = transcript.range_between(clip.start_ms, clip.end_ms) if wanted.around else None
    if heard:
        clip = replace(clip, words=WordRange(min(heard.first, clip.words.first), max(heard.end, clip.words.end)))
    return part_of(transcript, clip, wanted.origin, wanted.sound)
