import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.timecode import MAX_MS, clock, fraction_ms, parse, stamp


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("1:23:45.678", 5_025_678),
        ("83:45", 5_025_000),
        ("95", 95_000),
        ("0.860", 860),
        ("1:02,5", 62_500),
        (" 00:00:90,740 ", 90_740),
        ("0:0:0", 0),
        ("00:00:01.0049", 1004),
        ("10000:00:00", MAX_MS),
    ],
)
def test_parse(text: str, ms: int) -> None:
    assert parse(text) == ms


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1:2:3:4",
        "-1",
        "1.",
        ".5",
        "1:",
        ":1",
        "1 2",
        "10001:00:00",
        "9" * 11,
        "9" * 100_000,
        "١:٠٠",
        "1:00\n1",
    ],
)
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a time|longer than any recording"):
        parse(text)


@pytest.mark.parametrize(("digits", "ms"), [(None, 0), ("5", 500), ("05", 50), ("0049", 4), ("999999", 999)])
def test_fractions(digits: str | None, ms: int) -> None:
    assert fraction_ms(digits) == ms


@pytest.mark.parametrize(
    ("ms", "like_ms", "text"),
    [
        (0, 0, "0:00"),
        (247_999, 0, "4:07"),
        (3_599_999, 0, "59:59"),
        (3_847_000, 0, "1:04:07"),
        (247_000, 3_600_000, "0:04:07"),
        (-5, 0, "0:00"),
        (360_000_000, 0, "100:00:00"),
    ],
)
def test_clock(ms: int, like_ms: int, text: str) -> None:
    assert clock(ms, like_ms=like_ms) == text


def test_stamp() -> None:
    assert stamp(3_847_120) == "01:04:07.120"
    assert stamp(1, point=",") == "00:00:00,001"
    assert stamp(-1) == "00:00:00.000"
    assert stamp(360_000_000) == "100:00:00.000"


@given(st.integers(0, MAX_MS))
def test_stamps_read_back(ms: int) -> None:
    assert parse(stamp(ms)) == ms
    assert parse(stamp(ms, point=",")) == ms
