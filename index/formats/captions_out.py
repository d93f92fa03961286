"""What the writers of captions share: the cues of a transcript, each cut where the speaker changes."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.formats.base import WriteOptions
from index.formats.speakers import SpeakerMarks
from index.transcript import NO_SPEAKER, Cue, Transcript, WordRange
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
