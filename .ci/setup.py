"""Makes everything ready that a make target needs: system libraries, and .venv with the pinned packages.

It takes over where setup.sh has found a Python, and needs nothing else. A second run only looks, and is done at once.
"""

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-dev.lock"}

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
VLC_PLUGIN_FOLDERS = ("usr/lib*/vlc/plugins", "usr/lib/*/vlc/plugins", "usr/local/lib/vlc/plugins")
EXTRAS_SECONDS = 240  # for the download of what only some tests want; without it those are skipped


@dataclass(frozen=True)
class Part:
    """A part of the system that Earmark loads, and the Debian package that brings it."""

    probe: str  # a shared library, or a name that `is_here` knows
    packages: tuple[str, ...]  # the first that exists is meant: names change from release to release


# Qt's modules cannot be imported without these.
WINDOW = (
    Part("libGL.so.1", ("libgl1",)),
    Part("libEGL.so.1", ("libegl1",)),
    Part("libxkbcommon.so.0", ("libxkbcommon0",)),
    Part("libdbus-1.so.3", ("libdbus-1-3",)),
    Part("libfontconfig.so.1", ("libfontconfig1",)),
    Part("libglib-2.0.so.0", ("libglib2.0-0t64", "libglib2.0-0")),
    Part("libpulse.so.0", ("libpulse0",)),
    Part("a font", ("fonts-dejavu-core",)),
)
# Qt's way to an X11 display.
SCREEN = (
    Part("libxcb-cursor.so.0", ("libxcb-cursor0",)),
    Part("libxcb-icccm.so.4", ("libxcb-icccm4",)),
    Part("libxcb-image.so.0", ("libxcb-image0",)),
    Part("libxcb-keysyms.so.1", ("libxcb-keysyms1",)),
    Part("libxcb-randr.so.0", ("libxcb-randr0",)),
    Part("libxcb-render-util.so.0", ("libxcb-render-util0",)),
    Part("libxcb-shape.so.0", ("libxcb-shape0",)),
    Part("libxcb-xkb.so.1", ("libxcb-xkb1",)),
    Part("libxkbcommon-x11.so.0", ("libxkbcommon-x11-0",)),
    Part("libX11-xcb.so.1", ("libx11-xcb1",)),
)
# The engine of choice; without it Qt plays.
VLC = (
    Part("libvlc.so.5", ("libvlc5",)),
    Part("VLC's plugins", ("vlc-plugin-base",)),
)
# What a virtual environment is made with; Debian keeps it in a package of its own.
PIP = (Part("ensurepip", (f"python3.{sys.version_info.minor}-venv", "python3-venv")),)
# Programs that some tests use: those tests are skipped without them.
EXTRAS = {"ffmpeg": "ffmpeg", "espeak-ng": "espeak-ng", "pulseaudio": "pulseaudio", "pactl": "pulseaudio-utils",
          "chromium": "chromium", "mp3splt": "mp3splt"}  # fmt: skip


def say(sentence: str) -> None:
    """Tell what is being done, at once even into a pipe."""
    print(sentence, flush=True)


def is_here(part: Part) -> bool:
    """Whether a part can be loaded or found."""
    match part.probe:
        case "ensurepip":
            return _can_import("ensurepip")
        case "a font":
            return any(_has_font(Path(folder).expanduser()) for folder in FONT_FOLDERS)
        case "VLC's plugins":
            return bool(os.environ.get("VLC_PLUGIN_PATH")) or any(any(Path("/").glob(f)) for f in VLC_PLUGIN_FOLDERS)
    try:
        ctypes.CDLL(part.probe)
    except OSError:
        return False
    return True


def _can_import(module: str) -> bool:
    try:
        __import__(module)
    except ImportError:
        return False
    return True


def _has_font(folder: Path) -> bool:
    return any(file.endswith((".ttf", ".otf", ".ttc", ".pfb")) for _, _, files in os.walk(folder) for file in files)


def missing(parts: Iterable[Part]) -> list[Part]:
    """Those of the parts that are not here."""
    return [part for part in parts if not is_here(part)]


def parts_for(kind: str) -> tuple[list[Part], list[Part]]:
    """The parts that a kind of work cannot do without here, and those that it only does better with."""
    must = [] if has_venv() else list(PIP)
    if kind == "test":
        return [*must, *WINDOW], list(VLC)
    x11, wayland = os.environ.get("DISPLAY"), os.environ.get("WAYLAND_DISPLAY")
    if wayland:
        return [*must, *WINDOW], [*VLC, *SCREEN]
    if x11:
        return [*must, *WINDOW, *SCREEN], list(VLC)
    return must, [*VLC, *WINDOW, *SCREEN]  # Without a display Earmark runs in the terminal.


class Apt:
    """Debian's package manager, where it is there and may be used without asking anyone for a password."""

    def __init__(self) -> None:
        self.exists = shutil.which("apt-get") is not None
        self.prefix: list[str] | None = None
        self._updated = False
        if not self.exists:
            return
        if os.geteuid() == 0:
            self.prefix = []
        elif shutil.which("sudo") and _run(["sudo", "-n", "true"]).returncode == 0:
            self.prefix = ["sudo", "-n"]

    def names(self, parts: Iterable[Part]) -> list[str]:
        """The packages of the parts, by the names that this release has for them."""
        return sorted({self._name(part.packages) for part in parts})

    def _name(self, packages: Sequence[str]) -> str:
        if len(packages) == 1:
            return packages[0]
        return next((name for name in packages if self.knows(name)), packages[-1])

    def knows(self, package: str) -> bool:
        """Whether the package lists have a package of this very name."""
        return bool(_run(["apt-cache", "show", package]).stdout.strip())

    def update(self) -> None:
        """Fetch the package lists, once; without a network those that are there must do."""
        if not self._updated:
            self._updated = True
            self._get("update")

    def install(self, packages: Sequence[str]) -> str:
        """Install packages; the answer is empty, or what apt-get said when it could not."""
        done = self._get("install", "-y", "--no-install-recommends", *packages)
        return "" if done.returncode == 0 else (done.stderr or done.stdout).strip()

    def fetch(self, packages: Sequence[str], seconds: float) -> bool:
        """Download packages, for so long at most, and install nothing yet."""
        try:
            done = self._get("install", "-y", "--download-only", "--no-install-recommends", *packages, seconds=seconds)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0

    def _get(self, *args: str, seconds: float | None = None) -> subprocess.CompletedProcess[str]:
        assert self.prefix is not None
        options = ["-qq", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=2", "-o", "Dpkg::Use-Pty=0"]
        command = [*self.prefix, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", "apt-get", *options, *args]
        return _run(command, seconds)


def _run(command: Sequence[str | Path], seconds: float | None = None) -> subprocess.CompletedProcess[str]:
    null = subprocess.DEVNULL
    return subprocess.run(command, stdin=null, capture_output=True, text=True, errors="replace", timeout=seconds)


def ensure_system(kind: str, apt: Apt) -> None:
    """Install the system libraries that are missing, or say in one line how to; stop where nothing works without."""
    must, better = parts_for(kind)
    lacking = missing([*must, *better])
    if not lacking:
        return
    trouble = ""
    if apt.prefix is not None:
        apt.update()
        for parts in (missing(must), missing(better)):  # apart: the lack of a wish must not stand in the way of a need
            if parts:
                names = apt.names(parts)
                say(f"Installing system packages with apt-get: {' '.join(names)}")
                trouble = apt.install(names) or trouble
        lacking = missing([*must, *better])
        if not lacking:
            return
    if trouble:
        say(trouble)
    needed = [part for part in lacking if part in must]
    what = ", ".join(part.probe for part in (needed or lacking))
    line = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(apt.names(lacking))}"
    if apt.exists and needed:
        sys.exit(f"Earmark needs what this system does not have yet ({what}). Run this line, then make again:\n{line}")
    if PIP[0] in needed:
        sys.exit(f"{sys.executable} cannot make a virtual environment: install what it needs for `python -m venv`.")
    if apt.exists:
        say(f"Going on without {what}. To have it, run this line:\n{line}")
    else:
        say(f"Going on without {what}. If something does not work, install it with this system's package manager.")


def ensure_extras(apt: Apt) -> None:
    """Install programs that only some tests use, as far as apt can in a few minutes; none of them is missed."""
    lacking = [package for program, package in EXTRAS.items() if shutil.which(program) is None]
    if not lacking or apt.prefix is None:
        return
    apt.update()
    deadline = time.monotonic() + EXTRAS_SECONDS
    for package in lacking:
        seconds = deadline - time.monotonic()
        if seconds < 1 or not apt.knows(package) or not apt.fetch([package], seconds) or apt.install([package]):
            say(f"Going on without {package}: the tests that use it are skipped.")


def has_venv() -> bool:
    """Whether .venv is there, whole, and of a Python that is new enough."""
    code = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return VENV_PYTHON.exists() and _run([VENV_PYTHON, "-c", code]).returncode == 0


def ensure_packages(kind: str) -> None:
    """Make .venv and install the pinned packages, unless the stamp says that it was done from these very files."""
    stamp = VENV / f"earmark-{kind}.stamp"
    if has_venv() and (_is_fresh(kind) or (kind == "run" and _is_fresh("test"))):
        return
    if not has_venv():
        say(f"Making .venv with Python {sys.version.split()[0]}")
        if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV]).returncode != 0:
            sys.exit(f"The virtual environment in {VENV} could not be made: the lines above say why.")
    lock = LOCKS[kind]
    say(f"Installing the packages of {lock.name} into .venv (a few minutes the first time)")
    stamp.unlink(missing_ok=True)
    options = ["--require-hashes", "--no-input", "--disable-pip-version-check"]
    if not sys.stdout.isatty():
        options.append("--quiet")
    command: list[str | Path] = [VENV_PYTHON, "-m", "pip", "install", *options, "-r", lock]
    if subprocess.run(command, stdin=subprocess.DEVNULL).returncode != 0:
        sys.exit("The packages could not be installed: the lines above say why. Mend it and run make again.")
    stamp.write_text(_digest(kind), "utf-8")


def _is_fresh(kind: str) -> bool:
    stamp = VENV / f"earmark-{kind}.stamp"
    return stamp.exists() and stamp.read_text("utf-8") == _digest(kind)


def _digest(kind: str) -> str:
    return hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()


def main() -> None:
    """Make ready for running or testing."""
    parser = argparse.ArgumentParser(description="Make everything ready that Earmark needs to run or to be tested.")
    parser.add_argument("kind", choices=sorted(LOCKS))
    parser.add_argument("--extras", action="store_true", help="with programs that only some tests use, where apt can")
    options = parser.parse_args()
    if sys.platform == "linux":
        apt = Apt()
        ensure_system(options.kind, apt)
        if options.extras:
            ensure_extras(apt)
    elif sys.platform == "darwin" and not Path("/Applications/VLC.app").exists():
        say("VLC is not here, so Qt plays the sound. To have VLC play it: brew install --cask vlc")
    ensure_packages(options.kind)


if __name__ == "__main__":
    main()
