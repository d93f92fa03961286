"""Amending the open transcript: what is corrected, set by ear or found in the sound; kept, and taken back."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from index.amendments import Amended, Amendments, amend, set_by_ear_since, with_found_times
from index.corrections import Correction, CorrectionError, DropAnchor, SetAnchor, SetTime, check
from index.doubt import doubtful
from index.library import Library, Prepared
from index.library.amended import PreparedAmendments, StoredAmendments, prepare_amended
from index.transcript import Transcript, WordRange
from player.session import Session
from player.tasks import Tasks
from player.undoing import Undoing


class Amending(QObject):
    """The user's file is never changed; the library keeps what was done, and the session shows the outcome."""

    changed = Signal()  # What is shown, what was done, or whether anything can be done.
    stored = Signal()  # The library has other words or times of the episode.
    moved = Signal()  # The user has set words by ear, or given times up: it is told before the words are seen to move.
    told = Signal(str, bool)

    def __init__(self, session: Session, library: Library, tasks: Tasks, undoing: Undoing, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._library = library
        self._tasks = tasks
        self._undoing = undoing
        self.version: int | None = None  # The transcript of the library that is open.
        self._wanted: Amendments | None = None  # What is being put to work, or has been.
        self._original: Prepared | None = None
        self._kept: Prepared | None = None  # The words that the library has.
        self._anchors: dict[int, int] = {}  # ms by word.
        self.amended: Amended | None = None  # What came of it; None until that is known.
        self.original_shown = False
        self.is_settled = True  # Whether what is shown is what was done.
        session.transcript_changed.connect(self._opened)

    # What there is

    @property
    def amendments(self) -> Amendments | None:
        """What was done to the open transcript; None as long as that is not known."""
        return self._wanted

    @property
    def anchors(self) -> dict[int, int]:
        """The words set by ear, and when each was heard, in ms; in the order in which they were set."""
        return dict(self._anchors)

    @property
    def alignment(self) -> int:
        """How often times were found for these words."""
        return self._wanted.alignment if self._wanted else 0

    def _opened(self, transcript: Transcript | None) -> None:
        for key in ("amend", "amendments", "found times"):
            self._tasks.drop(key)
        self.version, self._wanted, self.amended = None, None, None
        self._original = self._kept = None
        self._anchors, self.original_shown, self.is_settled = {}, False, True
        episode = self._session.episode
        if transcript is None or episode is None:
            self.changed.emit()
            return
        kept = None
        with self._session.telling_trouble():
            active = next((each for each in self._library.transcripts.of(episode.row.id) if each.active), None)
            if active:
                self.version = active.id
                kept = self._library.amendments.of(active.id)
        if kept:
            self._tasks.run("amendments", lambda: _read(kept), self._known, self._unreadable)
        else:
            self._known((Amendments(transcript), amend(Amendments(transcript))))

    def _known(self, answer: tuple[Amendments, Amended]) -> None:
        self._wanted, self.amended = answer
        self._anchors = {anchor.word: anchor.ms for anchor in self.amended.anchors}
        self.changed.emit()

    def _unreadable(self, error: Exception) -> None:
        self.told.emit(str(error), True)

    # Doing

    def correct(self, text: str, *corrections: Correction, run: object = None) -> bool:
        """Make corrections of the words that are shown; `text` says what that is, for undo. Gives whether they fit."""
        transcript = self._session.transcript
        if self._wanted is None or transcript is None:
            return False
        if self.original_shown:
            self.told.emit("This is the transcript as it was; show the corrected one to go on with it.", False)
            return False
        try:
            for each in corrections:
                check(transcript, each)
        except CorrectionError as error:
            self.told.emit(str(error), True)
            return False
        before = self._wanted.corrections
        after = (*_without_repeats(before, corrections), *corrections)
        self._undoing.did(text, lambda: self._set(before), lambda: self._set(after), run=run)
        self._set(after)
        return True

    def _set(self, corrections: tuple[Correction, ...]) -> None:
        if self._wanted is not None:
            self._become(replace(self._wanted, corrections=corrections))

    def take_back(self) -> None:
        """Take back every correction and every word set by ear; that can be undone."""
        if self._wanted and self._wanted.corrections:
            before = self._wanted.corrections
            self._undoing.did("take all corrections back", lambda: self._set(before), lambda: self._set(()))
            self._set(())

    def set_by_ear(self, word: int, ms: int) -> bool:
        """The word was heard to begin at that time; whether only it was moved, not all words with it.

        That is so where the words around it were found, and this one was not.
        """
        transcript = self._session.transcript
        stretch = self._doubtful_at(word)
        if transcript is None or stretch is None:
            self.set_anchor(word, ms)
            return False
        self.correct("set a word by ear", SetTime(stretch.first, stretch.end, word, max(0, ms)))
        return True

    def _doubtful_at(self, word: int) -> WordRange | None:
        transcript, done = self._session.transcript, self._wanted
        if transcript is None or done is None:
            return None
        if any(isinstance(each, SetTime) and each.word == word for each in done.corrections):
            return WordRange(word, word + 1)  # It was set before, and is set again.
        return next((stretch for stretch in doubtful(transcript) if word in stretch), None)

    def set_anchor(self, word: int, ms: int, *, text: str = "set a word by ear", run: object = None) -> None:
        """The word was heard to begin at that time, and all others go along."""
        if not self._session.is_timed:
            self.told.emit("This text has no times to be set right; align it with the sound first.", False)
        elif self.correct(text, SetAnchor(word, max(0, ms), self.alignment), run=run):
            self._anchors.pop(word, None)
            self._anchors[word] = max(0, ms)

    def release(self, word: int) -> None:
        """The word is no longer set by ear."""
        self.correct("release a word", DropAnchor(word))

    def nudge(self, by_ms: int) -> None:
        """Let the words come a little later (or earlier): the one set by ear that is nearest, or without one all."""
        transcript, now = self._session.transcript, self._session.word or 0
        if transcript is None or not transcript.timed:
            return
        word = min(self._anchors, key=lambda each: abs(each - now), default=now)
        ms = self._anchors.get(word, transcript.starts[word])
        self.set_anchor(word, ms + by_ms, text="nudge the times", run=("nudge", word))

    def take_times(
        self,
        asked: Sequence[Correction],
        timed: Transcript,
        *,
        searched: bool,
        since: Amendments | None = None,
        taken: Callable[[], None] = lambda: None,
        refused: Callable[[Exception], None] | None = None,
    ) -> None:
        """Take times that were found for the words that the corrections `asked` made of the original.

        `searched`: the work is at its end, and need not be done again. `taken` is called before the library has them,
        `refused` where they do not fit, or where words were set by ear or other times chosen `since`.
        """
        wanted = self._wanted
        if wanted is None:
            return
        since = since or wanted

        def work() -> Amendments:
            return with_found_times(wanted, amend(replace(wanted, corrections=tuple(asked))), timed, searched=searched)

        refuse = refused or self._unreadable

        def take(found: Amendments) -> None:
            now = self._wanted
            if now is None:
                return
            # Times that came in of the same search meanwhile are no choice.
            others = (now.found is None and since.found is not None) or now.searched != since.searched
            if others or set_by_ear_since(now, asked):
                refuse(ValueError("Other times were chosen meanwhile."))
                return
            taken()
            self._become(replace(now, found=found.found, alignment=found.alignment, searched=searched))

        self._tasks.run("found times", work, take, refuse)

    def original_times(self) -> None:
        """Go back to the times of the file; words stay corrected, and times are not looked for again by themselves."""
        before = self._wanted
        if before is None:
            return
        kept = tuple(each for each in before.corrections if not isinstance(each, SetAnchor | DropAnchor | SetTime))
        after = replace(before, found=None, alignment=0, searched=True, corrections=kept)
        self._undoing.did("go back to the file's times", lambda: self._become(before), lambda: self._become(after))
        self._become(after)

    def show_original(self, shown: bool) -> None:
        """Show the transcript as its file has it, or as it was corrected; nothing is lost by either."""
        if self.amended is None or self._wanted is None or shown == self.original_shown:
            return
        self.original_shown = shown
        self._session.amend(self._wanted.original if shown else self.amended.transcript)
        self.changed.emit()

    def _become(self, wanted: Amendments) -> None:
        episode, before = self._session.episode, self._wanted
        if episode is None or episode.reading is None or self.amended is None:
            return
        self._wanted, self.is_settled = wanted, False
        reading, original, kept = episode.reading, self._original, self._kept or self.amended.transcript

        def failed(error: Exception) -> None:
            self._wanted, self.is_settled = before, True
            self.told.emit(str(error), True)

        self._tasks.run("amend", lambda: prepare_amended(wanted, reading, kept, original), self._done, failed)
        if before is None or _chosen(wanted) != _chosen(before):
            self.moved.emit()

    def _done(self, made: PreparedAmendments) -> None:
        self._original, self._kept = made.original, made.words
        self.amended, self.original_shown, self.is_settled = made.amended, False, True
        self._anchors = {anchor.word: anchor.ms for anchor in made.amended.anchors}
        is_kept = False
        with self._session.telling_trouble():
            if self.version is None:
                pass  # The library could not be opened; that was told.
            elif made.amendments.is_empty:
                self._library.amendments.drop(self.version, made.original, made.before)
            else:
                self._library.amendments.keep(self.version, made.stored, made.words, made.before)
            is_kept = True
        self._session.amend(made.amended.transcript)
        if is_kept:
            self.stored.emit()
        self.changed.emit()


def _read(kept: StoredAmendments) -> tuple[Amendments, Amended]:
    amendments = kept.read()
    return amendments, amend(amendments)


def _chosen(done: Amendments) -> tuple[bool, list[Correction]]:
    """What the user says of the times: whether those that were found were given up, and which words were set by ear."""
    is_given_up = done.searched and done.found is None
    return is_given_up, [each for each in done.corrections if isinstance(each, SetAnchor | DropAnchor)]


def _without_repeats(before: tuple[Correction, ...], more: tuple[Correction, ...]) -> tuple[Correction, ...]:
    """The corrections before, less a last one that another of the same word takes the place of."""
    last, new = before[-1:], more[:1]
    match (*last, *new):
        case (SetAnchor(word, _, alignment), SetAnchor(other, _, again)) if (word, alignment) == (other, again):
            return before[:-1]
    return before
