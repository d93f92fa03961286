"""Markdown to plain words and back: marks are taken off, links keep their text (CommonMark 0.31)."""

import re
from html import unescape

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HIDDEN = 0x10F700  # Private characters that stand for escaped ones while marks are taken off.
_SHOWN = re.compile("[\U0010f721-\U0010f77e]")

_LINK = re.compile(r"!?\[([^\[\]\n]{1,500})\](?:\([^()\s]{0,2000}(?:[ \t]\"[^\"\n]{0,300}\")?\)|\[[^\[\]\n]{1,100}\])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]{1,2000})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")
# A run of marks where a word begins, or where one ends.
_MARKS = re.compile(r"(?<![\w*_~`])[*_~`]{1,6}(?=[^\s*_~`])|(?<=[^\s*_~`])[*_~`]{1,6}(?![\w*_~`])")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#{1,20})?[ \t]{0,20}\Z")
_BLOCK = re.compile(r"\A(?:[ \t]{0,9}>[ \t]?){1,9}|\A[ \t]{0,12}(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]{0,3}(?:[-*_=][ \t]{0,3}){3,200}\Z|[ \t]{0,3}(?:```|~~~)[\w+-]{0,30}[ \t]{0,3}\Z")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]\n]{1,100}\]:[ \t]+\S{1,2000}(?:[ \t]+[\"'(].{0,300})?\Z")
_SIGNS = re.compile(
    r"^ {0,3}#{1,6}[ \t]+\S"
    r"|(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,300}(?<=\S)\*\*(?![\w*])|(?<!\w)__(?=\w)[^_\n]{1,300}__(?!\w)"
    r"|\[[^\[\]\n]{1,300}\]\([^()\s]{1,2000}\)|\\[\\`*_\[\]<>#~|&.+-]",
    re.MULTILINE,
)
_TO_ESCAPE = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w{1,40};)|^[#+=-]")
_NUMBERED = re.compile(r"^([0-9]{1,9})([.)])")


def is_marked_up(text: str) -> bool:
    """Whether the beginning of the text has marks that only Markdown has."""
    return bool(_SIGNS.search(text, 0, 1 << 16))


def plain(text: str) -> str:
    """The words of a Markdown text, line by line, without its marks."""
    if text.startswith("---\n"):
        head, end, rest = text[4:].partition("\n---\n")
        if end and len(head) < 10_000:
            text = rest  # What site generators put in front.
    return "\n".join(map(_plain_line, text.split("\n")))


def _plain_line(line: str) -> str:
    if not line or line.isalnum():
        return line
    if _RULE.match(line) or _DEFINITION.match(line):
        return ""
    line = _ESCAPED.sub(lambda found: chr(_HIDDEN + ord(found[1])), line)
    heading = _HEADING.match(line) if "#" in line[:10] else None
    line = heading[1] if heading else _BLOCK.sub("", line, count=1)
    if "]" in line:
        line = _LINK.sub(r"\1", line)
    if "<" in line:
        line = _TAG.sub("", _AUTOLINK.sub(r"\1", line))
    if any(mark in line for mark in "*_`~"):
        line = _MARKS.sub("", line)
    return _SHOWN.sub(lambda found: chr(ord(found[0]) - _HIDDEN), unescape(line))


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it is; its line breaks become spaces."""
    return _NUMBERED.sub(r"\1\\\2", _TO_ESCAPE.sub(r"\\\g<0>", " ".join(text.split())))
