"""MediaPipe's Tasks, imported without what they drag along. The only importer of mediapipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Tasks:
    """What is used of MediaPipe.

    Attributes:
        base_options: its ``BaseOptions``.
        vision: its module of vision tasks.
        to_image: H×W×3 uint8 RGB, of any memory layout → its image.
    """

    base_options: Any
    vision: Any
    to_image: Callable[[NDArray[np.uint8]], Any]


def load_tasks() -> Tasks:
    """Import MediaPipe: a second the first time, nothing later. Any thread."""
    with _without_pyplot():
        import mediapipe as mp
        from mediapipe.tasks.python import BaseOptions, vision

    def to_image(rgb: NDArray[np.uint8]) -> Any:
        return mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(rgb))

    return Tasks(BaseOptions, vision, to_image)


@contextmanager
def _without_pyplot() -> Iterator[None]:
    """An empty ``matplotlib.pyplot`` for the time of an import.

    MediaPipe imports it for one function that draws, which nobody calls here. The real one takes
    30 MB, holds the interpreter's lock for a tenth of a second, and lists the machine's fonts at
    the first start. Who imports matplotlib afterwards gets the real one.
    """
    if "matplotlib" in sys.modules:
        yield
        return
    package, pyplot = ModuleType("matplotlib"), ModuleType("matplotlib.pyplot")
    package.__path__ = []
    package.pyplot = pyplot  # type: ignore[attr-defined]  # a module without a stub of its own
    empty = {"matplotlib": package, "matplotlib.pyplot": pyplot}
    sys.modules.update(empty)
    try:
        yield
    finally:
        for name in empty:
            sys.modules.pop(name, None)
