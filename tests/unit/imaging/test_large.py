"""Large photos: how much memory opening them takes, measured in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.conftest import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="needs the peak that POSIX counts"),
]
WIDTH, HEIGHT = 8_200, 6_100
MEASURE = """
import resource, sys
from pathlib import Path
import cv2, PIL.Image
from engine.imaging.color import to_srgb8
from engine.imaging.photo_io import load_photo
unit = 1 if sys.platform == "darwin" else 1024
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
before = peak()
photo = load_photo(Path(sys.argv[1]))
to_srgb8(photo.pixels, photo.icc)
print((peak() - before) / photo.pixels.nbytes)
"""


@pytest.mark.parametrize(
    ("suffix", "dtype", "most"),
    [(".jpg", np.uint8, 2.3), (".png", np.uint8, 2.8), (".tif", np.uint16, 2.3)],
)
def test_opening_takes_little_more_than_its_pixels(
    tmp_path: Path, suffix: str, dtype: type, most: float
) -> None:
    """Peak over the pixels' own size: OpenCV hands over a copy, Pillow holds a fourth byte."""
    pixels = np.empty((HEIGHT, WIDTH, 3), dtype)
    pixels[...] = (np.linspace(0, 1, WIDTH) * np.iinfo(dtype).max).astype(dtype)[None, :, None]
    path = tmp_path / f"large{suffix}"
    assert cv2.imwrite(str(path), pixels)
    command = [sys.executable, "-c", MEASURE, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert float(done.stdout) <= most
