"""Notes and highlights: words of an episode that were marked in a colour, with what was written of them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from index.library import Library, Note
from index.transcript import Transcript, WordRange
from player.library_deeds import LibraryDeeds
from player.models.kept_rows import COLOURS, colour_named
from player.session import Session
from player.undoing import Undoing


class Noting(QObject):
    """Keeps the notes of the open episode, and knows those of all others. Whatever it does can be undone."""

    changed = Signal(object)  # The id of the note to point at, or None.
    made = Signal(object)  # Note: to be written.
    removed = Signal(int)  # So many.
    told = Signal(str, bool)

    def __init__(self, session: Session, library: Library, undoing: Undoing, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._library = library
        self._deeds = LibraryDeeds(session, undoing, self._read)
        self.notes: Sequence[Note] = ()
        session.transcript_changed.connect(self._words_changed)
        session.transcript_amended.connect(self._words_changed)

    def _words_changed(self, transcript: Transcript | None) -> None:
        self._read()

    def everywhere(self) -> list[Note]:
        """The notes of every episode."""
        return self._deeds.found(self._library.notes.all)

    def at(self, words: WordRange) -> Note | None:
        """The note on exactly these words."""
        return next((note for note in self.notes if note.words == words), None)

    # Making and changing

    def note(self, words: WordRange | None, colour: str) -> None:
        """Begin a note on these words, or go on with the one that is there."""
        note = (self.at(words) or self._add(words, colour)) if words and self._here(words) else None
        if not words:
            self._nothing()
        if note:
            self.changed.emit(note.id)
            self.made.emit(note)

    def highlight(self, words: WordRange | None, colour: str) -> None:
        """Mark these words in a colour; a highlight that has it already, and no text, goes."""
        if not words:
            self._nothing()
            return
        note = self.at(words)
        if note is None:
            added = self._here(words) and self._add(words, colour)
            if added:
                self.changed.emit(added.id)
        elif note.colour == colour and not note.text:
            self.remove([note.id])
        else:
            self.colour(note.id, colour)

    def write(self, note: int, text: str) -> None:
        """Write another text; what is written of one note in one go is undone together."""
        self._edit(note, "what was noted", run=("text", note), text=text)

    def colour(self, note: int, colour: str) -> None:
        """Give a note another colour."""
        if colour in COLOURS:
            self._edit(note, "a colour", colour=colour)

    def remove(self, notes: Iterable[int]) -> None:
        """Remove notes, of whatever episode."""
        wanted = set(notes)
        gone = [note for note in self._all_known(wanted) if note.id in wanted]
        if not gone:
            return

        def drop() -> None:
            for note in gone:
                self._library.notes.drop(note.id)

        def restore() -> None:
            for note in gone:
                self._library.notes.restore(note)

        text = "a note" if len(gone) == 1 else f"{len(gone)} notes"
        if self._deeds.do(f"remove {text}", drop, restore):
            self.removed.emit(len(gone))

    def _add(self, words: WordRange, colour: str) -> Note | None:
        episode, transcript = self._session.episode, self._session.transcript
        if episode is None or transcript is None:
            return None
        times = transcript.span_ms(words) if transcript.timed else (0, 0)
        made: list[Note] = []

        def add() -> None:
            if made:
                self._library.notes.restore(made[0])
            else:
                word_pair = (words.first, words.end)
                made.append(self._library.notes.add(episode.row.id, "", word_pair, times, colour_named(colour)))

        self._deeds.do("a note", add, lambda: self._library.notes.drop(made[0].id))
        return made[0] if made else None

    def _edit(self, id: int, what: str, *, run: object = None, **changes: str) -> None:
        note = next((each for each in self._all_known({id}) if each.id == id), None)
        before = {name: getattr(note, name) for name in changes}
        if note is None or before == changes:
            return
        self._deeds.do(
            what,
            lambda: self._library.notes.edit(id, **changes),
            lambda: self._library.notes.edit(id, **before),
            run=run,
        )

    # Reading

    def _all_known(self, wanted: set[int]) -> Sequence[Note]:
        here = {note.id for note in self.notes}
        return self.notes if wanted <= here else self.everywhere()

    def _read(self) -> None:
        episode, transcript = self._session.episode, self._session.transcript
        found = self._deeds.found(lambda: self._library.notes.of(episode.row.id)) if episode else []
        # A transcript that has become shorter since cannot show a note on words it no longer has.
        self.notes = [note for note in found if transcript and note.end_word <= len(transcript)]
        self.changed.emit(None)

    def _here(self, words: WordRange) -> bool:
        transcript = self._session.transcript
        return transcript is not None and words.end <= len(transcript)

    def _nothing(self) -> None:
        self.told.emit("Select the words first.", False)
