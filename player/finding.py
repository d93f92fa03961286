"""Finding in the open episode: the phrase, its hits, and the one the user is at."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from index.find import Finder
from index.transcript import Transcript, WordRange
from player.tasks import Tasks


class Finding(QObject):
    """Searches off the GUI thread. Facts only: whoever shows or plays a hit listens."""

    changed = Signal()  # Another phrase, other hits.
    retimed = Signal()  # The same hits are heard at other times.
    stepped = Signal(int)  # The number of the hit the user went to.

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._transcript: Transcript | None = None
        self._finder: Finder | None = None
        self.query = ""
        self.hits: Sequence[WordRange] = ()
        self.current: int | None = None
        self.suggestion: str | None = None  # The nearest spelling that is said, where nothing was found.
        self._step_when_found = 0
        self._busy = False

    def set_transcript(self, transcript: Transcript | None) -> None:
        """Search another transcript; the phrase is searched anew in it."""
        self._transcript, self._finder = transcript, None
        self.hits, self.current, query = (), None, self.query
        self.query = ""
        self.find(query)

    def amend(self, transcript: Transcript) -> None:
        """Search the same transcript with other words; other times alone leave the hits as they are."""
        if self._transcript is not None and self._transcript.text == transcript.text:
            self._transcript = transcript
            self.retimed.emit()
        else:
            self.set_transcript(transcript)

    def find(self, query: str) -> None:
        """Find a phrase as it is typed: its last word may go on."""
        query = query.strip()
        if query == self.query and (self.hits or not query):
            return
        self.query = query
        if not query or self._transcript is None:
            self._tasks.drop("find")
            self._busy = False
            self._found([])
            return
        self._busy = True
        transcript, finder = self._transcript, self._finder

        def work() -> tuple[Finder, list[WordRange], str | None]:
            ready = finder or Finder(transcript)
            hits = ready.find(query, prefix=True)
            return ready, hits, None if hits else ready.nearest(query)

        self._tasks.run("find", work, self._answered, lambda error: self._found([]))

    def _answered(self, answer: tuple[Finder, list[WordRange], str | None]) -> None:
        self._finder = answer[0]
        self._found(answer[1], answer[2])

    def _found(self, hits: list[WordRange], suggestion: str | None = None) -> None:
        self._busy = False
        self.hits, self.current, self.suggestion = hits, None, suggestion
        self.changed.emit()
        step, self._step_when_found = self._step_when_found, 0
        if step:
            self.step(step)

    @property
    def found_nothing(self) -> bool:
        """Whether the phrase was searched and is not there."""
        return bool(self.query) and not self._busy and not self.hits

    def step(self, by: int, from_word: int = 0) -> None:
        """Go to the next hit (1) or the one before (-1), round and round; at first to the one next to `from_word`."""
        if self._busy:
            self._step_when_found = by
        elif self.hits:
            if self.current is None:
                after = bisect_left(self.hits, from_word, key=lambda hit: hit.first)
                self.go_to((after if by > 0 else after - 1) % len(self.hits))
            else:
                self.go_to((self.current + by) % len(self.hits))

    def go_to(self, number: int) -> None:
        """Make a hit the current one."""
        if 0 <= number < len(self.hits):
            self.current = number
            self.stepped.emit(number)
