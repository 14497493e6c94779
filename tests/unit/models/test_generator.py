"""Ages to groups, and a whole picture as a change for the app."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from engine.models.generator import Encoding, PictureGenerator, check_groups, group_of
from tests.unit.models import tiny


class Painter(PictureGenerator):
    """Paints every face in the grey of its group."""

    def choice(self, source: Tensor, target: Tensor) -> Tensor:
        return group_of(target, (0, 30, 60))

    def picture(self, encoding: Encoding, choice: Tensor) -> Tensor:
        grey = choice.float()[:, None, None, None] / 2
        return grey.expand_as(encoding[0])


def test_groups_by_completed_years() -> None:
    ages = torch.tensor([3.0, 11.0, 20.9, 21.0, 50.5, 51.0, 116.0])
    assert group_of(ages, (11, 21, 31, 41, 51)).tolist() == [0, 0, 0, 1, 3, 4, 4]


@pytest.mark.parametrize("starts", [(), (11,), (21, 11), (11, 11)])
def test_groups_that_are_none(starts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="ascending"):
        check_groups(starts)


def test_a_picture_is_the_face_plus_its_change_under_an_open_mask() -> None:
    x = tiny.pictures(3, 16)
    network, ages = Painter(), torch.tensor([10.0, 40.0, 80.0])
    change, mask = network(x, ages, ages)
    assert mask.shape == (3, 1, 16, 16)
    assert bool((mask == 1).all())
    for face, grey in zip(x + change * mask, (0.0, 0.5, 1.0), strict=True):
        torch.testing.assert_close(face, torch.full_like(face, grey))
