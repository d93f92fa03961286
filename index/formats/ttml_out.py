"""Writes TTML 1: a paragraph a cue, its speakers as agents, and, if asked for, a span with its times for every word."""

from collections.abc import Iterator
from html import escape

from index.formats.base import WriteOptions
from index.formats.captions_out import Run, cue_runs, end_after, gap, is_timed, notes
from index.timecode import stamp
from index.transcript import Cue, Transcript

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="{language}">
"""


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript as TTML, read by players that follow the standard: a word's times count from its paragraph's.

    `options.word_times` gives each word with an exact time a span of its own. Where no time is exact, all words get
    one, and a description in the head says that they are estimates.

    What TTML cannot carry: ids and settings of cues, and turns of one speaker after the other. A word that begins
    before its cue has no times of its own.
    """
    estimates = options.word_times and transcript.timing == "estimated"
    ids = {name: f"speaker{number}" for number, name in enumerate(transcript.speakers, 1)} if options.speakers else {}
    parts = [
        _HEAD.format(language=_escaped(options.language)),
        *_metadata(ids, notes(transcript, options)),
        "  <body>\n    <div>\n",
    ]
    for cue, runs in cue_runs(transcript):
        whole = len({run.speaker for run in runs}) == 1
        agent = _agent(runs[0].speaker, ids) if whole else ""
        container = ' timeContainer="par"' if options.word_times else ""
        times = f'begin="{stamp(cue.start_ms)}" end="{stamp(end_after(cue))}"'
        parts.append(f"      <p {times}{container}{agent}>")
        for number, run in enumerate(runs):
            if number:
                parts.append(_gap(transcript, run.words.first))
            agent = "" if whole else _agent(run.speaker, ids)
            text = "".join(_words(transcript, cue, run, options, estimates))
            parts.append(f"<span{agent}>{text}</span>" if agent else text)
        parts.append("</p>\n")
    parts.append("    </div>\n  </body>\n</tt>\n")
    return "".join(parts)


def _metadata(ids: dict[str, str], told: list[str]) -> Iterator[str]:
    if not ids and not told:
        return
    yield "  <head>\n    <metadata>\n"
    for note in told:
        yield f"      <ttm:desc>{note}</ttm:desc>\n"
    for name, id in ids.items():
        full = f'<ttm:name type="full">{_escaped(name)}</ttm:name>'
        yield f'      <ttm:agent xml:id="{id}" type="person">{full}</ttm:agent>\n'
    yield "    </metadata>\n  </head>\n"


def _agent(speaker: str | None, ids: dict[str, str]) -> str:
    return f' ttm:agent="{ids[speaker]}"' if speaker in ids else ""


def _words(transcript: Transcript, cue: Cue, run: Run, options: WriteOptions, estimates: bool) -> Iterator[str]:
    for word in run.words:
        if word > run.words.first:
            yield _gap(transcript, word)
        start, end = transcript.starts[word], transcript.ends[word]
        text = _escaped(transcript.word_text(word))
        exact = is_timed(transcript, word, estimates)
        if options.word_times and exact and start >= cue.start_ms:
            times = f'begin="{stamp(start - cue.start_ms)}" end="{stamp(max(end, start + 1) - cue.start_ms)}"'
            yield f"<span {times}>{text}</span>"
        else:
            yield text


def _gap(transcript: Transcript, word: int) -> str:
    return gap(transcript, word).replace("\n", "<br/>")


def _escaped(text: str) -> str:
    """The text as XML has it; two characters that XML cannot hold are replaced."""
    return escape(text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd"))
