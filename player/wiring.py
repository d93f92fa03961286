"""Who hears whom: the signals of the main parts, and what each action does, as two flat tables."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from player.stepping import Stepping

if TYPE_CHECKING:
    from player.app import App

_SKIP_MS = 5000  # The buttons and the menu say so.


def connect(app: "App") -> None:
    """Connect the signals of the window and of what is behind it."""
    window, session, playback = app.window, app.session, app.playback
    finding, keeping = app.finding, app.keeping
    for signal, slot in (
        (window.paths_dropped, app.take_dropped),
        (window.closing, app.close),
        (window.panels_changed, app.show_panels),
        (window.view.seek_requested, session.go_to),
        (window.view.seek_requested, lambda _: window.follow.resume()),
        (window.view.seek_regretted, window.follow.stay),
        (window.view.seek_regretted, session.take_back),
        (window.view.selection_changed, keeping.set_range),
        (window.view.scale_requested, app.step_text_size),
        (window.seek_bar.seek_requested, session.go_to),
        (window.back_to_now.clicked, window.follow.resume),
        (window.follow.away_changed, window.back_to_now.point),
        (window.transport.rate_requested, playback.set_rate),
        (window.transport.volume_requested, playback.set_volume),
        (window.find_field.query_changed, app.find),
        (window.find_field.next_requested, lambda: app.step_hit(1)),
        (window.find_field.previous_requested, lambda: app.step_hit(-1)),
        (window.find_field.down_requested, window.side.enter_results),
        (window.find_field.closed, app.show_finding.close),
        (window.side.hit_list.up_requested, window.find_field.setFocus),
        (window.side.hit_list.left, window.find_field.close_search),
        (window.library.list.left, window.focus_page),
        (window.side.hit_picked, lambda row: app.show_finding.go_to(row.number, play=False)),
        (window.side.hit_chosen, lambda row: app.show_finding.go_to(row.number, play=app.settings.play_on_hit)),
        (window.side.suggestion_picked, window.find_field.setText),
        (session.transcript_changed, finding.set_transcript),
        (session.transcript_amended, finding.amend),
        (playback.rate_changed, lambda rate: app.change(rate=rate)),
        (playback.volume_changed, lambda volume: app.change(volume=volume)),
        (playback.muted_changed, lambda muted: app.change(muted=muted)),
        (app.qt.styleHints().colorSchemeChanged, lambda _: app.dress()),
    ):
        signal.connect(slot)


def deeds(app: "App") -> dict[str, Callable[[], object]]:
    """What the actions of one episode and of the window do."""
    window, session, playback = app.window, app.session, app.playback
    finding, keeping, asking = app.finding, app.keeping, app.asking
    stepping = Stepping(session)
    return {
        "open": asking.open,
        "open_transcript": asking.open_transcript,
        "open_demo": lambda: session.open_demo(play=True),
        "episode_info": asking.episode_info,
        "quit": window.close,
        "undo_jump": session.undo_jump,
        "redo_jump": session.redo_jump,
        "find": app.show_finding.open,
        "find_next": lambda: app.step_hit(1),
        "find_previous": lambda: app.step_hit(-1),
        "play_hit": lambda: app.show_finding.go_to(finding.current or 0, play=True),
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
        "follow": lambda: app.set_follow(not window.follow.enabled),
        "back_to_now": window.follow.resume,
        "text_larger": lambda: app.step_text_size(1),
        "text_smaller": lambda: app.step_text_size(-1),
        "text_normal": lambda: app.step_text_size(0),
        "library_panel": lambda: app.want_library(window.library.isHidden(), asked=True),
        "side_panel": lambda: window.want_side(window.side.isHidden(), asked=True),
        "full_screen": app.toggle_full_screen,
        "theme_system": lambda: app.set_theme(theme="system"),
        "theme_light": lambda: app.set_theme(theme="light"),
        "theme_dark": lambda: app.set_theme(theme="dark"),
        "high_contrast": lambda: app.set_theme(high_contrast=not app.settings.high_contrast),
        "keys": asking.keys,
        "settings": asking.settings,
        "about": asking.about,
    }
