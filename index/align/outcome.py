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
    percent = f"Only {100 * share:.0f} %" if share >= 0.01 else "Less than 1 %"
    if share < REFUSED:
        raise WrongTextError(
            f"{percent} of the words were found in {where}, so this is most likely the text of another episode; "
            "choose the one that belongs to it."
        )
    if share < DOUBTFUL:
        return f"{percent} of the words were found in {where}; check that the text belongs to it."
    return ""
