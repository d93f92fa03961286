"""The best alignment of two short runs of words, where a gap costs more to open than to go on (Gotoh, 1982)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

_OPEN, _GO_ON = -1.2, -0.35
_SAME, _CONTENT = 2.0, 0.6  # A word that carries meaning is a better find than one that stands everywhere.
_ALIKE, _SOMEWHAT, _OTHER = 1.0, 0.2, -1.1
SIMILAR, FAINTLY = 0.87, 0.7  # Jaro-Winkler similarities from which words are alike, and somewhat alike.
_NEVER = -1e9
COMMON = frozenset(
    "the a an and of to in is it i you that we so but or for on with be this they was are as like know mean yeah just"
    " at its thats have do not".split()
)

Floats = npt.NDArray[np.float32]


def word_scores(a: Sequence[str], b: Sequence[str]) -> Floats:
    """What it is worth to pair each word of `a` with each of `b`; shape (len(a), len(b))."""
    names_a, names_b = list(dict.fromkeys(a)), list(dict.fromkeys(b))
    alike = cdist(names_a, names_b, scorer=JaroWinkler.normalized_similarity, score_cutoff=FAINTLY, dtype=np.float32)
    scores = np.where(alike > SIMILAR, _ALIKE, np.where(alike > FAINTLY, _SOMEWHAT, _OTHER)).astype(np.float32)
    place_b = {name: place for place, name in enumerate(names_b)}
    for place, name in enumerate(names_a):
        if name in place_b:
            scores[place, place_b[name]] = _SAME + (0.0 if name in COMMON else _CONTENT)
        if len(name) < 3:  # Short words are alike by chance.
            scores[place, scores[place] < _SAME] = _OTHER
    place_a = {name: place for place, name in enumerate(names_a)}
    found: Floats = scores[np.ix_([place_a[name] for name in a], [place_b[name] for name in b])]
    return found


def align(scores: Floats) -> list[tuple[int, int]]:
    """The pairs of the best alignment by these scores, rising in both; rows and columns left out are gaps."""
    rows, columns = scores.shape
    if not rows or not columns:
        return []
    along = np.arange(columns + 1, dtype=np.float32) * _GO_ON
    best = along + np.float32(_OPEN - _GO_ON)
    best[0] = 0.0
    skipped = np.full(columns + 1, _NEVER, np.float32)  # The best way that leaves the row out.
    # How each cell was reached (0 a pair, 1 the row left out, 2 the column), and whether those gaps go on.
    reached = np.zeros((rows + 1, columns + 1), np.uint8)
    row_goes_on = np.zeros((rows + 1, columns + 1), bool)
    column_goes_on = np.zeros((rows + 1, columns + 1), bool)
    for row in range(1, rows + 1):
        opened, went_on = best + _OPEN, skipped + _GO_ON
        row_goes_on[row] = went_on > opened
        skipped = np.maximum(opened, went_on)
        paired = np.full(columns + 1, _NEVER, np.float32)
        paired[1:] = best[:-1] + scores[row - 1]
        inner = np.maximum(paired, skipped)
        # A gap along the row begins at whichever earlier cell makes it cheapest: a running maximum finds it.
        sources = inner - along
        running = np.maximum.accumulate(sources)
        gap = np.full(columns + 1, _NEVER, np.float32)
        gap[1:] = running[:-1] + (_OPEN - _GO_ON) + along[1:]
        column_goes_on[row, 2:] = running[1:-1] > sources[1:-1] + 1e-4
        best = np.maximum(inner, gap)
        reached[row] = np.where(gap > inner, 2, np.where(skipped > paired, 1, 0))
    return _traced(reached, row_goes_on, column_goes_on)


def _traced(
    reached: npt.NDArray[np.uint8], row_goes_on: npt.NDArray[np.bool_], column_goes_on: npt.NDArray[np.bool_]
) -> list[tuple[int, int]]:
    row, column = reached.shape[0] - 1, reached.shape[1] - 1
    pairs = []
    state = 0  # 0: at a cell; 1 or 2: inside a gap that goes on.
    while row and column:
        move = state or int(reached[row, column])
        if move == 0:
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif move == 1:
            state = 1 if row_goes_on[row, column] else 0
            row -= 1
        else:
            state = 2 if column_goes_on[row, column] else 0
            column -= 1
    return pairs[::-1]
