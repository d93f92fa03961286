"""Word times in ASS: syllables, each behind a tag with its length, as in karaoke: `{\\k25}Ear{\\k30}mark`."""

import re
from collections.abc import Callable, Iterator

from index.formats.captions_out import Run, gap, is_timed
from index.formats.segments import TimedWord
from index.transcript import Transcript

_TAGS = re.compile(r"\{([^{}]*)\}")
# \k and \kf (or \K), which differ in how they are drawn, and \ko; \kt sets the time itself.
_LENGTH = re.compile(r"\\(k[fo]?|K|kt)([0-9]{1,7})")


def syllables(text: str, start_ms: int, plain: Callable[[str], str]) -> list[TimedWord]:
    """The syllables of a line that begins at `start_ms`, with times in ms; none where it has no such tags.

    `plain` takes what else is marked up out of a text. What stands before the first tag has no time.
    """
    if "\\k" not in text and "\\K" not in text:
        return []
    found: list[TimedWord] = []
    first = text.find("{")
    if first > 0:
        found.append(TimedWord(plain(text[:first]), None, None))
    at, length, timed = start_ms, 0, False
    for tags in _TAGS.finditer(text, max(first, 0)):
        for kind, hundredths in _LENGTH.findall(tags[1]):
            timed = True
            if kind == "kt":
                at, length = start_ms + int(hundredths) * 10, 0
            else:
                at, length = at + length, int(hundredths) * 10
        limit = text.find("{", tags.end())
        said = plain(text[tags.end() : limit if limit >= 0 else len(text)])
        if said:
            found.append(TimedWord(said, at, at + length) if timed else TimedWord(said, None, None))
    return found if timed else []


def write_run(
    transcript: Transcript, run: Run, start: int, estimates: bool, plain: Callable[[str], str]
) -> Iterator[str]:
    """The words of a run behind tags with their lengths; `start` is that of the line, in hundredths of a second.

    A silence is a syllable without text. A word without a time of its own goes on with the syllable before it.
    """
    at = start
    for word in run.words:
        if word > run.words.first:
            yield gap(transcript, word).replace("\n", "\\N")
        if is_timed(transcript, word, estimates):
            begun, ended = ((transcript.starts[word] + 5) // 10, (transcript.ends[word] + 5) // 10)
            if begun > at:
                yield f"{{\\k{begun - at}}}"
            at = max(at, begun)
            yield f"{{\\k{max(0, ended - at)}}}"
            at = max(at, ended)
        yield plain(transcript.word_text(word))
