"""The main window: drawn at once in the theme's colours, then furnished. It knows no rules."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from player.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QProgressBar, QSplitter, QStackedWidget, QToolButton

    from player.actions import Actions
    from player.widgets.clip_editor import ClipEditor
    from player.widgets.concordance_view import ConcordanceView
    from player.widgets.find_field import FindField
    from player.widgets.floating import BackToNow, Notice, PlayingBar, SelectionBar
    from player.widgets.follow import Follow
    from player.widgets.library_panel import LibraryPanel
    from player.widgets.offer_bar import OfferBar
    from player.widgets.progress import ProgressBar
    from player.widgets.seek_bar import SeekBar
    from player.widgets.side_panel import SidePanel
    from player.widgets.timing_legend import TimingLegend
    from player.widgets.transcript_view import TranscriptView
    from player.widgets.transport import Transport
    from player.widgets.welcome import Welcome
    from player.widgets.work_strip import WorkStrip

_ROOM_FOR_LIBRARY, _ROOM_FOR_SIDE = 1060, 760  # Narrower windows fold the panels away.


class Window(QMainWindow):
    """Library left, words in the middle, results and clips right, timeline and transport below.

    Made in two steps, because loading what stands in it takes longer than drawing the window: `Window` can be shown
    at once, `player.furniture` brings in the rest.
    """

    paths_dropped = Signal(list)
    closing = Signal()
    panels_changed = Signal(bool, bool)  # Whether the library is to be seen, and the results and clips.

    # Made by `player.furniture`.
    actions_table: "Actions"
    brand: "QLabel"
    find_field: "FindField"
    view: "TranscriptView"
    follow: "Follow"
    welcome: "Welcome"
    library: "LibraryPanel"
    side: "SidePanel"
    clip_editor: "ClipEditor"
    progress: "ProgressBar"
    seek_bar: "SeekBar"
    transport: "Transport"
    legend: "TimingLegend"
    offer_bar: "OfferBar"
    work_strip: "WorkStrip"
    loading: "QProgressBar"
    middle: "QStackedWidget"
    columns: "QSplitter"  # The words, and beside them those of another transcript.
    concordance: "ConcordanceView"
    menu_button: "QToolButton"
    selection_bar: "SelectionBar"
    back_to_now: "BackToNow"
    notice: "Notice"
    playing_bar: "PlayingBar"

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("Earmark")
        self.setMinimumSize(560, 420)
        self.resize(1280, 800)
        self.setAcceptDrops(True)
        self._theme = theme
        self._library_wanted, self._side_wanted = True, False
        self._asked_for = ""  # The panel that was asked for by name, which is shown even where it takes room.
        self.furnished = False

    def move_in(self) -> None:
        """Everything stands in its place: dress it, and fold away what has no room."""
        self.furnished = True
        self.set_theme(self._theme)
        self._fold()

    # Dress

    def set_theme(self, theme: Theme) -> None:
        """Change the colours of everything."""
        from player.actions import TABLE
        from player.icons import icon

        self._theme = theme
        for _, rows in TABLE:
            for entry in rows:
                if entry and entry.icon:
                    self.actions_table[entry.name].setIcon(icon(entry.icon, theme.soft, theme.softest))
        self.find_field.set_icons(icon("search", theme.soft), icon("up", theme.soft), icon("down", theme.soft))
        self.menu_button.setIcon(icon("more", theme.soft))
        self.notice.set_icon(icon("warning", theme.red_mark))
        self.library.set_icons(icon("sort", theme.soft))
        for part in (self.library, self.side, self.clip_editor, self.seek_bar, self.concordance):
            part.set_theme(theme)

    def show_playing(self, playing: bool) -> None:
        """Show what the play button does next."""
        from player.icons import icon

        name = self.tr("Pause") if playing else self.tr("Play")
        self.transport.set_play_icon(icon("pause" if playing else "play", self._theme.on_accent), name)

    def show_muted(self, muted: bool) -> None:
        """Show whether the sound is heard."""
        from player.icons import icon

        name = "muted" if muted else "volume"
        self.actions_table["mute"].setIcon(icon(name, self._theme.soft, self._theme.softest))

    # Panels

    def want_library(self, wanted: bool, *, asked: bool = False) -> None:
        """Show the library where there is room for it, `asked` even where there is none, or not at all."""
        self._library_wanted = wanted
        self._asked_for = "library" if asked and wanted else ""
        self._fold()

    def want_side(self, wanted: bool, *, asked: bool = False) -> None:
        """Show results and clips likewise, or fold them away."""
        self._side_wanted = wanted
        self._asked_for = "side" if asked and wanted else ""
        self._fold()

    def _fold(self) -> None:
        if not self.furnished:
            return
        width = self.width()
        self.brand.setVisible(width >= _ROOM_FOR_SIDE)
        side = self._side_wanted and (width >= _ROOM_FOR_SIDE or self._asked_for == "side")
        library = self._library_wanted and width >= (_ROOM_FOR_LIBRARY if side else _ROOM_FOR_SIDE)
        if self._asked_for == "library" and not library:
            side, library = False, True
        self.side.setVisible(side)
        self.library.setVisible(library)
        self.panels_changed.emit(library, side)
        central = self.centralWidget()
        layout = central.layout() if central else None
        if layout:
            layout.activate()  # Now, so that what is scrolled next is scrolled on the lines as they will be.

    def focus_page(self) -> None:
        """Give the keyboard to the words, or to the way in where there are none."""
        page = self.middle.currentWidget()
        if page:
            (self.view if page is self.columns else page).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold panels that would squeeze the words."""
        super().resizeEvent(event)
        self._fold()

    # Places of the window

    def pack_geometry(self) -> str:
        """Where the window is and how large, for the settings."""
        return bytes(self.saveGeometry().data()).hex()

    def unpack_geometry(self, packed: str) -> None:
        """Stand where `pack_geometry` said."""
        try:
            self.restoreGeometry(QByteArray(bytes.fromhex(packed)))
        except ValueError:
            return

    # Dropping and closing

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.paths_dropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell those who must keep something."""
        self.closing.emit()
        super().closeEvent(event)
