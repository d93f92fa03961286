"""What came of an alignment: how much was found, and the sentences for what was not right."""

from index.errors import EarmarkError

REFUSED, DOUBTFUL = 0.20, 0.50
"""Under these shares of words found, a text is refused as that of another episode, or doubted."""


class WrongTextError(EarmarkError):
    """A text that is not of this episode."""


def check_found(share: float, where: str) -> str:
    """A sentence of warning where few words of the text were found in `where`, else "".

    Raises:
        WrongTextError: so few that it is most likely the text of something else.
    """
    if share < REFUSED:
        raise WrongTextError(
            f"{_percent(share)} of the words were found in {where}, so this is most likely the text of another "
            "episode; choose the one that belongs to it."
        )
    return doubt(share, where)


def doubt(share: float, where: str) -> str:
    """A sentence of warning where few words of the text were found in `where`, else ""."""
    if share >= DOUBTFUL:
        return ""
    return f"{_percent(share)} of the words were found in {where}; check that the text belongs to it."


def _percent(share: float) -> str:
    return f"Only {100 * share:.0f} %" if share >= 0.01 else "Less than 1 %"
