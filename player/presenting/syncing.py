"""Words set right by ear: keys while it plays, and a list of what was set."""

from PySide6.QtCore import QObject

from index.find import context
from index.plaintext import one_line
from index.timecode import clock
from index.transcript import WordRange
from player.models.values import AnchorRow, Snippet
from player.parts import Parts
from player.widgets.anchors_dialog import AnchorsDialog

_NUDGE_MS = 100
_UNHEARD_MS = 50  # Nobody hears so small a difference.
_HEARD_MS = 2000  # Of a word set by ear.


class ShowSyncing(QObject):
    """Hands keys to amending, and tells what came of them."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window
        parts.does(
            {
                "set_by_ear": self.set_by_ear,
                "nudge_earlier": lambda: self.nudge(-_NUDGE_MS),
                "nudge_later": lambda: self.nudge(_NUDGE_MS),
                "anchors": self.show_anchors,
            }
        )
        parts.amending.changed.connect(self._allow)
        parts.session.sound_opened.connect(lambda _: self._allow())
        self._allow()

    def set_by_ear(self) -> None:
        """The word that was pointed at, or that is marked, is heard now."""
        session, amending = self._parts.session, self._parts.amending
        transcript, word = session.transcript, self._window.view.word_meant
        word = session.word if word is None else word
        if transcript is None or word is None:
            self._window.notice.tell(self.tr("Select the word that you are about to hear first."))
            return
        ms = session.playback.position_ms
        before = transcript.starts[word] if transcript.timed else 0
        count = len(amending.anchors)
        alone = amending.set_by_ear(word, ms)
        if not alone and len(amending.anchors) == count and word not in amending.anchors:
            return  # That was told.
        text = one_line(transcript.word_text(word), 40)
        self._window.notice.tell(
            self.tr("“{}” is heard at {}: {}.").format(text, clock(ms), self._what(ms - before, alone=alone)),
            action=self.tr("Undo"),
            act=self._parts.undoing.undo,
        )

    def _what(self, by_ms: int, *, alone: bool) -> str:
        if alone:
            return self.tr("the words around it stay")
        seconds = f"{abs(by_ms) / 1000:.1f} s"
        way = self.tr("later") if by_ms > 0 else self.tr("earlier")
        count = len(self._parts.amending.anchors)
        if count == 1 and abs(by_ms) < _UNHEARD_MS:
            return self.tr("the words stay where they are")
        if count == 1:
            return self.tr("all words come {} {}").format(seconds, way)
        if count == 2:
            return self.tr("the words are stretched between two set by ear")
        return self.tr("the words are bent between {} set by ear").format(count)

    def nudge(self, by_ms: int) -> None:
        """Let the words come a little earlier or later."""
        self._parts.amending.nudge(by_ms)

    def show_anchors(self) -> None:
        """List the words set by ear; they can be heard, moved and released."""
        amending, session = self._parts.amending, self._parts.session
        nudges = tuple(self._parts.actions[name].shortcut().toString() for name in ("nudge_earlier", "nudge_later"))
        dialog = AnchorsDialog(self._parts.theme, (nudges[0], nudges[1]), self._window)
        dialog.show_rows(self._rows())

        def show() -> None:
            dialog.show_rows(self._rows())

        amending.changed.connect(show)
        dialog.released.connect(lambda row: amending.release(row.word))
        dialog.heard.connect(lambda row: session.hear(row.ms, row.ms + _HEARD_MS))
        dialog.heard.connect(lambda _: self._window.follow.resume())
        dialog.moved.connect(self._move)
        dialog.exec()
        amending.changed.disconnect(show)
        dialog.deleteLater()

    def _move(self, row: AnchorRow, by: int) -> None:
        amending = self._parts.amending
        ms = amending.anchors.get(row.word, row.ms)
        amending.set_anchor(row.word, ms + by * _NUDGE_MS, text=self.tr("nudge the times"), run=("nudge", row.word))

    def _rows(self) -> list[AnchorRow]:
        transcript, amending = self._parts.session.transcript, self._parts.amending
        done, amended = amending.amendments, amending.amended
        if transcript is None or done is None or amended is None:
            return []
        base = done.found or done.original
        rows = []
        for word, ms in sorted(amending.anchors.items()):
            if word < len(amended.sources):
                around = context(transcript, WordRange(word, word + 1))
                snippet = Snippet(around.before, around.match, around.after, "", -1)
                rows.append(AnchorRow(word, snippet, ms, ms - base.starts[amended.sources[word].first]))
        return rows

    def _allow(self) -> None:
        session, amending = self._parts.session, self._parts.amending
        sound = bool(session.episode and session.episode.media)
        for name, allowed in (
            ("set_by_ear", sound and amending.amended is not None),
            ("nudge_earlier", sound and session.is_timed and amending.amended is not None),
            ("nudge_later", sound and session.is_timed and amending.amended is not None),
            ("anchors", bool(amending.anchors)),
        ):
            self._parts.actions[name].setEnabled(allowed)
