"""NIST's CTM, the plain output of many recognisers: recording, channel, start, duration, word and confidence a line."""

import re
from itertools import islice

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings
from index.formats.cloud_json import stream, tell, together
from index.formats.json_tools import ms_of, name_of
from index.formats.rawcue import check_count, check_lines
from index.formats.segments import CARRY_ON, TimedWord
from index.progress import Stage

_NUMBER = r"[0-9]{1,7}(?:\.[0-9]{1,9})?"
_LINE = re.compile(
    rf"(\S{{1,500}})[ \t]+(\S{{1,40}})[ \t]+({_NUMBER})[ \t]+({_NUMBER})[ \t]+(\S{{1,500}})"
    r"(?:[ \t]+([01](?:\.[0-9]{1,12})?|NA|-))?(?:[ \t]+(\S{1,40}))?(?:[ \t]+(\S{1,200}))?[ \t]*\Z"
)
_ALTERNATIVE = re.compile(r"\S{1,500}[ \t]+\S{1,40}[ \t]+\*[ \t]+\*[ \t]+<(ALT_BEGIN|ALT|ALT_END)>")
_SILENCES = frozenset({"<eps>", "<sil>", "<s>", "</s>", "sil", "SIL", "@"})
_SAMPLE = 1 << 14


def sniff(text: str) -> bool:
    """Whether nearly all of the first lines, but for comments, are words after two numbers, not all of them whole."""
    lines = (line for line in text[:_SAMPLE].lstrip("\ufeff").split("\n") if line.strip() and not line.startswith(";;"))
    told = [line for line in islice(lines, 20) if not _ALTERNATIVE.match(line)]
    if len(told) > 1 and len(text) > _SAMPLE:
        told.pop()  # It may be cut.
    found = [_LINE.match(line) for line in told]
    words = [each for each in found if each]
    return 10 * len(words) >= 9 * len(found) and any("." in each[3] + each[4] for each in words)


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the words to the builder, in sentences where they have punctuation, else broken at pauses.

    Of alternatives the first is taken. Each channel is a speaker, if there are several.

    Raises:
        TranscriptError: there are no words in it, or it is about several recordings.
    """
    check_lines(text)
    channels: dict[str, list[TimedWord]] = {}
    recordings: set[str] = set()
    skipping = False
    for line in builder.watch.each(Stage.FINDING, text.lstrip("\ufeff").split("\n")):
        if not line.strip() or line.startswith(";;"):
            continue
        mark = _ALTERNATIVE.match(line)
        if mark:
            skipping = mark[1] == "ALT"
            continue
        if skipping:
            continue
        found = _LINE.match(line)
        if not found:
            findings.add("One line that is no word was left out.", "{n} lines that are no words were left out.")
            continue
        recording, channel, start, length, word, _, _, speaker = found.groups()
        recordings.add(recording)
        if word in _SILENCES:
            continue
        start_ms, length_ms = ms_of(start), ms_of(length)
        end_ms = None if start_ms is None or length_ms is None else start_ms + length_ms
        who = name_of(speaker) if speaker else CARRY_ON
        channels.setdefault(channel, []).append(TimedWord(word, start_ms, end_ms, who))
    if len(recordings) > 1:
        raise TranscriptError(f"is about {len(recordings):,} recordings; split it into a file for each")
    check_count(sum(map(len, channels.values())))
    tell(together([stream(words) for words in channels.values()], findings), (), builder, findings)
