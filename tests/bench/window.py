"""How quick the window is: start, opening ten hours, following, and what it costs to follow."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from tests.bench.report import Row
from tests.bench.samples import write_transcript
from tests.bench.sound_server import absent, sound_server

_EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1280, 800)
"""
EARMARK = """
import sys
from PySide6.QtWidgets import QApplication
from player import start
from player.settings import Settings
app = QApplication(sys.argv)
"""
_FIRST_WINDOW = """
import os, time
from PySide6.QtCore import QEvent
from player.window import Window
def watched(window, event, original=Window.event):
    if event.type() == QEvent.Type.Paint:
        print(time.time(), flush=True)
        os._exit(0)
    return original(window, event)
Window.event = watched
start.first_window(app, Settings.load())
"""
READY = """
window = start.first_window(app, Settings.load())
from player.app import App
from player import theme
theme.load_fonts()
theme.apply(app, theme.chosen(Settings.load(), app))
earmark = App(app, Settings.load(), window=window)
"""
_TELL_READY = """
import os, time
app.processEvents()
print(time.time(), flush=True)
os._exit(0)
"""
_FIRST_PAINT = """
import time
from PySide6.QtCore import QEvent, QObject
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.time(), flush=True)
            import os
            os._exit(0)
        return False
watch = Watch()
window.installEventFilter(watch)
window.show()
app.exec()
"""
_OPEN = """
import time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtCore import QEventLoop
times = []
def measure(path):
    loop = QEventLoop()
    earmark.session.transcript_changed.connect(loop.quit)
    begun = time.perf_counter()
    earmark.session.open_pair(None, Path(path))
    loop.exec()
    window.view.viewport().repaint()
    return (time.perf_counter() - begun) * 1000
app.processEvents()
"""


def environment(folder: str) -> dict[str, str]:
    """A home of its own for an app."""
    homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), folder)
    root = str(Path(__file__).resolve().parents[2])
    return {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": root}


def run(code: str, folder: str, *arguments: str) -> str:
    """What a program prints whose home is a folder, and which nobody sees."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, env=environment(folder), capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def start_ms(code: str, folder: str, *arguments: str) -> float:
    """How long a program takes from its start to the time that it prints."""
    begun = time.time()
    return (float(run(code, folder, *arguments)) - begun) * 1000


def _start(folder: str, runs: int) -> list[Row]:
    programs = (_EMPTY + _FIRST_PAINT, EARMARK + _FIRST_WINDOW, EARMARK + READY + _TELL_READY)
    rounds = [[start_ms(program, folder) for program in programs] for _ in range(runs + 1)]
    rounds = rounds[1:]  # The first one warms the caches of the disk.
    empty, first, ready = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(each[1] / each[0] for each in rounds)
    beside = f"an empty PySide6 window: {empty:.0f} ms"
    return [
        Row("start to first window", f"{first:.0f} ms, {ratio:.2f}x", "1.5x", beside, ratio <= 1.5),
        Row("start to ready for files", f"{ready:.0f} ms, {ready / empty:.2f}x", "", beside, None),
    ]


def _open(folder: str, runs: int) -> Row:
    path = write_transcript(Path(folder) / "ten-hours.vtt", words=100_000)
    code = EARMARK + READY + _OPEN
    code += "import sys\nmeasure(sys.argv[1])\n"
    code += f"times = [measure(sys.argv[1]) for _ in range({runs})]\n"
    code += "print(*times)\n"
    times = [float(word) for word in run(code, folder, str(path)).split()]
    median = statistics.median(times)
    return Row("10 h, 100,000 words, on the page", f"{median:.0f} ms", "300 ms", "see reading it, above", median <= 300)


_PLAY = """
import sys, time, resource
from pathlib import Path
from PySide6.QtCore import QTimer
earmark.session.open_pair(Path(sys.argv[1]), Path(sys.argv[2]), play=True)
spent = []
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent.append((time.monotonic(), used.ru_utime + used.ru_stime))
QTimer.singleShot(6000, cpu)
QTimer.singleShot(6000 + int(float(sys.argv[3]) * 1000), lambda: (cpu(), app.quit()))
app.exec()
(a, b), (c, d) = spent
print(100 * (d - b) / (c - a), earmark.session.word or 0)
earmark.close()
"""
_BARE = """
import sys, time, resource
from player.audio.vlc_engine import ARGUMENTS, start
_, instance = start(ARGUMENTS)
player = instance.media_player_new()
player.set_media(instance.media_new(sys.argv[1]))
player.play()
time.sleep(3)
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return time.monotonic(), used.ru_utime + used.ru_stime
a, b = cpu()
time.sleep(float(sys.argv[2]))
c, d = cpu()
print(100 * (d - b) / (c - a))
player.stop()
"""


def _cost(folder: str, seconds: int) -> Row:
    root = Path(__file__).resolve().parents[2] / "resources" / "demo"
    sound, words = root / "earmark-demo.opus", root / "earmark-demo.vtt"
    name = "processor while playing and following"
    lacking = absent()
    with nullcontext() if lacking else sound_server():
        try:
            bare = f"libVLC alone: {float(run(_BARE, folder, str(sound), str(seconds))):.1f} % of a core"
        except RuntimeError:
            bare = "libVLC is not here"
        used, word = run(EARMARK + READY + _PLAY, folder, str(sound), str(words), str(seconds)).split()
    bare += f", without {lacking}: nothing takes the sound" if lacking else ", to a null sink"
    if int(word) < 5:
        return Row(name, "did not play", "5 %", bare, False)
    return Row(name, f"{float(used):.1f} % of a core", "5 %", bare, float(used) < 5)


def rows(quick: bool = False) -> list[Row]:
    """Each in processes of its own, so that nothing is warm that would not be."""
    with tempfile.TemporaryDirectory() as folder:
        runs = 3 if quick else 7
        return [*_start(folder, runs), _open(folder, runs), _cost(folder, 5 if quick else 20)]
