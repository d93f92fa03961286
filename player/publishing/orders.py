"""A piece as plain JSON and back, so that a process of its own can write it."""

import base64
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.library.blob import pack, unpack
from index.quoting import Origin
from player.publishing.choices import Choices, FilmStyle
from player.publishing.piece import Part, Piece


def order_of(piece: Piece) -> dict[str, Any]:
    """A piece as an order."""
    return {
        "title": piece.title,
        "gap_ms": piece.gap_ms,
        "crossfade_ms": piece.crossfade_ms,
        "cover": base64.b64encode(piece.cover).decode() if piece.cover else None,
        "parts": [
            {
                "words": base64.b64encode(pack(part.words)).decode(),
                "start_ms": part.start_ms,
                "end_ms": part.end_ms,
                "origin": asdict(part.origin),
                "sound": str(part.sound) if part.sound else None,
            }
            for part in piece.parts
        ],
    }


def piece_from(order: dict[str, Any]) -> Piece:
    """The piece that was ordered."""
    parts = tuple(
        Part(
            unpack(base64.b64decode(each["words"])),
            each["start_ms"],
            each["end_ms"],
            Origin(**each["origin"]),
            Path(each["sound"]) if each["sound"] else None,
        )
        for each in order["parts"]
    )
    cover = base64.b64decode(order["cover"]) if order["cover"] else None
    return Piece(order["title"], parts, order["gap_ms"], cover, order["crossfade_ms"])


def choices_from(order: dict[str, Any]) -> Choices:
    """The choices that were ordered, as `dataclasses.asdict` gives them."""
    return Choices(**{**order, "film": FilmStyle(**order["film"])})
