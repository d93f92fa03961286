"""Compares what Earmark writes with files that a person has looked at.

    EARMARK_GOLDEN=write make test

writes the files anew; look at the difference before it is committed.
"""

import difflib
import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


def compare(name: str, text: str) -> None:
    """Fail with a line by line difference where the text is not that of the golden file of this name."""
    path = FOLDER / name
    if os.environ.get("EARMARK_GOLDEN") == "write":
        path.write_text(text, "utf-8", newline="\n")
        return
    if not path.exists():
        pytest.fail(f"there is no {path}; EARMARK_GOLDEN=write makes it", pytrace=False)
    expected = path.read_text("utf-8")
    if text != expected:
        difference = difflib.unified_diff(
            expected.splitlines(), text.splitlines(), f"tests/golden/{name}", "what came out", lineterm=""
        )
        told = "\n".join(difference) or "(only the end of the last line)"
        pytest.fail(f"{told}\n\nIf this is better, EARMARK_GOLDEN=write takes it.", pytrace=False)
