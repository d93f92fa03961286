"""Which captions cannot be read in their time, or do not fit into their lines, in a sentence for people."""

from index.captions import CaptionStyle, width_of
from index.formats.captions_out import joined
from index.transcript import Transcript


def unmet(transcript: Transcript, style: CaptionStyle | None = None) -> str:
    """What a reader would stumble over, such as `2 captions are faster than 20 letters a second.`.

    "" where all is well: the reading speed of the style is kept, its lines are not too many and not too long. What is
    so short that the shortest caption would do is read at a glance.
    """
    if not transcript.timed:
        return ""
    style = style or CaptionStyle()
    fast, wide = 0, 0
    glance = style.chars_per_second * style.min_ms // 1000
    for cue in transcript.cues():
        if cue.words:
            lines = joined(transcript, cue.words).split("\n")
            letters = sum(map(len, lines))
            fast += letters > glance and letters * 1000 > style.chars_per_second * max(1, cue.end_ms - cue.start_ms)
            wide += len(lines) > style.max_lines or any(width_of(line) > style.max_chars for line in lines)
    told = [
        f"{_counted(fast)} faster than {style.chars_per_second} letters a second" if fast else "",
        f"{_counted(wide)} longer than {style.max_lines} lines of {style.max_chars} letters" if wide else "",
    ]
    sentence = ", ".join(part for part in told if part)
    return f"{sentence}." if sentence else ""


def _counted(count: int) -> str:
    return "1 caption is" if count == 1 else f"{count:,} captions are"
