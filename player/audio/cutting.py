"""Cuts stretches out of sound files, to the sample, and writes them in order into one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index.atomic import written_atomically
from index.timecode import clock
from player.audio.encoding import coding_for, encoder, nearest_form
from player.audio.joints import joints_ms
from player.audio.levelling import Levelling
from player.audio.stretch import Form, Sound, SoundReader, ahead, form_of
from player.audio.tag_writing import NO_TAGS, ClipTags, write_tags

Told = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Cut:
    """A stretch of a sound file, in ms from what players show as 0:00; padding is in it already."""

    source: Path
    start_ms: int
    end_ms: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_ms < self.end_ms:
            raise ValueError(f"a cut from {self.start_ms} to {self.end_ms} ms holds nothing")


@dataclass(frozen=True)
class Finish:
    """What is done to each cut, and between two."""

    fade_ms: int = 8
    """How long each cut takes to come in and to go out: long enough that no edge clicks, too short to be heard."""
    gap_ms: int = 0
    """Silence between two cuts."""
    crossfade_ms: int = 0
    """How long one cut goes out while the next comes in, instead of a gap."""
    loudness_lufs: float | None = None
    """The loudness each cut is brought to (podcasts have -16 or, in mono, -19), its peaks kept under -1 dB; None
    leaves each as loud as it is."""


@dataclass(frozen=True)
class CutFile:
    """A file that was written."""

    path: Path
    duration_ms: int
    starts_ms: tuple[int, ...]
    """Where in the file each cut begins."""
    early_ms: int = 0
    """How much earlier than asked for the first cut begins: 0 unless it was copied without encoding it anew."""
    late_ms: int = 0
    """How much later than asked for it ends."""


class StoppedCut(Exception):
    """Comes out of `finished` where `cancelled` said so; `write_cuts` keeps it to itself."""


def write_cuts(
    cuts: Sequence[Cut],
    target: Path,
    *,
    finish: Finish = Finish(),
    tags: ClipTags = NO_TAGS,
    told: Told = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
) -> CutFile | None:
    """Write the cuts one after the other into `target`; None where it was cancelled.

    The suffix of `target` says the format: `.mp3`, `.m4a`, `.opus`, `.flac` or `.wav`. Until all is written nothing
    of that name changes, and when it fails or is cancelled nothing does. Memory does not grow with the length of the
    sources. A cut that reaches over the end of its source ends with it.

    Args:
        cuts: one at least.
        target: where to.
        finish: fades, gaps and loudness.
        tags: without a comment of their own they get one that names each source and its times.
        told: called with (done, total) in ms of work, about once for a second of sound.
        cancelled: asked as often.

    Raises:
        EarmarkError: a source is no sound or ends before its cut, or the target cannot be written.
    """
    coding = coding_for(target)
    form = nearest_form(coding, form_for(cuts))
    if not tags.comment:
        tags = replace(tags, comment=sources(cuts))
    starts: list[int] = []
    count = 0
    try:
        with written_atomically(target) as unfinished:
            with encoder(unfinished, coding, form) as file:
                for begins, block in finished(cuts, form, finish, told, cancelled):
                    if begins:
                        starts.append(_ms(count, form))
                    file.write(block)
                    count += block.shape[1]
            write_tags(unfinished, target.suffix.lower(), tags)
            if cancelled():
                raise StoppedCut
    except StoppedCut:
        return None
    return CutFile(target, _ms(count, form), tuple(starts))


def form_for(cuts: Iterable[Cut]) -> Form:
    """The form that loses nothing of any cut: the highest rate and the most channels. Raises MediaError."""
    forms = [form_of(source) for source in dict.fromkeys(cut.source for cut in cuts)]
    return Form(
        max(form.rate for form in forms),
        max(form.channels for form in forms),
        any(form.deep for form in forms),
    )


def finished(
    cuts: Sequence[Cut], form: Form, finish: Finish, told: Told, cancelled: Cancelled
) -> Iterator[tuple[bool, Sound]]:
    """Yield the cuts' sound in `form` with fades, gaps and loudness, as (whether a cut begins here, samples)."""
    passes = 1 if finish.loudness_lufs is None else 2
    total_ms = passes * sum(cut.end_ms - cut.start_ms for cut in cuts)
    with closing(_Progress(total_ms, told, cancelled)) as progress:
        yield from _one_by_one(cuts, form, finish, progress)


def _one_by_one(cuts: Sequence[Cut], form: Form, finish: Finish, progress: _Progress) -> Iterator[tuple[bool, Sound]]:
    lengths = [cut.end_ms - cut.start_ms for cut in cuts]
    joints = [0, *joints_ms(lengths, gap_ms=finish.gap_ms, crossfade_ms=finish.crossfade_ms), 0]
    tail = _Tail(form)
    for cut, before_ms, after_ms in zip(cuts, joints[:-1], joints[1:], strict=True):
        if before_ms > 0:
            yield False, np.zeros((form.channels, _samples(before_ms, form)), np.float32)
        levelling = None
        if finish.loudness_lufs is not None:
            levelling = Levelling(form.rate)
            for block in progress.through(cut, form):
                levelling.measure(block)
            levelling.aim(finish.loudness_lufs)
        fade = min(_samples(finish.fade_ms, form), _samples(cut.end_ms - cut.start_ms, form) // 2)
        come_in, go_out = (_crossing(-ms, form) if ms < 0 else _ramp(fade) for ms in (before_ms, after_ms))
        faded = _faded(progress.through(cut, form), come_in, go_out)
        levelled = (levelling.apply(block) for block in faded) if levelling else faded
        begins = True
        for block in tail.held_back(tail.laid_under(levelled), _samples(max(0, -after_ms), form)):
            yield begins, block
            begins = False


class _Tail:
    """The end of a cut, kept until the next one comes in over it."""

    def __init__(self, form: Form) -> None:
        self._kept: Sound = np.zeros((form.channels, 0), np.float32)

    def held_back(self, blocks: Iterable[Sound], count: int) -> Iterator[Sound]:
        """Yield all but the last `count` samples, and keep those."""
        held = self._kept[:, :0]
        for block in blocks:
            held = np.concatenate((held, block), axis=1) if held.shape[1] else block
            ready = held.shape[1] - count
            if ready > 0:
                yield held[:, :ready]
                held = held[:, ready:]
        self._kept = held

    def laid_under(self, blocks: Iterable[Sound]) -> Iterator[Sound]:
        """Yield the blocks with what was kept sounding on under their beginning."""
        kept, self._kept = self._kept, self._kept[:, :0]
        for block in blocks:
            both = min(kept.shape[1], block.shape[1])
            if both:
                block = np.concatenate((block[:, :both] + kept[:, :both], block[:, both:]), axis=1)
                kept = kept[:, both:]
            yield block
        if kept.shape[1]:
            yield kept


def sources(cuts: Sequence[Cut]) -> str:
    """A line for each cut that says where it is from."""
    return "\n".join(f"{cut.source.name}, {clock(cut.start_ms)}-{clock(cut.end_ms)}" for cut in cuts)


class _Progress:
    """Reads cuts one by one, says how far it is and stops when it is told to; the last source stays open."""

    def __init__(self, total_ms: int, told: Told, cancelled: Cancelled) -> None:
        self._total_ms = total_ms
        self._told = told
        self._cancelled = cancelled
        self._done_ms = 0
        self._source: tuple[Path, SoundReader] | None = None

    def close(self) -> None:
        """Let the source go."""
        if self._source is not None:
            self._source[1].close()
        self._source = None

    def through(self, cut: Cut, form: Form) -> Iterator[Sound]:
        """Yield the sound of a cut and tell how far it is."""
        begun_ms, count = self._done_ms, 0
        for block in ahead(self._reader(cut.source).stretch(cut.start_ms, cut.end_ms, form)):
            if self._cancelled():
                raise StoppedCut
            yield block
            count += block.shape[1]
            self._tell(begun_ms + min(_ms(count, form), cut.end_ms - cut.start_ms))
        self._tell(begun_ms + cut.end_ms - cut.start_ms)

    def _reader(self, source: Path) -> SoundReader:
        if self._source is None or self._source[0] != source:
            self.close()
            self._source = source, SoundReader(source)
        return self._source[1]

    def _tell(self, done_ms: int) -> None:
        if done_ms != self._done_ms:
            self._done_ms = done_ms
            self._told(done_ms, self._total_ms)


def _ramp(count: int) -> Sound:
    """How sound comes in over so many samples: along half a cosine, from 0 to 1."""
    return (0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / max(1, count))).astype(np.float32)


def _crossing(ms: int, form: Form) -> Sound:
    """How sound comes in while another goes out: together they are as loud all the way, for their powers add up."""
    return np.sqrt(_ramp(_samples(ms, form)))


def _faded(blocks: Iterator[Sound], come_in: Sound, go_out: Sound) -> Iterator[Sound]:
    """Let sound come in along one ramp and go out along the other turned round."""
    fade, over = len(go_out), 0
    held: Sound | None = None
    for block in blocks:
        if over < len(come_in):
            part = come_in[over : over + block.shape[1]]
            block = np.concatenate((block[:, : len(part)] * part, block[:, len(part) :]), axis=1)
            over += len(part)
        held = block if held is None else np.concatenate((held, block), axis=1)
        ready = held.shape[1] - fade
        if ready > 0:
            yield held[:, :ready]
            held = held[:, ready:]
    if held is not None and held.shape[1]:
        yield held * go_out[::-1][-held.shape[1] :] if fade else held


def _samples(ms: int, form: Form) -> int:
    return round(ms * form.rate / 1000)


def _ms(samples: int, form: Form) -> int:
    return round(samples * 1000 / form.rate)
