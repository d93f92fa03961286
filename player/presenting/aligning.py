"""Words looked for in the sound become what is seen: how far it is, what may be done, what is offered."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from index.pairing import TRANSCRIPT_SUFFIXES
from index.plaintext import one_line, shown
from player.audio.media import MediaInfo
from player.parts import Parts


class ShowAligning(QObject):
    """Listens to aligning, and tells the window."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window
        self._aligning = parts.aligning
        parts.does(
            {
                "align": self._aligning.align,
                "pause_aligning": lambda: self._aligning.pause(not self._aligning.is_paused),
                "stop_aligning": self.stop,
                "take_times": self.take_times,
            }
        )
        for signal, slot in (
            (self._aligning.changed, self._show),
            (self._aligning.progressed, self._show_progress),
            (self._aligning.told, self._tell),
            (self._aligning.kept, parts.indexing.catch_up),
            (parts.borrowing.told, self._tell),
            (parts.borrowing.borrowed, self._borrowed),
            (parts.shelf.edited, self._aligning.sweep),
            (parts.adding.added, lambda *_: self._aligning.look_for_more()),
            (parts.changed, self._aligning.heed_settings),
            (parts.repairing.changed, self._show),
            (parts.amending.changed, self._show),
            (parts.session.transcript_amended, lambda _: self._show()),
            (parts.session.sound_opened, self._sound_opened),
        ):
            signal.connect(slot)
        self._progress = (0, 0)
        self._offer = self.tr("This text has no times.")
        self._show()

    def stop(self) -> None:
        """Stop whatever listens to the sound."""
        title = self._aligning.title
        self._aligning.stop()
        self._parts.repairing.stop()
        if title:
            self._window.notice.tell(
                self.tr("Nothing more is searched until Earmark is started again."),
                action=self.tr("Never by itself"),
                act=lambda: self._parts.change(align_added=False),
            )

    def _tell(self, sentence: str, error: bool) -> None:
        self._window.notice.tell(sentence, error=error)

    def _borrowed(self, sentence: str) -> None:
        self._window.notice.tell(sentence)
        self._aligning.look_for_more(again=True)

    def take_times(self) -> None:
        """Choose another transcript of this episode, whose times the words take."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Take the times from another transcript"),
            self._parts.settings.last_folder or str(Path.home()),
            self.tr("Transcripts ({});;All files (*)").format(
                " ".join(f"*{suffix}" for suffix in sorted(TRANSCRIPT_SUFFIXES))
            ),
        )
        if name:
            self._parts.change(last_folder=str(Path(name).parent))
            self._parts.borrowing.take_from(Path(name))

    def _sound_opened(self, media: MediaInfo | None) -> None:
        self._show()
        transcript = self._parts.session.transcript
        if media and media.has_sound and transcript and not transcript.timed:
            find = self.tr("Find its words in the sound")
            self._window.offer_bar.offer(self._offer, find, self._parts.actions["align"])

    def _show_progress(self, done: int, total: int) -> None:
        self._progress = (done, total)
        self._show()

    def _show(self) -> None:
        aligning, transcript = self._aligning, self._parts.session.transcript
        done = self._parts.amending.amendments
        busy = aligning.is_running or aligning.is_paused
        if not busy:
            self._progress = (0, 0)
        if self._window.offer_bar.text == self._offer and (busy or self._parts.session.is_timed):
            self._window.offer_bar.hide()
        for name, allowed in (
            ("align", aligning.can_align and not busy),
            ("pause_aligning", busy and (self._parts.session.is_timed or bool(aligning.title))),
            ("stop_aligning", busy or self._parts.repairing.is_running),
            ("take_times", bool(transcript) and done is not None),
        ):
            self._parts.actions[name].setEnabled(allowed)
        self._parts.actions["pause_aligning"].setChecked(aligning.is_paused)
        self._window.work_strip.show_work(self._doing(), *self._progress)

    def _doing(self) -> str:
        aligning = self._aligning
        if aligning.is_paused:
            return self.tr("Finding the words is paused")
        if self._parts.repairing.is_running:
            return self.tr("Listening whether the words are in step")
        if not aligning.is_running:
            return ""
        if not aligning.title:
            return self.tr("Finding the words in the sound")
        more = self.tr(", then {} more").format(aligning.waiting) if aligning.waiting else ""
        return self.tr("Finding the words of “{}”{}").format(shown(one_line(aligning.title, 40)), more)
