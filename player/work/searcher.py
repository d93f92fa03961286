"""A process that looks for words in one sound: it is asked in lines of JSON, and answers each with one.

Run with the sound's path, percent-encoded, and the language spoken in it. It is asked `{"learn": [[word, ...], ...]}`
(sentences), `{"hear": [start_ms, end_ms]}` or `{"find": [window, ...], "wide": false}`; it answers `{"answer": ...}` or
`{"failed": "a sentence"}`.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

from index.align.crew import find_in, hear_in
from index.align.recogniser import Recogniser
from index.align.windows import Window
from index.errors import EarmarkError
from player.audio.container import MediaError
from player.audio.pcm import Pcm

_NICENESS = 10


def argument_of(sound: Path) -> str:
    """The path as plain ASCII."""
    return quote_from_bytes(os.fsencode(sound))


class Searcher:
    """Answers what it is asked of one sound."""

    def __init__(self, sound: Path, language: str) -> None:
        self._sound = Pcm(sound)
        self._language = language
        self._recognisers: dict[bool, Recogniser] = {}

    def answer(self, asked: dict[str, Any]) -> Any:
        """What was asked for, as JSON has it."""
        if "learn" in asked:
            self._recogniser(False).learn(asked["learn"])
            return True
        if "hear" in asked:
            return hear_in(self._recogniser(False), self._sound, *asked["hear"])
        recogniser = self._recogniser(asked["wide"])
        return [find_in(recogniser, self._sound, Window(**window)) for window in asked["find"]]

    def _recogniser(self, wide: bool) -> Recogniser:
        if wide not in self._recognisers:
            self._recognisers[wide] = Recogniser(self._language, wide=wide)
        return self._recognisers[wide]


def main(arguments: Sequence[str]) -> int:
    """Answer lines of stdin until it ends; gives the exit status."""
    out = sys.stdout
    sys.stdout = sys.stderr  # What a library prints is no answer.
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    searcher: Searcher | None = None
    for line in sys.stdin:
        try:
            searcher = searcher or Searcher(Path(os.fsdecode(unquote_to_bytes(arguments[0]))), arguments[1])
            told = {"answer": searcher.answer(json.loads(line))}
        except (EarmarkError, MediaError) as error:
            told = {"failed": str(error)}
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            told = {"failed": f"Words cannot be looked for, as a file for that cannot be written here: {reason}."}
        out.write(json.dumps(told) + "\n")
        out.flush()
    return 0
