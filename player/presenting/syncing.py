"""Words set right by ear: keys while it plays, a list of what was set, and a word where sound and words disagree."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from index.plaintext import one_line
from index.timecode import clock
from index.transcript import Transcript
from player.audio.media import MediaInfo
from player.models.values import AnchorRow
from player.widgets.anchors_dialog import AnchorsDialog

if TYPE_CHECKING:
    from player.app import App

_NUDGE_MS = 100
_DISAGREE = 0.02  # By more than this share of the sound;
_OUTRO_MS = 60_000  # but so long it may go on without words: many an episode ends with music.


class ShowSyncing(QObject):
    """Hands keys to amending, and tells what came of them."""

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self._app = app
        self._window = app.window
        app.does(
            {
                "set_by_ear": self.set_by_ear,
                "nudge_earlier": lambda: self.nudge(-_NUDGE_MS),
                "nudge_later": lambda: self.nudge(_NUDGE_MS),
                "anchors": self.show_anchors,
                "put_in_step": app.repairing.begin,
            }
        )
        app.session.sound_opened.connect(self._compare)
        app.amending.changed.connect(self._allow)
        app.repairing.changed.connect(self._allow)
        app.repairing.repaired.connect(self._tell_repaired)
        app.repairing.told.connect(lambda sentence, error: self._window.notice.tell(sentence, error=error))
        app.session.sound_opened.connect(lambda _: self._allow())
        self._allow()

    def set_by_ear(self) -> None:
        """The word that was pointed at, or that is marked, is heard now."""
        session, amending = self._app.session, self._app.amending
        transcript, word = session.transcript, self._window.view.word_meant
        word = session.word if word is None else word
        if transcript is None or word is None:
            self._window.notice.tell(self.tr("Select the word that you are about to hear first."))
            return
        ms = session.playback.position_ms
        before = transcript.starts[word] if transcript.timed else 0
        count = len(amending.anchors)
        amending.set_by_ear(word, ms)
        if len(amending.anchors) == count and word not in amending.anchors:
            return  # That was told.
        text = one_line(transcript.word_text(word), 40)
        self._window.notice.tell(
            self.tr("“{}” is heard at {}: {}.").format(text, clock(ms), self._what(ms - before)),
            action=self.tr("Undo"),
            act=self._app.undoing.undo,
        )

    def _what(self, by_ms: int) -> str:
        seconds = f"{abs(by_ms) / 1000:.1f} s"
        way = self.tr("later") if by_ms > 0 else self.tr("earlier")
        count = len(self._app.amending.anchors)
        if count == 1:
            return self.tr("all words come {} {}").format(seconds, way)
        if count == 2:
            return self.tr("the words are stretched between two set by ear")
        return self.tr("the words are bent between {} set by ear").format(count)

    def nudge(self, by_ms: int) -> None:
        """Let the words come a little earlier or later."""
        self._app.amending.nudge(by_ms)

    def show_anchors(self) -> None:
        """List the words set by ear; they can be gone to and released."""
        dialog = AnchorsDialog(self._rows(), self._window)
        dialog.released.connect(self._app.amending.release)
        dialog.gone_to.connect(self._app.session.go_to_word)
        dialog.gone_to.connect(lambda _: self._window.follow.resume())
        dialog.exec()
        dialog.deleteLater()

    def _rows(self) -> list[AnchorRow]:
        transcript = self._app.session.transcript
        if transcript is None:
            return []
        anchors = self._app.amending.anchors
        return [
            AnchorRow(word, one_line(transcript.word_text(word), 60), ms)
            for word, ms in sorted(anchors.items())
            if word < len(transcript)
        ]

    def _compare(self, media: MediaInfo | None) -> None:
        """Say so where the words end long after the sound, or long before it."""
        transcript, done = self._app.session.transcript, self._app.amending.amendments
        if not media or not media.duration_ms or not transcript or not transcript.timed or (done and not done.is_empty):
            return
        share, over_ms = _DISAGREE * media.duration_ms, transcript.end_ms - media.duration_ms
        if over_ms > share or -over_ms > max(share, _OUTRO_MS):
            self._tell_disagreement(transcript, media)

    def _tell_disagreement(self, transcript: Transcript, media: MediaInfo) -> None:
        self._window.notice.tell(
            self.tr("The words end at {} and the sound at {}.").format(
                clock(transcript.end_ms), clock(media.duration_ms)
            ),
            action=self.tr("Put them in step"),
            act=self._app.repairing.begin,
        )

    def _tell_repaired(self, first_ms: int, last_ms: int) -> None:
        way = self.tr("{} s later") if first_ms > 0 else self.tr("{} s earlier")
        what = self.tr("All words come {} now.").format(way.format(f"{abs(first_ms) / 1000:.1f}"))
        if first_ms != last_ms:
            what = self.tr("The words drifted away from the sound; they are in step now.")
        self._window.notice.tell(what, action=self.tr("Undo"), act=self._app.undoing.undo)

    def _allow(self) -> None:
        session, amending = self._app.session, self._app.amending
        sound = bool(session.episode and session.episode.media)
        for name, allowed in (
            ("set_by_ear", sound and amending.amended is not None),
            ("nudge_earlier", sound and session.is_timed and amending.amended is not None),
            ("nudge_later", sound and session.is_timed and amending.amended is not None),
            ("anchors", bool(amending.anchors)),
            ("put_in_step", sound and session.is_timed and not self._app.repairing.is_running),
        ):
            self._app.actions[name].setEnabled(allowed)
