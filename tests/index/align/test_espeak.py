import shutil
import stat
from pathlib import Path

import pytest

from index.align import espeak
from index.errors import EarmarkError


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program of that name first in the path."""
    program = folder / "espeak-ng"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def test_without_the_program_no_language_is_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not espeak.knows("de")
    with pytest.raises(EarmarkError, match="espeak-ng"):
        espeak.phones_of_words(["Wort"], "de")


@pytest.mark.parametrize("language", ["", "-v", "de; rm", "../de", "d"])
def test_what_is_no_name_of_a_language_is_not_asked_for(language: str) -> None:
    assert not espeak.knows(language)


def test_words_that_it_says_in_two_goes_are_asked_for_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(tmp_path, monkeypatch, 'while read w; do [ "$w" ] && echo m && echo n; done; exit 0')
    assert espeak.phones_of_words(["eins", "zwei"], "de") == {"eins": "M N", "zwei": "M N"}


def test_a_program_that_fails_knows_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(tmp_path, monkeypatch, "exit 1")
    assert not espeak.knows("de")


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="needs espeak-ng")
def test_the_program_tells_how_words_are_said() -> None:
    assert espeak.knows("de")
    assert not espeak.knows("xx")
    assert espeak.phones_of_words(["und", "25"], "de") == {
        "und": "UH N T",
        "25": "F IY N F UH N T T S V AA N T S IH HH",
    }
