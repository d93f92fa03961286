import os
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import quick

from index.filenames import safe_name

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
