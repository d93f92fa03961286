"""Making the folder into which files are to be written."""

from pathlib import Path

from index.errors import EarmarkError
from index.plaintext import one_line

_LONG = 4000  # Characters of a path in a message.


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, unless it is there.

    Raises:
        EarmarkError: one sentence that names the folder, why it cannot be made, and what to do.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "its name is not valid").lower()
        name = one_line(str(folder), _LONG)
        raise EarmarkError(f"The folder “{name}” cannot be made ({reason}); choose another one.") from error
