"""Citations of a quote as scholars write them: APA, Chicago and BibTeX."""

import re
import unicodedata

from index.plaintext import one_line
from index.quoting import Quote

_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(r"\s*([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# What LaTeX reads as a command, and what stands for it.
_TEX = str.maketrans(
    {sign: rf"\{sign}" for sign in "#$%&_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_KEY = re.compile(r"[^a-z0-9]+")
_KEPT = re.compile(r"\b\w*[A-Z]\w*[A-Z0-9]\w*\b|(?<!\A)\b[A-Z]\w*")


def apa(quote: Quote) -> str:
    """The reference of APA (7th edition, 10.12, example 94: podcast episode) and the time of the words.

    The speakers stand where the hosts would: a transcript does not say who hosts.
    """
    year, month, day = _date(quote)
    when = year or "n.d."
    if month:
        when += f", {_MONTHS[month - 1]}" + (f" {day}" if day else "")
    named = [_last_first(name) for name in quote.speakers]
    authors = named[0] if len(named) == 1 else f"{', '.join(named[:-1])}, & {named[-1]}" if named else ""
    title = _text(quote.origin.episode)
    where = f" In {_text(quote.origin.show)}." if quote.origin.show else ""
    lead = f"{_stopped(authors)} ({when}). {title} [Audio podcast episode]." if authors else ""
    lead = lead or f"{title} [Audio podcast episode]. ({when})."
    return lead + where + (f" ({quote.times})" if quote.times else "")


def chicago(quote: Quote) -> str:
    """The note of the Chicago Manual of Style (17th edition, 14.267: podcasts), with the time of the words."""
    year, month, day = _date(quote)
    when = f"{_MONTHS[month - 1]} {day}, {year}" if day else f"{_MONTHS[month - 1]} {year}" if month else year
    speakers = [_text(name) for name in quote.speakers]
    title = _text(quote.origin.episode)
    who = speakers[0] if len(speakers) == 1 else f"{', '.join(speakers[:-1])} and {speakers[-1]}" if speakers else ""
    parts = [
        who,
        f"“{title}{'' if title.endswith(('?', '!')) else ','}”",
        f"{when}," if when else "",
        f"in {_text(quote.origin.show)}," if quote.origin.show else "",
        f"podcast, audio, {quote.times}" if quote.times else "podcast, audio",
    ]
    who, *rest = parts
    return (f"{who}, " if who else "") + " ".join(part for part in rest if part) + "."


def bibtex(quote: Quote) -> str:
    """A BibTeX entry, in UTF-8."""
    year, month, day = _date(quote)
    first = (quote.speakers or (quote.origin.show or quote.origin.episode,))[0]
    fields = {
        "author": " and ".join(map(_tex_name, quote.speakers)),
        "title": _KEPT.sub(r"{\g<0>}", _tex(quote.origin.episode)),
        "booktitle": _tex(quote.origin.show),
        "year": year,
        "month": f"{month:02}" if month else "",
        "day": f"{day:02}" if day else "",
        "howpublished": "Audio podcast episode",
        "note": f"Quoted at {quote.times.replace('–', '--')}" if quote.times else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(first, year, quote.origin.episode)},", *lines, "}"]) + "\n"


def _date(quote: Quote) -> tuple[str, int, int]:
    """Year, month and day; "" and 0 for what is not known."""
    found = _DATE.match(quote.origin.date)
    if not found:
        return "", 0, 0
    month, day = int(found[2] or 0), int(found[3] or 0)
    if not 1 <= month <= 12:
        return found[1], 0, 0
    return found[1], month, day if 1 <= day <= 31 else 0


def _last_first(name: str) -> str:
    """`Quist, M.` of Mara Quist; one word, or a name in a script without capitals, stays as it is."""
    words = _text(name).split()
    if len(words) < 2 or len(words) > 4 or not all(word[0].isupper() for word in words) or "," in name:
        return " ".join(words)
    return f"{words[-1]}, " + " ".join(f"{word[0]}." for word in words[:-1])


def _stopped(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _text(text: str) -> str:
    return one_line(text, 300)


def _tex(text: str) -> str:
    return _text(text).translate(_TEX)


def _tex_name(name: str) -> str:
    """A name in braces where BibTeX would take it apart wrongly."""
    text = _tex(name)
    return f"{{{text}}}" if " " not in text or " and " in text or "," in text else text


def _key(name: str, year: str, title: str) -> str:
    telling = [word for word in _plain(title).split("-") if word not in ("the", "a", "an", "of", "and", "in", "on")]
    parts = (_plain(name).rpartition("-")[2], year, *telling[:1])
    return "-".join(part for part in parts if part) or "episode"


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _KEY.sub("-", folded).strip("-")
