"""The pictures of a film: title, the words as they are spoken, the waveform; drawn with Qt, without a window."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPainter,
    QPainterPath,
)

from index.captions import CaptionStyle, rebreak
from index.plaintext import one_line
from index.timecode import clock
from player.publishing.choices import FilmStyle
from player.publishing.lettering import Lettering, elided, font, layout_of
from player.publishing.piece import Piece
from player.theme import DARK, LIGHT, Theme, load_fonts

_K = TypeVar("_K")

_COVER, _TALL_COVER = 150.0, 360.0  # Pixels: the side of the cover beside the title, and above it.
_HOLD_MS = 1500  # So long a caption stays when nothing is said; then the place is empty.
_BAR, _STEP = 8, 14  # Pixels: how wide a bar of the waveform is, and how far the next one.


@cache  # Qt takes it ill when its application is made a second time.
def ready_to_draw() -> QGuiApplication:
    """Qt's application, made here if there is none, with the app's typeface."""
    application = QGuiApplication.instance()
    if not isinstance(application, QGuiApplication):
        if sys.platform.startswith("linux"):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        application = QGuiApplication([])
    load_fonts()
    return application


class Frames:
    """Draws the picture of any moment of a piece. Moments with the same `state` have the same picture."""

    def __init__(self, piece: Piece, levels: Sequence[float], style: FilmStyle) -> None:
        self._piece = piece
        self._theme = theme_of(style)
        self._width, self._height = style.size
        self._margin = round(0.078 * min(self._width, self._height)) + (60 if self._width > self._height else 0)
        reel = piece.reel()
        self._reel = reel
        wide = self._width > self._height
        lines = CaptionStyle(max_lines=2, max_chars=42) if wide else CaptionStyle(max_lines=4, max_chars=24)
        self._transcript = rebreak(reel.transcript, lines)
        self._backgrounds: dict[int, QImage] = {}
        self._stills: dict[tuple[int, int, int], QImage] = {}
        self._waves: dict[bool, QImage] = {}
        self._levels = levels
        self._letters = 84 if self._height > self._width else 68
        self._lettering: tuple[int, Lettering] | None = None

    # What there is to be seen

    def state(self, ms: int) -> tuple[int, int, int, int, int, float]:
        """What a moment's picture depends on: section, caption, word, playhead in pixels, second, how far it is in."""
        section = self._reel.section_at(ms)
        caption, word = self._spoken(ms)
        played = self._strip.width() * ms / max(1, self._reel.length_ms)
        return section, caption, word, round(played), ms // 1000, self._reel.share_at(ms)

    def _spoken(self, ms: int) -> tuple[int, int]:
        """The caption to be seen and the word being spoken; -1 for none."""
        transcript = self._transcript
        word = transcript.word_at(ms)
        if word is None:
            # The first words are there before they are said: nobody looks at an empty film.
            return (0, -1) if transcript.starts and transcript.starts[0] - ms <= _HOLD_MS else (-1, -1)
        caption = transcript.cue_of(word)
        words = transcript.cue(caption).words
        if word + 1 == words.end and ms >= transcript.ends[word]:
            following = word + 1 if word + 1 < len(transcript) else None
            if following is not None and transcript.starts[following] - ms <= 300:
                return caption + 1, -1
            if ms - transcript.ends[word] > _HOLD_MS:
                return -1, -1
        return caption, word

    # Drawing

    def draw(self, ms: int) -> QImage:
        """The picture of a moment, as RGB32."""
        canvas = self.canvas()
        self.paint(canvas, ms)
        return canvas

    def canvas(self) -> QImage:
        """Something to paint on, of the right size."""
        return QImage(self._width, self._height, QImage.Format.Format_RGB32)

    def paint(self, canvas: QImage, ms: int) -> None:
        """Paint the picture of a moment over whatever is there."""
        section, caption, word, played, _, share = self.state(ms)
        painter = _painter(canvas)
        if share < 1:
            painter.drawImage(0, 0, self._still(section - 1, caption, word))
            painter.setOpacity(share)
        painter.drawImage(0, 0, self._still(section, caption, word))
        painter.setOpacity(1)
        self._draw_progress(painter, played, ms)
        painter.end()

    def _still(self, section: int, caption: int, word: int) -> QImage:
        """The picture without what moves in each frame; the last ones are kept, and so are their backgrounds."""
        key = section, caption, word
        if key not in self._stills:
            if section not in self._backgrounds:
                _keep_two(self._backgrounds, section, self._draw_background(section))
            image = self._backgrounds[section].copy()
            painter = _painter(image)
            if caption >= 0:
                self._draw_caption(painter, caption, word)
            painter.end()
            _keep_two(self._stills, key, image)
        return self._stills[key]

    def _draw_background(self, section: int) -> QImage:
        image = self.canvas()
        image.fill(QColor(self._theme.page))
        painter = _painter(image)
        left, top = float(self._margin), float(self._margin)
        cover = QImage.fromData(self._piece.cover) if self._piece.cover else QImage()
        tall = self._height > self._width
        if not cover.isNull():
            side = _TALL_COVER if tall else _COVER
            _draw_rounded(painter, cover, QRectF(left, top, side, side))
            left, top = (left, top + side + 44) if tall else (left + side + 34, top)
        room = self._width - self._margin - left
        title = layout_of(one_line(self._piece.title, 300), font(44, QFont.Weight.DemiBold), room, lines=2)
        about = elided(self._reel.sections[section].source, font(26), room)
        height = title.boundingRect().height()
        if not cover.isNull() and not tall:
            top += max(0.0, (_COVER - height - 48) / 2)
        painter.setPen(QColor(self._theme.ink))
        title.draw(painter, QPointF(left, top))
        painter.setPen(QColor(self._theme.soft))
        painter.setFont(font(26))
        line = QRectF(left, top + height + 8, room, 40)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, about)
        painter.end()
        return image

    @property
    def _strip(self) -> QRectF:
        """Where the waveform lies."""
        height = 130.0 if self._width >= self._height else 190.0
        bottom = self._height - self._margin - 56
        return QRectF(self._margin, bottom - height, self._width - 2 * self._margin, height)

    def _draw_progress(self, painter: QPainter, played: int, ms: int) -> None:
        strip = self._strip
        for was_played, left, right in ((True, 0, played), (False, played, round(strip.width()))):
            if right > left:
                part = QRectF(left, 0, right - left, strip.height())
                painter.drawImage(QPointF(strip.left() + left, strip.top()), self._wave(was_played), part)
        painter.setFont(font(28, tabular=True))
        line = QRectF(strip.left(), strip.bottom() + 16, strip.width(), 40)
        length_ms = self._reel.length_ms
        painter.setPen(QColor(self._theme.ink))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, clock(min(ms, length_ms), like_ms=length_ms))
        painter.setPen(QColor(self._theme.soft))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, clock(length_ms))

    def _wave(self, played: bool) -> QImage:
        """The whole waveform, drawn once as it looks when it was played, and once as it does before."""
        if played not in self._waves:
            strip = self._strip
            image = QImage(round(strip.width()), round(strip.height()), QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
            painter = _painter(image)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent" if played else "softest", 1.0 if played else 0.45))
            count = (round(strip.width()) + _STEP - _BAR) // _STEP
            for bar in range(count):
                levels = self._levels[bar * len(self._levels) // count : (bar + 1) * len(self._levels) // count]
                height = max(_BAR, strip.height() * max(levels, default=0.0))
                painter.drawRoundedRect(
                    QRectF(bar * _STEP, (strip.height() - height) / 2, _BAR, height), _BAR / 2, _BAR / 2
                )
            painter.end()
            self._waves[played] = image
        return self._waves[played]

    def _caption_room(self) -> QRectF:
        """Where the words are."""
        tall = self._height > self._width
        top = self._margin + (_TALL_COVER + 230 if tall and self._piece.cover else 230)
        bottom = self._strip.top() - 50
        return QRectF(self._margin, top, self._width - 2 * self._margin, bottom - top)

    def _draw_caption(self, painter: QPainter, caption: int, word: int) -> None:
        room = self._caption_room()
        words = self._transcript.cue(caption).words
        if self._lettering is None or self._lettering[0] != caption:
            size = room.width(), room.height() - 60
            self._lettering = caption, Lettering(self._transcript, words, *size, self._letters)
        lettering = self._lettering[1]
        top = room.top() + max(0.0, (room.height() - 60 - lettering.height) / 2)
        speaker = self._transcript.speaker_of(words.first)
        if speaker:
            number = self._transcript.speakers.index(speaker)
            painter.setPen(self._theme.speaker(number))
            painter.setFont(font(32, QFont.Weight.DemiBold))
            align = Qt.AlignmentFlag.AlignRight if lettering.is_rtl else Qt.AlignmentFlag.AlignLeft
            name = elided(speaker, painter.font(), room.width())
            painter.drawText(QRectF(room.left(), top, room.width(), 48), align, name)
        lettering.draw(painter, QPointF(room.left(), top + 60), self._theme, word if word in words else words.first - 1)


def theme_of(style: FilmStyle) -> Theme:
    """The colours that a film has."""
    if not style.background:
        return DARK if style.dark else LIGHT
    behind = QColor(style.background)
    luminance = 0.2126 * behind.redF() ** 2.2 + 0.7152 * behind.greenF() ** 2.2 + 0.0722 * behind.blueF() ** 2.2
    base = LIGHT if luminance > 0.18 else DARK
    # The window's softer colours are made for its own page: here they are shades of the ink.
    ink = "#ffffff" if base.dark else "#000000"
    soft = _between(behind, QColor(ink), 0.8)
    return replace(
        base,
        page=behind.name(),
        on_word_now=behind.name(),
        word_now=ink,
        accent=ink,
        ink=ink,
        soft=soft,
        softest=soft,
        speakers=(ink,) * len(base.speakers),
    )


def _between(one: QColor, other: QColor, share: float) -> str:
    """The colour so far on the way from one to the other, as `#rrggbb`."""
    parts = zip((one.redF(), one.greenF(), one.blueF()), (other.redF(), other.greenF(), other.blueF()), strict=True)
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in parts)).name()


def _keep_two(pictures: dict[_K, QImage], key: _K, picture: QImage) -> None:
    """Keep it, and of the others the newest: where one section comes in over another, both are wanted."""
    while len(pictures) > 1:
        del pictures[next(iter(pictures))]
    pictures[key] = picture


def _painter(image: QImage) -> QPainter:
    painter = QPainter(image)
    hint = QPainter.RenderHint
    painter.setRenderHints(hint.Antialiasing | hint.TextAntialiasing | hint.SmoothPixmapTransform)
    return painter


def _draw_rounded(painter: QPainter, picture: QImage, box: QRectF) -> None:
    """Draw the middle square of a picture with round corners."""
    side = min(picture.width(), picture.height())
    middle = picture.copy((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
    path = QPainterPath()
    path.addRoundedRect(box, 20, 20)
    painter.save()
    painter.setClipPath(path)
    size = box.size().toSize()
    smooth = Qt.TransformationMode.SmoothTransformation
    painter.drawImage(box.topLeft(), middle.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
    painter.restore()
