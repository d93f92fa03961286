"""A library that keeps nothing, for tests of what lies in it."""

from collections.abc import Iterator

import pytest

from index.library import Library


@pytest.fixture
def library() -> Iterator[Library]:
    made = Library(":memory:")
    yield made
    made.close()
