"""Age estimator: EfficientNet-Lite0 with 101 age classes and a gender logit.

Trained on Gaussians around the label as in B.-B. Gao et al., "Age estimation using expectation of
label distribution learning", 2018.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.models.age_reader import AGES, AgeReader
from engine.models.backbone import HEAD, EfficientNetLite0, fold_batchnorm


@dataclass(frozen=True, slots=True)
class AgeEstimatorConfig:
    """What is not given by the backbone.

    Attributes:
        size: pixels at which a crop is looked at; larger ones are shrunk.
        dropout: before the classifier, in training.
    """

    size: int = 112
    dropout: float = 0.2


class AgeEstimator(AgeReader):
    """An age reader on ImageNet's features.

    The backbone's BatchNorm is folded into its convolutions, in training too: it spares a pass
    over memory after each of them, and fine-tuning at small rates does without.
    """

    def __init__(self, config: AgeEstimatorConfig) -> None:
        """Random weights."""
        super().__init__()
        self.size = config.size
        self.backbone = EfficientNetLite0()
        fold_batchnorm(self.backbone)
        self.dropout = nn.Dropout(config.dropout)
        self.classifier = nn.Linear(HEAD, AGES + 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """(B, 3, S, S) in 0..1 → age logits (B, 101) for 0..100 years, female logit (B,)."""
        if x.shape[-1] != self.size:
            x = F.interpolate(x, (self.size, self.size), mode="bilinear", antialias=True)
            x = x.contiguous(memory_format=torch.channels_last)
        y = self.classifier(self.dropout(self.backbone(x)))
        return y[:, :AGES], y[:, AGES]
