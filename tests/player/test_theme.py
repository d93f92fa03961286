"""The colours: readable by WCAG AA in light and dark, and speakers that colour-blind eyes can tell apart."""

from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from player import theme
from player.models.kept_rows import COLOURS
from player.settings import Settings
from player.theme import DARK, LIGHT, Theme

THEMES = {
    "light": LIGHT,
    "dark": DARK,
    "light, high contrast": theme.themed(dark=False, high_contrast=True),
    "dark, high contrast": theme.themed(dark=True, high_contrast=True),
}
GROUNDS = ("page", "panel", "card")

# What text is drawn in, and on what: ink and ground by their names.
ON_GROUNDS = [(ink, ground) for ink in ("ink", "soft", "accent") for ground in GROUNDS]
ON_MARKS = [
    ("ink", "hit"),
    ("soft", "hit"),
    ("ink", "hit_now"),
    ("on_word_now", "word_now"),
    ("ink", "selection"),
    ("ink", "hover"),
    ("soft", "hover"),
    ("on_accent", "accent"),
    ("ink", "line"),
    *((ink, tint) for tint in COLOURS for ink in ("ink", "soft")),
]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def linear(color: str) -> tuple[float, float, float]:
    """Linear sRGB, 0 to 1 a channel."""
    made = QColor(color)
    return _linear(made.redF()), _linear(made.greenF()), _linear(made.blueF())


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    lights = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear sRGB.
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def oklab(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    """Björn Ottosson's OKLab of a linear colour."""
    r, g, b = (max(0.0, min(1.0, each)) for each in rgb)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def seen(color: str, eye: str) -> tuple[float, float, float]:
    """A colour as an eye sees it, in OKLab."""
    rgb = linear(color)
    red, green, blue = (sum(weight * part for weight, part in zip(row, rgb, strict=True)) for row in EYES[eye])
    return oklab((red, green, blue))


def distance(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)


def test_contrast_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground"), ON_GROUNDS + ON_MARKS)
def test_text_can_be_read(name: str, ink: str, ground: str) -> None:
    found = contrast(getattr(THEMES[name], ink), getattr(THEMES[name], ground))
    assert found >= 4.5, f"{ink} on {ground}: {found:.2f}"


@pytest.mark.parametrize("name", THEMES)
def test_times_in_the_margin_can_be_read(name: str) -> None:
    """They are text that can be pressed, however quiet."""
    assert contrast(THEMES[name].quiet, THEMES[name].page) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ground", [*GROUNDS, "hover"])
def test_speakers_can_be_read(name: str, ground: str) -> None:
    made = THEMES[name]
    for color in made.speakers:
        found = contrast(color, getattr(made, ground))
        assert found >= 4.5, f"{color} on {ground}: {found:.2f}"


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("eye", EYES)
def test_speakers_stay_apart_for_every_eye(name: str, eye: str) -> None:
    for one, other in combinations(THEMES[name].speakers, 2):
        apart = distance(seen(one, eye), seen(other, eye))
        assert apart >= 0.06, f"{one} and {other} for {eye} eyes: {apart:.3f}"


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("eye", EYES)
def test_the_marks_of_highlights_stay_apart_for_every_eye(name: str, eye: str) -> None:
    marks = [getattr(THEMES[name], f"{colour}_mark") for colour in COLOURS]
    for one, other in combinations(marks, 2):
        assert distance(seen(one, eye), seen(other, eye)) >= 0.06, (one, other)


@pytest.mark.parametrize("name", THEMES)
def test_what_marks_is_seen_on_the_page(name: str) -> None:
    """Focus and the playhead: 3:1 against what they stand on (WCAG 1.4.11)."""
    made = THEMES[name]
    for mark in ("accent", "ink", *(f"{colour}_mark" for colour in COLOURS)):
        for ground in GROUNDS:
            assert contrast(getattr(made, mark), getattr(made, ground)) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_the_marks_differ_from_the_page_and_from_each_other(name: str) -> None:
    made = THEMES[name]
    grounds = [made.page, made.hit, made.hit_now, made.word_now, made.selection]
    grounds += [getattr(made, colour) for colour in COLOURS]
    for one, other in combinations(grounds, 2):
        assert distance(oklab(linear(one)), oklab(linear(other))) >= 0.02, (one, other)


def test_high_contrast_is_higher() -> None:
    for dark in (False, True):
        usual, high = theme.themed(dark=dark), theme.themed(dark=dark, high_contrast=True)
        for ink in ("ink", "soft", "softest"):
            assert contrast(getattr(high, ink), high.page) >= 7
            assert contrast(getattr(high, ink), high.page) > contrast(getattr(usual, ink), usual.page)


@pytest.mark.parametrize("name", [name for name in THEMES if "high" in name])
def test_high_contrast_shows_where_can_be_typed(name: str) -> None:
    """The border of a field: 3:1 against what it stands on and what is in it (WCAG 1.4.11)."""
    for ground in ("panel", "card"):
        assert contrast(THEMES[name].edge, getattr(THEMES[name], ground)) >= 3


def test_the_sign_of_an_error_is_seen() -> None:
    for made in THEMES.values():
        assert contrast(made.red_mark, made.card) >= 3


def test_speakers_take_turns_with_the_colours() -> None:
    count = len(LIGHT.speakers)
    assert LIGHT.speaker(0) == LIGHT.speaker(count)
    assert LIGHT.speaker(0) != LIGHT.speaker(1)
    assert LIGHT.speaker(-1) == QColor(LIGHT.soft)


@pytest.mark.parametrize("made", THEMES.values(), ids=list(THEMES))
def test_the_style_sheet_is_filled_in(made: Theme) -> None:
    text = theme.style_sheet(made)
    assert "$" not in text
    assert made.panel in text


@pytest.mark.parametrize("made", THEMES.values(), ids=list(THEMES))
def test_the_palette_is_the_themes(made: Theme) -> None:
    palette = theme.palette(made)
    assert palette.color(QPalette.ColorRole.Base) == QColor(made.page)
    assert palette.color(QPalette.ColorRole.Text) == QColor(made.ink)
    assert palette.color(QPalette.ColorRole.Highlight) == QColor(made.selection)


@pytest.mark.parametrize(("choice", "dark"), [("light", False), ("dark", True)], ids=["light", "dark"])
def test_the_chosen_theme(qapp: QApplication, choice: str, dark: bool) -> None:
    made = theme.chosen(Settings(theme=choice), qapp)
    assert made.dark == dark
    assert theme.chosen(Settings(theme=choice, high_contrast=True), qapp) == theme.themed(dark=dark, high_contrast=True)


def test_fonts_are_bundled_and_have_a_size(dressed: QApplication) -> None:
    for size in ("title", "transcript", "body", "small"):
        made = theme.font(size, scale=1.4, tabular=True)
        assert made.family() == "Inter"
        assert made.pixelSize() >= 12
