"""The language that a stretch of sound is heard with: the words that may be said there, in about their order."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

_SENTENCE = 12  # Words; the language is made of such runs, so that it goes on over full stops.

Language = Sequence[Sequence[str]]
"""Sentences. Parts that share one object are heard without learning it again."""


class Part(NamedTuple):
    """A stretch of sound, in ms, and the language that it is heard with."""

    start_ms: int
    end_ms: int
    language: Language


def sentences_of(texts: Sequence[str]) -> list[list[str]]:
    """The words in runs, twice, the second time half a run later: so every word has its neighbours in one of them."""
    half = _SENTENCE // 2
    found = [list(texts[at : at + _SENTENCE]) for at in range(0, len(texts), _SENTENCE)]
    return found + [list(texts[at : at + _SENTENCE]) for at in range(half, len(texts), _SENTENCE)]


def parts_in(texts: Sequence[str], times: Iterable[tuple[int, int]]) -> list[Part]:
    """Stretches of sound, start and end in ms, that are all heard with the language of one text."""
    language = sentences_of(texts)
    return [Part(start_ms, end_ms, language) for start_ms, end_ms in times]
