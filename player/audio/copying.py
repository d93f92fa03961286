"""Takes a stretch out of a sound file without encoding it anew: quick, nothing lost, the edges where packets meet."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from index.atomic import written_atomically
from player.audio.container import MediaError, first_audio, open_sound, shown, start_seconds
from player.audio.cutting import Cancelled, Cut, CutFile, StoppedCut, sources
from player.audio.encoding import output
from player.audio.remux import forget_delay
from player.audio.stretch import LEADS_S
from player.audio.tag_writing import NO_TAGS, ClipTags, write_tags

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet


@dataclass(frozen=True)
class _Kind:
    """How sound of one coding is copied."""

    container: str
    codec: str
    run_in: int
    """How many packets before the cut its first one leans on."""
    trims: bool = False
    """Whether the container can have playing begin and end inside a packet."""


# FLAC and WAV need no copying: to encode them anew loses nothing, and their edges are then exact.
_KINDS = {
    ".mp3": _Kind("mp3", "mp3", run_in=2),
    ".m4a": _Kind("ipod", "aac", run_in=1, trims=True),
    ".opus": _Kind("ogg", "opus", run_in=0),
}


@dataclass(frozen=True)
class _Piece:
    """A packet, and from when to when of the file it is heard, in seconds."""

    packet: Packet[AudioStream]
    start_s: float
    end_s: float


def copied_as(source: Path) -> str:
    """The suffix of files into which the sound of `source` can go as it is, such as `.mp3`; "" where there is none.

    Raises:
        MediaError: `source` is no sound.
    """
    with open_sound(source) as container:
        stream = first_audio(container)
        codec = stream.codec_context.codec.canonical_name if stream else ""
    return next((suffix for suffix, kind in _KINDS.items() if kind.codec == codec), "")


def can_copy(source: Path, target: Path) -> bool:
    """Whether the sound of `source` can go into `target` as it is. Raises MediaError where `source` is no sound."""
    suffix = target.suffix.lower()
    return suffix in _KINDS and copied_as(source) == suffix


def copied_edges(cut: Cut) -> tuple[int, int]:
    """How much earlier than the cut a copy of it would begin, and how much later it would end, in ms.

    Raises:
        MediaError: the source is no sound that can be copied, or it ends before the cut.
    """
    kind = _KINDS.get(copied_as(cut.source))
    if kind is None:
        raise MediaError(f"The sound of {shown(cut.source)} cannot be copied; encode it anew.")
    with _found(cut, kind) as found:
        start_s, end_s = _edges(found, cut, kind)
    return cut.start_ms - round(start_s * 1000), round(end_s * 1000) - cut.end_ms


def copy_cut(
    cut: Cut,
    target: Path,
    *,
    tags: ClipTags = NO_TAGS,
    cancelled: Cancelled = lambda: False,
) -> CutFile | None:
    """Copy the packets that hold the cut into `target`; None where it was cancelled.

    Where the format allows no more, the file begins with the first sample of a packet and ends with the last of one:
    the result says how far that is from what was asked for, 0.1 s at most. Sound is neither faded nor levelled. As
    with `write_cuts`, nothing of the target's name changes until all is written.

    Raises:
        EarmarkError: the source is no sound of that kind or ends before the cut, or the target cannot be written.
    """
    if not can_copy(cut.source, target):
        raise MediaError(f"The sound of {shown(cut.source)} cannot be copied into {shown(target)}; encode it anew.")
    kind = _KINDS[target.suffix.lower()]
    tags = tags if tags.comment else replace(tags, comment=sources([cut]))
    try:
        with written_atomically(target) as unfinished:
            start_s, end_s = _write(cut, kind, unfinished, cancelled)
            if kind.codec == "mp3":
                forget_delay(unfinished)
            write_tags(unfinished, target.suffix.lower(), tags)
            if cancelled():
                raise StoppedCut
    except StoppedCut:
        return None
    start_ms, end_ms = round(start_s * 1000), round(end_s * 1000)
    return CutFile(target, end_ms - start_ms, (0,), cut.start_ms - start_ms, end_ms - cut.end_ms)


@dataclass(frozen=True)
class _Found:
    """The packets of a cut, in a source that is open."""

    stream: AudioStream
    pieces: Iterator[_Piece]
    swallowed_s: float
    """How much of its first packets the decoder swallows."""


@contextmanager
def _found(cut: Cut, kind: _Kind) -> Iterator[_Found]:
    for lead_s in LEADS_S:
        with open_sound(cut.source) as source:
            stream = first_audio(source)
            assert stream is not None
            swallowed_s = _pre_skip_s(stream)
            pieces = _of_the_cut(_from(source, stream, cut.start_ms / 1000 - lead_s), cut, kind, swallowed_s)
            first = next(pieces, None)
            if first is None or (first.start_s > cut.start_ms / 1000 and lead_s * 1000 < cut.start_ms):
                continue
            yield _Found(stream, chain([first], pieces), swallowed_s)
            return
    raise MediaError(f"Nothing of {shown(cut.source)} can be copied there: it is damaged, or it ends before.")


def _write(cut: Cut, kind: _Kind, path: Path, cancelled: Cancelled) -> tuple[float, float]:
    """Write the packets of the cut; return from when to when of the source is heard in them, in seconds."""
    with _found(cut, kind) as found:
        start_s, end_s = _copy(found.pieces, found.stream, path, cut, kind, cancelled)
        return start_s + found.swallowed_s, end_s


def _edges(found: _Found, cut: Cut, kind: _Kind) -> tuple[float, float]:
    """What `_write` would return, without writing."""
    first = next(found.pieces)
    last = deque(found.pieces, maxlen=1)
    start_s, end_s = first.start_s, (last[0] if last else first).end_s
    if kind.trims:
        start_s, end_s = max(start_s, cut.start_ms / 1000), min(end_s, cut.end_ms / 1000)
    return start_s + found.swallowed_s, end_s


def _from(source: InputContainer, stream: AudioStream, from_s: float) -> Iterator[_Piece]:
    """Yield the packets from about `from_s` on, from the very first where that is before it."""
    import av

    origin_s = start_seconds(source)
    try:
        if from_s > 0:
            source.seek(round((from_s + origin_s) / (stream.time_base or 1)), stream=stream)
        for packet in source.demux(stream):
            if packet.size and packet.pts is not None:
                start_s = float(packet.pts * packet.time_base) - origin_s
                yield _Piece(packet, start_s, start_s + float((packet.duration or 0) * packet.time_base))
    except av.error.FFmpegError:
        return  # what comes before the damage can be heard


def _of_the_cut(pieces: Iterator[_Piece], cut: Cut, kind: _Kind, swallowed_s: float) -> Iterator[_Piece]:
    """Leave out what is before the cut, but for what its first packet leans on, and what is after it."""
    before: deque[_Piece] = deque(maxlen=kind.run_in + 2)
    for piece in pieces:
        before.append(piece)
        if piece.start_s + swallowed_s > cut.start_ms / 1000:
            break
    if not before or before[-1].end_s <= cut.start_ms / 1000:
        return
    for piece in chain(before, pieces):
        if piece.start_s >= cut.end_ms / 1000:
            return
        yield piece


def _copy(
    pieces: Iterator[_Piece], stream: AudioStream, path: Path, cut: Cut, kind: _Kind, cancelled: Cancelled
) -> tuple[float, float]:
    tick_s = float(stream.time_base or 1)
    start_s = end_s = None
    zero = 0
    with output(path, kind.container) as container:
        copied = container.add_stream_from_template(stream)
        for piece in pieces:
            if cancelled():
                raise StoppedCut
            packet, end_s = piece.packet, piece.end_s
            if start_s is None:
                start_s = max(piece.start_s, cut.start_ms / 1000) if kind.trims else piece.start_s
                zero = (packet.pts or 0) + round((start_s - piece.start_s) / tick_s)
            if kind.trims and end_s > cut.end_ms / 1000:
                packet.duration = (packet.duration or 0) - round((end_s - cut.end_ms / 1000) / tick_s)
                end_s = cut.end_ms / 1000
            packet.stream = copied
            packet.pts = packet.dts = (packet.pts or 0) - zero
            container.mux(packet)
    assert start_s is not None
    assert end_s is not None
    return start_s, end_s


def _pre_skip_s(stream: AudioStream) -> float:
    """How much of its first packets an Opus decoder swallows (RFC 7845, 5.1); 0 for other codings."""
    head = stream.codec_context.extradata or b""
    return int.from_bytes(head[10:12], "little") / 48_000 if head.startswith(b"OpusHead") else 0.0
