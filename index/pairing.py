"""Which transcript belongs to which sound: by their names, in one folder, without opening either."""

import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

SOUND_SUFFIXES: tuple[str, ...] = (
    *(".mp3", ".m4a", ".opus", ".ogg", ".oga", ".flac", ".wav", ".aac", ".m4b", ".mka", ".weba", ".aif", ".aiff"),
    *(".wma", ".amr", ".mp4", ".m4v", ".webm", ".mkv", ".mov"),
)
"""Suffixes of files with sound, those most likely to be meant first."""

TRANSCRIPT_SUFFIXES: tuple[str, ...] = (
    *(".json", ".vtt", ".ttml", ".dfxp", ".srt", ".ass", ".ssa", ".sbv", ".lrc", ".smi", ".sami", ".sub", ".mpl"),
    *(".otr", ".eaf", ".textgrid", ".ctm", ".tsv", ".csv", ".aud"),
    *(".txt", ".md", ".docx", ".html", ".htm"),
)
"""Suffixes of transcripts, best first.

JSON mostly has a time for every word, WebVTT and TTML may and name speakers, SRT and its like have cues alone, and text
is often without any time; a web page may be something else altogether.
"""

# Files that lie beside a sound with its name and a suffix of transcripts, but tell other things about it.
_OTHERS = frozenset(
    {"chapters", "info", "meta", "metadata", "tags", "peaks", "waveform", "credits", "description", "notes"}
)


def is_sound(path: Path | str) -> bool:
    """Whether the file has the suffix of one with sound."""
    return Path(path).suffix.lower() in SOUND_SUFFIXES


def is_transcript(path: Path | str) -> bool:
    """Whether the file has the suffix of a transcript, and not the name of a sidecar such as `talk.chapters.json`."""
    name, suffix = Path(path), Path(path).suffix.lower()
    title, _, label = name.stem.rpartition(".")
    about = label.lower() in _OTHERS and (bool(title) or suffix == ".json")
    return suffix in TRANSCRIPT_SUFFIXES and not about


def find_transcripts(sound: Path) -> list[Path]:
    """The transcripts beside a sound that bear its name, best first; none where the folder cannot be listed.

    For `talk.mp3` these are `talk.vtt`, then `talk.mp3.vtt`, then names with a label such as `talk.en.srt` unless
    `talk.en.mp3` is there too; within each kind in the order of `TRANSCRIPT_SUFFIXES`.
    """
    names = list(_names_in(sound.parent))
    stems = {_same(Path(name).stem) for name in names if is_sound(name)}
    ranked = []
    for name in names:
        if is_transcript(name):
            kind = _kind(name, sound)
            if kind is not None and (kind != 2 or _closest(name, stems) == _same(sound.stem)):
                ranked.append((kind, TRANSCRIPT_SUFFIXES.index(Path(name).suffix.lower()), name))
    return [sound.with_name(name) for _, _, name in sorted(ranked)]


def find_sound(transcript: Path) -> Path | None:
    """The sound beside a transcript whose name it bears, the longest name first; None if there is none."""
    ranked = []
    for name in _names_in(transcript.parent):
        if is_sound(name):
            kind = _kind(transcript.name, Path(name))
            if kind is not None:
                ranked.append((kind, -len(Path(name).stem), SOUND_SUFFIXES.index(Path(name).suffix.lower()), name))
    return transcript.with_name(min(ranked)[-1]) if ranked else None


def _kind(transcript: str, sound: Path) -> int | None:
    """How the names match: 0 one stem, 1 the whole name of the sound and a suffix, 2 the stem and labels; or not."""
    base = _same(Path(transcript).stem)
    if base == _same(sound.stem):
        return 0
    name, dot, suffix = base.rpartition(".")
    if name == _same(sound.stem) and (dot + suffix).lower() == sound.suffix.lower():
        return 1
    return 2 if base.startswith(_same(sound.stem) + ".") else None


def _closest(transcript: str, stems: Set[str]) -> str:
    """The longest of the sounds' stems that the transcript's name begins with, label by label."""
    base = _same(Path(transcript).stem)
    while base and base not in stems:
        base = base.rpartition(".")[0]
    return base


def _same(name: str) -> str:
    """The name in one Unicode form, as macOS writes accents apart."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def _names_in(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            yield from (entry.name for entry in entries if not entry.is_dir())
    except OSError:
        return


def pair_of(paths: Sequence[Path]) -> tuple[Path | None, Path | None]:
    """The sound and the transcript that are meant by some files: one of each, and what is missing is looked for.

    Where no name is that of either, the first file is the transcript: its content decides, not its name.
    """
    transcript = next((path for path in paths if is_transcript(path)), None)
    sound = next((path for path in paths if is_sound(path)), None)
    if sound and not transcript:
        return sound, next(iter(find_transcripts(sound)), None)
    if transcript and not sound:
        return find_sound(transcript), transcript
    return sound, transcript or next(iter(paths), None)


def pair_up(paths: Iterable[Path]) -> list[tuple[Path | None, list[Path]]]:
    """All sounds among files, each with its transcripts, best first, and the transcripts that have no sound.

    As `find_transcripts` would for each, in the time of looking at each name once. Of several sounds with one name the
    likeliest gets the transcripts. Transcripts of one name without a sound belong together.
    """
    folders: dict[Path, list[Path]] = {}
    for path in paths:
        folders.setdefault(path.parent, []).append(path)
    return [pair for folder in sorted(folders) for pair in _pairs_in(sorted(folders[folder]))]


def _pairs_in(paths: Sequence[Path]) -> Iterator[tuple[Path | None, list[Path]]]:
    sounds = sorted(filter(is_sound, paths), key=lambda path: SOUND_SUFFIXES.index(path.suffix.lower()))
    by_stem: dict[str, list[Path]] = {}
    for sound in sounds:
        by_stem.setdefault(_same(sound.stem), []).append(sound)
    ranked: dict[Path, list[tuple[int, int, Path]]] = {}
    for path in filter(is_transcript, paths):
        stem = _closest(path.name, by_stem.keys())
        kinds = [(kind, sound) for sound in by_stem.get(stem, ()) if (kind := _kind(path.name, sound)) is not None]
        named = [sound for kind, sound in kinds if kind == 1]
        owner = (named or [sound for _, sound in kinds] or [path.with_name(_same(path.stem))])[0]
        kind = next((kind for kind, sound in kinds if sound == owner), 0)
        ranked.setdefault(owner, []).append((kind, TRANSCRIPT_SUFFIXES.index(path.suffix.lower()), path))
    are_sounds = set(sounds)
    for owner in sorted({*sounds, *ranked}):
        yield (owner if owner in are_sounds else None), [path for *_, path in sorted(ranked.get(owner, ()))]
