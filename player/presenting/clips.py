"""The kept clips become what is seen, and what is done to them in their list is done."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from index.library import SavedClip
from index.transcript import WordRange
from player.models.kept_rows import ClipRow, matching
from player.parts import Parts


class ShowClips(QObject):
    """Listens to the clips of the open episode and of the library, and tells the window."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window
        self._panel = panel = parts.window.side.clips_panel
        self._filter = ""
        clips = parts.clips
        for signal, slot in (
            (clips.changed, self._show),
            (clips.kept, self._tell_kept),
            (clips.removed, self._tell_removed),
            (parts.session.transcript_changed, lambda _: self._show(None)),
            (panel.scope_changed, lambda _: self._show(None)),
            (panel.filter_changed, self._narrow),
            (panel.clip_picked, self.show_clip),
            (panel.clip_chosen, self.hear),
            (panel.clips_removed, lambda rows: clips.remove([row.id for row in rows])),
            (panel.order_changed, lambda rows: clips.arrange([row.id for row in rows])),
            (panel.choice_changed, lambda _: self._allow()),
            (panel.left, self._window.focus_page),
        ):
            signal.connect(slot)
        panel.on_rename(lambda row, title: clips.rename(row.id, title))
        parts.does(
            {
                "keep_clip": self._keep,
                "keep_chapter": self._keep_chapter,
                "edit_clip": self._edit_current,
                "clip_up": lambda: panel.step_current(-1),
                "clip_down": lambda: panel.step_current(1),
            }
        )
        self._show(None)

    # What is listed

    def rows(self) -> list[ClipRow]:
        """The clips that the list is to show."""
        if not self._panel.bar.everywhere:
            found = [clip_row(clip) for clip in self._parts.clips.here]
        else:
            clips = self._parts.clips.everywhere()
            titles = episode_titles(self._parts, {clip.episode for clip in clips})
            found = [clip_row(clip, titles[clip.episode]) for clip in clips]
        return matching(found, self._filter)

    def _narrow(self, typed: str) -> None:
        self._filter = typed.strip()
        self._show(None)

    def _show(self, current: int | None) -> None:
        if current is not None and self._filter:
            self._panel.bar.box.clear()
        here = self._parts.clips.here
        rows = self.rows()
        self._panel.rows.movable = not self._filter
        self._panel.show_clips(rows, current=current, nothing=self._nothing())
        self._window.side.show_counts(clips=len(here))
        self._window.view.set_clips([WordRange(clip.first_word, clip.end_word) for clip in here])
        self._window.seek_bar.mark(clips=tuple((clip.start_ms, clip.end_ms) for clip in here))
        if current is not None:
            self._parts.show_side("clips")
        self._allow()

    def _nothing(self) -> str:
        if self._filter:
            return self.tr("No clip says “{}”.").format(self._filter)
        if self._panel.bar.everywhere:
            return self.tr("No clips yet. Clips of every episode are gathered here.")
        return self.tr("Select words and press C to keep them as a clip. Kept clips can be trimmed and exported here.")

    def _allow(self) -> None:
        for name in ("edit_clip", "clip_up", "clip_down"):
            self._parts.actions[name].setEnabled(self._panel.current() is not None)

    # Going to one

    def show_clip(self, row: ClipRow) -> None:
        """Select a clip's words and bring them into view, in whatever episode it is."""

        def arrive() -> None:
            self._select(row.id)

        self._parts.arriving.at(row.episode, arrive)

    def hear(self, row: ClipRow) -> None:
        """Select a clip's words and play them."""

        def arrive() -> None:
            if self._select(row.id):
                self._parts.keeping.hear()

        self._parts.arriving.at(row.episode, arrive)

    def edit(self, row: ClipRow) -> None:
        """Open a clip in the editor."""
        self._parts.arriving.at(row.episode, lambda: self._open(row.id))

    def _select(self, id: int) -> SavedClip | None:
        clip = next((each for each in self._parts.clips.here if each.id == id), None)
        if clip:
            words = WordRange(clip.first_word, clip.end_word)
            self._parts.keeping.set_range(words, (clip.start_ms, clip.end_ms))
            self._window.view.scroll_to(words.first, 0.3)
            if self._parts.trimming.clip:
                self._parts.trimming.open(clip)
        return clip

    def _open(self, id: int) -> None:
        clip = self._select(id)
        if clip:
            self._parts.trimming.open(clip)
            self._panel.show_clips(self.rows(), current=id)

    def _edit_current(self) -> None:
        """Edit the clip of the selected words, else the one pointed at in the list."""
        words = self._parts.keeping.range
        same = [clip for clip in self._parts.clips.here if words == WordRange(clip.first_word, clip.end_word)]
        row = clip_row(same[0]) if same else self._panel.current()
        if row:
            self.edit(row)

    # Keeping

    def _keep(self) -> None:
        """Keep the range; without one, the hit or the note that is pointed at."""
        keeping, finding, side = self._parts.keeping, self._parts.finding, self._window.side
        words = None
        if keeping.range is None and side.isVisible():
            note = side.notes_panel.list.hasFocus() and side.notes_panel.current()
            if note:
                words = WordRange(note.first_word, note.end_word)
            elif side.tab == "results" and finding.current is not None:
                words = finding.hits[finding.current]
        keeping.keep(words)

    def _keep_chapter(self) -> None:
        """Keep the chapter that is being heard."""
        parts = self._parts
        episode, transcript = parts.session.episode, parts.session.transcript
        chapters = episode.media.chapters if episode and episode.media else ()
        now = parts.playback.position_ms
        at = sum(chapter.start_ms <= now for chapter in chapters) - 1
        if transcript is None or at < 0:
            self._window.notice.tell(self.tr("This episode has no chapters."))
            return
        end_ms = chapters[at + 1].start_ms if at + 1 < len(chapters) else parts.playback.duration_ms
        words = transcript.range_between(chapters[at].start_ms, end_ms)
        if words:
            parts.keeping.keep(words)

    # Notices

    def _tell_kept(self, clip: SavedClip) -> None:
        self._window.notice.tell(
            self.tr("Kept: {}").format(clip.title), action=self.tr("Export…"), act=self._parts.actions["export"].trigger
        )

    def _tell_removed(self, gone: Sequence[SavedClip]) -> None:
        what = gone[0].title if len(gone) == 1 else self.tr("{} clips").format(len(gone))
        self._window.notice.tell(
            self.tr("Removed: {}").format(what), action=self.tr("Undo"), act=self._parts.undoing.undo
        )


def episode_titles(parts: Parts, episodes: set[int]) -> dict[int, str]:
    """What episodes of the library are called."""
    found = {episode: parts.library.episodes.get(episode) for episode in episodes}
    return {episode: row.title if row else "" for episode, row in found.items()}


def clip_row(clip: SavedClip, episode_title: str = "") -> ClipRow:
    """A clip as lists and the editor show it; the title of its episode where clips of several stand together."""
    return ClipRow(
        clip.id,
        clip.title,
        clip.start_ms,
        clip.end_ms,
        clip.first_word,
        clip.end_word,
        clip.episode,
        clip.remark,
        episode_title,
    )
