"""Many pieces at once into a folder: safe names by a pattern, and a summary of what was written."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import EarmarkError
from index.filenames import check_pattern, name_fields, names_from
from index.folders import make_folder
from index.plaintext import one_line
from player.publishing.choices import AS_IT_IS, PATTERN, SOUND_SUFFIXES, Choices
from player.publishing.piece import Cancelled, Piece, Told, never, nobody
from player.publishing.release import release

_SHARE = 1000


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of it: the files that were written, a sentence for each that failed, and whether it was cancelled."""

    written: tuple[Path, ...] = ()
    failed: tuple[str, ...] = ()
    cancelled: bool = False

    def sentence(self) -> str:
        """The summary in words."""
        count = len(self.written)
        told = f"{count:,} file{'' if count == 1 else 's'} written"
        if self.written:
            told += f" to {one_line(str(self.written[0].parent))}"
        if self.failed:
            told += f", {len(self.failed):,} failed ({self.failed[0].rstrip('.')})"
        return told + ("; stopped before the rest." if self.cancelled else ".")


def targets(pieces: Sequence[Piece], folder: Path, suffixes: Sequence[str], pattern: str = PATTERN) -> list[list[Path]]:
    """Where each piece would be written, a path for each suffix; no file that is there already is named.

    Raises:
        EarmarkError: the pattern names something that there is not.
    """
    firsts = [piece.parts[0] for piece in pieces]
    rows = [
        name_fields(
            show=first.origin.show,
            episode=first.origin.episode,
            title=piece.title,
            number=number,
            count=len(pieces),
            start_ms=first.start_ms,
        )
        for number, (piece, first) in enumerate(zip(pieces, firsts, strict=True), 1)
    ]
    try:
        there = {name.casefold() for name in os.listdir(folder)}
    except OSError:
        there = set()
    paths = []
    for name in names_from(pattern, rows):
        free, count = name, 1
        while any(f"{free}{suffix}".casefold() in there for suffix in suffixes):
            count += 1
            free = f"{name} ({count})"
        there.update(f"{free}{suffix}".casefold() for suffix in suffixes)
        paths.append([folder / f"{free}{suffix}" for suffix in suffixes])
    return paths


def release_all(
    pieces: Sequence[Piece],
    folder: Path,
    suffixes: Sequence[str],
    *,
    pattern: str = PATTERN,
    choices: Choices = AS_IT_IS,
    told: Told = nobody,
    cancelled: Cancelled = never,
) -> Summary:
    """Write each piece in each of the formats into the folder, which is made if need be.

    One that fails is told in the summary and the others are written. Files that are there already stay: a new one
    gets a number. After a cancel what was finished stays, and there is no half of anything.

    Args:
        pieces: what is written, in the order of `{n}`.
        folder: where to.
        suffixes: as what, such as `.vtt`, `.mp3`, `.html`.
        pattern: how the files are named, with `{show} {episode} {n} {title} {start}`.
        choices: as for `release`.
        told: called with how much is done of how much.
        cancelled: asked about as often.

    Raises:
        EarmarkError: the folder cannot be made, or the pattern is none.
    """
    check_pattern(pattern)
    make_folder(folder)
    jobs = [
        (piece, *job)
        for piece, row in zip(pieces, targets(pieces, folder, suffixes, pattern), strict=True)
        for job in _jobs(row, in_step=choices.copy)
    ]
    written: list[Path] = []
    failed: list[str] = []
    for number, (piece, path, captions) in enumerate(jobs):

        def so_far(done: int, total: int, number: int = number) -> None:
            told(number * _SHARE + done * _SHARE // max(1, total), len(jobs) * _SHARE)

        if cancelled():
            return Summary(tuple(written), tuple(failed), True)
        try:
            done = release(
                piece,
                path,
                captions=captions,
                choices=choices,
                told=so_far,
                cancelled=cancelled,
            )
        except EarmarkError as error:
            failed.append(str(error))
            continue
        if not done:
            return Summary(tuple(written), tuple(failed), True)
        written += [each for each in (path, captions) if each]
        told((number + 1) * _SHARE, len(jobs) * _SHARE)
    return Summary(tuple(written), tuple(failed))


def _jobs(row: Sequence[Path], *, in_step: bool) -> list[tuple[Path, Path | None]]:
    """What of a piece is written at a time: where a copied sound begins earlier, its captions go along with it."""
    sound = next((path for path in row if path.suffix.lower() in SOUND_SUFFIXES), None) if in_step else None
    captions = next((path for path in row if path.suffix.lower() == ".vtt"), None) if sound else None
    return [(path, captions if path == sound else None) for path in row if path != captions]
