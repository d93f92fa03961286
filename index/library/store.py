"""The library's SQLite file: opened and brought up to date with care, read in rows, changed in whole steps."""

import contextlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import EarmarkError
from index.library.backups import back_up
from index.library.schema import LISTED, MIGRATIONS
from index.library.troubles import LibraryError, damaged, newer, trouble

MEMORY = ":memory:"
_BUSY_S = 5.0  # So long a change waits for one of another Earmark.

Row = tuple[Any, ...]


class Store:
    """One connection to the file. It belongs to the thread that made it."""

    def __init__(self, path: Path | str) -> None:
        """Open or make the library (`:memory:` keeps nothing).

        Raises:
            LibraryError: the file is damaged or no library, comes from a newer Earmark, or its folder cannot be
                written; nothing was overwritten.
        """
        self.path = path
        self._depth = 0
        self._seen: int | None = None
        try:
            if path != MEMORY:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_S)
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise trouble(path, "cannot be opened", error) from error
        except EarmarkError:
            self.close()
            raise

    def close(self) -> None:
        """Close the file; the object is of no use afterwards."""
        with contextlib.suppress(AttributeError, sqlite3.Error):  # It was never opened, or its disk is gone.
            self._db.close()

    # Opening

    def _prepare(self) -> None:
        version = self._version()
        if version > len(MIGRATIONS):
            raise newer(self.path)
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA synchronous = NORMAL")
        if version == len(MIGRATIONS):
            self.check(LISTED)
        if 0 < version < len(MIGRATIONS):
            self.check()
            if self.path != MEMORY:
                back_up(self.path)
        self._db.execute("PRAGMA journal_mode = WAL")
        if version < len(MIGRATIONS):
            self._migrate()

    def _version(self) -> int:
        version: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        return version

    def _migrate(self) -> None:
        """Bring the file up to date, all at once or not at all; another Earmark may just have done it."""
        with self.change() as db:
            for number, script in enumerate(MIGRATIONS[self._version() :], self._version() + 1):
                for statement in _statements(script):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {number}")

    def check(self, tables: Sequence[str] = ()) -> None:
        """Look for damage in these tables, or in the whole file, which takes as long as reading it.

        Raises:
            LibraryError: there is some.
        """
        for table in tables or ("",):
            ((found,),) = self.rows(f"PRAGMA quick_check({table or 1})")[:1]
            if found != "ok":
                raise damaged(self.path, found)

    # Reading and writing

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows of a query.

        Raises:
            LibraryError: the file cannot be read.
        """
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise trouble(self.path, "cannot be read", error) from error

    def row(self, query: str, values: Sequence[object] = ()) -> Row | None:
        """The first row of a query, None where there is none."""
        return next(iter(self.rows(query, values)), None)

    def changed_elsewhere(self) -> bool:
        """Whether others have changed the file since this was asked last; the first time nobody has.

        Raises:
            LibraryError: it cannot be read.
        """
        before, self._seen = self._seen, self.rows("PRAGMA data_version")[0][0]
        return before is not None and before != self._seen

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """Make a change of one or more statements: all of it is kept or, where anything goes wrong, nothing.

        A change inside a change is part of it.

        Raises:
            LibraryError: the file cannot be written; it is as it was before.
        """
        try:
            if not self._depth:
                self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield self._db
            finally:
                self._depth -= 1
            if not self._depth:
                self._db.execute("COMMIT")
        except BaseException as error:
            if not self._depth and self._db.in_transaction:
                with contextlib.suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
            if isinstance(error, (sqlite3.Error, OverflowError)):
                raise trouble(self.path, "cannot be written, and the last change is not kept", error) from error
            raise


def now_ms() -> int:
    """The time of day, in ms since 1970."""
    return time.time_ns() // 1_000_000


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one, triggers whole: `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


__all__ = ["MEMORY", "LibraryError", "Row", "Store", "now_ms"]
