"""The job that finds the words of a transcript in its sound."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.align.anchors import Anchor
from index.align.listening import language_of, listen
from index.align.shift import in_step
from index.atomic import write_atomically
from index.errors import EarmarkError
from index.library.blob import pack, unpack
from index.timing_parts import timing_parts
from index.transcript import Transcript
from player.audio.container import MediaError
from player.audio.pcm import Pcm
from player.work.crew import Searchers
from player.worker import Cancelled, Told

_NICENESS = 10


def align(order: dict[str, Any], told: Told, cancelled: Cancelled) -> dict[str, Any]:
    """Align the packed transcript in `order["transcript"]` with the sound in `order["sound"]`, into `order["output"]`.

    All three are paths; the output is a packed transcript with the same words. One that has times gets those of its
    words, and what was found is written every few seconds and where the job is cancelled, so that it comes in as it is
    found and goes on from there another time; one that has none gets times only from the whole sound. Told are ms of
    sound. The answer has `warning`, a sentence or "", and `parts`: how many words there are of each kind of
    `index.timing_parts`. With `order["ask"]` words that are shifted or stretched as a whole are not looked for: the
    answer is that of `put_in_step`.

    Raises:
        EarmarkError: there is no recogniser, the sound cannot be read, the text is not of this sound, or the output
            cannot be written.
    """
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    transcript = unpack(Path(order["transcript"]).read_bytes())
    sound, language = Path(order["sound"]), language_of(transcript)

    def keep(found: Transcript) -> None:
        write_atomically(order["output"], pack(found))

    try:
        samples = Pcm(sound)
        with Searchers(sound, language=language) as crew:
            asks = order.get("ask", False) and transcript.timed
            anchors = in_step(transcript, samples.duration_ms, crew)[1] if asks else ()
            if anchors:
                return _as_answer(anchors)
            found = listen(transcript, samples, told, cancelled, crew, language, came_in=keep, is_in_step=asks)
    except MediaError as error:
        raise EarmarkError(str(error)) from error
    if found is None:
        return {}
    keep(found.transcript)
    parts = {part.name: part.words for part in timing_parts(found.transcript)}
    return {"warning": found.warning, "parts": parts}


def put_in_step(order: dict[str, Any], told: Told, cancelled: Cancelled) -> dict[str, Any]:
    """Look whether the packed transcript in `order["transcript"]` is in step with the sound in `order["sound"]`.

    The answer has `anchors`: words and when they are heard, in ms, that put it in step; none where it is.

    Raises:
        EarmarkError: there is no recogniser, or the sound cannot be read.
    """
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    transcript = unpack(Path(order["transcript"]).read_bytes())
    sound, language = Path(order["sound"]), language_of(transcript)
    try:
        duration_ms = Pcm(sound).duration_ms
        with Searchers(sound, language=language) as crew:
            _, anchors = in_step(transcript, duration_ms, crew)
    except MediaError as error:
        raise EarmarkError(str(error)) from error
    return _as_answer(anchors)


def _as_answer(anchors: Sequence[Anchor]) -> dict[str, Any]:
    return {"anchors": [[anchor.word, anchor.ms] for anchor in anchors]}
