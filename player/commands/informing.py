"""The command that tells what a transcript or a table of episodes holds."""

import argparse
from pathlib import Path

from index.episode_table import EpisodeTable, read_table
from index.errors import EarmarkError, TranscriptError
from index.examine import Examined, examine
from index.language import name
from index.mojibake import Damage
from index.timecode import clock
from index.timing_parts import timing_parts
from player.commands.options import Command
from player.commands.printing import counted, print_json, print_line
from player.commands.reading import watched

_JSON = (
    "JSON: an object of format, cues, words, speakers, start_ms, end_ms, timing, word_times, warnings, language and"
    " damage; of a table of episodes one of format, episodes, warnings and damage."
)


def add_to(command: Command) -> None:
    """Add the command of this file to the parser."""
    made = command("info", info, "Tell what a transcript holds and what was repaired in it.", _JSON)
    made.add_argument("transcript", type=Path)
    made.add_argument("--sound", metavar="AUDIO", type=Path, help="tell whether it is as long as this sound")
    made.add_argument("--json", action="store_true", help="print it as JSON")


def info(options: argparse.Namespace) -> None:
    """Tell what a transcript holds: its format, cues, words, speakers, times, language, and what was repaired in it."""
    length_ms = _length_of(options.sound) if options.sound else None
    try:
        with watched(options.transcript) as watch:
            examined = examine(options.transcript, length_ms, watch)
    except TranscriptError:
        try:
            table = read_table(options.transcript)
        except TranscriptError:
            table = None
        if table is None:
            raise  # What was said of the transcript: that it is one was the likelier thing.
        _tell_table(table, as_json=options.json)
    else:
        _tell(examined, as_json=options.json)


def _length_of(sound: Path) -> int:
    from player.audio.media import MediaError, probe  # Only here: it brings the decoder.

    try:
        return probe(sound).duration_ms
    except MediaError as error:
        raise EarmarkError(str(error)) from error


def _tell(examined: Examined, *, as_json: bool) -> None:
    reading, transcript = examined.reading, examined.transcript
    if as_json:
        print_json(
            {
                "format": reading.format,
                "cues": transcript.cue_count,
                "words": len(transcript),
                "speakers": list(transcript.speakers),
                "start_ms": transcript.start_ms if transcript.timed else None,
                "end_ms": transcript.end_ms if transcript.timed else None,
                "timing": transcript.timing,
                "word_times": {part.name: part.words for part in timing_parts(transcript)},
                "warnings": list(examined.warnings),
                "language": examined.language or None,
                "damage": _damage(examined.damage),
            }
        )
        return
    print_line(f"{reading.format}: {counted(len(transcript), 'word')} in {counted(transcript.cue_count, 'cue')}")
    print_line(f"Language: {name(examined.language)}")
    print_line(f"Speakers: {', '.join(transcript.speakers) or 'not named'}")
    if transcript.timed:
        print_line(f"From {clock(transcript.start_ms)} to {clock(transcript.end_ms)}")
        parts = ", ".join(f"{part.words:,} {part.name}" for part in timing_parts(transcript))
        print_line(f"Word times: {transcript.timing} ({parts})")
    else:
        print_line("Word times: none")
    for warning in examined.warnings:
        print_line(f"Note: {warning}")


def _tell_table(table: EpisodeTable, *, as_json: bool) -> None:
    if as_json:
        episodes = [
            {
                "title": row.title,
                "url": row.url,
                "date": row.date or None,
                "length_ms": row.length_ms,
                "words": len(row.text.split()),
                "questions": list(row.questions),
            }
            for row in table.rows
        ]
        print_json(
            {
                "format": "Table of episodes",
                "episodes": episodes,
                "warnings": list(table.warnings),
                "damage": _damage(table.damage),
            }
        )
        return
    print_line(f"Table of episodes: {counted(len(table.rows), 'episode')}")
    for row in table.rows:
        facts = [row.date, clock(row.length_ms) if row.length_ms else ""]
        facts.append(counted(len(row.text.split()), "word") if row.text else "no transcript")
        print_line(f"  {row.title or row.url} ({', '.join(filter(None, facts))})")
    for warning in (*table.warnings, *([table.damage.sentence()] if table.damage else ())):
        print_line(f"Note: {warning}")


def _damage(damage: Damage | None) -> dict[str, object] | None:
    return {"places": damage.places, "samples": [list(pair) for pair in damage.samples]} if damage else None
