import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import quick

from index.links import Moment, find_moment, link_to

ANY = st.text(max_size=60).filter(lambda text: text.split())
MS = st.integers(0, 10**9)


@quick
@given(ANY, ANY, ANY, MS, MS)
def test_a_link_leads_back_to_its_moment(title: str, show: str, file: str, start_ms: int, length_ms: int) -> None:
    link = link_to(title, show, file, start_ms, start_ms + length_ms + 1)
    assert link.isascii()
    assert not set(link) & set(" <>\"'()[]\\\n")
    found = find_moment(f"See {link}, and then")
    assert found == find_moment(link)
    assert found is not None
    assert (found.start_ms, found.end_ms) == (start_ms, start_ms + length_ms + 1)
    assert found.is_of(title, show, file)


@pytest.mark.parametrize(
    ("pasted", "start_ms", "end_ms"),
    [
        ("#t=12.5,20", 12_500, 20_000),
        ("t=12", 12_000, None),
        ("#t=,5", 0, 5_000),
        ("#t=npt:1:02,1:03:04.25", 62_000, 3_784_250),
        ("0:12–0:20", 12_000, 20_000),
        (" 0:12 - 0:20 ", 12_000, 20_000),
        ("[1:00:12 to 1:00:20]", 3_612_000, 3_620_000),
        ("00:01:02.500 --> 00:01:05,250", 62_500, 65_250),
    ],
)
def test_bare_times_are_a_moment_of_what_is_open(pasted: str, start_ms: int, end_ms: int | None) -> None:
    assert find_moment(pasted) == Moment("", start_ms, end_ms)


@pytest.mark.parametrize(
    "typed",
    [
        "", "hello", "12:30", "10-20", "the 12–20 of them", "t=", "#t=,", "#t=9,3", "https://example.org/a#b",
        "earmark",        "earmark: a word", "earmark:episode?title=x", "— nobody said that", "t=99999999999,5", "https://[#t=1",
        "said at 0:12–0:20 or so",
    ],
)  # fmt: skip
def test_what_is_typed_to_be_found_is_no_moment(typed: str) -> None:
    assert find_moment(typed) is None


def test_the_address_of_a_file_names_it() -> None:
    moment = find_moment("https://example.org/shows/the%20tide.mp3?x=1#t=10,20")
    assert moment == Moment("the tide.mp3", 10_000, 20_000, file="the tide.mp3")
    assert moment.is_of("whatever", "", "The Tide.mp3")
    assert not moment.is_of("whatever", "", "other.mp3")


def test_a_quote_in_plain_text_is_known_by_its_last_line() -> None:
    moment = find_moment("“It took\n\nyears”\n— Mara, The harbour, that moved, Salt Lines, 23:21–23:40\n")
    assert moment is not None
    assert (moment.start_ms, moment.end_ms) == (1_401_000, 1_420_000)
    assert moment.is_of("The harbour, that moved", "Salt Lines")
    assert not moment.is_of("Counting birds")


def test_the_show_tells_two_of_one_title_apart() -> None:
    moment = find_moment(link_to("One", "Salt Lines", "", 0, 5))
    assert moment is not None
    assert moment.is_of("one", "salt  lines")
    assert moment.is_of("One")
    assert not moment.is_of("One", "Field Notes")


@quick
@given(st.text(max_size=400))
def test_nothing_that_is_pasted_breaks_it(pasted: str) -> None:
    find_moment(pasted)
    find_moment("earmark:" + pasted)
    find_moment("a://" + pasted + "#t=1")


@pytest.mark.parametrize("piece", ["earmark:", "a:b", "#t=1,", "0:1", "— ", "[", "&t=1"])
def test_a_page_of_signs_stays_cheap(piece: str) -> None:
    find_moment(piece * 100_000)
