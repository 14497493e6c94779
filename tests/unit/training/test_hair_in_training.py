"""Hair is toned in training as in the application: a share of the way, on the crop alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from engine.errors import TrainingError
from engine.faces.head import FRAME, PARSED_SIDE, PARTS, corner
from engine.paths import samples_dir
from engine.training import hair
from engine.training.runtime import one_process

CROWN = (slice(12, 44), slice(95, 162))  # of the crop: hair above the forehead
CHEEK = (slice(130, 150), slice(100, 125))


@pytest.fixture(scope="module")
def astronaut() -> Tensor:
    """(1, 3, 256, 256) in 0..1, cut about as a portrait is."""
    with Image.open(samples_dir() / "astronaut.png") as whole:
        crop = whole.convert("RGB").crop((125, 15, 325, 215)).resize((256, 256))
    return torch.from_numpy(np.array(crop)).permute(2, 0, 1)[None].float() / 255


@pytest.fixture(scope="module")
def tones() -> hair.HairTones:
    """With the installed parser's weights, but for what it finds: a crown of hair over skin."""
    made = hair.HairTones(one_process())
    made._network.shares = bands  # type: ignore[method-assign]
    return made


def bands(frames: Tensor) -> Tensor:
    """Hair in the crop's upper fifth, skin in its middle."""
    shares = torch.zeros(len(frames), len(PARTS), *frames.shape[2:])
    x, y = corner(PARSED_SIDE // FRAME)
    side = PARSED_SIDE // FRAME
    shares[:, 2, y : y + side // 5, x : x + side] = 1
    shares[:, 1, y + side // 4 : y + side, x : x + side] = 1
    return shares


def years(value: float) -> Tensor:
    return torch.tensor([value])


def colour(image: Tensor, box: tuple[slice, slice]) -> float:
    """How far the channels of a box are apart, 0..1."""
    part = image[0][:, box[0], box[1]]
    return float((part.amax(0) - part.amin(0)).mean())


def test_hair_loses_its_colour_and_skin_keeps_its_own(
    astronaut: Tensor, tones: hair.HairTones
) -> None:
    old = tones.toned(astronaut, years(35), years(80))
    assert colour(old, CROWN) < 0.6 * colour(astronaut, CROWN)
    torch.testing.assert_close(old[0][:, *CHEEK], astronaut[0][:, *CHEEK], atol=0.01, rtol=0)


def test_each_face_goes_its_own_way(astronaut: Tensor, tones: hair.HairTones) -> None:
    both = tones.toned(
        astronaut.repeat(2, 1, 1, 1), torch.tensor([35.0, 35.0]), years(80).repeat(2)
    )
    alone = tones.toned(astronaut, years(35), years(80))
    torch.testing.assert_close(both[1:], alone)
    assert float(both.min()) >= 0
    assert float(both.max()) <= 1


@pytest.mark.parametrize(("source", "target"), [(20.0, 40.0), (40.0, 20.0), (70.0, 70.0)])
def test_where_no_hair_greys_nothing_changes(
    astronaut: Tensor, tones: hair.HairTones, source: float, target: float
) -> None:
    torch.testing.assert_close(tones.toned(astronaut, years(source), years(target)), astronaut)


def test_without_a_parser_it_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(hair, "weights_dir", lambda: tmp_path)
    with pytest.raises(TrainingError, match="face parser"):
        hair.HairTones(one_process())
