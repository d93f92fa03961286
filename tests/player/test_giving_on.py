"""What is given on: quotes in every form, links that lead back, and files of every kind written in a job."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QColorDialog, QFileDialog
from talk import word_ms, word_text, write_talk
from user import MakeUser, User

from index import formats
from index.links import find_moment
from index.transcript import WordRange
from player.audio.media import probe
from player.presenting.pasting import moment_in
from player.settings import Settings
from player.widgets.export_dialog import ExportDialog

CAPTIONS, SOUND, PAGE, FILM = range(4)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


# Quotes


@pytest.mark.parametrize(
    ("key", "begins", "holds"),
    [
        ("Ctrl+Shift+C", "“", "— Anna, talk, "),
        ("Ctrl+Alt+M", "> ", "](earmark:"),
        ("Ctrl+Alt+W", "<figure>", "<blockquote"),
        ("Ctrl+Alt+K", "earmark:episode?title=talk", "#t="),
        ("Ctrl+Alt+1", "Anna. (n.d.). talk", "[Audio podcast episode]"),
        ("Ctrl+Alt+2", "Anna, “talk,”", "podcast, audio"),
        ("Ctrl+Alt+3", "@misc{", "howpublished"),
    ],
)
def test_a_quote_is_copied_in_every_form(reader: User, key: str, begins: str, holds: str) -> None:
    reader.view.select(WordRange(0, 6))
    reader.press(key)
    assert clipboard().startswith(begins)
    assert holds in clipboard()
    assert reader.window.notice.text.startswith("Copied")


@pytest.mark.parametrize("key", ["Ctrl+Shift+C", "Ctrl+Alt+K", "Ctrl+Alt+1"])
def test_without_a_selection_nothing_is_copied(reader: User, key: str) -> None:
    QGuiApplication.clipboard().setText("as it was")
    reader.press(key)
    assert clipboard() == "as it was"
    assert "Select" in reader.window.notice.text


@pytest.mark.parametrize("key", ["Ctrl+Shift+C", "Ctrl+Alt+M", "Ctrl+Alt+W", "Ctrl+Alt+K"])
def test_a_pasted_quote_leads_back_to_its_words(reader: User, key: str) -> None:
    reader.view.select(WordRange(57, 63))
    reader.press(key, "Esc", "Ctrl+F", "Ctrl+V")
    reader.settle()
    # A quote for people tells whole seconds, a link the very moment.
    late_ms = 1000 if key == "Ctrl+Shift+C" else 0
    assert 0 <= word_ms(57) - reader.position_ms <= late_ms
    assert reader.keeping.range is not None
    assert 60 in reader.keeping.range
    assert reader.window.find_field.text() == ""
    assert reader.focus is reader.view


def test_a_pasted_link_opens_the_episode_it_names(reader: User, tmp_path: Path) -> None:
    reader.view.select(WordRange(57, 63))
    reader.press("Ctrl+Alt+K")
    reader.open(*write_talk(tmp_path, "other"))
    reader.press("Ctrl+F", "Ctrl+V")
    reader.settle()
    assert reader.session.episode is not None
    assert reader.session.episode.title == "talk"
    assert reader.position_ms == word_ms(57)
    assert reader.keeping.range == WordRange(57, 63)


def test_a_link_to_an_episode_that_is_not_here_says_so(reader: User) -> None:
    reader.press("Ctrl+F")
    QGuiApplication.clipboard().setText("earmark:episode?title=Nobody%20knows%20it#t=12,15")
    reader.press("Ctrl+V")
    assert "Nobody knows it" in reader.window.notice.text
    assert reader.position_ms == 0


@pytest.mark.parametrize("text", ["river", "a — b", "t", "3:15", "#t", "“river”", "speaker:Anna 0:12", "t=", "x#t=abc"])
def test_what_is_typed_to_be_found_is_no_moment(text: str) -> None:
    assert moment_in(text) is None


def test_a_quote_on_one_line_is_still_a_quote() -> None:
    found = moment_in("“What a tide.” — Mara, The harbour, Salt Lines, 1:02–1:07")
    assert found is not None
    assert (found.start_ms, found.end_ms) == (62_000, 67_000)
    assert find_moment("") is None


# Export


@pytest.fixture
def save_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """Say under which name, or into which folder, the next files are written."""

    def choose(name: str) -> Path:
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(path))
        return path

    return choose


def export(user: User, do: Callable[[ExportDialog], None], key: str = "Ctrl+E") -> None:
    """Open the export window, do something in it, press Save, and wait until all is written."""

    def go(dialog: ExportDialog) -> None:
        do(dialog)
        user.pump()
        dialog.save.click()

    user.in_dialog(lambda: user.press(key), ExportDialog, go)
    for _ in range(200):
        user.settle()
        if not user.app.exporting.busy:
            break
    assert not user.app.exporting.busy


def keep_three(user: User) -> None:
    for first in (20, 60, 100):
        user.view.select(WordRange(first, first + 5))
        user.press("C")
    user.view.select(None)
    user.pump()


def choose(kind: int, **more: object) -> Callable[[ExportDialog], None]:
    def do(dialog: ExportDialog) -> None:
        dialog.kinds.setCurrentRow(kind)
        if "together" in more:
            dialog.together.setCurrentIndex(int(bool(more["together"])))

    return do


def test_a_selection_becomes_sound(reader: User, save_to: Callable[[str], Path]) -> None:
    path = save_to("moment.mp3")
    reader.view.select(WordRange(20, 30))
    export(reader, choose(SOUND))
    assert path.stat().st_size > 1000
    assert "moment.mp3" in reader.window.notice.text
    assert reader.window.notice._button.text() == "Show in folder"
    assert reader.window.progress.isHidden()


def test_a_selection_becomes_a_page(reader: User, save_to: Callable[[str], Path]) -> None:
    path = save_to("moment.html")
    reader.view.select(WordRange(20, 30))
    export(reader, choose(PAGE))
    text = path.read_text("utf-8")
    assert f">{word_text(21)}</span>" in text
    assert "Content-Security-Policy" in text


def test_all_clips_become_files_of_a_folder(reader: User, save_to: Callable[[str], Path]) -> None:
    folder = save_to("clips")
    keep_three(reader)
    export(reader, choose(CAPTIONS), "Ctrl+Shift+E")
    files = sorted(folder.iterdir())
    assert [path.name[:2] for path in files] == ["1 ", "2 ", "3 "]
    words = formats.read(files[1]).transcript
    assert [words.word_text(word) for word in range(len(words))] == [word_text(word) for word in range(60, 65)]
    assert "3 files written" in reader.window.notice.text


def test_clips_of_several_episodes_become_one_reel(
    reader: User, save_to: Callable[[str], Path], tmp_path: Path
) -> None:
    keep_three(reader)
    reader.open(*write_talk(tmp_path, "other"))
    reader.view.select(WordRange(200, 204))
    reader.press("C", "Esc")
    reader.app.show_side("clips")
    reader.click(reader.window.side.clips_panel.bar._everywhere)
    path = save_to("reel.vtt")
    export(reader, choose(CAPTIONS, together=True), "Ctrl+Shift+E")
    reel = formats.read(path).transcript
    assert len(reel) == 19
    assert reel.word_text(0) == word_text(20)
    assert "talk" in reel.cue_ids[0]
    assert reel.end_ms > 4 * 4 * 350 + 3 * 500


def test_every_time_they_say_it_becomes_one_reel(reader: User, save_to: Callable[[str], Path]) -> None:
    path = save_to("lantern.vtt")
    reader.find("lantern")

    def look(dialog: ExportDialog) -> None:
        assert dialog.scope.currentText() == "All 17 hits of “lantern”"
        assert dialog.together.currentIndex() == 1

    export(reader, look, "Ctrl+Alt+Y")
    reel = formats.read(path).transcript
    words = [reel.word_text(word) for word in range(len(reel))]
    assert words.count("lantern") == 17
    assert len(words) > 17 * 4  # What is heard around each is told, too.


def test_a_sound_comes_with_its_captions_unless_that_is_not_wanted(
    reader: User, save_to: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save_to("moment.mp3")
    reader.view.select(WordRange(20, 30))
    export(reader, choose(SOUND))
    captions = path.with_suffix(".vtt")
    words = formats.read(captions).transcript
    assert [words.word_text(word) for word in range(len(words))] == [word_text(word) for word in range(20, 30)]
    assert "moment.mp3, moment.vtt" in reader.window.notice.text
    captions.write_text("mine")

    def without(dialog: ExportDialog) -> None:
        choose(SOUND)(dialog)
        assert dialog.media["sound"].captions.isChecked()
        dialog.media["sound"].captions.setChecked(False)

    export(reader, without)
    assert captions.read_text() == "mine"
    assert not reader.app.settings.captions_beside
    asked: list[str] = []
    monkeypatch.setattr(reader.app.asking, "may_replace", lambda names: asked.extend(names))

    def with_them(dialog: ExportDialog) -> None:
        choose(SOUND)(dialog)
        assert not dialog.media["sound"].captions.isChecked(), "it is remembered"
        dialog.media["sound"].captions.setChecked(True)

    export(reader, with_them)
    assert asked == ["moment.vtt"]
    assert captions.read_text() == "mine"


def test_clips_of_a_reel_go_over_into_each_other(reader: User, save_to: Callable[[str], Path]) -> None:
    keep_three(reader)
    path = save_to("reel.wav")

    def crossfade(dialog: ExportDialog) -> None:
        choose(SOUND, together=True)(dialog)
        dialog.media["sound"].format.setCurrentIndex(4)
        assert [time for time, _ in dialog.card.card.rows] == ["0:00", "0:02", "0:05"]
        dialog.crossing.setCurrentIndex(1)
        dialog.between.setValue(300)
        assert [time for time, _ in dialog.card.card.rows] == ["0:00", "0:01", "0:03"]
        assert dialog.card.card.about == "3 moments, 0:05"
        dialog.between.setValue(10_000)
        assert [time for time, _ in dialog.card.card.rows] == ["0:00", "0:01", "0:02"], "half of a clip at most"
        dialog.between.setValue(300)
        assert not dialog.media["sound"].copy.isEnabled()

    export(reader, crossfade, "Ctrl+Shift+E")
    lengths = [clip.end_ms - clip.start_ms for clip in reader.keeping.clips]
    assert probe(path).duration_ms == sum(lengths) - 600
    reel = formats.read(path.with_suffix(".vtt")).transcript
    assert reel.starts[5] == lengths[0] - 300 + Settings().clip_pad_ms
    settings = reader.app.settings
    assert (settings.reel_between_ms, settings.reel_crossfade) == (300, True)


def test_sound_is_copied_as_it_is_and_told_how_its_edges_move(
    make_user: MakeUser, save_to: Callable[[str], Path]
) -> None:
    user = make_user()
    user.session.open_demo()
    user.settle()
    user.view.select(WordRange(20, 30))
    path = save_to("moment.opus")

    def copy(dialog: ExportDialog) -> None:
        choose(SOUND)(dialog)
        page = dialog.media["sound"]
        user.app.tasks.wait()
        user.pump()
        assert not page.copy.isEnabled(), "an Opus sound cannot be copied into an MP3"
        assert "Opus" in page.copy.toolTip()
        page.format.setCurrentIndex(2)
        assert page.copy.isEnabled()
        page.copy.click()
        assert "ms earlier" in page._about.text()
        assert not page.fade.isEnabled()
        assert not page.level.isEnabled()

    export(user, copy)
    moved = re.search(r"begins (\d+) ms earlier and ends (\d+) ms later", user.window.notice.text)
    assert moved
    clip = user.keeping.clip()
    assert clip is not None
    early_ms, late_ms = map(int, moved.groups())
    assert 0 < early_ms + late_ms <= 200
    assert probe(path).duration_ms == pytest.approx(clip.end_ms - clip.start_ms + early_ms + late_ms, abs=20)
    assert probe(path).cover
    assert user.session.transcript is not None
    said = formats.read(path.with_suffix(".vtt")).transcript
    assert said.starts[0] == user.session.transcript.starts[20] - clip.start_ms + early_ms


def test_captions_that_cannot_be_read_in_time_are_told(reader: User) -> None:
    def look(dialog: ExportDialog) -> None:
        assert dialog._amiss.isHidden()
        dialog.captions.rebreak.setChecked(False)
        assert "longer than 2 lines of 42 letters" in dialog._amiss.text()

    reader.app.change(clip_pad_ms=0)
    reader.view.select(WordRange(20, 60))
    reader.in_dialog(lambda: reader.press("Ctrl+E"), ExportDialog, look)


def test_a_film_has_the_ground_that_was_chosen(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QColorDialog, "getColor", lambda *args: QColor("#123456"))

    def look(dialog: ExportDialog) -> None:
        choose(FILM)(dialog)
        ground = dialog.media["film"].ground
        for text, dark, background in (("Light", False, ""), ("Dark", True, ""), ("Plum", False, "#43183b")):
            ground.setCurrentText(text)
            media = dialog.order().media
            assert (media.dark, media.background) == (dark, background)
        ground.setCurrentIndex(ground.count() - 1)
        ground.activated.emit(ground.count() - 1)
        assert dialog.order().media.background == "#123456"
        dialog._soon.timeout.emit()
        reader.app.tasks.wait()
        reader.pump()
        picture = dialog.picture.pixmap().toImage()
        assert picture.pixelColor(3, 3).name() == "#123456"

    reader.view.select(WordRange(20, 30))
    reader.in_dialog(lambda: reader.press("Ctrl+E"), ExportDialog, look)


def test_a_card_shows_what_will_be_written(reader: User) -> None:
    def look(dialog: ExportDialog) -> None:
        choose(SOUND)(dialog)
        card = dialog.card.card
        assert dialog.card.isVisible()
        assert card.title == dialog.title.text()
        assert card.rows[0][0] == "0:00"
        assert word_text(20) in card.rows[0][1]
        assert dialog.card.accessibleDescription() == card.text
        dialog.kinds.setCurrentRow(CAPTIONS)
        assert dialog.text.isVisible()

    reader.view.select(WordRange(20, 30))
    reader.in_dialog(lambda: reader.press("Ctrl+E"), ExportDialog, look)


def test_without_hits_there_is_nothing_to_export(reader: User) -> None:
    reader.press("Ctrl+Alt+Y")
    assert "Find something" in reader.window.notice.text


def test_names_are_seen_before_they_are_written(reader: User) -> None:
    keep_three(reader)

    def look(dialog: ExportDialog) -> None:
        dialog.pattern.setText("{title} at {start}")
        names = [name for _, name in dialog.card.card.rows]
        assert len(names) == 3
        assert names[0].endswith("at 0.06.vtt")
        dialog.pattern.setText("{nonsense}")
        assert "nonsense" in dialog.card.card.about

    reader.in_dialog(lambda: reader.press("Ctrl+Shift+E"), ExportDialog, look)


def test_chosen_clips_are_what_is_exported(reader: User) -> None:
    keep_three(reader)
    panel = reader.window.side.clips_panel
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.rows.index(1, 0))
    reader.press("Shift+Down")

    def look(dialog: ExportDialog) -> None:
        assert dialog.scope.currentText() == "2 chosen clips"
        assert [dialog.scope.itemText(at) for at in range(dialog.scope.count())] == [
            "2 chosen clips",
            "All 3 clips of this episode",
            "The whole episode",
        ]

    reader.in_dialog(lambda: reader.press("Ctrl+E"), ExportDialog, look)


def test_what_is_open_is_never_written_over(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    episode = reader.session.episode
    assert episode is not None
    sound = episode.row.sound
    assert sound is not None
    before = sound.read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(sound), ""))
    reader.view.select(WordRange(20, 30))

    def wav(dialog: ExportDialog) -> None:
        dialog.kinds.setCurrentRow(SOUND)
        dialog.media["sound"].format.setCurrentIndex(4)

    export(reader, wav)
    assert "never changed" in reader.window.notice.text
    assert sound.read_bytes() == before


def test_trouble_is_told_in_a_sentence(reader: User, save_to: Callable[[str], Path]) -> None:
    save_to("no such folder/moment.mp3")
    reader.view.select(WordRange(20, 30))
    export(reader, choose(SOUND))
    assert "moment.mp3" in reader.window.notice.text
    assert reader.window.notice.property("kind") == "error"
    assert reader.window.progress.isHidden()


def test_writing_can_be_stopped_before_it_has_begun(reader: User) -> None:
    exporting = reader.app.exporting
    exporting.write("x.mp3", "release", dict)
    assert reader.window.progress.isVisible()
    reader.click(reader.window.progress.cancel)
    assert not exporting.busy
    assert reader.window.progress.isHidden()
    assert "Stopped" in reader.window.notice.text
    reader.settle()


def test_a_film_is_seen_before_it_is_written(reader: User) -> None:
    reader.view.select(WordRange(20, 30))

    def look(dialog: ExportDialog) -> None:
        dialog.kinds.setCurrentRow(FILM)
        dialog._soon.timeout.emit()
        reader.settle()
        picture = dialog.picture.pixmap()
        assert picture.width() == picture.height() > 200
        dialog.media["film"].shape.setCurrentIndex(1)
        dialog._soon.timeout.emit()
        reader.settle()
        assert dialog.picture.pixmap().height() > dialog.picture.pixmap().width()

    reader.in_dialog(lambda: reader.press("Ctrl+E"), ExportDialog, look)


def test_a_film_of_another_episode_is_seen_too(reader: User, tmp_path: Path) -> None:
    keep_three(reader)
    reader.open(*write_talk(tmp_path, "other"))
    reader.app.show_side("clips")
    reader.click(reader.window.side.clips_panel.bar._everywhere)
    panel = reader.window.side.clips_panel
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.rows.index(0, 0))

    def look(dialog: ExportDialog) -> None:
        assert dialog.scope.currentText() == "The chosen clip"
        dialog.kinds.setCurrentRow(FILM)
        dialog._soon.timeout.emit()
        reader.settle()
        assert dialog.picture.pixmap().width() > 200

    reader.in_dialog(lambda: reader.press("Ctrl+E"), ExportDialog, look)


def test_words_without_times_are_text_alone(reader: User, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("Ana: The river runs past old houses.\n\nBen: And boats.\n", "utf-8")
    reader.open(path)

    def look(dialog: ExportDialog) -> None:
        for row in (SOUND, PAGE, FILM):
            assert not dialog.kinds.item(row).flags() & Qt.ItemFlag.ItemIsEnabled

    reader.in_dialog(lambda: reader.press("Ctrl+E"), ExportDialog, look)


@pytest.mark.parametrize(("suffix", "holds"), [(".txt", "6.850000\t"), (".xml", "<podcast:soundbite")])
def test_clips_are_given_on_as_labels_and_soundbites(
    reader: User, save_to: Callable[[str], Path], suffix: str, holds: str
) -> None:
    keep_three(reader)
    path = save_to(f"clips{suffix}")
    reader.press("Ctrl+Alt+J")
    reader.settle()
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) == 3
    assert holds in lines[0]
