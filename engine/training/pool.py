"""A history of generated pictures for a discriminator to look back on.

A. Shrivastava et al., "Learning from Simulated and Unsupervised Images through Adversarial
Training", CVPR 2017.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor


class ImagePool:
    """Keeps up to ``size`` pictures; half of what is asked comes from earlier steps.

    State and chance (torch's) belong to a checkpoint, so that a resumed run is the same.
    """

    def __init__(self, size: int) -> None:
        """``size`` 0 keeps nothing and hands back what it is given."""
        self.size = size
        self._kept: list[Tensor] = []

    def swap(self, fresh: Tensor) -> Tensor:
        """Generated pictures (B, 3, S, S), detached → as many, each new or an older one."""
        if self.size == 0:
            return fresh
        answer = []
        for picture in fresh.detach():
            if len(self._kept) < self.size:
                self._kept.append(picture.half())
                answer.append(picture)
            elif torch.rand(()) < 0.5:
                at = int(torch.randint(self.size, ()))
                answer.append(self._kept[at].to(picture))
                self._kept[at] = picture.half()
            else:
                answer.append(picture)
        return torch.stack(answer)

    def state_dict(self) -> dict[str, Any]:
        """The pictures kept, 16-bit floats here as in memory."""
        return {"kept": list(self._kept)}

    def load_state_dict(self, state: Mapping[str, Any], /) -> None:
        """Go on from :meth:`state_dict`."""
        self._kept = list(state["kept"])
