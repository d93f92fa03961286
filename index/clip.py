"""A clip: a range of words with a little air around it, cut out of its transcript."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from index.transcript import NO_SPEAKER, Transcript, WordRange


@dataclass(frozen=True, slots=True)
class Clip:
    """Words, and the stretch of sound in ms that carries them."""

    words: WordRange
    start_ms: int
    end_ms: int


def clip_of(transcript: Transcript, words: WordRange, *, pad_ms: int = 0, sound_end_ms: int | None = None) -> Clip:
    """The clip of a range of words, `pad_ms` longer on either side as far as the sound goes.

    Raises:
        ValueError: the range is empty.
    """
    if not words:
        raise ValueError("A clip needs at least one word.")
    start_ms, end_ms = transcript.span_ms(words)
    padded_end = end_ms + pad_ms
    if sound_end_ms is not None:
        padded_end = max(end_ms, min(padded_end, sound_end_ms))
    return Clip(words, max(0, start_ms - pad_ms), padded_end)


def united(clips: Iterable[Clip]) -> list[Clip]:
    """The clips of one transcript in the order of their words, those whose sound overlaps or touches made one."""
    made: list[Clip] = []
    for clip in sorted(clips, key=lambda clip: (clip.start_ms, clip.words)):
        before = made[-1] if made else None
        if before and clip.start_ms <= before.end_ms:
            words = WordRange(min(before.words.first, clip.words.first), max(before.words.end, clip.words.end))
            made[-1] = Clip(words, before.start_ms, max(before.end_ms, clip.end_ms))
        else:
            made.append(clip)
    return made


def cut(transcript: Transcript, clip: Clip, *, keep_times: bool = False) -> Transcript:
    """The clip's words as a transcript of its own: cues cut at words, times from the clip's start (or as they were).

    Nothing is said or shown outside the clip: a word on its edge begins or ends there.
    """
    words = clip.words
    offset = 0 if keep_times else clip.start_ms
    origin = transcript.offsets[words.first]

    def within(ms: int) -> int:
        return max(clip.start_ms, min(ms, clip.end_ms))

    starts = array("q", (within(start) - offset for start in transcript.starts[words.first : words.end]))
    ends = array("q", (within(end) - offset for end in transcript.ends[words.first : words.end]))

    cue_firsts, cue_starts, cue_ends = array("i"), array("q"), array("q")
    ids: dict[int, str] = {}
    settings: dict[int, str] = {}
    for number in range(transcript.cue_of(words.first), transcript.cue_of(words.end - 1) + 1):
        cue = transcript.cue(number)
        first, end = max(cue.words.first, words.first), min(cue.words.end, words.end)
        if first >= end:
            continue
        if cue.id:
            ids[len(cue_firsts)] = cue.id
        if cue.settings:
            settings[len(cue_firsts)] = cue.settings
        spoken = transcript.span_ms(WordRange(first, end))
        # A cut cue is shown with its words; a whole one keeps its own times, as far as the clip goes.
        begun = within(spoken[0] if first > cue.words.first else min(cue.start_ms, spoken[0]))
        over = within(spoken[1] if end < cue.words.end else max(cue.end_ms, spoken[1]))
        begun = max(begun, cue_starts[-1] + offset) if cue_starts else begun
        cue_firsts.append(first - words.first)
        cue_starts.append(begun - offset)
        cue_ends.append(max(begun, over) - offset)

    turn_firsts, turn_speakers, seen = array("i"), array("i"), dict[str, int]()
    for turn in transcript.turns_in(words):
        turn_firsts.append(turn.words.first - words.first)
        name = turn.speaker
        turn_speakers.append(NO_SPEAKER if name is None else seen.setdefault(name, len(seen)))

    return Transcript(
        text=transcript.text[origin : transcript.limits[words.end - 1]],
        offsets=array("i", (place - origin for place in transcript.offsets[words.first : words.end])),
        limits=array("i", (place - origin for place in transcript.limits[words.first : words.end])),
        starts=starts,
        ends=ends,
        timings=transcript.timings[words.first : words.end],
        joints=transcript.joints[words.first : words.end],
        cue_firsts=cue_firsts,
        cue_starts=cue_starts,
        cue_ends=cue_ends,
        turn_firsts=turn_firsts,
        turn_speakers=turn_speakers,
        speakers=tuple(seen),
        cue_ids=MappingProxyType(ids),
        cue_settings=MappingProxyType(settings),
        timed=transcript.timed,
        cues_are_paragraphs=transcript.cues_are_paragraphs,
        confidences=transcript.confidences[words.first : words.end],
    )
