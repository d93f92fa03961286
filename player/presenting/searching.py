"""What a search of the library finds becomes what is seen, and its hits are gone to, played and kept."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from index.transcript import WordRange
from player.models.library_hits import FoundRow, LibraryHitRow, MoreRow, QuestionRow, SavedRow
from player.parts import Parts
from player.playing_hits import Moment
from player.saved_searches import SavedSearches

if TYPE_CHECKING:
    from index.search import Answer, Chip


class ShowSearching(QObject):
    """Listens to searching, and tells the window; in the window's find box it takes turns with `ShowFinding`."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window
        self._field = parts.window.find_field
        self._found = found = parts.window.side.found
        self._kept = SavedSearches(parts.session, parts.library, parts.undoing, parts.searching.search_again)
        self._at = -1  # The row that was gone to last.
        self._step_when_found = 0  # Where to go in what is still being searched.
        self._go_to: tuple[int, WordRange, bool] | None = None  # A hit of an episode that is being opened.
        searching, playing = parts.searching, parts.playing_hits
        found.rows.set_snippets(searching.snippet)
        for signal, slot in (
            (searching.changed, self._show),
            (searching.snippets_changed, found.rows.refresh_snippets),
            (self._field.scope_changed, self._change_scope),
            (found.picked, lambda row: self._do(row, play=False)),
            (found.chosen, lambda row: self._do(row, play=parts.settings.play_on_hit)),
            (found.removed, self._remove_saved),
            (found.renamed, lambda row, name: self._kept.rename(row.id, name)),
            (found.chip_removed, self._remove_chip),
            (found.suggestion_picked, self._field.setText),
            (found.list.left, self._field.close_search),
            (found.list.up_requested, self._field.setFocus),
            (parts.indexing.changed, self._index_changed),
            (parts.session.library_changed, self._take_questions),
            (parts.session.sound_opened, lambda _: self._arrive()),
            (playing.moved, self._show_moment),
            (playing.stopped, parts.window.playing_bar.hide),
            (playing.stopped, self._allow),
        ):
            signal.connect(slot)
        parts.does(
            {
                "find_library": self._open,
                "save_search": self._save,
                "play_hits": lambda: playing.start(searching.moments()),
                "next_moment": playing.step,
                "stop_moments": playing.stop,
                "keep_hit": parts.keeping.keep,
            }
        )
        self._allow()

    def _take_questions(self) -> None:
        now = self._parts.session.episode
        details = self._parts.session.answered(
            lambda: self._parts.library.episodes.details(now.row.id) if now else None, None
        )
        self._parts.searching.questions = details.questions if details else ()

    # The find box

    def _open(self) -> None:
        self._field.set_scope(True)
        if not self._field.text():
            self.find("")
        self._field.setFocus()
        self._field.selectAll()
        self._parts.show_side("results", asked=True)

    def _change_scope(self, in_library: bool) -> None:
        self._window.side.show_library(in_library)
        self._parts.finding.find("" if in_library else self._field.text())
        if in_library:
            self.find(self._field.text())
            self._parts.show_side("results", asked=True)
        self._allow()

    def find(self, query: str) -> None:
        """Search the library as it is typed."""
        self._at, self._step_when_found = -1, 0
        self._window.view.set_hits((), None)
        self._window.seek_bar.mark(hits=(), hit=None)
        if query.strip():
            self._parts.show_side("results", asked=True)
        self._parts.searching.find(query)

    def step(self, by: int) -> None:
        """Go to the next hit of the list (1), or the one before (-1), round and round."""
        hits = [number for number, row in enumerate(self._parts.searching.rows) if isinstance(row, LibraryHitRow)]
        if hits:
            later = [number for number in hits if number > self._at]
            earlier = [number for number in hits if number < self._at]
            number = (later or hits)[0] if by > 0 else (earlier or hits)[-1]
            self._found.show_current(number)
            self._do(self._parts.searching.rows[number], play=False)
        else:
            self._step_when_found = by

    # What is found

    def _show(self) -> None:
        searching = self._parts.searching
        answer = searching.answer
        hint, suggestion = searching.trouble, ""
        chips: list[Chip] = []
        if answer:
            hint = self._hint(answer)
            suggestion = answer.suggestion
            chips = [chip for chip in answer.query.chips if chip.kind != "words"]
        elif searching.asks and not hint:
            found = self.tr("The moments that are most likely about this.")
            hint = found if searching.rows else self.tr("No word of this question is said anywhere.")
        elif not hint:
            hint = (
                self.tr("What this episode answers, searches you kept, and what is new in them.")
                if searching.rows
                else ""
            )
        self._found.show_rows(
            searching.rows, hint=hint, suggestion=suggestion, chips=chips, ways=not (searching.query or searching.rows)
        )
        if self._field.in_library:
            self._field.show_found(self._count(), steps=bool(answer and answer.total))
        self._allow()
        step, self._step_when_found = self._step_when_found, 0
        if step and answer and answer.total:
            self.step(step)

    def _hint(self, answer: "Answer") -> str:
        parts = [answer.hint]
        if not answer.episodes:
            parts.append(self.tr("Nothing found for “{}”.").format(self._parts.searching.query))
        if answer.unsearched:
            parts.append(self.tr("{} episodes are still being read into the index.").format(f"{answer.unsearched:,}"))
        return " ".join(part for part in parts if part)

    def _remove_chip(self, item: int) -> None:
        answer = self._parts.searching.answer
        if answer:
            self._field.setText(str(answer.query.without(item)))

    def _count(self) -> str:
        answer = self._parts.searching.answer
        if answer is None:
            return ""
        if not answer.total:
            return self.tr("Not found") if not answer.episodes else ""
        episodes = answer.found_in
        where = self.tr("{} episodes").format(f"{episodes:,}") if episodes != 1 else self.tr("1 episode")
        return self.tr("{} in {}").format(f"{answer.total:,}", where)

    def _index_changed(self) -> None:
        if self._field.in_library:
            self._parts.searching.search_again()

    def _allow(self) -> None:
        answer = self._parts.searching.answer if self._field.in_library else None
        for name in ("save_search", "play_hits", "concordance"):
            self._parts.actions[name].setEnabled(bool(answer and answer.total))
        for name in ("keep_hit", "next_moment", "stop_moments"):
            self._parts.actions[name].setEnabled(self._parts.playing_hits.moment is not None)

    # Going there

    def _do(self, row: FoundRow, *, play: bool) -> None:
        searching = self._parts.searching
        if isinstance(row, LibraryHitRow):
            self._at = next((at for at, each in enumerate(searching.rows) if each == row), -1)
            self.go_to(row.episode, WordRange(row.first_word, row.end_word), play=play)
        elif isinstance(row, MoreRow):
            searching.expand(row)
        elif isinstance(row, SavedRow):
            searching.look_at(row)
            self._field.setText(row.query)
        elif isinstance(row, QuestionRow):
            now = self._parts.session.episode
            searching.ask(row.text, now.row.id if now else None)
            self._field.setText(row.text)

    def go_to(self, episode: int, words: WordRange, *, play: bool) -> None:
        """Be at words of an episode, which is opened if it is not open."""
        session = self._parts.session
        self._go_to = (episode, words, play)
        if session.episode and session.episode.row.id == episode:
            self._arrive()
        else:
            session.open_episode(episode)

    def _arrive(self) -> None:
        """Be at the hit, once its episode is open with its sound."""
        if self._parts.playing_hits.moment:
            self._take_moment(self._parts.playing_hits.moment)
        session = self._parts.session
        if self._go_to is None or session.episode is None or session.episode.row.id != self._go_to[0]:
            return
        (episode, words, play), self._go_to = self._go_to, None
        transcript = session.transcript
        if transcript is None or words.end > len(transcript):
            return
        self._mark(episode, words)
        session.go_to_word(words.first, self._parts.settings.hit_lead_in_ms if play else 0)
        self._window.view.scroll_to(words.first, 0.35)
        self._window.follow.resume()
        if play:
            session.play()

    def _mark(self, episode: int, words: WordRange) -> None:
        """Mark every hit of the open episode in its words and on the timeline."""
        transcript = self._parts.session.transcript
        hits = self._parts.searching.hits_in(episode)
        if transcript is None or words not in hits:
            return
        number = hits.index(words)
        self._window.view.set_hits(hits, number)
        if transcript.timed:
            self._window.seek_bar.mark(hits=[transcript.starts[hit.first] for hit in hits], hit=number)

    # Playing all of them

    def _show_moment(self, number: int, count: int) -> None:
        moment = self._parts.playing_hits.moment
        episode = self._parts.library.episodes.get(moment.episode) if moment else None
        title = episode.title if episode else ""
        self._window.playing_bar.tell(self.tr("{} of {} · {}").format(number + 1, count, title))
        now = self._parts.session.episode
        if moment and now and now.row.id == moment.episode:
            self._take_moment(moment)
        self._allow()

    def _take_moment(self, moment: Moment) -> None:
        """Have the words of a moment in hand, so that C keeps them."""
        now = self._parts.session.episode
        if now and now.row.id == moment.episode:
            self._parts.keeping.set_range(moment.words)
            self._window.view.scroll_to(moment.words.first, 0.35)

    # Searches that are kept

    def _save(self) -> None:
        if self._parts.searching.save():
            self._window.notice.tell(self.tr("Search kept. Clear the box to see what is new in the searches you kept."))

    def _remove_saved(self, row: FoundRow) -> None:
        if isinstance(row, SavedRow) and self._kept.remove(row.id):
            self._window.notice.tell(
                self.tr("Removed: {}").format(row.name), action=self.tr("Undo"), act=self._parts.undoing.undo
            )
