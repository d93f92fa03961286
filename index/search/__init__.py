"""Finding words in a whole library: an index of every episode, what may be typed, and what is found."""

from index.search.answer import Answer, EpisodeHits, Hit, Hits
from index.search.library_index import Report, SearchIndex, State
from index.search.moments import Moment
from index.search.query import FIELDS, Chip, Filter, Query, parse
from index.search.source import Document, Source

__all__ = [
    "FIELDS",
    "Answer",
    "Chip",
    "Document",
    "EpisodeHits",
    "Filter",
    "Hit",
    "Hits",
    "Moment",
    "Query",
    "Report",
    "SearchIndex",
    "Source",
    "State",
    "parse",
]
