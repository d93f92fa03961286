"""How quick the window is: start, opening ten hours, following, and what it costs to follow."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.report import Row
from tests.bench.samples import write_transcript

_EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1280, 800)
"""
_EARMARK = """
import sys
from PySide6.QtWidgets import QApplication
from player import theme
from player.app import App
from player.settings import Settings
app = QApplication(sys.argv)
app.setStyle("Fusion")
theme.load_fonts()
earmark = App(app, Settings.load())
window = earmark.window
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
times = []
def measure(path):
    begun = time.perf_counter()
    earmark.session.open_pair(None, Path(path))
    while len(earmark.window.view.page.transcript if earmark.window.view.page else ()) < 90_000:
        app.processEvents()
    app.processEvents()
    window.view.viewport().repaint()
    return (time.perf_counter() - begun) * 1000
window.show()
app.processEvents()
"""


def _environment(folder: str) -> dict[str, str]:
    homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), folder)
    root = str(Path(__file__).resolve().parents[2])
    return {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": root}


def _run(code: str, folder: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, env=_environment(folder), capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def _start_ms(code: str, folder: str) -> float:
    begun = time.time()
    return (float(_run(code + _FIRST_PAINT, folder)) - begun) * 1000


def _start(folder: str, runs: int) -> Row:
    empty, ours, ratios = [], [], []
    for number in range(runs + 1):
        pair = _start_ms(_EMPTY, folder), _start_ms(_EARMARK, folder)
        if number:  # The first pair warms the caches of the disk.
            empty.append(pair[0])
            ours.append(pair[1])
            ratios.append(pair[1] / pair[0])
    ratio = statistics.median(ratios)
    return Row(
        "start to first paint",
        f"{statistics.median(ours):.0f} ms, {ratio:.2f}x",
        "1.5x",
        f"an empty PySide6 window: {statistics.median(empty):.0f} ms",
        ratio <= 1.5,
    )


def _open(folder: str, runs: int) -> Row:
    path = write_transcript(Path(folder) / "ten-hours.vtt", words=100_000)
    code = _EARMARK + _OPEN
    code += "import sys\nmeasure(sys.argv[1])\n"
    code += "from index.builder import TranscriptBuilder\n"
    code += f"for _ in range({runs}):\n"
    code += "    window.view.show_transcript(TranscriptBuilder().build(), window.view._heading)\n"
    code += "    times.append(measure(sys.argv[1]))\n"
    code += "print(*times)\n"
    times = [float(word) for word in _run(code, folder, str(path)).split()]
    median = statistics.median(times)
    return Row("10 h, 100,000 words, on the page", f"{median:.0f} ms", "300 ms", "see reading it, above", median <= 300)


_PLAY = """
import sys, time, resource
from pathlib import Path
from PySide6.QtCore import QTimer
window.show()
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
import vlc
instance = vlc.Instance("--no-video", "--quiet", "--demux=avformat,any", "--aout=dummy")
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
    try:
        bare = f"libVLC alone: {float(_run(_BARE, folder, str(sound), str(seconds))):.1f} % of a core"
    except RuntimeError:
        bare = "libVLC is not here"
    used, word = _run(_EARMARK + _PLAY, folder, str(sound), str(words), str(seconds)).split()
    if int(word) < 5:
        return Row(name, "did not play", "5 %", bare, False)
    return Row(name, f"{float(used):.1f} % of a core", "5 %", bare, float(used) < 5)


def rows(quick: bool = False) -> list[Row]:
    """Each in processes of its own, so that nothing is warm that would not be."""
    with tempfile.TemporaryDirectory() as folder:
        return [_start(folder, 3 if quick else 7), _open(folder, 3 if quick else 7), _cost(folder, 5 if quick else 20)]
