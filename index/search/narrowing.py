"""Whether an episode is one of those that a query's filters leave, and whose words in it count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from index.folding import fold
from index.search.query import Filter
from index.search.records import Entry


def passes(entry: Entry, filters: Sequence[Filter]) -> bool:
    """Whether an episode is left by filters: by one at least of those of each field, by none that is left out."""
    wanted: dict[str, bool] = {}
    for one in filters:
        matches = _MATCHES[one.field](entry, one.value)
        if one.left_out:
            # An episode with others than this speaker still has words that count.
            if matches and one.field != "speaker":
                return False
        else:
            wanted[one.field] = wanted.get(one.field, False) or matches
    return all(wanted.values())


def speakers(entry: Entry, filters: Sequence[Filter]) -> frozenset[int] | None:
    """The numbers of the speakers whose words count; None if all do, those without a name too."""
    chosen = [one for one in filters if one.field == "speaker"]
    if not chosen:
        return None
    wanted = [one.value for one in chosen if not one.left_out]
    unwanted = [one.value for one in chosen if one.left_out]
    left = [
        number
        for number, name in enumerate(entry.speakers)
        if (not wanted or any(has(name, value) for value in wanted)) and not any(has(name, value) for value in unwanted)
    ]
    return frozenset(left if wanted else [-1, *left])


def has(text: str, words: str) -> bool:
    """Whether the words stand in a text, the last of them perhaps only begun."""
    wanted = fold(words, 1)
    return bool(wanted) and f" {wanted}" in f" {fold(text, 1)}"


def _is_tagged(entry: Entry, tag: str) -> bool:
    wanted = fold(tag, 1) or tag
    return any((fold(one, 1) or one) == wanted for one in entry.tags)


def _is_dated(entry: Entry, value: str) -> bool:
    first, dots, last = value.partition("..")
    if not dots:
        last = first
    date = entry.date
    return bool(date) and (not first or date[: len(first)] >= first) and (not last or date[: len(last)] <= last)


_MATCHES: Mapping[str, Callable[[Entry, str], bool]] = {
    "speaker": lambda entry, value: any(has(name, value) for name in entry.speakers),
    "show": lambda entry, value: has(entry.show, value),
    "title": lambda entry, value: has(entry.title, value),
    "tag": _is_tagged,
    "date": _is_dated,
    "before": lambda entry, value: bool(entry.date) and entry.date < value,
    "after": lambda entry, value: bool(entry.date) and entry.date[: len(value)] > value,
}
