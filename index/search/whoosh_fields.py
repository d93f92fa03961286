"""What Whoosh keeps of an episode: the places of its terms as they come, and its number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import ID, FieldType, Schema
from whoosh.formats import Format

from index.search.tokens import Terms

TERMS, EPISODE = "terms", "episode"


class PlacesFormat(Format):
    """Posting values that are ready when they come, and that only `index.search.postings` reads."""

    def decode_frequency(self, value: bytes) -> int:
        """Whoosh may ask; it has the count as the weight."""
        return 1


class PlacesField(FieldType):
    """A field that is given the terms of a transcript, cut and counted."""

    def __init__(self) -> None:
        super().__init__(format=PlacesFormat(), analyzer=None)  # type: ignore[arg-type]

    def index(self, value: Terms, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:  # type: ignore[override]
        """The term, how often it stands there, the same as its weight, and where."""
        counts = value.counts
        for term, places in value.places.items():
            count = counts[term]
            yield term.encode(), count, float(count), places


def schema() -> Schema:
    """The fields of the index."""
    return Schema(**{TERMS: PlacesField(), EPISODE: ID(unique=True)})


def codec() -> W3Codec:
    """Whoosh's own, without compression: places do not get smaller by it, only slower to read."""
    return W3Codec(compression=0)
