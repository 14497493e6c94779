"""Layers of networks trained on ImageNet, frozen, as identity losses see faces."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.errors import TrainingError
from engine.models.backbone import BLOCKS, EfficientNetLite0

_CONVS = {"conv1": 1, "conv2": 4, "conv3": 7, "conv4": 9, "conv5": 11}
_MEAN, _DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class BackboneLayer(nn.Module):
    """EfficientNet-Lite0 up to one of its blocks, ``block0`` to ``block15``."""

    def __init__(self, backbone: EfficientNetLite0, layer: str) -> None:
        """Raises TrainingError for a layer that it lacks."""
        super().__init__()
        number = re.fullmatch(r"block(\d+)", layer)
        if number is None or int(number[1]) >= BLOCKS:
            raise _unknown(layer, f"block0 to block{BLOCKS - 1}")
        self.number = int(number[1])
        self.backbone = backbone.eval().requires_grad_(False)

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, S, S) in 0..1, S divisible by 32 → (B, C, h, w)."""
        return self.backbone.taps(x, (self.number,))[0]


class AlexNetLayer(nn.Module):
    """AlexNet up to one of its convolutions, ``conv1`` to ``conv5``.

    A. Krizhevsky, "One weird trick for parallelizing convolutional neural networks", 2014; the
    weights are those that torchvision publishes for it, its convolutions named ``features.N``.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(self, weights: Path, layer: str) -> None:
        """Raises TrainingError for a layer or a file that does not fit."""
        super().__init__()
        if layer not in _CONVS:
            raise _unknown(layer, ", ".join(_CONVS))
        self.features = nn.Sequential(
            *(nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(), nn.MaxPool2d(3, 2)),
            *(nn.Conv2d(64, 192, 5, 1, 2), nn.ReLU(), nn.MaxPool2d(3, 2)),
            *(nn.Conv2d(192, 384, 3, 1, 1), nn.ReLU()),
            *(nn.Conv2d(384, 256, 3, 1, 1), nn.ReLU()),
            *(nn.Conv2d(256, 256, 3, 1, 1), nn.ReLU()),
        )
        try:
            published = torch.load(weights, map_location="cpu", weights_only=True)
            own = {k: v for k, v in published.items() if k.startswith("features.")}
            self.load_state_dict(own)
        except (OSError, EOFError, RuntimeError, AttributeError, pickle.UnpicklingError) as error:
            raise TrainingError(
                f"{weights} holds no AlexNet weights that can be read safely.",
                code="training.features",
            ) from error
        self.end = _CONVS[layer] + 1
        self.register_buffer("mean", torch.tensor(_MEAN).view(3, 1, 1))
        self.register_buffer("deviation", torch.tensor(_DEVIATION).view(3, 1, 1))
        self.eval().requires_grad_(False)

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, S, S) in 0..1, looked at with 224 pixels → (B, C, h, w)."""
        x = F.interpolate(x, (224, 224), mode="bilinear")
        features: Tensor = self.features[: self.end]((x - self.mean) / self.deviation)
        return features


def feature_layer(
    network: str, layer: str, weights: str, backbone: EfficientNetLite0
) -> BackboneLayer | AlexNetLayer:
    """The frozen layer that a configuration names.

    Args:
        network: ``lite0``, whose weights are at hand, or ``alexnet``.
        layer: ``block0`` to ``block15``, or ``conv1`` to ``conv5``.
        weights: AlexNet's file.
        backbone: the loaded EfficientNet-Lite0.

    Raises TrainingError where they do not go together.
    """
    if network == "lite0":
        return BackboneLayer(backbone, layer)
    if network == "alexnet" and weights:
        return AlexNetLayer(Path(weights), layer)
    raise TrainingError(
        "fea_network should be lite0, or alexnet with fea_weights, the file of its weights.",
        code="training.config",
    )


def _unknown(layer: str, known: str) -> TrainingError:
    return TrainingError(
        f"fea_layer {layer!r} is not known; this network has {known}.", code="training.config"
    )
