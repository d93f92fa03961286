"""The cover of an episode: made small, square, and shown beside the heading."""

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from user import User

from player.widgets.cover import square_cover
from player.widgets.page_view import COVER


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    """A red picture file."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff0000"))
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(kept.data())


@pytest.mark.parametrize(("width", "height"), [(600, 600), (600, 200), (90, 400), (10, 10)])
@pytest.mark.parametrize("kind", ["PNG", "JPG"])
def test_a_cover_of_any_shape_is_made_square(width: int, height: int, kind: str) -> None:
    made = square_cover(picture(width, height, kind), 50)
    assert made is not None
    assert (made.width(), made.height()) == (50, 50)
    assert made.pixelColor(25, 25).red() > 200


@pytest.mark.parametrize("data", [b"", b"no picture", picture(20, 20)[:30]], ids=["empty", "text", "torn"])
def test_what_is_no_picture_is_no_cover(data: bytes) -> None:
    assert square_cover(data, 50) is None


def test_a_huge_picture_is_not_read() -> None:
    assert square_cover(picture(9000, 1), 50) is None


def test_the_cover_stands_beside_the_heading(user: User) -> None:
    user.session.open_demo()
    user.settle()
    view = user.view
    assert view._cover is not None
    assert view._cover.width() == COVER
    view.verticalScrollBar().setValue(0)
    middle = view.grab().toImage().pixelColor(view._left - 20 - COVER // 2, 20 + COVER // 2)
    assert middle != view._theme.color("page")


def test_the_next_episode_does_not_keep_it(user: User, talk_files: tuple[Path, Path]) -> None:
    user.session.open_demo()
    user.settle()
    user.open(*talk_files)
    assert user.view._cover is None
