"""The command that gives the words of a text their times, from a timed transcript, from the sound, or from both."""

import argparse
import json
import sys
from pathlib import Path

from index import formats
from index.atomic import write_atomically
from index.captions import rebreak
from index.errors import EarmarkError
from index.formats import WriteOptions
from index.language import guess
from index.pairing import is_sound
from index.timing_parts import timing_parts
from index.transcript import Timing, Transcript
from player.commands.options import Command, written_suffixes
from player.commands.printing import counted, name_of, print_line
from player.commands.reading import read
from player.own_files import refuse_same

_ABOUT = (
    "With a timed transcript, the words of TEXT take its times, whatever it misheard. With a sound, they are looked for"
    " in it; with both, the transcript tells where to look. Words that are not there are told as not heard."
    " The report is JSON: words (text, start_ms, end_ms, how, confidence) and a summary."
)
_HOW = {
    Timing.EXACT: "exact",
    Timing.ALIGNED: "aligned",
    Timing.APPROXIMATE: "approximate",
    Timing.ESTIMATED: "estimated",
    Timing.UNHEARD: "unheard",
    Timing.NONE: "unheard",
}


def add_to(command: Command) -> None:
    """Add the command of this file to the parser."""
    made = command("align", align, "Give the words of a text their times.", _ABOUT)
    made.add_argument("text", metavar="TEXT", type=Path, help="the transcript whose words and speakers are kept")
    made.add_argument(
        "--with", dest="source", metavar="TIMED|AUDIO", type=Path, required=True, help="where times come from"
    )
    made.add_argument("--sound", metavar="AUDIO", type=Path, help="the sound of TIMED, for the time of every word")
    made.add_argument("--language", metavar="L", help="what is spoken, such as en or de (what TEXT reads as)")
    made.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help=f"one of {written_suffixes()}")
    made.add_argument("--report", metavar="FILE.json", type=Path, help="write how each word's time is known")


def align(options: argparse.Namespace) -> None:
    """Align a text and write it with its times, and a report if one is asked for."""
    for source in (options.text, options.source, options.sound):
        for target in (options.output, options.report):
            if source is not None and target is not None:
                refuse_same(source, target)
    if is_sound(options.source) and options.sound is not None:
        options.misused("give the sound once: either --with AUDIO, or --with TIMED --sound AUDIO")
    sound = options.source if is_sound(options.source) else options.sound
    reading = read(options.text)
    text, notes = reading.transcript, list(reading.warnings)
    options.language = (options.language or guess(text.text) or "en").lower()
    if not is_sound(options.source):
        text = _merged(text, options, notes)
    if sound is not None:
        text = _in_sound(text, sound, options, notes)
    unheard = text.timings.count(Timing.UNHEARD)
    if unheard:
        notes.append(f"{counted(unheard, 'word')} of {name_of(options.text)} {_were(unheard)} not heard.")
    written = WriteOptions(word_times=True, language=options.language)
    formats.write(text, options.output, written)
    if options.report:
        report = json.dumps(report_of(text), ensure_ascii=False, indent=1) + "\n"
        write_atomically(options.report, report.encode("utf-8", "replace"))
    for note in notes:
        print(f"Note: {note}", file=sys.stderr)
    parts = ", ".join(f"{part.percent} % {part.name}" for part in timing_parts(text))
    print_line(f"{counted(len(text), 'word')}: {parts}; written to {name_of(options.output)}")


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _merged(text: Transcript, options: argparse.Namespace, notes: list[str]) -> Transcript:
    from index.align.merge import merge  # Only here: it brings numpy.

    timed = read(options.source).transcript
    if not timed.timed:
        raise EarmarkError(f"{name_of(options.source)} has no times; give a transcript that has, or the sound.")
    merged = merge(text, timed, where=name_of(options.source))
    if merged.warning:
        notes.append(merged.warning)
    return rebreak(merged.transcript)


def _in_sound(text: Transcript, sound: Path, options: argparse.Namespace, notes: list[str]) -> Transcript:
    from index.align.listening import listen, why_not

    why = why_not(options.language)
    if why:
        if not text.timed:
            raise EarmarkError(f"{why} A text without times needs a timed transcript then: use --with TIMED.")
        notes.append(why)
        return text
    from player.audio.container import MediaError
    from player.audio.pcm import Pcm
    from player.work.crew import Searchers

    try:
        with Searchers(sound, language=options.language) as crew:
            found = listen(text, Pcm(sound), _tell, _go_on, crew, options.language)
    except MediaError as error:
        raise EarmarkError(str(error)) from error
    assert found is not None  # Nobody cancels here; an interrupt ends the command.
    if found.warning:
        notes.append(found.warning)
    return found.transcript if text.timed else rebreak(found.transcript)


def _go_on() -> bool:
    return False


def _tell(done: int, total: int) -> None:
    """How far the search is, on a terminal."""
    if sys.stderr.isatty():
        end = "\n" if done >= total else ""
        print(f"\rListening: {100 * done // max(1, total)} %", end=end, file=sys.stderr, flush=True)


def report_of(transcript: Transcript) -> dict[str, object]:
    """How each word's time is known, and all in all; a word that was not heard has no times."""
    words = []
    for number in transcript.all_words:
        word = transcript.word(number)
        heard = word.timing.is_heard
        sure = transcript.confidence(number)
        words.append(
            {
                "text": word.text,
                "start_ms": word.start_ms if heard else None,
                "end_ms": word.end_ms if heard else None,
                "how": _HOW[word.timing],
                "confidence": None if sure is None else round(sure, 3),
            }
        )
    counts = {_HOW[part.timing]: part.words for part in timing_parts(transcript)}
    low = sum(each is not None and each < 0.5 for each in map(transcript.confidence, transcript.all_words))
    return {"words": words, "summary": {"words": len(transcript), **counts, "low_confidence": low}}
