"""The library: every episode, its words, and what people kept of it, in one SQLite file.

`Library` is the way in; each module beside it knows one kind of thing.
"""

from index.library.backups import Backup, back_up, back_up_if_due, backups, restore_backup
from index.library.catalogue import Library
from index.library.listing import SORTS, EpisodeFilter, Sort
from index.library.troubles import LibraryError
from index.library.values import (
    Details,
    Document,
    Episode,
    Facts,
    Note,
    SavedClip,
    SavedSearch,
    Version,
)
from index.library.versions import Prepared, prepare

__all__ = [
    "SORTS",
    "Backup",
    "Details",
    "Document",
    "Episode",
    "EpisodeFilter",
    "Facts",
    "Library",
    "LibraryError",
    "Note",
    "Prepared",
    "SavedClip",
    "SavedSearch",
    "Sort",
    "Version",
    "back_up",
    "back_up_if_due",
    "backups",
    "prepare",
    "restore_backup",
]
