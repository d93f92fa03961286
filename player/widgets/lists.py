"""Lists whose rows are drawn: results and clips."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from index.plaintext import shown
from player.models.kept_rows import ClipRow
from player.models.rows import VALUE, Index
from player.models.values import HitRow
from player.theme import Theme, font
from player.widgets.snippet import draw_snippet

_PAD = 16


class RowList(QListView):
    """A calm list: Enter chooses a row and a click picks it, Delete asks to remove it, F2 edits its title."""

    chosen = Signal(object)  # The row's value, by Enter,
    picked = Signal(object)  # or by a click.
    removed = Signal(object)
    menu_requested = Signal(object, QPoint)  # The row's value, and where on the screen a menu for it may stand.
    up_requested = Signal()  # Up in the first row.
    left = Signal()  # Esc.

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(lambda index: self.picked.emit(index.data(VALUE)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, remove, or leave upwards."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.chosen.emit(index.data(VALUE))
        elif event.key() == Qt.Key.Key_Delete and index.isValid():
            self.removed.emit(index.data(VALUE))
        elif event.key() == Qt.Key.Key_Up and index.row() <= self._first():
            self.up_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row that was pressed, with the keyboard of the current one."""
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        if index.isValid():
            point = self.visualRect(index).center() if keyboard else event.pos()
            self.menu_requested.emit(index.data(VALUE), self.viewport().mapToGlobal(point))

    def event(self, event: QEvent) -> bool:
        """Leave Up, Down, Enter, Esc, Delete and F2 to the list and every other key to the window."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        return super().event(event)

    def enter(self) -> None:
        """Take the focus, on the first row that is no heading if none was current."""
        model = self.model()
        if model is not None and model.rowCount():
            if not self.currentIndex().isValid():
                self.setCurrentIndex(model.index(self._first(), 0))
            self.setFocus()

    def _first(self) -> int:
        """The first row that is no heading."""
        model = self.model()
        rows = range(model.rowCount())
        return next((row for row in rows if model.index(row, 0).flags() & Qt.ItemFlag.ItemIsSelectable), 0)


class RowDelegate(QStyledItemDelegate):
    """What all kinds of rows have in common: a ground that shows pointer, choice and focus."""

    height = 64

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows of one kind are all of one height."""
        return QSize(120, self.height)

    def ground(self, painter: QPainter, option: QStyleOptionViewItem, *, lifted: bool = False) -> QRectF:
        """Paint the row's ground; gives the box inside its margins."""
        state, box = _state(option), QRectF(row_rect(option))
        card = box.adjusted(8, 2, -8, -2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if lifted:
            painter.setBrush(self.theme.color("card"))
            painter.drawRoundedRect(card, 8, 8)
        elif state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            painter.setBrush(self.theme.color("hover"))
            painter.drawRoundedRect(card, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self.theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        return box.adjusted(_PAD + 2, 10, -_PAD - 2, -8)

    def line(self, painter: QPainter, box: QRectF, text: str, color: str, which: QFont) -> None:
        """Paint one line of text, cut with an ellipsis where it does not go in."""
        self._text(painter, box, text, self.theme.color(color), which)

    def facts(self, painter: QPainter, box: QRectF, first: str, rest: str) -> None:
        """Paint a soft line of facts; where there is little room the first, a name, is cut and the rest is whole."""
        which = font("small", tabular=True)
        rest = f" · {rest}" if first and rest else rest
        metrics = QFontMetricsF(which)
        room = box.width() - metrics.horizontalAdvance(shown(rest))
        head = metrics.elidedText(shown(first), Qt.TextElideMode.ElideRight, max(0.0, room))
        self.line(painter, box, head + rest, "soft", which)

    def name(self, painter: QPainter, box: QRectF, name: str, speaker: int, which: QFont) -> None:
        """Paint a speaker's name in the speaker's colour."""
        self._text(painter, box, name, self.theme.speaker(speaker), which)

    def _text(self, painter: QPainter, box: QRectF, text: str, color: QColor, which: QFont) -> None:
        painter.setFont(which)
        painter.setPen(color)
        metrics = QFontMetricsF(which)
        fitting = metrics.elidedText(shown(text), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), fitting)


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    return option.state


def row_rect(option: QStyleOptionViewItem) -> QRect:
    """The rectangle of the row being painted."""
    return option.rect


class HitDelegate(RowDelegate):
    """A result: who, when, and the words around the match, the match marked."""

    height = 84

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row: HitRow = index.data(VALUE)
        painter.save()
        box = self.ground(painter, option)
        time_font = font("small", tabular=True)
        time = row.time()
        width = QFontMetricsF(time_font).horizontalAdvance(time)
        self.line(painter, QRectF(box.right() - width, box.top(), width + 1, 16), time, "soft", time_font)
        name_box = QRectF(box.left(), box.top(), box.width() - width - 12, 16)
        name_font = font("small", weight=QFont.Weight.DemiBold)
        self.name(painter, name_box, row.snippet.speaker, row.snippet.speaker_number, name_font)
        draw_snippet(painter, self.theme, box.adjusted(0, 20, 0, 0), row.snippet)
        painter.restore()


class TitleDelegate(RowDelegate):
    """Rows with a title on top, which can be edited where it stands."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The title is edited where it stands."""
        editor.setGeometry(row_rect(option).adjusted(8, 2, -8, -24))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A plain line to type a title into."""
        editor = QLineEdit(parent)
        editor.setMaxLength(300)
        return editor


class ClipDelegate(TitleDelegate):
    """A clip: its title, its times, what was remarked."""

    height = 58

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row: ClipRow = index.data(VALUE)
        painter.save()
        box = self.ground(painter, option)
        self.line(painter, box, row.title, "ink", font("body", weight=QFont.Weight.Medium))
        self.line(painter, box.adjusted(0, 20, 0, 0), row.about(), "soft", font("small", tabular=True))
        painter.restore()
