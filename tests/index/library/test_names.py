"""Title, show and date from the name of a file."""

from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import Facts
from index.library.names import date_of, facts_of_name, show_of_folder


@pytest.mark.parametrize(
    ("name", "title", "show", "date"),
    [
        ("2023-05-04 A slow tide.mp3", "A slow tide", "", "2023-05-04"),
        ("20230504_A_slow_tide.mp3", "A slow tide", "", "2023-05-04"),
        ("A slow tide (2023-05-04).mp3", "A slow tide", "", "2023-05-04"),
        ("2023.05.04 - Sands - A slow tide.mp3", "A slow tide", "Sands", "2023-05-04"),
        ("Sands - A slow tide.mp3", "A slow tide", "Sands", ""),
        ("Sands – 12 – A slow tide.mp3", "12 – A slow tide", "Sands", ""),
        ("012 - A slow tide.mp3", "012 - A slow tide", "", ""),
        ("Episode 7 - A slow tide.mp3", "Episode 7 - A slow tide", "", ""),
        ("S01E02 A slow tide.mp3", "S01E02 A slow tide", "", ""),
        ("Sands S01E02 A slow tide.mp3", "S01E02 A slow tide", "Sands", ""),
        ("Sands - s1e2 - A slow tide.mp3", "s1e2 - A slow tide", "Sands", ""),
        ("Sands.S01E02.vtt", "S01E02", "Sands", ""),
        ("What 2020-01-02 changed.mp3", "What 2020-01-02 changed", "", ""),
        ("2023-13-45 tide.mp3", "2023-13-45 tide", "", ""),
        ("2023-02-31.mp3", "2023-02-31", "", ""),
        ("2023-05-04.mp3", "2023-05-04", "", "2023-05-04"),
        ("gradient-dissent-catanzaro.txt", "gradient-dissent-catanzaro", "", ""),
        ("今日の話 - 第一回.mp3", "第一回", "今日の話", ""),
        ("12345678901.mp3", "12345678901", "", ""),
        ("--.mp3", "--", "", ""),
    ],
)
def test_names(name: str, title: str, show: str, date: str) -> None:
    assert facts_of_name(PurePath(name)) == Facts(title=title, show=show, date=date)


@given(st.text(max_size=60))
def test_any_name_has_a_title_of_one_line(stem: str) -> None:
    facts = facts_of_name(stem)
    assert facts.title.strip()
    assert "\n" not in facts.title + facts.show


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023", "2023"),
        ("2023-05", "2023-05"),
        ("2023-05-04", "2023-05-04"),
        ("2023-05-04T12:00:00Z", "2023-05-04"),
        ("20230504", "2023-05-04"),
        ("2023-00-00", "2023"),
        ("2023-02-31", "2023"),
        ("soon", ""),
        ("0000", ""),
        ("", ""),
    ],
)
def test_dates_of_tags(text: str, date: str) -> None:
    assert date_of(text) == date


def test_folders_are_shows_unless_they_hold_anything() -> None:
    assert show_of_folder(PurePath("/media/Slow_Tides")) == "Slow Tides"
    for name in ("Downloads", "podcasts", "2023", "", "MP3"):
        assert show_of_folder(PurePath("/media") / name) == "" or name == ""
