"""Transcript formats: one table of them, one way to read a file whatever it is, one way to write it.

To add a format:
1. Write a module here with `sniff` and `read` (and `write`, if programs want it), as `base.Format` describes.
2. Add its row to `FORMATS`, before any format whose `sniff` would take its files too.
3. Add its suffix to `index.pairing.TRANSCRIPT_SUFFIXES` if it is new.
4. Add a small sample and its expected cues to the tests.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from index.atomic import write_atomically
from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats import (
    ass,
    assemblyai_json,
    audacity,
    aws_json,
    azure_json,
    bbc_dpe,
    ctm,
    deepgram_json,
    docx,
    elan,
    google_json,
    hyperaudio,
    ibm_json,
    json_tools,
    lrc,
    markdown,
    old_subtitles,
    otranscribe,
    podcast_html,
    podcast_json,
    podlove_json,
    sbv,
    speechmatics_json,
    srt,
    tables,
    textgrid,
    timed_text,
    ttml,
    ttml_out,
    txt,
    untimed,
    webvtt,
    webvtt_out,
    whisper_json,
    whisper_json_out,
    whisper_text,
)
from index.formats.base import Findings, Format, ReadResult, WriteOptions
from index.formats.decode import decoded
from index.formats.rawcue import check_count
from index.formats.source import MAX_BYTES, OTHER_FILES, file_bytes, too_large
from index.plaintext import one_line
from index.progress import UNWATCHED, Stage, Watch
from index.transcript import Transcript

__all__ = [
    "DEFAULT_OPTIONS",
    "FORMATS",
    "MAX_BYTES",
    "Findings",
    "Format",
    "ReadResult",
    "WriteOptions",
    "file_bytes",
    "format_named",
    "read",
    "read_bytes",
    "read_text",
    "sniff",
    "to_bytes",
    "to_text",
    "writable_formats",
    "write",
]

DEFAULT_OPTIONS = WriteOptions()

FORMATS: tuple[Format, ...] = (
    Format("WebVTT", (".vtt",), webvtt.sniff, webvtt.read, webvtt_out.write),
    Format("TTML", (".ttml", ".dfxp"), ttml.sniff, ttml.read, ttml_out.write),
    Format("ASS", (".ass", ".ssa"), ass.sniff, ass.read, ass.write),
    Format("SAMI", (".smi", ".sami"), old_subtitles.sniff_sami, old_subtitles.read_sami),
    Format("MicroDVD", (".sub",), old_subtitles.sniff_microdvd, old_subtitles.read_microdvd),
    Format("MPL2", (".mpl",), old_subtitles.sniff_mpl2, old_subtitles.read_mpl2),
    Format("TMPlayer", (".txt",), old_subtitles.sniff_tmplayer, old_subtitles.read_tmplayer),
    Format("Deepgram JSON", (".json",), deepgram_json.sniff, deepgram_json.read),
    Format("AssemblyAI JSON", (".json",), assemblyai_json.sniff, assemblyai_json.read),
    Format("AWS Transcribe JSON", (".json",), aws_json.sniff, aws_json.read),
    Format("Azure speech JSON", (".json",), azure_json.sniff, azure_json.read),
    Format("Speechmatics JSON", (".json",), speechmatics_json.sniff, speechmatics_json.read),
    Format("IBM Watson JSON", (".json",), ibm_json.sniff, ibm_json.read),
    Format("Google speech JSON", (".json",), google_json.sniff, google_json.read),
    Format("Podlove JSON", (".json",), podlove_json.sniff, podlove_json.read),
    Format("BBC DPE JSON", (".json",), bbc_dpe.sniff, bbc_dpe.read),
    Format("oTranscribe", (".otr",), otranscribe.sniff, otranscribe.read),
    Format("Podcast JSON", (".json",), podcast_json.sniff, podcast_json.read, podcast_json.write),
    Format("Whisper JSON", (".json",), whisper_json.sniff, whisper_json.read, whisper_json_out.write),
    Format("ELAN", (".eaf",), elan.sniff, elan.read, elan.write),
    Format("TextGrid", (".textgrid",), textgrid.sniff, textgrid.read, textgrid.write),
    Format("Audacity labels", (".aud",), audacity.sniff, audacity.read, audacity.write),
    Format("TSV", (".tsv",), tables.sniff_tsv, tables.read, tables.write_tsv),
    Format("CSV", (".csv",), tables.sniff_csv, tables.read, tables.write_csv),
    Format("CTM", (".ctm",), ctm.sniff, ctm.read),
    Format("Whisper text", (".txt", ".log"), whisper_text.sniff, whisper_text.read),
    Format("LRC", (".lrc",), lrc.sniff, lrc.read, lrc.write),
    Format("SRT", (".srt",), srt.sniff, srt.read, srt.write),
    Format("SBV", (".sbv",), sbv.sniff, sbv.read, sbv.write),
    Format("Podcast HTML", (".html", ".htm"), podcast_html.sniff, podcast_html.read, podcast_html.write),
    Format("Hyperaudio", (".html", ".htm"), hyperaudio.sniff, hyperaudio.read),
    Format(
        "Word document",
        (".docx",),
        txt.never,
        needs_times=False,
        sniff_bytes=docx.sniff,
        unpack=docx.text_of,
        write_bytes=docx.write,
    ),
    # The last three take nearly any text.
    Format("Timed text", (".txt", ".md"), timed_text.sniff, timed_text.read),
    Format("Markdown", (".md",), untimed.sniff_markdown, untimed.read, markdown.write, needs_times=False),
    Format("Plain text", (".txt",), untimed.sniff, untimed.read, txt.write, needs_times=False),
)
"""Every format, in the order in which they are tried on a text."""


def sniff(text: str) -> Format | None:
    """The format of a decoded text, by its content alone; None if it is no transcript that can be read."""
    return next((format for format in FORMATS if format.read and format.sniff(text)), None)


def read(path: Path | str, watch: Watch = UNWATCHED) -> ReadResult:
    """The transcript in a file, whatever its name says about its format.

    Raises:
        TranscriptError: one sentence that names the file, why it could not be read, and what to do.
        Unwanted: nobody waits for it any more.
    """
    name, data = file_bytes(path, watch=watch)
    return read_bytes(data, name, watch)


def read_bytes(data: bytes, name: str, watch: Watch = UNWATCHED) -> ReadResult:
    """The transcript in the bytes of a file; `name` is what messages call it.

    Raises:
        TranscriptError: one sentence that names the file, why it could not be read, and what to do.
        Unwanted: nobody waits for it any more.
    """
    return _named(name, lambda: _read(data, watch))


def read_text(text: str, name: str) -> ReadResult:
    """The transcript in a text, as if it were that of a file of this name.

    Raises:
        TranscriptError: one sentence that names the file, why it could not be read, and what to do.
    """
    return _named(name, lambda: _read_text(text.replace("\r\n", "\n").replace("\r", "\n"), UNWATCHED))


def _named(name: str, work: Callable[[], ReadResult]) -> ReadResult:
    try:
        return work()
    except TranscriptError as error:
        raise TranscriptError(f"“{name}” {error}.") from error
    finally:
        json_tools.forget()


def _read(data: bytes, watch: Watch) -> ReadResult:
    """The transcript; errors are predicates of a sentence about the file."""
    if len(data) > MAX_BYTES:
        raise TranscriptError(too_large(MAX_BYTES))
    watch.at(Stage.FINDING)
    packed = next((format for format in FORMATS if format.sniff_bytes and format.sniff_bytes(data)), None)
    if packed and packed.unpack:
        return replace(_read_text(packed.unpack(data), watch), format=packed.name)
    for magic, what in OTHER_FILES:
        if data.startswith(magic):
            raise TranscriptError(what)
    text, warnings = decoded(data)
    result = _read_text(text, watch)
    return replace(result, warnings=(*warnings, *result.warnings))


def _read_text(text: str, watch: Watch) -> ReadResult:
    if not text.strip("\ufeff \t\n\0"):
        raise TranscriptError("is empty, so there is no transcript in it; choose another file")
    format = sniff(text)
    if format is None or format.read is None:
        raise TranscriptError(_why_unknown(text))
    watch.at(Stage.FINDING)
    builder, findings = TranscriptBuilder(watch), Findings()
    format.read(text, builder, findings)
    check_count(builder.cue_count)
    transcript = builder.build()
    if not len(transcript):
        raise TranscriptError("has no words in it, so there is no transcript; choose another file")
    return ReadResult(transcript, format.name, findings.sentences(), tuple(builder.asides))


def _why_unknown(text: str) -> str:
    if json_tools.looks_like_json(text):
        json_tools.load(text)  # Tells what is wrong with damaged JSON.
        return "is JSON, but of no kind of transcript that Earmark knows; choose another file"
    return untimed.why_not(text)


def format_named(name: str) -> Format | None:
    """The format with this name or suffix (`WebVTT`, `.vtt`, `vtt`), one that can be written before one that cannot."""
    wanted = name.lower()
    suffix = "." + wanted.removeprefix(".")
    named = [format for format in FORMATS if format.name.lower() == wanted or suffix in format.suffixes]
    return next((format for format in named if format.is_written), named[0] if named else None)


def writable_formats() -> tuple[Format, ...]:
    """The formats that can be written, in the order of the table."""
    return tuple(format for format in FORMATS if format.is_written)


def to_text(transcript: Transcript, format: Format | str, options: WriteOptions = DEFAULT_OPTIONS) -> str:
    """The transcript as the text of a file of a format, given by itself, its name or its suffix.

    Raises:
        TranscriptError: that format cannot be written, or is no text.
    """
    found = _writable(transcript, format)
    if found.write is None:
        raise TranscriptError(f"A {found.name} is no text that could be shown; write it to a file.")
    return found.write(transcript, options)


def to_bytes(transcript: Transcript, format: Format | str, options: WriteOptions = DEFAULT_OPTIONS) -> bytes:
    """The transcript as the bytes of a file of a format, given by itself, its name or its suffix.

    Raises:
        TranscriptError: that format cannot be written.
    """
    found = _writable(transcript, format)
    if found.write_bytes:
        return found.write_bytes(transcript, options)
    return to_text(transcript, found, options).encode("utf-8", "replace")


def _writable(transcript: Transcript, format: Format | str) -> Format:
    found = format_named(format) if isinstance(format, str) else format
    if found is None or not found.is_written:
        known = ", ".join(f"{other.name} ({other.suffixes[0]})" for other in writable_formats())
        shown = format if isinstance(format, str) else format.name
        raise TranscriptError(f"Transcripts cannot be written as “{one_line(shown)}”; choose one of {known}.")
    if found.needs_times and not transcript.timed:
        raise TranscriptError(f"A transcript without times cannot be written as {found.name}; write it as text, .txt.")
    return found


def write(
    transcript: Transcript,
    path: Path | str,
    options: WriteOptions = DEFAULT_OPTIONS,
    format_name: str | None = None,
) -> None:
    """Write a transcript to a file in the format of its suffix, or in the one named; an old file stays on failure.

    Raises:
        TranscriptError: one sentence that names the file, why it could not be written, and what to do.
    """
    suffix = Path(path).suffix
    if format_name is None and not suffix:
        raise TranscriptError(f"“{one_line(Path(path).name)}” has no suffix; add one such as .vtt, .srt or .txt.")
    write_atomically(path, to_bytes(transcript, format_name or suffix, options))
