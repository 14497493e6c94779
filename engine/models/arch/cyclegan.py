"""CycleGAN: two residual generators, one towards each of two spans of age.

J.-Y. Zhu, T. Park, P. Isola and A. Efros, "Unpaired Image-to-Image Translation using
Cycle-Consistent Adversarial Networks", ICCV 2017; its generator for 128 pixels has six blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.models.generator import Encoding, PictureGenerator
from engine.models.layers import ResidualTrunk, TrunkConfig

YOUNG, OLD = 0, 1


@dataclass(frozen=True, slots=True)
class CycleganConfig(TrunkConfig):
    """The paper's network: 64 channels, instance norm, reflected borders.

    Attributes:
        young, old: first and last year of the two domains.
    """

    padding: str = "reflect"
    young: tuple[int, int] = (18, 29)
    old: tuple[int, int] = (55, 80)

    def __post_init__(self) -> None:
        """Raises ValueError on domains that are none or overlap."""
        years = (*self.young, *self.old)
        if len(years) != 4 or list(years) != sorted(years) or self.young[1] >= self.old[0]:
            raise ValueError("young and old should be two spans of years, one after the other")


class Cyclegan(PictureGenerator):
    """Both generators. Any side divisible by 4."""

    def __init__(self, config: CycleganConfig) -> None:
        """Random weights."""
        super().__init__()
        self.young, self.old = config.young, config.old
        self.younger = ResidualTrunk(0, config)
        self.older = ResidualTrunk(0, config)

    def choice(self, source: Tensor, target: Tensor) -> Tensor:
        """The domain that is nearer to the target.

        The source does not matter: a generator has learnt to leave its own domain as it is.
        """
        return torch.where(2 * target < self.young[1] + self.old[0], YOUNG, OLD)

    def picture(self, encoding: Encoding, choice: Tensor) -> Tensor:
        """Faces and domains (B,) → pictures (B, 3, S, S) in 0..1."""
        (x,) = encoding
        if torch.compiler.is_exporting():  # a file has no branches that hang on what it is given
            young = (choice == YOUNG)[:, None, None, None]
            return torch.where(young, self.younger(x), self.older(x))
        pictures = torch.empty_like(x)
        for domain, trunk in ((YOUNG, self.younger), (OLD, self.older)):
            rows = choice == domain
            if rows.any():
                pictures[rows] = trunk(x[rows]).to(x.dtype)
        return pictures
