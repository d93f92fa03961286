"""One Earmark for one library: who is started second hands its wish to the first, and is done."""

import contextlib
import json
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_CONNECT_MS, _ANSWER_MS = 200, 1500
_MOST_BYTES = 1 << 20  # Of a message; nobody opens so many files at once.
_DONE = b"done\n"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user started Earmark for: to open files, a link to a moment, the demo, or just to see its window."""

    paths: tuple[Path, ...] = ()
    link: str = ""
    demo: bool = False

    def packed(self) -> bytes:
        """The wish as a line to be sent."""
        paths = [os.fsdecode(path.absolute()) for path in self.paths]
        return json.dumps({"paths": paths, "link": self.link, "demo": self.demo}).encode() + b"\n"


def _unpacked(line: bytes) -> Wish | None:
    with contextlib.suppress(ValueError, KeyError, TypeError):
        said = json.loads(line)
        if all(isinstance(text, str) for text in (*said["paths"], said["link"])):
            return Wish(tuple(map(Path, said["paths"])), said["link"], bool(said["demo"]))
    return None


def name_for(folder: Path) -> str:
    """The name under which the Earmark of a library's folder can be reached, by the same user alone."""
    # A checksum tells the few libraries of one user apart, and is loaded sooner than what makes digests.
    return f"earmark-{zlib.crc32(os.fsencode(folder.absolute())):08x}"


def hand_over(name: str, wish: Wish) -> bool:
    """Give a wish to the Earmark that runs already; False where none does, or it does not answer."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_CONNECT_MS):
        return False
    socket.write(wish.packed())
    socket.flush()
    return socket.waitForReadyRead(_ANSWER_MS) and bytes(socket.readAll().data()) == _DONE


class First(QObject):
    """The Earmark that was started first. It hears what those started later are asked to open."""

    wished = Signal(object)  # Wish

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._meet)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # One that crashed has left it behind: nobody answered there.
            self._server.listen(name)

    def close(self) -> None:
        """Be reached no longer."""
        self._server.close()

    def _meet(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _MOST_BYTES:
            socket.abort()
        elif socket.canReadLine():
            wish = _unpacked(bytes(socket.readLine().data()))
            if wish is None:
                socket.abort()
                return
            socket.write(_DONE)
            socket.flush()
            self.wished.emit(wish)
