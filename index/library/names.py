"""What the name of a file says of its episode: title, show and date."""

import re
from datetime import date
from pathlib import PurePath

from index.library.values import Facts
from index.plaintext import one_line

_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<gap>[-._ ]?)(?P<month>0[1-9]|1[0-2])(?P=gap)(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_EDGES = " -–—_.,:;|"
_SHOW = re.compile(r"^(?P<show>.*?\w.*?)\s+[-–—|]\s+(?P<title>.*\w.*)$")
_EPISODE = re.compile(r"^(?P<show>.*?)[\s.-]*(?<![^\W_])(?P<title>S\d{1,2}[ .]?E\d{1,4}\b.*)$", re.IGNORECASE)
_EMPTY = re.compile(r"[(\[{]\s*[)\]}]")


def facts_of_name(path: PurePath | str) -> Facts:
    """The facts in a name such as `2023-05-04 Title.mp3`, `Show - Title.mp3` or `Show S01E02 Title.mp3`.

    What is left when show and date are taken away is the title; it is never empty.
    """
    stem = PurePath(path).stem if not isinstance(path, str) else path
    name = one_line(stem.replace("_", " "))
    when, rest = _cut_date(name)
    show, title = _cut_show(rest)
    return Facts(title=title or rest or name or "?", show=show, date=when)


def _cut_date(name: str) -> tuple[str, str]:
    """The date at the beginning or the end of a name, and the name without it."""
    for found in _DATE.finditer(name):
        before, after = name[: found.start()], name[found.end() :]
        if before.strip(_EDGES + "([{") and after.strip(_EDGES + ")]}"):
            continue  # In the middle it belongs to the words around it.
        when = date_of(f"{found['year']}-{found['month']}-{found['day']}")
        rest = " ".join(_EMPTY.sub(" ", before + " " + after).split()).strip(_EDGES)
        if len(when) == len("2023-05-04"):
            return when, rest or name
    return "", name


def _cut_show(name: str) -> tuple[str, str]:
    found = _EPISODE.match(name)
    if found:
        return found["show"].strip(_EDGES), found["title"].strip(_EDGES)
    found = _SHOW.match(name)
    if found and not re.fullmatch(r"[#\d\s.]*|(?:ep|episode|part|folge|track)[\s.#]*\d+", found["show"], re.IGNORECASE):
        return found["show"].strip(_EDGES), found["title"].strip(_EDGES)
    return "", name


def date_of(text: str) -> str:
    """A date from a tag as `YYYY-MM-DD`, or as much of that as is told; "" where it is none."""
    found = re.match(r"\s*(\d{4})(?:[-./]?(\d\d)(?:[-./]?(\d\d))?)?(?!\d)", text)
    if not found or int(found[1]) < 1000:
        return ""
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return found[1]
    return "-".join([found[1], *(part for part in (found[2], found[3]) if part and int(part))])


# Folders that hold all sorts of things: their names are no shows.
_ANYTHING = frozenset(
    "audio audios desktop documents downloads episodes files home media mp3 music new podcasts recordings sound sounds"
    " temp tmp transcripts video videos voice voices".split()
)


def show_of_folder(folder: PurePath) -> str:
    """The show that the episodes in a folder may belong to, by its name; "" for `Downloads` and its like."""
    name = one_line(folder.name.replace("_", " "))
    return "" if name.lower() in _ANYTHING or not re.search(r"[^\W\d_]", name) else name
