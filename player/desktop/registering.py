"""Tells the system, when the user wants it, that Earmark opens `earmark:` links; and takes that back."""

import sys
from pathlib import Path

from index.errors import EarmarkError
from index.links import SCHEME

_BUNDLE_ONLY = (
    "On a Mac only an app bundle can open links, and Earmark is not one here; paste a link into the find box instead."
)


def install() -> str:
    """Have the system open links with the Earmark that runs; gives a sentence that says so.

    Raises:
        EarmarkError: this system offers no way, or it cannot be written.
    """
    if sys.platform == "win32":
        from player.desktop import windows

        windows.install(SCHEME, [_windowless(sys.executable), _main()])
    elif sys.platform == "darwin":
        raise EarmarkError(_BUNDLE_ONLY)
    else:
        from player.desktop import freedesktop

        freedesktop.install(SCHEME, [sys.executable, _main()])
    return f"{SCHEME}: links open in Earmark now."


def remove() -> str:
    """Take it back, and leave nothing behind; gives a sentence that says so.

    Raises:
        EarmarkError: it cannot be written.
    """
    if sys.platform == "win32":
        from player.desktop import windows

        windows.remove(SCHEME)
    elif sys.platform != "darwin":
        from player.desktop import freedesktop

        freedesktop.remove(SCHEME)
    return f"{SCHEME}: links no longer open in Earmark."


def is_installed() -> bool:
    """Whether the system has been told; quick enough to be asked at the start."""
    if sys.platform == "win32":
        from player.desktop import windows

        return windows.is_installed(SCHEME)
    if sys.platform == "darwin":
        return False
    from player.desktop import freedesktop

    return freedesktop.is_installed()


def _main() -> str:
    """What `python FILE` starts the window with, in a checkout and where Earmark is installed."""
    return str(Path(__file__).resolve().parents[2] / "main.py")


def _windowless(python: str) -> str:
    """The Python of Windows that opens no console, where it lies beside the other."""
    quiet = Path(python).with_name("pythonw.exe")
    return str(quiet) if quiet.exists() else python
