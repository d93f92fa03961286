"""What a sound file says of itself, in the words of the library."""

from pathlib import Path

from index.errors import EarmarkError
from index.library import Facts
from index.library.names import date_of
from player.audio.media import MediaError, MediaInfo, probe


def facts_of(media: MediaInfo) -> Facts:
    """The facts that the library keeps of a sound file."""
    return Facts(
        title=media.title,
        show=media.show,
        date=date_of(media.date),
        duration_ms=media.duration_ms,
        chapters=media.chapters,
        cover=media.cover,
    )


def read_facts(sound: Path) -> Facts:
    """Look into a sound file; takes some milliseconds.

    Raises:
        EarmarkError: it is no sound file, or it is damaged.
    """
    try:
        return facts_of(probe(sound))
    except MediaError as error:
        raise EarmarkError(str(error)) from error
