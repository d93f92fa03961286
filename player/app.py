"""Builds the window and everything behind it, and wires them together."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from index.errors import EarmarkError
from index.library import Library
from player import theme as themes
from player.actions import Actions
from player.asking import Asking
from player.audio.choose import Choice, choose, warm_up
from player.audio.deferred import DeferredEngine
from player.audio.playback import Playback
from player.finding import Finding
from player.keeping import Keeping
from player.presenting.episode import ShowEpisode
from player.presenting.finding import ShowFinding
from player.presenting.keeping import ShowKeeping
from player.session import Session
from player.settings import Settings, cache_folder, data_folder
from player.tasks import Tasks
from player.window import Window

_TEXT_SCALES = (0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.1, 2.5)
_WRITE_SETTINGS_AFTER_MS = 400
_SKIP_MS = 5000  # The buttons and the menu say so.


class App(QObject):
    """One running Earmark: the objects, and what each action does to which."""

    def __init__(
        self,
        qt: QApplication,
        settings: Settings,
        *,
        window: Window | None = None,
        choice: Choice | None = None,
        library: Library | None = None,
        save: Callable[[Settings], None] = Settings.save,
    ) -> None:
        super().__init__()
        self.qt = qt
        self.settings = settings
        self._save = save
        self._closed = False
        self._save_soon = QTimer(self)
        self._save_soon.setSingleShot(True)
        self._save_soon.setInterval(_WRITE_SETTINGS_AFTER_MS)
        self._save_soon.timeout.connect(lambda: self._save(self.settings))
        self._theme = themes.chosen(settings, qt)
        if window is None:
            themes.apply(qt, self._theme)
            window = Window(self._theme)
        window.furnish(Actions(settings.shortcuts, self))
        self.window = window
        self.actions = window.actions_table
        self.tasks = Tasks(self)
        self.choice = choice or self._start_engine()
        trouble = ""
        if library is None:
            try:
                library = Library(data_folder() / "library.sqlite")
            except EarmarkError as error:
                library, trouble = Library(":memory:"), str(error)
        self.library = library
        self.playback = Playback(self.choice.engine, parent=self)
        self.session = Session(
            self.playback, library, self.tasks, lambda: self.settings, parent=self, prepare=self.prepare_sound
        )
        self.finding = Finding(self.tasks, self)
        self.keeping = Keeping(self.session, library, self.tasks, lambda: self.settings, self)
        self.show_episode = ShowEpisode(self)
        self.show_finding = ShowFinding(self)
        self.show_keeping = ShowKeeping(self)
        self.asking = Asking(self)
        self._wire()
        self._restore()
        self.session.tell_episodes()
        if trouble:
            self.window.notice.tell(trouble, error=True)

    def _start_engine(self) -> Choice:
        """Start libVLC, which takes a while, off this thread; until it is there another engine takes the orders."""
        deferred = DeferredEngine()

        def arrive(_: object) -> None:
            chosen = choose(self.settings.engine, self._seekable)
            deferred.arrive(chosen.engine)
            self.choice = chosen

        self.tasks.run("engine", warm_up, arrive, arrive)
        return Choice(deferred, deferred.name, "")

    def _seekable(self, path: Path) -> Path:
        """What Qt is given to play: it cannot find its way in an MP3 without a table of contents."""
        from player.audio.remux import seekable_copy

        return seekable_copy(path, cache_folder() / "seekable")

    def prepare_sound(self, path: Path) -> None:
        """Make what the engine will want of a file; called off the GUI thread, where that may take a while."""
        if self.choice.engine.name.startswith("Qt"):
            self._seekable(path)

    # Wiring

    def _wire(self) -> None:
        window, session, playback = self.window, self.session, self.playback
        finding, keeping, asking = self.finding, self.keeping, self.asking
        for signal, slot in (
            (window.paths_dropped, session.open_paths),
            (window.closing, self.close),
            (window.panels_changed, self._show_panels),
            (window.view.seek_requested, session.go_to),
            (window.view.seek_requested, lambda _: window.follow.resume()),
            (window.view.seek_regretted, session.take_back),
            (window.view.selection_changed, keeping.set_range),
            (window.view.scale_requested, self.step_text_size),
            (window.seek_bar.seek_requested, session.go_to),
            (window.back_to_now.clicked, window.follow.resume),
            (window.follow.away_changed, window.back_to_now.point),
            (window.transport.rate_requested, playback.set_rate),
            (window.transport.volume_requested, playback.set_volume),
            (window.library.episode_requested, self._open_row),
            (window.library.forget_requested, asking.forget),
            (window.find_field.query_changed, finding.find),
            (window.find_field.next_requested, lambda: self._step_hit(1)),
            (window.find_field.previous_requested, lambda: self._step_hit(-1)),
            (window.find_field.down_requested, window.side.hit_list.enter),
            (window.find_field.closed, self._close_find),
            (window.side.hit_list.up_requested, window.find_field.setFocus),
            (window.side.hit_list.left, window.find_field.close_search),
            (window.side.clip_list.left, window.focus_page),
            (window.library.list.left, window.focus_page),
            (window.side.hit_picked, lambda row: self._go_to_hit(row.number, play=False)),
            (window.side.hit_chosen, lambda row: self._go_to_hit(row.number, play=self.settings.play_on_hit)),
            (window.side.suggestion_picked, window.find_field.setText),
            (window.side.clip_picked, self._show_clip),
            (window.side.clip_chosen, self._hear_clip),
            (window.side.clip_removed, lambda row: keeping.drop(row.id)),
            (session.transcript_changed, finding.set_transcript),
            (playback.rate_changed, lambda rate: self.change(rate=rate)),
            (playback.volume_changed, lambda volume: self.change(volume=volume)),
            (playback.muted_changed, lambda muted: self.change(muted=muted)),
            (self.qt.styleHints().colorSchemeChanged, lambda _: self._dress()),
        ):
            signal.connect(slot)
        window.side.on_rename(lambda row, title: keeping.rename(row.id, title))
        for name, act in {
            "open": asking.open,
            "open_transcript": asking.open_transcript,
            "open_demo": lambda: session.open_demo(play=True),
            "export": asking.export,
            "episode_info": asking.episode_info,
            "quit": window.close,
            "undo_jump": session.undo_jump,
            "redo_jump": session.redo_jump,
            "copy": self.show_keeping.copy,
            "copy_quote": self.show_keeping.copy_quote,
            "find": self._open_find,
            "find_next": lambda: self._step_hit(1),
            "find_previous": lambda: self._step_hit(-1),
            "play_hit": lambda: self._go_to_hit(finding.current or 0, play=True),
            "play": session.toggle,
            "play_always": session.toggle,
            "back": lambda: session.step(-_SKIP_MS),
            "forward": lambda: session.step(_SKIP_MS),
            "back_1": lambda: session.step(-1000),
            "forward_1": lambda: session.step(1000),
            "previous_cue": lambda: session.step_cue(-1),
            "next_cue": lambda: session.step_cue(1),
            "previous_chapter": lambda: session.step_chapter(-1),
            "next_chapter": lambda: session.step_chapter(1),
            "to_start": lambda: session.go_to(0),
            "to_end": lambda: session.go_to(max(0, playback.duration_ms - 1)),
            "go_to_time": asking.go_to_time,
            "slower": lambda: playback.set_rate(playback.rate - 0.1),
            "faster": lambda: playback.set_rate(playback.rate + 0.1),
            "rate_normal": lambda: playback.set_rate(1.0),
            "mute": lambda: playback.set_muted(not playback.muted),
            "louder": lambda: playback.set_volume(min(100, playback.volume + 5)),
            "quieter": lambda: playback.set_volume(max(0, playback.volume - 5)),
            "keep_clip": keeping.keep,
            "hear_selection": keeping.hear,
            "hear_start": lambda: keeping.hear("start"),
            "hear_end": lambda: keeping.hear("end"),
            "loop_selection": keeping.toggle_loop,
            "mark_in": lambda: keeping.mark(begin=True),
            "mark_out": lambda: keeping.mark(begin=False),
            "grow_start": lambda: keeping.move_edge(first=-1),
            "shrink_start": lambda: keeping.move_edge(first=1),
            "shrink_end": lambda: keeping.move_edge(end=-1),
            "grow_end": lambda: keeping.move_edge(end=1),
            "follow": lambda: self._set_follow(not window.follow.enabled),
            "back_to_now": window.follow.resume,
            "text_larger": lambda: self.step_text_size(1),
            "text_smaller": lambda: self.step_text_size(-1),
            "text_normal": lambda: self.step_text_size(0),
            "library_panel": lambda: self._want_library(window.library.isHidden(), asked=True),
            "side_panel": lambda: window.want_side(window.side.isHidden(), asked=True),
            "full_screen": self._toggle_full_screen,
            "theme_system": lambda: self._set_theme(theme="system"),
            "theme_light": lambda: self._set_theme(theme="light"),
            "theme_dark": lambda: self._set_theme(theme="dark"),
            "high_contrast": lambda: self._set_theme(high_contrast=not self.settings.high_contrast),
            "keys": asking.keys,
            "settings": asking.settings,
            "about": asking.about,
        }.items():
            self.actions[name].triggered.connect(lambda _=False, act=act: act())

    def _restore(self) -> None:
        settings = self.settings
        self.playback.set_rate(settings.rate)
        self.playback.set_volume(settings.volume)
        self.playback.set_muted(settings.muted)
        self.playback.set_sync_offset(settings.sync_offset_ms)
        self.show_episode.show_controls()
        self._want_library(settings.library_shown)
        self.window.want_side(False)
        self._set_follow(settings.follow)
        self._dress()

    # Settings

    def change(self, **choices: object) -> None:
        """Take a choice of the user, and write all of them soon."""
        self.settings = replace(self.settings, **choices)  # type: ignore[arg-type]
        self._save_soon.start()

    def take_settings(self, settings: Settings) -> None:
        """Take choices from the settings window."""
        self.settings = settings
        self.playback.set_sync_offset(settings.sync_offset_ms)
        self.show_keeping.mark()
        self._save_soon.start()

    def _set_theme(self, **choices: object) -> None:
        self.change(**choices)
        self._dress()

    def _dress(self) -> None:
        theme = themes.chosen(self.settings, self.qt)
        if theme != self._theme:
            self._theme = theme
            themes.apply(self.qt, theme)
            self.window.set_theme(theme)
        self.window.view.set_look(theme, self.settings.text_scale)
        self.window.show_playing(self.playback.is_playing)
        for name in ("system", "light", "dark"):
            self.actions[f"theme_{name}"].setChecked(self.settings.theme == name)
        self.actions["high_contrast"].setChecked(self.settings.high_contrast)

    def step_text_size(self, step: int) -> None:
        """Larger (1), smaller (-1) or normal (0) text."""
        nearest = min(range(len(_TEXT_SCALES)), key=lambda at: abs(_TEXT_SCALES[at] - self.settings.text_scale))
        wanted = _TEXT_SCALES[max(0, min(len(_TEXT_SCALES) - 1, nearest + step))] if step else 1.0
        self.change(text_scale=wanted)
        self.window.view.set_look(self._theme, wanted)

    def _set_follow(self, enabled: bool) -> None:
        self.change(follow=enabled)
        self.window.follow.set_enabled(enabled)
        self.actions["follow"].setChecked(enabled)
        self.window.transport.show_following(enabled)

    def _want_library(self, wanted: bool, *, asked: bool = False) -> None:
        self.change(library_shown=wanted)
        self.window.want_library(wanted, asked=asked)

    def _show_panels(self, library: bool, side: bool) -> None:
        self.actions["library_panel"].setChecked(library)
        self.actions["side_panel"].setChecked(side)

    def show_side(self, tab: str) -> None:
        """Bring a tab of the right panel to sight."""
        self.window.side.show_tab(tab)
        self.window.want_side(True)

    def _toggle_full_screen(self) -> None:
        full = not self.window.isFullScreen()
        self.window.showFullScreen() if full else self.window.showNormal()
        self.actions["full_screen"].setChecked(full)

    # Episodes, hits and clips

    def _open_row(self, row: object) -> None:
        wanted = next((each for each in self.library.recent() if each.id == row.id), None)  # type: ignore[attr-defined]
        open_now = self.session.episode
        if wanted and (open_now is None or open_now.row.id != wanted.id):
            self.session.open_pair(wanted.sound, wanted.transcript)

    def _open_find(self) -> None:
        self.show_finding.remember_place()
        self.window.find_field.setFocus()
        self.window.find_field.selectAll()

    def _close_find(self) -> None:
        self.window.view.setFocus()
        self.window.want_side(bool(self.keeping.clips) and self.window.side.tab == "clips")
        self.show_finding.return_to_place()

    def _step_hit(self, by: int) -> None:
        self.finding.step(by, self.session.word or 0)

    def _go_to_hit(self, number: int, *, play: bool) -> None:
        if number < len(self.finding.hits):
            self.finding.go_to(number)
            self.session.go_to_word(self.finding.hits[number].first, self.settings.hit_lead_in_ms if play else 0)
            self.show_finding.stay()
            self.window.follow.resume()
            if play:
                self.playback.play()

    def _show_clip(self, row: object) -> None:
        self.show_keeping.show_clip(row)  # type: ignore[arg-type]

    def _hear_clip(self, row: object) -> None:
        self.show_keeping.show_clip(row)  # type: ignore[arg-type]
        self.keeping.hear()

    # The end

    def close(self) -> None:
        """Keep what must be kept and let go of the sound; the second time there is nothing left to do."""
        if self._closed:
            return
        self._closed = True
        self.change(geometry=self.window.pack_geometry())
        self._save_soon.stop()
        self._save(self.settings)
        self.session.keep_position()
        self.show_episode.close()
        self.playback.close()
        self.tasks.wait()
        self.library.close()
