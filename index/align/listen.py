"""Finds a text without times in a sound: hears it with a language made of the text, and looks for what that missed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.align.crew import Alone, Cancelled, Crew, Told
from index.align.language import sentences_of
from index.align.merge import Merged, merge
from index.align.pronounce import pieces
from index.align.recogniser import Heard, HeardWord
from index.align.settling import settled
from index.align.sound import Sound, quietest
from index.align.windows import Window
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript

_TIGHT_MS, _LOOSE_MS, _SPARE_MS = 60, 800, 2_000  # What words in a gap take, at least and at most.
_LONGEST_MS = 1_500
_MARGIN_MS = 500
_CONTEXT = 2
_LEAST_SCORE = -8.0  # Per frame; of words that are there one in fifty fits worse, of others most do.
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
    total = sound.duration_ms
    parts = list(parts_of(sound, 0, total))
    heard: list[HeardWord] = []
    done = 0
    for (start_ms, end_ms), words in zip(parts, crew.hear(sentences_of(text.text.split()), parts), strict=True):
        heard += words
        done += end_ms - start_ms
        told(done, total)
        if cancelled():
            return None
    merged = merge(text, heard_transcript(heard), where="the sound")
    found: dict[int, Heard] = {}
    wanted = list(_gaps(merged.transcript, total))
    for number, answer in crew.find(wanted):
        found.update(_believed(wanted[number], answer))
        if cancelled():
            return None
    return replace(merged, transcript=settled(merged.transcript, found, {}))


def _gaps(transcript: Transcript, sound_ms: int) -> Iterator[Window]:
    """The runs of words that were not heard as such, between the words that were, where there is time for them."""
    spoken = [word for word in transcript.all_words if pieces(transcript.word_text(word))]
    known = [Timing(transcript.timings[word]).is_own for word in spoken]
    at = 0
    while at < len(spoken):
        if known[at]:
            at += 1
            continue
        end = at
        while end < len(spoken) and not known[end]:
            end += 1
        start_ms = transcript.ends[spoken[at - 1]] if at else 0
        end_ms = transcript.starts[spoken[end]] if end < len(spoken) else sound_ms
        count, room = end - at, end_ms - start_ms
        if _TIGHT_MS * count <= room <= _LOOSE_MS * count + _SPARE_MS:
            first, last = max(0, at - _CONTEXT), min(len(spoken), end + _CONTEXT)
            words = tuple(spoken[first:last])
            yield Window(
                words,
                tuple(transcript.word_text(word) for word in words),
                at - first,
                last - end,
                max(0, start_ms - _MARGIN_MS),
                min(sound_ms, end_ms + _MARGIN_MS),
                fillers=True,
            )
        at = end


def _believed(window: Window, answer: Sequence[Heard | None]) -> Iterator[tuple[int, Heard]]:
    """The words of a gap that fit the sound about as well as words do that are there."""
    own = answer[window.before : len(answer) - window.after]
    for word, heard in zip(window.own, own, strict=True):
        if heard is not None and heard.score > _LEAST_SCORE and heard.end_ms - heard.start_ms <= _LONGEST_MS:
            yield word, heard


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
