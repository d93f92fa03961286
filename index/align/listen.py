"""Finds a text without times in a sound: hears it with a language made of the text, and looks for what that missed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.align.crew import Alone, Cancelled, Crew, Told
from index.align.language import parts_in
from index.align.merge import Merged, merge
from index.align.recogniser import Heard, HeardWord
from index.align.settling import settled
from index.align.sound import Sound, quietest
from index.align.windows import believed, gaps
from index.builder import TranscriptBuilder
from index.transcript import Transcript

_PART_MS = 30_000  # Sound that is heard in one go,
_CUT_WITHIN_MS = 6_000  # cut in a silence that lies so near its end.


def align_text(
    text: Transcript, sound: Sound, told: Told, cancelled: Cancelled, crew: Crew | None = None
) -> Merged | None:
    """The text with the times at which its words are heard in the sound; None once `cancelled`.

    Words that agree with what is heard are `ALIGNED`, and so are those between them that are found when they are looked
    for. Others are `ESTIMATED` where there is time for them, and `UNHEARD` where there is none. `told` is given ms of
    sound done and to do.

    Raises:
        EarmarkError: there is no recogniser on this machine.
        WrongTextError: under a fifth of the words were heard.
    """
    crew = crew or Alone(sound)
    merged = hear_text(text, sound, told, cancelled, crew)
    if merged is None:
        return None
    found: dict[int, Heard] = {}
    wanted = list(gaps(merged.transcript, sound.duration_ms))
    for number, answer in crew.find(wanted):
        found.update(believed(wanted[number], answer))
        if cancelled():
            return None
    return replace(merged, transcript=settled(merged.transcript, found, {}))


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
