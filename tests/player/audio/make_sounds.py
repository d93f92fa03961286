"""Short sounds for the tests, made on the spot: no recording is kept with the project."""

from __future__ import annotations

import wave
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

CODECS = {
    ".mp3": ("libmp3lame", 44_100),
    ".m4a": ("aac", 44_100),
    ".mp4": ("aac", 44_100),
    ".aac": ("aac", 44_100),
    ".ogg": ("vorbis", 44_100),
    ".opus": ("libopus", 48_000),
    ".flac": ("flac", 44_100),
    ".wav": ("pcm_s16le", 44_100),
    ".mkv": ("libopus", 48_000),
    ".webm": ("libopus", 48_000),
}
_PICTURE_CODECS = {".mp4": "mpeg4", ".mkv": "mpeg4", ".webm": "libvpx"}


def tone(seconds: float, rate: int = 44_100, *, level: float = 0.5, channels: int = 1) -> Floats:
    """A 440 Hz tone, an array of (channels, samples)."""
    times = np.arange(round(seconds * rate)) / rate
    row = (level * np.sin(2 * np.pi * 440 * times)).astype(np.float32)
    return np.repeat(row[None, :], channels, axis=0)


def bursts(seconds: float, rate: int = 44_100, *, quiet: Sequence[tuple[float, float]]) -> Floats:
    """A tone with silence in the given spans, in seconds."""
    sound = tone(seconds, rate)
    for start, end in quiet:
        sound[:, round(start * rate) : round(end * rate)] = 0
    return sound


def write_sound(
    path: Path,
    sound: Floats | None = None,
    *,
    seconds: float = 2.0,
    codec: str | None = None,
    rate: int | None = None,
    sample_format: str | None = None,
    bit_rate: int | None = None,
    options: Mapping[str, str] | None = None,
    metadata: Mapping[str, str] | None = None,
    chapters: Sequence[tuple[int, int, str]] = (),
    pictures: bool = False,
    layout: str | None = None,
) -> Path:
    """Encode a sound (default: a tone) in the format its suffix names; chapters are (start_ms, end_ms, title)."""
    default_codec, default_rate = CODECS[path.suffix]
    rate = rate or default_rate
    codec = codec or default_codec
    # libavcodec's own Vorbis encoder knows stereo only, and calls itself experimental.
    sound = tone(seconds, rate, channels=2 if codec == "vorbis" else 1) if sound is None else sound
    layout = layout or {1: "mono", 2: "stereo"}[len(sound)]
    with av.open(str(path), "w", options=dict(options or {})) as container:
        container.metadata.update(metadata or {})
        stream = container.add_stream(codec, rate=rate, options={"strict": "experimental"})
        stream.layout = layout
        if sample_format:
            stream.format = sample_format
        if bit_rate:
            stream.bit_rate = bit_rate
        if chapters:
            container.set_chapters(
                [
                    {
                        "id": number,
                        "start": start,
                        "end": end,
                        "time_base": Fraction(1, 1000),
                        "metadata": {"title": title},
                    }
                    for number, (start, end, title) in enumerate(chapters)
                ]
            )
        if pictures:
            _write_pictures(container, _PICTURE_CODECS[path.suffix], sound.shape[1] / rate)
        resampler = av.AudioResampler(stream.format, layout, rate)
        for start in range(0, sound.shape[1], rate):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound[:, start : start + rate]), "fltp", layout)
            frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
            for ready in resampler.resample(frame):
                container.mux(stream.encode(ready))
        for ready in resampler.resample(None):
            container.mux(stream.encode(ready))
        container.mux(stream.encode(None))
    return path


def write_silent_film(path: Path, seconds: float = 2.0) -> Path:
    """Moving pictures without a sound track."""
    with av.open(str(path), "w") as container:
        _write_pictures(container, _PICTURE_CODECS[path.suffix], seconds)
    return path


def write_mp3_without_header(path: Path, parts: Sequence[tuple[float, int]] = ((1.5, 32), (1.5, 160))) -> Path:
    """An MP3 of parts (seconds, kbit/s) with variable bit rate and neither a Xing header nor tags."""
    joined = b""
    for seconds, kbits in parts:
        part = path.with_suffix(f".{kbits}.mp3")
        write_sound(
            part,
            seconds=seconds,
            bit_rate=kbits * 1000,
            options={"write_xing": "0", "id3v2_version": "0"},
        )
        joined += part.read_bytes()
        part.unlink()
    path.write_bytes(joined)
    return path


def write_wav(path: Path, sound: Floats, rate: int, width: int) -> Path:
    """A WAV of `width` bytes a sample, written without libav: the reference for exact values."""
    full = 2 ** (8 * width - 1) - 1
    values = np.rint(sound.T * full).astype(np.int64)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(sound))
        file.setsampwidth(width)
        file.setframerate(rate)
        if width == 1:
            file.writeframes((values + 128).astype(np.uint8).tobytes())
        else:
            little_endian = np.ascontiguousarray(values, "<i4").view(np.uint8).reshape(*values.shape, 4)[..., :width]
            file.writeframes(little_endian.tobytes())
    return path


def png(size: int = 0) -> bytes:
    """Bytes that begin like a PNG and are at least `size` long."""
    start = b"\x89PNG\r\n\x1a\n" + b"\0" * 24
    return start + b"\1" * max(0, size - len(start))


def packet_count(path: Path) -> int:
    """How many packets of sound libavformat finds."""
    with av.open(str(path)) as container:
        return sum(1 for packet in container.demux(audio=0) if packet.size)


def _write_pictures(container: av.container.OutputContainer, codec: str, seconds: float) -> None:
    stream = container.add_stream(codec, rate=10)
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
    for number in range(round(seconds * 10)):
        frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), number * 5 % 256, np.uint8), format="rgb24")
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


MARK_S = 0.02
_MARK_HZ = 2000.0


def marks(seconds: float, rate: int, at_ms: Sequence[int], channels: int = 1) -> Floats:
    """Soft noise with a short burst of tone around each of the given moments."""
    sound = 0.005 * np.random.default_rng(1).standard_normal(round(seconds * rate))
    burst = _burst(rate).real
    for moment_ms in at_ms:
        start = round(moment_ms * rate / 1000) - len(burst) // 2
        sound[start : start + len(burst)] += 0.7 * burst
    return np.repeat(sound[None, :].astype(np.float32), channels, axis=0)


def marks_heard(sound: Floats, rate: int) -> list[float]:
    """When the bursts of `marks` are heard, in ms from the first sample."""
    burst = _burst(rate)
    mixed = sound.mean(axis=0)
    size = 1 << (len(mixed) + len(burst)).bit_length()
    found_at = np.fft.ifft(np.fft.fft(mixed, size) * np.fft.fft(burst.conj()[::-1], size))
    strength = np.abs(found_at[len(burst) // 2 : len(burst) // 2 + len(mixed)])
    found: list[float] = []
    while len(strength) and strength.max() > 0.3 * np.sum(np.abs(burst) ** 2) * 0.35:
        place = int(strength.argmax())
        found.append(place * 1000 / rate)
        strength[max(0, place - 2 * len(burst)) : place + 2 * len(burst)] = 0
    return sorted(found)


def decoded(path: Path) -> tuple[Floats, int]:
    """All the sound that libav finds in a file, and its rate."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler("fltp", stream.layout.name)
        frames = [ready for frame in container.decode(audio=0) for ready in resampler.resample(frame)]
        return np.concatenate([frame.to_ndarray() for frame in frames], axis=1), stream.rate


def _burst(rate: int) -> npt.NDArray[np.complex128]:
    times = np.arange(round(MARK_S * rate)) / rate
    wave: npt.NDArray[np.complex128] = np.exp(2j * np.pi * _MARK_HZ * times) * np.hanning(len(times))
    return wave
