"""Grids of faces × ages, as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from torch import Tensor


def write_grid(columns: Sequence[Tensor], path: Path, *, quality: int = 92) -> None:
    """Columns of (B, 3, S, S) RGB tensors in 0..1 to one picture of B rows."""
    from PIL import Image

    rows = [
        np.concatenate([(c[i] * 255).round().byte().permute(1, 2, 0).numpy() for c in columns], 1)
        for i in range(len(columns[0]))
    ]
    Image.fromarray(np.concatenate(rows)).save(path, quality=quality)
