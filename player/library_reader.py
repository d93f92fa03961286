"""The library and its search index as other threads than the window's read them."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from index.find import context
from index.library import Library
from index.transcript import Transcript, WordRange
from player.models.values import Snippet

if TYPE_CHECKING:
    from index.search import Answer, SearchIndex
    from index.search.concordance import Row
    from index.search.moments import Moment

_LONG = 40  # Words.
_TRANSCRIPTS = 40  # So many stay unpacked: about 1 MB each.


class LibraryReader:
    """Answers questions about a library on disk from any thread but the window's, which has a library of its own."""

    def __init__(self, library: Path, index: Path) -> None:
        self._paths = (library, index)
        self._own = threading.local()
        self._index: SearchIndex | None = None
        self._transcripts: OrderedDict[tuple[int, int], Transcript] = OrderedDict()
        self._lock = threading.Lock()

    def order(self) -> dict[str, str]:
        """Where both are, for a job."""
        return {"library": str(self._paths[0]), "index": str(self._paths[1])}

    @property
    def library(self) -> Library:
        """The library, open for this thread."""
        if not hasattr(self._own, "library"):
            self._own.library = Library(self._paths[0])
        library: Library = self._own.library
        return library

    @property
    def index(self) -> "SearchIndex":
        """The search index; one for all threads."""
        from index.search import SearchIndex  # Whoosh takes a while to load: not before a window can be seen.

        with self._lock:
            if self._index is None:
                self._index = SearchIndex(self._paths[1])
            return self._index

    def is_current(self) -> bool:
        """Whether the index knows everything that is in the library."""
        from index.search import State

        return self.index.state(self.library) is State.CURRENT

    def warm_up(self) -> None:
        """Read what the first search would have to wait for."""
        self.index.warm_up(self.library)

    def search(self, query: str, *, typing: bool = False, forms: str = "") -> "Answer":
        """What a query finds; with `typing` its last word may go on, in the language `forms` other forms count."""
        return self.index.search(query, self.library, typing=typing, forms=forms)

    def lines(self, answer: "Answer", most: int, cancelled: Callable[[], bool]) -> "list[Row]":
        """What was found, each with the words left and right of it; at most so many."""
        from index.search.concordance import rows

        return list(islice(rows(answer, self.library, cancelled=cancelled), most))

    def moments(self, question: str, episode: int | None, limit: int) -> "list[Moment]":
        """The minutes that are most likely about a question, in an episode or in all, the likeliest first."""
        return self.index.moments(question, self.library, episode=episode, limit=limit)

    def transcript(self, episode: int, revision: int = 0) -> Transcript | None:
        """The words of an episode; those asked for last are kept unpacked."""
        key = (episode, revision)
        with self._lock:
            if key in self._transcripts:
                self._transcripts.move_to_end(key)
                return self._transcripts[key]
        transcript = self.library.transcript_of(episode)
        if transcript is not None:
            with self._lock:
                self._transcripts[key] = transcript
                while len(self._transcripts) > _TRANSCRIPTS:
                    self._transcripts.popitem(last=False)
        return transcript

    def forget(self) -> None:
        """Let go of words that may have changed."""
        with self._lock:
            self._transcripts.clear()

    def snippet(self, episode: int, words: WordRange) -> Snippet:
        """The words around a hit and who says it."""
        transcript = self.transcript(episode)
        if transcript is None or words.end > len(transcript):
            return Snippet("", "", "", "", -1)
        turn = transcript.turn_of(words.first)
        speaker = transcript.turn(turn).speaker or "", transcript.turn_speakers[turn]
        if len(words) > _LONG:  # A minute of talk, of which the beginning must do.
            said = transcript.text_of(WordRange(words.first, words.first + _LONG))
            return Snippet("", "", said.replace("\n", " "), *speaker)
        around = context(transcript, words)
        return Snippet(around.before, around.match, around.after, *speaker)
