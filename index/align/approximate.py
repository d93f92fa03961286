"""Finds words of other languages with the recogniser for English: about when they are said, where two ways agree."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from index.align.crew import Alone, Cancelled, Crew, Told
from index.align.estimate import estimates
from index.align.language import Part, sentences_of
from index.align.listen import hear_text
from index.align.merge import Merged, with_times
from index.align.recogniser import Heard
from index.align.settling import settled
from index.align.shift import in_step
from index.align.sound import Sound
from index.align.telling import Telling
from index.align.windows import LONGEST_MS, Window, believed, gaps, windows
from index.align.words import agreeing
from index.captions import rebreak
from index.timing import spread_apart
from index.transcript import Timing, Transcript

_LENGTHS_MS = (18_000, 9_000, 6_000)  # Of a window, at most; what is not found in a long one may be in a shorter one.
_AT_ONCE = 8  # Windows that are heard before they are searched: few, so that what is found comes in soon.
_AGREE_MS = 300  # So near a word is where it was heard.
_HEARD, _ENOUGH = 0.25, 5  # The share of the words of a window, or so many, must be heard, without being looked for,
_AGREE = 0.8  # and of them the share that must be found about where they were heard.
_DOUBTED = 2  # Words on either side of those that have no time; what was found tells more than that later.
_SURE = 0.75  # Confidence in a word that was heard, half of whose neighbours were too.


def align_approximately(
    transcript: Transcript,
    sound: Sound,
    told: Told,
    cancelled: Cancelled,
    crew: Crew | None = None,
    *,
    came_in: Callable[[Transcript], None] = lambda _: None,
    is_in_step: bool = False,
) -> Transcript:
    """The same transcript, its estimated words `APPROXIMATE` in the windows where two ways to find them agree.

    The crew must know the language. Each window is heard with a language made of its words, and its words are looked
    for in their order; where most of what was heard was also found there, all that was found is taken. Other words
    stay `ESTIMATED`, by the loudness of their cue. `told` is given ms of sound done and to do, and `came_in` what was
    found from time to time. Once `cancelled`, what was found so far is given back; called again, it goes on from there.

    Raises:
        EarmarkError: there is no recogniser on this machine.
        ValueError: the transcript has no times.
    """
    if not transcript.timed:
        raise ValueError("The transcript has no times.")
    crew = crew or Alone(sound)
    if not is_in_step:
        transcript, _ = in_step(transcript, sound.duration_ms, crew)
    found: dict[int, Heard] = {}

    def so_far() -> Transcript:
        return settled(transcript, found, {}, Timing.APPROXIMATE)

    telling = Telling(told, cancelled, came_in, so_far)
    for long_ms in _LENGTHS_MS:
        _find(_lacking(so_far(), sound.duration_ms, long_ms), crew, telling, found)
        if telling.stopped:
            return so_far()
    lacking = _lacking(so_far(), sound.duration_ms, 0)
    return settled(transcript, found, estimates(transcript, sound, found, lacking), Timing.APPROXIMATE)


def align_text_approximately(
    text: Transcript, sound: Sound, told: Told, cancelled: Cancelled, crew: Crew | None = None
) -> Merged | None:
    """As `index.align.listen.align_text`, for a crew that knows another language than English.

    What is heard tells about where words are; then they are found as those of a timed transcript are.

    Raises:
        EarmarkError: there is no recogniser on this machine.
        WrongTextError: under a fifth of the words were heard.
    """
    crew = crew or Alone(sound)
    total = 2 * sound.duration_ms
    merged = hear_text(text, sound, lambda done, _: told(done, total), cancelled, crew)
    if merged is None:
        return None
    found: dict[int, Heard] = {}
    telling = Telling(
        lambda at, of: told(total // 2 + at * total // (2 * of), total), cancelled, lambda _: None, lambda: placed
    )
    placed = replace(merged.transcript, timings=_as_estimates(merged.transcript.timings))
    for long_ms in _LENGTHS_MS:  # What is found tells where the rest is.
        rough = rebreak(_roughly(merged.transcript, found, sound.duration_ms, 0 if found else _DOUBTED))
        _find(_lacking(rough, sound.duration_ms, long_ms), crew, telling, found)
        if telling.stopped:
            return None
    return replace(merged, transcript=settled(placed, found, {}, Timing.APPROXIMATE))


def _roughly(heard: Transcript, found: Mapping[int, Heard], sound_ms: int, doubted: int) -> Transcript:
    """All words that may be in the sound, and about when.

    Where words have no time between two that were heard, one of those may have been heard in the wrong place: so many
    on either side are `doubted` until there is time.
    """
    sure = _surely(heard, found)
    for _ in range(doubted):
        filled = _with_gaps_filled(sure, sound_ms)
        timings = bytearray(sure.timings)
        for word, kind in enumerate(filled.timings):
            beside = filled.timings[max(0, word - 1) : word + 2]
            if kind != Timing.UNHEARD and Timing.UNHEARD in beside:
                timings[word] = Timing.UNHEARD
        if timings == sure.timings:
            break
        sure = replace(sure, timings=bytes(timings))
    return _with_gaps_filled(sure, sound_ms)


def _surely(heard: Transcript, found: Mapping[int, Heard]) -> Transcript:
    """The words that were found, and those that were heard among others that agree; all others are `UNHEARD`.

    A word is heard for very long where the recogniser got lost after it.
    """
    timings = bytearray(heard.timings)
    for word in heard.all_words:
        if heard.confidences[word] < round(255 * _SURE) or heard.ends[word] - heard.starts[word] > LONGEST_MS:
            timings[word] = Timing.UNHEARD
    return settled(replace(heard, timings=bytes(timings)), dict(found), {}, Timing.APPROXIMATE)


def _as_estimates(timings: bytes) -> bytes:
    return timings.replace(bytes([Timing.ALIGNED]), bytes([Timing.ESTIMATED]))


def _lacking(transcript: Transcript, sound_ms: int, long_ms: int) -> list[Window]:
    """The windows over cues with words that were not found yet; a cue that was found whole is not looked for again."""
    timings = transcript.timings.replace(bytes([Timing.APPROXIMATE]), bytes([Timing.ALIGNED]))
    return windows(replace(transcript, timings=timings), sound_ms, long_ms=long_ms)


def _with_gaps_filled(transcript: Transcript, sound_ms: int) -> Transcript:
    """The transcript, what was heard of it an estimate, and so are words not heard where there is time for them."""
    starts, ends, timings = transcript.starts[:], transcript.ends[:], bytearray(transcript.timings)
    for gap in gaps(transcript, sound_ms):
        own = gap.own
        starts_ms, ends_ms = spread_apart(gap.texts[gap.before : gap.before + len(own)], gap.start_ms, gap.end_ms)
        for word, start_ms, end_ms in zip(own, starts_ms, ends_ms, strict=True):
            starts[word], ends[word], timings[word] = start_ms, end_ms, Timing.ESTIMATED
    return with_times(transcript, starts, ends, _as_estimates(bytes(timings)), transcript.confidences)


def _find(wanted: Sequence[Window], crew: Crew, telling: Telling, found: dict[int, Heard]) -> None:
    """Put into `found` the words of the windows where both ways agree, and when they are said."""
    telling.expect(2 * sum(window.length_ms for window in wanted))
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        heard: list[Mapping[int, Heard]] = []
        parts = [Part(window.start_ms, window.end_ms, sentences_of(window.texts)) for window in some]
        for window, words in zip(some, crew.hear(parts), strict=True):
            heard.append(agreeing(window, words))
            if telling.is_stopped_after(window.length_ms):
                return
        for number, answer in crew.find(some, wide=True):
            window = some[number]
            times = dict(believed(window, answer))
            if _agree(window, times, heard[number]):
                found.update((word, when) for word, when in times.items() if word not in found)
            if telling.is_stopped_after(window.length_ms):
                return


def _agree(window: Window, found: Mapping[int, Heard], heard: Mapping[int, Heard]) -> bool:
    both = [abs(found[word].start_ms - heard[word].start_ms) <= _AGREE_MS for word in heard if word in found]
    return len(both) >= min(_HEARD * len(window.own), _ENOUGH) and sum(both) >= _AGREE * len(both) > 0
