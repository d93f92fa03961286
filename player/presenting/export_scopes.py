"""What can be exported now: the range, the chosen clips, all of them, what was found, the episode."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from index.clip import Clip, united
from index.quoting import Origin
from index.timecode import clock
from index.transcript import Transcript, WordRange
from player.keeping import origin_of, title_of
from player.models.export_values import ExportScope
from player.models.kept_rows import ClipRow
from player.parts import Parts
from player.pieces import Wanted
from player.publishing import gathering

_AROUND_MS = 1000  # So much is heard on either side of a hit.


class ExportScopes(QObject):
    """Asked each time the export window opens; the open episode has words then."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window

    def wanted(self) -> dict[str, list[Wanted]]:
        """What can be exported, by the key of its scope, the likeliest first."""
        parts, panel = self._parts, self._window.side.clips_panel
        found: dict[str, list[Wanted]] = {}
        words = parts.keeping.range
        chosen, shown = panel.chosen(), list(panel.rows.values())
        if words:
            found["range"] = [self._of_range(words)]
        if chosen and not (len(chosen) == 1 and words == WordRange(chosen[0].first_word, chosen[0].end_word)):
            found["chosen"] = [self._of_row(row) for row in chosen]
        if len(shown) > 1:
            found["all"] = [self._of_row(row) for row in shown]
        hits = self.hits()
        if hits:
            found["hits"] = hits
        found["episode"] = [self._of_episode()]
        return found

    def hits(self) -> list[Wanted]:
        """What was found, with a little around each; hits that overlap then are one."""
        parts, here = self._parts, self._parts.session.episode
        clips: dict[int, list[Clip]] = {}
        if self._window.find_field.in_library:
            for each in parts.searching.moments():
                clips.setdefault(each.episode, []).append(Clip(each.words, each.start_ms, each.end_ms))
        elif here and here.transcript and here.transcript.timed:
            clips[here.row.id] = [Clip(hit, *here.transcript.span_ms(hit)) for hit in parts.finding.hits]
        title = (parts.searching if self._window.find_field.in_library else parts.finding).query
        found: list[Wanted] = []
        for episode, of_episode in clips.items():
            wide = [
                replace(each, start_ms=max(0, each.start_ms - _AROUND_MS), end_ms=each.end_ms + _AROUND_MS)
                for each in of_episode
            ]
            origin = self._from(episode, title)
            found += [replace(origin, clip=clip, around=True) for clip in united(wide)]
        return found

    def likely(self, wanted: dict[str, list[Wanted]]) -> str:
        """Which of them is meant, most likely."""
        clips_in_front = self._window.side.isVisible() and self._window.side.tab == "clips"
        if clips_in_front and "chosen" in wanted and ("range" not in wanted or len(wanted["chosen"]) > 1):
            return "chosen"
        return next(iter(key for key in wanted if key in ("range", "episode")))

    def _of_range(self, words: WordRange) -> Wanted:
        parts, transcript = self._parts, self._transcript
        kept = next((each for each in parts.clips.here if words == WordRange(each.first_word, each.end_word)), None)
        clip = parts.keeping.clip() or Clip(words, 0, 0)
        return replace(self._of_episode(), title=kept.title if kept else title_of(transcript, words), clip=clip)

    def _of_row(self, row: ClipRow) -> Wanted:
        clip = Clip(WordRange(row.first_word, row.end_word), row.start_ms, row.end_ms)
        here = self._of_episode()
        if row.episode == here.episode:
            return replace(here, title=row.title, clip=clip)
        return replace(self._from(row.episode, row.title), clip=clip)

    def _from(self, episode: int, title: str) -> Wanted:
        """An episode of the library under a title, as what stretches of it are made of."""
        here = self._of_episode()
        if episode == here.episode:
            return replace(here, title=title)
        library, nothing = self._parts.library.episodes, Clip(WordRange(0, 0), 0, 0)
        row = library.get(episode)
        if row is None:
            return Wanted(title, nothing, episode, Origin(""), None)
        cover = library.details(episode).cover
        return Wanted(title, nothing, episode, gathering.origin_of(row), gathering.sound_of(row), cover)

    def _of_episode(self) -> Wanted:
        parts, transcript = self._parts, self._transcript
        episode = parts.session.episode
        assert episode is not None
        end_ms = max(parts.playback.duration_ms, transcript.end_ms)
        cover = parts.library.episodes.details(episode.row.id).cover
        whole = Clip(transcript.all_words, 0, end_ms)
        return Wanted(episode.title, whole, episode.row.id, origin_of(episode), gathering.sound_of(episode.row), cover)

    @property
    def _transcript(self) -> Transcript:
        transcript = self._parts.session.transcript
        assert transcript is not None
        return transcript

    def scope(self, key: str, wanted: Sequence[Wanted]) -> ExportScope:
        """One of them as the window lists it."""
        transcript, first, count = self._transcript, wanted[0], len(wanted)
        length_ms = sum(each.clip.end_ms - each.clip.start_ms for each in wanted)
        everywhere = self._window.side.clips_panel.bar.everywhere
        text = {
            "range": self.tr("The selected words"),
            "chosen": self.tr("The chosen clip") if count == 1 else self.tr("{} chosen clips").format(count),
            "all": self.tr("All {} clips of the library" if everywhere else "All {} clips of this episode"),
            "hits": self.tr("The hit of “{}”" if count == 1 else "All {1} hits of “{0}”"),
            "episode": self.tr("The whole episode"),
        }[key]
        text = text.format(first.title, count) if key == "hits" else text.format(count)
        if key in ("range", "episode"):
            words = self.tr("{} words").format(f"{len(first.clip.words):,}")
            span = self.tr("{} to {}").format(clock(first.clip.start_ms), clock(first.clip.end_ms))
            about = f"{span} · {words}" if transcript.timed else words
        else:
            about = self.tr("{} in all").format(clock(length_ms))
        title = first.title if count == 1 or key == "hits" else self.tr("{} clips").format(count)
        has_sound = all(each.sound is not None for each in wanted)
        of_clips = key in ("chosen", "all", "hits")
        has_edges = of_clips or (key == "range" and self._parts.keeping.has_edges)
        return ExportScope(key, text, title, about, count, transcript.timed or of_clips, has_sound, has_edges)
