"""What ``[augment]`` does to faces, seen in their pixels; and what it leaves as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import TrainingError
from engine.training.config import build
from engine.training.dataset import PreparedSet
from engine.training.degrade import AugmentConfig, degraded
from engine.training.launch import build_recipe
from tests.unit.training import tiny_set


def chance(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def photo(side: int = 64) -> NDArray[np.uint8]:
    """Stripes of two colours, sharp and strong."""
    picture = np.full((side, side, 3), (200, 80, 60), np.uint8)
    picture[:, ::4] = (40, 90, 150)
    return picture


def steepness(picture: NDArray[np.uint8]) -> float:
    return float(np.abs(np.diff(picture.astype(float), axis=1)).mean())


def test_nothing_is_asked_nothing_happens() -> None:
    picture, random = photo(), chance()
    before = random.bit_generator.state
    assert degraded(picture, AugmentConfig(), random) is picture
    assert random.bit_generator.state == before, "or older runs would not be the same"


def test_blur_softens_and_keeps_the_light() -> None:
    out = degraded(photo(), AugmentConfig(blur=1, blur_sigma=(1.5, 1.5)), chance())
    assert steepness(out) < steepness(photo()) / 3
    np.testing.assert_allclose(out.mean((0, 1)), photo().mean((0, 1)), atol=2.5)


def test_noise_has_the_strength_that_is_asked_for() -> None:
    flat = np.full((64, 64, 3), 128, np.uint8)
    out = degraded(flat, AugmentConfig(noise=1, noise_sigma=(5, 5)), chance())
    assert out.astype(float).std() == pytest.approx(5, abs=0.3)
    assert out.mean() == pytest.approx(128, abs=0.3)


def test_jpeg_is_what_a_file_of_that_quality_is() -> None:
    random = chance()
    out = degraded(photo(), AugmentConfig(jpeg=1, jpeg_quality=(30, 30)), random)
    _, coded = cv2.imencode(".jpg", photo()[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 30])
    assert np.array_equal(out, cv2.imdecode(coded, cv2.IMREAD_COLOR_RGB))
    better = degraded(photo(), AugmentConfig(jpeg=1, jpeg_quality=(95, 95)), random)
    lost = [np.abs(one.astype(float) - photo()).mean() for one in (out, better)]
    assert lost[1] < lost[0]


def test_grey_has_one_channel_of_brightness() -> None:
    out = degraded(photo(), AugmentConfig(grey=1), chance())
    assert (out == out[..., :1]).all()
    assert out[0, 1, 0] == round(0.299 * 200 + 0.587 * 80 + 0.114 * 60)


def test_colour_changes_each_face_its_own_way_and_within_bounds() -> None:
    config, random = AugmentConfig(colour=0.2), chance()
    flat = np.full((8, 8, 3), 128, np.uint8)
    means = np.array([degraded(flat, config, random).mean((0, 1)) for _ in range(200)])
    assert means.std(0).min() > 5
    assert means.min() >= (128 - 25.5) * 0.9 - 1
    assert means.max() <= (128 + 25.5) * 1.1 + 1
    assert np.ptp(means, axis=1).max() > 5, "the balance changes, too"


def test_a_shadow_lies_on_a_part_and_is_as_dark_as_asked_for() -> None:
    flat, random = np.full((64, 64, 3), (200, 150, 100), np.uint8), chance()
    for _ in range(20):
        out = degraded(flat, AugmentConfig(shade=1, shade_light=(0.4, 0.4)), random)
        share = out / flat
        assert share.min() >= 0.4 - 0.01
        assert share.max() <= 1
        assert share.max() - share.min() > 0.25, "some of the face is in the light"
        np.testing.assert_allclose(share[..., 0], share[..., 2], atol=0.01)


def test_shadows_have_hard_and_soft_edges() -> None:
    flat, random = np.full((64, 64, 3), 200, np.uint8), chance()
    config = AugmentConfig(shade=1, shade_light=(0.4, 0.4))
    steps = []
    for _ in range(30):
        out = degraded(flat, config, random)[..., 0].astype(int)
        steps.append(max(int(np.abs(np.diff(out, axis=axis)).max()) for axis in (0, 1)))
    assert min(steps) < 25
    assert max(steps) > 80


def test_a_flash_loses_what_is_too_bright() -> None:
    out = degraded(photo(), AugmentConfig(flash=1, flash_light=(1.5, 1.5)), chance())
    assert out[0, 1].tolist() == [255, 120, 90]
    assert out[0, 0].tolist() == [60, 135, 225]


def test_a_share_is_a_share() -> None:
    config, random = AugmentConfig(jpeg=0.3, jpeg_quality=(20, 20)), chance()
    hit = sum(
        not np.array_equal(degraded(photo(16), config, random), photo(16)) for _ in range(400)
    )
    assert 90 < hit < 150


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_set.write(tmp_path_factory.mktemp("degrade") / "set")


def test_a_set_degrades_what_is_drawn_and_not_what_is_shown(root: Path) -> None:
    plain, worse = PreparedSet(root), PreparedSet(root, AugmentConfig(noise=1, jpeg=1))
    rows = np.arange(4)
    assert plain.batch(rows).image.equal(worse.batch(rows).image), "validation sees real faces"
    one, other = plain.batch(rows, chance()), worse.batch(rows, chance())
    assert not one.image.equal(other.image)
    assert 0 < float((one.image - other.image).abs().mean()) < 0.4
    again = worse.batch(rows, chance())
    assert other.image.equal(again.image), "the same chance, the same faces"


def test_shift_and_flip_are_settings(root: Path) -> None:
    still = PreparedSet(root, AugmentConfig(shift=0, flip=0))
    rows = np.arange(6)
    assert still.batch(rows, chance()).image.equal(still.batch(rows).image)
    mirrored = PreparedSet(root, AugmentConfig(shift=0, flip=1)).batch(rows, chance())
    assert mirrored.image.flip(3).equal(still.batch(rows).image)


def test_a_shift_beyond_the_rim_is_refused(root: Path) -> None:
    with pytest.raises(TrainingError, match="rim of 8") as caught:
        PreparedSet(root, AugmentConfig(shift=9))
    assert caught.value.code == "training.config"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"jpeg": 1.5}, "jpeg should lie"),
        ({"blur_sigma": [2.0, 1.0]}, "blur_sigma"),
        ({"jpeg_quality": [0, 90]}, "jpeg_quality"),
        ({"noise_sigma": [1.0]}, "noise_sigma"),
        ({"jpg": 0.5}, "jpg"),
    ],
)
def test_a_table_that_makes_no_sense(table: dict[str, Any], said: str) -> None:
    with pytest.raises((ValueError, TrainingError), match=said):
        build(AugmentConfig, table, "augment")


def test_every_recipe_reads_the_table(root: Path, tmp_path: Path) -> None:
    head = "recipe = 'ipcgan'\n[loop]\nsteps = 1\nbatch = 2\n[augment]\n"
    (tmp_path / "run.toml").write_text(head + "jpeg = 2.0\n")
    with pytest.raises(TrainingError, match=r"\[augment\]: jpeg should lie in 0 to 1") as caught:
        build_recipe(tmp_path / "run.toml", root)
    assert caught.value.code == "training.config"
