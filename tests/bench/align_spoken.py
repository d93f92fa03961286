"""How well words are found in speech whose word times are known: in cues, and in a text that has no times."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from index.align.listen import align_text
from index.align.outcome import WrongTextError
from index.align.sound import RATE, SamplesSound
from index.align.words import align_words
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript
from tests.bench import align_text as text_rows
from tests.bench import pico, spoken
from tests.bench.report import Row
from tests.bench.spoken import Speech
from tests.index.align.oracle import never, nobody, untimed

_JITTER_MS = 400
_CUE_MS = 5000
FAR_MS = 300


@dataclass(frozen=True)
class _Goal:
    """What is to be reached: p95 in ms, the share of words far off, seconds of work for an hour of sound."""

    p95_ms: int
    far: float
    work_s: int


def rows(quick: bool) -> list[Row]:
    """Words in cues and sound to text, in the speech of a relative of the recogniser's and of a stranger."""
    if not text_rows.EPISODES.exists():
        return [Row("words in synthetic speech", "not measured", "", "needs the seed transcripts", None)]
    strange = partial(pico.speak, language="en")
    return [
        *_engine_rows("Festival", spoken.why_not(), spoken.speak, quick),
        *_engine_rows("Pico", pico.why_not(), strange, quick),
    ]


def _engine_rows(engine: str, reason: str, speak: Callable[..., Speech], quick: bool) -> list[Row]:
    if reason:
        return [Row(f"words in speech of {engine}", "not measured", "", reason, None)]
    said_turns = turns(350 if quick else 700)
    clean, disfluent = speak(said_turns), speak(said_turns, disfluent=True)
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
        found.append(_cues_row(f"{engine}, {name}", said, sound, cues))
        found.append(_text_row(f"{engine}, {name}", said, sound, text))
    return [*found, *_holes(engine, clean), _wrong_row(engine, clean)]


def turns(count: int) -> list[list[str]]:
    """The first turns of a real talk, as they can be spoken."""
    clean = text_rows.clean_text()
    found: list[list[str]] = []
    for turn in clean.turns():
        if sum(map(len, found)) < count:
            found.append(spoken.speakable(clean.text_of(turn.words))[: count - sum(map(len, found))])
    return found


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


def _cues_row(name: str, said: Speech, sound: SamplesSound, goal: _Goal) -> Row:
    cues = cues_of(said)
    begun = time.process_time()
    result = align_words(cues, sound, nobody, never, is_in_step=True)
    worked = time.process_time() - begun
    before = np.abs(np.array(cues.starts) - said.starts)
    against = f"by letters: median {np.median(before):.0f}, p95 {np.percentile(before, 95):.0f} ms"
    return _judged(f"words in cues, {name}", result, said.starts, sound, worked, goal, against)


def _text_row(name: str, said: Speech, sound: SamplesSound, goal: _Goal) -> Row:
    begun = time.process_time()
    merged = align_text(untimed(said.words), sound, nobody, never)
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
    p95, far = np.percentile(off, 95), (off > FAR_MS).mean()
    work = worked_s / (sound.duration_ms / 3_600_000)
    unheard = len(result) - len(heard)
    value = f"median {np.median(off):.0f}, p95 {p95:.0f}, max {off.max()} ms, {far:.1%} > 300 ms, {work:.0f} s/h"
    value += f", {unheard} not heard" if unheard else ""
    ok = bool(p95 <= goal.p95_ms and far <= goal.far and work <= goal.work_s)
    return Row(name, value, f"p95 {goal.p95_ms} ms, {goal.far:.0%}, {goal.work_s} s/h", against, ok)


def _holes(engine: str, said: Speech) -> list[Row]:
    """A tenth of the text that is not in the sound, and a tenth of the sound that is not in the text."""
    count = len(said.words)
    first, end = count * 4 // 10, count * 5 // 10
    cut_from, cut_to = said.starts[first] * RATE // 1000, said.starts[end] * RATE // 1000
    short = np.concatenate([said.samples[:cut_from], said.samples[cut_to:]])
    merged = align_text(untimed(said.words), SamplesSound(short), nobody, never)
    assert merged is not None
    result = merged.transcript
    claimed = sum(
        result.timings[word] != Timing.UNHEARD and (result.confidence(word) or 0) >= 0.5 for word in range(first, end)
    )
    truth = said.starts.copy()
    truth[end:] -= said.starts[end] - said.starts[first]
    kept = [word for word in result.all_words if not first <= word < end and result.timings[word] != Timing.UNHEARD]
    off = np.abs(np.array(result.starts)[kept] - truth[kept])
    lacking = align_text(untimed(said.words[:first] + said.words[end:]), SamplesSound(said.samples), nobody, never)
    assert lacking is not None
    less = np.delete(said.starts, range(first, end))
    heard = [word for word in lacking.transcript.all_words if lacking.transcript.timings[word] != Timing.UNHEARD]
    beside = np.abs(np.array(lacking.transcript.starts)[heard] - less[heard])
    told = f"{claimed} of {end - first} claimed, p95 {np.percentile(off, 95):.0f}, max {off.max()} ms"
    other = f"p95 {np.percentile(beside, 95):.0f}, max {beside.max()} ms"
    return [
        Row(f"sound to text, {engine}, a tenth not in the sound", told, "0 claimed, p95 50 ms", "", not claimed),
        Row(f"sound to text, {engine}, a tenth not in the text", other, "max 3000 ms", "", bool(beside.max() <= 3000)),
    ]


def _wrong_row(engine: str, said: Speech) -> Row:
    wrong = spoken.speakable(text_rows.clean_text(1).text)[: len(said.words)]
    try:
        merged = align_text(untimed(wrong), SamplesSound(said.samples), nobody, never)
    except WrongTextError as error:
        return Row(f"sound to text, {engine}, a wrong text", "refused", "refused", str(error).split(",")[0], True)
    assert merged is not None
    return Row(f"sound to text, {engine}, a wrong text", f"taken, {merged.found:.0%}", "refused", "", False)
