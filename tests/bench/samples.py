"""Made-up episodes of any length, the same at every run."""

import random
from pathlib import Path

_WORDS = (
    "and the of to a in that it was for on with as they at be this have from or had by not but what all were when we "
    "there can an your which their said if do will each about how up out them then she many some so these would other "
    "into has more her two like him see time could no make than first been its who now people my made over did down "
    "only way find use may water long little very after words called just where most know harbour winter morning letter"
).split()


def write_transcript(path: Path, *, words: int, every_word: bool = False) -> Path:
    """A WebVTT file of so many words: 3.6 s a cue of about ten words, speakers in turn, 100,000 words in 10 hours.

    With `every_word` each word has its own time.
    """
    chance = random.Random(7)
    cues, said, number, speaker = ["WEBVTT\n"], 0, 0, "Mara"
    while said < words:
        count = chance.randint(6, 14)
        line = [chance.choice(_WORDS) for _ in range(count)]
        if chance.random() < 0.2:
            line[-1] += "."
            speaker = chance.choice(("Mara", "Ives"))
        start = number * 3600
        if every_word:
            line = [f"<{_stamp(start + 250 * at)}>{word}" if at else word for at, word in enumerate(line)]
        cues.append(f"{_stamp(start)} --> {_stamp(start + 3500)}\n<v {speaker}>{' '.join(line)}\n")
        said += count
        number += 1
    path.write_text("\n".join(cues), "utf-8")
    return path


def _stamp(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
