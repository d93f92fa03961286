"""What the app shows and plays besides the user's own files: icons, themes, fonts and the demo episode."""

from pathlib import Path

__all__ = ["path"]


def path(*parts: str) -> Path:
    """The path of a resource, e.g. ``path("demo", "cover.png")``; whether it exists is not checked."""
    return Path(__file__).resolve().parent.joinpath(*parts)
