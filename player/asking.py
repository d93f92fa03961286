"""The windows that ask and tell: files to open, where to go, what to export, keys, settings, about."""

import platform
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox

from index import formats
from index.doubt import seen_timings
from index.pairing import SOUND_SUFFIXES, TRANSCRIPT_SUFFIXES
from index.plaintext import shown
from index.timecode import clock, parse
from index.timing_parts import parts_of
from index.transcript import Timing, Transcript
from player import VERSION
from player.actions import RESERVED_KEYS, TABLE, VIEW_KEYS, entries
from player.parts import Parts
from player.widgets.as_text import as_text
from player.widgets.facts_dialog import FactsDialog
from player.widgets.keys_dialog import KeysDialog, Row
from player.widgets.settings_dialog import SettingsDialog


class Asking(QObject):
    """Each method is what an action of the menu with three dots behind it does."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window

    # Files

    def _folder(self) -> str:
        return self._parts.settings.last_folder or str(Path.home())

    def open(self) -> None:
        """Choose a sound, a transcript, or one of each."""
        both = _pattern((*SOUND_SUFFIXES, *TRANSCRIPT_SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Open a sound, a transcript, or both"),
            self._folder(),
            self.tr("Sounds and transcripts ({});;All files (*)").format(both),
        )
        if names:
            self._parts.change(last_folder=str(Path(names[0]).parent))
            self._parts.session.open_paths([Path(name) for name in names])

    def open_transcript(self) -> None:
        """Choose another transcript for the sound that is open."""
        path = self.choose_transcript(self.tr("Open a transcript for this sound"))
        if path:
            self._parts.session.open_transcript(path)

    def choose_transcript(self, title: str) -> Path | None:
        """Ask for the file of a transcript."""
        name, _ = QFileDialog.getOpenFileName(self._window, title, self._folder(), self._pattern_of_transcripts())
        return Path(name) if name else None

    def choose_transcripts(self, title: str) -> list[Path]:
        """Ask for the files of any number of transcripts."""
        names, _ = QFileDialog.getOpenFileNames(self._window, title, self._folder(), self._pattern_of_transcripts())
        return [Path(name) for name in names]

    def _pattern_of_transcripts(self) -> str:
        return self.tr("Transcripts ({});;All files (*)").format(_pattern(TRANSCRIPT_SUFFIXES))

    def may_replace(self, names: list[str]) -> bool:
        """Ask whether these files may be replaced."""
        return self._agreed(
            self.tr("Replace files?"), self.tr("There already: {}. Replace them?").format(", ".join(names))
        )

    def _agreed(self, title: str, question: str) -> bool:
        box = QMessageBox(self._window)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(shown(question))
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel)
        agreed = box.exec() == QMessageBox.StandardButton.Yes
        box.deleteLater()
        return agreed

    # Going somewhere

    def go_to_time(self) -> None:
        """Ask for a time and go there; what is no time is asked again."""
        text, prompt = clock(self._parts.playback.position_ms), self.tr("Time, like 1:23:45, 83:45 or 95.5 seconds:")
        while True:
            text, agreed = QInputDialog.getText(self._window, self.tr("Go to time"), prompt, text=text)
            if not agreed:
                return
            try:
                self._parts.session.go_to(parse(text))
            except ValueError as error:
                prompt = as_text(str(error))  # What was typed is in it.
            else:
                self._window.follow.resume()
                return

    # Keys, settings, facts

    def keys(self) -> None:
        """Show all keys, and let them be changed."""
        dialog = KeysDialog(self._key_rows, self._key_holder, self._window)
        dialog.keys_requested.connect(self._set_keys)
        dialog.reset_requested.connect(self._reset_keys)
        dialog.exec()
        dialog.deleteLater()

    def _key_rows(self) -> list[Row]:
        rows: list[Row] = [
            (menu, entry.name, self._parts.actions[entry.name].text(), self._parts.actions.keys(entry.name))
            for menu, part in TABLE
            for entry in part
            if entry
        ]
        return rows + [("View", "", text, [keys]) for keys, text in VIEW_KEYS]

    def _key_holder(self, key: str, name: str) -> str | None:
        if key in RESERVED_KEYS:
            return self.tr("it moves and chooses in the text and in lists")
        holder = self._parts.actions.holder_of(key, but=name)
        return self._parts.actions[holder].text() if holder else None

    def _set_keys(self, name: str, keys: list[str]) -> None:
        self._parts.actions.set_keys(name, keys)
        self._parts.change(shortcuts={**self._parts.settings.shortcuts, name: keys})

    def _reset_keys(self) -> None:
        for entry in entries():
            self._parts.actions.set_keys(entry.name, list(entry.keys))
        self._parts.change(shortcuts={})

    def settings(self) -> None:
        """Show the settings."""
        dialog = SettingsDialog(self._parts.settings, self._window)
        dialog.changed.connect(self._parts.take_settings)
        dialog.exec()
        dialog.deleteLater()

    def episode_info(self) -> None:
        """Tell what is known of the open episode."""
        episode = self._parts.session.episode
        if episode is None:
            return
        facts: list[tuple[str, str]] = []
        if media := episode.media:
            facts += [
                (self.tr("Sound"), str(media.path)),
                (self.tr("Show"), episode.show),
                (self.tr("Date"), media.date),
                (self.tr("Length"), clock(media.duration_ms)),
                (self.tr("Coding"), media.kind),
                (self.tr("Chapters"), ", ".join(each.title for each in media.chapters)),
            ]
        if reading := episode.reading:
            transcript = reading.transcript
            facts += [
                (self.tr("Transcript"), str(episode.row.transcript)),
                (self.tr("Format"), reading.format),
                (self.tr("Words"), f"{len(transcript):,}"),
                (self.tr("Cues"), f"{transcript.cue_count:,}"),
                (self.tr("Speakers"), ", ".join(transcript.speakers)),
                (
                    self.tr("Word times"),
                    self._known_times(transcript) if transcript.timed else self.tr("none"),
                ),
                *((self.tr("Repaired") if not number else "", each) for number, each in enumerate(reading.warnings)),
            ]
        self._show_facts(self.tr("About this episode"), episode.title, facts)

    def _known_times(self, transcript: Transcript) -> str:
        parts = parts_of(seen_timings(transcript))
        return ", ".join(f"{part.percent} % {self._known(part.timing)}" for part in parts)

    def _known(self, timing: Timing) -> str:
        return {
            Timing.EXACT: self.tr("exact"),
            Timing.ALIGNED: self.tr("aligned"),
            Timing.APPROXIMATE: self.tr("approximate"),
            Timing.ESTIMATED: self.tr("estimated"),
            Timing.UNHEARD: self.tr("not heard"),
            Timing.NONE: self.tr("none"),
        }[timing]

    def about(self) -> None:
        """Tell what Earmark is, and what makes the sound."""
        choice = self._parts.choice
        facts = [
            (self.tr("Sound"), choice.name),
            ("", choice.note),
            (self.tr("Reads"), ", ".join(each.name for each in formats.FORMATS)),
            (self.tr("Made with"), f"Python {platform.python_version()}, PySide6 {pyside_version}"),
            (
                self.tr("Licence"),
                self.tr("GNU General Public License, version 3 or later. Typeface Inter: SIL OFL 1.1."),
            ),
        ]
        self._show_facts(self.tr("About Earmark"), f"Earmark {VERSION}", facts)

    def _show_facts(self, window_title: str, title: str, facts: list[tuple[str, str]]) -> None:
        dialog = FactsDialog(window_title, title, [fact for fact in facts if fact[1]], self._window)
        dialog.exec()
        dialog.deleteLater()


def _pattern(suffixes: tuple[str, ...] | frozenset[str]) -> str:
    return " ".join(f"*{suffix}" for suffix in sorted(suffixes))
