"""What is to be seen of an export before it is written: its captions, a card, or a picture of the film."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from index.caption_limits import unmet
from index.errors import EarmarkError
from index.filenames import name_fields, names_from
from index.timecode import clock
from player.audio.joints import joints_ms
from player.models.export_values import CopyFacts, ExportCard, ExportLook, ExportOrder
from player.parts import Parts
from player.pieces import Wanted
from player.presenting.film_look import FilmLook

if TYPE_CHECKING:
    from player.widgets.export_dialog import ExportDialog

_CHECKED = 2000  # So many words are looked through for captions that are too fast or too long.
_LISTED = 40  # So many rows a card has at most.
_LEVELS = 240  # How finely the sound of a card is measured.
_COPIES = 100  # Of more clips than that it is not looked up how far their edges would move.


class ExportLooks(QObject):
    """Looks for the export window that is open."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._film = FilmLook(parts)
        self._dialog: ExportDialog | None = None
        self._copied = ""  # The scope of which it is known how it can be copied.

    def show_in(self, dialog: "ExportDialog | None") -> None:
        """Look for this window from now on, or for none."""
        self._dialog, self._copied = dialog, ""
        self._film.show_in(dialog)
        if dialog is None:
            self._parts.tasks.drop("copying")

    def look(self, order: ExportOrder, wanted: Sequence[Wanted]) -> ExportLook | None:
        """What is to be seen of an order; None where a picture of it is being drawn."""
        if order.kind == "sound":
            self._look_up_copying(order, wanted)
        if order.kind == "film" and not order.is_folder:
            self._film.draw(wanted[0], order)
            return None
        if order.is_folder:
            return ExportLook(self._of_folder(order, wanted))
        if order.scope.is_many:
            return ExportLook(self._of_reel(order, wanted))
        if order.kind != "captions":
            return ExportLook(self._of_one(order, wanted[0]))
        clip = wanted[0].clip
        times = (clip.start_ms, clip.end_ms) if order.scope.has_edges else None
        keeping = self._parts.keeping
        part = keeping.excerpt(clip.words, order.captions, times_ms=times, limit=_CHECKED)
        amiss = unmet(part) if part else ""
        if amiss and len(clip.words) > _CHECKED:
            amiss = self.tr("In the first {} words: {}").format(f"{_CHECKED:,}", amiss)
        return ExportLook(text=keeping.preview(clip.words, order.captions, times_ms=times), amiss=amiss)

    # Cards

    def _of_one(self, order: ExportOrder, wanted: Wanted) -> ExportCard:
        clip = wanted.clip
        span = f"{clock(clip.start_ms)}–{clock(clip.end_ms)}"
        rows = tuple(islice(self._said(wanted), _LISTED))
        return ExportCard(order.title, wanted.origin.line(span), rows, wanted.cover, self._levels([wanted]))

    def _said(self, wanted: Wanted) -> Iterator[tuple[str, str]]:
        transcript = self._parts.session.transcript
        if transcript is not None and self._is_here(wanted):
            for turn in transcript.turns_in(wanted.clip.words):
                at_ms = max(0, transcript.starts[turn.words.first] - wanted.clip.start_ms)
                name = f"{turn.speaker}: " if turn.speaker else ""
                yield clock(at_ms), name + transcript.text_of(turn.words)

    def _of_reel(self, order: ExportOrder, wanted: Sequence[Wanted]) -> ExportCard:
        lengths = [each.clip.end_ms - each.clip.start_ms for each in wanted]
        joints = joints_ms(lengths, gap_ms=order.gap_ms, crossfade_ms=order.crossfade_ms)
        starts = list(accumulate(map(sum, zip(lengths, joints, strict=False)), initial=0))
        rows = tuple(
            (clock(at_ms), f"{each.title}  {each.origin.line(clock(each.clip.start_ms))}")
            for at_ms, each in zip(starts[:_LISTED], wanted, strict=False)
        )
        about = self.tr("{} moments, {}").format(len(wanted), clock(starts[-1] + lengths[-1]))
        return ExportCard(order.title, about, rows, wanted[0].cover, self._levels(wanted))

    def _of_folder(self, order: ExportOrder, wanted: Sequence[Wanted]) -> ExportCard:
        about = self.tr("A file for each; none that is there already is replaced.")
        title = self.tr("{} files").format(len(wanted) * len(order.suffixes))
        rows = [
            name_fields(
                show=each.origin.show,
                episode=each.origin.episode,
                title=each.title,
                number=number,
                count=len(wanted),
                start_ms=each.clip.start_ms,
            )
            for number, each in enumerate(wanted[:_LISTED], 1)
        ]
        try:
            names = names_from(order.pattern, rows)
        except EarmarkError as error:
            return ExportCard(title, str(error))
        files = [("", f"{name}{suffix}") for name in names for suffix in order.suffixes]
        return ExportCard(title, about, tuple(files))

    def _levels(self, wanted: Sequence[Wanted]) -> tuple[float, ...]:
        """How loud it is all along; nothing where some of it is of an episode that is not open."""
        if not all(map(self._is_here, wanted)):
            return ()
        columns = max(1, _LEVELS // len(wanted))
        levels = self._parts.waveform.levels
        return tuple(level for each in wanted for level in levels(columns, each.clip.start_ms, each.clip.end_ms))

    def _is_here(self, wanted: Wanted) -> bool:
        episode = self._parts.session.episode
        return episode is not None and wanted.episode == episode.row.id

    # Copying

    def _look_up_copying(self, order: ExportOrder, wanted: Sequence[Wanted]) -> None:
        """Look up in a thread whether the sound can be copied as it is, once for each scope."""
        scope = order.scope.key if order.is_folder or not order.scope.is_many else "reel"
        if scope == self._copied or self._dialog is None:
            return
        self._copied = scope
        if scope == "reel":
            self._parts.tasks.drop("copying")
            self._dialog.show_copying(CopyFacts())
            return
        self._dialog.show_copying(None)
        stretches = [(each.sound, each.clip.start_ms, each.clip.end_ms) for each in wanted[:_COPIES] if each.sound]
        self._parts.tasks.run(
            "copying", lambda: _copy_facts(stretches), self._tell_copying, lambda _: self._tell_copying(CopyFacts())
        )

    def _tell_copying(self, facts: CopyFacts) -> None:
        if self._dialog:
            self._dialog.show_copying(facts)


def _copy_facts(stretches: Sequence[tuple[Path, int, int]]) -> CopyFacts:
    """What sounds can be copied into, if all can be into the same, and how far their edges move at most."""
    from player.audio.copying import copied_as, copied_edges
    from player.audio.cutting import Cut

    suffixes = {copied_as(sound) for sound in {sound for sound, _, _ in stretches}}
    if len(suffixes) != 1 or suffixes == {""}:
        return CopyFacts()
    moved = [copied_edges(Cut(sound, start_ms, max(end_ms, start_ms + 1))) for sound, start_ms, end_ms in stretches]
    return CopyFacts(suffixes.pop(), max(early for early, _ in moved), max(late for _, late in moved))
