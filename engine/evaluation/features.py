"""What sets of pictures are compared over: EfficientNet-Lite0's features, trained on ImageNet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from engine.domain import FloatArray
from engine.evaluation.subjects import Crops
from engine.models.backbone import EfficientNetLite0, fold_batchnorm
from engine.models.layers import channels_last

NAME = "EfficientNet-Lite0, ImageNet, last block, mean over the picture (320 values)"
_LAST_BLOCK = 15


class ImageNetFeatures:
    """Pooled features of crops. One thread at a time."""

    def __init__(self, asset: Path) -> None:
        """``asset`` holds the published weights, verified by the caller."""
        network = EfficientNetLite0()
        network.load_imagenet(asset)
        fold_batchnorm(network.eval())
        self._network = channels_last(network.requires_grad_(False))

    def __call__(self, crops: Crops) -> FloatArray:
        """S×S×3 uint8 RGB, S divisible by 32 → (N, 320) float32."""
        with torch.inference_mode():
            pictures = torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2).float() / 255
            (last,) = self._network.taps(pictures, (_LAST_BLOCK,))
            pooled: FloatArray = last.mean((2, 3)).numpy()
        return pooled
