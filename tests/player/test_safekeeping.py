"""The library is backed up once a day, and comes back from its backup where it is damaged."""

from pathlib import Path

import pytest
from user import MakeUser

from index.library import Library, back_up, backups


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the app's own library lies, with an episode in it."""
    monkeypatch.setattr("player.parts.data_folder", lambda: tmp_path)
    path = tmp_path / "library.sqlite"
    library = Library(path)
    library.episodes.open(Path("/talk.mp3"), None, "Talk")
    library.close()
    return path


def test_a_backup_is_made_when_the_app_starts_and_one_a_day_will_do(make_user: MakeUser, place: Path) -> None:
    for _ in range(2):
        user = make_user(use_library_file=True)
        user.app.tasks.wait()
        user.window.close()
    assert len(backups(place)) == 1


def test_a_library_that_is_lived_without_is_not_backed_up(make_user: MakeUser, place: Path) -> None:
    place.write_bytes(b"this is no database " * 100)
    user = make_user(use_library_file=True)
    user.app.tasks.wait()
    assert backups(place) == []
    assert "there is no backup" in user.window.notice.accessibleName()
    assert not user.window.notice._button.isVisible()


def test_a_backup_that_cannot_be_made_is_told(make_user: MakeUser, place: Path) -> None:
    (place.parent / "backups").write_bytes(b"a file where the folder should be")
    user = make_user(use_library_file=True)
    user.app.tasks.wait()
    user.settle()
    assert user.window.notice.accessibleName().startswith("No backup of the library")


def test_the_backup_of_a_damaged_library_is_one_click_away(make_user: MakeUser, place: Path) -> None:
    back_up(place)
    place.write_bytes(b"this is no database " * 100)
    user = make_user(use_library_file=True)
    button = user.window.notice._button
    assert button.text() == "Bring the backup back"
    user.click(button)
    assert user.window.notice.accessibleName().startswith("The backup is in its place, and the damaged library is now")
    user.window.close()
    library = Library(place)
    assert [episode.title for episode in library.episodes.recent()] == ["Talk"]
    library.close()


def test_a_backup_that_is_gone_meanwhile_is_told(make_user: MakeUser, place: Path) -> None:
    backup = back_up(place)
    place.write_bytes(b"this is no database " * 100)
    user = make_user(use_library_file=True)
    backup.path.unlink()
    user.click(user.window.notice._button)
    assert "could not take the place" in user.window.notice.accessibleName()
