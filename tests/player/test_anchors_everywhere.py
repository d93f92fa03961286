"""Words set by ear hold wherever times are told: found, played, cut, written, in the window and in a terminal."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from talk import CUE_WORDS, LANTERN_CUES, word_ms, word_text
from user import User

from index import formats
from index.timecode import parse
from index.transcript import Transcript, WordRange
from player import cli
from player.models.library_hits import LibraryHitRow
from player.widgets.export_dialog import ExportDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

_AD_MS, _AD_AT = 20_000, 400  # So much is put in before that word.
LANTERNS = [cue * CUE_WORDS for cue in LANTERN_CUES]


def moved(word: int) -> int:
    """When a word is said in the sound with the advertisement."""
    return word_ms(word) + (_AD_MS if word >= _AD_AT else 0)


@pytest.fixture
def listener(librarian: User, tmp_path: Path) -> User:
    """Somebody who has set words by ear in the second episode, around an advertisement that was put in."""
    for word in (100, _AD_AT - 1, _AD_AT, 700):
        librarian.app.amending.set_anchor(word, moved(word))
        librarian.settle()
    return librarian


def take_back(user: User) -> None:
    """Undo what was set."""
    for _ in range(4):
        user.app.undoing.undo()
        user.settle()


def found(user: User, text: str) -> list[LibraryHitRow]:
    """The hits in the second episode, by their words."""
    user.press("Ctrl+Shift+F")
    user.window.find_field.clear()
    user.type_text(text)
    user.find_now()
    rows = [row for row in user.window.side.found.rows.values() if isinstance(row, LibraryHitRow)]
    return sorted((row for row in rows if row.title == "second"), key=lambda row: row.first_word)


def off_by(user: User, when: Callable[[int], int]) -> int:
    """How far the hits of a search are off, in ms, at most."""
    return max(abs((row.start_ms or 0) - when(row.first_word)) for row in found(user, "lantern title:second"))


def terminal(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What a command prints."""
    capsys.readouterr()
    assert cli.main([*map(str, arguments)]) == 0
    return capsys.readouterr().out


def write(user: User, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Transcript]:
    """Write the open episode as captions, and read them again."""
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, **kwargs: (str(folder / "second.vtt"), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args, **kwargs: str(folder))

    def go(dialog: ExportDialog) -> None:
        dialog.kinds.setCurrentRow(0)
        for suffix in (".vtt", ".srt", ".txt"):
            dialog.captions.formats[suffix].setChecked(True)
        for action in dialog.captions.others.actions():
            action.setChecked(action.data() == "Podcast JSON")
        dialog.captions.rebreak.setChecked(False)
        dialog.captions.words.setChecked(True)
        user.pump()
        dialog.save.click()

    user.in_dialog(lambda: user.press("Ctrl+E"), ExportDialog, go)
    while user.app.exporting.busy:
        user.settle()
    return {each.suffix: formats.read(each).transcript for each in folder.iterdir()}


def test_a_hit_in_the_library_is_played_where_it_is_heard(listener: User) -> None:
    assert off_by(listener, moved) <= 2
    late = found(listener, "lantern title:second")[-1]
    words = WordRange(late.first_word, late.end_word)
    listener.app.show_searching.go_to(late.episode, words, play=True)
    lead_in_ms = listener.app.settings.hit_lead_in_ms
    assert listener.position_ms == pytest.approx(moved(words.first) - lead_in_ms, abs=5)
    listener.advance(lead_in_ms + 100)
    assert listener.session.word == words.first
    take_back(listener)
    assert off_by(listener, word_ms) == 0


def test_all_hits_are_played_and_kept_where_they_are_heard(listener: User) -> None:
    found(listener, "lantern title:second")
    listener.press("Ctrl+Shift+P")
    listener.settle()
    for _ in LANTERNS[1:]:
        listener.press("Ctrl+Shift+J")
        listener.settle()
    moment = listener.app.playing_hits.moment
    assert moment is not None
    assert moved(moment.words.first) - 2000 <= listener.position_ms <= moved(moment.words.end)
    listener.press("Ctrl+Shift+Return")
    (clip,) = listener.keeping.clips
    assert clip.first_word == moment.words.first
    assert clip.start_ms == pytest.approx(moved(clip.first_word), abs=1000)
    listener.press("Ctrl+Shift+X")


def test_the_concordance_and_questions_tell_where_words_are_heard(listener: User) -> None:
    found(listener, "lantern title:second")
    listener.press("Ctrl+Shift+K")
    listener.settle()
    told = [line.start_ms for line in listener.window.concordance.lines.lines()]
    assert told == pytest.approx([moved(word) for word in LANTERNS], abs=2)
    listener.press("Esc")
    rows = found(listener, "Where does beyond hills lead?")
    assert rows
    for row in rows:
        assert row.start_ms == pytest.approx(moved(row.first_word), abs=2)


def test_the_episode_is_written_with_the_times_at_which_it_is_heard(
    listener: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = write(listener, tmp_path / "moved", monkeypatch)
    assert sorted(written) == [".json", ".srt", ".txt", ".vtt"]
    for word in (0, 96, 304, 480, 736):
        assert written[".vtt"].starts[word] == pytest.approx(moved(word), abs=5)
        for suffix in (".srt", ".json"):
            cue = written[suffix].cue_of(word)
            assert written[suffix].cue(cue).start_ms == pytest.approx(moved(word), abs=5), suffix
    take_back(listener)
    again = write(listener, tmp_path / "again", monkeypatch)
    assert [again[".vtt"].starts[word] for word in (0, 96, 304, 480, 736)] == [0, *map(word_ms, (96, 304, 480, 736))]


def test_a_clip_is_cut_where_it_is_heard(
    listener: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listener.view.select(WordRange(500, 510))
    listener.press("C")
    listener.settle()
    (clip,) = listener.keeping.clips
    assert clip.start_ms == pytest.approx(moved(500), abs=500)
    place = tmp_path / "data"
    told = terminal(capsys, "clips", "--json", "--library", place)
    assert json.loads(told)[0]["start_ms"] == clip.start_ms
    terminal(capsys, "export", "-o", tmp_path / "out", "--as", "vtt,srt,json,txt", "--library", place)
    for each in (tmp_path / "out").iterdir():
        assert " ".join(map(word_text, range(500, 510))) in " ".join(formats.read(each).transcript.text.split()), each
    listener.app.amending.take_back()
    listener.settle()
    (clip,) = listener.keeping.clips
    assert clip.start_ms == pytest.approx(word_ms(500), abs=500)


def test_a_terminal_tells_where_words_are_heard(
    listener: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "data"

    def told() -> tuple[list[int], list[int]]:
        hits = json.loads(terminal(capsys, "search", "lantern title:second", "--json", "--library", place))
        table = tmp_path / "lines.csv"
        terminal(capsys, "concordance", "lantern title:second", "--csv", table, "--library", place)
        with table.open(encoding="utf-8-sig", newline="") as file:
            lines = [parse(row["start"]) for row in csv.DictReader(file)]
        return sorted(hit["start_ms"] for hit in hits), sorted(lines)

    for starts in told():
        assert starts == pytest.approx([moved(word) for word in LANTERNS], abs=2)
    take_back(listener)
    for starts in told():
        assert starts == [word_ms(word) for word in LANTERNS]
