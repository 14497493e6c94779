"""FID and KID, where a network for them is at hand: a small one in its form stands in."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.errors import ModelError
from engine.evaluation.evaluate import evaluate
from engine.evaluation.inception import InceptionFeatures
from engine.evaluation.realism import realism
from engine.evaluation.subjects import Crops
from tests.unit.evaluation.test_evaluate import JUDGES, age_crops, faces, reference_of


class Small(nn.Module):
    """Called as the published file is: uint8 pictures, and whether features are wanted."""

    def forward(self, pictures: Tensor, return_features: bool = False) -> Tensor:
        corner = pictures[:, :, 0, 0].float()
        return corner if return_features else corner.sum(dim=1)


@pytest.fixture
def network(tmp_path: Path) -> InceptionFeatures:
    path = tmp_path / "inception.pt"
    torch.jit.script(Small()).save(str(path))
    return InceptionFeatures(path)


def test_features_are_of_the_pictures_as_they_are(network: InceptionFeatures) -> None:
    crop = np.zeros((8, 8, 3), np.uint8)
    crop[0, 0] = 200, 100, 50
    found = network([crop, np.zeros_like(crop)])
    np.testing.assert_array_equal(found, [[200, 100, 50], [0, 0, 0]])


def test_figures_stand_beside_the_others(network: InceptionFeatures) -> None:
    many = faces([0, 1] * 6, [20.0, 40.0, 60.0] * 4)
    reference = reference_of(40)
    judges = replace(JUDGES, inception=network)
    found = evaluate(many, reference, age_crops, judges, targets=(20.0, 60.0))["by_target"]["60"]

    def seen(crops: Crops) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        return np.array([crop[0, 0] for crop in crops], np.float32)

    near = np.abs(reference.looks.ages - 60) <= 5
    expected = realism(
        seen(age_crops(list(range(12)), 60.0)), seen(reference.looks.crops)[near], splits=1
    )
    assert expected is not None
    whole = asdict(expected)
    assert whole["frechet"] > whole["frechet_floor"] + 1
    assert found["inception"] == {
        "fid": whole["frechet"],
        "fid_floor": whole["frechet_floor"],
        "kid": whole["kernel"],
        "kid_floor": whole["kernel_floor"],
    }


def test_without_the_network_nothing_is_said_of_it() -> None:
    reference = reference_of(20)
    found = evaluate(faces(), reference, age_crops, JUDGES, targets=(60.0,))
    assert "inception" not in found["by_target"]["60"]


def test_what_is_no_network_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.pt").write_bytes(b"not a network")
    with pytest.raises(ModelError, match="no Inception-v3 in TorchScript"):
        InceptionFeatures(tmp_path / "x.pt")
    with pytest.raises(ModelError):
        InceptionFeatures(tmp_path / "missing.pt")
