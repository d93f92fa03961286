"""The kept clips: those of the open episode and of the library, and everything that is done to them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from index.clip import Clip
from index.library import Library, SavedClip
from index.plaintext import one_line
from index.transcript import Transcript, WordRange
from player.library_deeds import LibraryDeeds
from player.session import Session
from player.undoing import Undoing


class ClipList(QObject):
    """Keeps clips in the library. Whatever it does can be undone."""

    changed = Signal(object)  # The id of the clip to point at, or None.
    kept = Signal(object)  # SavedClip
    removed = Signal(object)  # list[SavedClip]

    def __init__(self, session: Session, library: Library, undoing: Undoing, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._library = library
        self._deeds = LibraryDeeds(session, undoing, self.read)
        self.here: Sequence[SavedClip] = ()
        session.transcript_changed.connect(self._words_changed)
        session.transcript_amended.connect(self._words_changed)

    def _words_changed(self, transcript: Transcript | None) -> None:
        self.read()

    def everywhere(self) -> list[SavedClip]:
        """The clips of every episode, in the order that was given to them."""
        return self._deeds.found(self._library.clips.all)

    def with_id(self, clip: int) -> SavedClip | None:
        """A clip of the library; None where there is none of that id."""
        known = next((each for each in self.here if each.id == clip), None)
        return known or next((each for each in self.everywhere() if each.id == clip), None)

    # What is done to them

    def keep(self, title: str, clip: Clip) -> None:
        """Keep a stretch of the open episode."""
        episode = self._session.episode
        if episode is None:
            return
        made: list[SavedClip] = []

        def add() -> None:
            if made:
                self._library.clips.restore(made[0])
            else:
                words, times = (clip.words.first, clip.words.end), (clip.start_ms, clip.end_ms)
                made.append(self._library.clips.keep(episode.row.id, title, words, times))

        if self._deeds.do("keep a clip", add, lambda: self._library.clips.drop(made[0].id)):
            self.changed.emit(made[0].id)
            self.kept.emit(made[0])

    def rename(self, clip: int, title: str) -> None:
        """Give a clip another title; an empty one changes nothing."""
        before, title = self.with_id(clip), one_line(title)
        if before and title and title != before.title:
            clips = self._library.clips
            self._deeds.do("a title", lambda: clips.rename(clip, title), lambda: clips.rename(clip, before.title))

    def remark(self, clip: int, remark: str) -> None:
        """Say something about a clip; `#words` in it are its tags."""
        before, remark = self.with_id(clip), one_line(remark, 500)
        if before and remark != before.remark:
            clips = self._library.clips
            self._deeds.do("a remark", lambda: clips.remark(clip, remark), lambda: clips.remark(clip, before.remark))

    def move(self, clip: int, to: Clip, *, run: object = None) -> None:
        """Give a clip other words and times; moves of one run are undone together."""
        before = self.with_id(clip)
        if before is None:
            return
        old = ((before.first_word, before.end_word), (before.start_ms, before.end_ms))
        new = ((to.words.first, to.words.end), (to.start_ms, to.end_ms))
        if new != old:
            clips = self._library.clips
            self._deeds.do("move an edge", lambda: clips.move(clip, *new), lambda: clips.move(clip, *old), run=run)

    def remove(self, clips: Iterable[int]) -> None:
        """Remove clips, of whatever episode."""
        wanted = set(clips)
        here = {clip.id for clip in self.here}
        gone = [clip for clip in (self.here if wanted <= here else self.everywhere()) if clip.id in wanted]

        def drop() -> None:
            for clip in gone:
                self._library.clips.drop(clip.id)

        def restore() -> None:
            for clip in gone:
                self._library.clips.restore(clip)

        text = "remove a clip" if len(gone) == 1 else f"remove {len(gone)} clips"
        if gone and self._deeds.do(text, drop, restore):
            self.removed.emit(gone)

    def arrange(self, clips: Sequence[int]) -> None:
        """Put clips in this order."""
        before = self._deeds.found(self._library.clips.places)
        self._deeds.do(
            "the order of clips",
            lambda: self._library.clips.arrange(clips),
            lambda: self._library.clips.set_places(dict(before)),
        )

    # Reading

    def read(self, current: int | None = None) -> None:
        """Read the clips of the open episode anew."""
        episode, transcript = self._session.episode, self._session.transcript
        found = self._deeds.found(lambda: self._library.clips.of(episode.row.id)) if episode else []
        # A transcript that has become shorter since cannot show a clip of words it no longer has.
        self.here = [clip for clip in found if transcript and clip.end_word <= len(transcript)]
        self.changed.emit(current)


def clip_from(saved: SavedClip) -> Clip:
    """A kept clip as words and times."""
    return Clip(WordRange(saved.first_word, saved.end_word), saved.start_ms, saved.end_ms)
