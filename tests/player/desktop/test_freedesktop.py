"""The entry among the applications: what it says, that links open with it, that removing it leaves nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import EarmarkError
from player import cli
from player.desktop import freedesktop, registering

ROOT = Path(__file__).resolve().parents[3]
linux = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="desktops of freedesktop.org only")
OTHER = (
    "[Added Associations]\nx-scheme-handler/earmark=other.desktop\n\n[Default Applications]\ntext/plain=vi.desktop\n"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, folder in (("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config")):
        monkeypatch.setenv(name, str(tmp_path / folder))
        (tmp_path / folder).mkdir()
    return tmp_path


def files(folder: Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


@linux
def test_removed_it_leaves_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(home)
    assert not registering.is_installed()
    for _ in range(2):
        assert cli.main(["desktop", "install"]) == 0
        assert registering.is_installed()
    assert "open in Earmark now" in capsys.readouterr().out
    assert set(files(home)) > set(before)
    for _ in range(2):
        assert cli.main(["desktop", "remove"]) == 0
    assert files(home) == before
    assert not registering.is_installed()


@linux
def test_what_others_have_there_stays(home: Path) -> None:
    apps = home / "config" / "mimeapps.list"
    apps.write_text(OTHER)
    (home / "data" / "applications").mkdir()
    (home / "data" / "applications" / "other.desktop").write_text("[Desktop Entry]\n")
    before = files(home)
    registering.install()
    assert "x-scheme-handler/earmark=earmark.desktop\ntext/plain=vi.desktop\n" in apps.read_text()
    registering.remove()
    assert files(home) == before


@pytest.mark.parametrize(
    ("before", "chosen", "after"),
    [
        ("", True, "[Default Applications]\nx-scheme-handler/earmark=earmark.desktop\n"),
        ("[A]\nb=c", True, "[A]\nb=c\n[Default Applications]\nx-scheme-handler/earmark=earmark.desktop\n"),
        ("[Default Applications]", True, "[Default Applications]\nx-scheme-handler/earmark=earmark.desktop\n"),
        (
            "[Default Applications]\nx-scheme-handler/earmark = old.desktop;\nb=c\n[D]\n",
            True,
            "[Default Applications]\nx-scheme-handler/earmark=earmark.desktop\nb=c\n[D]\n",
        ),
        ("[Default Applications]\nx-scheme-handler/earmark=earmark.desktop\n", False, ""),
        (
            "[Default Applications]\nx-scheme-handler/earmark=earmark.desktop;\nb=c\n",
            False,
            "[Default Applications]\nb=c\n",
        ),
        (
            "[Default Applications]\nx-scheme-handler/earmark=other.desktop\n",
            False,
            "[Default Applications]\nx-scheme-handler/earmark=other.desktop\n",
        ),
        (OTHER, False, OTHER),
    ],
)
def test_the_list_of_defaults(before: str, chosen: bool, after: str) -> None:
    assert freedesktop.with_default(before, "earmark", chosen=chosen) == after


def test_any_path_can_stand_in_the_entry(tmp_path: Path) -> None:
    """Read back as GLib does: the value's own escapes first, then the quotation marks, then the percent signs."""
    command = ["/opt/a b/py", '/x "y" $HOME `id` \\z 100%/main.py']
    lines = freedesktop.entry("earmark", command).decode().splitlines()
    value = next(line for line in lines if line.startswith("Exec=")).removeprefix("Exec=").replace("\\\\", "\\")
    read, inside = [""], False
    characters = iter(value)
    for character in characters:
        if character == '"':
            inside = not inside
        elif character == "\\":
            read[-1] += next(characters)
        elif character == " " and not inside:
            read.append("")
        else:
            read[-1] += character
    assert [each.replace("%%", "%") for each in read] == [*command, "%U"]
    assert "MimeType=x-scheme-handler/earmark;" in "\n".join(lines)


@linux
@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="needs folders that can be closed")
def test_where_it_cannot_be_written_it_says_so(home: Path) -> None:
    shutil.rmtree(home / "data")
    (home / "data").write_text("a file")
    with pytest.raises(EarmarkError, match=r"cannot be changed|could not be written"):
        registering.install()


@linux
@pytest.mark.skipif(not shutil.which("xdg-mime"), reason="needs xdg-utils")
def test_the_system_finds_it(home: Path) -> None:
    asked = ("xdg-mime", "query", "default", "x-scheme-handler/earmark")
    environment = {**os.environ, "XDG_DATA_DIRS": str(home / "none"), "XDG_CURRENT_DESKTOP": "X-Generic"}

    def answer() -> str:
        return subprocess.run(asked, env=environment, capture_output=True, text=True, check=False).stdout.strip()

    registering.install()
    assert answer() == "earmark.desktop"
    if shutil.which("desktop-file-validate"):
        entry = home / "data" / "applications" / "earmark.desktop"
        subprocess.run(["desktop-file-validate", entry], check=True)
    registering.remove()
    assert answer() == ""
