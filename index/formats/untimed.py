"""Text without times, the last that a file can be: prose with the names of speakers or without, plain or Markdown."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.builder import TranscriptBuilder
from index.formats import json_tools, markdown_text
from index.formats.base import Findings
from index.formats.feeder import Feeder
from index.formats.rawcue import RawCue, check_count, check_lines
from index.formats.run_on import on_lines
from index.formats.speakers import SpeakerMarks, is_name
from index.wordsplit import is_spaceless

_SAMPLE = 1 << 16
_ENOUGH_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")
_MARKUP = re.compile(r"\s*<(?:[!?]|[a-zA-Z][\w:.-]{0,60}(?:\s[^<>]{0,2000})?/?>)")
_SYMBOL = re.compile(r"[{}\[\]<>=;|\\_/#@^~+*`()\"]")
_LEADS = re.compile(r"^[ \t]{0,9}(?:>{1,3}[ \t]{0,9})?(?:\[[\w .'-]{1,80}\]:)?", re.MULTILINE)  # Of turns.
_ASIDES = re.compile(r"(?<!\S)\([\w ,.'’!?-]{1,80}\)(?!\w)")  # (laughs)
_HEADER_ROW = re.compile(r"\w[\w ():]{0,30}(?:[,;\t]\w[\w ():]{0,30}){2,60}\Z")

# What stands before a colon at the head of a document and in notes, but speaks as nobody.
_NO_SPEAKERS = frozenset(
    "author contact credits date description duration email episode guests hosts keywords length link links location "
    "music notes participants present producer published recorded references resources show source speakers sponsor "
    "sponsors subject summary tags time title topic topics transcript transcription twitter url website".split()
)
# Words that make a name of a line even where it stands only once.
_ROLES = re.compile(
    r"\b(?:speaker|host|guest|audience|moderator|narrator|interviewer|announcer|operator|caller)\b", re.I
)
_NAMES, _BRACKETS = SpeakerMarks(names=True), SpeakerMarks(brackets=True)
_STOPS = ".!?…。！？\"'”’)»」"
_SHORT, _LONG = 45, 110  # Characters of a line that was broken to fit a page.


def sniff(text: str) -> bool:
    """Whether the text is prose, plain or Markdown."""
    return not why_not(text)


def sniff_markdown(text: str) -> bool:
    """Whether the text is prose with the marks of Markdown."""
    return markdown_text.is_marked_up(text) and sniff(text)


def why_not(text: str) -> str:
    """Why the text is no prose, as the predicate of a sentence about the file; "" if it is."""
    sample = text[:_SAMPLE]
    if json_tools.looks_like_json(sample):
        return "is JSON, but of no kind of transcript that Earmark knows; choose another file"
    start = sample[:2000].lstrip("\ufeff \t\n").lower()
    if start.startswith(("<!doctype html", "<html", "<head", "<body")):
        return "is a web page, not a transcript; download the transcript itself"
    if _MARKUP.match(sample) and ("</" in sample or "/>" in sample or start.startswith("<?")):
        return "is XML or HTML, but of no kind of transcript that Earmark knows; choose another file"
    if len(_UNREADABLE.findall(sample)) * 20 > len(sample):
        return "is no text, so there is no transcript in it; choose another file"
    if not _has_words(sample):
        return "is no transcript that Earmark knows: neither times nor sentences were found in it; choose another file"
    lines = [line for line in sample.split("\n") if line.strip()]
    if sum("-->" in line for line in lines) * 10 > len(lines):
        return "looks like captions, but no times could be read in them; export them once more"
    if _is_table(lines):
        return "is a table, but of no kind of transcript that Earmark knows; choose another file"
    plain = markdown_text.plain(sample) if markdown_text.is_marked_up(sample) else sample
    if (len(_SYMBOL.findall(_ASIDES.sub("", _LEADS.sub("", plain)))) - 3) * 12 > sum(map(len, _WORD.findall(plain))):
        return "is the source of something else, not a transcript; choose another file"
    return ""


def _has_words(sample: str) -> bool:
    found = 0
    for word in _WORD.finditer(sample):
        found += len(word[0]) if is_spaceless(word[0][0]) else len(word[0]) > 1
        if found >= _ENOUGH_WORDS:
            return True
    return False


def _is_table(lines: Sequence[str]) -> bool:
    """Whether each line has the same columns, or one of the first names them as programs do."""
    if len(lines) > 1 and any(_HEADER_ROW.match(line.strip()) for line in lines[:20]):
        return True
    columns = Counter(line.count("\t") for line in lines).most_common(1)
    return len(lines) > 2 and columns[0][0] > 1 and columns[0][1] * 5 > len(lines) * 4


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the paragraphs to the builder, a cue each, without times.

    Speakers are those whose name stands alone on a line at least twice, or in front of a colon often enough.

    Raises:
        TranscriptError: one of its lines is too long to have been written.
    """
    check_lines(text)
    plain = markdown_text.plain(text) if markdown_text.is_marked_up(text) else text
    paragraphs = list(_paragraphs(on_lines(plain)))
    check_count(len(paragraphs))
    builder.forget_times()
    names = _names_on_lines(paragraphs, findings)
    marks, first = (SpeakerMarks(), 0) if names else speaker_marks(paragraphs)
    feeder, unmarked = (Feeder(builder, each, len(paragraphs)) for each in (marks, SpeakerMarks()))
    for number, paragraph in enumerate(paragraphs):
        name = names.get(paragraph)
        if name:
            feeder.voice(name)
            continue
        used = feeder if number >= first else unmarked
        used.begin(RawCue(0, 0, ""))
        used.text(paragraph)


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs: lines, or several of them where these were broken to fit a page; a blank line ends one."""
    run: list[str] = []
    for line in (*text.split("\n"), ""):
        line = line.strip()
        if line and not (run and (_label(line) or _is_name_line(line) or (len(run) == 1 and _is_name_line(run[0])))):
            run.append(line)
            continue
        if run:
            yield from _joined(run)
        run = [line] if line else []


def _joined(run: Sequence[str]) -> Sequence[str]:
    broken = len(run) > 1 and all(_SHORT <= len(line) <= _LONG for line in run[:-1]) and len(run[-1]) <= _LONG
    return ["\n".join(run)] if broken else run


def _is_name_line(line: str) -> bool:
    name = line.rstrip(":").rstrip()
    return (
        len(name) <= 60
        and ":" not in name
        and name[-1:] not in ".,;!?…"
        and is_name(name)
        and name.casefold() not in _NO_SPEAKERS
    )


def _names_on_lines(paragraphs: Sequence[str], findings: Findings) -> dict[str, str]:
    """The paragraphs that are names of who says the following ones, with the names.

    A name stands there at least twice; one that does not is a slip of another one, or a role.
    """
    lines = [
        line
        for line, after in zip(paragraphs, [*paragraphs[1:], ""], strict=True)
        if after and "\n" not in line and _is_name_line(line) and not _is_name_line(after)
    ]
    counts = Counter(line.rstrip(": ") for line in lines)
    known = {name: count for name, count in counts.items() if count > 1}
    if sum(known.values()) * 20 < len(paragraphs):
        return {}
    often = [name for name, count in known.items() if count > 2][:50]
    names: dict[str, str] = {}
    for line in lines:
        name = line.rstrip(": ")
        if name in known:
            names[line] = name
        elif known:
            like = next((other for other in often if _is_slip(name, other)), None)
            if like:
                findings.add(f"“{name}” stands once as a speaker; it was taken for “{like}”.", "")
                names[line] = like
            elif _ROLES.search(name):
                names[line] = name
    return names


def _is_slip(name: str, other: str) -> bool:
    """Whether long names without numbers differ by one letter that is too many, missing or wrong."""
    if min(len(name), len(other)) < 8 or abs(len(name) - len(other)) > 1 or any(map(str.isdigit, name + other)):
        return False
    start = next((at for at, (a, b) in enumerate(zip(name, other, strict=False)) if a != b), min(len(name), len(other)))
    return (
        name[start + 1 :] == other[start + 1 :]
        or name[start + 1 :] == other[start:]
        or name[start:] == other[start + 1 :]
    )


def _label(paragraph: str) -> str:
    """The name in front of a colon, in brackets or not; "" where there is none."""
    if ":" not in paragraph[:90] and "：" not in paragraph[:90]:
        return ""
    line = paragraph.partition("\n")[0]
    if line.lstrip("->").lstrip().startswith("["):
        speaker = _BRACKETS.split(line)[0].speaker or ""
        return speaker if speaker[:1].isalpha() else ""
    speaker = _NAMES.split(line)[0].speaker or ""
    return "" if speaker.casefold() in _NO_SPEAKERS else speaker


def speaker_marks(paragraphs: Sequence[str]) -> tuple[SpeakerMarks, int]:
    """Which marks of speakers the text uses, and the paragraph from which on.

    Names in brackets always count; others if half of the paragraphs begin with one, if most of them come back and there
    are enough, or if one opens the text and more follow, or if one opens a long paragraph and no other follows. A head
    of `Place: Ely` is what stands before the first name that comes back and ends like no sentence.
    """
    found = [(number, label) for number, label in enumerate(map(_label, paragraphs)) if label]
    arrows = sum(paragraph.startswith(">>") for paragraph in paragraphs) > 1
    if any(paragraphs[number].lstrip("-> ").startswith("[") for number, _ in found):
        return SpeakerMarks(brackets=True, arrows=arrows, arrow_names=arrows), 0
    counts = Counter(label for _, label in found)
    again = [number for number, label in found if counts[label] > 1]
    opens = bool(found) and found[0][0] == 0
    if not found or not (
        len(found) * 2 >= len(paragraphs)
        or (len(again) * 2 > len(found) and len(found) * 12 >= len(paragraphs))
        or (opens and len(found) * 4 >= len(paragraphs) and not _ROLES.search(found[0][1]))
        or (opens and len(counts) == 1 and len(paragraphs[0].split()) >= 8)
    ):
        return SpeakerMarks(arrows=arrows), 0
    head = [number for number, _ in found if again and number < again[0] and paragraphs[number][-1] not in _STOPS]
    return SpeakerMarks(names=True, arrows=arrows, arrow_names=arrows), head[-1] + 1 if head else 0
