"""A second start hands its files to the first window."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from gui.app import Application
from gui.bridge.instance import SingleInstance, instance_name
from tests.gui.conftest import ROOT, WAIT_MS, delete, wait_for


@pytest.fixture
def first(qapp: object) -> Iterator[SingleInstance]:
    instance = SingleInstance(f"agelens-test-{uuid.uuid4().hex[:12]}")
    yield instance
    instance.close()
    delete(instance)


def second_start(name: str, *paths: str, then: str = "") -> subprocess.Popen[str]:
    """A real second process that asks the first to take its files; prints what came of it."""
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from gui.bridge.instance import SingleInstance\n"
        "app = QCoreApplication([])\n"
        f"instance = SingleInstance({name!r})\n"
        "if sys.argv[1:] != ['listen']:\n"
        "    print(instance.hand_over([Path(p) for p in sys.argv[1:]]), flush=True)\n"
        f"{then}\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *paths]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def taken(first: SingleInstance, qtbot: QtBot, *paths: str) -> list[Path]:
    """What the first window is handed by a second process, which must end content."""
    with qtbot.waitSignal(first.asked, timeout=WAIT_MS) as asked:
        second = second_start(first._name, *paths)
    out, _err = second.communicate()
    assert out == "True\n"
    assert asked.args is not None
    handed: list[Path] = asked.args[0]
    return handed


def test_a_second_process_hands_its_files_over(first: SingleInstance, qtbot: QtBot) -> None:
    assert first.listen()
    paths = taken(first, qtbot, "relative.jpg", "/photos/größe.png")
    assert paths == [ROOT / "relative.jpg", Path("/photos/größe.png")]


def test_without_a_first_window_nothing_is_handed_over(first: SingleInstance) -> None:
    assert not first.hand_over([Path("a.jpg")])


def test_a_killed_window_leaves_no_obstacle(first: SingleInstance, qtbot: QtBot) -> None:
    stay = "assert instance.listen()\nprint('listening', flush=True)\napp.exec()"
    with second_start(first._name, "listen", then=stay) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "listening\n"
        assert not first.listen(), "a living window keeps its name"
        child.kill()
    assert not first.hand_over([])
    assert first.listen()
    assert taken(first, qtbot) == []


@pytest.mark.parametrize("words", [b"hello\n", b"[1]\n", b'{"paths": 3}\n', b"\xff\xfe\n"])
def test_strangers_are_not_listened_to(first: SingleInstance, qtbot: QtBot, words: bytes) -> None:
    asked: list[object] = []
    first.asked.connect(asked.append)
    assert first.listen()
    socket = QLocalSocket()
    socket.connectToServer(first._name)
    assert socket.waitForConnected(WAIT_MS)
    socket.write(words)
    gone = QLocalSocket.LocalSocketState.UnconnectedState
    wait_for(qtbot, lambda: socket.state() == gone)
    assert not asked


def test_closing_takes_the_socket_away(first: SingleInstance) -> None:
    assert first.listen()
    first.close()
    server = QLocalServer()
    assert server.listen(first._name)
    server.close()


def test_each_user_has_a_name_of_his_own() -> None:
    assert instance_name(Path("/photos/a/.local")) != instance_name(Path("/photos/b/.local"))
    assert instance_name(Path("/photos/a/.local")) == instance_name(Path("/photos/a/.local"))


def test_the_window_takes_the_files_and_comes_to_the_front(
    desk: Application, qtbot: QtBot, astronaut: Path
) -> None:
    desk.window.showMinimized()
    desk.lasting.welcome([astronaut])
    assert not desk.window.windowState() & Qt.WindowState.WindowMinimized
    assert desk.window.isVisible()
    entry = desk.session.current
    assert entry is not None
    assert entry.path == astronaut
    wait_for(qtbot, lambda: entry.faces is not None and desk.runner.running is None)
    desk.lasting.welcome([])
    assert len(desk.session.gallery.entries) == 1
