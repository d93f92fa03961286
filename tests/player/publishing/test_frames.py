from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QImage
from talk import transcript_of

import resources
from index.clip import clip_of
from index.quoting import Origin
from index.transcript import WordRange
from player.publishing.choices import SHAPES, FilmStyle
from player.publishing.frames import Frames, ready_to_draw, theme_of
from player.publishing.lettering import Lettering
from player.publishing.piece import part_of, piece_of
from player.theme import DARK, LIGHT

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
SAID = {
    "plain": ("Mara", "It took sixty years, a slow tide of sand, a hand’s width each winter."),
    "long": ("Professor " * 30, f"{LONG} exists and {LONG * 3} too"),
    "japanese": ("張三", "今日はいい天気ですね。東京タワーへ行きましょう。"),
    "arabic": ("أحمد", "هذا اختبار للكتابة من اليمين إلى اليسار مع word واحدة"),
    "markup": ("<b>Eve</b>", "<img src='file:///etc/passwd'> <b>bold</b> &amp; %s {0} \u202eevil"),
    "emoji": (None, "🎧👩‍👩‍👧 e\u0301 🇪🇺"),
}


SQUARE = FilmStyle()


@pytest.fixture(autouse=True)
def _qt(qapp: object) -> None:
    ready_to_draw()


def _frames(kind: str = "plain", style: FilmStyle = SQUARE, title: str = "Tide", cover: bytes | None = None) -> Frames:
    talk = transcript_of(SAID[kind])
    part = part_of(talk, clip_of(talk, talk.all_words, pad_ms=400), Origin("The harbour", "Salt Lines"))
    return Frames(piece_of(title, [part], cover=cover), [0.2, 0.9, 0.4, 0.7], style)


def _count(image: QImage, color: str, tolerance: int = 3) -> int:
    """How many of the pixels, one in nine, have a colour."""
    wanted = QColor(color)
    found = 0
    for x in range(0, image.width(), 3):
        for y in range(0, image.height(), 3):
            seen = image.pixelColor(x, y)
            found += (
                abs(seen.red() - wanted.red()) <= tolerance
                and abs(seen.green() - wanted.green()) <= tolerance
                and abs(seen.blue() - wanted.blue()) <= tolerance
            )
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_the_picture_has_its_shape_and_marks_the_word(shape: str) -> None:
    frames = _frames(style=FilmStyle(shape))
    image = frames.draw(900)
    assert (image.width(), image.height()) == SHAPES[shape]
    assert _count(image, LIGHT.word_now) > 200
    assert _count(image, LIGHT.page) > image.width() * image.height() / 9 * 0.6


def test_the_picture_changes_with_the_word_and_the_playhead_alone() -> None:
    frames = _frames()
    assert len({frames.state(ms)[2] for ms in range(0, 3000, 10)}) > 4
    same = next(ms for ms in range(3000) if frames.state(ms) == frames.state(ms + 2))
    assert frames.draw(same) == frames.draw(same + 2)
    other = next(ms for ms in range(3000) if frames.state(ms)[2] != frames.state(ms + 1)[2])
    assert frames.draw(other) != frames.draw(other + 1)


def test_what_was_played_is_coloured() -> None:
    frames = _frames()
    end_ms = 1000 * 14 // 2
    amounts = [_count(frames.draw(ms), LIGHT.accent) for ms in (0, end_ms // 2, end_ms)]
    assert amounts[0] < amounts[1] < amounts[2]


@pytest.mark.parametrize("kind", SAID)
def test_any_words_are_drawn_inside_the_picture(kind: str) -> None:
    frames = _frames(kind, title=SAID[kind][1] * 3)
    for ms in (0, 500, 1500, 2500):
        image = frames.draw(ms)
        for x in (0, 20, 1060, 1079):
            assert all(image.pixelColor(x, y).name() == LIGHT.page for y in range(0, 1080, 7)), (kind, ms, x)


@pytest.mark.parametrize("kind", ["plain", "japanese", "arabic"])
def test_each_word_is_marked_in_its_place(kind: str) -> None:
    talk = transcript_of(SAID[kind])
    lettering = Lettering(talk, talk.all_words, 900, 700, 60)
    boxes = [next(iter(lettering._boxes(*place))) for place in lettering._places]
    assert lettering.is_rtl == (kind == "arabic")
    for before, after in pairwise(boxes):
        if abs(before.y() - after.y()) < 1 and kind != "arabic":
            assert before.right() <= after.left() + 1
    assert boxes[0].right() > 850 if kind == "arabic" else boxes[0].left() < 10
    assert lettering.height <= 700


def test_words_to_come_are_fainter() -> None:
    frames = _frames()
    assert _count(frames.draw(0), LIGHT.ink) < _count(frames.draw(4500), LIGHT.ink)


def test_a_cover_is_shown_and_what_is_no_picture_is_not() -> None:
    png = resources.path("demo", "cover.png").read_bytes()
    assert _count(_frames(cover=png).draw(0), LIGHT.page) < _count(_frames().draw(0), LIGHT.page)
    assert _frames(cover=b"<svg/>").draw(0) == _frames().draw(0)


def test_letters_fit_any_background() -> None:
    assert theme_of(FilmStyle()) == LIGHT
    assert theme_of(FilmStyle(dark=True)) == DARK
    for background, ink in (
        ("#ffd34d", "#000000"),
        ("#0a6a66", "#ffffff"),
        ("#000000", "#ffffff"),
        ("#fff", "#000000"),
    ):
        theme = theme_of(FilmStyle(background=background))
        assert (theme.ink, theme.page) == (ink, QColor(background).name())
        assert theme.on_word_now == theme.page


def test_one_part_of_a_reel_comes_in_over_the_one_before() -> None:
    talk = transcript_of(SAID["plain"])
    parts = [
        part_of(talk, clip_of(talk, WordRange(first, first + 3)), Origin(name))
        for first, name in ((0, "Abc"), (6, "Wwwwwwww"))
    ]
    frames = Frames(piece_of("Tide", parts, crossfade_ms=600), [0.5], SQUARE)
    before, half, after = (_about(frames.draw(ms)) for ms in (850, 1200, 1550))
    assert frames.state(1200)[-1] == 0.5
    assert frames.state(1000) != frames.state(1001), "while one comes in every picture is another"
    assert before != half != after
    assert min(_in_full(before), _in_full(after)) > 3 * _in_full(half), "neither line is there in full"


def _about(image: QImage) -> QImage:
    return image.copy(84, 150, 900, 60)


def _in_full(image: QImage) -> int:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(pixel.lightness() < 115 for pixel in pixels)
