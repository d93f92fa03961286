"""Settings: kept whole, read with care, and never a reason not to start."""

import json
import os
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talk import SOUND_MS
from user import MakeUser

from player import settings as module
from player.settings import Settings

ODD = [
    None,
    True,
    -1,
    10**30,
    10**400,
    float("nan"),
    float("inf"),
    -1e308,
    "",
    "\ud800",
    [],
    [1],
    {},
    {"a": 1},
    "purple",
    0,
    0.0,
]


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    chosen = Settings(rate=1.7, volume=30, muted=True, theme="dark", shortcuts={"mute": ["Ctrl+U"]}, last_folder="/ü")
    chosen.save(path)
    assert Settings.load(path) == chosen
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"], "no temporary file is left"


def test_every_choice_is_saved(tmp_path: Path) -> None:
    Settings().save(tmp_path / "settings.json")
    saved = json.loads((tmp_path / "settings.json").read_text("utf-8"))
    assert set(saved) == {field.name for field in fields(Settings)}


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert Settings.load(tmp_path / "none.json") == Settings()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "5", '"x"', "\ufeff{}", "[" * 100_000, '{"rate": }', "\x00", '{"rate": 1e999}']
)
def test_a_damaged_file_counts_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, "utf-8")
    assert Settings.load(path) == Settings()


def test_bytes_that_are_no_text_count_as_none(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b"\xff\xfe\x00\x80")
    assert Settings.load(path) == Settings()


def test_a_folder_in_its_place_counts_as_none(tmp_path: Path) -> None:
    assert Settings.load(tmp_path) == Settings()


def test_unknown_choices_are_left_out_and_the_rest_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"rate": 1.5, "from_the_future": 7, "volume": "loud", "muted": 1}', "utf-8")
    assert Settings.load(path) == Settings(rate=1.5)


def test_a_whole_number_is_a_rate_too(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"rate": 2}', "utf-8")
    assert Settings.load(path).rate == 2.0
    assert isinstance(Settings.load(path).rate, float)


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_a_value_that_makes_no_sense_never_keeps_the_app_from_starting(
    make_user: MakeUser, talk_files: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    path = tmp_path / "settings.json"
    for value in ODD:
        path.write_text(json.dumps({name: value}), "utf-8")
        settings = Settings.load(path)
        assert type(getattr(settings, name)) is type(getattr(Settings(), name))
    user = make_user(replace(settings))
    user.open(*talk_files)
    user.press("Space")
    user.advance(300)
    assert user.playback.is_playing


@pytest.mark.parametrize(
    ("name", "value", "low", "high"),
    [
        ("rate", 0.0, 0.5, 3.0),
        ("rate", -4.0, 0.5, 3.0),
        ("rate", 1e9, 0.5, 3.0),
        ("volume", 10**30, 0, 100),
        ("volume", -5, 0, 100),
        ("text_scale", 0.0, 0.5, 3.0),
        ("text_scale", 1e12, 0.5, 3.0),
        ("sync_offset_ms", 10**12, -500, 500),
        ("resume_rewind_ms", 10**20, 0, 30_000),
        ("hit_lead_in_ms", -1, 0, 5000),
        ("clip_pad_ms", 10**20, 0, 5000),
    ],
)
def test_numbers_stay_in_their_bounds(tmp_path: Path, name: str, value: float, low: float, high: float) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({name: value}), "utf-8")
    assert low <= getattr(Settings.load(path), name) <= high


@pytest.mark.parametrize("scale", [1e12, 0.0, -3.0])
def test_text_of_a_mad_size_is_not_drawn(
    make_user: MakeUser, talk_files: tuple[Path, Path], tmp_path: Path, scale: float
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"text_scale": scale}), "utf-8")
    user = make_user(Settings.load(path))
    user.open(*talk_files)
    assert user.playback.duration_ms == SOUND_MS
    assert user.view.line_top(0) is not None


@given(
    st.dictionaries(
        st.sampled_from([field.name for field in fields(Settings)]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=5,
        ),
    )
)
def test_anything_can_be_loaded(tmp_path_factory: pytest.TempPathFactory, found: dict[str, Any]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps(found), "utf-8")
    settings = Settings.load(path)
    for field in fields(Settings):
        assert type(getattr(settings, field.name)) is type(getattr(Settings(), field.name))
    settings.save(path)
    assert Settings.load(path) == settings


def test_a_folder_that_cannot_be_written_costs_the_choices_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    Settings().save(tmp_path / "file" / "settings.json")


def test_a_failed_save_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    Settings(volume=30).save(path)

    def fail(*args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    Settings(volume=70).save(path)
    assert Settings.load(path).volume == 30
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]


def test_the_folders_are_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (Settings.path().parent, module.data_folder(), module.cache_folder()):
        assert folder.name == "earmark"
        assert folder.is_absolute()
