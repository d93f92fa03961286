"""Speech whose every word's time is known: spoken by Festival, an engine that tells when it says what."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import tempfile
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 16_000
VOICES = ("voice_cmu_us_slt_arctic_hts", "voice_kal_diphone")
_FILLERS = (["um"], ["uh"], ["like"], ["you", "know"], ["I", "mean"], ["sort", "of"])
PAUSES_MS = (150, 250, 400, 700, 1500)
_SCRIPT = """\
(define (tell utt number)
  (let ((place 0) (token (utt.relation.first utt 'Token)))
    (while token
      (let ((words (item.daughters token)))
        (if words
          (format t "W %d %d %f %f\\n" number place
            (item.feat (car words) 'word_start) (item.feat (car (last words)) 'word_end))))
      (set! place (+ 1 place))
      (set! token (item.next token)))))
(define (say text number)
  (let ((utt (SynthText text)))
    (utt.wave.resample utt 16000)
    (utt.save.wave utt (format nil "%s/%d.wav" FOLDER number) 'riff)
    (tell utt number)))
(define (SynthText text) (let ((utt (eval (list 'Utterance 'Text text)))) (utt.synth utt) utt))
"""


@dataclass(frozen=True)
class Speech:
    """Sound, the words of its text, and when each is said in ms; words that the text lacks are in the sound only."""

    samples: npt.NDArray[np.int16]
    turns: tuple[tuple[str, ...], ...]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    @property
    def words(self) -> list[str]:
        """All words of the text."""
        return [word for turn in self.turns for word in turn]


def why_not() -> str:
    """Why nothing can be spoken here; "" where it can."""
    if not shutil.which("festival"):
        return "needs festival (Debian: festival festvox-us-slt-hts festvox-kallpc16k)"
    listed = subprocess.run(["festival", "--pipe"], input="(print (voice.list))", capture_output=True, text=True)
    missing = [voice for voice in VOICES if voice.removeprefix("voice_") not in listed.stdout]
    return f"needs the Festival voices {', '.join(missing)}" if missing else ""


def speak(turns: Sequence[Sequence[str]], *, disfluent: bool = False, seed: int = 1) -> Speech:
    """The turns in two voices, sentence by sentence, with pauses; `disfluent` puts in words that the text lacks."""
    draw = random.Random(seed)
    sentences = [(turn, sentence) for turn, words in enumerate(turns) for sentence in sentences_of(words)]
    said = [
        with_fillers(sentence, draw) if disfluent else [(word, True) for word in sentence] for _, sentence in sentences
    ]
    with tempfile.TemporaryDirectory() as folder:
        told = _festival(
            [" ".join(word for word, _ in each) for each in said], [turn % 2 for turn, _ in sentences], folder
        )
        pieces: list[npt.NDArray[np.int16]] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for number, each in enumerate(said):
            samples = read_wave(Path(folder) / f"{number}.wav")
            for place, (_, ours) in enumerate(each):
                if ours:
                    begun, over = told.get((number, place), (-1.0, -1.0))
                    starts.append(round(at / RATE * 1000 + 1000 * begun) if begun >= 0 else -1)
                    ends.append(round(at / RATE * 1000 + 1000 * over) if begun >= 0 else -1)
            silence = np.zeros(RATE * draw.choice(PAUSES_MS) // 1000, np.int16)
            pieces += [samples, silence]
            at += len(samples) + len(silence)
    return Speech(np.concatenate(pieces), tuple(map(tuple, turns)), np.array(starts), np.array(ends))


def speakable(text: str) -> list[str]:
    """The words of a text, without what an engine would read out in a way of its own."""
    text = text.replace("’", "'").replace("…", ".")
    return [word for word in re.sub(r"[^A-Za-z0-9',.?! -]+", " ", text).split() if re.search(r"[A-Za-z0-9]", word)]


def with_noise(samples: npt.NDArray[np.int16], kind: str, seed: int = 2) -> npt.NDArray[np.int16]:
    """The sound with pink noise or a bed of chords, 15 dB below the speech."""
    count = len(samples)
    if kind == "pink":
        spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
        bed = np.fft.irfft(spectrum / np.sqrt(np.maximum(1, np.arange(len(spectrum)))), count)
    else:
        time = np.arange(count) / RATE
        bed = np.zeros(count)
        chords = ((220.0, 277.2, 329.6), (196.0, 246.9, 293.7), (174.6, 220.0, 261.6), (164.8, 207.7, 246.9))
        for beat in range(int(time[-1] * 2) + 1):
            part = slice(beat * RATE // 2, min(count, (beat + 1) * RATE // 2))
            fall = np.exp(-2.5 * (time[part] - beat / 2))
            for pitch in chords[beat // 4 % 4]:
                for harmonic in (1, 2, 3, 4):
                    bed[part] += fall * np.sin(2 * np.pi * pitch * harmonic * time[part]) / harmonic
    speech = samples.astype(np.float64)
    loud = np.sqrt((speech[np.abs(speech) > 300] ** 2).mean())
    bed *= loud / 10 ** (15 / 20) / np.sqrt((bed**2).mean())
    return np.clip(speech + bed, -32768, 32767).astype(np.int16)


def save(samples: npt.NDArray[np.int16], path: Path) -> Path:
    """The samples as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path


def sentences_of(words: Sequence[str], most: int = 30) -> list[list[str]]:
    """The words in sentences, none longer than `most`."""
    found: list[list[str]] = [[]]
    for word in words:
        found[-1].append(word)
        if word[-1] in ".?!" or len(found[-1]) >= most:
            found.append([])
    return [sentence for sentence in found if sentence]


def with_fillers(sentence: list[str], draw: random.Random) -> list[tuple[str, bool]]:
    """The words and some that people say without meaning it, and whether each is of the text."""
    said: list[tuple[str, bool]] = []
    for word in sentence:
        if draw.random() < 0.05:
            said += [(filler, False) for filler in draw.choice(_FILLERS)]
        said.append((word, True))
        if draw.random() < 0.02 and word.isalpha():
            said[-1:-1] = [(word, False)]
    return said


def _festival(texts: list[str], voices: list[int], folder: str) -> dict[tuple[int, int], tuple[float, float]]:
    """Speak each text into `number.wav`; when each of its tokens begins and ends, in seconds."""
    lines = [f'(set! FOLDER "{folder}")', _SCRIPT]
    voice = None
    for number, (text, wanted) in enumerate(zip(texts, voices, strict=True)):
        if wanted != voice:
            lines.append(f"({VOICES[wanted]})")
            voice = wanted
        lines.append(f'(say "{text}" {number})')
    run = subprocess.run(["festival", "--pipe"], input="\n".join(lines), capture_output=True, text=True, check=True)
    told = re.findall(r"^W (\d+) (\d+) ([\d.]+) ([\d.]+)$", run.stdout, re.MULTILINE)
    return {(int(number), int(place)): (float(begun), float(over)) for number, place, begun, over in told}


def read_wave(path: Path) -> npt.NDArray[np.int16]:
    """The samples of a WAV file of one channel."""
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)
