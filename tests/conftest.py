"""What holds for every test: no screen, no network, nobody's own files, and no word of complaint in the log."""

import ipaddress
import logging
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Before anything asks Qt, platformdirs or a child process where the screen, the settings and the library are.
_home = tempfile.TemporaryDirectory(prefix="earmark-tests-", ignore_cleanup_errors=True)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["HOME"] = _home.name
for _variable, _folder in {
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
}.items():
    _path = Path(_home.name, _folder)
    _path.mkdir(mode=0o700)  # Qt warns of a runtime folder that others can enter.
    os.environ[_variable] = str(_path)
os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)  # the user's desktop is not told of what a test plays

# The same examples at every run: what a test finds once it finds again. `make fuzz` is there to look further.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("same")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_unconfigure() -> None:
    _home.cleanup()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input beside the project; a test that asks for it is skipped where there is none."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"needs the real input in {SHARED_DATA}, which is not here")
    return SHARED_DATA


def _is_here(host: object) -> bool:
    """Whether a host, by name or number, is this machine."""
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """A test that would talk to another machine fails; not an OSError, which the code under test may well expect."""

    def guarded(original: Any) -> Any:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                raise AssertionError(f"a test tried to connect to {address}: tests do without the network")
            return original(self, address)

        return connect

    look_up_before = socket.getaddrinfo

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_here(host):
            raise AssertionError(f"a test tried to look up {host!r}: tests do without the network")
        return look_up_before(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", look_up)
        yield


class _Complaints(logging.Handler):
    """Keeps the records of WARNING or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test fails if it logs a warning or worse, unless it asks for `caplog` and so looks at the log itself."""
    if "caplog" in request.fixturenames:
        yield
        return
    complaints = _Complaints()
    logging.getLogger().addHandler(complaints)
    yield
    logging.getLogger().removeHandler(complaints)
    if complaints.records:
        told = "\n".join(f"{r.levelname} {r.name}: {r.getMessage()}" for r in complaints.records)
        pytest.fail(f"nobody expected these in the log:\n{told}", pytrace=False)
