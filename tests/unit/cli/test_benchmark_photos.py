"""The photos that are measured, and what is said of one."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.cli.apart import run_apart
from engine.cli.benchmark_photos import measure
from engine.cli.benchmark_sample import write_sample
from engine.errors import EngineError, FaceError


def test_the_sample_is_as_large_as_asked(tmp_path: Path) -> None:
    with Image.open(write_sample(tmp_path / "photo.jpg", (300, 400))) as photo:
        assert photo.size == (300, 400)
    deep = cv2.imread(str(write_sample(tmp_path / "photo.tif", (300, 400))), cv2.IMREAD_UNCHANGED)
    assert deep is not None
    assert deep.dtype == np.uint16
    assert deep.shape == (400, 300, 3)
    assert deep.max() > 60000


def test_stages_add_up(tmp_path: Path) -> None:
    row = measure(write_sample(tmp_path / "photo.jpg", (900, 1200)), "cpu", None, 1)
    stages = ("open", "find faces", "age", "composite", "export")
    assert all(row[name] >= 0 for name in stages)
    whole = sum(row[name] for name in stages)
    assert row["beyond"] == pytest.approx(whole - row["re-save"], abs=0.004)


def test_a_photo_without_faces_is_no_benchmark(tmp_path: Path) -> None:
    Image.new("RGB", (640, 480), "grey").save(tmp_path / "wall.png")
    with pytest.raises(FaceError, match="wall"):
        measure(tmp_path / "wall.png", "cpu", None, 1)


def test_a_command_that_fails_is_told() -> None:
    assert run_apart([sys.executable, "-c", "print('{\"a\": 1}')"]) == {"a": 1}
    with pytest.raises(EngineError, match="no good"):
        run_apart([sys.executable, "-c", "raise SystemExit('no good')"])
