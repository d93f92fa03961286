"""Damage to the index, told from any other trouble: it is never shown to people, the index is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class DamagedIndex(Exception):
    """The index is not what was written."""


@contextmanager
def read_with_care() -> Iterator[None]:
    """Take whatever goes wrong while bytes of the index are read for damage.

    Whoosh says so with exceptions of every kind, bare ones too.

    Raises:
        DamagedIndex: something went wrong.
    """
    try:
        yield
    except DamagedIndex:
        raise
    except Exception as error:
        raise DamagedIndex(f"{type(error).__name__}: {error}") from error
