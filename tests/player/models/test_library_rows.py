from dataclasses import replace

import pytest

from player.models.library_rows import EpisodeRow, SectionRow, by_show, day

ROW = EpisodeRow(1, "Tides", "Salt", 0, 60_000, False, date="2026-03-04")


def shown(rows):
    return [f"[{row.title}]" if isinstance(row, SectionRow) else row.title for row in rows]


def rows(*titles, **facts):
    return [replace(ROW, id=number, title=title, **facts) for number, title in enumerate(titles, 1)]


def test_what_was_begun_stands_on_top_and_is_not_listed_twice():
    a, b, c = rows("a", "b", "c")
    assert shown(by_show([replace(a, opened=1), replace(b, opened=2), c])) == ["[Continue]", "b", "a", "[Salt]", "c"]


def test_what_was_heard_is_not_continued():
    a, b = rows("a", "b")
    assert shown(by_show([replace(a, opened=1, heard=True), replace(b, opened=2)])) == [
        "[Continue]",
        "b",
        "[Salt]",
        "a",
    ]


def test_only_a_few_are_continued():
    assert shown(by_show([replace(row, opened=row.id) for row in rows(*"abcdef")])) == [
        *("[Continue]", "f", "e", "d", "c"),
        *("[Salt]", "a", "b"),
    ]


def test_shows_come_by_name_and_their_episodes_as_they_come():
    a, b, c = rows("a", "b", "c")
    listed = by_show([replace(a, show="zoo", date="2020-01-01"), replace(b, show="zoo", date="2021-01-01"), c])
    assert shown(listed) == ["[Salt]", "c", "[zoo]", "a", "b"]


def test_episodes_of_no_show_come_last():
    a, b = rows("a", "b")
    assert shown(by_show([replace(a, show=""), b])) == ["[Salt]", "b", "[Other episodes]", "a"]
    assert shown(by_show([replace(a, show="")])) == ["[Episodes]", "a"]


def test_the_line_under_the_title():
    assert ROW.about() == "Salt · 4 Mar 2026 · 1:00"
    assert replace(ROW, position_ms=30_000).about() == "Salt · 0:30 of 1:00"
    assert replace(ROW, under_show=True, heard=True, position_ms=30_000).about() == "4 Mar 2026 · 1:00"
    assert replace(ROW, has_sound=False, tags=("sea",)).about() == "Salt · 4 Mar 2026 · 1:00 · text only · #sea"
    assert replace(ROW, has_words=False, duration_ms=0).about() == "Salt · 4 Mar 2026 · sound only"


def test_how_much_was_heard():
    assert replace(ROW, position_ms=30_000).share_heard == 0.5
    assert replace(ROW, heard=True).share_heard == 1.0
    assert replace(ROW, position_ms=90_000).share_heard == 1.0
    assert replace(ROW, position_ms=5, duration_ms=0).share_heard == 0.0


@pytest.mark.parametrize(("iso", "shown"), [("2026-03-04", "4 Mar 2026"), ("2026", "2026"), ("", ""), ("soon", "soon")])
def test_dates_as_people_write_them(iso, shown):
    assert day(iso) == shown


@pytest.mark.parametrize(
    ("title", "initial"), [("Tides", "T"), ("“élan”", "É"), ("🎧 12", "1"), ("ßa", "S"), ("…", "")]
)
def test_an_initial_stands_for_a_cover(title: str, initial: str) -> None:
    assert replace(ROW, title=title).initial() == initial
