"""OpenCV's decoders: for what Pillow does not hold, and where Pillow takes more memory.

They fill what is missing in a damaged file in silence: whoever calls checks that it is whole.
Any thread.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def decoded(data: bytes) -> NDArray[Any] | None:
    """OpenCV's decoding of any file as H×W×1, RGB or RGBA, as stored; ``None`` if it fails."""
    import cv2

    flags = cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        array = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    except cv2.error:
        return None
    if array is None:
        return None
    if array.ndim == 2:
        return array[..., None]
    if array.shape[2] not in (3, 4):
        return None
    if array.dtype == np.float64:
        return array[..., [2, 1, 0, 3][: array.shape[2]]]
    order = cv2.COLOR_BGR2RGB if array.shape[2] == 3 else cv2.COLOR_BGRA2RGBA
    return np.asarray(cv2.cvtColor(array, order, dst=array))


def decoded_rgb8(data: bytes, size: tuple[int, int]) -> NDArray[np.uint8] | None:
    """OpenCV's 8-bit decoding of a file, as stored; ``None`` if it fails or has another size."""
    import cv2

    flags = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        array = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    except cv2.error:
        return None
    if array is None or array.shape[1::-1] != size:
        return None
    return np.asarray(array, np.uint8)
