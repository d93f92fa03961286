"""Writes a piece as whatever the suffix of the target says: captions, sound, a page or a film."""

from dataclasses import dataclass, replace
from pathlib import Path

from index import formats
from index.atomic import write_atomically
from index.errors import EarmarkError
from player.audio.cutting import Cut
from player.audio.media import probe
from player.audio.mp3_frames import seek_header
from player.audio.peaks_worker import read_peaks
from player.publishing import sound as sounds
from player.publishing.choices import AS_IT_IS, FILM_SUFFIXES, PAGE_SUFFIXES, SOUND_SUFFIXES, Choices
from player.publishing.page import BARS, page_of
from player.publishing.piece import Cancelled, Piece, Told, never, nobody
from player.scratch import filling, scratch_folder

_LARGEST = 256 << 20  # Bytes of sound in a page: more is no pleasure in any browser.
_PLAYED = {".mp3": "audio/mpeg", ".m4a": "audio/mp4"}  # Every browser plays these.
_CLOSE_MS = 100


@dataclass(frozen=True, slots=True)
class Released:
    """A file that was written, and how much earlier and later than asked for it begins and ends, in ms."""

    path: Path
    early_ms: int = 0
    late_ms: int = 0


def release(
    piece: Piece,
    target: Path,
    *,
    captions: Path | None = None,
    choices: Choices = AS_IT_IS,
    told: Told = nobody,
    cancelled: Cancelled = never,
) -> Released | None:
    """Write a piece to `target`; None where it was cancelled, and nothing of that name has changed then.

    `.html` is a page, `.mp4` a film, the suffixes of sound are sound, and those of transcripts captions.

    Args:
        piece: what is written.
        target: where to; its suffix says as what.
        captions: where to write the words of it as well, in step with what was written.
        choices: how; each kind of file takes those that concern it.
        told: called with how much is done of how much, as work goes on.
        cancelled: asked about as often.

    Raises:
        EarmarkError: one sentence that says what could not be read or written, and what to do.
    """
    suffix = target.suffix.lower()
    if suffix not in SOUND_SUFFIXES:
        choices = replace(choices, copy=False)  # What is inside a page or a film is cut to the sample.
    released = Released(target)
    if suffix in SOUND_SUFFIXES:
        written = sounds.write_sound(piece, target, choices=choices, told=told, cancelled=cancelled)
        if written is None:
            return None
        piece, released = sounds.fitted(piece, written), Released(target, written.early_ms, written.late_ms)
    elif suffix in PAGE_SUFFIXES:
        if not write_page(piece, target, choices=choices, told=told, cancelled=cancelled):
            return None
    elif suffix in FILM_SUFFIXES:
        from player.publishing.film import write_film

        if not write_film(piece, target, choices=choices, told=told, cancelled=cancelled):
            return None
    else:
        _write_captions(piece, target, choices)
        told(1, 1)
    if captions:
        _write_captions(piece, captions, choices)
    return released


def _write_captions(piece: Piece, target: Path, choices: Choices) -> None:
    formats.write(piece.captions(), target, formats.WriteOptions(word_times=choices.word_times))


def write_page(
    piece: Piece,
    target: Path,
    *,
    choices: Choices = AS_IT_IS,
    told: Told = nobody,
    cancelled: Cancelled = never,
) -> bool:
    """Write a piece as one HTML file; False where it was cancelled, and nothing of that name has changed then.

    An episode as a whole keeps its MP3 or M4A as it is; any other sound becomes MP3.

    Raises:
        EarmarkError: a part has no sound, its sound cannot be read or is too long, or the target cannot be written.
    """
    cuts = sounds.cuts_of(piece)
    with scratch_folder() as folder:
        if choices.loudness_lufs is None and _can_stay(cuts):
            path, kind = cuts[0].source, _PLAYED[cuts[0].source.suffix.lower()]
        else:
            path, kind = folder / "sound.mp3", _PLAYED[".mp3"]
            with filling(folder):
                written = sounds.write_sound(piece, path, choices=choices, told=told, cancelled=cancelled)
            if written is None:
                return False
            piece = sounds.fitted(piece, written)
        if path.stat().st_size > _LARGEST:
            raise EarmarkError(f"“{piece.title}” is too long for a page; choose a shorter stretch of it.")
        levels = read_peaks(path, lambda *_: None, lambda _: None).levels(BARS).tolist()
        if cancelled():
            return False
        page = page_of(piece, path.read_bytes(), kind, levels, language=choices.language)
    write_atomically(target, page.encode("utf-8", "replace"))
    told(1, 1)
    return True


def _can_stay(cuts: list[Cut]) -> bool:
    """Whether the sound of a page is a whole file that browsers play and can seek in."""
    whole, source = cuts[0], cuts[0].source
    if len(cuts) > 1 or whole.start_ms or source.suffix.lower() not in _PLAYED:
        return False
    info = probe(source)
    if info.has_video or info.kind not in ("mp3", "aac") or whole.end_ms < info.duration_ms - _CLOSE_MS:
        return False
    header = seek_header(source) if info.kind == "mp3" else None
    # Without its table of contents browsers are minutes out in an MP3.
    return info.kind == "aac" or (header is not None and header.fits)
