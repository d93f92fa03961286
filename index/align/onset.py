"""Where a word that was found begins, more exactly: by how loud the sound is around there."""

import numpy as np
import numpy.typing as npt

from index.align.sound import RATE, Samples

Levels = npt.NDArray[np.float32]

_STEP_MS = 5
_STEP = RATE * _STEP_MS // 1000
_LOOK_MS = 150  # A word is about as loud as it gets so soon after its beginning.
_CLEAR_DB = 28.0  # What a word rises by at least from a silence that it can be told from.
_RISE_DB, _RISE = 8.0, 0.2  # It begins so much above the silence, or at this share of the way to its loudest.
_SILENCE_SHARE = 0.3
_SILENCE_MS = 300  # What is listened to of a silence,
_PAUSE_MS = 70  # which is a pause from that length on: throats close for less.
_REACH_MS = 100  # A breath lasts longer.
_CLOSED_DB = 30.0  # So far below the word a throat is closed,
_CLOSED_MS = 25  # for so long at least,
_HELD_MS, _HELD_DB = 200, 20.0  # No word is so long so far below its loudest.
_NEAR_MS, _LATE_MS = 40, 20  # and this near before or after the time found.


def levels(samples: Samples) -> Levels:
    """The level in dB of 10 ms of the samples from every 5 ms on."""
    count = len(samples) // _STEP
    wave = samples[: count * _STEP].astype(np.float32)
    wave -= wave.mean() if count else 0
    power = (wave.reshape(count, _STEP) ** 2).mean(axis=1)
    found: Levels = 10 * np.log10((power[:-1] + power[1:]) / 2 + 1)
    return found


def after_silence(heard: Levels, start_ms: int, end_ms: int, silent_ms: int) -> int:
    """When the word found between two times begins that follows a silence which was found from `silent_ms` on.

    All in ms from the first level. It is the time at which the sound rises, before or after `start_ms`; that itself
    where it does not rise clearly, or from a silence too short for a pause.
    """
    start, end = _loud_part(heard, start_ms, end_ms)
    silent = max(silent_ms // _STEP_MS, start - _SILENCE_MS // _STEP_MS)
    if end <= start or start <= silent:
        return start_ms
    quiet, loud = float(np.quantile(heard[silent:start], _SILENCE_SHARE)), float(heard[start:end].max())
    if loud - quiet < _CLEAR_DB:
        return start_ms
    above = heard > quiet + max(_RISE_DB, _RISE * (loud - quiet))
    first, last = max(silent, start - _REACH_MS // _STEP_MS), min(end - 1, start + _REACH_MS // _STEP_MS)
    if above[start]:
        below = np.flatnonzero(~above[first:start])
        at = first + int(below[-1]) + 1 if len(below) else silent
    else:  # One loud level alone is a click.
        risen = np.flatnonzero(above[start:last] & above[start + 1 : last + 1])
        at = start + int(risen[0]) if len(risen) else silent
    pause = _PAUSE_MS // _STEP_MS
    if at - silent < pause or above[at - pause : at].any():
        return start_ms
    return (at + 1) * _STEP_MS  # Of the two steps of a level, the second is the one that is loud.


def after_pause(heard: Levels, start_ms: int, end_ms: int) -> int:
    """When the word found between two times begins, if most of it comes after a pause: no word holds one.

    All in ms from the first level. It is the time at which the sound rises after the pause, else `start_ms`.
    """
    start, held = start_ms // _STEP_MS, _HELD_MS // _STEP_MS
    word = heard[start : end_ms // _STEP_MS]
    if len(word) <= held:
        return start_ms
    loudest = float(word.max())
    loud = np.flatnonzero(word >= loudest - _HELD_DB)
    begins = np.concatenate(([0], loud[:-1] + 1))  # Of the quiet before each loud level.
    pauses = np.flatnonzero(loud - begins >= held)
    if not len(pauses):
        return start_ms
    last = int(pauses[-1])
    begun, over = int(begins[last]), int(loud[last])
    if last > len(loud) - last or loudest - float(np.median(word[begun:over])) < _CLEAR_DB:
        return start_ms
    return after_silence(heard, (start + over) * _STEP_MS, end_ms, (start + begun) * _STEP_MS)


def hard_attack(heard: Levels, start_ms: int, end_ms: int) -> int:
    """When the word found between two times begins if that is with a vowel, and after no closed lips or tongue.

    All in ms from the first level. Where the speaker closes the throat for it, it is the time of that, else `start_ms`.
    """
    start, end = _loud_part(heard, start_ms, end_ms)
    first = max(0, start - (_NEAR_MS + _PAUSE_MS) // _STEP_MS)
    if end <= start:
        return start_ms
    closed = heard[first:end] < float(heard[start:end].max()) - _CLOSED_DB
    near = np.flatnonzero(closed[: start - first + _LATE_MS // _STEP_MS + 1])
    if not len(near) or first + near[-1] < start - _NEAR_MS // _STEP_MS:
        return start_ms
    open_before, open_after = np.flatnonzero(~closed[: near[-1]]), np.flatnonzero(~closed[near[-1] :])
    if not len(open_before) or not len(open_after):
        return start_ms
    begun, over = int(open_before[-1]) + 1, int(near[-1] + open_after[0])
    if not _CLOSED_MS <= (over - begun) * _STEP_MS < _PAUSE_MS:
        return start_ms
    return min(start_ms, (first + begun + 1) * _STEP_MS)


def _loud_part(heard: Levels, start_ms: int, end_ms: int) -> tuple[int, int]:
    """The levels between which a word is loudest."""
    start = start_ms // _STEP_MS
    return start, min(len(heard), end_ms // _STEP_MS, start + _LOOK_MS // _STEP_MS)
