import shutil
import stat
import sys
from pathlib import Path

import pytest

from index.align import espeak
from index.errors import EarmarkError

scripts = pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")


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


@scripts
def test_a_word_that_it_says_in_two_goes_takes_nothing_from_the_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    said = 'while read w; do case "$w" in "") ;; w3) echo m; echo n;; *) echo s;; esac; done'
    stand_in(tmp_path, monkeypatch, f"echo asked >> {log}; {said}")
    words = [f"w{number}" for number in range(16)]
    assert espeak.phones_of_words(words, "de") == dict.fromkeys(words, "S") | {"w3": "M N"}
    assert len(log.read_text().splitlines()) < len(words), "not each alone"


@scripts
def test_a_word_that_it_does_not_say_has_no_phones(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(tmp_path, monkeypatch, 'while read w; do [ "$w" = eins ] && echo s; done; exit 0')
    assert espeak.phones_of_words(["eins", "zwei"], "de") == {"eins": "S", "zwei": ""}


@scripts
def test_the_name_of_the_language_of_a_word_is_not_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(tmp_path, monkeypatch, "echo '(en-us)tˈiːm(de)'")
    assert espeak.phones_of_words(["Team"], "de") == {"Team": "T IY M"}


@scripts
def test_a_program_that_fails_knows_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(tmp_path, monkeypatch, "exit 1")
    assert not espeak.knows("de")


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="needs espeak-ng")
def test_the_program_tells_how_words_are_said() -> None:
    assert espeak.knows("de")
    assert not espeak.knows("xx")
    assert espeak.phones_of_words(["und", "Team", "25"], "de") == {
        "und": "UH N T",
        "Team": "T IY M",
        "25": "F IY N F UH N T T S V AA N T S IH HH",
    }
