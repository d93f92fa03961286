"""A PulseAudio of the benchmark's own with a sink that nobody hears, and a recording of what it would play."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.bench.timecode import RATE, Samples

PROGRAMS = ("pulseaudio", "parec", "pactl")


def absent() -> str:
    """Return which of the programs needed is not installed, or an empty string."""
    return ", ".join(program for program in PROGRAMS if shutil.which(program) is None)


@contextmanager
def sound_server() -> Iterator[None]:
    """Run a private server, and have every library of this process play to it."""
    with tempfile.TemporaryDirectory(prefix="earmark-bench-") as name:
        folder = Path(name)
        (folder / "run").mkdir(mode=0o700)
        socket = folder / "native"
        script = folder / "pulse.pa"
        script.write_text(
            f"load-module module-null-sink sink_name=bench rate={RATE} channels=1 format=s16le\n"
            f"load-module module-native-protocol-unix socket={socket} auth-anonymous=1\n"
            "set-default-sink bench\n"
        )
        server = subprocess.Popen(
            ["pulseaudio", "-n", "-F", str(script), "--exit-idle-time=-1", "--use-pid-file=no", "--daemonize=no"],
            env={**os.environ, "HOME": name, "XDG_RUNTIME_DIR": str(folder / "run")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        before = os.environ.get("PULSE_SERVER")
        os.environ["PULSE_SERVER"] = f"unix:{socket}"
        try:
            _wait_for(server)
            yield
        finally:
            if before is None:
                del os.environ["PULSE_SERVER"]
            else:
                os.environ["PULSE_SERVER"] = before
            server.terminate()
            server.wait()


def _wait_for(server: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        if server.poll() is not None:
            raise RuntimeError("pulseaudio did not start")
        if subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError("pulseaudio does not answer")


@dataclass(frozen=True)
class Recording:
    """What was heard: sample n at `start_s + n / RATE` of the monotonic clock."""

    samples: Samples
    start_s: float


class Recorder:
    """Records what the sink plays, from construction to `stop`."""

    def __init__(self) -> None:
        command = ["parec", "-d", "bench.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1", "--raw"]
        self._parec = subprocess.Popen([*command, "--latency-msec=10"], stdout=subprocess.PIPE, bufsize=0)
        self._pieces: list[bytes] = []
        self._starts: list[float] = []
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        while not self._pieces:
            time.sleep(0.01)

    def stop(self) -> Recording:
        """End the recording."""
        self._parec.terminate()
        self._parec.wait()
        self._thread.join()
        # The sink hands a piece over as it begins to play it; pieces arrive late now and then, never early.
        start_s = float(np.percentile(self._starts[len(self._starts) // 10 :], 1))
        return Recording(np.frombuffer(b"".join(self._pieces), "<i2"), start_s)

    def _read(self) -> None:
        assert self._parec.stdout is not None
        count = 0
        while piece := os.read(self._parec.stdout.fileno(), 65_536):
            self._starts.append(time.monotonic() - count / RATE)
            self._pieces.append(piece)
            count += len(piece) // 2
