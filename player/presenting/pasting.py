"""A link or a quote leads to the moment it was taken from: pasted into the find box, or handed over by the system."""

from PySide6.QtCore import QObject

from index.links import Moment, find_moment
from index.transcript import WordRange
from player.parts import Parts


class Pasting(QObject):
    """Looks at what is typed or pasted to be found; what points at a moment is gone to instead."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        parts.window.find_field.textChanged.connect(self._look)

    def _look(self, text: str) -> None:
        moment = moment_in(text)
        if moment is not None:
            self._parts.window.find_field.clear()
            self._go_to(moment)

    def follow(self, link: str) -> None:
        """Go to the moment that a link points at, in an episode of the library."""
        moment = find_moment(link)
        if moment is not None:
            self._go_to(moment)

    def _go_to(self, moment: Moment) -> None:
        episode = self._episode_of(moment)
        if episode is None:
            named = f"“{moment.hint or moment.file}”"
            self._parts.window.notice.tell(self.tr("{} is not in the library; add its files first.").format(named))
        else:
            self._parts.arriving.at(episode, lambda: self._arrive(moment))

    def _episode_of(self, moment: Moment) -> int | None:
        """The open episode where the moment may be of it, else the one of the library opened last that it names."""
        opened = self._parts.session.episode
        rows = [opened.row] if opened else []
        for row in (*rows, *self._parts.library.episodes.select(sort="opened", descending=True)):
            file = row.sound or row.transcript
            if moment.is_of(row.title, row.show, file.name if file else ""):
                return row.id
        return None

    def _arrive(self, moment: Moment) -> None:
        parts, transcript = self._parts, self._parts.session.transcript
        parts.session.go_to(moment.start_ms)
        parts.window.follow.resume()
        words = WordRange(0, 0)
        if transcript and moment.end_ms is not None:
            words = transcript.range_between(moment.start_ms, moment.end_ms)
        if words:
            parts.keeping.set_range(words)
            parts.window.view.scroll_to(words.first, 0.3)
        parts.window.focus_page()


def moment_in(text: str) -> Moment | None:
    """The moment that a text of one line points at: a line edit has made one of all the lines of a pasted quote."""
    if "#t=" not in text and "—" not in text and not text.startswith("t="):
        return None  # Nearly everything that is typed.
    return find_moment(text) or find_moment(text.replace(" — ", "\n— ").replace("\u2028", "\n"))
