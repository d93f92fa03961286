"""Alignment on real input: a talk's clean text and what a recogniser heard of it, and people reading aloud."""

import csv
import json
import re
import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from index import formats
from index.align.listen import align_text
from index.align.merge import merge
from index.align.outcome import WrongTextError
from index.align.recogniser import is_available
from index.align.sound import SamplesSound
from index.align.words import align_words
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def talk(shared_data: Path) -> tuple[Transcript, Transcript]:
    """The clean text with its speakers, and the machine's."""
    table = shared_data / "seeds" / "gradient-dissent-episodes.csv.txt"
    machine = shared_data / "seeds" / "gradient-dissent-catanzaro-whisper.txt"
    if not table.exists() or not machine.exists():
        pytest.skip("needs the two seed transcripts, which are not here")
    csv.field_size_limit(1 << 30)
    text = table.read_text("utf-8")
    said = next(csv.DictReader(text[text.index("Unnamed: 0,") :].splitlines(keepends=True)))["transcript"]
    said = re.sub(r"(?:(?<=[.!?…\"”)—-] )|^)(Sarah|Lukas): ", r"\n\n\1: ", said.replace("β€”", "—"))
    return formats.read_bytes(said.strip().encode(), "clean").transcript, formats.read(machine).transcript


def test_the_clean_text_takes_the_times_of_the_machine_s(talk: tuple[Transcript, Transcript]) -> None:
    clean, machine = talk
    merged = merge(clean, machine)
    result = merged.transcript
    assert merged.found >= 0.985
    assert (result.text, result.speakers) == (clean.text, clean.speakers)
    assert all(a <= b for a, b in pairwise(result.starts))
    heard = [word for word in result.all_words if result.timings[word] != Timing.UNHEARD]
    assert len(heard) > 0.99 * len(result)
    assert all(result.ends[word] > result.starts[word] for word in heard)
    assert max(result.ends) <= machine.end_ms


def test_another_talk_is_refused(talk: tuple[Transcript, Transcript], shared_data: Path) -> None:
    other = shared_data / "seeds" / "securities-untimed-speakers.txt"
    with pytest.raises(WrongTextError):
        merge(formats.read(other).transcript, talk[1])


def read_aloud(shared_data: Path) -> list[tuple[SamplesSound, list[str], list[int]]]:
    """Sound, words, and when each begins by another aligner, in ms."""
    if not is_available():
        pytest.skip("needs the recogniser")
    found = []
    for path in sorted((shared_data / "speech" / "librivox").glob("*.wav"))[:2]:
        with wave.open(str(path)) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        words = path.with_suffix(".txt").read_text("utf-8").split()
        told = json.loads(path.with_suffix(".json").read_text("utf-8"))["w"]
        starts = [round(each["b"] * 1000) for each in told if each["t"][0] not in "<["]
        if len(starts) == len(words):
            found.append((SamplesSound(samples), words, starts))
    if not found:
        pytest.skip("needs the clips of read speech, which are not here")
    return found


def transcript(words: list[str], length_ms: int) -> Transcript:
    builder = TranscriptBuilder()
    builder.add_cue(0, length_ms)
    builder.add_text(" ".join(words))
    if not length_ms:
        builder.forget_times()
    return builder.build()


def test_words_are_found_in_what_people_read(shared_data: Path) -> None:
    for sound, words, starts in read_aloud(shared_data):
        timed = align_words(transcript(words, sound.duration_ms), sound, lambda *_: None, lambda: False)
        untimed = align_text(transcript(words, 0), sound, lambda *_: None, lambda: False)
        assert untimed is not None
        for result in (timed, untimed.transcript):
            assert set(result.timings) == {Timing.ALIGNED}
            assert np.abs(np.array(result.starts) - starts).max() <= 200


def test_what_people_read_is_not_some_other_text(shared_data: Path) -> None:
    sound, _, _ = read_aloud(shared_data)[0]
    other = (
        "every grammar of quiet mountains forgets seven purple engines before breakfast on alternate wednesdays".split()
    )
    with pytest.raises(WrongTextError):
        align_text(transcript(other, 0), sound, lambda *_: None, lambda: False)
