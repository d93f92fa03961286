"""Carries facts to the window: what is open, heard, found and kept becomes what is seen."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from index.builder import TranscriptBuilder
from index.find import context
from index.library import Episode, SavedClip
from index.transcript import Transcript, WordRange
from player.audio.engine import EngineState
from player.audio.media import MediaInfo
from player.audio.peaks_job import PeaksJob
from player.models.values import ClipRow, EpisodeRow, HitRow
from player.session import OpenEpisode
from player.settings import cache_folder
from player.widgets.page import Heading
from player.widgets.seek_bar import Marks

if TYPE_CHECKING:
    from player.app import App

_HITS_LISTED = 5000
_BUBBLE_WORDS = 7


class Presenting(QObject):
    """Listens to the session, to finding and to keeping, and tells the window. It decides nothing."""

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self._app = app
        self._window = app.window
        self._marks = Marks()
        self._place: int | None = None
        self._notice_act: Callable[[], None] | None = None
        self._peaks = PeaksJob(cache_folder() / "peaks", self)
        session, finding, keeping, playback = app.session, app.finding, app.keeping, app.playback
        for signal, slot in (
            (session.transcript_changed, self._show_transcript),
            (session.episode_changed, self._show_episode),
            (session.sound_opened, self._show_sound),
            (session.episodes_changed, self._show_episodes),
            (session.word_changed, self._show_word),
            (session.jumps_changed, self._show_jumps),
            (session.loading_changed, self._window.loading.setVisible),
            (session.told, self._tell),
            (keeping.told, self._tell),
            (keeping.range_changed, self._show_range),
            (keeping.pending_changed, self._window.view.set_pending),
            (keeping.clips_changed, self._show_clips),
            (keeping.kept, self._tell_kept),
            (keeping.dropped, self._tell_dropped),
            (finding.changed, self._show_hits),
            (finding.stepped, self._show_hit),
            (playback.position_changed, self._window.seek_bar.show_position),
            (playback.position_changed, self._window.transport.show_position),
            (playback.duration_changed, self._show_duration),
            (playback.state_changed, self._show_state),
            (playback.rate_changed, lambda _: self.show_controls()),
            (playback.volume_changed, lambda _: self.show_controls()),
            (playback.muted_changed, lambda _: self.show_controls()),
            (self._window.view.verticalScrollBar().valueChanged, lambda _: self._place_selection_bar()),
            (self._window.notice.action_requested, self._act_on_notice),
            (self._peaks.partial, lambda peaks: self._window.seek_bar.set_waveform(peaks.levels)),
            (self._peaks.finished, lambda peaks: self._window.seek_bar.set_waveform(peaks.levels)),
        ):
            signal.connect(slot)
        self._show_jumps()
        self._allow()

    def close(self) -> None:
        """Stop what is still being made."""
        self._peaks.cancel()

    # The episode

    def _show_transcript(self, transcript: Transcript | None) -> None:
        window, session = self._window, self._app.session
        window.notice.hide()
        window.find_field.show_count(None, None)
        self._place = None
        self._marks = Marks()
        if transcript is None:
            window.middle.setCurrentWidget(window.welcome if session.episode is None else window.view)
            transcript = TranscriptBuilder().build()
        window.view.show_transcript(transcript, self._heading())
        window.middle.setCurrentWidget(window.view)
        window.follow.set_word(None)
        window.follow.resume()
        window.seek_bar.set_words(self._speaker_at, self._words_at)
        if not transcript:
            window.seek_bar.set_duration(0)
        elif not (session.episode and session.episode.row.sound):
            window.seek_bar.set_duration(transcript.end_ms)
        window.view.setFocus()
        self._show_marks()
        if session.episode and session.episode.reading and session.episode.reading.warnings:
            self._tell(" ".join(session.episode.reading.warnings[:3]), False)

    def _heading(self) -> Heading:
        episode = self._app.session.episode
        if episode is None:
            return Heading()
        parts = [episode.show, episode.media.date if episode.media else ""]
        transcript = episode.transcript
        if transcript:
            names = ", ".join(transcript.speakers[:4]) + (" …" if len(transcript.speakers) > 4 else "")
            timing = {
                "exact": self.tr("every word timed"),
                "estimated": self.tr("word times estimated"),
                "mixed": self.tr("word times partly estimated"),
            }[transcript.timing]
            parts += [names, timing]
        else:
            parts.append(self.tr("no transcript; open one with Ctrl+Shift+O"))
        return Heading(episode.title, " · ".join(part for part in parts if part))

    def _show_episode(self, episode: OpenEpisode) -> None:
        self._window.setWindowTitle(f"{episode.title} – Earmark")
        self._window.view.show_heading(self._heading())
        self._allow()

    def _show_sound(self, media: MediaInfo | None) -> None:
        self._window.seek_bar.set_waveform(None)
        self._peaks.cancel()
        self._marks = Marks(chapters=tuple((each.start_ms, each.title) for each in media.chapters) if media else ())
        self._show_clips(self._app.keeping.clips, None)
        self._allow()
        if media and media.has_sound:
            # The first use of numpy takes a while: not on this thread.
            self._app.tasks.run("numpy", _warm_up, lambda _: self._peaks.start(media.path), lambda _: None)

    def _show_episodes(self, episodes: Sequence[Episode]) -> None:
        now = self._app.session.episode
        self._window.library.rows.set_values(
            [
                EpisodeRow(
                    each.id,
                    each.title,
                    each.show,
                    each.position_ms,
                    each.duration_ms,
                    bool(now and now.row.id == each.id),
                )
                for each in episodes
            ]
        )

    def _allow(self) -> None:
        """Only what can be done now is offered."""
        episode = self._app.session.episode
        transcript = episode.transcript if episode else None
        for names, allowed in (
            (_NEED_SOUND, bool(episode and episode.media)),
            (_NEED_WORDS, bool(transcript)),
            (("open_transcript", "episode_info"), episode is not None),
        ):
            for name in names:
                self._app.actions[name].setEnabled(allowed)
        self._window.find_field.setEnabled(bool(transcript))

    def _speaker_at(self, ms: int) -> int:
        transcript = self._app.session.transcript
        word = transcript.word_at(ms) if transcript else None
        return -1 if transcript is None or word is None else transcript.turn_speakers[transcript.turn_of(word)]

    def _words_at(self, ms: int) -> str:
        transcript = self._app.session.transcript
        word = transcript.word_at(ms) if transcript else None
        if transcript is None or word is None:
            return ""
        words = WordRange(max(0, word - 1), min(len(transcript), word + _BUBBLE_WORDS))
        return transcript.text_of(words).replace("\n", " ")

    # Time

    def _show_word(self, word: int | None, jumped: bool) -> None:
        self._window.view.set_current_word(word)
        self._window.follow.set_word(word, jumped=jumped)

    def _show_duration(self, ms: int) -> None:
        self._window.seek_bar.set_duration(ms)
        self._window.transport.show_duration(ms)
        self._show_marks()

    def _show_state(self, state: EngineState) -> None:
        self._window.show_playing(state is EngineState.PLAYING)
        if state is not EngineState.PLAYING:
            self._app.actions["loop_selection"].setChecked(False)

    def show_controls(self) -> None:
        """Show speed and volume as they are."""
        playback, transport = self._app.playback, self._window.transport
        transport.show_rate(playback.rate)
        transport.show_volume(playback.volume)
        self._app.actions["mute"].setChecked(playback.muted)
        self._window.show_muted(playback.muted)

    def _show_jumps(self) -> None:
        jumps = self._app.session.jumps
        self._app.actions["undo_jump"].setEnabled(jumps.can_undo)
        self._app.actions["redo_jump"].setEnabled(jumps.can_redo)

    # Finding

    def remember_place(self) -> None:
        """Note what is in view, to return to it when the search is closed."""
        if self._place is None:
            self._place = self._window.view.first_visible_word()

    def return_to_place(self) -> None:
        """Show again what was in view when the search began, and follow again from there if it was followed."""
        place, self._place = self._place, None
        if place is not None:
            self._window.view.scroll_to(place, 0.0)
        self._window.follow.release("search")

    def _show_hits(self) -> None:
        finding, transcript = self._app.finding, self._app.session.transcript
        if finding.query:
            self.remember_place()
        rows = []
        if transcript:
            for number, hit in enumerate(finding.hits[:_HITS_LISTED]):
                around = context(transcript, hit)
                turn = transcript.turn_of(hit.first)
                rows.append(
                    HitRow(
                        number,
                        transcript.starts[hit.first],
                        transcript.turn(turn).speaker or "",
                        transcript.turn_speakers[turn],
                        around.before,
                        around.match,
                        around.after,
                    )
                )
        self._window.side.show_hits(rows, finding.query if finding.found_nothing else "")
        self._window.find_field.show_count(None, len(finding.hits) if finding.query else None)
        self._window.view.set_hits(finding.hits, None)
        if finding.query:
            self._app.show_side("results")
        else:
            self._window.follow.release("search")
        self._show_marks()

    def _show_hit(self, number: int) -> None:
        finding, view = self._app.finding, self._window.view
        self._window.follow.hold("search")
        self._window.find_field.show_count(number, len(finding.hits))
        self._window.side.show_hit(number)
        view.set_hits(finding.hits, number)
        top = view.line_top(finding.hits[number].first)
        if top is not None and not 0.05 * view.viewport().height() <= top <= 0.7 * view.viewport().height():
            view.scroll_to(finding.hits[number].first, 0.35)
        self._window.follow.set_word(self._app.session.word)
        self._show_marks()

    # The range and the clips

    def _show_range(self, words: WordRange | None) -> None:
        view = self._window.view
        if words != view.selection:
            view.select(words)
        if words:
            self._window.follow.hold("selection")
        else:
            self._window.follow.release("selection")
        self._place_selection_bar()
        self._show_marks()

    def _place_selection_bar(self) -> None:
        words = self._app.keeping.range
        if words:
            self._window.selection_bar.show_beside(self._window.view.rects_of(words))
        else:
            self._window.selection_bar.hide()

    def _show_clips(self, clips: Sequence[SavedClip], current: int | None) -> None:
        rows = [
            ClipRow(clip.id, clip.title, clip.start_ms, clip.end_ms, clip.first_word, clip.end_word) for clip in clips
        ]
        self._window.side.show_clips(rows, current)
        self._window.view.set_clips([WordRange(clip.first_word, clip.end_word) for clip in clips])
        if current is not None:
            self._app.show_side("clips")
        self._show_marks()

    def show_clip(self, row: ClipRow) -> None:
        """Select a clip's words and bring them into view."""
        words = WordRange(row.first_word, row.end_word)
        self._app.keeping.set_range(words)
        self._window.view.scroll_to(words.first, 0.3)
        self._place_selection_bar()

    def _show_marks(self) -> None:
        app, transcript = self._app, self._app.session.transcript
        clip = app.keeping.clip()
        self._marks = Marks(
            self._marks.chapters,
            [transcript.starts[hit.first] for hit in app.finding.hits] if transcript else (),
            app.finding.current,
            tuple((each.start_ms, each.end_ms) for each in app.keeping.clips),
            (clip.start_ms, clip.end_ms) if clip else None,
        )
        self._window.seek_bar.set_marks(self._marks)

    # Copying

    def copy(self) -> None:
        """Put the selected words on the clipboard as clean prose."""
        transcript, words = self._app.session.transcript, self._app.keeping.range
        if transcript and words:
            QGuiApplication.clipboard().setText(transcript.prose(words))

    def copy_quote(self) -> None:
        """Put them there with where they are from."""
        quote = self._app.keeping.quote()
        if quote:
            QGuiApplication.clipboard().setText(quote)
            self._tell(self.tr("Copied with its source."), False)

    # Notices

    def _tell(self, sentence: str, error: bool) -> None:
        self._notice_act = None
        self._window.notice.tell(sentence, error=error)

    def _tell_kept(self, clip: SavedClip) -> None:
        self._window.notice.tell(self.tr("Kept: {}").format(clip.title), action=self.tr("Export…"))
        self._notice_act = self._app.asking.export

    def _tell_dropped(self, clip: SavedClip) -> None:
        self._window.notice.tell(self.tr("Removed: {}").format(clip.title), action=self.tr("Undo"))
        self._notice_act = self._app.keeping.undo_drop

    def _act_on_notice(self) -> None:
        if self._notice_act:
            self._notice_act()


_NEED_SOUND = tuple(
    "play play_always back forward back_1 forward_1 previous_cue next_cue previous_chapter next_chapter to_start to_end"
    " go_to_time hear_selection hear_start hear_end loop_selection".split()
)
_NEED_WORDS = ("export", "copy", "copy_quote", "find", "find_next", "find_previous", "play_hit", "keep_clip")


def _warm_up() -> None:
    import player.audio.peaks  # noqa: F401
