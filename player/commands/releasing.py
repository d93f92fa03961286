"""What the commands that publish share: where words are from, how it looks and sounds, and writing with progress."""

import argparse
import contextlib
import os
import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from index.errors import EarmarkError
from index.pairing import find_sound
from index.quoting import Origin
from player.commands.options import milliseconds
from player.commands.printing import name_of, note, tell_progress
from player.publishing.choices import SHAPES, Choices, FilmStyle
from player.publishing.piece import Cancelled, Piece

if TYPE_CHECKING:
    from player.publishing.release import Released

INTERRUPTED = 130
"""The exit status of a command that Ctrl+C has ended."""

_QUIETEST, _LOUDEST = -40.0, -5.0  # LUFS


def add_look(made: argparse.ArgumentParser) -> None:
    """Add the options that say how what is published looks and sounds."""
    made.add_argument(
        "--loudness",
        metavar="LUFS",
        type=_loudness,
        help="bring the sound to a loudness, such as -16",
    )
    made.add_argument(
        "--fade", metavar="MS", type=milliseconds, default=8, help="let each moment come in and go out (8)"
    )
    made.add_argument("--copy", action="store_true", help="copy sound as it is; its edges move to where packets meet")
    made.add_argument("--shape", choices=list(SHAPES), default="square", help="of a film (square)")
    made.add_argument("--dark", action="store_true", help="a film with light letters on dark")
    made.add_argument("--background", metavar="#RRGGBB", type=_color, help="the colour behind a film")


def chosen(options: argparse.Namespace) -> Choices:
    """The choices that were typed."""
    film = FilmStyle(options.shape, options.dark, options.background or "")
    return Choices(fade_ms=options.fade, loudness_lufs=options.loudness, film=film, copy=options.copy)


def sound_of(transcript: Path, given: Path | None) -> Path:
    """The sound that goes with a transcript: the one that was named, or the one beside it of the same name.

    Raises:
        EarmarkError: there is none.
    """
    sound = given or find_sound(transcript)
    if sound is None:
        raise EarmarkError(f"No sound of the name of {name_of(transcript)} lies beside it; name one with --sound FILE.")
    return sound


def facts_of(transcript: Path, sound: Path | None) -> tuple[Origin, bytes | None, int | None]:
    """Where words are from, the cover, and how long the sound is in ms, as far as the sound file tells.

    Raises:
        EarmarkError: the file is no sound.
    """
    if sound is None:
        return Origin(transcript.stem, file=transcript.name), None, None
    from player.audio.media import probe

    info = probe(sound)
    origin = Origin(info.title or sound.stem, info.show or info.artist, info.date, sound.name)
    return origin, info.cover, info.duration_ms


def write(piece: Piece, target: Path, choices: Choices) -> "Released":
    """Write a piece, with progress on a terminal; it is told where the edges of a sound have moved.

    Raises:
        EarmarkError: it cannot be written, or the target is one of its sounds.
        KeyboardInterrupt: it was interrupted; nothing is written then.
    """
    from player.publishing.release import release  # What knows sound takes a while to load.

    for part in piece.parts:
        if part.sound and target.exists() and os.path.samefile(part.sound, target):
            raise EarmarkError(f"{name_of(target)} is the sound itself, which is never changed; write to another file.")
    with interruptible() as cancelled:
        released = release(piece, target, choices=choices, told=tell_percent, cancelled=cancelled)
        if released is None:
            raise KeyboardInterrupt
    if released.early_ms or released.late_ms:
        moved = f"begins {released.early_ms} ms earlier and ends {released.late_ms} ms later than asked for"
        note(f"{name_of(target)} {moved}.")
    return released


@contextlib.contextmanager
def interruptible() -> Iterator[Cancelled]:
    """Let Ctrl+C cancel the work instead of breaking into it, where a library might swallow it; gives who to ask.

    Pressed a second time it breaks in.
    """
    asked = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            signal.default_int_handler(number, frame)
        asked.set()

    if threading.current_thread() is not threading.main_thread():  # Signals are the main thread's.
        yield asked.is_set
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def tell_percent(done: int, total: int) -> None:
    """Tell how far it is on a terminal, whatever is counted."""
    tell_progress(100 * done // max(1, total), 100)


def _color(text: str) -> str:
    if not re.fullmatch("#[0-9a-fA-F]{6}", text):
        raise argparse.ArgumentTypeError(f"“{text}” is no colour; write one like #0a6a66")
    return text


def _loudness(text: str) -> float:
    try:
        level = float(text)
    except ValueError:
        level = 0.0
    if not _QUIETEST <= level <= _LOUDEST:
        raise argparse.ArgumentTypeError(f"“{text}” is no loudness; write one from {_QUIETEST:.0f} to {_LOUDEST:.0f}")
    return level
