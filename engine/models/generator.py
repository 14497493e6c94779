"""What the app asks of every network that ages faces: encode once, decode per age.

A network that predicts a change and a mask (``delta``) answers directly. One that returns a whole
picture, for one of its age groups or in one of its directions, is a :class:`PictureGenerator`:
its change is picture minus input, its mask is open everywhere, and the portrait's own mask alone
bounds what is put back into a photo.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import torch
from torch import Tensor, nn

Encoding = tuple[Tensor, ...]
"""What a network keeps of a face, for any number of ages: tensors with the batch first."""


class Generator(nn.Module, ABC):
    """A face and two ages to a change and a mask. Pictures are RGB in 0..1."""

    @abstractmethod
    def encode(self, x: Tensor) -> Encoding:
        """(B, 3, S, S) in 0..1 → all that :meth:`decode` needs of the faces."""

    @abstractmethod
    def decode(self, encoding: Encoding, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """An encoding and years (B,), (B,) → change (B, 3, S, S), mask (B, 1, S, S) in 0..1.

        The aged picture is ``x + change * mask``.
        """

    def forward(self, x: Tensor, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """Encode and decode."""
        return self.decode(self.encode(x), source, target)


class PictureGenerator(Generator):
    """A generator that returns a whole picture for a numbered choice: an age group or a direction.

    An encoding starts with the faces themselves; what an architecture can compute without the
    choice follows.
    """

    @abstractmethod
    def choice(self, source: Tensor, target: Tensor) -> Tensor:
        """Years (B,), (B,) → the index (B,) of what the network is to do."""

    @abstractmethod
    def picture(self, encoding: Encoding, choice: Tensor) -> Tensor:
        """An encoding and indices (B,) → pictures (B, 3, S, S) in 0..1."""

    def encode(self, x: Tensor) -> Encoding:
        """(B, 3, S, S) in 0..1 → the faces themselves: here every age is a whole pass."""
        return (x,)

    def decode(self, encoding: Encoding, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """The picture of the target's group minus the face, under an open mask."""
        picture = self.picture(encoding, self.choice(source, target))
        change = picture - encoding[0]
        return change, torch.ones_like(change[:, :1])


def group_of(age: Tensor, starts: Sequence[int]) -> Tensor:
    """Years (B,) → index (B,) of the age group, by completed years.

    Args:
        age: any years; those below the first group belong to it.
        starts: first year of each group, ascending; the last group is open above.
    """
    edges = torch.tensor(list(starts), device=age.device)
    return (torch.bucketize(age.floor().long(), edges, right=True) - 1).clamp(min=0)


def check_groups(starts: Sequence[int]) -> None:
    """Raises ValueError unless there are two groups or more whose first years ascend."""
    if len(starts) < 2 or list(starts) != sorted(set(starts)):
        raise ValueError("groups should be two or more ascending ages")
