"""SFace in torch gives what OpenCV gives from the same file."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.evaluation.identity import IdentityJudge, similarity_of
from engine.faces.landmarks import five_points
from engine.models.assets import SFACE, asset
from engine.training.sface import SFace
from tests.unit.evaluation.sample_faces import ASTRONAUT, HOPPER, crop


@pytest.fixture(scope="module")
def sface() -> SFace:
    return SFace(asset(SFACE))


@pytest.mark.parametrize(("name", "size"), [(ASTRONAUT, 128), (HOPPER, 128), (HOPPER, 160)])
@pytest.mark.parametrize("turn", [0, 1])
def test_both_see_the_same(sface: SFace, name: str, size: int, turn: int) -> None:
    face = crop(name, size)
    pixels, points = face.pixels, five_points(face.landmarks)
    if turn:  # a quarter turn: a wrong sign in the alignment would show
        pixels = np.ascontiguousarray(np.rot90(pixels))
        points = np.stack([points[:, 1], size - 1 - points[:, 0]], 1)
    x = torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None].float() / 255
    with torch.no_grad():
        vector = sface(x, torch.from_numpy(points)[None])[0]
    ours = (vector / vector.norm()).numpy()
    assert similarity_of(ours, IdentityJudge(asset(SFACE)).embed(pixels, points)) >= 0.999


def test_the_gradient_reaches_the_picture_and_no_weight(sface: SFace) -> None:
    face = crop(ASTRONAUT)
    x = torch.from_numpy(face.pixels.copy()).permute(2, 0, 1)[None].float().div(255)
    x.requires_grad_()
    sface(x, torch.from_numpy(five_points(face.landmarks))[None]).square().sum().backward()
    assert x.grad is not None
    assert x.grad.abs().sum() > 0
    assert all(p.grad is None and not p.requires_grad for p in sface.parameters())
