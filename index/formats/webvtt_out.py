"""Writes WebVTT, with voices and, if asked for, the time of every word."""

from collections.abc import Iterator
from html import escape

from webvtt import WebVTT

from index.formats.base import WriteOptions
from index.formats.captions_out import Run, cue_runs, end_after, gap, is_timed, joined, notes, without_arrows
from index.formats.webvtt import ESTIMATED_NOTE
from index.timecode import stamp
from index.transcript import Cue, Transcript

_ARROWS = "&gt;&gt; "


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript as WebVTT; what is text stays text (`&`, `<` and `>` are escaped, which breaks up `-->` too).

    `options.word_times` gives each word with an exact time a stamp of its own. Where no time is exact, all words get
    one, and a note says that they are estimates. `options.asides` puts header, comments, styles and regions back.
    """
    estimates = options.word_times and transcript.timing == "estimated"
    # What webvtt-py would write, without its check of every cue, which takes longer than all the rest.
    asides: dict[int, list[str]] = {}
    for place, block in options.asides:
        if ESTIMATED_NOTE not in block:  # That is told anew, if it is so.
            asides.setdefault(place, []).append(block)
    blocks = _head(transcript, options, asides.pop(-1, []))
    written = list(cue_runs(transcript))
    for number, (cue, runs) in enumerate(written):
        while asides and next(iter(asides)) <= transcript.cue_of(cue.words.first):
            blocks += asides.pop(next(iter(asides)))
        after = written[number + 1][1][0] if number + 1 < len(written) else None
        text = "".join(_text(transcript, cue, runs, after, options, estimates))
        id, settings = _one_line(cue.id), _one_line(cue.settings)
        times = f"{stamp(cue.start_ms)} --> {stamp(end_after(cue))}{' ' if settings else ''}{settings}"
        blocks.append(f"{id}\n{times}\n{text}" if id else f"{times}\n{text}")
    blocks += (block for rest in asides.values() for block in rest)
    return "\n\n".join(blocks) + "\n"


def _head(transcript: Transcript, options: WriteOptions, header: list[str]) -> list[str]:
    """The header, that of the source if it is given, and the comments on the times."""
    if header:
        return [header[0], *(f"NOTE {note}" for note in notes(transcript, options))]
    metadata = [f"Language: {_one_line(options.language)}"] if options.language else []
    content: str = WebVTT(header_comments=notes(transcript, options), metadata=metadata).content
    return [content.rstrip("\n")]


def _one_line(text: str) -> str:
    return without_arrows(" ".join(text.split())) if text else ""


def _text(
    transcript: Transcript, cue: Cue, runs: list[Run], after: Run | None, options: WriteOptions, estimates: bool
) -> Iterator[str]:
    for number, run in enumerate(runs):
        arrows = _ARROWS if run.same_speaker and options.speakers else ""
        if number:
            yield "\n" if arrows else gap(transcript, run.words.first) or " "
        following = runs[number + 1] if number + 1 < len(runs) else after
        if options.speakers and run.speaker is not None:
            name = escape(run.speaker, quote=False)
            yield f"<v {name} >" if name.endswith("--") else f"<v {name}>"  # `-->` would begin a cue.
        if options.word_times:
            yield from _stamped(transcript, cue, run, arrows, estimates)
        else:
            yield arrows + escape(joined(transcript, run.words), quote=False)
        # A voice goes on into the next cue unless it is ended.
        if (
            options.speakers
            and run.speaker is not None
            and (number + 1 < len(runs) or (following and following.speaker is None))
        ):
            yield "</v>"


def _stamped(transcript: Transcript, cue: Cue, run: Run, arrows: str, estimates: bool) -> Iterator[str]:
    """The words, each after its time; a time before no word tells that the one before it ends in a silence."""
    end_ms = end_after(cue)
    for word in run.words:
        if word > run.words.first:
            yield gap(transcript, word)
        start, end = transcript.starts[word], transcript.ends[word]
        exact = is_timed(transcript, word, estimates)
        if exact and cue.start_ms <= start <= end_ms:
            yield f"<{stamp(start)}>"
        yield (arrows if word == run.words.first else "") + escape(transcript.word_text(word), quote=False)
        if word + 1 == cue.words.end:
            following = end_ms
        elif is_timed(transcript, word + 1, estimates):
            following = transcript.starts[word + 1]
        else:
            continue  # A time here would be taken for that of the next word.
        if exact and cue.start_ms <= end < min(following, end_ms):
            yield f"<{stamp(end)}>"
