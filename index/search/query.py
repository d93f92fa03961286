"""What may be typed into the box: words, phrases, what to leave out, and where to look; never an error."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

FIELDS = ("speaker", "show", "title", "tag", "date", "before", "after")
"""What hits can be narrowed down by."""

_DATE = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_RANGE = re.compile(rf"(?:{_DATE}|(?:{_DATE})?\.\.(?:{_DATE})?(?<!^\.\.))\Z")
_DAY = re.compile(rf"{_DATE}\Z")
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)
_ITEM = re.compile(
    r"""\s*(?P<minus>-(?=[^\s-]))?
    (?: (?P<field>[A-Za-z]+):(?=\S)(?: "(?P<quoted_value>[^"]*)" | (?P<value>[^\s"]+) )
      | "(?P<phrase>[^"]*)"
      | (?P<word>[^\s"]+)
      | (?P<stray>")
    )""",
    re.VERBOSE,
)
_MARK = re.compile(r"[\w*~]")  # Something to look for.


class Kind(Enum):
    """How a term is looked for."""

    WORD = "word"
    PHRASE = "phrase"  # These words, one after the other.
    PREFIX = "prefix"  # Words that begin so.
    NEARLY = "nearly"  # Words spelt nearly so.


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to look for."""

    kind: Kind
    text: str

    def __str__(self) -> str:
        match self.kind:
            case Kind.PHRASE:
                return f'"{self.text}"'
            case Kind.PREFIX:
                return f"{self.text}*"
            case Kind.NEARLY:
                return f"{self.text}~"
        return f'"{self.text}"' if self.text in ("OR",) else self.text


@dataclass(frozen=True, slots=True)
class Clause:
    """Something that is to be said, in one way or another; or, left out, in none of them."""

    terms: tuple[Term, ...]
    left_out: bool = False

    def __str__(self) -> str:
        return ("-" if self.left_out else "") + " OR ".join(map(str, self.terms))


@dataclass(frozen=True, slots=True)
class Filter:
    """Where to look, or, left out, where not to."""

    field: str  # One of `FIELDS`.
    value: str
    left_out: bool = False

    def __str__(self) -> str:
        plain = self.value and not re.search(r'[\s"]', self.value)
        value = self.value if plain else f'"{self.value}"'
        return f"{'-' if self.left_out else ''}{self.field}:{value}"


class Chip(NamedTuple):
    """An item of a query to be shown by itself, and its place, by which it can be removed."""

    kind: str  # A field, "words", or "without".
    value: str
    item: int


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, understood."""

    items: tuple[Clause | Filter, ...] = ()
    hint: str = ""  # What was not understood, and what was made of it.

    def __str__(self) -> str:
        return " ".join(map(str, self.items))

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What is to be said."""
        return tuple(item for item in self.items if isinstance(item, Clause) and not item.left_out)

    @property
    def left_out(self) -> tuple[Clause, ...]:
        """What is not to be said anywhere in the episode."""
        return tuple(item for item in self.items if isinstance(item, Clause) and item.left_out)

    @property
    def filters(self) -> tuple[Filter, ...]:
        """Where to look."""
        return tuple(item for item in self.items if isinstance(item, Filter))

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Every item as something to be shown and removed by itself."""
        return tuple(Chip(*_chip(item), number) for number, item in enumerate(self.items))

    def without(self, item: int) -> Query:
        """The query less one of its items."""
        return replace(self, items=self.items[:item] + self.items[item + 1 :], hint="")

    def with_filter(self, field: str, value: str) -> Query:
        """The query with one more filter at its end."""
        return replace(self, items=(*self.items, Filter(field, value)))


def _chip(item: Clause | Filter) -> tuple[str, str]:
    if isinstance(item, Filter):
        return ("-" if item.left_out else "") + item.field, item.value
    terms = " OR ".join(map(str, item.terms))
    return ("without", terms) if item.left_out else ("words", terms)


def parse(text: str) -> Query:
    """Understand what was typed. What cannot be understood is taken for plain words, and the hint says so."""
    text = text.translate(_QUOTES)
    if text.count('"') % 2:
        return replace(parse(text.replace('"', " ")), hint="A quotation mark is not closed: searched as plain words.")
    items: list[Clause | Filter] = []
    hints: list[str] = []
    either = False  # OR was read, and waits for what follows.
    for found in _ITEM.finditer(text):
        left_out = bool(found["minus"])
        if found["word"] == "OR" and not left_out:
            if items and isinstance(items[-1], Clause) and not items[-1].left_out:
                either = True
            else:
                hints.append("OR stands between two words: searched as a plain word.")
                items.append(Clause((Term(Kind.WORD, "OR"),)))
            continue
        read = _read(found, left_out, hints)
        if not read:
            continue
        first = read[0]
        if either and isinstance(first, Clause) and not left_out and isinstance(items[-1], Clause):
            items[-1] = Clause(items[-1].terms + first.terms)
            read = read[1:]
        elif either:
            hints.append("OR stands between two words: left out.")
        either = False
        items += read
    if either:
        hints.append("OR stands between two words: searched as a plain word.")
        items.append(Clause((Term(Kind.WORD, "OR"),)))
    return Query(tuple(items), " ".join(dict.fromkeys(hints)))


def _read(found: re.Match[str], left_out: bool, hints: list[str]) -> list[Clause | Filter]:
    """The item that was met, or the plain words that are made of it."""
    if found["phrase"] is not None:
        return _phrase(found["phrase"], left_out)
    if found["field"] is not None:
        field = found["field"].lower()
        value = found["value"] if found["quoted_value"] is None else found["quoted_value"]
        if field not in FIELDS:
            if found["quoted_value"] is None:
                return _word(f"{found['field']}:{value}", left_out, hints)
            return [*_word(found["field"], left_out, hints), *_phrase(value, left_out)]
        if value.strip() and _is_fit(field, value):
            return [Filter(field, " ".join(value.split()), left_out)]
        example = {"date": "date:2023 or date:2023-05..2024"}.get(field, f"{field}:2023-05")
        if value.strip():
            hints.append(f"“{value}” is no date; write {example}. Searched as plain words.")
        return [clause for word in [field, *value.split()] for clause in _word(word, left_out, hints)]
    return _word(found["word"] or "", left_out, hints)


def _is_fit(field: str, value: str) -> bool:
    if field == "date":
        return bool(_RANGE.match(value))
    return bool(_DAY.match(value)) if field in ("before", "after") else True


def _phrase(text: str, left_out: bool) -> list[Clause | Filter]:
    text = " ".join(text.split())
    return [Clause((Term(Kind.PHRASE, text),), left_out)] if _MARK.search(text) else []


def _word(text: str, left_out: bool, hints: list[str]) -> list[Clause | Filter]:
    body = text.rstrip("*~")
    mark = text[len(body) :][:1]
    if not _MARK.search(body):
        if mark:
            hints.append(f"“{text}” needs a word before the sign: left out.")
        return []
    if mark and sum(map(str.isalnum, body)) < 2:
        hints.append(f"“{text}” needs two letters or more before the sign: searched as a plain word.")
        mark = ""
    kind = {"*": Kind.PREFIX, "~": Kind.NEARLY}.get(mark, Kind.WORD)
    return [Clause((Term(kind, body),), left_out)]
