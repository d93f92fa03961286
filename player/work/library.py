"""Heavy work on the library: looking at what is to be added, adding it, and keeping the search index in step."""

from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from index.episode_table import EpisodeTable, read_table
from index.errors import EarmarkError, TranscriptError
from index.examine import examine
from index.library import Library
from index.library.adding import NO_TRANSCRIPT, is_surely_one
from index.library.adding import add as add_files
from index.library.gathering import Item, gather, may_be_table
from index.library.watching import scan_watched, watch
from index.plaintext import one_line
from player.sound_facts import read_facts
from player.worker import Cancelled, Told

_LOOKED_AT = 400  # So many files are read to be told of; of more only the names.


def look(order: dict[str, Any], told: Told, cancelled: Cancelled) -> dict[str, Any]:
    """Tell what the files and folders `paths` would add to the file `library`, and change nothing."""
    items, skipped = gather([Path(path) for path in order["paths"]], cancelled)
    rows = []
    with closing(Library(order["library"])) as library:
        for number, item in enumerate(items):
            told(number, len(items))
            if cancelled():
                break
            known = library.episodes.having(item.sound, next(iter(item.transcripts), None)) is not None
            rows.append(_row(item, known=known, whole=number < _LOOKED_AT))
    return {"rows": rows, "skipped": [each.sentence() for each in skipped]}


def _row(item: Item, *, known: bool, whole: bool) -> dict[str, Any]:
    """What `player.models.import_rows.ImportRow` is made of."""
    row: dict[str, Any] = {
        "key": str(item.path),
        "title": one_line(item.path.stem),
        "sound": item.sound.name if item.sound else "",
        "transcript": item.transcripts[0].name if item.transcripts else "",
        "known": known,
    }
    if not whole:
        return row
    length_ms = 0
    if item.sound:
        try:
            facts = read_facts(item.sound)
        except EarmarkError as error:
            if not item.transcripts:
                return {**row, "refused": str(error)}
            row["warnings"] = [str(error)]
        else:
            length_ms = row["duration_ms"] = facts.duration_ms
            row["title"] = one_line(facts.title) or row["title"]
    if item.transcripts:
        _tell_transcript(row, item, length_ms)
    return row


def _tell_transcript(row: dict[str, Any], item: Item, length_ms: int) -> None:
    path = item.transcripts[0]
    try:
        found = examine(path, length_ms or None)
    except TranscriptError as error:
        table = _table(path)
        if table:
            row["format"] = f"table of {len(table.rows):,} episodes" if len(table.rows) != 1 else "table of 1 episode"
            row["repairs"] = list(table.warnings)
            row["damage"] = _shown(table.damage.samples) if table.damage else ""
        elif row["sound"]:
            row["warnings"] = [*row.get("warnings", ()), str(error)]
        else:
            row["refused"] = str(error)
        return
    transcript = found.transcript
    if item.sound is None and not item.chosen and not is_surely_one(found.reading):
        row["refused"] = f"It is left out: {NO_TRANSCRIPT}."
    row.update(
        format=found.reading.format,
        language=found.language,
        speakers=list(transcript.speakers),
        words=len(transcript),
        timing=transcript.timing,
        duration_ms=length_ms or transcript.end_ms,
        repairs=list(found.reading.warnings),
        warnings=[*row.get("warnings", ()), *filter(None, [found.length])],
        damage=_shown(found.damage.samples) if found.damage else "",
    )


def _table(path: Path) -> EpisodeTable | None:
    with suppress(TranscriptError):
        return read_table(path) if may_be_table(path) else None
    return None


def _shown(samples: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{before} → {after}" for before, after in samples[:2])


def add(order: dict[str, Any], told: Told, cancelled: Cancelled) -> dict[str, Any]:
    """Add the files and folders `paths` to the file `library`, those in `repaired` with their letters repaired.

    With `watch`, a folder, that one is looked through again whenever something in it changes.
    """
    repaired = {Path(path) for path in order["repaired"]}
    with closing(Library(order["library"])) as library:
        paths = [Path(path) for path in order["paths"]]
        report = add_files(
            library, paths, probe=read_facts, told=told, cancelled=cancelled, repair=repaired.__contains__
        )
        if order["watch"] and not report.cancelled:
            watch(library, Path(order["watch"]))
    return report.as_json()


def scan(order: dict[str, Any], told: Told, cancelled: Cancelled) -> dict[str, Any]:
    """Pick up what is new or changed in the watched folders of the file `library`."""
    with closing(Library(order["library"])) as library:
        return scan_watched(library, probe=read_facts, told=told, cancelled=cancelled).as_json()


def index(order: dict[str, Any], told: Told, cancelled: Cancelled) -> dict[str, Any]:
    """Bring the search index in the folder `index` to what the file `library` holds."""
    from index.search import SearchIndex

    with closing(Library(order["library"])) as library:
        report = SearchIndex(Path(order["index"])).update(library, told=told, cancelled=cancelled)
    return {"added": report.added, "removed": report.removed, "failed": list(report.failed), "busy": report.busy}
