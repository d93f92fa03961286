"""What the writers of captions share: the cues of a transcript, each cut where the speaker changes."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.formats.base import WriteOptions
from index.formats.speakers import SpeakerMarks
from index.formats.webvtt import ESTIMATED_NOTE
from index.transcript import NO_SPEAKER, Cue, Timing, Transcript, WordRange
from index.wordsplit import LINE

_ARROW = re.compile(r"-{2,}>")


class Run(NamedTuple):
    """Words of one cue that one speaker says."""

    words: WordRange
    speaker: str | None
    begins_turn: bool  # A turn begins with the first of the words, and
    same_speaker: bool  # its speaker is that of the turn before (or both have none).


def cue_runs(transcript: Transcript) -> Iterator[tuple[Cue, list[Run]]]:
    """Every cue that holds words, with its runs in order."""
    firsts, speakers = transcript.turn_firsts, transcript.turn_speakers
    turn = 0
    for cue in transcript.cues():
        runs: list[Run] = []
        at = cue.words.first
        while at < cue.words.end:
            while turn + 1 < len(firsts) and firsts[turn + 1] <= at:
                turn += 1
            end = min(cue.words.end, firsts[turn + 1]) if turn + 1 < len(firsts) else cue.words.end
            speaker = speakers[turn]
            runs.append(
                Run(
                    WordRange(at, end),
                    None if speaker == NO_SPEAKER else transcript.speakers[speaker],
                    firsts[turn] == at,
                    firsts[turn] == at and turn > 0 and speakers[turn - 1] == speaker,
                )
            )
            at = end
        if runs:
            yield cue, runs


def end_after(cue: Cue) -> int:
    """When a written cue ends, in ms: captions must last."""
    return max(cue.end_ms, cue.start_ms + 1)


def is_timed(transcript: Transcript, word: int, estimates: bool) -> bool:
    """Whether a word is written with its time: its own one, or with `estimates` any of a word that was heard."""
    timing = Timing(transcript.timings[word])
    return timing.is_own or (estimates and timing.is_heard)


def notes(transcript: Transcript, options: WriteOptions) -> list[str]:
    """What a file must say about its times: that word times are estimates, that words in it were not heard."""
    told = [ESTIMATED_NOTE] if options.word_times and transcript.timing == "estimated" else []
    unheard = transcript.timings.count(Timing.UNHEARD)
    if unheard:
        words = "1 word was" if unheard == 1 else f"{unheard:,} words were"
        told.append(f"{words} not heard in the sound; captions of them stand where they would be said.")
    return told


def without_arrows(text: str) -> str:
    """The text with `-->`, which would make a cue of it, shortened to `->`."""
    return _ARROW.sub("->", text)


def gap(transcript: Transcript, word: int) -> str:
    """What stands before a word inside its cue."""
    return "\n" if transcript.begins_line(word) else "" if transcript.is_glued(word) else " "


def joined(transcript: Transcript, words: WordRange) -> str:
    """The words with the spaces and line breaks that their source has between them."""
    if LINE not in transcript.joints[words.first + 1 : words.end]:
        text = transcript.text_of(words)
        if "\n" not in text:  # As it stands, unless another turn begins in it.
            return text
    parts = [transcript.word_text(words.first)]
    for word in range(words.first + 1, words.end):
        parts += (gap(transcript, word), transcript.word_text(word))
    return "".join(parts)


def speaker_marks(transcript: Transcript, cues: Sequence[Sequence[Run]], options: WriteOptions) -> list[list[str]]:
    """What stands before the text of each run of each cue, in formats that name speakers in their text.

    A name stands where the speaker changes, `>>` where a turn begins without one. Names that could not be told from
    other words before a colon are put in brackets, all of them.
    """
    marks = _marks(cues, options, brackets=False)
    if options.speakers and transcript.speakers:
        texts = (
            "\n".join(mark + joined(transcript, run.words) for mark, run in zip(own, runs, strict=True))
            for own, runs in zip(marks, cues, strict=True)
        )
        found = SpeakerMarks.of(texts)
        if not all(found.split(f"{name}: ")[0].speaker == name for name in transcript.speakers):
            return _marks(cues, options, brackets=True)
    return marks


def _marks(cues: Sequence[Sequence[Run]], options: WriteOptions, *, brackets: bool) -> list[list[str]]:
    marks = []
    before: str | None = None
    for runs in cues:
        own = []
        for run in runs:
            mark = ""
            if options.speakers and run.begins_turn:
                if run.same_speaker or (run.speaker is None and before is not None):
                    mark = ">> "
                if run.speaker is not None:
                    mark += f"[{_bracketed(run.speaker)}]: " if brackets else f"{run.speaker}: "
            own.append(mark)
            before = run.speaker
        marks.append(own)
    return marks


def _bracketed(name: str) -> str:
    return name.replace("[", "(").replace("]", ")")[:80]
