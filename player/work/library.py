"""Heavy work on the library: keeping the search index in step with it."""

from contextlib import closing
from pathlib import Path
from typing import Any

from index.library import Library
from player.worker import Cancelled, Told


def index(order: dict[str, Any], told: Told, cancelled: Cancelled) -> dict[str, Any]:
    """Bring the search index in the folder `index` to what the file `library` holds."""
    from index.search import SearchIndex

    with closing(Library(order["library"])) as library:
        report = SearchIndex(Path(order["index"])).update(library, told=told, cancelled=cancelled)
    return {"added": report.added, "removed": report.removed, "failed": list(report.failed), "busy": report.busy}
