"""A talk made for the tests: 96 cues of eight words, a word every 350 ms, two speakers in turn, three cues each."""

import wave
from pathlib import Path

from index.builder import TranscriptBuilder
from index.transcript import Transcript

WORD_MS = 350
CUE_WORDS = 8
CUES = 96
TURN_CUES = 3
WORDS = CUES * CUE_WORDS
SOUND_MS = 270_000
SPEAKERS = ("Anna", "Ben")

LANTERN_CUES = tuple(range(4, 89, 5))  # Seventeen cues that begin with "lantern".

_VOCABULARY = (
    "river runs past old houses where people sit and talk about weather bread music long journeys home small boats"
    " carry letters over quiet water while morning light falls on every open window"
).split()
_SPECIAL = {
    10 * CUE_WORDS + 7: "silver",  # "silver fox" crosses a cue border,
    11 * CUE_WORDS: "fox",
    14 * CUE_WORDS + 7: "beyond",  # and "beyond hills" two speakers.
    15 * CUE_WORDS: "hills",
    20 * CUE_WORDS + 1: "Café",
    20 * CUE_WORDS + 3: "don’t",
    20 * CUE_WORDS + 5: "well-known",
    21 * CUE_WORDS + 3: "blue",  # "blue whale" crosses a line break inside a cue.
    21 * CUE_WORDS + 4: "whale",
}


def word_text(word: int) -> str:
    """A word of the talk as its file has it."""
    cue, at = divmod(word, CUE_WORDS)
    if word in _SPECIAL:
        return _SPECIAL[word]
    if at == 0 and cue in LANTERN_CUES:
        return "lantern"
    text = _VOCABULARY[(cue * 11 + at * 3) % len(_VOCABULARY)]
    return text.capitalize() if at == 0 else f"{text}." if at == CUE_WORDS - 1 else text


def word_ms(word: int) -> int:
    """When a word begins."""
    return word * WORD_MS


def turn_of(word: int) -> int:
    """Which turn a word belongs to."""
    return word // (CUE_WORDS * TURN_CUES)


def _stamp(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def vtt_text() -> str:
    """The talk as WebVTT, with a time for every word."""
    lines = ["WEBVTT", ""]
    for cue in range(CUES):
        first = cue * CUE_WORDS
        name = SPEAKERS[cue // TURN_CUES % 2]
        text = f"<v {name}>{word_text(first)}"
        for word in range(first + 1, first + CUE_WORDS):
            gap = "\n" if cue == 21 and word_text(word) == "whale" else " "
            text += f"{gap}<{_stamp(word_ms(word))}>{word_text(word)}"
        lines += [f"{_stamp(word_ms(first))} --> {_stamp(word_ms(first + CUE_WORDS))}", text, ""]
    return "\n".join(lines)


def write_sound(path: Path, duration_ms: int = SOUND_MS) -> Path:
    """Write a silent WAV of that length."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(2000)
        file.writeframes(b"\x80" * (2 * duration_ms))
    return path


def write_talk(folder: Path, name: str = "talk") -> tuple[Path, Path]:
    """Write the sound and the transcript of the talk beside each other."""
    transcript = folder / f"{name}.vtt"
    transcript.write_text(vtt_text(), "utf-8")
    return write_sound(folder / f"{name}.wav"), transcript


def transcript_of(*turns: tuple[str | None, str]) -> Transcript:
    """A transcript of turns: speaker and words, a word every half second."""
    builder, at_ms = TranscriptBuilder(), 0
    for speaker, words in turns:
        builder.add_cue(at_ms, at_ms + 500 * len(words.split()))
        builder.set_speaker(speaker, new_turn=True)
        for word in words.split():
            builder.add_word(word, at_ms, at_ms + 500)
            at_ms += 500
    return builder.build()
