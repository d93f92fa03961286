"""What to write of clips or an episode, and as what, with a look at it before it is written."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QImage, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from index.plaintext import shown
from player.models.export_values import KINDS, CopyFacts, ExportLook, ExportOrder, ExportScope
from player.models.values import ExportFormat
from player.theme import Theme
from player.widgets.export_captions import CaptionsPage
from player.widgets.export_card import ExportCardView
from player.widgets.export_media import MediaPage
from player.widgets.forms import AlignedForm, milliseconds_box

_LOOK_AFTER_MS = 60
_PICTURE = QSize(330, 400)
_NAMES = {"captions": "Captions", "sound": "Sound", "page": "Page", "film": "Film"}


class ExportDialog(QDialog):
    """Asks; `order` is the answer. What is to be seen comes from whoever opened it, so that it is what is written."""

    def __init__(
        self,
        scopes: Sequence[ExportScope],
        scope: str,
        look: Callable[[ExportOrder], ExportLook | None],
        formats: Sequence[ExportFormat],
        *,
        pad_ms: int,
        keep_times: bool,
        fade_ms: int,
        between: tuple[int, bool],
        captions_beside: bool,
        pattern: str,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        """`scope` is the key of the one to begin with; `look` gives what is to be seen, None while it is drawn.

        `between` is how long the silence (or, if True, the crossfade) between the clips of a reel is.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumSize(820, 520)
        self.resize(900, 560)
        self._scopes, self._look = scopes, look
        self.captions = CaptionsPage(formats, pad_ms=pad_ms, keep_times=keep_times)
        self.media = {
            kind: MediaPage(kind, fade_ms=fade_ms, dark=theme.dark, captions=captions_beside) for kind in KINDS[1:]
        }
        self.kinds = QListWidget()
        self.kinds.setProperty("tone", "kinds")
        self.kinds.setAccessibleName(self.tr("What kind of file"))
        self.kinds.addItems([self.tr(_NAMES[kind]) for kind in KINDS])
        self.kinds.setFixedWidth(116)
        self.scope = QComboBox()
        self.scope.addItems([each.text for each in scopes])
        self.scope.setAccessibleName(self.tr("What to export"))
        self._about = QLabel()
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setProperty("tone", "soft")
        self.title = QLineEdit()
        self.title.setMaxLength(300)
        self.together = QComboBox()
        self.together.addItems([self.tr("A file for each, in a folder"), self.tr("One after another, in one file")])
        self.pattern = QLineEdit(pattern)
        self.pattern.setMaxLength(200)
        self.pattern.setToolTip(self.tr("{show} {episode} {n} {title} {start} stand for what they say"))
        self.crossing = QComboBox()
        self.crossing.addItems([self.tr("Silence"), self.tr("Crossfade")])
        self.crossing.setCurrentIndex(int(between[1]))
        self.between = milliseconds_box(0, 10_000, 100, between[0])
        self.between.setAccessibleName(self.tr("How long"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.document().setDocumentMargin(10)
        self.text.setAccessibleName(self.tr("Preview"))
        self._amiss = QLabel()
        self._amiss.setTextFormat(Qt.TextFormat.PlainText)
        self._amiss.setProperty("tone", "soft")
        self._amiss.setWordWrap(True)
        self.card = ExportCardView(theme)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(self.tr("A picture of the film"))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save = self._buttons.addButton(self.tr("Save…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setDefault(True)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_LOOK_AFTER_MS)
        self._soon.timeout.connect(self._show_look)
        self._lay_out()
        self.kinds.setCurrentRow(0)
        self.scope.setCurrentIndex(next((at for at, each in enumerate(scopes) if each.key == scope), 0))
        self._connect()
        self._show_scope()

    def _lay_out(self) -> None:
        self._form = form = AlignedForm()
        form.add(self.tr("Of"), self.scope)
        form.add("", self._about)
        form.add(self.tr("Title"), self.title)
        form.add(self.tr("As"), self.together)
        form.add(self.tr("Names"), self.pattern)
        self._joint = QHBoxLayout()
        self._joint.setSpacing(8)
        self._joint.addWidget(self.crossing, 1)
        self._joint.addWidget(self.between, 1)
        form.add(self.tr("Between"), self._joint)
        self._pages = QStackedWidget()
        for page in (self.captions, *self.media.values()):
            self._pages.addWidget(page)
        middle = QVBoxLayout()
        middle.setSpacing(14)
        middle.addLayout(form)
        middle.addWidget(self._pages, 1)
        self._looks = QStackedWidget()
        written = QWidget()
        down = QVBoxLayout(written)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.text, 1)
        down.addWidget(self._amiss)
        for each in (written, self.card, self.picture):
            self._looks.addWidget(each)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addWidget(self.kinds)
        columns.addLayout(middle, 6)
        columns.addWidget(self._looks, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 18, 20, 16)
        layout.setSpacing(14)
        layout.addLayout(columns, 1)
        layout.addWidget(self._buttons)

    def _connect(self) -> None:
        self.kinds.currentRowChanged.connect(lambda _: self._show_kind())
        self.scope.currentIndexChanged.connect(lambda _: self._show_scope())
        self.together.currentIndexChanged.connect(lambda _: self._show_kind())
        self.captions.changed.connect(self._show)
        for page in self.media.values():
            page.changed.connect(self._show)
        for line in (self.title, self.pattern):
            line.textChanged.connect(lambda _: self._show())
        self.between.valueChanged.connect(lambda _: self._show())
        self.crossing.currentIndexChanged.connect(lambda _: self._show())

    # What was chosen

    def order(self) -> ExportOrder:
        """What was chosen."""
        kind, title = KINDS[max(0, self.kinds.currentRow())], self.title.text().strip()
        return ExportOrder(
            self._scopes[self.scope.currentIndex()],
            kind,
            title,
            self.captions.choice(title),
            self.media.get(kind, self.media["sound"]).choice(),
            bool(self.together.currentIndex()),
            self.between.value(),
            bool(self.crossing.currentIndex()),
            self.pattern.text().strip(),
        )

    # What is to be seen

    def _show_scope(self) -> None:
        scope = self._scopes[self.scope.currentIndex()]
        self._about.setText(shown(scope.about))
        self.title.setText(scope.title)
        self.title.setCursorPosition(0)
        self.captions.show_scope(scope)
        if scope.key == "hits":  # Every time they say it, one after another.
            self.together.setCurrentIndex(1)
        for row in range(1, len(KINDS)):
            item = self.kinds.item(row)
            can = scope.timed and scope.has_sound
            enabled = Qt.ItemFlag.ItemIsEnabled
            item.setFlags(item.flags() | enabled if can else item.flags() & ~enabled)
            item.setToolTip("" if can else self.tr("This needs a sound, and words with times."))
        if not (scope.timed and scope.has_sound):
            self.kinds.setCurrentRow(0)
        self._show_kind()

    def _show_kind(self) -> None:
        order = self.order()
        many = order.scope.is_many
        for row, seen in (
            (self.together, many),
            (self.pattern, many and not order.together),
            (self._joint, many and order.together),
            (self.title, not order.is_folder),
        ):
            self._form.setRowVisible(row, seen)
        self._pages.setCurrentIndex(KINDS.index(order.kind))
        self.save.setText(self.tr("Choose a folder…") if order.is_folder else self.tr("Save…"))
        self._show()

    def _show(self) -> None:
        order = self.order()
        self.save.setEnabled(bool(order.suffixes))
        self._soon.start() if order.kind == "film" else self._show_look()  # A picture takes a while.

    def _show_look(self) -> None:
        order = self.order()
        look = self._look(order) if order.suffixes else ExportLook()
        if look is None:
            self._looks.setCurrentWidget(self.picture)
        elif look.card:
            self.card.show_card(look.card)
            self._looks.setCurrentWidget(self.card)
        else:
            self.text.setPlainText(look.text)
            self._amiss.setText(look.amiss)
            self._amiss.setVisible(bool(look.amiss))
            self._looks.setCurrentIndex(0)

    def show_copying(self, facts: CopyFacts | None) -> None:
        """Tell whether the sound of what is chosen can be copied as it is; None while that is looked up."""
        self.media["sound"].show_copying(facts)

    def show_picture(self, image: QImage) -> None:
        """Show a picture of the film that would be written."""
        ratio = self.devicePixelRatioF()
        smooth = Qt.TransformationMode.SmoothTransformation
        scaled = image.scaled(_PICTURE * ratio, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        scaled.setDevicePixelRatio(ratio)
        self.picture.setPixmap(QPixmap.fromImage(scaled))
