"""Writes sound into a file of one of five formats, so that decoding gives back its first and its last sample."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

import numpy as np

from player.audio.container import MediaError, shown
from player.audio.integers import in_turn, integers
from player.audio.mp3_writing import Mp3Encoder
from player.audio.stretch import Form, Sound

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer


@dataclass(frozen=True)
class Coding:
    """How sound is written under one suffix."""

    container: str
    codec: str
    sample_format: str
    deep_codec: str = ""
    deep_format: str = ""
    """What takes 24 bits a sample instead, where the format can."""
    rates: tuple[int, ...] = ()
    """The samples a second that it knows, ascending; none where it knows all."""
    bit_rates: tuple[int, int] | None = None
    """Bits a second for one channel and for two: speech that nobody can tell from its source."""


# Not libav's: the LAME inside PyAV's wheels was built to be debugged, and takes three times as long.
_LAME = "lame"
_MP3_RATES = (8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
CODINGS = {
    ".mp3": Coding("mp3", _LAME, "s16", rates=_MP3_RATES, bit_rates=(96_000, 160_000)),
    ".m4a": Coding("ipod", "aac", "fltp", rates=(*_MP3_RATES, 64_000, 88_200, 96_000), bit_rates=(80_000, 128_000)),
    ".opus": Coding("ogg", "libopus", "flt", rates=(48_000,), bit_rates=(56_000, 96_000)),
    ".flac": Coding("flac", "flac", "s16", "flac", "s32"),
    ".wav": Coding("wav", "pcm_s16le", "s16", "pcm_s24le", "s32"),
}
"""By suffix in lower case, what can be written."""


def coding_for(target: Path) -> Coding:
    """The coding that a file's name asks for, or MediaError where it is none of those that can be written."""
    coding = CODINGS.get(target.suffix.lower())
    if coding is None:
        names = ", ".join(suffix.lstrip(".") for suffix in CODINGS)
        raise MediaError(f"{shown(target)} does not say a kind of sound that can be written; end it in one of {names}.")
    return coding


def nearest_form(coding: Coding, form: Form) -> Form:
    """The form nearest to `form` that the coding can take, with no fewer samples a second if there is one."""
    rate = next((rate for rate in coding.rates if rate >= form.rate), coding.rates[-1] if coding.rates else form.rate)
    return Form(rate, form.channels, form.deep and bool(coding.deep_codec))


class Encoder(Protocol):
    """Encodes sound into a file that is open for it."""

    def write(self, sound: Sound) -> None:
        """Write the next (channels, samples); what is louder than full scale is clipped."""

    def finish(self) -> None:
        """Write what the encoder still holds."""


class _LibavEncoder:
    """Encodes with one of libav's encoders."""

    def __init__(self, container: OutputContainer, coding: Coding, form: Form) -> None:
        self._container = container
        self._form = form
        self._format = coding.deep_format if form.deep else coding.sample_format
        self._count = 0
        codec = coding.deep_codec if form.deep else coding.codec
        stream = cast("AudioStream", container.add_stream(codec, rate=form.rate))
        stream.codec_context.layout = form.layout
        stream.codec_context.format = self._format
        if bit_rate := _bit_rate(coding, form):
            stream.codec_context.bit_rate = bit_rate
        self._stream = stream

    def write(self, sound: Sound) -> None:
        """Write the next (channels, samples); what is louder than full scale is clipped."""
        import av

        if sound.shape[1] == 0:
            return
        frame = av.AudioFrame.from_ndarray(_laid_out(sound, self._format), self._format, self._form.layout)
        frame.sample_rate, frame.time_base, frame.pts = self._form.rate, Fraction(1, self._form.rate), self._count
        self._count += sound.shape[1]
        self._container.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Write what the encoder still holds."""
        self._container.mux(self._stream.encode(None))


@contextmanager
def encoder(path: Path, coding: Coding, form: Form) -> Iterator[Encoder]:
    """Write sound of `form`, one that the coding takes, into the file at `path`. Raises OSError and MediaError."""
    with ExitStack() as held:
        opened: Encoder
        if coding.codec == _LAME:
            opened = Mp3Encoder(held.enter_context(path.open("wb")), form, _bit_rate(coding, form))
        else:
            opened = _LibavEncoder(held.enter_context(output(path, coding.container)), coding, form)
        yield opened
        opened.finish()


def _bit_rate(coding: Coding, form: Form) -> int:
    """How many bits a second sound of a form gets; 0 where the coding takes as many as it needs."""
    return coding.bit_rates[form.channels - 1] if coding.bit_rates else 0


@contextmanager
def output(path: Path, kind: str) -> Iterator[OutputContainer]:
    """Open the file at `path` for libav to write a container of a kind into. Raises OSError and MediaError."""
    import av

    with path.open("wb") as file:
        disk = _Disk(file)
        try:
            with av.open(disk, "w", format=kind) as container:
                yield container
        except av.error.FFmpegError as error:
            if disk.error is not None:
                raise disk.error from None
            raise MediaError(f"This sound cannot be put into a “{kind}” file ({error.strerror}).") from error
        if disk.error is not None:
            raise disk.error


class _Disk:
    """A file that remembers what the system said of it: libav tells of a full disk late, oddly or not at all.

    After that it takes everything and does nothing, so that libav can close it without complaining to stderr.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None
        self.tell = file.tell

    def write(self, data: bytes) -> int:
        self._try(lambda: self._file.write(data))
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._try(lambda: self._file.seek(offset, whence))

    def _try(self, action: Callable[[], int]) -> int:
        if self.error is not None:
            return 0
        try:
            return action()
        except OSError as error:
            self.error = error
            raise


def _laid_out(sound: Sound, sample_format: str) -> np.ndarray[Any, Any]:
    """Samples as libav wants them in a format: one row a channel, or all channels in turn in one row."""
    if sample_format == "fltp":
        return np.ascontiguousarray(sound)
    if sample_format == "flt":
        return in_turn(sound)
    return integers(sound, {"s16": 16, "s32": 24}[sample_format])
