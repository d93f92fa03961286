"""The job that writes transcripts in another format."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from index import formats
from index.captions import CaptionStyle
from index.plaintext import one_line
from index.progress import Stage, Unwanted, Watch
from player.conversion import Conversion, Outcome, convert_all
from player.worker import Cancelled, Told

_STAGES = list(Stage)
_SHARE = 100  # Of one stage of one file.


def convert_order(
    sources: Sequence[Path], folder: Path | None, wanted: Conversion, *, overwrite: bool
) -> dict[str, Any]:
    """The order for the job `convert`."""
    return {
        "sources": [str(path) for path in sources],
        "folder": str(folder) if folder else "",
        "wanted": asdict(wanted),
        "overwrite": overwrite,
    }


def convert(order: dict[str, Any], told: Told, cancelled: Cancelled) -> dict[str, Any]:
    """Convert each file; the answer has what came of each as far as it came, and what the format has no place for.

    Raises:
        EarmarkError: the folder cannot be made.
    """
    sources = [Path(path) for path in order["sources"]]
    style = order["wanted"]["style"]
    wanted = Conversion(**{**order["wanted"], "style": CaptionStyle(**style) if style else None})
    rows: list[dict[str, str]] = []
    losses: dict[str, None] = {}

    def tell(stage: Stage, done: int, total: int) -> None:
        stages = len(_STAGES) * len(rows) + _STAGES.index(stage)
        told(_SHARE * stages + (_SHARE * done // total if total else 0), _SHARE * len(_STAGES) * len(sources))

    read = partial(formats.read, watch=Watch(tell, cancelled))
    folder = Path(order["folder"]) if order["folder"] else None
    try:
        for outcome in convert_all(sources, folder, wanted, overwrite=order["overwrite"], read=read):
            rows.append(_row(outcome))
            losses[outcome.lost] = None
    except Unwanted:
        pass  # It was cancelled, and what was written by then is there.
    return {"rows": rows, "lost": [lost for lost in losses if lost]}


def _row(outcome: Outcome) -> dict[str, str]:
    """What `player.models.convert_values.Converted` is made of."""
    about = ""
    if outcome.reading:
        cues = outcome.reading.transcript.cue_count
        about = f"{outcome.reading.format}, {cues:,} cues" if cues != 1 else f"{outcome.reading.format}, 1 cue"
    return {
        "source": str(outcome.source),
        "target": one_line(outcome.target.name) if outcome.reading else "",
        "about": about,
        "notes": " ".join(outcome.reading.warnings) if outcome.reading else "",
        "refusal": outcome.refusal,
    }
