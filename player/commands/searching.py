"""The commands that look into every episode of the library: search, concordance, and making the index anew."""

import argparse
import sys
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.atomic import write_atomically
from index.errors import EarmarkError
from index.library import Library
from index.timecode import clock
from player.commands.library_place import SEARCH_INDEX, add_option, folder_of, open_library
from player.commands.options import Command, count
from player.commands.printing import counted, name_of, print_json, print_line, tell_progress

if TYPE_CHECKING:  # Whoosh takes a while to load: the other commands are not to wait for it.
    from index.search import Answer
    from index.search.concordance import Row

_QUERY = (
    'Words are found near each other, said exactly so first. "words in quotes" are found as they are; -word leaves'
    " out; a OR b; begin* and near~ spellings; speaker:, show:, title:, tag:, date:2023..2024, before: and after:"
    " say where. Put the whole query into single quotes, and -- before one that begins with a minus."
)
_SEARCH_JSON = (
    "JSON: an array of {episode, show, title, start_ms, end_ms, speaker, before, match, after, exact}, the best"
    " episode first, empty if nothing is found; episode is an id."
)
ORDERS = ("found", "left", "right", "match", "speaker", "date")
"""What a concordance can be sorted by: the values of `index.search.concordance.Order`."""

_SHOWN = 40  # Letters on the left of a word in a concordance.


def add_to(command: Command) -> None:
    """Add the commands of this file to the parser."""
    made = command("search", search, "Find words in every episode of the library.", f"{_QUERY} {_SEARCH_JSON}")
    made.add_argument("query", nargs="+")
    made.add_argument("--limit", metavar="N", type=count, help="print no more than N hits")
    made.add_argument("--forms", metavar="LANG", default="", help="take forms of a word for the word: en, de, fr ...")
    made.add_argument("--json", action="store_true", help="print it as JSON")
    add_option(made)
    made = command("concordance", concordance, "Show a word wherever it is said, between what is said around it.")
    made.add_argument("word", nargs="+", help="a word, or anything that earmark search takes")
    made.add_argument("--sort", choices=ORDERS, default="found", help="by what (found)")
    made.add_argument("--csv", metavar="FILE", type=Path, help="write it to a table of comma-separated values instead")
    add_option(made)
    made = command("reindex", reindex, "Make the search index of the library anew.")
    add_option(made)


def search(options: argparse.Namespace) -> None:
    """Print every hit with the words around it."""
    from index.search.concordance import rows

    with closing(open_library(options)) as library:
        answer = _ask(options, library, " ".join(options.query), options.forms)
        found = list(islice(rows(answer, library), options.limit))
    if options.json:
        print_json([_as_json(row) for row in found])
    else:
        before = None
        for row in found:
            if row.episode != before:
                print_line(" – ".join(filter(None, (row.title, row.show, row.date))))
                before = row.episode
            print_line(f"  {_time(row)}{row.before} [{row.match}] {row.after}".rstrip())
        if not answer.total:  # Only where to look was said, not what for.
            for episode in answer.episodes[: options.limit]:
                print_line(" – ".join(filter(None, (episode.title, episode.show, episode.date))))
        if len(found) < answer.total:
            print_line(f"{counted(len(found), 'hit')} of {answer.total:,}.")
    _tell(answer.hint)
    if not answer.found_in:
        raise _nothing(answer)


def _ask(options: argparse.Namespace, library: Library, query: str, forms: str = "") -> "Answer":
    """What is found, once the index knows all that is in the library."""
    from index.search import SearchIndex

    index = SearchIndex(folder_of(options) / SEARCH_INDEX)
    report = index.update(library, told=tell_progress)
    for sentence in report.failed:
        _tell(sentence)
    answer = index.search(query, library, forms=forms)
    if answer.unsearched:
        _tell(f"{counted(answer.unsearched, 'episode')} could not be searched: another Earmark is indexing.")
    return answer


def _nothing(answer: "Answer") -> EarmarkError:
    if not answer.query.items:
        return EarmarkError("There is no word in that to look for; see earmark search --help.")
    offer = f"; the nearest that is: {answer.suggestion}" if answer.suggestion else ""
    return EarmarkError(f"“{answer.query}” is said nowhere in the library{offer}.")


def _tell(sentence: str) -> None:
    if sentence and sys.stderr:
        print(f"earmark: {sentence}", file=sys.stderr)


def _time(row: "Row") -> str:
    time = f"{clock(row.start_ms)}  " if row.timed else ""
    return f"{time}{row.speaker}: " if row.speaker else time


def _as_json(row: "Row") -> dict[str, Any]:
    return {
        "episode": row.episode,
        "show": row.show,
        "title": row.title,
        "start_ms": row.start_ms if row.timed else None,
        "end_ms": row.end_ms if row.timed else None,
        "speaker": row.speaker or None,
        "before": row.before,
        "match": row.match,
        "after": row.after,
        "exact": row.exact,
    }


def concordance(options: argparse.Namespace) -> None:
    """Print a word in all its surroundings, the words below each other, or write them to a table."""
    from index.search.concordance import Order, counts, csv_text, ordered, rows

    with closing(open_library(options)) as library:
        answer = _ask(options, library, " ".join(options.word))
        found = ordered(rows(answer, library, told=tell_progress), Order(options.sort))
    _tell(answer.hint)
    if not found:
        raise _nothing(answer)
    if options.csv:
        write_atomically(options.csv, csv_text(found).encode("utf-8-sig"))
        print_line(f"{counted(len(found), 'line')} written to {name_of(options.csv)}")
        return
    for row in found:
        print_line(
            f"{row.before[-_SHOWN:]:>{_SHOWN}} [{row.match}] {row.after[:_SHOWN]:<{_SHOWN}} {row.title}".rstrip()
        )
    totals = counts(found)
    for what, counted_by in (("Speakers", totals.speakers), ("Shows", totals.shows), ("Months", totals.months)):
        said = ", ".join(f"{name or 'unknown'} {number:,}" for name, number in counted_by)
        print_line(f"{what}: {said}")


def reindex(options: argparse.Namespace) -> int:
    """Throw the search index away and make it anew from the library."""
    from index.search import SearchIndex

    with closing(open_library(options)) as library:
        index = SearchIndex(folder_of(options) / SEARCH_INDEX)
        report = index.update(library, told=tell_progress, anew=True)
    for sentence in report.failed:
        _tell(sentence)
    if report.busy:
        raise EarmarkError("Another Earmark is indexing this library; wait until it is done, or close it.")
    print_line(f"{counted(report.added, 'episode')} indexed.")
    return 1 if report.failed else 0
