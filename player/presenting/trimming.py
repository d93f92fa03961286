"""The clip that is trimmed becomes what is seen in the strip under the page, and its keys do what they say."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from index.clip import Clip
from index.library import SavedClip
from player.parts import Parts
from player.presenting.clips import clip_row
from player.widgets.clip_wave import ZOOM, SpokenWord

_MANY = 400  # More words than this are not drawn: no room would be left for any.


class ShowTrimming(QObject):
    """Listens to trimming, and tells the editor."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window
        self._editor = editor = parts.window.clip_editor
        trimming = parts.trimming
        for signal, slot in (
            (trimming.opened, self._show),
            (trimming.changed, self._show_edges),
            (parts.playback.position_changed, editor.wave.show_position),
            (editor.wave.seek_requested, parts.session.go_to),
            (editor.renamed, lambda title: parts.clips.rename(editor.clip_id, title)),
            (editor.remarked, lambda text: parts.clips.remark(editor.clip_id, text)),
            (editor.air.air_wanted, trimming.set_air),
            (editor.air.fade_wanted, lambda ms: parts.change(clip_fade_ms=ms)),
            (parts.changed, self._show_fade),
            (editor.left, self._close),
        ):
            signal.connect(slot)
        parts.does(
            {
                "snap": lambda: self._set_snap(not parts.settings.clip_snap),
                "look_closer": lambda: editor.wave.zoom(ZOOM),
                "look_farther": lambda: editor.wave.zoom(1 / ZOOM),
                "look_whole": editor.wave.look_at_clip,
                "close_editor": self._close,
            }
        )
        parts.waveform.changed.connect(self._set_sound)
        parts.session.transcript_amended.connect(lambda _: self._set_sound())
        self._set_snap(parts.settings.clip_snap)
        self._show_fade()
        self._allow()

    # The sound

    def _words(self, start_ms: int, end_ms: int) -> Sequence[SpokenWord]:
        transcript = self._parts.session.transcript
        if transcript is None:
            return ()
        words = transcript.range_between(start_ms, end_ms)
        if len(words) > _MANY:
            return ()
        kept = self._parts.trimming.now.words if self._parts.trimming.now else ()
        return [
            SpokenWord(transcript.word_text(word), transcript.starts[word], transcript.ends[word], word in kept)
            for word in words
        ]

    def _set_sound(self) -> None:
        transcript = self._parts.session.transcript
        if self._parts.trimming.clip and transcript:
            duration_ms = self._parts.playback.duration_ms
            self._editor.wave.set_sound(self._parts.waveform.levels, self._words, transcript.speaker_at, duration_ms)

    # What is shown

    def _show(self, clip: SavedClip | None) -> None:
        self._editor.setVisible(clip is not None)
        if clip is not None:
            self._set_sound()
            fresh = self._editor.clip_id != clip.id
            self._editor.show_clip(clip_row(clip))
            if fresh:
                self._editor.wave.show_clip(clip.start_ms, clip.end_ms)
                self._editor.wave.show_position(self._parts.playback.position_ms)
                self._editor.focus_edges()
        else:
            self._editor.clip_id = 0
        self._allow()

    def _show_fade(self) -> None:
        self._editor.show_fade(self._parts.settings.clip_fade_ms)

    def _show_edges(self, clip: Clip) -> None:
        self._editor.show_times(clip.start_ms, clip.end_ms)
        self._editor.show_air(*self._parts.trimming.air_ms)
        self._parts.keeping.set_range(clip.words, (clip.start_ms, clip.end_ms))

    def _allow(self) -> None:
        for name in _IN_THE_STRIP:
            self._parts.actions[name].setEnabled(self._parts.trimming.clip is not None)

    # What the user does

    def _set_snap(self, snap: bool) -> None:
        if snap != self._parts.settings.clip_snap:
            self._parts.change(clip_snap=snap)
        self._parts.actions["snap"].setChecked(snap)

    def _close(self) -> None:
        self._parts.trimming.close()
        self._window.focus_page()


_IN_THE_STRIP = ("look_closer", "look_farther", "look_whole", "close_editor")
