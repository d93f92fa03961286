"""Text from files for the places of Qt that guess whether it is markup: tooltips and prompts."""

from html import escape


def as_text(text: str) -> str:
    """The text written so that Qt shows it as it is, line by line."""
    lines = "<br>".join(escape(line) for line in text.split("\n"))
    return f"<qt>{lines}</qt>" if text else ""
