"""Thumbnails on disk: found again by content, kept below a size, made newest first."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gui.jobs import thumbnails as module
from gui.jobs.thumbnail_cache import ThumbnailCache
from gui.jobs.thumbnails import ThumbnailLoader
from tests.gui.conftest import wait_for


def picture(path: Path, colour: str = "teal", side: int = 400) -> Path:
    Image.new("RGB", (side, side), colour).save(path)
    return path


@pytest.fixture
def cache(tmp_path: Path) -> ThumbnailCache:
    return ThumbnailCache(tmp_path / "cache", 1_000_000)


def load(loader: ThumbnailLoader, qtbot: QtBot, path: Path) -> QImage:
    with qtbot.waitSignal(loader.loaded, timeout=60_000) as caught:
        loader.load(path)
    return caught.args[1]


def test_a_photo_is_decoded_once_whatever_its_name(
    qtbot: QtBot, tmp_path: Path, cache: ThumbnailCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[Path] = []
    read = module.read_thumbnail

    def counting(path: Path) -> QImage:
        decoded.append(path)
        return read(path)

    monkeypatch.setattr(module, "read_thumbnail", counting)
    loader = ThumbnailLoader()
    loader.use_cache(cache)
    first = picture(tmp_path / "a.png")
    moved = Path(shutil.copy(first, tmp_path / "moved.png"))
    fresh = load(loader, qtbot, first)
    again = load(loader, qtbot, moved)
    assert decoded == [first]
    assert again.size() == fresh.size()
    picture(first, "red")
    changed = load(loader, qtbot, first)
    assert decoded == [first, first]
    assert changed.pixelColor(5, 5).red() > 200
    assert load(loader, qtbot, tmp_path / "none.png").isNull()
    loader.stop()


def test_the_newest_goes_first(qtbot: QtBot, tmp_path: Path) -> None:
    gate = threading.Event()
    loader = ThumbnailLoader()
    paths = [picture(tmp_path / f"{n}.png", side=20) for n in range(4)]
    order: list[str] = []
    loader.loaded.connect(lambda path, _image: order.append(path.name))
    loader._pool.start(gate.wait)
    for path in paths:
        loader.load(path)
    gate.set()
    wait_for(qtbot, lambda: len(order) == 4)
    assert order == ["3.png", "2.png", "1.png", "0.png"]
    loader.stop()


def test_the_folder_stays_below_its_size(tmp_path: Path, qapp: object) -> None:
    noise = QImage(str(picture(tmp_path / "n.png", side=120)))
    probe = ThumbnailCache(tmp_path / "probe", 10**9)
    probe.put("0" * 64, noise)
    each = probe.size()
    cache = ThumbnailCache(tmp_path / "cache", each * 10)
    stranger = tmp_path / "cache" / "letter.txt"
    *keys, one_more = [f"{n:064x}" for n in range(11)]
    for n, key in enumerate(keys):
        cache.put(key, noise)
        os.utime(cache._file(key), (n + 1, n + 1))
    stranger.write_text("mine")
    assert not cache.get(keys[0]).isNull()  # used now, so it is the last to go
    assert cache.size() == each * 10
    cache.put(one_more, noise)
    assert cache.size() <= each * 8
    assert not cache.get(keys[0]).isNull()
    assert cache.get(keys[1]).isNull()
    cache.clear()
    assert cache.size() == 0
    assert stranger.read_text() == "mine"


def test_damage_and_a_folder_that_cannot_be_made(tmp_path: Path, qapp: object) -> None:
    cache = ThumbnailCache(tmp_path / "cache", 10**6)
    image = QImage(str(picture(tmp_path / "n.png")))
    cache.put("a" * 64, image)
    cache._file("a" * 64).write_bytes(b"broken")
    assert cache.get("a" * 64).isNull()
    blocked = tmp_path / "file"
    blocked.write_text("x")
    ThumbnailCache(blocked, 10**6).put("b" * 64, image)
    assert blocked.read_text() == "x"
