"""Makes the demo episode from script.txt: sound, captions, chapters and cover (python -m resources.demo.make_demo).

Needs libespeak-ng beside the app's own libraries. The same script gives the same times.
"""

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from resources.demo import cover, music
from resources.demo.cues import TimedWord, to_webvtt
from resources.demo.opus import RATE, write_opus
from resources.demo.speech import Samples, Spoken, Synthesiser, Voice

__all__ = ["Episode", "build", "main", "read_script"]

FOLDER = Path(__file__).resolve().parent
NAME = "earmark-demo"
TAGS = {"title": "The obedient mark", "artist": "Host and Guide", "album": "Earmark", "date": "2026-11-20"}
NOTE = "The demo episode of Earmark. Each word's time is that of its first sound, as the voice reported it."
VOICES = {
    "Host": Voice("en-gb-x-rp+f3", words_per_minute=158, pitch=42, liveliness=58),
    "Guide": Voice("en-us+m3", words_per_minute=162, pitch=46, liveliness=62),
}
_LOUDNESS = 0.17  # root mean square of a voice while it sounds: both speak equally loud
_BEAT_MS = 1100  # what "(a beat)" asks for
_LINE = re.compile(r"# (?P<chapter>.+)|\((?P<beat>a beat)\)|(?P<speaker>\w+): (?P<text>.+)")


@dataclass(frozen=True)
class Turn:
    """One line of the script: who speaks, the words, and what comes before (a chapter's title, a beat)."""

    speaker: str
    words: tuple[str, ...]
    chapter: str = ""
    beat: bool = False


@dataclass(frozen=True)
class Episode:
    """The sound (mono, at RATE), its words in order, and the chapters as (start in ms, title)."""

    samples: Samples
    words: tuple[TimedWord, ...]
    chapters: tuple[tuple[int, str], ...]


def read_script(path: Path) -> list[Turn]:
    """The turns of a script: ``Speaker: text``, ``# Chapter`` and ``(a beat)``; raises ValueError on others."""
    turns: list[Turn] = []
    chapter, beat = "", False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None or (match["speaker"] and match["speaker"] not in VOICES):
            raise ValueError(f"{path.name}, line {number}: neither a chapter, a beat nor a line of {[*VOICES]}.")
        if match["speaker"]:
            turns.append(Turn(match["speaker"], tuple(match["text"].split()), chapter, beat))
            chapter, beat = "", False
        else:
            chapter, beat = match["chapter"] or chapter, beat or bool(match["beat"])
    return turns


def build(turns: Sequence[Turn]) -> Episode:
    """Speak the turns one after the other, with music before, between chapters and after."""
    synthesiser = Synthesiser()
    spoken = [synthesiser.say(VOICES[turn.speaker], turn.words) for turn in turns]
    voices = [_voice_samples(one, turn.speaker) for one, turn in zip(spoken, turns, strict=True)]
    levels = {name: _LOUDNESS / _level(turns, voices, name) for name in VOICES}
    placed: list[tuple[int, Samples]] = [(0, music.intro(RATE))]
    words: list[TimedWord] = []
    chapters: list[tuple[int, str]] = []
    now_ms = _length_ms(placed[0][1]) - 200
    for index, (turn, one, samples) in enumerate(zip(turns, spoken, voices, strict=True)):
        if turn.chapter and not chapters:
            chapters.append((0, turn.chapter))
        elif turn.chapter:
            now_ms += 550
            chapters.append((now_ms, turn.chapter))
            placed.append((now_ms, music.sting(RATE)))
            now_ms += _length_ms(placed[-1][1])
        elif index:
            now_ms += _BEAT_MS if turn.beat else _pause_ms(turns[index - 1])
        placed.append((now_ms, samples * levels[turn.speaker]))
        words += [
            TimedWord(text, turn.speaker, index, now_ms + start, now_ms + end)
            for text, start, end in zip(turn.words, one.starts_ms, one.ends_ms, strict=True)
        ]
        now_ms = words[-1].end_ms
    placed.append((now_ms + 500, music.outro(RATE)))
    return Episode(_mix(placed), tuple(words), tuple(chapters))


def _pause_ms(turn: Turn) -> int:
    """How long the other waits before answering: a question is answered at once, a long thought sinks in."""
    if turn.words[-1].endswith("…"):
        return 250
    return 300 if turn.words[-1].endswith("?") else 450 if len(turn.words) > 24 else 360


def _voice_samples(spoken: Spoken, speaker: str) -> Samples:
    """A voice at RATE, warmer than espeak-ng leaves it.

    Both are done on the spectrum, which delays nothing: resampling is a longer spectrum, warming a gentle slope
    of the upper tones. Silence at the end keeps the circle of the transform from closing on the first word.
    """
    padded = np.pad(spoken.samples, (0, spoken.rate // 5))
    count = round(len(padded) * RATE / spoken.rate)
    spectrum = np.fft.rfft(padded)
    frequencies = np.fft.rfftfreq(len(padded), 1 / spoken.rate)
    corner = {"Host": 3200, "Guide": 2800}[speaker]
    slope = (1 + (frequencies / corner) ** 2) ** -0.25  # 3 dB an octave above the corner
    rumble = frequencies**2 / (frequencies**2 + 60**2)
    wide = np.zeros(count // 2 + 1, dtype=complex)
    wide[: len(spectrum)] = spectrum * slope * rumble
    return np.asarray(np.fft.irfft(wide, count) * (count / len(padded)))


def _level(turns: Sequence[Turn], voices: Sequence[Samples], speaker: str) -> float:
    together = np.concatenate([v for turn, v in zip(turns, voices, strict=True) if turn.speaker == speaker])
    loud = together[np.abs(together) > 0.02 * np.abs(together).max()]
    return float(np.sqrt(np.mean(loud**2)))


def _mix(placed: Sequence[tuple[int, Samples]]) -> Samples:
    per_ms = RATE // 1000
    out = np.zeros(max(at * per_ms + len(samples) for at, samples in placed))
    for at, samples in placed:
        out[at * per_ms : at * per_ms + len(samples)] += samples
    loud = np.abs(out) > 0.6  # round the few peaks off instead of clipping them
    out[loud] = np.sign(out[loud]) * (0.6 + 0.3 * np.tanh((np.abs(out[loud]) - 0.6) / 0.3))
    return out


def _length_ms(samples: Samples) -> int:
    return len(samples) * 1000 // RATE


def main() -> None:
    """Write the four files beside this one, each whole or not at all."""
    episode = build(read_script(FOLDER / "script.txt"))
    picture = cover.draw()
    chapters = [{"startTime": start / 1000, "title": title} for start, title in episode.chapters]
    # Podcasting 2.0, JSON chapters format 1.2.0.
    document = json.dumps({"version": "1.2.0", "chapters": chapters}, indent=2, ensure_ascii=False) + "\n"
    _write(FOLDER / "cover.png", picture)
    _write(FOLDER / f"{NAME}.vtt", to_webvtt(episode.words, NOTE).encode())
    _write(FOLDER / f"{NAME}.chapters.json", document.encode())
    write_opus(FOLDER / f"{NAME}.opus", episode.samples, TAGS, episode.chapters, picture)
    seconds = len(episode.samples) / RATE
    print(f"{len(episode.words)} words, {len(episode.chapters)} chapters, {seconds:.1f} s")


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(data)
    os.replace(temporary, path)


if __name__ == "__main__":
    main()
