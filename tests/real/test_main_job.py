"""The main job on real input: open, play and follow, find a phrase that crosses a cue border, jump, clip, read back."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from index import formats
from index.captions import rebreak
from index.clip import clip_of, cut
from index.find import Finder
from index.library import Library
from index.pairing import find_sound, find_transcripts
from index.transcript import Timing, Transcript, WordRange
from player import cli
from player.app import App
from player.audio.choose import Choice
from player.audio.engine import SilentEngine
from player.audio.media import probe
from player.audio.playback import Playback
from player.settings import Settings
from tests.index.making import timed
from tests.standins import NoPeaks, Stopwatch

pytestmark = pytest.mark.real

SPOKEN_S = 180
CROSSING = "amazed by what AI can do and so the conversation"  # From one line of the episode into the next.


@pytest.fixture(scope="module")
def episode(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The first minutes of the episode's sound, and its whole transcript, beside each other."""
    seed = shared_data / "seeds" / "gradient-dissent-catanzaro-whisper.txt"
    if not seed.exists():
        pytest.skip("needs the seed transcript, which is not here")
    folder = tmp_path_factory.mktemp("episode")
    words = folder / "catanzaro.txt"
    shutil.copyfile(seed, words)
    sound = folder / "catanzaro.wav"
    speaker = shared_data.parent / "tools" / "speak_transcript.py"
    if shutil.which("espeak-ng") and speaker.exists():
        command = [sys.executable, str(speaker), str(words), str(sound), "--until", str(SPOKEN_S)]
        subprocess.run(command, check=True, capture_output=True)
    else:  # Nothing here can speak: the silent engine plays what has no sound anyway.
        import wave

        with wave.open(str(sound), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(bytes(2 * 8000 * SPOKEN_S))
    return sound, words


@pytest.fixture(scope="module")
def transcript(episode: tuple[Path, Path]) -> Transcript:
    return formats.read(episode[1]).transcript


def follow(transcript: Transcript, sound: Path, from_ms: int, to_ms: int, rate: float = 1.0) -> list[int]:
    """The words that become current while a stretch is played against the silent engine, in order."""
    stopwatch = Stopwatch()
    engine = SilentEngine(duration_ms=to_ms, monotonic=stopwatch)
    engine.load(sound, from_ms)
    engine.set_rate(rate)
    engine.play()
    words: list[int] = []
    while engine.position_ms < to_ms:
        word = transcript.word_at(engine.position_ms)
        if word is not None and (not words or words[-1] != word):
            words.append(word)
        stopwatch.now_s += 0.016
        engine.poll()
    engine.close()
    return words


def check_clip(transcript: Transcript, words: WordRange, folder: Path) -> None:
    """Cut the words out, write them in every format, and read them back."""
    clip = clip_of(transcript, words, pad_ms=150)
    part = rebreak(cut(transcript, clip))
    said = transcript.text_of(words).split()
    for suffix in (".vtt", ".srt"):
        path = folder / f"clip{suffix}"
        formats.write(part, path)
        read = formats.read(path).transcript
        assert read.text.split() == said
        assert [(cue.start_ms, cue.end_ms) for cue in read.cues()] == [(c.start_ms, c.end_ms) for c in part.cues()]
        assert read.starts[0] == transcript.starts[words.first] - clip.start_ms
        assert abs(read.end_ms - (transcript.span_ms(words)[1] - clip.start_ms)) <= 1000
    timed = folder / "timed.vtt"
    formats.write(part, timed, formats.WriteOptions(word_times=True))
    again = formats.read(timed).transcript
    assert (again.text.split(), again.timing) == (said, transcript.timing)
    assert [again.starts[cue.words.first] for cue in again.cues()] == [
        part.starts[cue.words.first] for cue in part.cues()
    ]
    prose = folder / "clip.txt"
    formats.write(part, prose)
    assert [word for word in prose.read_text("utf-8").split() if not word.endswith(":")] == [
        word for word in said if not word.endswith(":")
    ]


# The episode of 75 minutes


def test_the_whole_episode_is_read(transcript: Transcript) -> None:
    assert transcript.cue_count == 925
    assert len(transcript) == 10_226
    assert transcript.end_ms == (76 * 60 + 22) * 1000 + transcript.end_ms % 1000
    assert transcript.timing == "estimated"
    assert all(before <= after for before, after in pairwise(transcript.starts))


def test_the_words_follow_the_sound(transcript: Transcript, episode: tuple[Path, Path]) -> None:
    duration_ms = probe(episode[0]).duration_ms
    assert abs(duration_ms - SPOKEN_S * 1000) < 10_000
    words = follow(transcript, episode[0], 0, SPOKEN_S * 1000, rate=1.5)
    assert words == sorted(words)
    due = [word for word in transcript.all_words if transcript.starts[word] < SPOKEN_S * 1000 - 50]
    assert len(set(due) - set(words)) <= 0.02 * len(due)  # Only a word shorter than a tick is passed over.


def test_every_cue_border_can_be_crossed(transcript: Transcript) -> None:
    finder = Finder(transcript)
    for border in list(transcript.cue_firsts)[1::23]:
        run = WordRange(border - 2, border + 2)
        if not any(map(str.isalnum, transcript.text_of(run))):
            continue
        phrase = transcript.text_of(run)
        assert any(hit.first < border < hit.end for hit in finder.find(phrase)), phrase


def test_find_jump_clip_and_read_back(transcript: Transcript, episode: tuple[Path, Path], tmp_path: Path) -> None:
    hits = Finder(transcript).find(CROSSING)
    assert hits
    hit = hits[0]
    assert transcript.cue_of(hit.first) < transcript.cue_of(hit.end - 1)

    engine = SilentEngine(duration_ms=SPOKEN_S * 1000, monotonic=Stopwatch())
    engine.load(episode[0])
    engine.seek(transcript.starts[hit.first])
    assert transcript.word_at(engine.position_ms) == hit.first
    assert follow(transcript, episode[0], transcript.starts[hit.first], transcript.ends[hit.end - 1])[0] == hit.first

    check_clip(transcript, hit, tmp_path)


def test_long_clips_of_every_part(transcript: Transcript, tmp_path: Path) -> None:
    for first in range(0, len(transcript) - 400, 2500):
        check_clip(transcript, WordRange(first, first + 400), tmp_path)


def test_the_same_from_the_command_line(
    transcript: Transcript, episode: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: object) -> str:
        assert cli.main([str(argument) for argument in arguments]) == 0
        return capsys.readouterr().out

    facts = json.loads(run("info", episode[1], "--json"))
    assert (facts["format"], facts["cues"], facts["words"]) == ("Whisper text", 925, len(transcript))
    hits = json.loads(run("find", episode[1], CROSSING, "--json"))
    assert hits[0]["start_ms"] == transcript.starts[Finder(transcript).find(CROSSING)[0].first]
    out = tmp_path / "clip.vtt"
    run("clip", episode[1], "--phrase", CROSSING, "--pad", "150", "-o", out)
    assert formats.read(out).transcript.text.replace("\n", " ") == hits[0]["match"]
    run("convert", episode[1], tmp_path / "whole.vtt")
    assert formats.read(tmp_path / "whole.vtt").transcript.text == transcript.text


# Human speech


def test_a_poem_read_aloud(shared_data: Path, tmp_path: Path) -> None:
    sound = shared_data / "speech" / "sonnet1" / "sonnet1.mp3"
    if not sound.exists():
        pytest.skip("needs the poem, which is not here")
    words = sound.with_suffix(".srt")
    assert find_transcripts(sound)[0] == words
    assert find_sound(words) == sound
    media = probe(sound)
    transcript = formats.read(words).transcript
    assert 0 <= media.duration_ms - transcript.end_ms < 5000

    followed = follow(transcript, sound, 0, media.duration_ms)
    assert len(followed) > 0.98 * len(transcript)

    hit = Finder(transcript).find("desire increase that thereby beautys rose")[0]
    assert transcript.cue_of(hit.first) < transcript.cue_of(hit.end - 1)
    check_clip(transcript, hit, tmp_path)


def test_speech_whose_every_word_is_timed(shared_data: Path, tmp_path: Path) -> None:
    sounds = sorted((shared_data / "speech" / "librivox").glob("*.wav"))
    if not sounds:
        pytest.skip("needs the speech, which is not here")
    for sound in sounds:
        aligned = json.loads(sound.with_suffix(".json").read_text("utf-8"))["w"]
        transcript = timed(
            *(
                (word["t"].split("(")[0], round(word["b"] * 1000), round((word["b"] + word["d"]) * 1000))
                for word in aligned
                if not word["t"].startswith("<")
            )
        )
        assert transcript.timing == "exact"
        duration_ms = probe(sound).duration_ms
        assert transcript.end_ms <= duration_ms + 20
        followed = follow(transcript, sound, 0, duration_ms)
        assert set(followed) == set(transcript.all_words)

        middle = len(transcript) // 2
        run = WordRange(middle - 2, middle + 2)
        assert run in Finder(transcript).find(transcript.text_of(run))
        path = tmp_path / "clip.vtt"
        clip = clip_of(transcript, run, pad_ms=100, sound_end_ms=duration_ms)
        formats.write(cut(transcript, clip), path, formats.WriteOptions(word_times=True))
        read = formats.read(path).transcript
        assert [(word.text, word.start_ms + clip.start_ms, word.end_ms + clip.start_ms, word.timing) for word in
                map(read.word, read.all_words)] == [
            (word.text, word.start_ms, word.end_ms, Timing.EXACT) for word in map(transcript.word, run)
        ]  # fmt: skip


# In the window


class Listener:
    """Somebody before the window, on a clock of their own."""

    def __init__(self, app: App, stopwatch: Stopwatch, qtbot: QtBot) -> None:
        self.app, self._stopwatch, self._qtbot = app, stopwatch, qtbot

    def wait(self, come_true: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(come_true, timeout=30_000)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.app.window, key, modifier)
        QApplication.processEvents()

    def hear(self, ms: int) -> None:
        """Let so much time pass."""
        for _ in range(ms // 20):
            self._stopwatch.now_s += 0.02
            self.app.playback.refresh()
            QApplication.processEvents()


@pytest.fixture
def listener(qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    stopwatch = Stopwatch()
    monkeypatch.setattr("player.waveform.PeaksJob", NoPeaks)
    monkeypatch.setattr("player.parts.Playback", partial(Playback, monotonic=stopwatch))
    engine = SilentEngine(monotonic=stopwatch)
    app = App(
        qapp, Settings(), choice=Choice(engine, engine.name, ""), library=Library(":memory:"), save=lambda _: None
    )
    app.window.resize(1280, 800)
    app.window.show()
    app.window.activateWindow()
    qtbot.waitActive(app.window)
    yield Listener(app, stopwatch, qtbot)
    app.window.close()
    app.window.deleteLater()
    app.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_main_job_in_the_window(
    listener: Listener,
    episode: tuple[Path, Path],
    transcript: Transcript,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, control = listener.app, Qt.KeyboardModifier.ControlModifier
    app.window.paths_dropped.emit([episode[0]])  # Its transcript is found by its name.
    listener.wait(lambda: bool(app.session.episode and app.session.episode.media))
    assert app.session.transcript is not None
    assert app.session.transcript.cue_count == 925

    listener.press(Qt.Key.Key_Space)
    listener.wait(lambda: app.playback.is_playing)
    for _ in range(10):
        listener.hear(2000)
        assert app.session.word == transcript.word_at(app.playback.position_ms)
    assert app.playback.position_ms > 15_000

    listener.press(Qt.Key.Key_F, control)
    QTest.keyClicks(QApplication.focusWidget(), CROSSING)
    hits = Finder(transcript).find(CROSSING)
    listener.wait(lambda: list(app.finding.hits) == hits)
    for _ in hits:  # The next one is beyond the minutes that are spoken; the first one comes round again.
        listener.press(Qt.Key.Key_Return)
    assert app.finding.current == 0
    hit = app.finding.hits[0]
    listener.press(Qt.Key.Key_Return, control)  # Play from there.
    lead_in = app.settings.hit_lead_in_ms
    assert abs(app.playback.position_ms - (transcript.starts[hit.first] - lead_in)) <= 20
    listener.press(Qt.Key.Key_Escape)

    while app.session.word != hit.first:
        listener.hear(20)
    listener.press(Qt.Key.Key_I)
    while app.session.word != hit.end - 1:
        listener.hear(20)
    listener.press(Qt.Key.Key_O)
    assert app.keeping.range == hit
    listener.press(Qt.Key.Key_C)
    (clip,) = app.keeping.clips
    assert (clip.first_word, clip.end_word) == (hit.first, hit.end)

    out = tmp_path / "kept.vtt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(20, agree)
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Return)

    QTimer.singleShot(0, agree)
    listener.press(Qt.Key.Key_E, control)
    listener.wait(out.exists)
    read = formats.read(out).transcript
    assert read.text.replace("\n", " ") == transcript.text_of(hit).replace("\n", " ")
    assert read.starts[0] == app.settings.clip_pad_ms
