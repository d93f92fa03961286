"""A short way for tests to ask which formats would take a text."""

from index import formats

ANY = ("Timed text", "Markdown", "Plain text")


def takers(text: str) -> list[str]:
    """The names of all formats whose sniffer takes the text, in the order of the table, but those that take any."""
    try:
        return [
            format.name for format in formats.FORMATS if format.read and format.sniff(text) and format.name not in ANY
        ]
    finally:
        formats.json_tools.forget()
