"""What may have been meant by a query that finds nothing: the same with words that exist."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.search.parts import Part
from index.search.query import Clause, Filter, Query, Term
from index.search.spelling import near
from index.search.tokens import paths
from index.search.vocabulary import Vocabulary

_OFFERED = 3  # Spellings of a word that are tried.


def offers(parts: Sequence[Part], vocabulary: Callable[[], Vocabulary], query: Query) -> list[Query]:
    """The query with each word that does not exist replaced by one that does, the likeliest first."""
    choices: dict[str, list[str]] = {}
    for clause in query.clauses:
        for term in clause.terms:
            for word in term.text.split():
                if word not in choices and not _exists(parts, word):
                    choices[word] = _near(vocabulary(), word)
    if not choices or not all(choices.values()):
        return []
    offers = []
    for number in range(_OFFERED):
        chosen = {word: spellings[min(number, len(spellings) - 1)] for word, spellings in choices.items()}
        offers.append(replace(query, items=tuple(_respelt(item, chosen) for item in query.items), hint=""))
    return list(dict.fromkeys(offers))


def _exists(parts: Sequence[Part], word: str) -> bool:
    return not paths(word) or any(
        all(any(part.counts(term)[0] for part in parts) for term in path.terms) for path in paths(word)
    )


def _near(vocabulary: Vocabulary, word: str) -> list[str]:
    """A word in spellings that exist; its parts one by one if it has several."""
    terms = paths(word)[0].terms
    spellings = [[term] if term in vocabulary.counts else near(term, vocabulary, _OFFERED) for term in terms]
    if not all(spellings):
        return []
    return [" ".join(one[min(number, len(one) - 1)] for one in spellings) for number in range(_OFFERED)]


def _respelt(item: Clause | Filter, chosen: dict[str, str]) -> Clause | Filter:
    if not isinstance(item, Clause) or item.left_out:
        return item
    texts = [" ".join(chosen.get(word, word) for word in term.text.split()) for term in item.terms]
    return replace(item, terms=tuple(Term(term.kind, text) for term, text in zip(item.terms, texts, strict=True)))
