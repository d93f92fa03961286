"""How the times of words are known becomes what is seen, and doubtful stretches what is heard."""

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QObject

from index.doubt import doubtful, seen_timings
from index.timing_parts import parts_of
from index.transcript import Transcript, WordRange
from player.parts import Parts

_AROUND_MS = 600  # Heard before and after a doubtful stretch.


class ShowTimings(QObject):
    """Tells words apart by how their times are known, on request; goes from one doubtful stretch to the next."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window
        self._doubts: tuple[WordRange, ...] = ()
        self._at: int | None = None
        parts.does({"show_timings": self.toggle, "next_doubt": self.next, "previous_doubt": self.previous})
        parts.session.transcript_changed.connect(self._show_transcript)
        parts.session.transcript_amended.connect(self._show_transcript)
        parts.dressed.connect(lambda: self._window.legend.set_theme(parts.theme))
        self._show_transcript(None)

    def toggle(self) -> None:
        """Show it, or do not; that is remembered."""
        self._parts.change(timings_shown=not self._parts.settings.timings_shown)
        self._show()

    def next(self) -> None:
        """Go to the next doubtful stretch and hear it."""
        word = self._here()
        self._go_to(bisect_right(self._doubts, word, key=lambda doubt: doubt.first))

    def previous(self) -> None:
        """Go to the doubtful stretch before this one and hear it."""
        word = self._here()
        self._go_to(bisect_left(self._doubts, word, key=lambda doubt: doubt.first) - 1)

    def _here(self) -> int:
        """Where the search for the next one begins: at the one gone to, else at the word being heard."""
        if self._at is not None:
            return self._doubts[self._at].first
        return self._parts.session.word or -1

    def _go_to(self, number: int) -> None:
        transcript = self._parts.session.transcript
        if not self._doubts or transcript is None:
            self._window.notice.tell(self.tr("There are no doubtful times in this transcript."))
            return
        self._at = number % len(self._doubts)
        words = self._doubts[self._at]
        self._parts.keeping.set_range(words)
        self._window.view.scroll_to(words.first, 0.35)
        self._show()
        start_ms, end_ms = _around(transcript, words)
        if self._parts.session.episode and self._parts.session.episode.media:
            self._parts.session.hear(max(0, start_ms - _AROUND_MS), end_ms + _AROUND_MS)

    def _show_transcript(self, transcript: Transcript | None) -> None:
        self._doubts = doubtful(transcript) if transcript else ()
        self._at = None
        for name in ("next_doubt", "previous_doubt"):
            self._parts.actions[name].setEnabled(bool(self._doubts))
        self._show()

    def _show(self) -> None:
        shown, transcript = self._parts.settings.timings_shown, self._parts.session.transcript
        self._parts.actions["show_timings"].setChecked(shown)
        self._window.view.show_timings(shown)
        legend = self._window.legend
        if transcript and shown:
            legend.show_parts(parts_of(seen_timings(transcript)), len(self._doubts), self._at)
        legend.setVisible(bool(shown and transcript))


def _around(transcript: Transcript, words: WordRange) -> tuple[int, int]:
    """From when to when doubtful words are to be heard: between the words beside them, whose times are known."""
    start_ms = transcript.ends[words.first - 1] if words.first else 0
    end_ms = transcript.starts[words.end] if words.end < len(transcript) else transcript.ends[words.end - 1]
    return start_ms, max(start_ms, end_ms)
