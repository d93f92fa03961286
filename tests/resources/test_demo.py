"""The demo episode is whole, and its times are true: they are what the sync tests measure against."""

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from resources import path
from resources.demo.cues import TimedWord, to_webvtt
from resources.demo.make_demo import read_script
from resources.demo.speech import SpeechError, Synthesiser, Voice, align

SOUND = path("demo", "earmark-demo.opus")
CAPTIONS = path("demo", "earmark-demo.vtt")
CHAPTERS = path("demo", "earmark-demo.chapters.json")
COVER = path("demo", "cover.png")
SCRIPT = path("demo", "script.txt")

# A voice comes out of silence where a window of 1 ms holds more than 1.5 % of its peak: what Opus lets sound
# before an attack (up to 1.2 %) and the rest of a pause lie below, and the softest first
# sounds (h, th) reach that at once. Measured: -2 to +3 ms. Opus may spread an
# attack over part of a 20 ms frame, so another build of the codec may differ by half a frame, and a time that
# is wrong by a sound (60 ms and more) still fails.
TOLERANCE_MS = 12
AUDIBLE = 0.015


@dataclass(frozen=True)
class Cue:
    start_ms: int
    end_ms: int
    speaker: str
    lines: tuple[str, ...]
    words: tuple[tuple[int, str], ...]


def to_ms(text: str) -> int:
    hours, minutes, seconds = text.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)


@pytest.fixture(scope="module")
def cues() -> list[Cue]:
    found = []
    for block in CAPTIONS.read_text(encoding="utf-8").split("\n\n"):
        match = re.fullmatch(r"\d+\n(\S+) --> (\S+)\n<v (\w+)>(.+)", block.strip(), re.DOTALL)
        if match is None:
            assert block.startswith(("WEBVTT", "NOTE\n"))
            continue
        start_ms, text = to_ms(match[1]), match[4]
        words = [
            (to_ms(tag) if tag else start_ms, word) for tag, word in re.findall(r"(?:<([\d:.]+)>)?([^\s<]+)", text)
        ]
        lines = tuple(re.sub(r"<[\d:.]+>", "", text).split("\n"))
        found.append(Cue(start_ms, to_ms(match[2]), match[3], lines, tuple(words)))
    return found


@pytest.fixture(scope="module")
def loudness() -> np.ndarray:
    """The root mean square of each millisecond of the sound, on the container's own clock."""
    with av.open(str(SOUND)) as container:
        stream = container.streams.audio[0]
        assert (stream.codec_context.sample_rate, stream.codec_context.channels) == (48_000, 1)
        frames = list(container.decode(stream))
    # Opus begins with samples to skip; the decoder has dropped them when the first frame's time is the start.
    assert frames[0].time == float((stream.start_time or 0) * (stream.time_base or 0)) == 0
    samples = np.concatenate([frame.to_ndarray()[0] for frame in frames])
    windows = samples[: len(samples) // 48 * 48].reshape(-1, 48)
    return np.asarray(np.sqrt((windows**2).mean(axis=1)))


def test_the_files_are_there_and_small() -> None:
    files = [SOUND, CAPTIONS, CHAPTERS, COVER, SCRIPT]
    assert all(file.is_file() for file in files)
    assert sum(file.stat().st_size for file in path("demo").iterdir() if file.is_file()) < 2_000_000


def test_the_captions_say_what_the_script_says(cues: list[Cue]) -> None:
    turns = read_script(SCRIPT)
    assert [word for cue in cues for _, word in cue.words] == [word for turn in turns for word in turn.words]
    speakers = [cue.speaker for cue in cues]
    assert set(speakers) == {"Host", "Guide"}
    changes = [speakers[0]] + [b for a, b in pairwise(speakers) if a != b]
    assert changes == [turn.speaker for turn in turns]


def test_every_word_has_its_own_later_time(cues: list[Cue], loudness: np.ndarray) -> None:
    times = [start for cue in cues for start, _ in cue.words]
    assert min(b - a for a, b in pairwise(times)) >= 25
    assert times[0] > 0
    assert cues[-1].end_ms < len(loudness)
    assert all(cue.words[0][0] == cue.start_ms and cue.words[-1][0] < cue.end_ms for cue in cues)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(cues))


def test_cues_are_easy_to_read(cues: list[Cue]) -> None:
    assert all(len(cue.lines) <= 2 and max(map(len, cue.lines)) <= 42 for cue in cues)


def test_voices_come_out_of_silence_when_the_captions_say_so(cues: list[Cue], loudness: np.ndarray) -> None:
    late = {}
    checked = set()
    for before, cue in pairwise(cues):
        if cue.start_ms - before.end_ms < 200:
            continue
        peak = loudness[cue.start_ms : cue.start_ms + 300].max()
        near = loudness[cue.start_ms - 50 : cue.start_ms + 100] > AUDIBLE * peak
        assert near.any()
        late[cue.words[0]] = int(np.argmax(near)) - 50
        checked.add(cue.speaker)
    assert len(late) >= 34
    assert checked == {"Host", "Guide"}
    assert {word: ms for word, ms in late.items() if abs(ms) > TOLERANCE_MS} == {}


def test_the_first_word_follows_the_music(cues: list[Cue], loudness: np.ndarray) -> None:
    start = cues[0].start_ms
    assert loudness[500:2000].max() > 0.02
    assert loudness[start - 20 : start - 2].max() < loudness[start + 10 : start + 300].max() / 30


def test_the_episode_shows_what_search_can_do(cues: list[Cue]) -> None:
    text = " ".join(word for cue in cues for _, word in cue.words)
    plain = re.sub(r"[….,:;!?“”]", "", text).lower()
    assert plain.count("a moment worth keeping") == 4
    assert "with one voice and end with another" in plain
    assert all(word in text for word in ("well-worn", "café", "Café", "You’re"))
    joined = [(a.speaker, b.speaker) for a, b in pairwise(cues) if a.words[-1][1] == "moment…"]
    assert joined == [("Host", "Guide")]


def test_chapters_are_in_order_and_the_same_in_both_places(cues: list[Cue], loudness: np.ndarray) -> None:
    document = json.loads(CHAPTERS.read_text(encoding="utf-8"))
    assert document["version"] == "1.2.0"
    listed = [(round(c["startTime"] * 1000), c["title"]) for c in document["chapters"]]
    assert listed[0][0] == 0
    assert len(listed) == 4
    assert all(a[0] < b[0] for a, b in pairwise(listed))
    assert listed[-1][0] < len(loudness)
    assert not [c for c in cues for start, _ in listed if c.start_ms <= start < c.end_ms]
    with av.open(str(SOUND)) as container:
        assert [(c["start"], c["metadata"]["title"]) for c in container.chapters()] == listed


def test_the_sound_carries_tags_and_the_cover() -> None:
    with av.open(str(SOUND)) as container:
        tags = container.streams.audio[0].metadata
        pictures = [packet for packet in container.demux(video=0) if packet.size]
    assert {"title", "artist", "album", "date"} <= {key.lower() for key in tags}
    assert [bytes(packet) for packet in pictures] == [COVER.read_bytes()]
    assert int.from_bytes(COVER.read_bytes()[16:20], "big") == int.from_bytes(COVER.read_bytes()[20:24], "big")


def test_words_find_their_first_sounds() -> None:
    heard = "s t eI z a z I t w V z".split()
    alone = ["s t eI z".split(), "a z".split(), "I t".split(), "w 0 z".split()]
    assert align(heard, alone) == [0, 4, 6, 8]
    # An n that runs over into a vowel stays with its word, and an r that links two goes to the first.
    assert align("r V n V v".split(), ["r V n".split(), "V v".split()]) == [0, 3]
    assert align("f O@ r a#".split(), ["f O@".split(), ["eI"]]) == [0, 3]
    assert align(["a"], [["a"], ["t"]]) == [0, None]


def test_espeak_gives_every_word_a_time_even_where_it_merges_two() -> None:
    try:
        synthesiser = Synthesiser()
    except SpeechError as error:
        pytest.skip(str(error))
    words = "It was “in” the café, half-heard: one of a kind…".split()
    spoken = synthesiser.say(Voice("en-us+m3", 160), words)
    assert len(spoken.starts_ms) == len(words)
    assert spoken.starts_ms[0] == 0
    assert all(a < b for a, b in pairwise(spoken.starts_ms))
    assert all(a < b for a, b in zip(spoken.starts_ms, spoken.ends_ms, strict=True))
    with pytest.raises(SpeechError, match="no voice"):
        synthesiser.say(Voice("xx-nowhere", 160), words)


def test_webvtt_escapes_its_own_marks() -> None:
    words = [TimedWord("<b>", "Host", 0, 0, 400), TimedWord("R&B.", "Host", 0, 500, 3_601_007)]
    assert to_webvtt(words, "Note.") == (
        "WEBVTT\n\nNOTE\nNote.\n\n1\n00:00:00.000 --> 01:00:01.007\n<v Host>&lt;b&gt; <00:00:00.500>R&amp;B.\n"
    )


def test_a_script_line_that_says_nothing_known_is_named(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("# One\n\nHost: Hello there.\n(a beat)\nGuide: Yes.\n", encoding="utf-8")
    first, second = read_script(script)
    assert (first.chapter, first.words, second.beat) == ("One", ("Hello", "there."), True)
    script.write_text("Host: Hello.\nNobody: Hello?\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"script\.txt, line 2"):
        read_script(script)
