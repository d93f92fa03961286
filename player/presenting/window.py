"""The window becomes what the session is told: who hears whom, and what the actions of one episode do."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from player.asking import Asking
from player.parts import Parts
from player.presenting.adding import ShowAdding
from player.presenting.finding import ShowFinding
from player.presenting.searching import ShowSearching
from player.stepping import Stepping

_SKIP_MS = 5000  # The buttons and the menu say so.


class ShowWindow(QObject):
    """Listens to the window as a whole, in two flat tables: signals, and actions."""

    def __init__(
        self, parts: Parts, asking: Asking, finding: ShowFinding, searching: ShowSearching, adding: ShowAdding
    ) -> None:
        super().__init__(parts)
        self._parts = parts
        self._asking = asking
        self._show_finding, self._show_searching, self._show_adding = finding, searching, adding
        self._connect()
        parts.does(self._deeds())

    def _connect(self) -> None:
        parts, show_finding = self._parts, self._show_finding
        window, session, playback = parts.window, parts.session, parts.playback
        finding, keeping = parts.finding, parts.keeping
        for signal, slot in (
            (window.paths_dropped, self.take_dropped),
            (window.panels_changed, self.show_panels),
            (window.view.seek_requested, session.go_to),
            (window.view.seek_requested, lambda _: window.follow.resume()),
            (window.view.seek_regretted, window.follow.stay),
            (window.view.seek_regretted, session.take_back),
            (window.view.selection_changed, keeping.set_range),
            (window.view.scale_requested, parts.step_text_size),
            (window.seek_bar.seek_requested, session.go_to),
            (window.back_to_now.clicked, window.follow.resume),
            (window.follow.away_changed, window.back_to_now.point),
            (window.transport.rate_requested, playback.set_rate),
            (window.transport.volume_requested, playback.set_volume),
            (window.find_field.query_changed, self.find),
            (window.find_field.next_requested, lambda: self.step_hit(1)),
            (window.find_field.previous_requested, lambda: self.step_hit(-1)),
            (window.find_field.down_requested, window.side.enter_results),
            (window.find_field.closed, show_finding.close),
            (window.side.hit_list.up_requested, window.find_field.setFocus),
            (window.side.hit_list.left, window.find_field.close_search),
            (window.library.list.left, window.focus_page),
            (window.side.hit_picked, lambda row: show_finding.go_to(row.number, play=False)),
            (window.side.hit_chosen, lambda row: show_finding.go_to(row.number, play=parts.settings.play_on_hit)),
            (window.side.suggestion_picked, window.find_field.setText),
            (session.transcript_changed, finding.set_transcript),
            (session.transcript_amended, finding.amend),
            (playback.rate_changed, lambda rate: parts.change(rate=rate)),
            (playback.volume_changed, lambda volume: parts.change(volume=volume)),
            (playback.muted_changed, lambda muted: parts.change(muted=muted)),
            (parts.qt.styleHints().colorSchemeChanged, lambda _: parts.dress()),
        ):
            signal.connect(slot)

    def _deeds(self) -> dict[str, Callable[[], object]]:
        parts, asking, show_finding = self._parts, self._asking, self._show_finding
        window, session, playback = parts.window, parts.session, parts.playback
        finding, keeping = parts.finding, parts.keeping
        stepping = Stepping(session)
        return {
            "open": asking.open,
            "open_transcript": asking.open_transcript,
            "open_demo": lambda: session.open_demo(play=True),
            "episode_info": asking.episode_info,
            "quit": window.close,
            "undo_jump": session.undo_jump,
            "redo_jump": session.redo_jump,
            "find": show_finding.open,
            "find_next": lambda: self.step_hit(1),
            "find_previous": lambda: self.step_hit(-1),
            "play_hit": lambda: show_finding.go_to(finding.current or 0, play=True),
            "play": session.toggle,
            "play_always": session.toggle,
            "back": lambda: session.step(-_SKIP_MS),
            "forward": lambda: session.step(_SKIP_MS),
            "back_1": lambda: session.step(-1000),
            "forward_1": lambda: session.step(1000),
            "previous_cue": lambda: stepping.cue(-1),
            "next_cue": lambda: stepping.cue(1),
            "previous_chapter": lambda: stepping.chapter(-1),
            "next_chapter": lambda: stepping.chapter(1),
            "to_start": lambda: session.go_to(0),
            "to_end": lambda: session.go_to(max(0, playback.duration_ms - 1)),
            "go_to_time": asking.go_to_time,
            "slower": lambda: playback.set_rate(playback.rate - 0.1),
            "faster": lambda: playback.set_rate(playback.rate + 0.1),
            "rate_normal": lambda: playback.set_rate(1.0),
            "mute": lambda: playback.set_muted(not playback.muted),
            "louder": lambda: playback.set_volume(min(100, playback.volume + 5)),
            "quieter": lambda: playback.set_volume(max(0, playback.volume - 5)),
            "hear_selection": keeping.hear,
            "hear_start": lambda: keeping.hear("start"),
            "hear_end": lambda: keeping.hear("end"),
            "loop_selection": keeping.toggle_loop,
            "mark_in": lambda: keeping.mark(begin=True),
            "mark_out": lambda: keeping.mark(begin=False),
            "follow": lambda: parts.set_follow(not window.follow.enabled),
            "back_to_now": window.follow.resume,
            "text_larger": lambda: parts.step_text_size(1),
            "text_smaller": lambda: parts.step_text_size(-1),
            "text_normal": lambda: parts.step_text_size(0),
            "library_panel": lambda: parts.want_library(window.library.isHidden(), asked=True),
            "side_panel": lambda: window.want_side(window.side.isHidden(), asked=True),
            "full_screen": self.toggle_full_screen,
            "theme_system": lambda: parts.set_theme(theme="system"),
            "theme_light": lambda: parts.set_theme(theme="light"),
            "theme_dark": lambda: parts.set_theme(theme="dark"),
            "high_contrast": lambda: parts.set_theme(high_contrast=not parts.settings.high_contrast),
            "keys": asking.keys,
            "settings": asking.settings,
            "about": asking.about,
        }

    def show_panels(self, library: bool, side: bool) -> None:
        """Tick the panels that are to be seen."""
        self._parts.actions["library_panel"].setChecked(library)
        self._parts.actions["side_panel"].setChecked(side)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stand in a window again."""
        window = self._parts.window
        full = not window.isFullScreen()
        window.showFullScreen() if full else window.showNormal()
        self._parts.actions["full_screen"].setChecked(full)

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Open a recording with its transcript; a folder, or more files than that, is added to the library."""
        are_many = len(paths) > 2 or any(path.is_dir() for path in paths)
        (self._show_adding.add if are_many else self._parts.session.open_paths)(paths)

    def find(self, query: str) -> None:
        """Find as it is typed."""
        in_library = self._parts.window.find_field.in_library
        (self._show_searching.find if in_library else self._parts.finding.find)(query)

    def step_hit(self, by: int) -> None:
        """Go to the next hit (1) or the one before (-1); after a search was ended, of what was searched last."""
        field = self._parts.window.find_field
        field.search_again()
        (self._show_searching if field.in_library else self._show_finding).step(by)
