"""The export window: what can be exported, how it looks, and what was written."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from index import formats
from index.clip import Clip
from index.filenames import safe_name
from index.quoting import Origin
from index.timecode import clock
from index.transcript import Transcript, WordRange
from player.keeping import origin_of, title_of
from player.models.export_values import ExportOrder, ExportScope, MediaChoice
from player.models.kept_rows import ClipRow
from player.models.values import ExportFormat
from player.pieces import Wanted, pieces_of, reel_of
from player.presenting.film_look import FilmLook
from player.publishing import gathering
from player.publishing.choices import Choices, FilmStyle
from player.widgets.export_dialog import ExportDialog

if TYPE_CHECKING:
    from player.app import App

_PODCAST_LUFS = -16.0
_LISTED = 40  # So many names of files are shown before they are written.


class ShowExporting(QObject):
    """Asks what to export, and tells what came of it."""

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self._app = app
        self._window = app.window
        self._bar = app.window.progress
        self._look = FilmLook(app)
        exporting = app.exporting
        for signal, slot in (
            (exporting.begun, self._begin),
            (exporting.progressed, self._bar.show_share),
            (exporting.written, self._tell_written),
            (exporting.failed, self._tell_failed),
            (exporting.stopped, self._tell_stopped),
            (self._bar.cancelled, exporting.cancel),
        ):
            signal.connect(slot)
        app.does({"export": self.ask, "export_clips": lambda: self.ask("all")})

    # Asking

    def ask(self, scope: str = "") -> None:
        """Ask what to write of the range, the chosen clips, all of them or the episode, and where; then write it."""
        if self._app.session.transcript is None:
            return
        wanted = self._wanted()
        scopes = [self._scope(key, each) for key, each in wanted.items()]
        settings = self._app.settings
        dialog = ExportDialog(
            scopes,
            scope if scope in wanted else self._likely(wanted),
            lambda order: self._show(order, wanted[order.scope.key]),
            [ExportFormat(each.name, each.suffixes[0], each.needs_times) for each in formats.writable_formats()],
            pad_ms=settings.clip_pad_ms,
            keep_times=settings.clip_keep_times,
            fade_ms=settings.clip_fade_ms,
            pattern=settings.export_pattern,
            dark=self._app.theme.dark,
            parent=self._window,
        )
        self._look.show_in(dialog)
        if dialog.exec():
            order = dialog.order()
            self._save(order, wanted[order.scope.key])
        self._look.show_in(None)
        dialog.deleteLater()

    def _wanted(self) -> dict[str, list[Wanted]]:
        """What can be exported, by the key of its scope, the likeliest first."""
        app, panel = self._app, self._window.side.clips_panel
        found: dict[str, list[Wanted]] = {}
        words = app.keeping.range
        chosen, shown = panel.chosen(), list(panel.rows.values())
        if words:
            found["range"] = [self._of_range(words)]
        if chosen and not (len(chosen) == 1 and words == WordRange(chosen[0].first_word, chosen[0].end_word)):
            found["chosen"] = [self._of_row(row) for row in chosen]
        if len(shown) > 1:
            found["all"] = [self._of_row(row) for row in shown]
        found["episode"] = [self._of_episode()]
        return found

    def _likely(self, wanted: dict[str, list[Wanted]]) -> str:
        clips_in_front = self._window.side.isVisible() and self._window.side.tab == "clips"
        if clips_in_front and "chosen" in wanted and ("range" not in wanted or len(wanted["chosen"]) > 1):
            return "chosen"
        return next(iter(key for key in wanted if key in ("range", "episode")))

    def _of_range(self, words: WordRange) -> Wanted:
        app, transcript = self._app, self._transcript
        kept = next((each for each in app.clips.here if words == WordRange(each.first_word, each.end_word)), None)
        clip = app.keeping.clip() or Clip(words, 0, 0)
        return replace(self._of_episode(), title=kept.title if kept else title_of(transcript, words), clip=clip)

    def _of_row(self, row: ClipRow) -> Wanted:
        clip = Clip(WordRange(row.first_word, row.end_word), row.start_ms, row.end_ms)
        here = self._of_episode()
        if row.episode == here.episode:
            return replace(here, title=row.title, clip=clip)
        library = self._app.library.episodes
        episode = library.get(row.episode)
        if episode is None:
            return Wanted(row.title, clip, row.episode, Origin(row.episode_title), None)
        cover = library.details(row.episode).cover
        return Wanted(row.title, clip, row.episode, gathering.origin_of(episode), gathering.sound_of(episode), cover)

    def _of_episode(self) -> Wanted:
        app, transcript = self._app, self._transcript
        episode = app.session.episode
        assert episode is not None
        end_ms = max(app.playback.duration_ms, transcript.end_ms)
        cover = app.library.episodes.details(episode.row.id).cover
        whole = Clip(transcript.all_words, 0, end_ms)
        return Wanted(episode.title, whole, episode.row.id, origin_of(episode), gathering.sound_of(episode.row), cover)

    @property
    def _transcript(self) -> Transcript:
        transcript = self._app.session.transcript
        assert transcript is not None
        return transcript

    def _scope(self, key: str, wanted: Sequence[Wanted]) -> ExportScope:
        transcript, first, count = self._transcript, wanted[0], len(wanted)
        length_ms = sum(each.clip.end_ms - each.clip.start_ms for each in wanted)
        everywhere = self._window.side.clips_panel.bar.everywhere
        text = {
            "range": self.tr("The selected words"),
            "chosen": self.tr("The chosen clip") if count == 1 else self.tr("{} chosen clips").format(count),
            "all": self.tr("All {} clips of the library" if everywhere else "All {} clips of this episode"),
            "episode": self.tr("The whole episode"),
        }[key].format(count)
        if key in ("range", "episode"):
            words = self.tr("{} words").format(f"{len(first.clip.words):,}")
            span = self.tr("{} to {}").format(clock(first.clip.start_ms), clock(first.clip.end_ms))
            about = f"{span} · {words}" if transcript.timed else words
        else:
            about = self.tr("{} in all").format(clock(length_ms))
        title = first.title if count == 1 else self.tr("{} clips").format(count)
        has_sound = all(each.sound is not None for each in wanted)
        of_clips = key in ("chosen", "all")
        has_edges = of_clips or (key == "range" and self._app.keeping.has_edges)
        return ExportScope(key, text, title, about, count, transcript.timed or of_clips, has_sound, has_edges)

    # What is to be seen before it is written

    def _show(self, order: ExportOrder, wanted: Sequence[Wanted]) -> str | None:
        if order.kind == "film":
            self._look.draw(wanted[0], order)
            return None
        if order.is_folder:
            return self._names(order, wanted)
        if order.kind == "captions" and not order.scope.is_many:
            clip = wanted[0].clip
            times = (clip.start_ms, clip.end_ms) if order.scope.has_edges else None
            return self._app.keeping.preview(clip.words, order.captions, times_ms=times)
        sources = [f"{each.origin.line(clock(each.clip.start_ms))}" for each in wanted[:_LISTED]]
        return "\n".join([f"{order.title}{' '.join(order.suffixes)}", "", *sources])

    def _names(self, order: ExportOrder, wanted: Sequence[Wanted]) -> str:
        from index.errors import EarmarkError
        from index.filenames import names_from

        rows = [
            {
                "show": each.origin.show,
                "episode": each.origin.episode,
                "title": each.title,
                "n": f"{number:0{len(str(len(wanted)))}}",
                "start": clock(each.clip.start_ms).replace(":", "."),
            }
            for number, each in enumerate(wanted[:_LISTED], 1)
        ]
        try:
            names = names_from(order.pattern, rows)
        except EarmarkError as error:
            return str(error)
        more = [] if len(wanted) <= _LISTED else ["…"]
        return "\n".join([f"{name}{suffix}" for name in names for suffix in order.suffixes] + more)

    # Writing

    def _save(self, order: ExportOrder, wanted: Sequence[Wanted]) -> None:
        self._app.change(clip_fade_ms=order.media.fade_ms)
        folder = self._app.settings.last_folder or str(Path.home())
        if order.is_folder:
            self._save_many(order, wanted, folder)
            return
        suffixes = order.captions.suffixes if order.kind == "captions" else order.suffixes
        offered = str(Path(folder) / (safe_name(order.title) + suffixes[0]))
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save as"), offered)
        if not name:
            return
        path = Path(name)
        self._app.change(last_folder=str(path.parent))
        if order.kind == "captions" and not order.scope.is_many:
            self._save_captions(wanted[0].clip, order, path)
        else:
            if path.suffix.lower() not in suffixes:
                path = path.with_name(path.name + suffixes[0])
            self._save_one(order, wanted, path)

    def _save_captions(self, clip: Clip, order: ExportOrder, path: Path) -> None:
        """Write files beside each other; the one that was named may be replaced, of others it is asked."""
        suffixes = order.captions.suffixes
        ending = next((each for each in suffixes if path.name.lower().endswith(each)), "")
        base = path.with_name(path.name[: len(path.name) - len(ending)] or path.name)
        others = [base.parent / (base.name + suffix) for suffix in suffixes]
        there = [other.name for other in others if other.exists() and other != path]
        if not there or self._app.asking.may_replace(there):
            times = (clip.start_ms, clip.end_ms) if order.scope.has_edges else None
            self._app.keeping.export(clip.words, order.captions, base, times_ms=times)

    def _save_one(self, order: ExportOrder, wanted: Sequence[Wanted], path: Path) -> None:
        own = {each.sound for each in wanted}
        if self._app.keeping.is_open(path) or path in own:
            sentence = self.tr("“{}” is a file of the library, and those are never changed; choose another name.")
            self._window.notice.tell(sentence.format(path.name), error=True)
            return
        words_of, choices = self._app.words_of({each.episode for each in wanted}), _choices(order.media)

        def made() -> dict[str, Any]:
            from player.work.publishing import release_order

            return release_order(reel_of(order.title, wanted, words_of, gap_ms=order.gap_ms), path, choices)

        self._app.exporting.write(path.name, "release", made)

    def _save_many(self, order: ExportOrder, wanted: Sequence[Wanted], folder: str) -> None:
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Into which folder?"), folder)
        if not name:
            return
        self._app.change(last_folder=name, export_pattern=order.pattern)
        words_of, choices = self._app.words_of({each.episode for each in wanted}), _choices(order.media)

        def made() -> dict[str, Any]:
            from player.work.publishing import release_all_order

            pieces = pieces_of(wanted, words_of)
            return release_all_order(pieces, Path(name), order.suffixes, pattern=order.pattern, choices=choices)

        self._app.exporting.write(self.tr("{} files").format(len(wanted) * len(order.suffixes)), "release_all", made)

    # What came of it

    def _begin(self, what: str) -> None:
        self._window.notice.hide()
        self._bar.begin(self.tr("Writing {}").format(what))

    def _tell_written(self, answer: dict[str, Any]) -> None:
        self._bar.hide()
        paths = [Path(each) for each in answer.get("written", [answer.get("path")]) if each]
        sentence = answer.get("summary") or self.tr("Written: {}.").format(paths[0].name)
        folder = str(paths[0].parent) if paths else ""
        self._window.notice.tell(
            sentence,
            action=self.tr("Show in folder") if folder else "",
            act=lambda: _open(folder),
            error=bool(answer.get("failed")),
            stay=True,
        )

    def _tell_failed(self, sentence: str) -> None:
        if not self._app.exporting.busy:
            self._bar.hide()
        self._window.notice.tell(sentence, error=True)

    def _tell_stopped(self) -> None:
        self._bar.hide()
        self._window.notice.tell(self.tr("Stopped. Nothing was left half written."))


def _open(folder: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(folder))


def _choices(media: MediaChoice) -> Choices:
    loudness = _PODCAST_LUFS if media.level else None
    return Choices(media.fade_ms, loudness, FilmStyle(media.shape, media.dark))
