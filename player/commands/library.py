"""The commands about the library: adding to it, listing it, removing from it and bringing back, and its clips."""

import argparse
from contextlib import closing
from pathlib import Path
from typing import Any

from index.errors import EarmarkError
from index.library import SORTS, Episode, EpisodeFilter, Library, backups, restore_backup
from index.library.adding import add as add_files
from index.library.finding_files import find_again
from index.library.finding_files import missing as find_missing
from index.library.names import date_of
from index.timecode import clock
from index.transcript import WordRange
from player.commands.library_place import FILE, add_option, folder_of, open_library
from player.commands.options import Command, count
from player.commands.printing import counted, name_of, print_json, print_line, tell_progress

_ADD_JSON = (
    "JSON: an object of added, present, changed, moved and restored (arrays of episode ids), skipped (an array of"
    " {path, why}), notes (sentences on what was repaired), waiting, cancelled and told (all of it in a sentence)."
)
_LIST_JSON = (
    "JSON: an array of {id, title, show, date, sound, transcript, duration_ms, words, speakers, tags, heard}; sound and"
    " transcript are paths or null."
)
_MISSING_JSON = "JSON: an array of {id, title, paths} of the episodes of which files are still missing."
_CLIPS_JSON = (
    "JSON: an array of {id, title, episode, episode_title, show, start_ms, end_ms, text}; episode is an id, text the"
    " words of the clip."
)


def add_to(command: Command) -> None:
    """Add the commands of this file to the parser."""
    made = command("add", add, "Add files, folders and tables of episodes to the library.", _ADD_JSON)
    made.add_argument("paths", metavar="PATH", type=Path, nargs="+")
    _add_common(made)
    made = command("list", list_episodes, "List the episodes of the library.", _LIST_JSON)
    made.add_argument("--show", metavar="S", help="only those of this show")
    made.add_argument("--tag", metavar="T", help="only those with this tag")
    made.add_argument("--speaker", metavar="S", help="only those in which this speaker is heard")
    made.add_argument("--since", metavar="DATE", type=date, help="only those of that day, month or year and later")
    made.add_argument("--until", metavar="DATE", type=date, help="only those of that day, month or year and earlier")
    made.add_argument("--unheard", action="store_true", help="only those not heard yet")
    made.add_argument("--bin", action="store_true", help="those that were removed")
    made.add_argument("--sort", metavar="KEY", choices=SORTS, default="title", help=f"by {', '.join(SORTS)} (title)")
    _add_common(made)
    made = command("remove", remove, "Move episodes into the library's bin; no file is touched.")
    made.add_argument("ids", metavar="ID", type=count, nargs="*", help="as earmark list prints it")
    made.add_argument("--empty-bin", action="store_true", help="remove what is in the bin for good")
    add_option(made)
    made = command("restore", restore, "Bring episodes back from the bin, or the library back from its newest backup.")
    made.add_argument("ids", metavar="ID", type=count, nargs="*", help="as earmark list --bin prints it")
    made.add_argument("--backup", action="store_true", help="put the newest backup in the place of the library")
    add_option(made)
    made = command("missing", missing, "Look for files that are no longer where they were.", _MISSING_JSON)
    made.add_argument("folders", metavar="FOLDER", type=Path, nargs="*", help="look for them in here and below")
    _add_common(made)
    made = command("clips", clips, "List the clips that were kept.", _CLIPS_JSON)
    _add_common(made)


def _add_common(made: argparse.ArgumentParser) -> None:
    add_option(made)
    made.add_argument("--json", action="store_true", help="print it as JSON")


def date(text: str) -> str:
    """A date as it was typed: a year, a month or a day."""
    if date_of(text) != text:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2023, 2023-05 or 2023-05-04")
    return text


def add(options: argparse.Namespace) -> int:
    """Add files and folders; tells what was added, what was there already, and what was left out and why."""
    from player.sound_facts import read_facts  # PyAV and mutagen take a while to load.

    with closing(open_library(options, make=True)) as library:
        report = add_files(library, options.paths, probe=read_facts, told=tell_progress)
    if options.json:
        print_json(report.as_json())
    else:
        print_line(report.sentence().capitalize())
        for sentence in (*report.notes, *(each.sentence() for each in report.skipped)):
            print_line(f"  {sentence}")
    return 1 if report.skipped and report.is_empty and not report.present else 0


def list_episodes(options: argparse.Namespace) -> None:
    """Print the episodes, a line each, or as JSON."""
    wanted = EpisodeFilter(
        show=options.show,
        tag=options.tag,
        speaker=options.speaker,
        heard=False if options.unheard else None,
        since=options.since,
        until=options.until,
        in_bin=options.bin,
    )
    with closing(open_library(options)) as library:
        episodes = library.episodes.select(wanted, options.sort)
    if options.json:
        print_json([_as_json(episode) for episode in episodes])
        return
    for episode in episodes:
        about = [episode.show, episode.date, clock(episode.duration_ms) if episode.duration_ms else ""]
        about += [f"{counted(episode.words, 'word')}" if episode.words else "no words", *episode.tags]
        print_line(f"{episode.id:>5}  {episode.title}  ({', '.join(filter(None, about))})")
    if not episodes:
        print_line("There are no such episodes.")


def _as_json(episode: Episode) -> dict[str, Any]:
    return {
        "id": episode.id,
        "title": episode.title,
        "show": episode.show,
        "date": episode.date,
        "sound": str(episode.sound) if episode.sound else None,
        "transcript": str(episode.transcript) if episode.transcript else None,
        "duration_ms": episode.duration_ms,
        "words": episode.words,
        "speakers": list(episode.speakers),
        "tags": list(episode.tags),
        "heard": episode.heard,
    }


def remove(options: argparse.Namespace) -> None:
    """Move episodes into the bin, or empty it."""
    if bool(options.ids) == options.empty_bin:
        options.misused("say which episodes to remove, or --empty-bin")
    with closing(open_library(options)) as library:
        if options.empty_bin:
            print_line(f"{counted(library.bin.empty(), 'episode')} removed for good.")
            return
        _require(library, options.ids, in_bin=False)
        library.bin.put(options.ids)
    print_line(f"{counted(len(set(options.ids)), 'episode')} removed; earmark restore brings them back.")


def restore(options: argparse.Namespace) -> None:
    """Bring episodes back from the bin, or the library from its newest backup."""
    if bool(options.ids) == options.backup:
        options.misused("say which episodes to bring back, or --backup")
    if options.backup:
        _restore_backup(folder_of(options) / FILE)
        return
    with closing(open_library(options)) as library:
        _require(library, options.ids, in_bin=True)
        library.bin.restore(options.ids)
    print_line(f"{counted(len(set(options.ids)), 'episode')} brought back.")


def _restore_backup(path: Path) -> None:
    found = backups(path)
    if not found:
        raise EarmarkError(f"There is no backup of the library {path}; it is left as it is.")
    aside = restore_backup(path, found[0])
    made = f"{found[0].made:%Y-%m-%d %H:%M}"
    print_line(f"The library is the one of {made} again; the one that was there is now {name_of(aside)}.")


def _require(library: Library, ids: list[int], *, in_bin: bool) -> None:
    for id in ids:
        episode = library.episodes.get(id)
        if episode is None or bool(episode.binned_ms) != in_bin:
            place = "bin" if in_bin else "library"
            listing = "earmark list --bin" if in_bin else "earmark list"
            raise EarmarkError(f"There is no episode {id} in the {place}; {listing} tells which there are.")


def missing(options: argparse.Namespace) -> int:
    """Look in folders for files that were moved; tells what was found, and what is still missing."""
    with closing(open_library(options)) as library:
        found = find_again(library, options.folders, told=tell_progress) if options.folders else []
        lost = find_missing(library)
        titles = {episode.id: episode.title for episode in library.episodes.select()}
    lost = {id: paths for id, paths in lost.items() if id in titles}
    if options.json:
        print_json(
            [{"id": id, "title": titles[id], "paths": [str(path) for path in paths]} for id, paths in lost.items()]
        )
        return 0
    if found:
        print_line(f"Files of {counted(len(found), 'episode')} were found again.")
    for id, paths in lost.items():
        print_line(f"{id:>5}  {titles[id]}  ({', '.join(name_of(path) for path in paths)})")
    if not lost:
        print_line("No file is missing.")
    return 0


def clips(options: argparse.Namespace) -> None:
    """Print the clips of all episodes."""
    with closing(open_library(options)) as library:
        found = [fact for episode in _with_clips(library) for fact in _clips_of(library, episode)]
    if options.json:
        print_json(found)
        return
    for clip in found:
        times = f"{clock(clip['start_ms'])}–{clock(clip['end_ms'])}"
        print_line(f"{clip['title']}  ({clip['episode_title']}, {times})")
    if not found:
        print_line("There are no clips.")


def _with_clips(library: Library) -> list[Episode]:
    having = {clip.episode for clip in library.clips.all()}
    return [episode for episode in library.episodes.select(sort="title") if episode.id in having]


def _clips_of(library: Library, episode: Episode) -> list[dict[str, Any]]:
    transcript = library.transcript_of(episode.id)
    return [
        {
            "id": clip.id,
            "title": clip.title,
            "episode": episode.id,
            "episode_title": episode.title,
            "show": episode.show,
            "start_ms": clip.start_ms,
            "end_ms": clip.end_ms,
            "text": transcript.text_of(WordRange(clip.first_word, clip.end_word)).replace("\n", " ")
            if transcript and clip.end_word <= len(transcript)
            else "",
        }
        for clip in library.clips.of(episode.id)
    ]
