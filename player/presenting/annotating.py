"""Notes and clips written for other programs: Markdown, CSV, Audacity's labels, soundbites of a podcast's feed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from index.annotations import Annotated, Annotation, Stretch, to_csv, to_labels, to_markdown, to_soundbites
from index.atomic import write_atomically
from index.filenames import safe_name
from index.quoting import Origin
from player.keeping import origin_of
from player.parts import Parts
from player.publishing import gathering


class Annotating(QObject):
    """Asks where to, and writes; the suffix that was chosen says as what."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        parts.does({"export_notes": self._export_notes, "export_labels": self._export_labels})

    def _export_notes(self) -> None:
        """Those of the open episode, or of the library where that is what the list shows."""
        parts, episode = self._parts, self._parts.session.episode
        everywhere = parts.window.side.notes_panel.bar.everywhere
        notes = parts.noting.everywhere() if everywhere else parts.noting.notes
        if not notes or (episode is None and not everywhere):
            self._tell(self.tr("There are no notes yet; select words and press T."))
            return
        of_episode: dict[int, list[Annotation]] = {}
        for note in notes:
            of_episode.setdefault(note.episode, []).append(Annotation(note.words, note.text, note.colour))
        origins = {each: self._origin(each) for each in of_episode}
        words_of = parts.words_of(of_episode)

        def made(suffix: str) -> str:
            episodes = [
                Annotated(words, origins[each], found)
                for each, found in of_episode.items()
                if (words := words_of(each))
            ]
            return (to_csv if suffix == ".csv" else to_markdown)(episodes)

        kinds = {".md": self.tr("Markdown (*.md)"), ".csv": self.tr("Table (*.csv)")}
        title = episode.title if episode and not everywhere else self.tr("Library")
        self._write(self.tr("{} – notes").format(title), kinds, made)

    def _origin(self, episode: int) -> Origin:
        opened, row = self._parts.session.episode, self._parts.library.episodes.get(episode)
        if opened and opened.row.id == episode:
            return origin_of(opened)
        return gathering.origin_of(row) if row else Origin("")

    def _export_labels(self) -> None:
        episode = self._parts.session.episode
        stretches = [Stretch(clip.title, clip.start_ms, clip.end_ms) for clip in self._parts.clips.here]
        if not episode or not stretches:
            self._tell(self.tr("This episode has no clips yet; select words and press C."))
            return
        kinds = {".txt": self.tr("Audacity labels (*.txt)"), ".xml": self.tr("Podcast soundbites (*.xml)")}
        self._write(
            self.tr("{} – clips").format(episode.title),
            kinds,
            lambda suffix: (to_soundbites if suffix == ".xml" else to_labels)(stretches),
        )

    def _write(self, title: str, kinds: dict[str, str], made: Callable[[str], str]) -> None:
        parts = self._parts
        folder = parts.settings.last_folder or str(Path.home())
        offered = str(Path(folder) / (safe_name(title) + next(iter(kinds))))
        name, chosen = QFileDialog.getSaveFileName(parts.window, self.tr("Save as"), offered, ";;".join(kinds.values()))
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() not in kinds:
            path = path.with_name(path.name + next((each for each, kind in kinds.items() if kind == chosen), ".md"))
        if parts.keeping.is_open(path):
            self._tell(self.tr("“{}” is open here, and what you open is never changed.").format(path.name), error=True)
            return
        parts.change(last_folder=str(path.parent))
        parts.tasks.run(
            "annotations",
            lambda: write_atomically(path, made(path.suffix.lower()).encode("utf-8", "replace")),
            lambda _: self._tell(self.tr("Written: {}.").format(path.name)),
            lambda error: self._tell(str(error), error=True),
        )

    def _tell(self, sentence: str, *, error: bool = False) -> None:
        self._parts.window.notice.tell(sentence, error=error)
