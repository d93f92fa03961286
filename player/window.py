"""The main window: where everything stands, and its menus. It knows no rules."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QProgressBar,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

import resources
from player.actions import TABLE, Actions
from player.icons import icon
from player.theme import Theme
from player.widgets.find_field import FindField
from player.widgets.floating import BackToNow, Notice, SelectionBar
from player.widgets.follow import Follow
from player.widgets.panels import LibraryPanel, SidePanel
from player.widgets.seek_bar import SeekBar
from player.widgets.transcript_view import TranscriptView
from player.widgets.transport import ReturnPresses, Transport
from player.widgets.welcome import Welcome

_ROOM_FOR_LIBRARY, _ROOM_FOR_SIDE = 1060, 760  # Narrower windows fold the panels away.


class Window(QMainWindow):
    """Library left, words in the middle, results and clips right, timeline and transport below."""

    paths_dropped = Signal(list)
    closing = Signal()

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self.actions_table = actions
        self.setWindowTitle("Earmark")
        self.setWindowIcon(QIcon(str(resources.path("icons", "app.svg"))))
        self.setMinimumSize(560, 420)
        self.resize(1280, 800)
        self.setAcceptDrops(True)
        self._theme = theme
        self._library_wanted, self._side_wanted = True, False
        self.find_field = FindField()
        self.view = TranscriptView(theme)
        self.follow = Follow(self.view)
        self.welcome = Welcome([actions["open"], actions["open_demo"]])
        self.library = LibraryPanel(theme)
        self.side = SidePanel(theme, [actions["export"], actions["hear_selection"]])
        self.seek_bar = SeekBar(theme)
        self.transport = Transport({name: actions[name] for name in _TRANSPORT})
        self.loading = QProgressBar()
        self.loading.setRange(0, 0)
        self.loading.setTextVisible(False)
        self.loading.setAccessibleName(self.tr("Opening"))
        self.loading.hide()
        self.middle = QStackedWidget()
        self.middle.addWidget(self.welcome)
        self.middle.addWidget(self.view)
        self._lay_out(actions)
        floor = self.view.viewport()
        self.selection_bar = SelectionBar(
            floor, [actions[name] for name in ("keep_clip", "copy_quote", "hear_selection", "export")]
        )
        self.back_to_now = BackToNow(floor)
        self.back_to_now.setToolTip(actions["back_to_now"].toolTip())
        self.notice = Notice(self.middle)
        self.addActions(actions.all())
        for action in actions.all():
            action.setParent(self)
        self.set_theme(theme)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for name in ("copy", "copy_quote", "keep_clip", "hear_selection", "export", "mark_in", "mark_out"):
            self.view.addAction(actions[name])
        QWidget.setTabOrder(self.find_field, self.view)
        self.welcome.setFocus()
        QWidget.setTabOrder(self.view, self.seek_bar)

    # Layout

    def _lay_out(self, actions: Actions) -> None:
        brand = QLabel("Earmark")
        brand.setObjectName("brand")
        brand.setFixedWidth(120)
        self.menu_button = QToolButton()
        self.menu_button.setToolTip(self.tr("Menu (F10)"))
        self.menu_button.setAccessibleName(self.tr("Menu"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setIconSize(QSize(20, 20))
        self.menu_button.setShortcut("F10")
        self._make_menus(actions)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        presses = ReturnPresses(self)
        for name in ("open", "export", "side_panel"):
            button = QToolButton()
            button.setDefaultAction(actions[name])
            panel = name == "side_panel"
            style = Qt.ToolButtonStyle.ToolButtonIconOnly if panel else Qt.ToolButtonStyle.ToolButtonTextOnly
            button.setToolButtonStyle(style)
            button.setIconSize(QSize(20, 20))
            button.installEventFilter(presses)
            buttons.addWidget(button)
        self.menu_button.installEventFilter(presses)
        buttons.addWidget(self.menu_button)
        top = QWidget()
        top.setObjectName("topBar")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        top.setFixedHeight(44)
        row = QHBoxLayout(top)
        row.setContentsMargins(14, 0, 8, 0)
        row.addWidget(brand)
        row.addStretch(1)
        self.find_field.setMinimumWidth(200)
        self.find_field.setMaximumWidth(560)
        self.find_field.setFixedHeight(30)
        row.addWidget(self.find_field, 20)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        row.addWidget(holder)
        bottom = QWidget()
        bottom.setObjectName("bottomBar")
        bottom.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        below = QVBoxLayout(bottom)
        below.setContentsMargins(0, 4, 0, 0)
        below.setSpacing(2)
        below.addWidget(self.seek_bar)
        below.addWidget(self.transport)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.library)
        across.addWidget(self.middle, 1)
        across.addWidget(self.side)
        whole = QWidget()
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(top)
        down.addWidget(self.loading)
        down.addLayout(across, 1)
        down.addWidget(bottom)
        self.setCentralWidget(whole)

    def _make_menus(self, actions: Actions) -> None:
        menu = QMenu(self)
        for title, rows in TABLE:
            part = QMenu(self.tr(title), self)
            for entry in rows:
                if entry is None:
                    part.addSeparator()
                else:
                    part.addAction(actions[entry.name])
            menu.addMenu(part)
            if self.menuBar().isNativeMenuBar():
                self.menuBar().addMenu(part)
        self.menu_button.setMenu(menu)
        if not self.menuBar().isNativeMenuBar():
            self.menuBar().hide()

    # Dress

    def set_theme(self, theme: Theme) -> None:
        """Change the colours of everything."""
        self._theme = theme
        for _, rows in TABLE:
            for entry in rows:
                if entry and entry.icon:
                    self.actions_table[entry.name].setIcon(icon(entry.icon, theme.soft, theme.softest))
        self.find_field.set_icons(icon("search", theme.soft), icon("up", theme.soft), icon("down", theme.soft))
        self.menu_button.setIcon(icon("more", theme.soft))
        for part in (self.library, self.side, self.seek_bar):
            part.set_theme(theme)

    def show_playing(self, playing: bool) -> None:
        """Show what the play button does next."""
        name = self.tr("Pause") if playing else self.tr("Play")
        self.transport.set_play_icon(icon("pause" if playing else "play", self._theme.on_accent), name)

    def show_muted(self, muted: bool) -> None:
        """Show whether the sound is heard."""
        name = "muted" if muted else "volume"
        self.actions_table["mute"].setIcon(icon(name, self._theme.soft, self._theme.softest))

    # Panels

    def want_library(self, wanted: bool) -> None:
        """Show the library where there is room for it, or not at all."""
        self._library_wanted = wanted
        self._fold()

    def want_side(self, wanted: bool) -> None:
        """Show results and clips, or fold them away."""
        self._side_wanted = wanted
        self._fold()

    @property
    def side_wanted(self) -> bool:
        """Whether the right panel is asked for."""
        return self._side_wanted

    def _fold(self) -> None:
        width = self.width()
        self.side.setVisible(self._side_wanted and width >= _ROOM_FOR_SIDE)
        room = _ROOM_FOR_LIBRARY if self.side.isVisibleTo(self) else _ROOM_FOR_SIDE
        self.library.setVisible(self._library_wanted and width >= room)

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


_TRANSPORT = ("back", "previous_cue", "play", "next_cue", "forward", "follow", "mute")
