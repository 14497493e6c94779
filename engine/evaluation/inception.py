"""Inception-v3's features, over which distances are called FID and KID, from a file of the user's.

No package ships the network with the weights that these figures are defined by (M. Heusel et al.,
"GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium", NeurIPS 2017).
They go round as TorchScript, the form that NVIDIA's StyleGAN repositories use.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from engine.domain import FloatArray
from engine.errors import ModelError
from engine.evaluation.subjects import Crops


class InceptionFeatures:
    """Pooled features of crops. One thread at a time."""

    def __init__(self, path: Path) -> None:
        """Load a TorchScript network; it runs the code in the file, so trust where it is from.

        Raises ModelError (``model.inception``) where the file is none.
        """
        try:
            self._network = torch.jit.load(str(path), map_location="cpu").eval()
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelError(
                f"{path} is no Inception-v3 in TorchScript.",
                code="model.inception",
                name=path.name,
            ) from error

    def __call__(self, crops: Crops) -> FloatArray:
        """S×S×3 uint8 RGB → (N, D) float32, D = 2048 for Inception-v3.

        The network takes (N, 3, S, S) uint8 and scales to its own 299 pixels itself.
        """
        pictures = torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2).contiguous()
        with torch.inference_mode():
            features: FloatArray = self._network(pictures, return_features=True).float().numpy()
        return features
