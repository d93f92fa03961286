"""Moving the edges of a clip, to a time or by words; what is said in it goes along."""

from dataclasses import replace

from index.clip import Clip, clip_of
from index.transcript import Transcript, WordRange

LEAST_MS = 50
"""A clip is at least so long."""


def with_edge(transcript: Transcript | None, clip: Clip, begin: bool, ms: int, *, sound_ms: int = 0) -> Clip:
    """The clip with its begin (or its end) at a time, inside the sound and short of the other edge.

    Words whose middle the edge has passed join the clip or leave it; all others stay as they are, for in the air
    around a clip there may be half of a word that is none of its own. `sound_ms` is 0 where nobody knows it.
    """
    if begin:
        edged = replace(clip, start_ms=max(0, min(ms, clip.end_ms - LEAST_MS)))
    else:
        last_ms = max(sound_ms, clip.end_ms) if sound_ms else ms
        edged = replace(clip, end_ms=min(last_ms, max(ms, clip.start_ms + LEAST_MS)))
    return replace(edged, words=_words_after(transcript, clip, edged)) if transcript else edged


def _words_after(transcript: Transcript, was: Clip, now: Clip) -> WordRange:
    words = was.words
    first, end = words.first, words.end
    inside = transcript.range_between(now.start_ms, now.end_ms)
    if now.start_ms < was.start_ms:
        first = min(first, (transcript.range_between(now.start_ms, was.start_ms) or words).first)
    elif now.start_ms > was.start_ms:
        first = max(first, (inside or words).first)
    if now.end_ms > was.end_ms:
        end = max(end, (transcript.range_between(was.end_ms, now.end_ms) or words).end)
    elif now.end_ms < was.end_ms:
        end = min(end, (inside or words).end)
    return WordRange(first, end) if first < end else words


def with_words(transcript: Transcript, clip: Clip, begin: bool, by: int, *, pad_ms: int, sound_ms: int = 0) -> Clip:
    """The clip with its begin (or its end) so many words on, `pad_ms` of air before it; the other edge stays."""
    first = max(0, clip.words.first + by) if begin else clip.words.first
    end = clip.words.end if begin else min(len(transcript), clip.words.end + by)
    if first >= end:
        return clip
    moved = clip_of(transcript, WordRange(first, end), pad_ms=pad_ms, sound_end_ms=sound_ms or None)
    start_ms, end_ms = (moved.start_ms, clip.end_ms) if begin else (clip.start_ms, moved.end_ms)
    return Clip(moved.words, start_ms, max(end_ms, start_ms + LEAST_MS))


def air_ms(transcript: Transcript, clip: Clip) -> tuple[int, int]:
    """How much sound there is before the first word of the clip and after its last; less than 0 inside a word."""
    start_ms, end_ms = transcript.span_ms(clip.words)
    return start_ms - clip.start_ms, clip.end_ms - end_ms


def near_word(transcript: Transcript, begin: bool, ms: int, *, pad_ms: int) -> int:
    """Where an edge near a time would be that lets a whole word begin (or end), `pad_ms` of air beside it."""
    about = transcript.word_at(ms + pad_ms if begin else ms - pad_ms) or 0
    words = range(max(0, about - 1), min(len(transcript), about + 2))
    edges = (transcript.starts[word] - pad_ms if begin else transcript.ends[word] + pad_ms for word in words)
    return max(0, min(edges, key=lambda edge: abs(edge - ms), default=ms))
