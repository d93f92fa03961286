from hypothesis import given
from hypothesis import strategies as st

from index.chapters import Chapter, RawChapter, read_json, read_vtt, tidy_chapters, write_json, write_vtt

VTT = """WEBVTT
Kind: chapters

1
00:00:00.000 --> 00:02:10.500
Salt &amp; sand

NOTE one inside the other

00:02:10.500 --> 01:00:00.000
<i>The long way</i> home

00:02:10.500 --> 00:05:00.000
Its beginning
"""


def test_webvtt_of_the_kind_chapters() -> None:
    raw = read_vtt(VTT)
    assert raw[:2] == [RawChapter(0, 130_500, "Salt & sand"), RawChapter(130_500, 3_600_000, "The long way home")]
    assert tidy_chapters(raw, 1_200_000) == (
        Chapter(0, 130_500, "Salt & sand"),
        Chapter(130_500, 1_200_000, "The long way home"),
    )


def test_titles_are_one_line_that_turns_nothing_around() -> None:
    raw = [RawChapter(0, None, "A\u202egnp.exe\nand\x00 more\ud800"), RawChapter(9, None, "x" * 9999)]
    first, second = tidy_chapters(raw, 100)
    assert first == Chapter(0, 9, "Agnp.exe and more\ufffd")
    assert len(second.title) == 300


titles = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
chapters = st.lists(st.tuples(st.integers(1, 10**6), titles), max_size=8).map(
    lambda steps: tidy_chapters(
        (RawChapter(sum(ms for ms, _ in steps[:n]), None, title) for n, (_, title) in enumerate(steps)), 10**8
    )
)


@given(chapters)
def test_what_is_written_is_read_back(written: tuple[Chapter, ...]) -> None:
    assert tidy_chapters(read_json(write_json(written)), 10**8) == written
    assert tidy_chapters(read_vtt(write_vtt(written)), 10**8) == written


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for read in (read_json, read_vtt):
        tidy_chapters(read(text), 1000)
