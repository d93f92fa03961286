"""The export window: what can be exported, how it looks, and what was written."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from index import formats
from index.clip import Clip
from index.filenames import safe_name
from player.asking import Asking
from player.models.export_values import ExportOrder, MediaChoice
from player.models.values import ExportFormat
from player.parts import Parts
from player.pieces import Wanted, pieces_of, reel_of
from player.presenting.export_looks import ExportLooks
from player.presenting.export_scopes import ExportScopes
from player.presenting.film_look import film_style
from player.publishing.choices import Choices
from player.widgets.export_dialog import ExportDialog

_PODCAST_LUFS = -16.0


class ShowExporting(QObject):
    """Asks what to export, and tells what came of it."""

    def __init__(self, parts: Parts, asking: Asking) -> None:
        super().__init__(parts)
        self._parts = parts
        self._asking = asking
        self._window = parts.window
        self._bar = parts.window.progress
        self._scopes = ExportScopes(parts)
        self._looks = ExportLooks(parts)
        exporting = parts.exporting
        for signal, slot in (
            (exporting.begun, self._begin),
            (exporting.progressed, self._bar.show_share),
            (exporting.written, self._tell_written),
            (exporting.failed, self._tell_failed),
            (exporting.stopped, self._tell_stopped),
            (self._bar.cancelled, exporting.cancel),
        ):
            signal.connect(slot)
        parts.does({"export": self.ask, "export_clips": lambda: self.ask("all"), "export_hits": self._ask_hits})

    # Asking

    def ask(self, scope: str = "") -> None:
        """Ask what to write of the range, the chosen clips, all of them or the episode, and where; then write it."""
        if self._parts.session.transcript is None:
            return
        wanted = self._scopes.wanted()
        scopes = [self._scopes.scope(key, each) for key, each in wanted.items()]
        settings = self._parts.settings
        dialog = ExportDialog(
            scopes,
            scope if scope in wanted else self._scopes.likely(wanted),
            lambda order: self._looks.look(order, wanted[order.scope.key]),
            [ExportFormat(each.name, each.suffixes[0], each.needs_times) for each in formats.writable_formats()],
            pad_ms=settings.clip_pad_ms,
            keep_times=settings.clip_keep_times,
            fade_ms=settings.clip_fade_ms,
            between=(settings.reel_between_ms, settings.reel_crossfade),
            captions_beside=settings.captions_beside,
            pattern=settings.export_pattern,
            theme=self._parts.theme,
            parent=self._window,
        )
        self._looks.show_in(dialog)
        if dialog.exec():
            order = dialog.order()
            self._save(order, wanted[order.scope.key])
        self._looks.show_in(None)
        dialog.deleteLater()

    def _ask_hits(self) -> None:
        if self._scopes.hits():
            self.ask("hits")
        else:
            self._window.notice.tell(self.tr("Find something first, in the episode or in the library."))

    # Writing

    def _save(self, order: ExportOrder, wanted: Sequence[Wanted]) -> None:
        self._remember(order)
        folder = self._parts.settings.last_folder or str(Path.home())
        if order.is_folder:
            self._save_many(order, wanted, folder)
            return
        suffixes = order.captions.suffixes if order.kind == "captions" else (order.media.suffix,)
        offered = str(Path(folder) / (safe_name(order.title) + suffixes[0]))
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save as"), offered)
        if not name:
            return
        path = Path(name)
        self._parts.change(last_folder=str(path.parent))
        if order.kind == "captions" and not order.scope.is_many:
            self._save_captions(wanted[0].clip, order, path)
        else:
            if path.suffix.lower() not in suffixes:
                path = path.with_name(path.name + suffixes[0])
            self._save_one(order, wanted, path)

    def _remember(self, order: ExportOrder) -> None:
        if order.scope.is_many and order.together:
            self._parts.change(reel_between_ms=order.between_ms, reel_crossfade=order.crossfade)
        if order.kind != "captions":
            self._parts.change(clip_fade_ms=order.media.fade_ms)
        if order.kind in ("sound", "film"):
            self._parts.change(captions_beside=order.media.captions)

    def _save_captions(self, clip: Clip, order: ExportOrder, path: Path) -> None:
        """Write files beside each other; the one that was named may be replaced, of others it is asked."""
        suffixes = order.captions.suffixes
        ending = next((each for each in suffixes if path.name.lower().endswith(each)), "")
        base = path.with_name(path.name[: len(path.name) - len(ending)] or path.name)
        others = [base.parent / (base.name + suffix) for suffix in suffixes]
        there = [other.name for other in others if other.exists() and other != path]
        if not there or self._asking.may_replace(there):
            times = (clip.start_ms, clip.end_ms) if order.scope.has_edges else None
            self._parts.keeping.export(clip.words, order.captions, base, times_ms=times)

    def _save_one(self, order: ExportOrder, wanted: Sequence[Wanted], path: Path) -> None:
        own = {each.sound for each in wanted}
        captions = path.with_suffix(".vtt") if order.kind != "captions" and order.media.captions else None
        if any(self._parts.keeping.is_open(each) for each in (path, captions) if each) or path in own:
            sentence = self.tr("“{}” is a file of the library, and those are never changed; choose another name.")
            self._window.notice.tell(sentence.format(path.name), error=True)
            return
        if captions and captions.exists() and not self._asking.may_replace([captions.name]):
            return
        words_of, choices = self._parts.words_of({each.episode for each in wanted}), _choices(order.media)

        def made() -> dict[str, Any]:
            from player.work.publishing import release_order

            gap_ms, crossfade_ms = order.gap_ms, order.crossfade_ms
            reel = reel_of(order.title, wanted, words_of, gap_ms=gap_ms, crossfade_ms=crossfade_ms)
            return release_order(reel, path, choices, captions=captions)

        self._parts.exporting.write(path.name, "release", made)

    def _save_many(self, order: ExportOrder, wanted: Sequence[Wanted], folder: str) -> None:
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Into which folder?"), folder)
        if not name:
            return
        self._parts.change(last_folder=name, export_pattern=order.pattern)
        words_of, choices = self._parts.words_of({each.episode for each in wanted}), _choices(order.media)

        def made() -> dict[str, Any]:
            from player.work.publishing import release_all_order

            pieces = pieces_of(wanted, words_of)
            return release_all_order(pieces, Path(name), order.suffixes, pattern=order.pattern, choices=choices)

        self._parts.exporting.write(self.tr("{} files").format(len(wanted) * len(order.suffixes)), "release_all", made)

    # What came of it

    def _begin(self, what: str) -> None:
        self._window.notice.hide()
        self._bar.begin(self.tr("Writing {}").format(what))

    def _tell_written(self, answer: dict[str, Any]) -> None:
        self._bar.hide()
        paths = [Path(each) for each in answer["written"]]
        names = ", ".join(path.name for path in paths)
        sentence = answer.get("summary") or self.tr("Written: {}.").format(names)
        early_ms, late_ms = answer.get("early_ms", 0), answer.get("late_ms", 0)
        if early_ms or late_ms:
            moved = self.tr("It begins {} ms earlier and ends {} ms later than asked for.")
            sentence = f"{sentence} {moved.format(early_ms, late_ms)}"
        folder = str(paths[0].parent) if paths else ""
        self._window.notice.tell(
            sentence,
            action=self.tr("Show in folder") if folder else "",
            act=lambda: _open(folder),
            error=bool(answer.get("failed")),
            stay=True,
        )

    def _tell_failed(self, sentence: str) -> None:
        if not self._parts.exporting.busy:
            self._bar.hide()
        self._window.notice.tell(sentence, error=True)

    def _tell_stopped(self) -> None:
        self._bar.hide()
        self._window.notice.tell(self.tr("Stopped. Nothing was left half written."))


def _open(folder: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(folder))


def _choices(media: MediaChoice) -> Choices:
    loudness = _PODCAST_LUFS if media.level else None
    return Choices(media.fade_ms, loudness, film_style(media), copy=media.copy)
