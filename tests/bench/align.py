"""How well words are found in sound: in speech whose word times are known, and in people's speech by its onsets."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import formats
from index.align.listen import align_text
from index.align.outcome import WrongTextError
from index.align.recogniser import is_available
from index.align.sound import RATE, SamplesSound, speech
from index.align.words import align_words
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript
from tests.bench import align_text as text_rows
from tests.bench import spoken
from tests.bench.report import Row
from tests.bench.spoken import Speech

_SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "speech"
_JITTER_MS = 400
_CUE_MS = 5000
_FAR_MS = 300
_LEAK_MB = 60


def rows(quick: bool = False) -> list[Row]:
    """Text to text, words in cues, sound to text, people's speech, and memory."""
    found = text_rows.rows(quick)
    if not is_available():
        return [*found, Row("words in sound", "not measured", "", "needs pocketsphinx", None)]
    return [*found, *_spoken_rows(quick), *_human_rows(), *([] if quick else [_memory_row()])]


# Speech whose times are known


@dataclass(frozen=True)
class _Goal:
    """What is to be reached: p95 in ms, the share of words far off, seconds of work for an hour of sound."""

    p95_ms: int
    far: float
    work_s: int


def _spoken_rows(quick: bool) -> list[Row]:
    reason = spoken.why_not()
    if reason or not text_rows.EPISODES.exists():
        reason = reason or "needs the seed transcripts"
        return [Row("words in synthetic speech", "not measured", "", reason, None)]
    turns = _turns(350 if quick else 700)
    clean, disfluent = spoken.speak(turns), spoken.speak(turns, disfluent=True)
    found = []
    for name, said, kind, cues, text in (
        ("clean", clean, "", _Goal(50, 0.01, 60), _Goal(50, 0.02, 120)),
        ("disfluent", disfluent, "", _Goal(100, 0.02, 60), _Goal(60, 0.02, 120)),
        ("pink noise 15 dB", clean, "pink", _Goal(100, 0.02, 60), _Goal(120, 0.03, 120)),
        ("music bed 15 dB", clean, "music", _Goal(100, 0.02, 60), _Goal(120, 0.03, 120)),
        ("disfluent, noise", disfluent, "pink", _Goal(200, 0.04, 60), _Goal(120, 0.03, 120)),
        ("disfluent, music", disfluent, "music", _Goal(200, 0.04, 60), _Goal(120, 0.03, 120)),
    )[: 2 if quick else None]:
        sound = SamplesSound(spoken.with_noise(said.samples, kind) if kind else said.samples)
        found.append(_cues_row(name, said, sound, cues))
        found.append(_text_row(name, said, sound, text))
    return [*found, *_holes(clean), _wrong_row(clean)]


def _turns(count: int) -> list[list[str]]:
    """The first turns of a real talk, as they can be spoken."""
    clean = text_rows.clean_text()
    turns: list[list[str]] = []
    for turn in clean.turns():
        if sum(map(len, turns)) < count:
            turns.append(spoken.speakable(clean.text_of(turn.words))[: count - sum(map(len, turns))])
    return turns


def cues_of(said: Speech, seed: int = 1) -> Transcript:
    """The speech as captions of a few seconds whose borders are off by up to 0.4 s, as recognisers make them."""
    words, starts = said.words, said.starts
    firsts = {0, *np.cumsum([len(turn) for turn in said.turns]).tolist()}
    cues: list[list[int]] = []
    for word in range(len(words)):
        if word in firsts or words[word - 1][-1] in ".?!" or starts[word] - starts[cues[-1][0]] > _CUE_MS:
            cues.append([])
        cues[-1].append(word)
    borders = [starts[cue[0]] for cue in cues] + [len(said.samples) * 1000 // RATE]
    off = np.random.default_rng(seed).uniform(-_JITTER_MS, _JITTER_MS, len(borders))
    times = [max(0, round(border + each)) for border, each in zip(borders, off, strict=True)]
    builder = TranscriptBuilder()
    for number, cue in enumerate(cues):
        builder.add_cue(times[number], max(times[number + 1], times[number] + 200))
        builder.add_text(" ".join(words[word] for word in cue))
    return builder.build()


def untimed(words: Sequence[str]) -> Transcript:
    """The words as a text without times."""
    builder = TranscriptBuilder()
    builder.forget_times()
    builder.add_cue(0, 0)
    builder.add_text(" ".join(words))
    return builder.build()


def _cues_row(name: str, said: Speech, sound: SamplesSound, goal: _Goal) -> Row:
    cues = cues_of(said)
    begun = time.process_time()
    result = align_words(cues, sound, _nobody, _never)
    worked = time.process_time() - begun
    before = np.abs(np.array(cues.starts) - said.starts)
    against = f"by letters: median {np.median(before):.0f}, p95 {np.percentile(before, 95):.0f} ms"
    return _judged(f"words in cues, {name}", result, said.starts, sound, worked, goal, against)


def _text_row(name: str, said: Speech, sound: SamplesSound, goal: _Goal) -> Row:
    begun = time.process_time()
    merged = align_text(untimed(said.words), sound, _nobody, _never)
    worked = time.process_time() - begun
    assert merged is not None
    against = f"{merged.found:.0%} of the words heard"
    return _judged(f"sound to text, {name}", merged.transcript, said.starts, sound, worked, goal, against)


def _judged(
    name: str,
    result: Transcript,
    truth: npt.NDArray[np.int64],
    sound: SamplesSound,
    worked_s: float,
    goal: _Goal,
    against: str,
) -> Row:
    heard = [word for word in result.all_words if result.timings[word] != Timing.UNHEARD]
    off = np.abs(np.array(result.starts)[heard] - truth[heard])
    p95, far = np.percentile(off, 95), (off > _FAR_MS).mean()
    work = worked_s / (sound.duration_ms / 3_600_000)
    unheard = len(result) - len(heard)
    value = f"median {np.median(off):.0f}, p95 {p95:.0f}, max {off.max()} ms, {far:.1%} > 300 ms, {work:.0f} s/h"
    value += f", {unheard} not heard" if unheard else ""
    ok = bool(p95 <= goal.p95_ms and far <= goal.far and work <= goal.work_s)
    return Row(name, value, f"p95 {goal.p95_ms} ms, {goal.far:.0%}, {goal.work_s} s/h", against, ok)


def _holes(said: Speech) -> list[Row]:
    """A tenth of the text that is not in the sound, and a tenth of the sound that is not in the text."""
    count = len(said.words)
    first, end = count * 4 // 10, count * 5 // 10
    cut_from, cut_to = said.starts[first] * RATE // 1000, said.starts[end] * RATE // 1000
    short = np.concatenate([said.samples[:cut_from], said.samples[cut_to:]])
    merged = align_text(untimed(said.words), SamplesSound(short), _nobody, _never)
    assert merged is not None
    result = merged.transcript
    claimed = sum(
        result.timings[word] != Timing.UNHEARD and (result.confidence(word) or 0) >= 0.5 for word in range(first, end)
    )
    truth = said.starts.copy()
    truth[end:] -= said.starts[end] - said.starts[first]
    kept = [word for word in result.all_words if not first <= word < end and result.timings[word] != Timing.UNHEARD]
    off = np.abs(np.array(result.starts)[kept] - truth[kept])
    lacking = align_text(untimed(said.words[:first] + said.words[end:]), SamplesSound(said.samples), _nobody, _never)
    assert lacking is not None
    less = np.delete(said.starts, range(first, end))
    heard = [word for word in lacking.transcript.all_words if lacking.transcript.timings[word] != Timing.UNHEARD]
    beside = np.abs(np.array(lacking.transcript.starts)[heard] - less[heard])
    told = f"{claimed} of {end - first} claimed, p95 {np.percentile(off, 95):.0f}, max {off.max()} ms"
    other = f"p95 {np.percentile(beside, 95):.0f}, max {beside.max()} ms"
    return [
        Row("sound to text, a tenth not in the sound", told, "0 claimed, p95 50 ms", "", not claimed),
        Row("sound to text, a tenth not in the text", other, "max 3000 ms", "", bool(beside.max() <= 3000)),
    ]


def _wrong_row(said: Speech) -> Row:
    wrong = spoken.speakable(text_rows.clean_text(1).text)[: len(said.words)]
    try:
        merged = align_text(untimed(wrong), SamplesSound(said.samples), _nobody, _never)
    except WrongTextError as error:
        return Row("sound to text, a wrong text", "refused", "refused", str(error).split(",")[0], True)
    assert merged is not None
    return Row("sound to text, a wrong text", f"taken, {merged.found:.0%}", "refused", "", False)


# People's speech: nobody knows its words' times, but after a silence a line begins where the sound does


def _human_rows() -> list[Row]:
    off: list[float] = []
    refused = 0
    for sound, lines in _read_aloud():
        merged = align_text(untimed(" ".join(lines).split()), SamplesSound(sound), _nobody, _never)
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
    p95, far = np.percentile(off, 95), sum(each > _FAR_MS for each in off)
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
    said = spoken.speak(_turns(300))
    with tempfile.TemporaryDirectory() as folder:
        hours = 3 * 3600 * RATE
        times = hours // len(said.samples) + 1
        path = spoken.save(np.tile(said.samples, times)[:hours], Path(folder) / "three-hours.wav")
        length = len(said.samples) * 1000 // RATE
        cues = cues_of(said)
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


def _nobody(done: int, total: int) -> None:
    """Told of progress, does nothing."""


def _never() -> bool:
    return False
