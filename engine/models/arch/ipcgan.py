"""IPCGAN: a face and an age group, as planes beside its pixels, to a whole picture.

Z. Wang, X. Tang, W. Luo and S. Gao, "Face Aging with Identity-Preserved Conditional Generative
Adversarial Networks", CVPR 2018. The group enters with the pixels, so nothing can be computed
once for all groups: each is a whole pass.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from engine.models.generator import Encoding, PictureGenerator, check_groups, group_of
from engine.models.layers import ResidualTrunk, TrunkConfig, check_told, planes_of


@dataclass(frozen=True, slots=True)
class IpcganConfig(TrunkConfig):
    """The paper's network: 32, 64 and 128 channels, six blocks, batch norm.

    Attributes:
        groups: first year of each age group; the last is open above.
    """

    width: int = 32
    norm: str = "batch"
    groups: tuple[int, ...] = (11, 21, 31, 41, 51)

    def __post_init__(self) -> None:
        """Raises ValueError on groups that are none, or that the norm would hide."""
        check_groups(self.groups)
        check_told(self.norm)


class Ipcgan(PictureGenerator):
    """The generator. Any side divisible by 4."""

    def __init__(self, config: IpcganConfig) -> None:
        """Random weights."""
        super().__init__()
        self.groups = config.groups
        self.trunk = ResidualTrunk(len(config.groups), config)

    def choice(self, source: Tensor, target: Tensor) -> Tensor:
        """The target's group."""
        return group_of(target, self.groups)

    def picture(self, encoding: Encoding, choice: Tensor) -> Tensor:
        """Faces and groups (B,) → pictures (B, 3, S, S) in 0..1."""
        (x,) = encoding
        side = x.shape[-1] // self.trunk.fold
        picture: Tensor = self.trunk(x, planes_of(choice, len(self.groups), side))
        return picture
