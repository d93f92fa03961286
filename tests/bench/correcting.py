"""How long the window is busy with itself while 30,000 words are corrected, with clips and notes in them.

Counted is the processor time of its thread in the longest pass of the event loop, which other programs do not change.
"""

import subprocess
import sys
import tempfile
import wave
from pathlib import Path

from tests.bench.report import Row
from tests.bench.samples import write_transcript
from tests.bench.window import environment

_WORDS = 30_000
_WORD_MS = 360
_TARGET_MS = 50
_USE = """
import statistics, sys, time
from dataclasses import replace
from pathlib import Path
from PySide6.QtWidgets import QApplication
from index.clip import clip_of
from index.corrections import FixWords, NameSpeaker, SplitTurn
from index.transcript import WordRange
from player import start, theme
from player.settings import Settings
qt = QApplication([])
settings = replace(Settings(), engine="silent", align_by_itself=False)
window = start.first_window(qt, settings)
from player.app import App
theme.load_fonts()
theme.apply(qt, theme.chosen(settings, qt))
app = App(qt, settings, window=window)
window.show()

def wait(most_s=20.0):
    longest, end, idle = 0.0, time.monotonic() + most_s, 0
    while idle < 20 and time.monotonic() < end:
        begun = time.thread_time()
        qt.processEvents()
        longest = max(longest, time.thread_time() - begun)
        busy = app.tasks._waiting or app.indexing.is_busy or app.indexing._soon.isActive()
        idle = 0 if busy else idle + 1
        time.sleep(0.002)
    return longest * 1000

app.session.open_pair(Path(sys.argv[1]), Path(sys.argv[2]))
wait()
words = app.session.transcript
for number in range(60):
    app.clips.keep("clip", clip_of(words, WordRange(number * 400 + 50, number * 400 + 62)))
    app.noting.note(WordRange(number * 400 + 80, number * 400 + 85), "green")
wait()
middle = len(words) // 2
window.view.scroll_to(middle, 0.4)
correct, deeds = app.amending.correct, {}
for turn in range(int(sys.argv[3])):
    for name, deed in (
        ("a word", lambda: correct("", FixWords(middle + turn, middle + turn + 1, f"brook{turn}"))),
        ("two words for one", lambda: correct("", FixWords(middle + 20, middle + 21, f"a{turn} b"))),
        ("a turn", lambda: correct("", SplitTurn(middle + 40 + 2 * turn))),
        ("a name everywhere", lambda: correct("", NameSpeaker(2, f"Zoe{turn}", True))),
        ("undo", app.undoing.undo),
        ("all taken back", app.amending.take_back),
    ):
        deed()
        deeds.setdefault(name, []).append(wait())
for name, times in deeds.items():
    print(statistics.median(times), name)
app.close()
"""


def rows(quick: bool = False) -> list[Row]:
    """The longest standstill of each deed, the median of a few."""
    with tempfile.TemporaryDirectory() as folder:
        words = write_transcript(Path(folder) / "talk.vtt", words=_WORDS)
        sound = Path(folder) / "talk.wav"
        with wave.open(str(sound), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(1)
            file.setframerate(1000)
            file.writeframes(b"\\x80" * (_WORDS * _WORD_MS))
        command = [sys.executable, "-c", _USE, str(sound), str(words), str(2 if quick else 5)]
        done = subprocess.run(
            command, env=environment(folder), capture_output=True, text=True, timeout=300, check=False
        )
    if done.returncode:
        raise RuntimeError(done.stderr)
    told = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
    return [
        Row(
            f"30,000 words corrected: {name}",
            f"{float(ms):.0f} ms",
            f"{_TARGET_MS} ms",
            "60 clips, 60 notes",
            float(ms) <= _TARGET_MS,
        )
        for ms, name in told
    ]
