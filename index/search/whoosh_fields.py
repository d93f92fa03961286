"""What Whoosh keeps of an episode: the places of its terms as they come, and its number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.fields import ID, FieldType, Schema

from index.search.tokens import Terms
from index.search.whoosh_codec import PlacesFormat

TERMS, EPISODE = "terms", "episode"


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
