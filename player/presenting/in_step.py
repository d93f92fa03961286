"""Words that are not in step with the sound: told over the page, set right with one press, and let go again."""

from PySide6.QtCore import QObject

from index.timecode import clock
from player.audio.media import MediaInfo
from player.parts import Parts
from player.repairing import OutOfStep

_DISAGREE = 0.02  # By more than this share of the sound;
_OUTRO_MS = 60_000  # but so long it may go on without words: many an episode ends with music.


class ShowInStep(QObject):
    """Listens to aligning and repairing, and offers what can be done."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._bar = parts.window.offer_bar
        self._off: OutOfStep | None = None
        parts.does({"put_in_step": self.put_in_step, "forget_times": parts.amending.original_times})
        for signal, slot in (
            (parts.session.transcript_changed, lambda _: self._forget()),
            (parts.session.sound_opened, self._compare),
            (parts.aligning.out_of_step, self._tell),
            (parts.repairing.repaired, self._repaired),
            (parts.repairing.told, self._not_repaired),
            (parts.repairing.changed, self._allow),
            (parts.amending.changed, self._show),
            (parts.session.sound_opened, lambda _: self._allow()),
        ):
            signal.connect(slot)
        self._allow()

    def put_in_step(self) -> None:
        """Set right what was found, or listen whether there is anything to set right."""
        if self._off and not self._is_repaired:
            self._parts.repairing.repair(self._off)
        else:
            self._parts.repairing.begin()

    @property
    def _is_repaired(self) -> bool:
        done = self._parts.amending.amendments
        return bool(self._parts.amending.anchors or (done and done.found))

    def _forget(self) -> None:
        self._off = None
        self._bar.hide()

    def _tell(self, off: OutOfStep) -> None:
        self._off = off
        self._bar.show()
        self._show()

    def _repaired(self, off: OutOfStep) -> None:
        self._tell(off)
        self._parts.aligning.look_for_more(again=True)

    def _not_repaired(self, sentence: str, error: bool) -> None:
        self._forget()
        self._parts.window.notice.tell(sentence, error=error)

    def _show(self) -> None:
        self._allow()
        if self._off is None or self._bar.isHidden():  # The user has closed it.
            return
        actions = self._parts.actions
        if self._is_repaired:
            back = self.tr("Back to the file’s times")
            self._bar.offer(self._what_was_done(self._off), back, actions["forget_times"])
        else:
            self._bar.offer(self._what_is_off(self._off), self.tr("Put them in step"), actions["put_in_step"])

    def _what_is_off(self, off: OutOfStep) -> str:
        if off.is_shift:
            return self.tr("The words are {}.").format(self._aside(off.points[0][1]))
        (first, by_first), (last, by_last) = off.points[0], off.points[-1]
        return self.tr("The words drift away: at {} they are {}, at {} {}.").format(
            clock(first), self._aside(by_first), clock(last), self._aside(by_last)
        )

    def _aside(self, by_ms: int) -> str:
        way = self.tr("{} s ahead of the sound") if by_ms > 0 else self.tr("{} s behind the sound")
        return way.format(f"{abs(by_ms) / 1000:.1f}")

    def _what_was_done(self, off: OutOfStep) -> str:
        if not off.is_shift:
            return self.tr("The words drifted away from the sound; they are in step now.")
        by_ms = off.points[0][1]
        way = self.tr("{} s later") if by_ms > 0 else self.tr("{} s earlier")
        return self.tr("All words come {} now.").format(way.format(f"{abs(by_ms) / 1000:.1f}"))

    def _compare(self, media: MediaInfo | None) -> None:
        """Say so where the words end long after the sound, or long before it."""
        transcript, done = self._parts.session.transcript, self._parts.amending.amendments
        if not media or not media.duration_ms or not transcript or not transcript.timed or (done and not done.is_empty):
            return
        share, over_ms = _DISAGREE * media.duration_ms, transcript.end_ms - media.duration_ms
        if over_ms > share or -over_ms > max(share, _OUTRO_MS):
            words, sound = clock(transcript.end_ms), clock(media.duration_ms)
            self._bar.offer(
                self.tr("The words end at {} and the sound at {}.").format(words, sound),
                self.tr("Listen, and put them in step"),
                self._parts.actions["put_in_step"],
            )

    def _allow(self) -> None:
        session, done = self._parts.session, self._parts.amending.amendments
        sound = bool(session.episode and session.episode.media)
        allowed = sound and session.is_timed and not self._parts.repairing.is_running
        self._parts.actions["put_in_step"].setEnabled(allowed)
        self._parts.actions["forget_times"].setEnabled(self._is_repaired and done is not None)
