"""Converting in the window: files in, another format out, a line for each, and a way to stop."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from talk import WORDS, write_talk
from user import User

from index import formats
from player.conversion import Conversion
from player.jobs import Job
from player.widgets.convert_dialog import ConvertDialog
from player.work.converting import convert, convert_order


def opened(user: User) -> ConvertDialog:
    user.app.actions["convert"].trigger()
    dialog = user.app.show_converting._dialog
    assert dialog
    return dialog


def lines(dialog: ConvertDialog) -> list[str]:
    return [dialog.files.item(row).text() for row in range(dialog.files.count())]


def run(user: User, dialog: ConvertDialog) -> None:
    dialog.convert.click()
    user.pump()


def test_the_open_transcript_is_offered(reader: User) -> None:
    dialog = opened(reader)
    assert lines(dialog) == ["talk.vtt"]
    assert opened(reader) is dialog
    dialog.close_button.click()
    assert reader.app.show_converting._dialog is None
    assert opened(reader) is not dialog


def test_files_are_written_and_each_is_told(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = write_talk(tmp_path)[1]
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    plain = tmp_path / "plain.txt"
    plain.write_text("Nobody knows when this was said.")
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(talk), str(bad), str(plain)], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    dialog = opened(user)
    assert not dialog.convert.isEnabled()
    dialog.add.click()
    dialog.add.click()
    assert lines(dialog) == ["talk.vtt", "bad.json", "plain.txt"]
    dialog.where.activated.emit(1)
    dialog.format.setCurrentIndex([each.name for each in formats.writable_formats()].index("SRT"))
    run(user, dialog)
    assert [path.name for path in out.iterdir()] == ["talk.srt"]
    assert user.app.settings.last_folder == str(out)
    assert len(formats.read(out / "talk.srt").transcript) == WORDS
    told = lines(dialog)
    assert told[0].startswith("talk.vtt\n→ talk.srt · WebVTT, ")
    assert "“bad.json” is damaged JSON" in told[1]
    assert "without times, which SRT needs" in told[2]
    assert dialog.told.text().startswith("1 file written. 2 could not be converted")
    assert "SRT has no place for times of words" in dialog.told.text()
    run(user, dialog)
    assert "is there already" in lines(dialog)[0]
    dialog.overwrite.setChecked(True)
    run(user, dialog)
    assert "→ talk.srt" in lines(dialog)[0]
    assert dialog.where.currentText().startswith(f"Into {out.anchor}")
    dialog.where.activated.emit(0)
    assert dialog.where.itemText(1) == "Into a folder…"


def test_dropped_files_are_listed_and_can_be_removed(user: User, tmp_path: Path) -> None:
    dialog, data, copy = opened(user), QMimeData(), Qt.DropAction.CopyAction
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.vtt", "b.vtt")])
    held = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(dialog, QDragEnterEvent(QPoint(9, 9), copy, *held))
    QApplication.sendEvent(dialog, QDropEvent(QPointF(9, 9), copy, *held))
    assert lines(dialog) == ["a.vtt", "b.vtt"]
    assert dialog.files.item(0).toolTip() == f"<qt>{tmp_path / 'a.vtt'}</qt>", "it is never taken for markup"
    dialog.files.item(0).setSelected(True)
    dialog.remove.click()
    assert [Path(path).name for path in dialog.order().paths] == ["b.vtt"]


def test_it_can_be_stopped(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job(reader.app)
    asked: list[str] = []
    job.cancel_requested.connect(lambda: asked.append("stop"))
    monkeypatch.setattr(reader.app.jobs, "start", lambda *_: job)
    dialog = opened(reader)
    dialog.convert.click()
    assert not dialog.format.isEnabled()
    job.progressed.emit(50, 200)
    assert (dialog.bar.value(), dialog.bar.maximum()) == (50, 200)
    dialog.close_button.click()
    assert asked == ["stop"]
    dialog.close()
    assert asked == ["stop", "stop"]
    job.stopped.emit()
    assert dialog.isVisible()
    assert dialog.told.text().startswith("Stopped.")
    assert dialog.convert.isEnabled()


def test_the_job_tells_how_far_it_is_and_keeps_what_was_written(tmp_path: Path) -> None:
    paths = [write_talk(tmp_path, name)[1] for name in ("one", "two")]
    told: list[tuple[int, int]] = []
    order = json.loads(json.dumps(convert_order(paths, None, Conversion("SRT"), overwrite=False)))
    assert len(convert(order, lambda *each: told.append(each[:2]), lambda: False)["rows"]) == 2
    assert told == sorted(told)
    assert {total for _, total in told} == {1000}
    order["overwrite"] = True
    seen: list[int] = []
    answer = convert(order, lambda done, *_: seen.append(done), lambda: bool(seen) and seen[-1] >= 500)
    assert [row["target"] for row in answer["rows"]] == ["one.srt"]
