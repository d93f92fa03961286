"""The sound of a piece: its stretches cut, in order, in one file."""

from dataclasses import replace
from pathlib import Path

from index.errors import EarmarkError
from index.reel import later
from player.audio.copying import copy_cut
from player.audio.cutting import Cut, CutFile, Finish, write_cuts
from player.audio.tag_writing import ClipTags
from player.audio.tags import read_tags
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
    show = first.show if len(shows) == 1 else ""
    return ClipTags(title=piece.title, show=show, date=date, comment=sources, cover=_cover_of(piece))


def _cover_of(piece: Piece) -> bytes | None:
    """The picture that was given, else the one that its sound has in its tags."""
    sound = piece.parts[0].sound
    return piece.cover or (read_tags(sound, {}).cover if sound else None)


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
        EarmarkError: a part has no sound, its sound cannot be read or not be copied, or the target cannot be written.
    """
    if choices.copy:
        return _copied(piece, target, told, cancelled)
    finish = Finish(choices.fade_ms, piece.gap_ms, piece.crossfade_ms, choices.loudness_lufs)
    return write_cuts(cuts_of(piece), target, finish=finish, tags=tags_of(piece), told=told, cancelled=cancelled)


def _copied(piece: Piece, target: Path, told: Told, cancelled: Cancelled) -> CutFile | None:
    if piece.is_reel:
        raise EarmarkError("Several stretches cannot be copied into one file; have them encoded, or write each alone.")
    copied = copy_cut(cuts_of(piece)[0], target, tags=tags_of(piece), cancelled=cancelled)
    told(1, 1)
    return copied


def fitted(piece: Piece, written: CutFile) -> Piece:
    """The piece with its parts as they came out.

    One that reached over the end of its sound is shorter; one that was copied may have begun earlier.
    """
    if written.early_ms:
        first = piece.parts[0]
        begun = replace(first, words=later(first.words, written.early_ms), start_ms=first.start_ms - written.early_ms)
        piece = replace(piece, parts=(begun, *piece.parts[1:]))
    joints = zip(written.starts_ms[1:], piece.joints_ms, strict=True)
    ends = [start - joint for start, joint in joints] + [written.duration_ms]
    parts = [
        replace(part, end_ms=part.start_ms + max(1, end - start))
        for part, start, end in zip(piece.parts, written.starts_ms, ends, strict=True)
    ]
    return replace(piece, parts=tuple(parts))
