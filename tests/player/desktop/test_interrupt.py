"""Ctrl+C in the terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import os, signal, sys
from PySide6.QtCore import QCoreApplication, QTimer
from player.desktop.interrupt import heed
app = QCoreApplication([])
heed(lambda: (print("told", flush=True), app.quit()), app)
QTimer.singleShot(0, lambda: print("ready", flush=True))
QTimer.singleShot(20000, lambda: os._exit(3))
sys.exit(app.exec())
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_an_interrupt_is_heeded_while_nothing_happens() -> None:
    root = Path(__file__).resolve().parents[3]
    with subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(2)
        assert process.stdout.readline() == "told\n"
        assert process.wait(20) == 0
