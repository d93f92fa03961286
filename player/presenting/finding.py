"""What is found in the episode becomes what is seen."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from player.models.hit_rows import HitRows, HitTimes
from player.models.values import HitRow
from player.parts import Parts
from player.widgets.page_view import Place


class ShowFinding(QObject):
    """Listens to finding, and tells the window."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window
        self._place: Place | None = None  # What was in view when the search began.
        parts.finding.changed.connect(self._show_hits)
        parts.finding.stepped.connect(self._show_hit)
        parts.finding.retimed.connect(self._show_times)
        parts.session.transcript_changed.connect(self._start_anew)

    def _start_anew(self) -> None:
        self._place = None
        self._show_count(None, None)
        self._window.seek_bar.mark(hits=(), hit=None)

    # What the user does

    def open(self) -> None:
        """Begin a search, or another one."""
        self._window.find_field.set_scope(False)
        self.remember_place()
        self._window.find_field.setFocus()
        self._window.find_field.selectAll()

    def close(self) -> None:
        """End the search, back where it began unless the user has gone to a hit."""
        self._window.focus_page()
        self._window.want_side(bool(self._parts.keeping.clips) and self._window.side.tab == "clips")
        self.return_to_place()

    def step(self, by: int) -> None:
        """Go to the next hit (1) or the one before (-1)."""
        self._parts.finding.step(by, self._parts.session.word or 0)

    def go_to(self, number: int, *, play: bool) -> None:
        """Be at a hit; `play` from just before it."""
        finding, session = self._parts.finding, self._parts.session
        if number < len(finding.hits):
            finding.go_to(number)
            session.go_to_word(finding.hits[number].first, self._parts.settings.hit_lead_in_ms if play else 0)
            self._place = None  # The user has gone to a hit, and wants to be there.
            self._window.follow.resume()
            if play:
                self._parts.playback.play()

    def remember_place(self) -> None:
        """Note what is in view, to return to it when the search is closed."""
        if self._place is None:
            self._place = self._window.view.place()

    def return_to_place(self) -> None:
        """Show again what was in view when the search began, and follow again from there if it was followed."""
        place, self._place = self._place, None
        if place is not None:
            self._window.view.return_to(place)
        self._window.follow.release("search")

    def _show_hits(self) -> None:
        finding = self._parts.finding
        if finding.query:
            self.remember_place()
        self._window.side.show_hits(self._rows(), finding.query if finding.found_nothing else "", finding.suggestion)
        self._show_count(None, len(finding.hits) if finding.query else None)
        self._window.view.set_hits(finding.hits, None)
        if finding.query:
            self._parts.show_side("results")
        else:
            self._window.follow.release("search")
        self._mark()

    def _show_times(self) -> None:
        self._window.side.hits.refresh(self._rows())
        self._mark()

    def _rows(self) -> Sequence[HitRow]:
        finding, transcript = self._parts.finding, self._parts.session.transcript
        return HitRows(transcript, finding.hits) if transcript else ()

    def _show_hit(self, number: int) -> None:
        finding, view = self._parts.finding, self._window.view
        self._window.follow.hold("search")
        self._show_count(number, len(finding.hits))
        self._window.side.show_hit(number)
        view.set_hits(finding.hits, number)
        top = view.line_top(finding.hits[number].first)
        if top is not None and not 0.05 * view.viewport().height() <= top <= 0.7 * view.viewport().height():
            view.scroll_to(finding.hits[number].first, 0.35)
        self._window.follow.set_word(self._parts.session.word)
        self._mark()

    def _show_count(self, current: int | None, total: int | None) -> None:
        if not self._window.find_field.in_library:  # Else it tells of the library.
            self._window.find_field.show_count(current, total)

    def _mark(self) -> None:
        finding, transcript = self._parts.finding, self._parts.session.transcript
        timed = transcript is not None and transcript.timed
        hits = HitTimes(transcript, finding.hits) if transcript and timed else ()
        self._window.seek_bar.mark(hits=hits, hit=finding.current)
