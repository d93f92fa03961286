"""Text from files is shown as text, wherever it comes up, and never fetches or runs anything."""

import os
import struct
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImageReader, QTextDocument
from PySide6.QtGui import Qt as QtOfGui
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from talk import write_sound
from user import User

from index.transcript import WordRange
from player.widgets.export_dialog import ExportDialog
from player.widgets.facts_dialog import FactsDialog
from player.widgets.keys_dialog import KeysDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

PICTURE = "<img src='file:///nowhere/spy.png'>"
might_be_rich_text = QtOfGui.mightBeRichText
MARKUP = ("<b>bold</b>", PICTURE, "<a href='http://example.org'>link</a>", "&amp;", "<h1>", "<script>alert(1)</script>")
OVERRIDE = "\u202e"


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked to be loaded while a test ran: it must stay empty."""
    asked: list[str] = []

    def spy(kind: type) -> None:
        before = kind.loadResource  # type: ignore[attr-defined]

        def load_resource(self: object, type: int, name: object) -> object:
            asked.append(str(name))
            return before(self, type, name)

        monkeypatch.setattr(kind, "loadResource", load_resource)

    spy(QTextDocument)
    spy(QTextEdit)
    return asked


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def write_hostile(folder: Path, name: str = "hostile") -> tuple[Path, Path]:
    """A sound and a transcript whose every text would like to be more than text."""
    cues = []
    for number, text in enumerate((*MARKUP, f"ab{OVERRIDE}cd", "nul\x00byte", "%s {} {0} \\n $HOME", "ﷺ🎧e\u0301")):
        speaker = escaped(MARKUP[number % 2]) if number < 6 else f"Eve{OVERRIDE}"
        cues.append(
            f"00:{number:02}.000 --> 00:{number:02}.900\n<v {speaker}>word{number} {escaped(text)} end{number}\n"
        )
    transcript = folder / f"{name}.vtt"
    transcript.write_text("WEBVTT\n\n" + "\n".join(cues), "utf-8")
    return write_sound(folder / f"{name}.wav", 20_000), transcript


def give_title(sound: Path, title: str, artist: str) -> None:
    """Write a title into a WAV file, as an INFO list behind its sound."""
    parts = b""
    for kind, text in ((b"INAM", title), (b"IART", artist)):
        data = text.encode("utf-8") + b"\0"
        parts += kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    chunk = b"LIST" + struct.pack("<I", len(parts) + 4) + b"INFO" + parts
    wav = sound.read_bytes()
    sound.write_bytes(b"RIFF" + struct.pack("<I", len(wav) - 8 + len(chunk)) + wav[8:] + chunk)


def suspicious(text: str) -> bool:
    """Whether a text comes from a hostile file."""
    return any(part in text for part in ("<", ">", "&", "\x00", OVERRIDE, "spy.png"))


def is_harmless(text: str) -> bool:
    return "\x00" not in text and OVERRIDE not in text


def examine(root: QWidget) -> list[str]:
    """Look at every text that is shown; gives those that came from the file."""
    found = []
    for widget in root.findChildren(QWidget):
        assert not might_be_rich_text(widget.toolTip()), widget.toolTip()
        assert is_harmless(widget.toolTip())
        assert is_harmless(widget.windowTitle())
        if isinstance(widget, QLabel) and suspicious(widget.text()):
            assert widget.textFormat() == Qt.TextFormat.PlainText, widget.text()
            assert is_harmless(widget.text()), repr(widget.text())
            found.append(widget.text())
        elif isinstance(widget, QAbstractButton):
            assert is_harmless(widget.text())
            assert not suspicious(widget.text().replace("&", "")), widget.text()
        elif isinstance(widget, (QTextEdit, QPlainTextEdit)):
            found += [line for line in widget.toPlainText().splitlines() if suspicious(line)]
        elif isinstance(widget, QLineEdit) and suspicious(widget.text()):
            found.append(widget.text())
    for action in root.actions():
        assert not suspicious(action.text().replace("&", ""))
        assert not might_be_rich_text(action.toolTip())
    return found


@pytest.fixture
def victim(user: User, tmp_path: Path, loaded: list[str]) -> User:
    """Somebody who has opened the hostile episode."""
    sound, transcript = write_hostile(tmp_path)
    give_title(sound, f"{PICTURE}<b>Title</b>{OVERRIDE}", "<i>Show</i>")
    user.open(sound, transcript)
    return user


# Words and speakers


def test_words_and_speakers_are_shown_as_they_are(victim: User, loaded: list[str]) -> None:
    text = victim.view.toPlainText()
    for markup in MARKUP:
        assert markup in text
    assert OVERRIDE not in text
    assert "\x00" not in text
    assert "nul\ufffdbyte" in text
    assert "%s {} {0} \\n $HOME" in text
    victim.view.viewport().grab()
    victim.wheel(3)
    assert loaded == []


def test_every_word_stands_where_it_should(victim: User) -> None:
    page, transcript = victim.view.page, victim.session.transcript
    assert page is not None
    assert transcript is not None
    for word in range(len(transcript)):
        cursor = victim.view.cursor_over(WordRange(word, word + 1))
        shown = cursor.selectedText()
        assert shown.replace("\u2060", OVERRIDE) == transcript.word_text(word).replace("\x00", "\ufffd")
        assert page.word_at(page.position_of(word)) == word


def test_hostile_words_can_be_clicked_selected_and_copied(victim: User, loaded: list[str]) -> None:
    transcript = victim.session.transcript
    assert transcript is not None
    for word in range(len(transcript)):
        victim.show_word(word)
        victim.click_word(word)
        assert victim.session.word == word
    victim.view.select(WordRange(0, len(transcript)))
    victim.press("Ctrl+C")
    assert not QGuiApplication.clipboard().mimeData().hasHtml()
    assert PICTURE in QGuiApplication.clipboard().text()
    victim.view.copy()
    assert not QGuiApplication.clipboard().mimeData().hasHtml()
    assert loaded == []


def test_nothing_in_the_window_is_markup(victim: User, loaded: list[str]) -> None:
    found = examine(victim.window)
    assert found
    assert loaded == []
    assert PICTURE in victim.window.windowTitle()
    assert OVERRIDE not in victim.window.windowTitle()


def test_what_is_pasted_or_dropped_into_the_page_stays_out(victim: User) -> None:
    before = victim.view.toPlainText()
    QGuiApplication.clipboard().setText("<h1>mine</h1>")
    victim.view.paste()
    victim.press("Ctrl+V", "Ctrl+X", "Delete")
    assert victim.view.toPlainText() == before


# Where they come up again


def test_results_are_text(victim: User, loaded: list[str]) -> None:
    for query in ("bold", "img", "word6", "word7", "script", "home"):
        victim.find(query)
        assert victim.finding.hits, query
        victim.press("Return")
        examine(victim.window)
        victim.window.side.hit_list.viewport().grab()
        row = victim.window.side.hits.index(0, 0)
        assert isinstance(row.data(Qt.ItemDataRole.DisplayRole), str)
        assert row.data(Qt.ItemDataRole.ToolTipRole) is None
    assert loaded == []


def test_a_hostile_query_is_text(victim: User, loaded: list[str]) -> None:
    for query in (PICTURE, "<b>", "%s%n{0}", OVERRIDE + "x", "\\", "(((", "a" * 600):
        victim.press("Ctrl+F", "Ctrl+A")
        victim.window.find_field.setText(query)
        victim.find_now()
        examine(victim.window)
    assert loaded == []


def test_clips_are_text(victim: User, loaded: list[str]) -> None:
    victim.view.select(WordRange(0, 6))
    victim.press("C")
    assert PICTURE.split()[0] in victim.keeping.clips[0].title or "<b>" in victim.keeping.clips[0].title
    found = examine(victim.window)
    assert any("Kept" in text for text in found)
    victim.app.clips.rename(victim.keeping.clips[0].id, f"{PICTURE}\x00{OVERRIDE}\nsecond line")
    victim.pump()
    title = victim.keeping.clips[0].title
    assert "\n" not in title
    assert "\x00" not in title
    victim.window.side.clips_panel.list.viewport().grab()
    victim.app.clips.remove([victim.keeping.clips[0].id])
    examine(victim.window)
    assert loaded == []


def test_the_bubble_is_text(victim: User, loaded: list[str]) -> None:
    for ms in range(0, 10_000, 500):
        victim.hover(victim.window.seek_bar, victim.timeline_point(ms))
        assert victim.window.seek_bar._bubble.isVisible()
        examine(victim.window)
    assert loaded == []


def test_the_list_of_episodes_is_text(victim: User, loaded: list[str]) -> None:
    row = victim.window.library.episodes()[0]
    assert PICTURE in row.title
    victim.window.library.list.viewport().grab()
    assert victim.window.library.rows.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) is None
    assert loaded == []


@pytest.mark.parametrize(
    ("name", "kind"), [("episode_info", FactsDialog), ("export", ExportDialog), ("keys", KeysDialog)]
)
def test_dialogs_are_text(victim: User, loaded: list[str], name: str, kind: type[QDialog]) -> None:
    def do(dialog: QDialog) -> None:
        found = examine(dialog)
        assert found or name == "keys"
        dialog.grab()

    victim.view.select(WordRange(0, 12))
    victim.in_dialog(victim.app.actions[name].trigger, kind, do)
    assert loaded == []


def test_what_was_removed_is_told_as_text(victim: User, tmp_path: Path, loaded: list[str]) -> None:
    hostile = next(row for row in victim.window.library.episodes() if row.current)
    victim.open(write_sound(tmp_path / "other.wav", 5000))
    victim.window.library.remove_requested.emit([hostile])
    assert PICTURE in victim.window.notice.text
    assert OVERRIDE not in victim.window.notice.text
    examine(victim.window)
    assert loaded == []


def test_the_sentence_about_a_hostile_file_is_text(user: User, tmp_path: Path, loaded: list[str]) -> None:
    for name in (f"<img src=x>{OVERRIDE}.vtt", "<b>.srt", "new\nline.vtt", "a\tb.wav", "%s%d{}.json"):
        path = tmp_path / name
        path.write_bytes(b"neither words nor sound")
        user.open(path)
        notice = user.window.notice
        assert notice.text
        assert "\n" not in notice.text
        assert is_harmless(notice.text)
        examine(user.window)
    assert loaded == []


def test_a_typed_time_is_text(victim: User, monkeypatch: pytest.MonkeyPatch) -> None:
    labels: list[str] = []
    answers = [(PICTURE, True), ("1:00", False)]

    def get_text(parent: object, title: str, label: str, *args: object, **kwargs: object) -> tuple[str, bool]:
        labels.append(label)
        return answers.pop(0)

    monkeypatch.setattr(QInputDialog, "getText", get_text)
    victim.press("Ctrl+G")
    assert "<img" not in labels[1]
    assert "spy.png" in labels[1]


# Names of files


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>",
        f"txt{OVERRIDE}gpj",
        "50% off [*] & more {0} $HOME `ls`",
        "..hidden",
        "-o output",
        " spaces ",
        "näme 日本語 🎧",
        os.fsdecode(b"caf\xe9"),
        "con",
        "a" * 200,
    ],
)
def test_hostile_names_are_opened_and_shown(user: User, tmp_path: Path, loaded: list[str], name: str) -> None:
    sound, transcript = write_hostile(tmp_path, name)
    user.open(sound, transcript)
    assert user.session.transcript is not None
    assert user.playback.duration_ms == 20_000
    examine(user.window)
    title = user.window.windowHandle().title()
    assert is_harmless(title)
    assert " – Earmark" in title
    if name.startswith(("<img", "50%")):
        assert title.startswith(name)
    assert len(title) < 400
    user.view.select(WordRange(0, 3))
    user.press("C", "Ctrl+Shift+C")
    assert len(user.keeping.clips) == 1

    def look(dialog: FactsDialog) -> None:
        examine(dialog)

    user.in_dialog(user.app.actions["episode_info"].trigger, FactsDialog, look)
    user.session.go_to(5000)
    user.open(write_sound(tmp_path / "between.wav", 5000))
    user.open(sound)
    assert user.position_ms == 5000
    assert loaded == []


# What a document could do


def test_the_page_loads_nothing_even_if_asked(victim: User, tmp_path: Path, loaded: list[str]) -> None:
    picture = tmp_path / "spy.png"
    victim.window.grab().save(str(picture))
    assert QImageReader(str(picture)).canRead()
    kind = QTextDocument.ResourceType.ImageResource
    for name in (QUrl.fromLocalFile(str(picture)), QUrl(str(picture)), QUrl("http://example.org/spy.png")):
        assert not victim.view.document().resource(kind.value, name)
        assert not victim.view.loadResource(kind.value, name)


CONTROLS = [
    chr(code) for code in (*range(0x20), 0x7F, 0x85, 0x2028, 0x2029, 0xFDD0, 0xFDD1, 0xFFFC, 0xFFFE, 0xFFFF, 0xFEFF)
]


@pytest.mark.parametrize("character", CONTROLS, ids=lambda each: f"U+{ord(each):04X}")
def test_no_character_moves_the_words_after_it(user: User, tmp_path: Path, character: str) -> None:
    """Some code points end a paragraph or a frame for Qt."""
    transcript = tmp_path / "odd.vtt"
    odd = f"one tw{character}o three"
    transcript.write_text(
        f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v A{character}nna>{odd}\n\n"
        "00:03.000 --> 00:04.000\n<v Ben>four five six\n",
        "utf-8",
        newline="",
    )
    user.open(transcript)
    page, words = user.view.page, user.session.transcript
    assert page is not None
    assert words is not None
    texts = [words.word_text(word) for word in range(len(words))]
    assert texts[-3:] == ["four", "five", "six"]
    for word, text in enumerate(texts):
        shown = user.view.cursor_over(WordRange(word, word + 1)).selectedText()
        assert len(shown) == len(text)
        assert page.word_at(page.position_of(word)) == word
    user.click_word(len(words) - 1)
    for label in user.window.findChildren(QLabel):
        assert "\x00" not in label.text()
    QApplication.processEvents()
