"""Finds a text without times in a sound: hears it with a language made of the text, and looks for what that missed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from index.align.crew import Alone, Cancelled, Crew, Told
from index.align.language import parts_in
from index.align.merge import Merged, merge
from index.align.recogniser import Heard, HeardWord
from index.align.settling import settled
from index.align.sound import Sound, quietest
from index.align.windows import believed, gaps, parted, strays
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript

_PART_MS = 30_000  # Sound that is heard in one go,
_CUT_WITHIN_MS = 6_000  # cut in a silence that lies so near its end.


def align_text(
    text: Transcript, sound: Sound, told: Told, cancelled: Cancelled, crew: Crew | None = None
) -> Merged | None:
    """The text with the times at which its words are heard in the sound; None once `cancelled`.

    Words that agree with what is heard are `ALIGNED`, and so are those between them that are found when they are looked
    for. Others are `ESTIMATED` where there is time for them, and `UNHEARD` where there is none, or so much that nobody
    knows where in it they are. `told` is given ms of sound done and to do.

    Raises:
        EarmarkError: there is no recogniser on this machine.
        WrongTextError: under a fifth of the words were heard.
    """
    crew = crew or Alone(sound)
    merged = hear_text(text, sound, told, cancelled, crew)
    if merged is None:
        return None
    heard = merged.transcript
    wanted, lost = list(gaps(heard, sound.duration_ms)), list(strays(heard, sound.duration_ms))
    answers: dict[int, list[Heard | None]] = {}
    sides = [side for stray in lost for side in (stray.before, stray.after)]
    for number, answer in crew.find([*wanted, *sides], wide=True):
        answers[number] = answer
        if cancelled():
            return None
    found: dict[int, Heard] = {}
    for number, window in enumerate(wanted):
        found.update(believed(window, answers[number]))
    for number, stray in enumerate(lost):
        place = len(wanted) + 2 * number
        found.update(parted(stray, answers[place], answers[place + 1]))
    gone = {word for stray in lost for word in stray.words} - found.keys()
    return replace(merged, transcript=settled(_without(heard, gone), found, {}))


def _without(heard: Transcript, gone: Collection[int]) -> Transcript:
    """The transcript, those words `UNHEARD`: there is time enough for them, but nobody knows where in it."""
    timings, confidences = bytearray(heard.timings), bytearray(heard.confidences)
    for word in gone:
        timings[word], confidences[word] = Timing.UNHEARD, 0
    return replace(heard, timings=bytes(timings), confidences=bytes(confidences))


def hear_text(text: Transcript, sound: Sound, told: Told, cancelled: Cancelled, crew: Crew) -> Merged | None:
    """The text with the times of the words that are heard by a language of all of it; None once `cancelled`.

    `told` is given ms of sound done and to do.

    Raises:
        EarmarkError: there is no recogniser on this machine.
        WrongTextError: under a fifth of the words were heard.
    """
    parts = parts_in(text.text.split(), parts_of(sound, 0, sound.duration_ms))
    heard: list[HeardWord] = []
    done = 0
    for part, words in zip(parts, crew.hear(parts), strict=True):
        heard += words
        done += part.end_ms - part.start_ms
        told(done, sound.duration_ms)
        if cancelled():
            return None
    return merge(text, heard_transcript(heard), where="the sound")


def parts_of(sound: Sound, start_ms: int, end_ms: int) -> Iterator[tuple[int, int]]:
    """The time between in parts of about 30 s that begin and end in silences."""
    at = start_ms
    while end_ms - at > _PART_MS + _CUT_WITHIN_MS:
        near = at + _PART_MS - _CUT_WITHIN_MS
        cut = near + quietest(sound.between(near, at + _PART_MS), 0, _CUT_WITHIN_MS)
        yield at, cut
        at = cut
    if end_ms > at:
        yield at, end_ms


def heard_transcript(heard: Sequence[HeardWord]) -> Transcript:
    """What was heard as a transcript, each word with its own time."""
    builder = TranscriptBuilder()
    for word in sorted(heard, key=lambda word: word.start_ms):
        builder.add_cue(word.start_ms, word.end_ms)
        builder.add_word(word.text, word.start_ms, word.end_ms)
    return builder.build()
