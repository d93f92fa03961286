"""Shows the window as soon as it can be drawn, then builds what is behind it."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from player import theme as themes
from player.desktop.first import First, Wish, hand_over, name_for
from player.desktop.interrupt import heed
from player.settings import Settings, data_folder
from player.window import Window

_SPEAK_AFTER_MS = 1000  # Nobody presses a media key while the window is being drawn.


def run(paths: Sequence[Path] = (), *, link: str = "", demo: bool = False) -> int:
    """Run Earmark on files, a link or the demo episode until its window is closed; gives the exit status.

    Where one runs on the same library already, that one opens them.
    """
    wish = Wish(tuple(paths), link, demo)
    settings = Settings.load()
    if settings.window_scale != 1:  # Read once, when Qt starts; who sets it outside is asked first.
        os.environ.setdefault("QT_SCALE_FACTOR", str(settings.window_scale))
    qt = QApplication(sys.argv[:1])
    name = name_for(data_folder())
    if hand_over(name, wish):
        return 0
    window = first_window(qt, settings)
    # Imported only now: readers, library and sound take as long to load as the window takes to draw.
    from player.app import App

    themes.load_fonts()
    themes.apply(qt, themes.chosen(settings, qt))
    app = App(qt, settings, window=window)
    first = First(name, app)
    first.wished.connect(app.show_desktop.fulfil)
    app.show_desktop.fulfil(wish)
    QTimer.singleShot(_SPEAK_AFTER_MS, app.show_desktop.speak)
    heed(qt.closeAllWindows, app)
    return qt.exec()


def first_window(qt: QApplication, settings: Settings) -> Window:
    """Draw the window where it was when it was last closed, with nothing in it yet."""
    qt.setApplicationName("earmark")
    qt.setApplicationDisplayName("Earmark")
    qt.setDesktopFileName("earmark")
    qt.setStyle("Fusion")
    theme = themes.chosen(settings, qt)
    qt.setPalette(themes.palette(theme))
    window = Window(theme)
    if settings.geometry:
        window.unpack_geometry(settings.geometry)
    window.show()
    qt.processEvents()
    return window
