"""What is open and heard becomes what is seen."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from index.builder import TranscriptBuilder
from index.plaintext import one_line, shown
from index.transcript import Transcript, WordRange
from player.audio.engine import EngineState
from player.audio.media import MediaInfo
from player.episode import OpenEpisode
from player.models.library_rows import day
from player.parts import Parts
from player.widgets.cover import square_cover
from player.widgets.page import Heading
from player.widgets.page_view import COVER

_BUBBLE_WORDS = 7
_SLOW_MS = 500  # What takes longer is told of.


class ShowEpisode(QObject):
    """Listens to the session and to playback, and tells the window. It decides nothing."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window
        self._doing = self._stage = ""
        self._cancel: Callable[[], None] = lambda: None
        self._told_slow = False
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self._tell_slow)
        session, playback = parts.session, parts.playback
        for signal, slot in (
            (session.transcript_changed, self._show_transcript),
            (session.transcript_amended, self._show_amended),
            (session.episode_changed, self._show_episode),
            (session.sound_opened, self._show_sound),
            (session.word_changed, self._show_word),
            (session.jumps_changed, self._show_jumps),
            (session.busy_changed, self._show_busy),
            (session.loading.progressed, self._show_progress),
            (parts.keeping.busy_changed, self._show_busy),
            (session.told, self._tell),
            (playback.position_changed, self._window.seek_bar.show_position),
            (playback.position_changed, self._window.transport.show_position),
            (playback.duration_changed, self._show_duration),
            (playback.state_changed, self._show_state),
            (playback.rate_changed, lambda _: self.show_controls()),
            (playback.volume_changed, lambda _: self.show_controls()),
            (playback.muted_changed, lambda _: self.show_controls()),
            (parts.waveform.changed, self._show_waveform),
        ):
            signal.connect(slot)
        self._show_jumps()
        self._allow()

    # The episode

    def _show_transcript(self, transcript: Transcript | None) -> None:
        window, session = self._window, self._parts.session
        window.notice.hide()
        if transcript is None:
            transcript = TranscriptBuilder().build()
        window.middle.setCurrentWidget(window.columns)
        window.follow.set_word(None)
        window.view.show_transcript(transcript, self._heading())
        window.follow.resume()
        window.seek_bar.set_words(transcript.speaker_at, self._words_at)
        if not transcript:
            window.seek_bar.set_duration(0)
        elif not (session.episode and session.episode.row.sound):
            self._show_duration(transcript.end_ms)
        if window.focusWidget() not in (window.find_field, window.side.found.list):  # Who goes from hit to hit goes on.
            window.view.setFocus()
        if session.episode and session.episode.reading and session.episode.reading.warnings:
            self._tell(" ".join(session.episode.reading.warnings[:3]), False)

    def _show_amended(self, transcript: Transcript) -> None:
        self._window.view.amend(transcript)
        self._window.seek_bar.set_words(transcript.speaker_at, self._words_at)

    def _heading(self) -> Heading:
        episode = self._parts.session.episode
        if episode is None:
            return Heading()
        parts = [episode.show, day(episode.row.date or (episode.media.date if episode.media else ""))]
        transcript = episode.transcript
        if transcript:
            names = ", ".join(transcript.speakers[:4]) + (" …" if len(transcript.speakers) > 4 else "")
            timing = {
                "exact": self.tr("every word timed"),
                "aligned": self.tr("words found in the sound"),
                "estimated": self.tr("word times estimated"),
                "mixed": self.tr("word times partly estimated"),
                "none": self.tr("no times"),
            }[transcript.timing]
            parts += [names, timing]
        else:
            parts.append(self.tr("no transcript; open one with Ctrl+Shift+O"))
        return Heading(episode.title, " · ".join(part for part in parts if part))

    def _show_episode(self, episode: OpenEpisode) -> None:
        # "[*]" in a window's title is Qt's mark of unsaved changes, unless it is doubled.
        self._window.setWindowTitle(f"{shown(one_line(episode.title))} – Earmark".replace("[*]", "[*][*]"))
        self._window.view.show_heading(self._heading())
        self._allow()

    def _show_sound(self, media: MediaInfo | None) -> None:
        chapters = media.chapters if media else ()
        self._window.seek_bar.mark(chapters=tuple((each.start_ms, each.title) for each in chapters))
        self._show_cover(media.cover if media else None)
        self._allow()

    def _show_cover(self, picture: bytes | None) -> None:
        view = self._window.view
        view.set_cover(None)
        self._parts.tasks.drop("cover")
        if picture:
            side = round(COVER * view.devicePixelRatio())
            self._parts.tasks.run("cover", lambda: square_cover(picture, side), view.set_cover, lambda _: None)

    def _show_waveform(self) -> None:
        waveform, duration_ms = self._parts.waveform, self._parts.playback.duration_ms
        known = waveform.is_known
        self._window.seek_bar.set_waveform((lambda width: waveform.levels(width, 0, duration_ms)) if known else None)

    def _allow(self) -> None:
        """Only what can be done now is offered."""
        episode = self._parts.session.episode
        transcript = episode.transcript if episode else None
        for names, allowed in (
            (_NEED_SOUND, bool(episode and episode.media)),
            (_NEED_WORDS, bool(transcript)),
            (("open_transcript", "episode_info"), episode is not None),
        ):
            for name in names:
                self._parts.actions[name].setEnabled(allowed)
        self._window.find_field.offer_episode(bool(transcript))
        self._window.side.show_library(self._window.find_field.in_library)

    def _words_at(self, ms: int) -> str:
        transcript = self._parts.session.transcript
        word = transcript.word_at(ms) if transcript else None
        if transcript is None or word is None:
            return ""
        words = WordRange(max(0, word - 1), min(len(transcript), word + _BUBBLE_WORDS))
        return transcript.text_of(words).replace("\n", " ")

    def _tell(self, sentence: str, error: bool) -> None:
        self._window.notice.tell(sentence, error=error)

    def _show_busy(self, doing: str, cancel: Callable[[], None]) -> None:
        """What takes long is told after a moment, with a way out of it; nothing is told of what does not."""
        self._doing, self._cancel, self._stage = doing, cancel, ""
        self._window.loading.setVisible(bool(doing))
        self._window.loading.setRange(0, 0)
        if doing:
            self._slow.start()
        else:
            self._slow.stop()
            if self._told_slow:
                self._told_slow = False
                self._window.notice.hide()

    def _tell_slow(self) -> None:
        self._told_slow = True
        told = f"{self._doing} {self._stage}".rstrip()
        self._window.notice.tell(told, action=self.tr("Cancel"), act=self._cancel, stay=True)

    def _show_progress(self, stage: str, done: int, total: int) -> None:
        """How far a stage of reading is, on the bar; in words too once that it takes long has been told."""
        self._window.loading.setRange(0, total)
        self._window.loading.setValue(done)
        percent = f" · {100 * done // total} %" if total else ""
        self._stage = self.tr(stage) + percent
        if self._told_slow and self._window.notice.text.startswith(self._doing):  # Nobody has closed it.
            self._tell_slow()

    # Time

    def _show_word(self, word: int | None, jumped: bool) -> None:
        session = self._parts.session
        if word is not None and session.transcript and session.episode and not session.episode.row.sound:
            self._window.seek_bar.show_position(session.transcript.starts[word])
            self._window.transport.show_position(session.transcript.starts[word])
        self._window.view.set_current_word(word)
        self._window.follow.set_word(word, jumped=jumped)

    def _show_duration(self, ms: int) -> None:
        self._window.seek_bar.set_duration(ms)
        self._window.transport.show_duration(ms)

    def _show_state(self, state: EngineState) -> None:
        self._window.show_playing(state is EngineState.PLAYING)

    def show_controls(self) -> None:
        """Show speed and volume as they are."""
        playback, transport = self._parts.playback, self._window.transport
        transport.show_rate(playback.rate)
        transport.show_volume(playback.volume)
        self._parts.actions["mute"].setChecked(playback.muted)
        self._window.show_muted(playback.muted)

    def _show_jumps(self) -> None:
        jumps = self._parts.session.jumps
        self._parts.actions["undo_jump"].setEnabled(jumps.can_undo)
        self._parts.actions["redo_jump"].setEnabled(jumps.can_redo)


_NEED_SOUND = tuple(
    "play play_always back forward back_1 forward_1 previous_cue next_cue previous_chapter next_chapter to_start to_end"
    " go_to_time hear_selection hear_start hear_end loop_selection".split()
)
_NEED_WORDS = tuple(
    "export export_clips export_hits export_notes export_labels copy copy_quote copy_markdown copy_html copy_link"
    " copy_apa copy_chicago copy_bibtex find find_next find_previous play_hit keep_clip keep_chapter note"
    " highlight_green highlight_blue highlight_purple highlight_red".split()
)
