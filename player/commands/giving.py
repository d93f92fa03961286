"""The commands that give away what was kept: quotes, all clips at once, notes."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from index.annotations import Annotated, Annotation, Stretch, to_csv, to_labels, to_markdown, to_soundbites
from index.atomic import write_atomically
from index.citing import apa, bibtex, chicago
from index.errors import EarmarkError
from index.filenames import PATTERN_FIELDS, safe_name
from index.library import Library, SavedClip
from index.pairing import find_sound
from index.quoting import Quote, as_html, as_markdown, as_text, quote_of
from player.commands.library_place import add_option, open_library
from player.commands.options import Command
from player.commands.printing import counted, name_of, print_line
from player.commands.publishing import kept_clips
from player.commands.reading import read
from player.commands.releasing import INTERRUPTED, add_look, chosen, facts_of, interruptible, tell_percent
from player.commands.transcripts import add_stretch, check_stretch, clip_asked_for
from player.publishing.choices import PATTERN
from player.publishing.gathering import origin_of, parts_of_clips
from player.publishing.piece import piece_of

_QUOTES: dict[str, Callable[[Quote], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "html": as_html,
    "apa": apa,
    "chicago": chicago,
    "bibtex": bibtex,
    "link": lambda quote: quote.link,
}
_NOTES = {".md": to_markdown, ".csv": to_csv}
_EXPORT = """
A file for each clip and format; none that is there already is replaced. PATTERN is a name with fields in braces:
"""


def add_to(command: Command) -> None:
    """Add the commands of this file to the parser."""
    made = command("quote", quote, "Print a moment as a quote, a citation or a link.")
    made.add_argument("transcript", type=Path)
    add_stretch(made)
    made.add_argument("--as", dest="form", choices=list(_QUOTES), default="text", help="how (text)")
    fields = ", ".join(f"{{{field}}}" for field in PATTERN_FIELDS)
    made = command("export", export, "Write kept clips into a folder, many at once.", f"{_EXPORT.strip()} {fields}.")
    made.add_argument("clips", metavar="CLIP", nargs="*", help="by number or title; all if none is named")
    made.add_argument("-o", "--output", metavar="DIR", type=Path, required=True, help="where to")
    made.add_argument("--as", dest="forms", metavar="FORMATS", default="vtt", help="such as vtt,mp3,html,mp4 (vtt)")
    made.add_argument("--name", metavar="PATTERN", default=PATTERN, help=f"how files are named ({PATTERN})")
    made.add_argument("--labels", action="store_true", help="and the clips of each episode as Audacity labels")
    made.add_argument("--soundbites", action="store_true", help="and as podcast:soundbite tags for its feed")
    add_look(made)
    add_option(made)
    made = command("notes", notes, "Print the notes and highlights of the library, or write them to a file.")
    made.add_argument("-o", "--output", metavar="OUT", type=Path, help="a file, .md or .csv")
    add_option(made)


def quote(options: argparse.Namespace) -> None:
    """Print a moment with where it is from."""
    check_stretch(options)
    options.pad = 0
    transcript = read(options.transcript).transcript
    clip = clip_asked_for(transcript, options)
    origin, _, _ = facts_of(options.transcript, find_sound(options.transcript))
    for line in _QUOTES[options.form](quote_of(transcript, clip.words, origin)).rstrip("\n").split("\n"):
        print_line(line)


def export(options: argparse.Namespace) -> int:
    """Write clips into a folder and tell what was written; the status is 1 if one failed."""
    from player.publishing.many import release_all  # What knows sound takes a while to load.

    suffixes = [f".{name.strip().lower().removeprefix('.')}" for name in options.forms.split(",") if name.strip()]
    if not suffixes:
        options.misused("say what to write with --as, such as vtt,mp3")
    with closing(open_library(options)) as library:
        clips = kept_clips(library, options.clips) if options.clips else library.clips.all()
        if not clips:
            raise EarmarkError("There are no clips of that name; earmark clips tells which there are.")
        pieces = [piece_of(clip.title, [part]) for clip in clips for part in parts_of_clips(library, [clip])]
        marks = list(_marks(library, clips, options))
    choices = chosen(options)
    with interruptible() as cancelled:
        summary = release_all(
            pieces,
            options.output,
            suffixes,
            pattern=options.name,
            choices=choices,
            told=tell_percent,
            cancelled=cancelled,
        )
    for path, text in marks:
        write_atomically(path, text.encode())
    for sentence in summary.failed:
        print_line(f"  {sentence}")
    print_line(summary.sentence())
    return INTERRUPTED if summary.cancelled else 1 if summary.failed else 0


def _marks(library: Library, clips: Sequence[SavedClip], options: argparse.Namespace) -> Iterator[tuple[Path, str]]:
    """The files that have the clips of an episode as marks in its sound, with their text."""
    kinds = [(options.labels, "labels.txt", to_labels), (options.soundbites, "soundbites.xml", to_soundbites)]
    for episode in dict.fromkeys(clip.episode for clip in clips):
        found = library.episodes.get(episode)
        name = safe_name(found.title if found else "")
        stretches = [Stretch(clip.title, clip.start_ms, clip.end_ms) for clip in clips if clip.episode == episode]
        for wanted, ending, write in kinds:
            if wanted:
                yield options.output / f"{name}.{ending}", write(stretches)


def notes(options: argparse.Namespace) -> None:
    """Print the notes as Markdown, or write them to a file."""
    suffix = options.output.suffix.lower() if options.output else ".md"
    if suffix not in _NOTES:
        options.misused(f"notes are written to {' or '.join(_NOTES)}, not {name_of(options.output)}")
    with closing(open_library(options)) as library:
        found = list(_annotated(library))
    count = sum(len(each.in_order()) for each in found)
    text = _NOTES[suffix](found)
    if options.output:
        write_atomically(options.output, text.encode("utf-8", "replace"))
        print_line(
            f"{counted(count, 'note')} of {counted(len(found), 'episode')}, written to {name_of(options.output)}"
        )
    else:
        for line in (text.rstrip("\n") or "There are no notes.").split("\n"):
            print_line(line)


def _annotated(library: Library) -> Iterator[Annotated]:
    kept = library.notes.all()
    for number in dict.fromkeys(note.episode for note in kept):
        episode, transcript = library.episodes.get(number), library.transcript_of(number)
        if episode is not None and transcript is not None:
            marked = [
                Annotation(note.words, note.text, note.colour)
                for note in kept
                if note.episode == number and note.end_word <= len(transcript)
            ]
            yield Annotated(transcript, origin_of(episode), marked)
