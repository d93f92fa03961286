"""The sheet before anything is added: what each file is, what was mended, what is doubtful."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from index.plaintext import one_line, shown
from player.models.import_rows import ImportChoice, ImportRow
from player.models.rows import VALUE, Index, Rows
from player.theme import Theme, font
from player.widgets.as_text import as_text
from player.widgets.lists import RowDelegate, RowList

_ROW = 76
_REASONS, _FEW_REASONS = 40, 8  # So many sentences on what was passed over go into a tooltip, and on an empty sheet.
_TICK = 26


class ImportSheet(QDialog):
    """Lists what was found, all of it ticked but what is known or refused; Space or a click on the tick changes it."""

    cancelled = Signal()  # While files are still being looked at.

    def __init__(self, theme: Theme, parent: QWidget, *, folder: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add to the library"))
        self.setMinimumSize(720, 420)
        self.resize(860, 520)
        self._wanted: set[str] = set()
        self._repaired: set[str] = set()
        self._looking = True
        self._title, self._about = QLabel(self.tr("Looking at the files…")), QLabel()
        self._title.setProperty("tone", "title")
        self._about.setProperty("tone", "soft")
        self._about.setWordWrap(True)
        for label in (self._title, self._about):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.rows = Rows[ImportRow](ImportRow.line, self)
        self.list = _TickList(self.tr("Episodes to add"))
        self.list.setModel(self.rows)
        self.list.setItemDelegate(_ImportDelegate(theme, self._wanted, self.list))
        self.list.ticked.connect(self._tick)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_facts())
        self._facts = QVBoxLayout()
        self._repair = QCheckBox()
        self._repair.toggled.connect(self._choose_repair)
        self._watch = QCheckBox(self.tr("Keep watching this folder for new episodes"))
        self._watch.setVisible(folder)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("facts")
        inside.setLayout(self._facts)
        self._facts.setContentsMargins(16, 8, 8, 8)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFixedWidth(310)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right = QVBoxLayout()
        right.addWidget(area, 1)
        right.addWidget(self._repair)
        across = QHBoxLayout()
        across.addWidget(self.list, 1)
        across.addLayout(right)
        self._add = QPushButton(self.tr("Add"))
        self._add.setProperty("tone", "primary")
        self._add.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self._add, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._watch, 1)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(self._title)
        layout.addWidget(self._about)
        layout.addWidget(self._bar)
        layout.addLayout(across, 1)
        layout.addLayout(foot)
        self._repair.hide()
        self.list.hide()  # There is nothing in it yet.
        layout.addStretch(0)
        self._count()

    # What was found

    def show_progress(self, done: int, total: int) -> None:
        """Tell how many of the files were looked at."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def show_rows(self, rows: Sequence[ImportRow], skipped: Sequence[str]) -> None:
        """List what the files make, and how many were passed over, with the reason in the tooltip."""
        self._looking = False
        self._bar.hide()
        self.rows.set_values(rows)
        self._wanted.clear()
        self._wanted.update(row.key for row in rows if not row.refused and not row.known)
        self._repaired.clear()
        self._repaired.update(row.key for row in rows if row.damage)  # Offered: the box is in sight with each.
        self.list.setVisible(bool(rows))
        self._add.setVisible(bool(rows))
        self._tell_found(len(rows), [shown(one_line(reason, 200)) for reason in skipped[:_REASONS]], len(skipped))
        if rows:
            self.list.setCurrentIndex(self.rows.index(0, 0))
            self.list.setFocus()
        self._count()

    def _tell_found(self, count: int, reasons: Sequence[str], skipped: int) -> None:
        """Tell how many episodes there are; where there are none, why."""
        if not count:
            self._title.setText(self.tr("Nothing to add here"))
            nothing = self.tr("No recording, transcript or table of episodes was found.")
            self._about.setText("\n".join(reasons[:_FEW_REASONS]) or nothing)
            self._watch.hide()
            return
        self._title.setText(self.tr("Add to the library"))
        passed = self.tr("{} passed over").format(f"{skipped:,}") if skipped else ""
        found = self.tr("{} episodes found").format(f"{count:,}") if count != 1 else self.tr("1 episode found")
        self._about.setText(" · ".join(part for part in (found, passed) if part))
        self._about.setToolTip(as_text("\n".join(reasons)))

    def choice(self) -> ImportChoice:
        """What is to be added."""
        return ImportChoice(frozenset(self._wanted), frozenset(self._repaired & self._wanted), self._watch.isChecked())

    def _current(self) -> ImportRow | None:
        index = self.list.currentIndex()
        return self.rows.value(index) if index.isValid() else None

    def _tick(self, row: ImportRow) -> None:
        if not row.refused:
            self._wanted.symmetric_difference_update({row.key})
            self.list.viewport().update()
            self._count()

    def _choose_repair(self, on: bool) -> None:
        row = self._current()
        if row:
            (self._repaired.add if on else self._repaired.discard)(row.key)

    def _count(self) -> None:
        count = len(self._wanted)
        self._add.setEnabled(bool(count) and not self._looking)
        self._add.setText(self.tr("Add {} episodes").format(f"{count:,}") if count != 1 else self.tr("Add 1 episode"))

    def _show_facts(self) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        row = self._current()
        if row is None:
            return
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(14)
        for name, fact in row.facts():
            label, text = QLabel(name), QLabel(shown(fact))
            label.setProperty("tone", "soft")
            for each in (label, text):
                each.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            form.addRow(label, text)
        self._facts.addWidget(holder)
        self._facts.addStretch(1)
        self._repair.setVisible(bool(row.damage))
        self._repair.setText(self.tr("Repair damaged letters: {}").format(shown(one_line(row.damage, 40))))
        self._repair.setChecked(row.key in self._repaired)

    # Leaving

    def reject(self) -> None:
        """Add nothing; what is still being looked at is given up."""
        if self._looking:
            self.cancelled.emit()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the sheet adds nothing."""
        self.reject()


class _TickList(RowList):
    """Rows that are ticked with Space or a click on their left end."""

    ticked = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setMinimumWidth(380)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick where the tick stands; elsewhere choose the row."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < _TICK + 16:
            self.ticked.emit(index.data(VALUE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; Enter is the sheet's."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.ticked.emit(self.currentIndex().data(VALUE))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _ImportDelegate(RowDelegate):
    """A tick, the title, what the files are, and what is doubtful."""

    height = _ROW

    def __init__(self, theme: Theme, wanted: set[str], parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._wanted = wanted

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are all of one height."""
        return QSize(200, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row: ImportRow = index.data(VALUE)
        painter.save()
        box = self.ground(painter, option)
        self._draw_tick(painter, QRectF(box.left() - 4, box.top() + 1, 16, 16), row)
        text = box.adjusted(_TICK - 4, 0, 0, 0)
        ink = "softest" if row.refused else "ink"
        self.line(painter, text, row.title, ink, font("body", weight=QFont.Weight.Medium))
        self.line(painter, text.adjusted(0, 20, 0, 0), row.about(), "soft", font("small", tabular=True))
        self.line(painter, text.adjusted(0, 38, 0, 0), row.doubts(), "accent", font("small"))
        painter.restore()

    def _draw_tick(self, painter: QPainter, box: QRectF, row: ImportRow) -> None:
        on = row.key in self._wanted
        painter.setPen(self.theme.color("line" if row.refused else "accent" if on else "softest"))
        painter.setBrush(self.theme.color("accent") if on else self.theme.color("card"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if on:
            pen = painter.pen()
            pen.setColor(self.theme.color("on_accent"))
            pen.setWidthF(1.8)
            painter.setPen(pen)
            left, top = box.left(), box.top()
            painter.drawPolyline([QPointF(left + x, top + y) for x, y in ((4, 8.5), (7, 11.5), (12, 5))])
