"""The sound of a piece: its stretches cut, in order, in one file."""

from dataclasses import replace
from pathlib import Path

from index.errors import EarmarkError
from player.audio.cutting import Cut, CutFile, Finish, write_cuts
from player.audio.tag_writing import ClipTags
from player.publishing.choices import AS_IT_IS, Choices
from player.publishing.piece import Cancelled, Piece, Told, never, nobody


def cuts_of(piece: Piece) -> list[Cut]:
    """The stretches of sound that make up a piece.

    Raises:
        EarmarkError: one of its parts has no sound.
    """
    cuts = []
    for part in piece.parts:
        if part.sound is None:
            raise EarmarkError(f"“{part.origin.episode}” has no sound beside its words; choose its sound file first.")
        cuts.append(Cut(part.sound, part.start_ms, max(part.end_ms, part.start_ms + 1)))
    return cuts


def tags_of(piece: Piece) -> ClipTags:
    """What the file of a piece says of itself."""
    first = piece.parts[0].origin
    shows = {part.origin.show for part in piece.parts}
    sources = "\n".join(part.source for part in piece.parts)
    date = "" if piece.is_reel else first.date
    return ClipTags(title=piece.title, show=first.show if len(shows) == 1 else "", date=date, comment=sources)


def write_sound(
    piece: Piece,
    target: Path,
    *,
    choices: Choices = AS_IT_IS,
    told: Told = nobody,
    cancelled: Cancelled = never,
) -> CutFile | None:
    """Write the sound of a piece in the format of the suffix; None where it was cancelled, and nothing is written then.

    Raises:
        EarmarkError: a part has no sound, its sound cannot be read, or the target cannot be written.
    """
    finish = Finish(choices.fade_ms, piece.gap_ms, piece.crossfade_ms, choices.loudness_lufs)
    return write_cuts(cuts_of(piece), target, finish=finish, tags=tags_of(piece), told=told, cancelled=cancelled)


def fitted(piece: Piece, written: CutFile) -> Piece:
    """The piece with its parts as long as they came out: one that reached over the end of its sound is shorter."""
    joints = zip(written.starts_ms[1:], piece.joints_ms, strict=True)
    ends = [start - joint for start, joint in joints] + [written.duration_ms]
    parts = [
        replace(part, end_ms=part.start_ms + max(1, end - start))
        for part, start, end in zip(piece.parts, written.starts_ms, ends, strict=True)
    ]
    return replace(piece, parts=tuple(parts))
