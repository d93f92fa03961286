"""The language that a sound is heard with: the words of its text, in about their order."""

from collections.abc import Sequence

_SENTENCE = 12  # Words; the language is made of such runs, so that it goes on over full stops.


def sentences_of(texts: Sequence[str]) -> list[list[str]]:
    """The words in runs, twice, the second time half a run later: so every word has its neighbours in one of them."""
    half = _SENTENCE // 2
    found = [list(texts[at : at + _SENTENCE]) for at in range(0, len(texts), _SENTENCE)]
    return found + [list(texts[at : at + _SENTENCE]) for at in range(half, len(texts), _SENTENCE)]
