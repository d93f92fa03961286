import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chapter_notes import read_notes


def found(text: str, duration_ms: int | None = None) -> list[tuple[int, str]]:
    return [(chapter.start_ms, chapter.title) for chapter in read_notes(text, duration_ms)]


@pytest.mark.parametrize(
    "line",
    [
        "00:12:34 The tide mill",
        "12:34 - The tide mill",
        "(12:34) The tide mill",
        "[00:12:34] – The tide mill",
        "* 12:34 | The tide mill",
        "3. 12:34: The tide mill",
        "• 12:34 – 20:00 The tide mill",
        "**12:34** The tide mill",
        "[12:34](https://example.org/talk?t=754) The tide mill",
        "  12:34\tThe tide mill  ",
    ],
)
def test_shapes_of_a_line(line: str) -> None:
    assert found(f"In this episode:\n\n{line}\n\n1:02:03 End") == [(754_000, "The tide mill"), (3_723_000, "End")]


def test_html_notes() -> None:
    text = "<p>Today:</p><ul><li>0:00 Salt &amp; sand</li><li><b>4:10</b> Mills<br>9:59 The end</li></ul>"
    assert found(text) == [(0, "Salt & sand"), (250_000, "Mills"), (599_000, "The end")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0:00 Only one line",
        "We met at 10:30 and\nleft at 11:45 again.",
        "10:30 Meeting\n11:45 Lunch\n14:00 Back to work",  # A programme.
        "9:12 am Doors\n10:03 am The mill",
        "2:41 Salt\n1:30 Sand\n0:10 Tide",  # Falling.
        "3:16 For God so loved the world\n3:17 For God sent not\n3:18 He that believeth",  # Verses.
        "0:01 So\n0:03 we walked\n0:05 out",  # Captions.
        "0:13\n4:10\n9:20",
        "0:00 " + "what was said " * 20 + "\n1:01 " + "and answered " * 20,
        "1:1 draw\n2:10 lost",
        "\n".join(f"0:{n % 60:02} line" for n in range(3000, 0, -7)),
    ],
)
def test_no_chapters(text: str) -> None:
    assert found(text) == []


def test_a_list_of_another_episode_is_none_of_this_one() -> None:
    text = "0:00 Salt\n10:21 Mills\n55:05 End"
    assert len(found(text, 3_306_000)) == 3
    assert found(text, 3_305_000) == []


def test_one_line_out_of_order_is_left_out() -> None:
    text = "0:00 a\n1:01 b\n2:02 c\n1:59 slip\n3:03 d\n4:04 e"
    assert [title for _, title in found(text)] == ["a", "b", "c", "d", "e"]


def test_chapters_may_begin_at_round_times_with_the_sound() -> None:
    assert len(found("0:00 Salt\n10:30 Mills\n20:15 End")) == 3


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    times = [start for start, _ in found(text)]
    assert times == sorted(set(times))


def test_long_lines_cost_nothing() -> None:
    for piece in ("0:00 ", "<p ", "1:", "* ", "(0:00) <br>", "&lt;"):
        found(piece * 200_000)
