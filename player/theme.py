"""The look: colours for light and dark, fonts, and the small style sheet made of them."""

from dataclasses import dataclass, replace
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources
from player.settings import Settings


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by what they are for, as `#rrggbb`."""

    dark: bool
    page: str
    panel: str
    card: str
    ink: str
    soft: str
    quiet: str  # The times in the margin: the softest that can still be read by WCAG AA.
    softest: str  # What cannot be used now, and marks.
    line: str
    edge: str  # Around what can be typed into.
    accent: str
    on_accent: str
    word_now: str
    on_word_now: str
    hit: str
    hit_now: str
    selection: str
    hover: str
    # Kept apart for protan, deutan and tritan eyes (OKLab distance of at least 0.06 after the simulation of Machado
    # et al. 2009), each with a contrast of at least 4.5:1 on page, panel, card and hover.
    speakers: tuple[str, ...]
    # The tints of highlights, which words of full and of soft ink can be read on, and the mark of each in the margin:
    # marks are apart for those eyes too, and at least 3:1 against the page.
    green: str
    blue: str
    purple: str
    red: str
    green_mark: str
    blue_mark: str
    purple_mark: str
    red_mark: str

    def speaker(self, number: int) -> QColor:
        """The colour of a speaker, counted from 0 in the order of speaking; unknown ones (-1) are soft ink."""
        return QColor(self.soft if number < 0 else self.speakers[number % len(self.speakers)])

    def color(self, name: str, alpha: float = 1.0) -> QColor:
        """A colour by its name, more or less see-through."""
        color = QColor(getattr(self, name))
        color.setAlphaF(alpha)
        return color


LIGHT = Theme(
    dark=False,
    page="#fbfaf7",
    panel="#f2f0ea",
    card="#ffffff",
    ink="#211f1b",
    soft="#6b665d",
    quiet="#77726a",
    softest="#8f897e",
    line="#e2ded5",
    edge="#d3cec3",
    accent="#0a6a66",
    on_accent="#ffffff",
    word_now="#ffd34d",
    on_word_now="#211f1b",
    hit="#fff0b8",
    hit_now="#ffdf7e",
    selection="#cfe8e4",
    hover="#e9e6de",
    speakers=("#1a64a3", "#a5481f", "#9b1fe0", "#14143f", "#6e1457", "#4d1508"),
    green="#e0f2c8",
    blue="#d6e9fc",
    purple="#eee2fc",
    red="#fde0dc",
    green_mark="#5d9118",
    blue_mark="#2f7fd6",
    purple_mark="#54208a",
    red_mark="#a3123c",
)

DARK = Theme(
    dark=True,
    page="#17181a",
    panel="#1d1f22",
    card="#24272b",
    ink="#ece8e0",
    soft="#a29d93",
    quiet="#8a857b",
    softest="#7d786f",
    line="#2d3034",
    edge="#3b3f44",
    accent="#4fc3b8",
    on_accent="#0b1f1d",
    word_now="#b58500",
    on_word_now="#0e0d0a",
    hit="#3d3516",
    hit_now="#6f5c14",
    selection="#1d4a46",
    hover="#2a2d31",
    speakers=("#7bbcf0", "#f0a37c", "#b58cff", "#e8e08a", "#e56e92", "#c6e6f5"),
    green="#263a12",
    blue="#13325a",
    purple="#33244f",
    red="#52232b",
    green_mark="#a4dc6c",
    blue_mark="#4f9be8",
    purple_mark="#c9b0ff",
    red_mark="#e0607c",
)

_SIZES = {"title": 21, "transcript": 16.5, "body": 13.5, "small": 12.5}  # Pixels at a text scale of 1.


def themed(*, dark: bool, high_contrast: bool = False) -> Theme:
    """The theme for light or dark; high contrast makes the softer inks harder, so that times reach 7:1."""
    theme = DARK if dark else LIGHT
    if not high_contrast:
        return theme
    if dark:
        return replace(
            theme, ink="#ffffff", soft="#cfcac0", quiet="#bdb8ad", softest="#bdb8ad", line="#565a60", edge="#8d9299"
        )
    return replace(
        theme, ink="#000000", soft="#45413a", quiet="#514c44", softest="#514c44", line="#a39d91", edge="#7d776b"
    )


def chosen(settings: Settings, app: QApplication) -> Theme:
    """The theme that the user chose, or the system where that is the choice."""
    system_is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    dark = settings.theme == "dark" or (settings.theme != "light" and system_is_dark)
    return themed(dark=dark, high_contrast=settings.high_contrast)


def load_fonts() -> None:
    """Make the bundled typeface known to Qt; without it the system's own is used."""
    for weight in ("Regular", "Medium", "SemiBold"):
        QFontDatabase.addApplicationFont(str(resources.path("fonts", f"Inter-{weight}.otf")))


def font(size: str, *, scale: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal, tabular: bool = False) -> QFont:
    """A font of the app's one family: `title`, `transcript`, `body` or `small`, for times with figures of one width."""
    made = QFont("Inter")
    made.setStyleHint(QFont.StyleHint.SansSerif)
    made.setPixelSize(max(1, round(_SIZES[size] * scale)))
    made.setWeight(weight)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def palette(theme: Theme) -> QPalette:
    """The palette, for everything that Qt draws by itself."""
    role = QPalette.ColorRole
    made = QPalette()
    for roles, name in (
        ((role.Window, role.Button, role.AlternateBase), "panel"),
        ((role.Base,), "page"),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), "ink"),
        ((role.ToolTipBase,), "card"),
        ((role.Highlight,), "selection"),
        ((role.HighlightedText,), "ink"),
        ((role.Link, role.Accent), "accent"),
        ((role.PlaceholderText,), "soft"),
        ((role.Mid, role.Midlight, role.Light), "line"),
    ):
        for each in roles:
            made.setColor(each, QColor(getattr(theme, name)))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.softest))
    return made


def style_sheet(theme: Theme) -> str:
    """The style sheet, its colours filled in."""
    text = resources.path("themes", "earmark.qss").read_text("utf-8")
    names = {name: getattr(theme, name) for name in Theme.__slots__ if name not in ("dark", "speakers")}
    # A style sheet's pictures are files: arrows, ticks and crosses come in the ink of either theme.
    pictures = resources.path("themes").as_posix()
    return Template(text).substitute(names, pictures=pictures, mode="dark" if theme.dark else "light")


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole app in a theme. Menus are words alone: a picture would stand where a tick belongs."""
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    app.setFont(font("body"))
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))
