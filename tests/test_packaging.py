"""What an installed Earmark consists of: the metadata, the files that go along, and the pinned packages."""

import re
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
NOT_INSTALLED = {"__pycache__"}


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def _pins(lock: str) -> dict[str, tuple[Version, int]]:
    """The version and the number of hashes of each package that a lock file pins."""
    pins: dict[str, tuple[Version, int]] = {}
    name = ""
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if found := re.match(r"([A-Za-z0-9._-]+)==(\S+)", line):
            name = canonicalize_name(found[1])
            pins[name] = Version(found[2]), 0
        elif line.strip().startswith("--hash=sha256:"):
            version, count = pins[name]
            pins[name] = version, count + 1
    return pins


def _wanted(pyproject: dict[str, Any], lock: str) -> list[Requirement]:
    project = pyproject["project"]
    lines = list(project["dependencies"])
    if lock == "requirements-dev.lock":
        lines += project["optional-dependencies"]["dev"]
    return [Requirement(line) for line in lines]


def test_metadata_says_what_matters(pyproject: dict[str, Any]) -> None:
    project = pyproject["project"]
    assert project["name"] == "earmark"
    assert str(Version(project["version"])) == project["version"]
    assert project["license"] == "GPL-3.0-or-later"
    assert Requirement(f"python{project['requires-python']}").specifier.contains("3.11")
    assert project["scripts"] == {"earmark": "player.cli:main"}
    for file in (project["readme"], *project["license-files"]):
        assert (ROOT / file).is_file(), f"pyproject.toml names {file}, which is not there"


def test_licence_is_the_whole_text() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_changelog_has_a_place_for_what_is_next() -> None:
    assert re.search(r"^## \[?Unreleased\]?$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)


def test_every_resource_is_installed(pyproject: dict[str, Any]) -> None:
    globs = pyproject["tool"]["setuptools"]["package-data"]["*"]
    left_out = [
        path.relative_to(ROOT).as_posix()
        for folder in ("index", "player", "resources")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file()
        and path.suffix != ".py"
        and not NOT_INSTALLED.intersection(path.parts)
        and not any(fnmatchcase(path.name, glob) for glob in globs)
    ]
    assert not left_out, f"no package-data glob of pyproject.toml takes {', '.join(left_out)}"


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_by_hash_and_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert [line for line in text.splitlines() if line.startswith("-")] == [], "an option that is for one machine only"
    without = [name for name, (_, hashes) in _pins(lock).items() if not hashes]
    assert not without, f"no hash for {', '.join(without)}"


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_gives_what_is_asked_for(pyproject: dict[str, Any], lock: str) -> None:
    pins = _pins(lock)
    for wanted in _wanted(pyproject, lock):
        version, _ = pins[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(version), (
            f"{lock} has {wanted.name} {version}, pyproject.toml asks for {wanted}"
        )


def test_tests_run_on_what_users_get() -> None:
    users, developers = (_pins(lock) for lock in LOCKS)
    assert {name: developers.get(name) for name in users} == users
