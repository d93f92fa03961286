"""The jobs that write what is published; films draw with Qt and so need a process without a window."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from player.publishing import many
from player.publishing.choices import AS_IT_IS, PATTERN, Choices
from player.publishing.orders import choices_from, order_of, piece_from
from player.publishing.piece import Piece
from player.publishing.release import release as write


def release_order(
    piece: Piece, target: Path, choices: Choices = AS_IT_IS, *, captions: Path | None = None
) -> dict[str, Any]:
    """The order for the job `release`: one piece into one file, and its captions into another if that is wanted."""
    return {
        "piece": order_of(piece),
        "target": str(target),
        "captions": str(captions) if captions else None,
        "choices": asdict(choices),
    }


def release_all_order(
    pieces: Sequence[Piece],
    folder: Path,
    suffixes: Sequence[str],
    *,
    pattern: str = PATTERN,
    choices: Choices = AS_IT_IS,
) -> dict[str, Any]:
    """The order for the job `release_all`: many pieces into a folder."""
    return {
        "pieces": [order_of(piece) for piece in pieces],
        "folder": str(folder),
        "suffixes": list(suffixes),
        "pattern": pattern,
        "choices": asdict(choices),
    }


def release(order: dict[str, Any], told: Callable[[int, int], None], cancelled: Callable[[], bool]) -> dict[str, Any]:
    """Write one file, with its captions; the answer names them under `written`, and tells how far edges have moved."""
    target, captions = Path(order["target"]), Path(order["captions"]) if order["captions"] else None
    piece, choices = piece_from(order["piece"]), choices_from(order["choices"])
    released = write(piece, target, captions=captions, choices=choices, told=told, cancelled=cancelled)
    return {
        "written": [str(path) for path in (target, captions) if path],
        "early_ms": released.early_ms if released else 0,
        "late_ms": released.late_ms if released else 0,
    }


def release_all(
    order: dict[str, Any], told: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> dict[str, Any]:
    """Write many; the answer has the paths under `written`, sentences under `failed`, and a `summary` in words."""
    summary = many.release_all(
        [piece_from(piece) for piece in order["pieces"]],
        Path(order["folder"]),
        order["suffixes"],
        pattern=order["pattern"],
        choices=choices_from(order["choices"]),
        told=told,
        cancelled=cancelled,
    )
    return {
        "written": [str(path) for path in summary.written],
        "failed": list(summary.failed),
        "summary": summary.sentence(),
    }
