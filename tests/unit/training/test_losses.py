"""Every loss against a value worked out by hand."""

from __future__ import annotations

import math

import pytest
import torch

from engine.training.losses import adversarial, change
from engine.training.losses.age import age_cross_entropy, age_distribution
from engine.training.losses.gradient_penalty import r1
from engine.training.losses.identity import identity_margin

LOGITS = [torch.tensor([2.0, 0.5]), torch.tensor([[-1.0]])]


def test_hinge_on_real_wants_one_or_more() -> None:
    assert adversarial.hinge_real(LOGITS).item() == pytest.approx(((0 + 0.5) / 2 + 2) / 2)


def test_hinge_on_fake_wants_minus_one_or_less() -> None:
    assert adversarial.hinge_fake(LOGITS).item() == pytest.approx(((3 + 1.5) / 2 + 0) / 2)


def test_the_generator_wants_high_logits() -> None:
    assert adversarial.hinge_generator(LOGITS).item() == pytest.approx(-(1.25 - 1) / 2)


def test_r1_is_half_the_squared_slope() -> None:
    real = torch.rand(2, 3, 4, 4)
    steep = torch.zeros(2, 3, 4, 4)
    steep[0, 0, 0, 0], steep[1, 2] = 3.0, 0.5
    found = r1(lambda x: (x * steep).sum(dim=(1, 2, 3))[:, None, None].expand(2, 1, 5), real)
    assert found.item() == pytest.approx((9 + 16 * 0.25) / 2 / 2)


def test_r1_reaches_the_discriminator() -> None:
    weight = torch.tensor(2.0, requires_grad=True)
    r1(lambda x: weight * x.mean(dim=(1, 2, 3))[:, None], torch.rand(2, 3, 2, 2)).backward()
    assert weight.grad is not None
    assert weight.grad.item() == pytest.approx(2 / 12)


def test_a_label_becomes_a_gaussian_over_years() -> None:
    side = math.exp(-0.5)
    whole = 1 + 2 * side
    found = age_distribution(torch.tensor([1.0]), 1.0, 3)
    torch.testing.assert_close(found, torch.tensor([[side, 1, side]]) / whole)


def test_its_width_is_sigma() -> None:
    years = torch.arange(101.0)
    spread = age_distribution(torch.tensor([50.0]), 4.0, 101)[0]
    assert float((spread * years).sum()) == pytest.approx(50, abs=1e-3)
    assert float((spread * (years - 50) ** 2).sum()) == pytest.approx(16, abs=1e-2)


def test_cross_entropy_of_even_logits_is_the_log_of_their_number() -> None:
    loss = age_cross_entropy(torch.zeros(2, 101), torch.tensor([20.0, 70.0]), 3.0)
    assert loss.item() == pytest.approx(math.log(101), rel=1e-5)


def test_cross_entropy_by_hand() -> None:
    side = math.exp(-0.5)
    whole = 1 + 2 * side
    logits = torch.tensor([[0.0, math.log(2.0), 0.0]])  # probabilities 1/4, 1/2, 1/4
    expected = (math.log(2) + 2 * side * math.log(4)) / whole
    assert age_cross_entropy(logits, torch.tensor([1.0]), 1.0).item() == pytest.approx(expected)


def test_cross_entropy_pulls_towards_the_age() -> None:
    logits = torch.zeros(1, 101, requires_grad=True)
    age_cross_entropy(logits, torch.tensor([30.0]), 2.0).backward()
    assert logits.grad is not None
    assert int(logits.grad.argmin()) == 30


def test_identity_may_part_with_the_years() -> None:
    before = torch.tensor([[1.0, 0.0], [1.0, 0.0]])
    after = torch.tensor([[0.6, 0.8], [2.0, 0.0]])  # cosines 0.6 and 1
    gap = torch.tensor([-20.0, 20.0])  # 0.95 - 20 × 0.005 = 0.85 is asked of both
    loss = identity_margin(before, after, gap, start=0.95, per_year=0.005)
    assert loss.item() == pytest.approx((0.25 + 0) / 2)


def test_fine_structure_is_change_but_no_cast() -> None:
    checker = torch.ones(1, 3, 32, 32)
    checker[..., ::2, 1::2] = checker[..., 1::2, ::2] = -1
    assert change.mean_change(0.5 * checker).item() == pytest.approx(0.5)
    assert change.low_frequency_change(0.5 * checker).item() == pytest.approx(0, abs=1e-6)


def test_a_cast_is_both() -> None:
    cast = torch.zeros(1, 3, 32, 32)
    cast[:, 0, :16] = -0.3  # the upper half less red
    assert change.mean_change(cast).item() == pytest.approx(0.05)
    assert change.low_frequency_change(cast).item() == pytest.approx(0.05)
    # Without its brightness (-0.1) the upper half is -0.2, +0.1, +0.1.
    assert change.colour_cast(cast).item() == pytest.approx((0.2 + 0.1 + 0.1) / 3 / 2)


def test_light_is_no_colour() -> None:
    assert change.colour_cast(torch.full((1, 3, 16, 16), -0.2)).item() == pytest.approx(0)


def test_a_forehead_that_darkens_costs_where_a_face_gets_younger() -> None:
    dark = torch.zeros(2, 3, 32, 32)
    dark[:, :, :8] = -0.12
    dark[:, :, 8:] = -0.7  # eyes and below: not its matter
    younger, older = torch.tensor([-20.0, -6.0]), torch.tensor([20.0, -4.0])
    eyes = torch.tensor([12.0, 12.0])  # the forehead: the upper 8 of 32 rows
    assert change.darkening(dark, younger, eyes).item() == pytest.approx(0.1**2 / 4)
    assert change.darkening(dark, older, eyes).item() == 0
    assert change.darkening(-dark, younger, eyes).item() == 0


def test_white_on_the_lids_costs_where_a_face_gets_younger() -> None:
    white = torch.full((1, 3, 48, 48), 0.14)
    eyes = torch.tensor([[[16.0, 20.0], [32.0, 20.0]]])
    discs = 2 * 45 / 48**2  # within 48 / 12 = 4 pixels of a centre lie 45 of the pixels
    younger, older = torch.tensor([-20.0]), torch.tensor([20.0])
    seen = change.eye_whites(white, younger, eyes).item()
    assert seen == pytest.approx(0.1**2 * discs)
    assert change.eye_whites(white, older, eyes).item() == 0
    assert change.eye_whites(-white, younger, eyes).item() == 0


def test_a_jaw_a_nose_or_stubble_drawn_into_a_face_costs_where_it_gets_younger() -> None:
    dark = torch.full((1, 3, 56, 56), -0.115)
    points = torch.tensor([[[20.0, 16.0], [36.0, 16.0], [28.0, 27.0], [20.0, 40.0], [36.0, 40.0]]])
    # Cells' centres are at 2, 6 … 54. Nine rows of 14 lie below 16 + 4; of them lips are those at
    # 38 and 42 in the four columns 22 to 34.
    younger, older = torch.tensor([-20.0]), torch.tensor([20.0])
    share = (9 * 14 - 2 * 4) / 14**2
    assert change.shadows(dark, younger, points).item() == pytest.approx(0.1**2 * share)
    assert change.shadows(dark, older, points).item() == 0
    assert change.shadows(-dark, younger, points).item() == 0, "a beard may go"
    dark[:, :, 20:] = 0
    assert change.shadows(dark, younger, points).item() == 0, "brows and eyes are not its matter"


def test_a_bright_patch_costs_where_a_face_gets_older() -> None:
    bright = torch.zeros(1, 3, 32, 32)
    bright[:, :, :16, :16] = 0.13
    younger, older = torch.tensor([-20.0]), torch.tensor([20.0])
    assert change.highlights(bright, older).item() == pytest.approx(0.1**2 / 4)
    assert change.highlights(bright, younger).item() == 0
    assert change.highlights(-bright, older).item() == 0
    assert change.highlights(bright * 0.2, older).item() == 0, "a little is skin"


def test_an_edge_that_the_photo_lacks_costs_where_a_face_gets_younger() -> None:
    flat, step = torch.full((1, 3, 32, 32), 0.5), torch.zeros(1, 3, 32, 32)
    step[..., 16:] = 0.22
    younger, older = torch.tensor([-20.0]), torch.tensor([20.0])
    drawn = change.new_edges(flat, step, younger).item()
    assert drawn == pytest.approx(0.2**2 / 16, rel=1e-2), "one column of sixteen"
    assert change.new_edges(flat, step, older).item() == 0
    assert change.new_edges(flat + step, step, younger).item() == pytest.approx(
        (0.44 - 0.22 - 0.02) ** 2 / 16, rel=1e-2
    ), "it became steeper"
    assert change.new_edges(flat + step, -step, younger).item() == 0, "lines may go"
    near = torch.roll(step, 4, 3)
    near[..., :4] = 0
    moved = change.new_edges(flat + step, near - step, younger).item()
    assert moved == 0, "and move by a little"


def test_a_fold_takes_a_part_of_the_light_that_there_is() -> None:
    older, younger = torch.tensor([20.0]), torch.tensor([-20.0])
    dark = torch.full((1, 3, 32, 32), -0.2)
    light, shade = torch.full_like(dark, 0.9), torch.full_like(dark, 0.2)
    assert change.creases(light, dark, older).item() == 0
    expected = (0.2 - 0.35 * 0.2 - 0.01) ** 2
    assert change.creases(shade, dark, older).item() == pytest.approx(expected)
    assert change.creases(shade, dark, younger).item() == 0
    assert change.creases(shade, -dark, older).item() == 0


def test_a_coloured_rim_costs_more_than_a_tint() -> None:
    tint, rim = torch.zeros(1, 3, 8, 8), torch.zeros(1, 3, 8, 8)
    tint[:, 0] = 0.1
    rim[:, 0, 0] = 0.8
    assert change.coloured(tint).item() == pytest.approx(0.1**2 * 2 / 9)
    assert change.coloured(rim).item() == pytest.approx(0.8**2 * 2 / 9 / 8)
    assert change.coloured(torch.full((1, 3, 8, 8), 0.3)).item() == 0


def test_one_streak_costs_more_than_many_small_changes() -> None:
    even, streak = torch.full((1, 3, 8, 8), 0.1), torch.zeros(1, 3, 8, 8)
    streak[..., 3] = 0.8
    assert change.mean_change(even).item() == pytest.approx(change.mean_change(streak).item())
    assert change.large_change(even).item() == pytest.approx(0.01)
    assert change.large_change(streak).item() == pytest.approx(0.08)
