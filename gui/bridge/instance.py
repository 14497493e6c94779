"""One window a user: a second start hands its files to the first and ends. GUI thread only."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 2000
_LARGEST = 4_000_000
_TOKEN = "XDG_ACTIVATION_TOKEN"
_ANSWER = b"taken\n"


def instance_name(data: Path) -> str:
    """The socket's name: one for each folder of user data, so for each user."""
    digest = hashlib.sha256(str(data.absolute()).encode()).hexdigest()
    return f"agelens-{digest[:16]}"


class SingleInstance(QObject):
    """Either speaks to the window that is there already or listens for later starts.

    Signals:
        asked: a later start with the files it was given (maybe none): raise the window.
    """

    asked = Signal(list)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._server: QLocalServer | None = None

    def hand_over(self, paths: Sequence[Path]) -> bool:
        """Give files to the window that is there; False if there is none that answers."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        message = {
            "paths": [str(path.absolute()) for path in paths],
            "token": os.environ.get(_TOKEN, ""),
        }
        socket.write(json.dumps(message).encode() + b"\n")
        answer = b""
        while not answer.endswith(b"\n") and socket.waitForReadyRead(_PATIENCE_MS):
            answer += bytes(socket.readAll().data())
        socket.disconnectFromServer()
        return answer == _ANSWER

    def listen(self) -> bool:
        """Listen for later starts; a socket that a killed window left behind is replaced.

        Returns:
            Whether it listens. If not, another window does, or none can.
        """
        lock = QLockFile(QDir.temp().filePath(f"{self._name}.lock"))
        if not lock.tryLock(_PATIENCE_MS) or self._is_taken():
            return False
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        QLocalServer.removeServer(self._name)
        if not server.listen(self._name):
            return False
        self._server = server
        return True

    def close(self) -> None:
        """Stop listening and take the socket away."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _is_taken(self) -> bool:
        """Whether somebody accepts connections under the name, however slowly it answers."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        return socket.waitForConnected(_PATIENCE_MS)

    def _on_connection(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            caller = _Caller(self._server.nextPendingConnection(), self)
            caller.asked.connect(self.asked)
            caller.read()


class _Caller(QObject):
    """Reads one line from a later start, answers, and goes with the connection."""

    asked = Signal(list)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        self._received = b""
        socket.setParent(self)
        socket.readyRead.connect(self.read)
        socket.disconnected.connect(self.deleteLater)

    def read(self) -> None:
        """Take what has come so far."""
        self._received += bytes(self._socket.readAll().data())
        if len(self._received) > _LARGEST:
            self._socket.abort()
            return
        line, newline, _rest = self._received.partition(b"\n")
        if not newline:
            return
        try:
            message = json.loads(line)
            paths = [Path(str(path)) for path in message["paths"]]
            token = str(message.get("token", ""))
        except (ValueError, KeyError, TypeError, AttributeError):
            self._socket.abort()
            return
        if token:
            os.environ[_TOKEN] = token  # lets Wayland raise the window for this start
        self._socket.write(_ANSWER)
        self._socket.flush()
        self.asked.emit(paths)
