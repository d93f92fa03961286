"""One self-contained HTML file of a clip, a reel or an episode: the sound inside, the words followed as it plays.

Nothing is fetched: a strict content security policy allows the file's own script and style, by their hashes, and media
that lies in the page itself.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from html import escape
from string import Template

import resources
from index import formats
from index.filenames import safe_name
from index.paragraphs import paragraphs
from index.plaintext import one_line, shown
from index.reel import Placed
from index.timecode import clock
from index.transcript import Timing, Transcript, WordRange
from player.audio.pictures import picture_type
from player.publishing.piece import Piece

BARS = 180
"""How many bars the waveform of a page has."""

_SPEAKERS = 6  # Colours of speakers in page.css.
_FAINT = 0.06  # A silence is drawn as a bar so high.
_SHOWN = ("image/jpeg", "image/png", "image/gif", "image/webp")  # The pictures that every browser shows.


def page_of(piece: Piece, sound: bytes, sound_type: str, levels: Sequence[float], *, language: str = "") -> str:
    """The page as text.

    Args:
        piece: what is published.
        sound: a file that browsers play, as long as the whole piece.
        sound_type: its media type, such as `audio/mpeg`.
        levels: the waveform, any number of levels from 0 to 1.
        language: BCP 47; "" leaves it to the browser.
    """
    reel = piece.reel()
    transcript = reel.transcript
    style, script = (resources.path("page", name).read_text("utf-8") for name in ("page.css", "page.js"))
    captions = formats.to_text(piece.captions(), "WebVTT", formats.WriteOptions(word_times=True))
    return Template(resources.path("page", "page.html").read_text("utf-8")).substitute(
        words="".join(_sections(piece, reel.sections, transcript)),
        language=f' lang="{escape(language)}"' if language else "",
        policy=escape(policy(style, script), quote=True),
        style=style,
        script=script,
        title=_text(piece.title),
        about=_text(piece.about),
        cover=_picture(piece.cover),
        length=clock(reel.length_ms),
        length_ms=reel.length_ms,
        bars=BARS,
        wave=_wave(transcript, levels, reel.length_ms),
        sound=_data(sound, sound_type),
        captions=_data(captions.encode(), "text/vtt"),
        starts=json.dumps(list(_starts(transcript)), separators=(",", ":")),
        file=escape(safe_name(piece.title)),
    )


def policy(style: str, script: str) -> str:
    """The content security policy of a page with this one style and this one script (CSP Level 3)."""
    hashes = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}';"
        " media-src data: blob:; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _sections(piece: Piece, sections: tuple[Placed, ...], transcript: Transcript) -> Iterator[str]:
    said = list(paragraphs(transcript))
    for number, section in enumerate(sections):
        if piece.is_reel:
            yield f'<section>\n<h2 dir="auto">{number + 1} · {_text(section.source)}</h2>\n'
        for each in said:
            if each.words.first in section.words:
                yield from _paragraph(transcript, each.words, each.begins_turn)
        if piece.is_reel:
            yield "</section>\n"


def _paragraph(transcript: Transcript, words: WordRange, named: bool) -> Iterator[str]:
    """One paragraph: who speaks, a button with its time, and each word in an element of its own."""
    speaker = transcript.speaker_of(words.first)
    if named and speaker:
        yield f'<p class="who s{transcript.speakers.index(speaker) % _SPEAKERS}" dir="auto">{_text(speaker)}</p>\n'
    start_ms = transcript.starts[words.first]
    when = clock(start_ms)
    yield '<p class="said" dir="auto">'
    yield f'<button class="time" type="button" data-ms="{start_ms}" aria-label="Play from {when}">{when}</button> '
    for word in words:
        space = "" if word == words.first or transcript.is_glued(word) else " "
        yield f"{space}<span>{escape(shown(transcript.word_text(word)), quote=False)}</span>"
    yield "</p>\n"


def _starts(transcript: Transcript) -> Iterator[int]:
    """When each word begins, in ms; -1 less that for words that nobody heard, which are never marked."""
    for start, timing in zip(transcript.starts, transcript.timings, strict=True):
        yield start if Timing(timing).is_heard else -1 - start


def _wave(transcript: Transcript, levels: Sequence[float], length_ms: int) -> str:
    """The waveform as one path a speaker: bars in the colour of whoever spoke last."""
    bars: dict[str, list[str]] = {}
    for bar in range(BARS):
        level = max(_FAINT, levels[bar * len(levels) // BARS]) if len(levels) else _FAINT
        word = transcript.word_at((2 * bar + 1) * length_ms // (2 * BARS))
        speaker = transcript.speaker_of(word) if word is not None else None
        kind = f"s{transcript.speakers.index(speaker) % _SPEAKERS}" if speaker else "nobody"
        half = 19 * level
        bars.setdefault(kind, []).append(f"M{bar}.2 {20 - half:.1f}h.6v{2 * half:.1f}h-.6z")
    return "".join(f'<path class="{kind}" d="{"".join(paths)}"/>' for kind, paths in bars.items())


def _picture(data: bytes | None) -> str:
    kind = picture_type(data) if data else ""
    return f'<img src="{_data(data, kind)}" alt="">\n' if data and kind in _SHOWN else ""


def _data(data: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _text(text: str) -> str:
    return escape(shown(one_line(text, 300)))
