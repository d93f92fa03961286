"""Damage to the index, told from any other trouble: it is never shown to people, the index is made anew."""

from __future__ import annotations

import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager


class DamagedIndex(Exception):
    """The index is not what was written."""


# What Whoosh, pickle and the arrays raise over bytes that are not theirs.
_SIGNS = (
    *(OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, EOFError, ImportError),
    *(OverflowError, MemoryError, RecursionError, struct.error, zlib.error, pickle.UnpicklingError),
)


@contextmanager
def read_with_care() -> Iterator[None]:
    """Take whatever goes wrong while the index is read for damage.

    Raises:
        DamagedIndex: something went wrong.
    """
    try:
        yield
    except _SIGNS as error:
        raise DamagedIndex(f"{type(error).__name__}: {error}") from error
