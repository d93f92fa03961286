"""Correcting the words, names and turns that are read: from a key to the library, and what of it is seen."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from index.atomic import write_atomically
from index.change_list import change_list
from index.corrections import FixWords, JoinTurns, NameSpeaker, SplitTurn
from index.filenames import safe_name
from index.plaintext import one_line
from index.transcript import WordRange
from player.parts import Parts
from player.widgets.word_editor import WordEditor

_MOST_WORDS = 60  # So many at most are written anew in one go.


class ShowAmending(QObject):
    """Opens the little editor, and tells what came of it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window
        self._amending = parts.amending
        self.editor = WordEditor(parts.window.view.viewport())
        self._words: WordRange | None = None  # Being written anew,
        self._turn: int | None = None  # or the turn whose speaker is being named.
        parts.does(
            {
                "fix_words": self.fix_words,
                "name_speaker": self.name_speaker,
                "split_turn": self.split_turn,
                "join_turns": self.join_turns,
                "show_original": lambda: self._amending.show_original(not self._amending.original_shown),
                "take_back": self._amending.take_back,
                "export_changes": self.export_changes,
            }
        )
        for signal, slot in (
            (self._amending.changed, self._show),
            (self._amending.stored, parts.session.refresh_row),
            (self._amending.stored, parts.indexing.catch_up),
            (self._amending.told, self._tell),
            (parts.session.transcript_changed, lambda _: self.editor.hide()),
            (self._window.view.fix_requested, self.fix_words),
            (self._window.view.verticalScrollBar().valueChanged, lambda _: self.editor.hide()),
            (self.editor.written, self._written),
            (self.editor.left, self._left),
        ):
            signal.connect(slot)
        self._show()

    # What the user does

    def _meant(self) -> int | None:
        """The word that was pointed at, or else the one being heard."""
        word = self._window.view.word_meant
        return self._parts.session.word if word is None else word

    def fix_words(self) -> None:
        """Write the selected words anew, or the one that the keyboard is on or that is being heard."""
        transcript, word = self._parts.session.transcript, self._meant()
        if not transcript or word is None:
            self._tell(self.tr("Click or select the words to correct first."), False)
            return
        words = self._parts.keeping.range or WordRange(word, word + 1)
        if len(words) > _MOST_WORDS:
            self._tell(self.tr("Select {} words at most to correct them.").format(_MOST_WORDS), False)
            return
        self._open(words.first)
        self._words, self._turn = words, None
        text = transcript.text_of(words).replace("\n", " ")
        self.editor.edit_words(text, self._window.view.rects_of(words))

    def name_speaker(self) -> None:
        """Name who speaks the word."""
        transcript, word = self._parts.session.transcript, self._meant()
        if not transcript or word is None:
            self._tell(self.tr("Click a word of the speaker to name first."), False)
            return
        turn = transcript.turn_of(word)
        first = max(transcript.turn(turn).words.first, self._window.view.visible_words().first)
        self._open(first)
        self._words, self._turn = None, turn
        boxes = self._window.view.rects_of(WordRange(first, first + 1))
        speaker = transcript.turn(turn).speaker
        split = turn > 0 and transcript.turn(turn - 1).speaker == speaker  # Two turns in a row: one is another's.
        self.editor.edit_name(speaker or "", transcript.speakers, boxes, here=split)

    def _open(self, word: int) -> None:
        self._window.follow.hold("editing")
        self._window.selection_bar.hide()  # They would lie over each other.
        top = self._window.view.line_top(word)
        if top is None or not 0 <= top <= self._window.view.viewport().height() - 80:
            self._window.view.scroll_to(word, 0.35)

    def split_turn(self) -> None:
        """Let a turn begin at the word; its speaker is that of the turn it was part of until another is named."""
        transcript, word = self._parts.session.transcript, self._meant()
        if not transcript or word is None:
            self._tell(self.tr("Click the word with which the turn begins first."), False)
        elif word in transcript.turn_firsts:
            self._tell(self.tr("A turn begins with this word already."), False)
        else:
            self._amending.correct(self.tr("begin a turn"), SplitTurn(word))

    def join_turns(self) -> None:
        """Let the turn of the word go on the one before it."""
        transcript, word = self._parts.session.transcript, self._meant()
        if not transcript or word is None:
            self._tell(self.tr("Click a word of the turn to join first."), False)
            return
        turn = transcript.turn_of(word)
        if turn:
            self._amending.correct(self.tr("join turns"), JoinTurns(turn))
        else:
            self._tell(self.tr("This is the first turn; there is none before it."), False)

    def _written(self, text: str, everywhere: bool) -> None:
        if self._words is not None:
            self._amending.correct(self.tr("correct words"), FixWords(self._words.first, self._words.end, text))
        elif self._turn is not None:
            self._amending.correct(self.tr("name a speaker"), NameSpeaker(self._turn, text, everywhere))

    def _left(self, keyboard: bool) -> None:
        if keyboard:
            self._window.view.setFocus()
        self._window.follow.release("editing")
        if self._parts.keeping.range:
            self._window.selection_bar.place()

    # Files

    def export_changes(self) -> None:
        """Ask for a place, and write there what was changed, as a diff."""
        episode, done = self._parts.session.episode, self._amending.amendments
        amended = self._amending.amended
        if episode is None or done is None or amended is None:
            return
        file = episode.row.transcript
        text = change_list(done.original, amended.transcript, file.name if file else one_line(episode.title))
        if not text:
            self._tell(self.tr("No word, name or turn was changed in this transcript."), False)
            return
        folder = Path(self._parts.settings.last_folder or Path.home())
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save what was changed"),
            str(folder / f"{safe_name(episode.title)}.diff"),
            self.tr("Unified diff (*.diff *.patch)"),
        )
        if not name:
            return
        path = Path(name)
        if self._parts.keeping.is_open(path):
            self._tell(self.tr("What you open is never changed; choose another name."), True)
            return
        self._parts.change(last_folder=str(path.parent))
        self._parts.tasks.run(
            "changes",
            partial(write_atomically, path, text.encode()),
            lambda _: self._tell(self.tr("Written to {}: {}.").format(path.parent, path.name), False),
            lambda error: self._tell(str(error), True),
        )

    # What is seen

    def _show(self) -> None:
        transcript, done = self._parts.session.transcript, self._amending.amendments
        ready = bool(transcript) and done is not None
        corrected = bool(done and done.corrections)
        for names, allowed in (
            (("fix_words", "name_speaker", "split_turn", "join_turns"), ready),
            (("take_back", "export_changes"), corrected),
            (("show_original",), bool(done and not done.is_empty)),
        ):
            for name in names:
                self._parts.actions[name].setEnabled(allowed)
        self._parts.actions["show_original"].setChecked(self._amending.original_shown)

    def _tell(self, sentence: str, error: bool) -> None:
        self._window.notice.tell(sentence, error=error)
