"""What stands in the main window, and where."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

import resources
from player.actions import TABLE, Actions
from player.theme import Theme
from player.widgets.clip_editor import ClipEditor
from player.widgets.clips_panel import ClipsPanel
from player.widgets.concordance_view import ConcordanceView
from player.widgets.find_field import FindField
from player.widgets.floating import BackToNow, Notice, PlayingBar, SelectionBar
from player.widgets.follow import Follow
from player.widgets.library_panel import LibraryPanel
from player.widgets.notes_panel import NotesPanel
from player.widgets.offer_bar import OfferBar
from player.widgets.progress import ProgressBar
from player.widgets.seek_bar import SeekBar
from player.widgets.side_panel import SidePanel
from player.widgets.timing_legend import TimingLegend
from player.widgets.transcript_view import TranscriptView
from player.widgets.transport import ReturnPresses, Transport
from player.widgets.welcome import Welcome
from player.widgets.work_strip import WorkStrip
from player.window import Window

_TRANSPORT = (
    *("back", "previous_cue", "play", "next_cue", "forward", "follow", "mute"),
    *("slower", "faster", "rate_normal", "louder", "quieter"),
)
_ON_SELECTION = ("keep_clip", "copy_quote", "note", "hear_selection")
_ON_CLIPS = ("edit_clip", "hear_selection", "export")
_HEARING = ("hear_selection", "hear_start", "hear_end", "loop_selection")
_TRIMMING = ("snap", "look_farther", "look_closer", "look_whole", "undo", "redo", "export")
_ADDING = ("add_files", "add_folder")
_ON_EPISODES = ("details", "mark_heard", "point_to_sound", "remove_episode", "restore_episode")
_ON_A_HIT = ("keep_hit", "next_moment", "stop_moments")
_ON_THE_PAGE = (
    *("copy", "copy_quote", "note", "keep_clip", "hear_selection", "export", "mark_in", "mark_out"),
    *("fix_words", "name_speaker", "split_turn", "join_turns"),
)


def furnish(window: Window, theme: Theme, actions: Actions) -> None:
    """Make every widget of the window and put it in its place."""
    window.setWindowIcon(QIcon(str(resources.path("icons", "app.svg"))))
    window.actions_table = actions
    window.find_field = FindField()
    window.view = TranscriptView(theme)
    window.follow = Follow(window.view)
    window.welcome = Welcome([actions[name] for name in ("open", "add_folder", "open_demo")])
    window.library = LibraryPanel(theme, [actions[name] for name in _ADDING], [actions[name] for name in _ON_EPISODES])
    window.side = SidePanel(
        theme,
        ClipsPanel(theme, [actions[name] for name in _ON_CLIPS], [actions[name] for name in ("clip_up", "clip_down")]),
        NotesPanel(theme, [actions["remove_note"]]),
        [actions[name] for name in ("play_hits", "concordance", "save_search")],
    )
    window.clip_editor = ClipEditor(
        theme,
        [actions[name] for name in _HEARING],
        [actions[name] for name in _TRIMMING],
        actions["close_editor"],
    )
    window.seek_bar = SeekBar(theme)
    window.transport = Transport({name: actions[name] for name in _TRANSPORT})
    window.loading = QProgressBar()
    window.loading.setRange(0, 0)
    window.loading.setTextVisible(False)
    window.loading.setAccessibleName(window.tr("Opening"))
    window.loading.hide()
    window.middle = QStackedWidget()
    window.middle.setMinimumWidth(240)  # Panels are whole in a small window; the words take what is left.
    window.middle.addWidget(window.welcome)
    window.columns = QSplitter()
    window.columns.setChildrenCollapsible(False)
    window.columns.addWidget(window.view)
    window.concordance = ConcordanceView(theme, actions["save_lines"])
    window.offer_bar = OfferBar()
    window.work_strip = WorkStrip([actions["pause_aligning"], actions["stop_aligning"]])
    window.legend = TimingLegend(theme, actions["previous_doubt"], actions["next_doubt"])
    window.middle.addWidget(window.columns)
    window.middle.addWidget(window.concordance)
    _lay_out(window, actions)
    floor = window.view.viewport()
    window.selection_bar = SelectionBar(floor, [actions[name] for name in _ON_SELECTION])
    window.back_to_now = BackToNow(floor)
    to_now = actions["back_to_now"]
    window.back_to_now.setToolTip(to_now.toolTip())
    to_now.changed.connect(lambda: window.back_to_now.setToolTip(to_now.toolTip()))
    window.notice = Notice(window.middle)
    window.progress = ProgressBar(window.middle)
    window.playing_bar = PlayingBar(window.middle, [actions[name] for name in _ON_A_HIT])
    window.addActions(actions.all())
    for action in actions.all():
        action.setParent(window)
    window.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    window.view.addActions([actions[name] for name in _ON_THE_PAGE])
    QWidget.setTabOrder(window.find_field, window.view)
    QWidget.setTabOrder(window.view, window.seek_bar)
    presses = ReturnPresses(window)
    for pressed in window.findChildren(QAbstractButton):
        pressed.installEventFilter(presses)
    window.welcome.setFocus()
    window.move_in()


def _lay_out(window: Window, actions: Actions) -> None:
    window.brand = QLabel("Earmark")
    window.brand.setObjectName("brand")
    window.brand.setFixedWidth(120)
    window.menu_button = QToolButton()
    window.menu_button.setToolTip(window.tr("Menu (F10)"))
    window.menu_button.setAccessibleName(window.tr("Menu"))
    window.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    window.menu_button.setIconSize(QSize(20, 20))
    window.menu_button.setShortcut("F10")
    _make_menus(window, actions)
    buttons = QHBoxLayout()
    buttons.setSpacing(2)
    for name in ("open", "export", "side_panel"):
        button = QToolButton()
        button.setDefaultAction(actions[name])
        panel = name == "side_panel"
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if panel else Qt.ToolButtonStyle.ToolButtonTextOnly
        button.setToolButtonStyle(style)
        button.setIconSize(QSize(20, 20))
        buttons.addWidget(button)
    buttons.addWidget(window.menu_button)
    top = QWidget()
    top.setObjectName("topBar")
    top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    top.setFixedHeight(44)
    row = QHBoxLayout(top)
    row.setContentsMargins(14, 0, 8, 0)
    row.addWidget(window.brand)
    row.addStretch(1)
    window.find_field.setMinimumWidth(200)
    window.find_field.setMaximumWidth(560)
    window.find_field.setFixedHeight(30)
    row.addWidget(window.find_field, 20)
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
    below.addWidget(window.seek_bar)
    below.addWidget(window.transport)
    across = QHBoxLayout()
    across.setSpacing(0)
    across.addWidget(window.library)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(window.offer_bar)
    column.addWidget(window.middle, 1)
    column.addWidget(window.legend)
    column.addWidget(window.work_strip)
    across.addLayout(column, 1)
    across.addWidget(window.side)
    whole = QWidget()
    down = QVBoxLayout(whole)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(0)
    down.addWidget(top)
    down.addWidget(window.loading)
    down.addLayout(across, 1)
    down.addWidget(window.clip_editor)
    down.addWidget(bottom)
    window.setCentralWidget(whole)


def _make_menus(window: Window, actions: Actions) -> None:
    menu = QMenu(window)
    for title, rows in TABLE:
        part = QMenu(window.tr(title), window)
        for entry in rows:
            if entry is None:
                part.addSeparator()
            else:
                part.addAction(actions[entry.name])
        menu.addMenu(part)
        if window.menuBar().isNativeMenuBar():
            window.menuBar().addMenu(part)
    window.menu_button.setMenu(menu)
    if not window.menuBar().isNativeMenuBar():
        window.menuBar().hide()
