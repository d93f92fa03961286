import os
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import quick

from index.errors import EarmarkError
from index.filenames import check_pattern, names_from, safe_name

TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}  # Characters that turn the direction.
NASTY = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(exclude_categories=())),
    st.text("./\\:-~ ", max_size=12),
    st.text("conaux.nulCOM1 ", max_size=8),
    st.text("日本🎧é", min_size=30, max_size=400),
    st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=5), st.integers(1, 400)),
)


@quick
@given(NASTY)
def test_any_title_gives_one_safe_component(title: str) -> None:
    name = safe_name(title)
    assert PurePosixPath(name).parts == (name,)
    assert PureWindowsPath(name).parts == (name,)
    assert not PureWindowsPath(name).drive
    assert name[0] not in ".- "
    assert name[-1] not in ". "
    assert len(name.encode("utf-8")) <= 120
    for character in name:
        assert character not in '<>:"/\\|?*'
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(character) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )
    assert safe_name(name) == name


@quick
@given(NASTY)
def test_the_file_can_be_made_in_its_folder(title: str) -> None:
    # Not in tmp_path: the fixture would be shared by all examples.
    folder = Path(os.environ["HOME"])
    path = folder / f"{safe_name(title)}.vtt"
    path.write_bytes(b"")
    assert path.parent == folder
    assert path.resolve().parent == folder.resolve()
    path.unlink()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A moment worth keeping", "A moment worth keeping"),
        ("…and end with another?", "…and end with another"),
        ("Café, naïve: 3.5 %", "Café, naïve 3.5 %"),
        ("Cafe\u0301", "Café"),
        ("  two   spaces ", "two spaces"),
        ("line\nbreak\ttab", "line break tab"),
        ("../../etc/passwd", "etc passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\x", "C x"),
        ("a/b", "a b"),
        ("...", "clip"),
        ("", "clip"),
        ("???", "clip"),
        ("\u202e\u2066", "clip"),
        (".hidden", "hidden"),
        ("-rf *", "rf"),
        ("ends with dots...", "ends with dots"),
        ("abc\u202egnp.exe", "abc gnp.exe"),
        ("zero\u200bwidth\ufeff", "zero width"),
        ("nul\x00byte", "nul byte"),
        ("half\ud800", "half"),
        ("🎧 music 🎶", "🎧 music 🎶"),
        ("شكرا", "شكرا"),
        ("上海", "上海"),
    ],
)
def test_titles(title: str, name: str) -> None:
    assert safe_name(title) == name


@pytest.mark.parametrize("title", ["CON", "con", "Aux.txt", "nul .vtt", "COM1", "com¹", "LPT9.x", "CONIN$"])
def test_windows_keeps_some_names_for_devices(title: str) -> None:
    assert safe_name(title) == f"_{title}"


@pytest.mark.parametrize("title", ["Conny", "Auxiliary", "com10", "communism", "lpt"])
def test_but_not_those_that_only_begin_so(title: str) -> None:
    assert safe_name(title) == title


def test_a_long_title_is_cut_between_words() -> None:
    name = safe_name("lighthouse keeper " * 20)
    assert 100 < len(name) <= 120
    assert name.endswith(("lighthouse", "keeper"))


def test_a_long_word_is_cut_between_characters() -> None:
    assert safe_name("é" * 300) == "é" * 59
    assert safe_name("🎧" * 300) == "🎧" * 29


def test_an_endless_title() -> None:
    assert len(safe_name("a" * 5_000_000)) == 119


def test_a_pattern_makes_a_name_of_each_row() -> None:
    rows = [
        {"show": "Salt Lines", "episode": "The harbour", "n": "01", "title": "A slow tide", "start": "0:23:21"},
        {"show": "Salt Lines", "episode": "The harbour", "n": "02", "title": "../../etc/passwd", "start": "0:24:02"},
    ]
    assert names_from("{show} {n} {title} {start}", rows) == [
        "Salt Lines 01 A slow tide 0 23 21",
        "Salt Lines 02 .. .. etc passwd 0 24 02",
    ]
    assert names_from("{show}/{n}", rows) == ["Salt Lines 01", "Salt Lines 02"]


def test_names_that_would_be_the_same_are_told_apart() -> None:
    titles = ["Tide", "tide", "TIDE?", "", "", "Cafe\u0301", "Café", "Tide (2)"]
    names = names_from("{title}", [{"title": title} for title in titles])
    assert names == ["Tide", "tide (2)", "TIDE (3)", "clip", "clip (2)", "Café", "Café (2)", "Tide (2) (2)"]


@quick
@given(st.lists(NASTY, min_size=1, max_size=5), st.lists(NASTY, min_size=5, max_size=5))
def test_any_fields_give_safe_names(titles: list[str], shows: list[str]) -> None:
    rows = [{"title": title, "show": show, "n": "1"} for title, show in zip(titles, shows, strict=False)]
    names = names_from("{show} {title} {n}", rows)
    assert len({name.casefold() for name in names}) == len(rows)
    for name in names:
        assert PureWindowsPath(name).parts == (name,)
        assert len(name.encode("utf-8")) <= 126


def test_a_field_is_no_format_string() -> None:
    assert names_from("{title}", [{"title": "{n} {0.__class__} %s"}]) == ["{n} {0.__class__} %s"]
    with pytest.raises(EarmarkError, match=r"“\{title\.x\}” is nothing that a name can hold; choose among \{show\}"):
        check_pattern("{title.x}")
    with pytest.raises(EarmarkError, match="choose among"):
        names_from("{}", [])
