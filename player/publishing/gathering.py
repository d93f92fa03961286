"""Kept clips and hits of the library become parts of what is published."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.clip import Clip, clip_of, united
from index.library import Episode, Library, SavedClip
from index.plaintext import one_line
from index.quoting import Origin
from index.transcript import Transcript, WordRange
from player.publishing.piece import Part, part_of

if TYPE_CHECKING:  # Whoosh takes a while to load.
    from index.search import EpisodeHits


def _nobody(sentence: str) -> None:
    """Nobody wants to know what was left out."""


def parts_of_clips(
    library: Library, clips: Iterable[SavedClip], *, pad_ms: int = 0, left_out: Callable[[str], None] = _nobody
) -> Iterator[Part]:
    """The clips in their order, with so much more sound on either side; `left_out` is told of those without words."""
    for saved in clips:
        episode, transcript = library.episodes.get(saved.episode), library.transcript_of(saved.episode)
        if episode is None or transcript is None or not transcript.timed or saved.end_word > len(transcript):
            left_out(f"The words of “{one_line(saved.title)}” are not there any more; it is left out.")
            continue
        words = WordRange(saved.first_word, saved.end_word)
        clip = Clip(words, max(0, saved.start_ms - pad_ms), saved.end_ms + pad_ms)
        yield part_of(transcript, clip, origin_of(episode), sound_of(episode))


def parts_of_hits(
    library: Library, found: Iterable["EpisodeHits"], *, pad_ms: int, left_out: Callable[[str], None] = _nobody
) -> Iterator[Part]:
    """What a search found, in its order; hits whose sound overlaps are one part, those without times are left out.

    So are those that the sound does not reach; `left_out` is told of them.
    """
    for each in found:
        episode, transcript = library.episodes.get(each.episode), library.transcript_of(each.episode)
        if episode is None or transcript is None or not transcript.timed or not each.hits:
            continue
        hits = [hit.words for hit in each.hits]
        for clip in clips_around(transcript, hits, pad_ms, episode.duration_ms, left_out):
            yield part_of(transcript, clip, origin_of(episode), sound_of(episode))


def clips_around(
    transcript: Transcript,
    hits: Iterable[WordRange],
    pad_ms: int,
    length_ms: int = 0,
    left_out: Callable[[str], None] = _nobody,
) -> Iterator[Clip]:
    """Clips of what was found, `pad_ms` longer on either side, with all words that are heard in them.

    Those that overlap are one. `length_ms` is that of the sound, 0 if nobody knows; what begins only then is left out,
    and `left_out` told of it.
    """
    hits = list(hits)
    heard = [hit for hit in hits if not length_ms or transcript.span_ms(hit)[0] < length_ms]
    if len(heard) < len(hits):
        left_out(f"The sound ends before {len(hits) - len(heard)} of what was found; left out.")
    clips = [clip_of(transcript, hit, pad_ms=pad_ms, sound_end_ms=length_ms or None) for hit in heard]
    for clip in united(clips):
        within = transcript.range_between(clip.start_ms, clip.end_ms)
        words = (
            WordRange(min(within.first, clip.words.first), max(within.end, clip.words.end)) if within else clip.words
        )
        yield replace(clip, words=words)


def origin_of(episode: Episode) -> Origin:
    """Where the words of an episode of the library are from."""
    file = episode.sound or episode.transcript
    return Origin(episode.title, episode.show, episode.date, file.name if file else "")


def sound_of(episode: Episode) -> Path | None:
    """The sound of an episode if it is where it was."""
    return episode.sound if episode.sound and episode.sound.is_file() else None
