"""Keeping moments: selecting, hearing, keeping, and exporting them as files that read back to the same words."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QMessageBox, QToolButton
from talk import SOUND_MS, WORD_MS, WORDS, word_ms, word_text
from user import MakeUser, User

from index import formats
from index.library import Library
from index.transcript import Transcript, WordRange
from player.settings import Settings
from player.widgets.export_dialog import ExportDialog

PAD_MS = Settings().clip_pad_ms


def words_of(transcript: Transcript) -> list[str]:
    return [transcript.word_text(word) for word in range(len(transcript))]


def spoken(first: int, end: int) -> list[str]:
    return [word_text(word) for word in range(first, end)]


@pytest.fixture
def save_as(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Where the next files are saved: set `save_as[0]`; the names offered are added behind it."""
    chosen = [str(tmp_path / "moment.vtt")]

    def get_save_file_name(parent: object, title: str, offered: str, *args: object) -> tuple[str, str]:
        chosen.append(offered)
        return chosen[0], ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", get_save_file_name)
    return chosen


def press_save(dialog: ExportDialog) -> None:
    dialog.save.click()


# Making a range


def test_i_and_o_set_in_and_out_at_the_playhead(reader: User) -> None:
    reader.session.go_to(word_ms(10))
    reader.press("I")
    assert reader.keeping.pending == 10
    assert reader.keeping.range is None
    reader.press("Space")
    reader.advance(5 * WORD_MS + 60)
    reader.press("O")
    assert reader.keeping.range == WordRange(10, 16)
    assert reader.view.selection == WordRange(10, 16)
    assert reader.keeping.pending is None
    assert reader.playback.is_playing


def test_o_before_i_says_what_to_do(reader: User) -> None:
    reader.session.go_to(word_ms(10))
    reader.press("O")
    assert reader.keeping.range is None
    assert "I" in reader.window.notice.text


def test_o_before_the_beginning_says_what_to_do(reader: User) -> None:
    reader.session.go_to(word_ms(20))
    reader.press("I")
    reader.session.go_to(word_ms(10))
    reader.press("O")
    assert reader.keeping.range is None
    assert reader.window.notice.text


def test_i_and_o_move_the_edges_of_a_range(reader: User) -> None:
    reader.drag_words(20, 26)
    reader.session.go_to(word_ms(22))
    reader.press("I")
    assert reader.keeping.range == WordRange(22, 27)
    reader.session.go_to(word_ms(24))
    reader.press("O")
    assert reader.keeping.range == WordRange(22, 25)


def test_edges_move_by_word_with_the_keyboard(reader: User) -> None:
    reader.drag_words(20, 22)
    reader.press("Ctrl+Alt+Left", "Ctrl+Alt+Left")
    assert reader.keeping.range == WordRange(18, 23)
    reader.press("Ctrl+Alt+Right")
    assert reader.keeping.range == WordRange(19, 23)
    reader.press("Ctrl+Alt+Shift+Right")
    assert reader.keeping.range == WordRange(19, 24)
    reader.press("Ctrl+Alt+Shift+Left")
    assert reader.keeping.range == WordRange(19, 23)
    assert reader.view.selection == WordRange(19, 23)


def test_a_range_keeps_at_least_a_word_and_stays_in_the_episode(reader: User) -> None:
    reader.drag_words(0, 1)
    reader.press(*["Ctrl+Alt+Left"] * 3)
    assert reader.keeping.range == WordRange(0, 2)
    reader.press(*["Ctrl+Alt+Right"] * 5)
    assert reader.keeping.range == WordRange(1, 2)
    reader.view.select(WordRange(WORDS - 2, WORDS))
    reader.press(*["Ctrl+Alt+Shift+Right"] * 3)
    assert reader.keeping.range == WordRange(WORDS - 2, WORDS)


def test_the_range_is_seen_on_the_timeline(reader: User) -> None:
    assert reader.window.seek_bar.marks.range is None
    reader.drag_words(20, 26)
    assert reader.window.seek_bar.marks.range == (word_ms(20) - PAD_MS, word_ms(27) + PAD_MS)
    bar = reader.window.seek_bar
    reader.view.select(WordRange(200, 400))
    image = bar.grab().toImage()
    inside, outside = (round(bar._x(ms)) for ms in (word_ms(300), word_ms(600)))
    theme = reader.view._theme
    assert theme.selection in {image.pixelColor(x, 7).name() for x in range(inside - 6, inside + 6)}
    assert theme.selection not in {image.pixelColor(x, 7).name() for x in range(outside - 6, outside + 6)}
    reader.press("Esc")
    assert reader.window.seek_bar.marks.range is None


# Hearing it


def test_hear_plays_the_range_and_stops_at_its_end(reader: User) -> None:
    reader.drag_words(20, 26)
    reader.press("H")
    assert reader.playback.is_playing
    assert reader.position_ms == word_ms(20) - PAD_MS
    reader.advance(7 * WORD_MS + 2 * PAD_MS - 60)
    assert reader.playback.is_playing
    reader.advance(500)
    assert not reader.playback.is_playing
    assert reader.position_ms == word_ms(27) + PAD_MS


def test_first_and_last_second(reader: User) -> None:
    reader.drag_words(20, 40)
    reader.app.actions["hear_start"].trigger()
    assert reader.position_ms == word_ms(20) - PAD_MS
    reader.advance(1500)
    assert reader.position_ms == word_ms(20) - PAD_MS + 1000
    assert not reader.playback.is_playing
    reader.app.actions["hear_end"].trigger()
    assert reader.position_ms == word_ms(41) + PAD_MS - 1000
    reader.advance(1500)
    assert reader.position_ms == word_ms(41) + PAD_MS


def test_a_loop_goes_round_until_it_is_switched_off(reader: User) -> None:
    loop = reader.app.actions["loop_selection"]
    reader.drag_words(20, 22)
    length = 3 * WORD_MS + 2 * PAD_MS
    reader.press("Shift+H")
    assert loop.isChecked()
    for _ in range(3):
        reader.advance(length)
        assert reader.playback.is_playing
        assert word_ms(20) - PAD_MS <= reader.position_ms <= word_ms(23) + PAD_MS
    reader.press("Shift+H")
    assert not loop.isChecked()
    reader.advance(3 * length)
    assert reader.position_ms > word_ms(23) + PAD_MS or not reader.playback.is_playing


def test_going_elsewhere_ends_the_loop_and_its_mark(reader: User) -> None:
    reader.drag_words(20, 22)
    reader.press("Shift+H")
    reader.press("Right")
    assert not reader.app.actions["loop_selection"].isChecked()
    assert reader.playback.is_playing
    reader.advance(10_000)
    assert reader.position_ms > word_ms(40)


def test_a_loop_goes_on_after_a_pause(reader: User) -> None:
    reader.drag_words(20, 22)
    reader.press("Shift+H", "Space")
    assert not reader.playback.is_playing
    assert reader.app.actions["loop_selection"].isChecked()
    reader.press("Space")
    reader.advance(5000)
    assert reader.playback.is_playing
    assert reader.position_ms <= word_ms(23) + PAD_MS


def test_a_loop_at_the_very_end_goes_round_too(reader: User) -> None:
    reader.view.select(WordRange(WORDS - 3, WORDS))
    reader.app.change(clip_pad_ms=5000)
    reader.press("Shift+H")
    reader.advance(12_000)
    assert reader.playback.is_playing
    assert reader.app.actions["loop_selection"].isChecked()
    assert reader.position_ms < SOUND_MS


def test_without_a_range_hearing_says_what_to_do(reader: User) -> None:
    for key in ("H", "Shift+H"):
        reader.window.notice.hide()
        reader.press(key)
        assert "Select" in reader.window.notice.text
        assert not reader.playback.is_playing
    assert not reader.app.actions["loop_selection"].isChecked()


# Keeping it


def test_c_keeps_the_selection_as_a_clip(reader: User) -> None:
    reader.drag_words(20, 26)
    reader.press("C")
    assert reader.window.side.isVisible()
    assert reader.window.side.tab == "clips"
    rows = reader.window.side.clips_panel.rows.values()
    assert [(row.first_word, row.end_word) for row in rows] == [(20, 27)]
    assert rows[0].title.startswith(word_text(20))
    assert "Kept" in reader.window.notice.text
    assert reader.window.seek_bar.marks.clips == ((word_ms(20) - PAD_MS, word_ms(27) + PAD_MS),)


def test_the_button_beside_the_selection_keeps_it(reader: User) -> None:
    reader.drag_words(20, 26)
    reader.click(reader.window.selection_bar.findChildren(QToolButton)[0])
    assert len(reader.keeping.clips) == 1


def test_c_without_a_range_says_what_to_do(reader: User) -> None:
    reader.press("C")
    assert not reader.keeping.clips
    assert "Select" in reader.window.notice.text


def test_a_clip_stays_in_the_library(make_user: MakeUser, talk_files: tuple[Path, Path], tmp_path: Path) -> None:
    user = make_user(library=Library(tmp_path / "library.sqlite"))
    user.open(*talk_files)
    user.drag_words(20, 26)
    user.press("C")
    user.window.close()
    again = make_user(library=Library(tmp_path / "library.sqlite"))
    again.open(*talk_files)
    assert [(clip.first_word, clip.end_word) for clip in again.keeping.clips] == [(20, 27)]
    assert again.window.side.clips_panel.rows.rowCount() == 1


def keep(user: User, first: int, last: int) -> None:
    user.view.select(WordRange(first, last + 1))
    user.press("C")
    user.press("Esc")


def focus_clips(user: User) -> None:
    user.window.side.clips_panel.list.setFocus()
    user.window.side.clips_panel.list.setCurrentIndex(user.window.side.clips_panel.rows.index(0, 0))


def test_f2_renames_a_clip(reader: User) -> None:
    keep(reader, 20, 26)
    focus_clips(reader)
    reader.press("F2")
    editor = reader.focus
    assert isinstance(editor, QLineEdit)
    reader.press("Ctrl+A")
    reader.type_text("My best moment [k]")
    assert not reader.playback.is_playing
    reader.press("Return")
    assert reader.keeping.clips[0].title == "My best moment [k]"
    assert reader.window.side.clips_panel.rows.values()[0].title == "My best moment [k]"


def test_an_empty_title_changes_nothing(reader: User) -> None:
    keep(reader, 20, 26)
    before = reader.keeping.clips[0].title
    focus_clips(reader)
    reader.press("F2", "Ctrl+A", "Delete", "Return")
    assert reader.keeping.clips[0].title == before


def test_escape_leaves_a_title_as_it_was(reader: User) -> None:
    keep(reader, 20, 26)
    before = reader.keeping.clips[0].title
    focus_clips(reader)
    reader.press("F2", "Ctrl+A")
    reader.type_text("nonsense")
    reader.press("Esc")
    assert reader.keeping.clips[0].title == before


def test_delete_removes_a_clip_and_it_can_be_brought_back(reader: User) -> None:
    keep(reader, 20, 26)
    focus_clips(reader)
    reader.press("F2", "Ctrl+A")
    reader.type_text("Dear to me")
    reader.press("Return")
    focus_clips(reader)
    reader.press("Delete")
    assert not reader.keeping.clips
    assert "Removed" in reader.window.notice.text
    reader.click(reader.window.notice._button)
    assert [clip.title for clip in reader.keeping.clips] == ["Dear to me"]
    assert (reader.keeping.clips[0].first_word, reader.keeping.clips[0].end_word) == (20, 27)


def test_a_click_on_a_clip_shows_it_and_enter_plays_it(reader: User) -> None:
    keep(reader, 300, 320)
    keep(reader, 20, 26)
    assert [clip.first_word for clip in reader.keeping.clips] == [20, 300]
    rows = reader.window.side.clips_panel.list
    reader.click(rows.viewport(), rows.visualRect(rows.model().index(1, 0)).center())
    assert reader.view.selection == WordRange(300, 321)
    assert reader.sees(300)
    assert not reader.playback.is_playing
    reader.press("Return")
    assert reader.playback.is_playing
    assert reader.position_ms == word_ms(300) - PAD_MS
    reader.advance(21 * WORD_MS + 2 * PAD_MS + 500)
    assert reader.position_ms == word_ms(321) + PAD_MS


# Exporting it


def export(user: User, do: object = press_save) -> None:
    user.in_dialog(lambda: user.press("Ctrl+E"), ExportDialog, do)  # type: ignore[arg-type]


def test_export_writes_webvtt_that_reads_back_to_the_same_words(
    reader: User, save_as: list[str], tmp_path: Path
) -> None:
    reader.drag_words(20, 30)
    export(reader)
    path = tmp_path / "moment.vtt"
    again = formats.read(path).transcript
    assert words_of(again) == spoken(20, 31)
    assert [turn.speaker for turn in again.turns()] == ["Anna", "Ben"]
    assert again.start_ms == PAD_MS
    assert again.span_ms(again.all_words)[1] <= 11 * WORD_MS + 2 * PAD_MS
    assert "moment.vtt" in reader.window.notice.text
    assert save_as[1].endswith(".vtt")
    assert reader.saved == [] or reader.app.settings.last_folder == str(tmp_path)


def test_export_can_keep_the_original_times(reader: User, save_as: list[str], tmp_path: Path) -> None:
    reader.drag_words(20, 30)

    def do(dialog: ExportDialog) -> None:
        dialog.captions.times.setCurrentIndex(1)
        press_save(dialog)

    export(reader, do)
    assert formats.read(tmp_path / "moment.vtt").transcript.start_ms == word_ms(20)


def test_export_writes_all_formats_beside_each_other_under_one_name(
    reader: User, save_as: list[str], tmp_path: Path
) -> None:
    reader.drag_words(20, 30)

    def do(dialog: ExportDialog) -> None:
        for box in dialog.captions.formats.values():
            box.setChecked(True)
        press_save(dialog)

    export(reader, do)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["moment.md", "moment.srt", "moment.txt", "moment.vtt"]
    for suffix in (".vtt", ".srt"):
        assert words_of(formats.read(tmp_path / f"moment{suffix}").transcript) == spoken(20, 31)
    assert "Plain text has no place for times" in reader.window.notice.text
    text = (tmp_path / "moment.txt").read_text("utf-8")
    assert "".join(text.split()).replace("Anna:", "").replace("Ben:", "") == "".join(spoken(20, 31))


def test_export_without_a_selection_is_the_whole_episode(reader: User, save_as: list[str], tmp_path: Path) -> None:
    export(reader)
    again = formats.read(tmp_path / "moment.vtt").transcript
    assert words_of(again) == spoken(0, WORDS)
    assert again.start_ms == 0
    assert Path(save_as[1]).name == "talk.vtt"


def test_what_stands_beside_the_cues_goes_back(
    make_user: MakeUser, talk_files: tuple[Path, Path], save_as: list[str], tmp_path: Path
) -> None:
    sound, captions = talk_files
    captions.write_text(captions.read_text("utf-8").replace("WEBVTT\n", "WEBVTT\n\nNOTE by hand\n", 1), "utf-8")
    user = make_user()
    user.open(sound, captions)
    export(user)
    assert (tmp_path / "moment.vtt").read_text("utf-8").startswith("WEBVTT\n\nNOTE by hand\n\n00:00:")


def test_export_of_a_chosen_clip(reader: User, save_as: list[str], tmp_path: Path) -> None:
    keep(reader, 40, 44)
    focus_clips(reader)
    export(reader)
    assert words_of(formats.read(tmp_path / "moment.vtt").transcript) == spoken(40, 45)


def test_the_notice_of_a_kept_clip_leads_to_its_export(reader: User, save_as: list[str], tmp_path: Path) -> None:
    reader.drag_words(20, 26)
    reader.press("C")
    reader.in_dialog(lambda: reader.click(reader.window.notice._button), ExportDialog, press_save)
    assert words_of(formats.read(tmp_path / "moment.vtt").transcript) == spoken(20, 27)


def test_the_preview_is_what_is_written(reader: User, save_as: list[str], tmp_path: Path) -> None:
    shown = []

    def do(dialog: ExportDialog) -> None:
        dialog.captions.pad.setValue(400)
        dialog.captions.words.setChecked(True)
        shown.append(dialog.text.toPlainText())
        press_save(dialog)

    reader.drag_words(20, 30)
    export(reader, do)
    assert (tmp_path / "moment.vtt").read_text("utf-8") == shown[0]
    assert "<00:00:0" in shown[0], "a time for every word was asked for"


def test_no_format_no_saving(reader: User) -> None:
    def do(dialog: ExportDialog) -> None:
        dialog.captions.formats[".vtt"].setChecked(False)
        assert not dialog.save.isEnabled()
        assert dialog.text.toPlainText() == ""

    reader.drag_words(20, 30)
    export(reader, do)


def test_the_name_offered_is_safe(reader: User, save_as: list[str]) -> None:
    def do(dialog: ExportDialog) -> None:
        dialog.title.setText('../../<etc>/pass"wd: 100%\u202e')
        press_save(dialog)

    reader.drag_words(20, 30)
    export(reader, do)
    name = Path(save_as[1]).name
    assert not set(name) & set('<>:"/\\|?*\u202e')
    assert "etc" in name


def test_a_file_in_the_way_is_replaced_only_when_asked(
    reader: User, save_as: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "moment.srt").write_text("mine")
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Yes]
    asked: list[str] = []

    def answer(box: QMessageBox) -> QMessageBox.StandardButton:
        asked.append(box.text())
        assert box.textFormat() == Qt.TextFormat.PlainText
        return answers.pop(0)

    monkeypatch.setattr(QMessageBox, "exec", answer)

    def do(dialog: ExportDialog) -> None:
        dialog.captions.formats[".srt"].setChecked(True)
        press_save(dialog)

    reader.drag_words(20, 30)
    export(reader, do)
    assert (tmp_path / "moment.srt").read_text() == "mine"
    assert not (tmp_path / "moment.vtt").exists()
    export(reader, do)
    assert "moment.srt" in asked[0]
    assert words_of(formats.read(tmp_path / "moment.srt").transcript) == spoken(20, 31)


def test_a_target_that_cannot_be_written_is_one_sentence(reader: User, save_as: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    save_as[0] = str(tmp_path / "file" / "moment.vtt")
    reader.drag_words(20, 30)
    export(reader)
    notice = reader.window.notice
    assert "moment.vtt" in notice.text
    assert notice.text.endswith(".")
    assert "Errno" not in notice.text
    assert "\n" not in notice.text
    assert notice.property("kind") == "error"
    assert reader.view.selection == WordRange(20, 31), "nothing the user made is lost"


def test_the_users_own_files_are_never_the_target(
    reader: User, save_as: list[str], talk_files: tuple[Path, Path]
) -> None:
    """Even though the file dialog has asked whether to replace it."""
    before = talk_files[1].read_bytes()
    save_as[0] = str(talk_files[1])
    reader.drag_words(20, 30)
    export(reader)
    assert talk_files[1].read_bytes() == before
    assert "talk.vtt" in reader.window.notice.text


def test_cancelling_writes_nothing(reader: User, save_as: list[str], tmp_path: Path) -> None:
    save_as[0] = ""
    reader.drag_words(20, 30)
    export(reader)
    assert list(tmp_path.iterdir()) == []


def test_the_pad_stays_in_the_sound(reader: User) -> None:
    reader.view.select(WordRange(0, WORDS))
    clip = reader.keeping.clip(pad_ms=5000)
    assert clip is not None
    assert (clip.start_ms, clip.end_ms) == (0, SOUND_MS)


# The menu on the page


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_on_the_page_offers_what_can_be_done_with_words(reader: User) -> None:
    reader.drag_words(20, 26)
    offered: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            offered.extend(action.text() for action in menu.actions())
            menu.close()

    QTimer.singleShot(0, look)
    point = reader.word_point(22)
    viewport = reader.view.viewport()
    QApplication.sendEvent(
        viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, viewport.mapToGlobal(point))
    )
    reader.pump()
    assert {"Copy", "Copy as quote", "Keep as clip"} <= set(offered)
    assert reader.view.selection == WordRange(20, 27)


def test_handles_and_keys_do_no_harm_without_an_episode(user: User) -> None:
    for name in ("export", "keep_clip", "mark_in", "mark_out", "grow_start", "shrink_end", "hear_start", "hear_end"):
        user.app.actions[name].trigger()
    assert user.keeping.range is None
    assert user.window.seek_bar.marks.range is None


def test_a_range_does_not_outlive_its_episode(user: User, talk_files: tuple[Path, Path], tmp_path: Path) -> None:
    short = tmp_path / "short.vtt"
    short.write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nOnly three words\n", "utf-8")
    user.open(short)
    user.view.select(WordRange(0, 2))
    user.press("C")
    assert len(user.app.keeping.clips) == 1
    user.open(*talk_files)
    user.view.select(WordRange(WORDS - 4, WORDS))
    user.open(short)  # Its clips are told while the range is still that of the longer talk.
    assert user.app.keeping.range is None
    assert user.app.keeping.clip() is None
    assert len(user.app.keeping.clips) == 1
