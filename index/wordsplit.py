"""Cutting a line of text into the words of the stream."""

import re

SPACE, GLUED, LINE = 0, 1, 2
"""How a word is joined to the one before it: by a space, by nothing, or by a line break inside its cue."""

# Scripts written without spaces: ideographs and kana are one word each, so that a run of them can be followed,
# found and cut anywhere. Thai, Lao, Khmer and Burmese runs are kept whole: their letters stack.
_HAN_KANA = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u303f\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_SPACELESS = re.compile(f"[{_HAN_KANA}]")
# What changes the sound or the look of the character before it: small kana, the long-vowel sign, voicing marks, all of
# them also of half width (ｶﾞ), and selectors of variants.
_CLINGING = (
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々"
    "\u3099-\u309c\uff67-\uff70\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
# An ideograph takes those and the marks that may not begin a line (closing brackets, stops); opening brackets go with
# what follows them.
_PIECE = re.compile(
    "[「『（《〈【〔“‘(\\[]*"
    f"(?:[{_HAN_KANA}][{_CLINGING}]*|[^{_HAN_KANA}「『（《〈【〔]+)"
    "[」』）》〉】〕”’)\\]、。，．！？：；…,.!?:;]*"
)


def is_spaceless(character: str) -> bool:
    """Whether the character belongs to a script whose words have no spaces between them and are cut one by one."""
    return bool(_SPACELESS.match(character))


def split_run(run: str) -> list[str]:
    """Pieces of a run without white space: itself, or, in Chinese and Japanese, its characters one by one.

    The pieces joined give the run again.
    """
    if run.isascii() or not _SPACELESS.search(run):
        return [run]
    pieces: list[str] = []
    at = 0
    while at < len(run):
        found = _PIECE.match(run, at)
        end = found.end() if found and found.end() > at else at + 1
        pieces.append(run[at:end])
        at = end
    return pieces
