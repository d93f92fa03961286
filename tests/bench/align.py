"""How well texts and sounds are put in step: all of it, people's speech by its onsets, and the memory it takes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import formats
from index.align.listen import align_text
from index.align.recogniser import is_available
from index.align.sound import RATE, SamplesSound, speech
from index.transcript import Timing
from tests.bench import align_languages, align_spoken, spoken
from tests.bench import align_text as text_rows
from tests.bench.report import Row
from tests.index.align.oracle import never, nobody, untimed

_SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "speech"
_LEAK_MB = 60


def rows(quick: bool = False) -> list[Row]:
    """Text to text, words in cues, sound to text, people's speech, and memory."""
    found = text_rows.rows(quick)
    if not is_available():
        return [*found, Row("words in sound", "not measured", "", "needs pocketsphinx", None)]
    return [
        *found,
        *align_spoken.rows(quick),
        *align_languages.rows(),
        *_human_rows(),
        *([] if quick else [_memory_row()]),
    ]


# People's speech: nobody knows its words' times, but after a silence a line begins where the sound does


def _human_rows() -> list[Row]:
    off: list[float] = []
    refused = 0
    for sound, lines in _read_aloud():
        merged = align_text(untimed(" ".join(lines).split()), SamplesSound(sound), nobody, never)
        if merged is None:
            continue
        onsets = _onsets(sound)
        word = 0
        for line in lines:
            start = merged.transcript.starts[word]
            known = Timing(merged.transcript.timings[word]) == Timing.ALIGNED
            near = onsets[np.argmin(np.abs(onsets - start))] if len(onsets) else None
            # A line that follows without a pause has no onset to be held against.
            if near is not None and abs(near - start) <= 400:
                off.append(abs(float(near) - start))
            elif not known:
                refused += 1
            word += len(line.split())
    if not off:
        return [Row("people's speech: line starts", "not measured", "", "needs the clips of read speech", None)]
    p95, far = np.percentile(off, 95), sum(each > align_spoken.FAR_MS for each in off)
    value = f"median {np.median(off):.0f}, p95 {p95:.0f}, max {max(off):.0f} ms, {far} > 300 ms"
    against = f"{len(off)} lines after a silence, {refused} not found"
    return [Row("people's speech: line starts", value, "p95 100 ms, 0 > 300 ms", against, p95 <= 100 and not far)]


def _read_aloud() -> list[tuple[npt.NDArray[np.int16], list[str]]]:
    found = []
    sonnet = _SHARED / "sonnet1" / "sonnet1.mp3"
    if sonnet.exists():
        from player.audio.pcm import Pcm

        captions = formats.read(sonnet.with_suffix(".srt")).transcript
        pcm = Pcm(sonnet)
        lines = [captions.text_of(cue.words).replace("\n", " ") for cue in captions.cues()]
        found.append((pcm.between(0, pcm.duration_ms), lines))
    for path in sorted(_SHARED.glob("librivox/*.wav")):
        with wave.open(str(path)) as file:
            if file.getframerate() == RATE and file.getnchannels() == 1:
                samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
                text = re.sub(r"</?s>|\(.*?\)", "", path.with_suffix(".txt").read_text("utf-8")).strip()
                found.append((samples, [text]))
    return found


def _onsets(samples: npt.NDArray[np.int16]) -> npt.NDArray[np.int64]:
    """Where sound begins after at least 150 ms of quiet, in ms."""
    loud = speech(samples).astype(np.int8)
    starts = np.flatnonzero(np.diff(np.concatenate([[0], loud])) == 1)
    return np.array([start * 10 for start in starts if start == 0 or not loud[max(0, start - 15) : start].any()])


# Memory


def _memory_row() -> Row:
    """The most memory that a process takes over three hours of sound, and how much of it is there after a tenth."""
    reason = spoken.why_not()
    if reason or not text_rows.EPISODES.exists():
        return Row("memory over 3 hours", "not measured", "", reason or "needs the seed transcripts", None)
    said = spoken.speak(align_spoken.turns(300))
    with tempfile.TemporaryDirectory() as folder:
        hours = 3 * 3600 * RATE
        times = hours // len(said.samples) + 1
        path = spoken.save(np.tile(said.samples, times)[:hours], Path(folder) / "three-hours.wav")
        length = len(said.samples) * 1000 // RATE
        cues = align_spoken.cues_of(said)
        order = {"sound": os.fspath(path), "times": times, "length": length, "cues": formats.to_text(cues, "WebVTT")}
        run = subprocess.run(
            [sys.executable, "-m", "tests.bench.align_memory"],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            check=True,
        )
    early, late = json.loads(run.stdout)
    ok = late <= 250 and late - early <= _LEAK_MB
    return Row("memory of a search over 3 hours", f"{late} MB", "<= 250 MB, flat", f"{early} MB after a tenth", ok)
