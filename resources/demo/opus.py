"""Writes sound as an Opus file with tags, chapters and a cover."""

import base64
import os
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from mutagen.flac import Picture
from mutagen.oggopus import OggOpus

from resources.demo.speech import Samples

__all__ = ["RATE", "write_opus"]

RATE = 48_000  # Hz, the rate of Opus
_BIT_RATE = 40_000
_FRONT_COVER = 3  # the picture type of ID3 and FLAC


def write_opus(
    path: Path,
    samples: Samples,
    tags: Mapping[str, str],
    chapters: Sequence[tuple[int, str]],
    picture: bytes,
) -> None:
    """Write mono samples (-1 to 1, at RATE), chapters as (start in ms, title) and a square PNG, all or nothing."""
    temporary = path.with_name(f".{path.name}.part")
    # Bit-exact, for each run would give the stream another serial number otherwise.
    with av.open(str(temporary), "w", format="ogg", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libopus", rate=RATE, layout="mono", options={"vbr": "on"})
        stream.bit_rate = _BIT_RATE
        container.metadata.update(tags)
        whole = np.round(samples * 32767).astype(np.int16)
        for begin in range(0, len(whole), RATE):
            block = np.ascontiguousarray(whole[begin : begin + RATE].reshape(1, -1))
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = RATE, begin, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    _add_comments(temporary, chapters, picture)
    os.replace(temporary, path)


def _add_comments(path: Path, chapters: Sequence[tuple[int, str]], picture: bytes) -> None:
    """Chapters and cover as Vorbis comments, the way Xiph's wiki has them and players read them from Ogg files.

    CHAPTERxxx is written here because FFmpeg's own writer rounds 49.751 s to 50.751 s. The cover is a
    METADATA_BLOCK_PICTURE: a FLAC picture block in base 64.
    """
    block = Picture()  # type: ignore[no-untyped-call]
    block.data, block.type, block.mime = picture, _FRONT_COVER, "image/png"
    block.width = block.height = int.from_bytes(picture[16:20], "big")
    block.depth = 24
    sound = OggOpus(path)  # type: ignore[no-untyped-call]
    for number, (start_ms, title) in enumerate(chapters):
        minutes, ms = divmod(start_ms, 60_000)
        hours, minutes = divmod(minutes, 60)
        sound[f"CHAPTER{number:03}"] = [f"{hours:02}:{minutes:02}:{ms // 1000:02}.{ms % 1000:03}"]
        sound[f"CHAPTER{number:03}NAME"] = [title]
    encoded = base64.b64encode(block.write())  # type: ignore[no-untyped-call]
    sound["metadata_block_picture"] = [encoded.decode("ascii")]
    sound.save(padding=lambda _: 0)
