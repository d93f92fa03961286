"""The entry of Earmark among the user's applications, as freedesktop.org has it, and the links it opens.

Desktop Entry Specification 1.1, Icon Theme Specification 0.13, and Association between MIME types and applications 1.0.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs

import resources
from index.atomic import write_atomically
from index.errors import EarmarkError

NAME = "earmark"
"""The name of the entry, which is also that of the window's class and of its icon."""

_FILE = f"{NAME}.desktop"
_OPENS = ("text/vtt", "application/x-subrip", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/flac", "audio/x-wav")
_DEFAULTS = "[Default Applications]"
_LONGEST_S = 10


def install(scheme: str, command: Sequence[str]) -> None:
    """Write the entry and its icon, and have links of a scheme open with it.

    Args:
        scheme: of the links, without the colon.
        command: what starts Earmark; the link or the files follow.

    Raises:
        EarmarkError: a file cannot be written.
    """
    for path, data in ((_icon(), resources.path("icons", "app.svg").read_bytes()), (_entry(), entry(scheme, command))):
        with _sentence(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    _set_default(scheme, chosen=True)
    _tell_others()


def remove(scheme: str) -> None:
    """Remove what `install` has written, and its folders where nothing else is in them.

    Raises:
        EarmarkError: a file cannot be removed.
    """
    _set_default(scheme, chosen=False)
    for path in (_entry(), _icon()):
        _delete(path)
    _tell_others()


def is_installed() -> bool:
    """Whether the entry is there."""
    return _entry().is_file()


def entry(scheme: str, command: Sequence[str]) -> bytes:
    """The text of the entry."""
    types = ";".join((f"x-scheme-handler/{scheme}", *_OPENS))
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Version=1.1",
        "Name=Earmark",
        "GenericName=Transcript Player",
        "Comment=Listen with the words in sight",
        f"Exec={' '.join(map(_quoted, command))} %U",
        f"Icon={NAME}",
        f"StartupWMClass={NAME}",
        "Categories=AudioVideo;Audio;Player;",
        "Keywords=podcast;transcript;captions;audio;",
        f"MimeType={types};",
    )
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")


def with_default(text: str, scheme: str, *, chosen: bool) -> str:
    """The text of a mimeapps.list in which links of a scheme open with Earmark, or do so no longer.

    All other lines stay as they are; what another program was chosen for is only replaced when `chosen`.
    """
    key = f"x-scheme-handler/{scheme}="
    kept, group, at = [], "", None
    for line in text.splitlines(keepends=True):
        if line.startswith("["):
            group = line.strip()
        ours = group == _DEFAULTS and line.replace(" ", "").startswith(key)
        if ours and (chosen or line.partition("=")[2].strip().rstrip(";") == _FILE):
            continue
        kept.append(line)
        if line.strip() == _DEFAULTS and at is None:
            at = len(kept)
    if not chosen:
        return re.sub(rf"\A\n*{re.escape(_DEFAULTS)}\s*\Z", "", "".join(kept))
    if at is None:
        if kept and not kept[-1].endswith("\n"):
            kept[-1] += "\n"
        kept.append(f"{_DEFAULTS}\n")
        at = len(kept)
    elif not kept[at - 1].endswith("\n"):
        kept[at - 1] += "\n"
    return "".join([*kept[:at], f"{key}{_FILE}\n", *kept[at:]])


def _set_default(scheme: str, *, chosen: bool) -> None:
    path = Path(platformdirs.user_config_dir()) / "mimeapps.list"
    with _sentence(path):
        before = path.read_text("utf-8", "surrogateescape") if path.exists() else ""
    after = with_default(before, scheme, chosen=chosen)
    if after == before:
        return
    if after:
        with _sentence(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, after.encode("utf-8", "surrogateescape"))
    else:
        _delete(path)


def _tell_others() -> None:
    """Bring the table that some desktops read up to date, where the user has one."""
    import subprocess  # Not needed to tell whether the entry is there, which is asked at every start.

    program = shutil.which("update-desktop-database")
    if program and (_entry().parent / "mimeinfo.cache").exists():
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run([program, "-q", str(_entry().parent)], check=False, timeout=_LONGEST_S, capture_output=True)


def _entry() -> Path:
    return Path(platformdirs.user_data_dir()) / "applications" / _FILE


def _icon() -> Path:
    return Path(platformdirs.user_data_dir()) / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"


def _delete(path: Path) -> None:
    """Delete a file that may be gone already, and the folders above it that hold nothing, below the user's own."""
    with _sentence(path):
        path.unlink(missing_ok=True)
    home = {Path(platformdirs.user_data_dir()), Path(platformdirs.user_config_dir())}
    with suppress(OSError):  # Something else is in it.
        folder = path.parent
        while folder not in home:
            folder.rmdir()
            folder = folder.parent


@contextmanager
def _sentence(path: Path) -> Iterator[None]:
    """Turn what the system says of a file into a sentence."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise EarmarkError(f"{path} cannot be changed ({reason}); see who may write there.") from error


def _quoted(argument: str) -> str:
    """An argument of an Exec line: `%` doubled, in quotation marks where it must, and escaped once more as a value.

    Where it need not, it has none: xdg-open 1.1 does not know them.
    """
    plain = re.fullmatch(r"[\w@%+=:,./-]+", argument, re.ASCII)
    inside = re.sub(r'(["`$\\])', r"\\\1", argument).replace("%", "%%")
    return (inside if plain else f'"{inside}"').replace("\\", "\\\\").replace("\n", "\\n")
