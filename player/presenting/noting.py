"""Notes and highlights become what is seen, and what is done to them in their list is done."""

from functools import partial

from PySide6.QtCore import QObject

from index.library import Note
from index.plaintext import one_line
from index.transcript import WordRange
from player.models.kept_rows import COLOURS, NoteRow, colour_named, matching
from player.parts import Parts
from player.presenting.clips import episode_titles

_QUOTED = 160  # Characters of the noted words that a row shows.


class ShowNoting(QObject):
    """Listens to the notes of the open episode and of the library, and tells the window."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window
        self._panel = panel = parts.window.side.notes_panel
        self._filter = ""
        noting = parts.noting
        for signal, slot in (
            (noting.changed, self._show),
            (noting.made, self._write),
            (noting.removed, self._tell_removed),
            (noting.told, lambda sentence, error: self._window.notice.tell(sentence, error=error)),
            (parts.session.transcript_changed, lambda _: self._show(None)),
            (self._window.view.note_requested, self._show_note_of),
            (panel.scope_changed, lambda _: self._show(None)),
            (panel.filter_changed, self._narrow),
            (panel.note_picked, self.go_to),
            (panel.note_chosen, self._go_and_write),
            (panel.notes_removed, lambda rows: noting.remove([row.id for row in rows])),
            (panel.text_changed, lambda row, text: noting.write(row.id, text)),
            (panel.colour_requested, lambda row, colour: noting.colour(row.id, colour)),
            (panel.left, self._window.focus_page),
        ):
            signal.connect(slot)
        parts.does(
            {
                "note": lambda: noting.note(parts.keeping.range, colour_named(parts.settings.note_colour)),
                "remove_note": lambda: noting.remove([row.id for row in panel.chosen()]),
                **{f"highlight_{each}": partial(self._highlight, each) for each in COLOURS},
            }
        )
        self._show(None)

    # What is listed

    def rows(self) -> list[NoteRow]:
        """The notes that the list is to show."""
        if not self._panel.bar.everywhere:
            return matching((self._row(note) for note in self._parts.noting.notes), self._filter)
        notes = self._parts.noting.everywhere()
        titles = episode_titles(self._parts, {note.episode for note in notes})
        return matching((self._row(note, titles[note.episode]) for note in notes), self._filter)

    def _row(self, note: Note, episode_title: str = "") -> NoteRow:
        episode, transcript = self._parts.session.episode, self._parts.session.transcript
        quote, speaker, timed = "", "", True
        if episode and transcript and note.episode == episode.row.id and note.end_word <= len(transcript):
            quote = one_line(transcript.text_of(note.words), _QUOTED)
            speaker = transcript.speaker_of(note.first_word) or ""
            timed = transcript.timed
        return NoteRow(
            note.id,
            note.text,
            colour_named(note.colour),
            quote,
            speaker,
            note.start_ms if timed else None,
            note.first_word,
            note.end_word,
            note.episode,
            episode_title,
        )

    def _narrow(self, typed: str) -> None:
        self._filter = typed.strip()
        self._show(None)

    def _show(self, current: int | None) -> None:
        if current is not None and self._filter:
            self._panel.bar.box.clear()
        here = self._parts.noting.notes
        self._panel.show_notes(self.rows(), current=current, nothing=self._nothing())
        self._window.side.show_counts(notes=len(here))
        self._window.view.set_notes([(note.words, colour_named(note.colour)) for note in here])
        if current is not None:
            self._parts.show_side("notes")
        self._parts.actions["remove_note"].setEnabled(bool(self._panel.rows.rowCount()))

    def _nothing(self) -> str:
        if self._filter:
            return self.tr("No note says “{}”.").format(self._filter)
        if self._panel.bar.everywhere:
            return self.tr("No notes yet. Notes on every episode are gathered here.")
        return self.tr("Select words and press T to note something on them, or 1 to 4 to highlight them in a colour.")

    # What the user does

    def _highlight(self, colour: str) -> None:
        self._parts.change(note_colour=colour)
        words = self._parts.keeping.range
        self._parts.noting.highlight(words, colour)
        if words:
            self._window.view.select(None)  # A colour is seen best without the selection over it.

    def _write(self, note: Note) -> None:
        self._parts.show_side("notes")
        self._panel.write()

    def _go_and_write(self, row: NoteRow) -> None:
        self.go_to(row)
        self._panel.write()

    def _show_note_of(self, words: WordRange) -> None:
        note = self._parts.noting.at(words)
        if note:
            self._show(note.id)
            self._panel.list.setFocus()

    def go_to(self, row: NoteRow) -> None:
        """Have a note's words in view and be there, in whatever episode it is."""

        def arrive() -> None:
            if row.first_word < len(self._parts.session.transcript or ()):
                self._window.view.scroll_to(row.first_word, 0.3)
                self._parts.session.go_to_word(row.first_word)
                self._window.follow.resume()

        self._parts.arriving.at(row.episode, arrive)

    def _tell_removed(self, count: int) -> None:
        what = self.tr("a note") if count == 1 else self.tr("{} notes").format(count)
        self._window.notice.tell(
            self.tr("Removed: {}").format(what), action=self.tr("Undo"), act=self._parts.undoing.undo
        )
