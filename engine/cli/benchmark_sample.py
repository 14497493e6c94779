"""The photos that are measured: a sample enlarged until its face is large, on a wider canvas."""

from __future__ import annotations

from pathlib import Path

from engine.paths import samples_dir

_SAMPLE, _SAMPLE_FACE = "grace_hopper.jpg", 202
_FACE_SHARE = 3  # of the width


def write_sample(path: Path, size: tuple[int, int]) -> Path:
    """Write a portrait of ``size`` (width, height) whose face is a third of its width high.

    A ``.tif`` gets 16 bits a channel, anything else what Pillow writes at quality 92.
    """
    from PIL import Image

    width, height = size
    with Image.open(samples_dir() / _SAMPLE) as sample:
        scale = width / _FACE_SHARE / _SAMPLE_FACE
        large = (round(sample.width * scale), round(sample.height * scale))
        person = sample.convert("RGB").resize(large, Image.Resampling.BICUBIC)
    canvas = person.resize((width, height))
    canvas.paste(person, ((width - person.width) // 2, height - person.height))
    if path.suffix == ".tif":
        _write_deep(canvas, path)
    else:
        canvas.save(path, quality=92)
    return path


def _write_deep(canvas: object, path: Path) -> None:
    import cv2
    import numpy as np

    pixels = np.asarray(canvas)[..., ::-1].astype(np.uint16)
    if not cv2.imwrite(str(path), pixels * np.uint16(257)):
        raise OSError(f"{path.name} could not be written")
