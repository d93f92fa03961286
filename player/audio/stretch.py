"""The sound between two moments of a file, to the sample, whatever format it is in."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from player.audio.container import MediaError, decoded, first_audio, open_sound, shown, start_seconds

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.resampler import AudioResampler

Sound = npt.NDArray[np.float32]
"""Samples from -1 to 1 as (channels, samples)."""

_Piece = tuple[int, Sound]
"""Samples, and the number of the first of them, counted from the beginning of the file."""

# About 0.7 s: small enough to stay responsive, large enough that numpy's overhead does not count.
BLOCK = 1 << 15
# How long before a moment decoding begins. A second fills an MP3's bit reservoir, an AAC's overlap and an Opus
# decoder's memory; the rest is for files that seek too far, the last for those that cannot seek at all.
LEADS_S = (1.0, 15.0, math.inf)
# Sound before the beginning that still goes through the resampler, so that its filter has something to look at.
_RUN_IN_S = 0.1
# Timestamps wander by rounding; only a true gap is filled, and an hour of it is a damaged timestamp.
_GAP_S = 0.05
_GAP_LIMIT_S = 3600.0


@dataclass(frozen=True)
class Form:
    """How samples are laid out: so many a second in so many channels, one or two."""

    rate: int
    channels: int
    deep: bool = False
    """Whether 16 bits a sample would lose something."""

    @property
    def layout(self) -> str:
        """libav's name for the channels."""
        return "mono" if self.channels == 1 else "stereo"


def form_of(path: Path) -> Form:
    """The form a file's sound is in, more than two channels counted as two, or MediaError."""
    with open_sound(path) as container:
        stream = first_audio(container)
        if stream is None or not stream.sample_rate:
            raise MediaError(f"{shown(path)} holds no sound.")
        context = stream.codec_context
        lossless = context.name.startswith("pcm_") or context.name in ("flac", "alac", "tta", "wavpack", "ape")
        deep = lossless and context.format.bytes > 2
        return Form(stream.sample_rate, min(2, max(1, stream.channels)), deep)


def read_stretch(path: Path, start_ms: int, end_ms: int, form: Form) -> Generator[Sound]:
    """Open a file for one stretch of it: see `SoundReader.stretch`."""
    with closing(SoundReader(path)) as reader:
        yield from reader.stretch(start_ms, end_ms, form)


def ahead(blocks: Generator[Sound]) -> Iterator[Sound]:
    """Yield what `blocks` does, while another thread already decodes the next one."""
    with closing(blocks), ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = thread.submit(next, blocks, None)
            yield block


class SoundReader:
    """A sound file held open: to its first place in an MP3 libav must walk, to later ones it knows the way."""

    def __init__(self, path: Path) -> None:
        """Open the file, or raise MediaError where it is no sound."""
        self._path = path
        self._held = ExitStack()
        self._open()

    def close(self) -> None:
        """Let the file go."""
        self._held.close()

    def stretch(self, start_ms: int, end_ms: int, form: Form) -> Generator[Sound]:
        """Yield the sound from `start_ms` to `end_ms` in `form`, in blocks of some `BLOCK` samples.

        In all that is `form.rate` samples for each second, fewer only where the file ends before; what lies in a gap
        of the file is silence. Times count from what players show as 0:00. One stretch is read at a time. Raises
        MediaError where nothing of the stretch can be decoded.
        """
        first, stop = (round(ms * form.rate / 1000) for ms in (start_ms, end_ms))
        for lead_s in LEADS_S:
            with closing(self._pieces(start_ms / 1000, lead_s, form)) as pieces:
                piece = next(pieces, None)
                if piece is not None and (lead_s * 1000 >= start_ms or piece[0] <= first):
                    yield from _gathered(_between(piece, pieces, first, stop))
                    return
        raise MediaError(f"Nothing of {shown(self._path)} can be decoded there: it is damaged, or it ends before.")

    def _open(self) -> None:
        self._held.close()
        self._container = self._held.enter_context(open_sound(self._path))
        stream = first_audio(self._container)
        if stream is None:
            self._held.close()
            raise MediaError(f"{shown(self._path)} holds no sound.")
        self._stream = stream
        self._at_start = True

    def _pieces(self, start_s: float, lead_s: float, form: Form) -> Generator[_Piece]:
        """Decode from about `lead_s` before `start_s` on; nothing where the file cannot be sought in."""
        import av

        origin_s = start_seconds(self._container)
        seeks = lead_s < start_s
        if not seeks and not self._at_start:
            self._open()
        self._at_start = False
        if seeks:
            place = round((start_s - lead_s + origin_s) / (self._stream.time_base or 1))
            try:
                self._container.seek(place, stream=self._stream)
            except av.error.FFmpegError:
                return
        timeline = _Timeline(form, None if seeks else 0.0)
        for frame in decoded(self._container, self._stream):
            time_s = None if frame.time is None else frame.time - origin_s
            # At the very beginning some times are a delay before zero; those samples are heard before 0:00.
            yield from timeline.take(frame, time_s, skip_before_s=start_s - _RUN_IN_S)
        yield from timeline.finish()


def _between(piece: _Piece, more: Iterator[_Piece], first: int, stop: int) -> Iterator[Sound]:
    """The samples from `first` to `stop`, silence where there are none."""
    at = first
    while True:
        begin, samples = piece
        if begin > at:
            yield np.zeros((len(samples), min(begin, stop) - at), np.float32)
            at = min(begin, stop)
        kept = samples[:, at - begin : stop - begin] if begin <= at < begin + samples.shape[1] else samples[:, :0]
        if kept.shape[1]:
            yield kept
            at += kept.shape[1]
        following = next(more, None) if at < stop else None
        if following is None:
            return
        piece = following


def _gathered(pieces: Iterator[Sound]) -> Iterator[Sound]:
    """Small pieces put together, large ones taken apart."""
    waiting: list[Sound] = []
    count = 0
    for piece in pieces:
        for start in range(0, piece.shape[1], BLOCK):
            waiting.append(piece[:, start : start + BLOCK])
            count += waiting[-1].shape[1]
            if count >= BLOCK:
                yield np.concatenate(waiting, axis=1)
                waiting, count = [], 0
    if waiting:
        yield np.concatenate(waiting, axis=1)


class _Timeline:
    """Puts frames where they belong, in the form that is wanted."""

    def __init__(self, form: Form, start_s: float | None) -> None:
        self._form = form
        self._now_s = start_s  # Where the next frame belongs if it does not say.
        self._next: int | None = None  # The number of the next sample.
        self._resampler: AudioResampler | None = None
        self._kind: tuple[str, str, int] | None = None

    def take(self, frame: AudioFrame, time_s: float | None, skip_before_s: float) -> Iterator[_Piece]:
        """Take in a frame that says it belongs at `time_s`; one that ends before `skip_before_s` only counts."""
        if not frame.sample_rate or not frame.samples:
            return
        begin_s = self._begin(time_s)
        if begin_s is None:
            return  # after a seek, with no time yet: nobody knows where it belongs
        if self._now_s is None or begin_s != self._now_s:
            yield from self.finish()
        self._now_s = begin_s + frame.samples / frame.sample_rate
        if self._now_s < skip_before_s:
            return
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._kind:
            yield from self._end_kind()
            self._start_kind(kind)
        if self._next is None:
            self._next = round(begin_s * self._form.rate)
        assert self._resampler is not None
        for ready in self._resampler.resample(frame):
            yield self._placed(ready)

    def finish(self) -> Iterator[_Piece]:
        """Give what the resampler still holds; what follows belongs elsewhere."""
        yield from self._end_kind()
        self._next = None

    def _begin(self, time_s: float | None) -> float | None:
        """Where a frame belongs: right after the last one, unless its own time leaves a gap."""
        if time_s is None or (self._now_s is not None and not _GAP_S < time_s - self._now_s < _GAP_LIMIT_S):
            return self._now_s
        return time_s

    def _start_kind(self, kind: tuple[str, str, int]) -> None:
        import av

        self._kind = kind
        self._resampler = av.AudioResampler("fltp", self._form.layout, self._form.rate)

    def _end_kind(self) -> Iterator[_Piece]:
        if self._resampler is not None:
            for ready in self._resampler.resample(None):
                if ready is not None and ready.samples:  # one that had nothing to do answers None
                    yield self._placed(ready)
        self._resampler = self._kind = None

    def _placed(self, frame: AudioFrame) -> _Piece:
        assert self._next is not None
        # As to_ndarray() would give it, at a tenth of its cost.
        samples = np.array([np.frombuffer(memoryview(plane), np.float32, frame.samples) for plane in frame.planes])
        begin, self._next = self._next, self._next + samples.shape[1]
        return begin, samples
