"""Numbers as English speakers say them, so that `25` meets `twenty five` and can be looked for in the sound."""

import re

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
_LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_FORM = re.compile(rf"(?P<number>{_NUMBER.pattern})(?P<suffix>st|nd|rd|th|s)?\Z")
_LONGEST = 15  # Digits; longer ones are read one by one.


def spoken_number(text: str) -> list[str]:
    """The words of `25`, `1,000`, `3.5`, `2nd`, `1990s` or a year; empty where the text is no number."""
    found = _FORM.match(text.lower())
    if not found:
        return []
    whole, _, fraction = found["number"].partition(".")
    words = _whole(whole)
    if fraction:
        words += ["point", *(_ONES[int(digit)] for digit in fraction)]
    if found["suffix"] == "s":
        words[-1] = _plural(words[-1])
    elif found["suffix"]:
        words[-1] = _ordinal(words[-1])
    return words


def _whole(digits: str) -> list[str]:
    plain = digits.replace(",", "")
    if len(plain) > _LONGEST or (plain.startswith("0") and len(plain) > 1):
        return [_ONES[int(digit)] for digit in plain]
    if len(plain) == 4 and "," not in digits and _is_year(int(plain)):
        return _year(int(plain))
    return _counted(int(plain))


def _is_year(number: int) -> bool:
    return 1100 <= number < 2000 or 2010 <= number < 2100


def _year(number: int) -> list[str]:
    century, rest = divmod(number, 100)
    if rest == 0:
        return [*_counted(century), "hundred"]
    return [*_counted(century), *(["oh"] if rest < 10 else []), *_counted(rest)]


def _counted(number: int) -> list[str]:
    for size, name in _LARGE:
        if number >= size:
            count, rest = divmod(number, size)
            return [*_counted(count), name, *(_counted(rest) if rest else [])]
    if number < 20:
        return [_ONES[number]]
    tens, ones = divmod(number, 10)
    return [_TENS[tens], *([_ONES[ones]] if ones else [])]


def _ordinal(word: str) -> str:
    if word in _ORDINALS:
        return _ORDINALS[word]
    return word[:-1] + "ieth" if word.endswith("y") else word + "th"


def _plural(word: str) -> str:
    if word.endswith("y"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith("x") else "s")
