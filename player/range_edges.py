"""Moving the edges of the range in hand; where the range is a kept clip, it is the clip whose edges move."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from index.clip import Clip
from index.edges import with_edge, with_words
from index.library import SavedClip
from player.clip_list import ClipList, clip_from
from player.keeping import Keeping
from player.session import Session
from player.settings import Settings
from player.snapping import Snapping
from player.trimming import STEP_MS
from player.undoing import Undoing


class RangeEdges(QObject):
    """Whatever it does can be undone."""

    def __init__(
        self,
        session: Session,
        clips: ClipList,
        keeping: Keeping,
        snapping: Snapping,
        undoing: Undoing,
        settings: Callable[[], Settings],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._clips = clips
        self._keeping = keeping
        self._snapping = snapping
        self._undoing = undoing
        self._settings = settings
        self._carried: tuple[Clip, SavedClip | None] | None = None  # What was taken hold of, before it was moved.
        self._held: SavedClip | None = None  # The kept clip that the range is.
        keeping.range_changed.connect(self._look_what_is_held)
        clips.changed.connect(lambda _: self._go_along())

    # What is in hand

    @property
    def clip(self) -> Clip | None:
        """The range with its times; None where there is none."""
        return self._keeping.clip()

    def _look_what_is_held(self) -> None:
        clip = self.clip
        if clip is None:
            self._carried = None  # Another episode was opened while an edge of it was in the hand.
        self._held = next((each for each in self._clips.here if clip_from(each) == clip), None)

    def _go_along(self) -> None:
        """The kept clip has been moved by somebody: by the clip editor, or because a move was undone."""
        held = self._held
        if held and self.clip == clip_from(held):
            now = next((each for each in self._clips.here if each.id == held.id), held)
            self._take(clip_from(now))
        self._look_what_is_held()

    def _take(self, clip: Clip) -> None:
        self._keeping.set_range(clip.words, (clip.start_ms, clip.end_ms))

    # Moving

    def carry(self, begin: bool, ms: int, *, done: bool, pixel_ms: float | None = 0.0) -> None:
        """Move an edge to a time; while it is carried nothing is kept yet.

        `pixel_ms` is how much time the hand sees as one pixel; with None the edge stays where it is let go.
        """
        clip = self.clip
        if clip is None:
            return
        if self._carried is None:
            self._carried = clip, self._held
        if pixel_ms is not None:
            ms = self._snapping.rest_ms(begin, ms, pixel_ms=pixel_ms)
        sound_ms = self._session.playback.duration_ms
        self._take(with_edge(self._session.transcript, self._carried[0], begin, ms, sound_ms=sound_ms))
        if done:
            (before, kept), self._carried = self._carried, None
            self._keep(before, kept)

    def step(self, begin: bool, by: int, *, words: bool) -> None:
        """Move an edge by words, or by steps of 10 ms."""
        before, kept, transcript = self.clip, self._held, self._session.transcript
        sound_ms = self._session.playback.duration_ms
        if before is None or transcript is None or (words and kept is None and not self._keeping.has_edges):
            if words:  # Its times follow from its words, if there are any.
                self._keeping.move_edge(first=by if begin else 0, end=0 if begin else by)
        elif words:
            pad_ms = self._settings().clip_pad_ms
            self._take(with_words(transcript, before, begin, by, pad_ms=pad_ms, sound_ms=sound_ms))
        else:
            ms = (before.start_ms if begin else before.end_ms) + by * STEP_MS
            self._take(with_edge(transcript, before, begin, ms, sound_ms=sound_ms))
        if before:
            self._keep(before, kept, run=(begin, words))

    def _keep(self, before: Clip, kept: SavedClip | None, *, run: object = None) -> None:
        """Keep what was moved in the clip that it is, or remember how to take it back."""
        after = self.clip
        if after is None or after == before:
            return
        if kept:
            self._clips.move(kept.id, after, run=run and (run, kept.id))
        else:
            self._undoing.did("move an edge", lambda: self._take(before), lambda: self._take(after), run=run)
