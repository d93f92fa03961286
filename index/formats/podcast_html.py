"""Podcast HTML transcripts: `<cite>`, `<time>` and `<p>` (https://github.com/Podcastindex-org/podcast-namespace)."""

import re
from html import escape

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings, WriteOptions
from index.formats.captions_out import cue_runs, joined
from index.formats.html_events import Event, events_of
from index.formats.segments import CARRY_ON
from index.formats.started import Started, feed_started
from index.timecode import clock, parse
from index.transcript import Transcript

_CLOCK = re.compile(r"<time\b[^<>]{0,300}>\s{0,20}[\[(]?[0-9]{1,3}:[0-9]{2}", re.IGNORECASE)
_GIVEN = re.compile(r"<time\b[^<>]{0,200}\bdatetime\s?=\s?.PT[0-9.]{1,20}S\b", re.IGNORECASE)
_CITE = re.compile(r"<cite\b[^<>]{0,300}>[^<>]{0,300}</cite>\s{0,200}(?:<(?:time|p)\b)?", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p\b[^<>]{0,300}>", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_DURATION = re.compile(r"PT(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,9})?)S)?\Z")


def sniff(text: str) -> bool:
    """Whether the text is HTML with paragraphs, and times as a clock has them or names in front of them."""
    if not text[:2000].lstrip("\ufeff \t\n").startswith("<"):
        return False
    head = text[: 1 << 15]
    times, cites = len(_CLOCK.findall(head)), _CITE.findall(head)
    led = sum(cite.endswith(("<time", "<p")) for cite in map(str.lower, cites))
    told = times > 1 or (times and cites) or led > 1 or _GIVEN.search(head)
    return bool(told) and bool(_PARAGRAPH.search(head)) and "data-m=" not in head


class _Collected:
    """The paragraphs so far, and what was met of the next one: name and time stand before its text or in it."""

    def __init__(self, findings: Findings) -> None:
        self.said: list[Started] = []
        self._findings = findings
        self._start: int | None = None
        self._speaker: str | None = CARRY_ON
        self._texts: dict[str, list[str]] = {"cite": [], "time": [], "p": []}
        self._within: list[str] = []

    def take(self, event: Event) -> None:
        """Go on by one event."""
        name = event.name.lstrip("</")
        if not event.name:
            if self._within:
                self._texts[self._within[-1]].append(_SPACES.sub(" ", event.text))
        elif event.name == "<br" and self._within:
            self._texts[self._within[-1]].append("\n")
        elif name in self._texts:
            if name == "p" or event.name[1] != "/":
                self.close_paragraph()
            if name == "p":
                self._within.clear()
            if event.name[1] != "/":
                self._within.append(name)
                self._texts[name].clear()
                if name == "time":
                    self._start = _given_ms(event.attributes.get("datetime", ""))
            elif name != "p" and name in self._within:
                self._within = self._within[: self._within.index(name)]
                self._close(name, "".join(self._texts[name]).strip())

    def close_paragraph(self) -> None:
        """Keep what was said, if anything was."""
        text = "".join(self._texts["p"])
        if text.strip():
            self.said.append(Started(self._start, text, self._speaker))
            self._start, self._speaker = None, CARRY_ON
        self._texts["p"].clear()

    def _close(self, name: str, text: str) -> None:
        if name == "cite":
            self._speaker = text.rstrip(":").rstrip() or None
        elif self._start is None and text:
            try:
                self._start = parse(text.strip("[]() "))
            except ValueError:
                self._findings.add("One damaged time was left out.", "{n} damaged times were left out.")


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the paragraphs to the builder, a cue each; only their starts are told, so each lasts until the next one.

    Raises:
        TranscriptError: there are no words in its paragraphs.
    """
    collected = _Collected(findings)
    for event in events_of(text, builder.watch):
        collected.take(event)
    collected.close_paragraph()
    if not collected.said:
        raise TranscriptError("has no words in it, so there is no transcript; choose another file")
    feed_started(collected.said, builder, findings)


def _given_ms(duration: str) -> int | None:
    """Milliseconds of a `datetime`: a duration as HTML has it (`PT1M2.5S`), or a time; None for anything else."""
    found = _DURATION.match(duration.strip().upper())
    if found and any(found.groups()):
        hours, minutes, seconds = (part or "0" for part in found.groups())
        duration = f"{int(hours) * 60 + int(minutes)}:{seconds}"
    try:
        return parse(duration) if ":" in duration else None
    except ValueError:
        return None


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript as podcast HTML: a paragraph a cue, with its start (to the ms in `datetime`), and names at turns.

    It cannot carry the end of cues, the times of words, line breaks in a cue, or that one speaker begins anew.
    """
    lines = []
    named = False
    for cue, runs in cue_runs(transcript):
        for run in runs:
            if options.speakers and run.begins_turn and (run.speaker is not None or named):
                lines.append(f"<cite>{escape(run.speaker + ':', quote=False) if run.speaker else ''}</cite>")
                named = run.speaker is not None
            if run.words.first == cue.words.first:
                seconds = f"{cue.start_ms // 1000}.{cue.start_ms % 1000:03}"
                lines.append(f'<time datetime="PT{seconds}S">{clock(cue.start_ms)}</time>')
            text = " ".join(joined(transcript, run.words).split())
            lines.append(f"<p>{escape(text, quote=False)}</p>")
    language = f' lang="{escape(options.language)}"' if options.language else ""
    head = f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n<title>Transcript</title>\n</head>\n'
    return head + "<body>\n" + "\n".join(lines) + "\n</body>\n</html>\n"
