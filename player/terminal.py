"""The main job without a window: the demo episode read along in the terminal, a phrase found, a clip written."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import resources
from index import formats
from index.captions import rebreak
from index.clip import clip_of, cut
from index.find import Finder, context
from index.timecode import clock
from index.transcript import Transcript
from player.audio.engine import SilentEngine

_FROM_MS, _LISTEN_MS = 4_000, 9_000
_PHRASE = "a moment worth keeping"
_STEP_S = 0.05


def run_demo(
    *,
    monotonic: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    write: Callable[[str], object] | None = None,
    folder: Path | None = None,
) -> int:
    """Play a few seconds of the demo in silence, find a phrase in it, write it as a clip; gives the exit status.

    Args:
        monotonic: the clock to play by, in seconds.
        sleep: waits for so many seconds.
        write: takes what is to be shown, at once; by default it is printed.
        folder: where the clip goes; by default a new temporary folder.
    """
    write = write or _print_at_once
    transcript = formats.read(resources.path("demo", "earmark-demo.vtt")).transcript
    write("There is no display here, so Earmark shows in the terminal what its window does.\n\n")
    _read_along(transcript, monotonic, sleep, write)
    hits = Finder(transcript).find(_PHRASE)
    write(f"\n\nFinding “{_PHRASE}”: {len(hits)} times.\n")
    for hit in hits:
        around = context(transcript, hit, words=5)
        write(f"  {clock(transcript.starts[hit.first])}  {around.before} [{around.match}] {around.after}\n")
    part = rebreak(cut(transcript, clip_of(transcript, hits[0], pad_ms=150)))
    path = (folder or Path(tempfile.mkdtemp(prefix="earmark-"))) / "a-moment-worth-keeping.vtt"
    formats.write(part, path)
    write(
        f"\nThe first one, kept as a clip with captions of its own:\n\n{path.read_text('utf-8')}\nWritten to {path}\n"
    )
    return 0


def _read_along(
    transcript: Transcript,
    monotonic: Callable[[], float],
    sleep: Callable[[float], None],
    write: Callable[[str], object],
) -> None:
    """Write each word at the moment it is spoken, a line a turn."""
    engine = SilentEngine(duration_ms=transcript.end_ms, monotonic=monotonic)
    engine.load(resources.path("demo", "earmark-demo.opus"), _FROM_MS)
    engine.play()
    shown = transcript.word_at(_FROM_MS)
    turn = None
    while (position_ms := engine.position_ms) < _FROM_MS + _LISTEN_MS:
        now = transcript.word_at(position_ms)
        for word in range(-1 if shown is None else shown, -1 if now is None else now):
            word += 1
            if transcript.turn_of(word) != turn:
                turn = transcript.turn_of(word)
                begun = clock(transcript.starts[word])
                write(f"{'' if shown is None else chr(10)}{begun:>5}  {transcript.speaker_of(word) or ''}: ")
            elif not transcript.is_glued(word):
                write(" ")
            write(transcript.word_text(word))
            shown = word
        sleep(_STEP_S)
    engine.close()


def _print_at_once(text: str) -> None:
    print(text, end="", flush=True)
