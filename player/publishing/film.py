"""A film of a piece, an audiogram: its pictures and its sound in one MP4."""

import contextlib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.atomic import written_atomically
from index.errors import EarmarkError
from player.audio.peaks_worker import read_peaks
from player.publishing.choices import AS_IT_IS, Choices
from player.publishing.piece import Cancelled, Piece, Told, never, nobody
from player.publishing.sound import fitted, write_sound
from player.scratch import filling, scratch_folder

if TYPE_CHECKING:
    import av
    from av.container import OutputContainer

    from player.publishing.frames import Frames

FPS = 30
_LEVELS = 140
_SOUND_SHARE = 10  # Percent of the work that cutting the sound is.
_AAC_RATE, _AAC_BITS = 48_000, 160_000
_BT709 = 1  # ITU-T H.273: the colours of high definition.
# In the order of how well they are played everywhere; the first that this libavcodec has is taken.
_CODECS: tuple[tuple[str, dict[str, str]], ...] = (
    ("libx264", {"preset": "veryfast", "crf": "19", "tune": "animation", "profile": "high"}),
    ("mpeg4", {"b": "5000000"}),
)


class _Stopped(Exception):
    pass


def write_film(
    piece: Piece,
    target: Path,
    *,
    choices: Choices = AS_IT_IS,
    told: Told = nobody,
    cancelled: Cancelled = never,
) -> bool:
    """Write the film of a piece to `target`, an MP4; False where it was cancelled, and nothing is written then.

    It draws with Qt, so it belongs into a process without a window: `player.work.publishing` is such a one.

    Raises:
        EarmarkError: a part has no sound, its sound cannot be read, or the target cannot be written.
    """
    from player.publishing.frames import Frames, ready_to_draw

    ready_to_draw()

    def cutting(done: int, total: int) -> None:
        told(done * _SOUND_SHARE // max(1, total), 100)

    def drawing(done: int, total: int) -> None:
        told(_SOUND_SHARE + done * (100 - _SOUND_SHARE) // total, 100)

    try:
        with scratch_folder() as folder:
            sound = folder / "sound.wav"
            with filling(folder):
                written = write_sound(piece, sound, choices=choices, told=cutting, cancelled=cancelled)
            if written is None:
                return False
            piece = fitted(piece, written)
            levels = read_peaks(sound, lambda *_: None, lambda _: None).levels(_LEVELS).tolist()
            frames = Frames(piece, levels, choices.film)
            with written_atomically(target) as unfinished:
                _encode(frames, choices.film.size, sound, written.duration_ms, unfinished, drawing, cancelled)
    except _Stopped:
        return False
    return True


def _encode(
    frames: "Frames",
    size: tuple[int, int],
    sound: Path,
    duration_ms: int,
    path: Path,
    told: Told,
    cancelled: Cancelled,
) -> None:
    import av

    count = max(1, -(-duration_ms * FPS // 1000))
    try:
        with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as film:
            video, audio = _video_stream(film, size), film.add_stream("aac", rate=_AAC_RATE, layout="stereo")
            audio.bit_rate = _AAC_BITS
            heard = _Soundtrack(film, audio, sound)
            for number, picture in enumerate(_pictures(frames, count)):
                if cancelled():
                    raise _Stopped
                heard.write_until(number / FPS)
                picture.pts, picture.time_base = number, Fraction(1, FPS)
                film.mux(video.encode(picture))
                told(number + 1, count)
            heard.write_until(float("inf"))
            film.mux(video.encode(None))
            film.mux(audio.encode(None))
    except av.error.FFmpegError as error:
        if isinstance(error, OSError) and error.errno:
            raise OSError(error.errno, error.strerror) from error
        raise EarmarkError(f"The film could not be encoded ({error.strerror}); try another shape.") from error


def _video_stream(film: "OutputContainer", size: tuple[int, int]) -> Any:
    import av

    for name, options in _CODECS:
        with contextlib.suppress(av.codec.codec.UnknownCodecError):
            av.codec.Codec(name, "w")
            video: Any = film.add_stream(name, rate=FPS, options=options)
            video.width, video.height = size
            video.pix_fmt = "yuv420p"
            context = video.codec_context
            context.gop_size = 5 * FPS
            context.color_range, context.colorspace, context.color_primaries, context.color_trc = 1, *3 * (_BT709,)
            return video
    raise EarmarkError("No film can be written here: this PyAV has neither H.264 nor MPEG-4.")


def _pictures(frames: "Frames", count: int) -> Iterator["av.VideoFrame"]:
    """The pictures of the film one after the other; one that looks as the last is the last."""
    import av
    from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

    reformatter = VideoReformatter()
    canvas = frames.canvas()
    drawn = av.VideoFrame(canvas.width(), canvas.height(), "bgra")
    # Both are used again for each picture: memory that is new takes longer to touch than to fill.
    rows = np.frombuffer(memoryview(drawn.planes[0]), np.uint8).reshape(canvas.height(), -1)[:, : 4 * canvas.width()]
    state: object = None
    ready: av.VideoFrame | None = None
    for number in range(count):
        ms = (2 * number + 1) * 500 // FPS  # In the middle of the time that it is seen.
        now = frames.state(ms)
        if ready is None or now != state:
            state = now
            frames.paint(canvas, ms)
            rows[:] = np.frombuffer(canvas.constBits(), np.uint8).reshape(canvas.height(), -1)[:, : rows.shape[1]]
            ready = reformatter.reformat(
                drawn, format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
            )
        yield ready


class _Soundtrack:
    """Encodes the sound bit by bit, so that picture and sound lie beside each other in the film."""

    def __init__(self, film: "OutputContainer", stream: Any, sound: Path) -> None:
        self._film = film
        self._stream = stream
        self._packets = self._encoded(sound)
        self._reached_s = 0.0

    def write_until(self, seconds: float) -> None:
        """Write the sound up to that time, or all of it."""
        while self._reached_s <= seconds:
            packet = next(self._packets, None)
            if packet is None:
                return
            self._film.mux(packet)

    def _encoded(self, sound: Path) -> Iterator[Any]:
        import av

        resampler = av.AudioResampler("fltp", "stereo", _AAC_RATE)
        with av.open(str(sound)) as source:
            for frame in source.decode(audio=0):
                self._reached_s = (frame.time or 0.0) + frame.samples / frame.sample_rate
                for ready in resampler.resample(frame):
                    yield from self._stream.encode(ready)
            for ready in resampler.resample(None):
                if ready is not None and ready.samples:
                    yield from self._stream.encode(ready)
