"""The figures of a model whose every result is known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.evaluation.evaluate import Reference, evaluate
from engine.evaluation.expression import Expression
from engine.evaluation.judges import Judges
from engine.evaluation.subjects import Crops, RealFaces, ValidationFaces

AGES = (20.0, 40.0, 60.0)
OWN_ERRORS = (1.0, 3.0, 5.0)
SOURCE = 100  # the brightness of every untouched crop
BACKGROUND = 7  # the column where the mask is closed


def painted(value: float, row: int) -> NDArray[np.uint8]:
    """A crop as bright as an age, with its row written into one pixel's green."""
    crop = np.full((8, 8, 3), round(value), np.uint8)
    crop[0, 0, 1] = row
    return crop


def faces(genders: Sequence[int] = (0, 1, -1), ages: Sequence[float] = AGES) -> ValidationFaces:
    masks = np.ones((len(ages), 8, 8), np.float32)
    masks[:, :, BACKGROUND] = 0
    return ValidationFaces(
        crops=[painted(SOURCE, row) for row in range(len(ages))],
        points=np.zeros((len(ages), 5, 2), np.float32),
        masks=masks,
        ages=np.array(ages, np.float32),
        genders=np.array(genders),
        races=np.array([0, 2, -1] + [0] * (len(ages) - 3)),
    )


def real_faces(count: int) -> RealFaces:
    """So many of 20 and of 60 years, as bright as they are old, men and women in turn."""
    ages = np.array([20.0, 60.0] * count, np.float32)
    crops = [painted(age, 1 + row % 2) for row, age in enumerate(ages)]
    genders = np.array([0, 0, 1, 1] * count)[: len(ages)]
    return RealFaces(crops, ages, genders, np.zeros(len(ages), np.int64))


def reference_of(count: int) -> Reference:
    return Reference(real_faces(count), real_faces(count), real_faces(count))


def age_crops(rows: Sequence[int], target: float) -> Crops:
    """As bright as the target, but for the background, which darkens by a tenth of range."""
    crops = [painted(target, row) for row in rows]
    for crop in crops:
        crop[:, BACKGROUND] = SOURCE - 25.5
    return crops


def read_ages(crops: Crops) -> list[float]:
    """Misses each person by an error of their own."""
    return [float(c[4, 4, 0]) + OWN_ERRORS[int(c[0, 0, 1]) % 3] for c in crops]


class Identity:
    """The same person always, but for the first one at 60."""

    def embed(self, rgb: NDArray[np.uint8], points: FloatArray) -> FloatArray:
        lost = rgb[4, 4, 0] == 60 and rgb[0, 0, 1] == 0
        return np.array([0.3, 0.954] if lost else [1, 0], np.float32)


class Outside:
    """Reads half of the brightness plus ten; sees the second as a woman, but not at 60."""

    def read(self, crops: Sequence[NDArray[np.uint8]]) -> tuple[NDArray[np.float64], list[str]]:
        ages = np.array([c[4, 4, 0] / 2 + 10 for c in crops])
        women = [c[0, 0, 1] == 1 and c[4, 4, 0] != 60 for c in crops]
        return ages, ["female" if woman else "male" for woman in women]


def expression(crop: NDArray[np.uint8]) -> Expression | None:
    """Opens the mouth and turns by what the crop is brighter; the third has no face at 60."""
    if crop[0, 0, 1] == 2 and crop[4, 4, 0] == 60:
        return None
    shapes = np.zeros(52, np.float32)
    shapes[0] = crop[4, 4, 0] / 100
    return Expression(shapes, np.array([0.0, crop[4, 4, 0] / 10]))


def features(crops: Crops) -> FloatArray:
    """Brightness and row."""
    return np.array([[c[4, 4, 0], c[0, 0, 1]] for c in crops], np.float32)


JUDGES = Judges(read_ages, Identity(), Outside(), expression, features)


def run(
    population: ValidationFaces,
    targets: tuple[float, ...] = (20.0, 60.0),
    real: int = 20,
) -> dict[str, Any]:
    reference = reference_of(real)
    return evaluate(population, reference, age_crops, JUDGES, targets=targets)


def test_figures_of_the_whole() -> None:
    figures = run(faces())
    # seven columns but for one value of brightness, and the background's column
    rise = [(abs(age - SOURCE) * (7 * 24 - 1) + 26 * 24) / 192 / 255 for age in AGES]
    assert figures["own_age_change"] == pytest.approx(np.mean(rise), rel=1e-5)
    assert figures["faces"] == 3
    assert figures["own_error"] == 3.0
    assert figures["same_person"] == {"0-20": 1.0, "20-30": 1.0, "40-100": 0.5}
    assert figures["same_person_to_30"] == 1.0
    assert figures["gender_kept"] == 0.75
    assert figures["background_change"] == pytest.approx(26 / 255, rel=1e-5)
    assert figures["outside_worst_bias"] == 0
    assert figures["expression_change"] == pytest.approx((3 * 0.8 + 2 * 0.4) / 5 / 52, rel=1e-5)
    assert figures["pose_change"] == pytest.approx((3 * 8 + 2 * 4) / 5, rel=1e-5)


def test_the_step_from_a_year_to_the_next() -> None:
    """A level a year, but for one column of eight and one value of three in one pixel."""
    step = run(faces())["year_step"]
    assert step["mean"] == pytest.approx((7 * 24 - 1) / 192 / 255, rel=1e-5)
    assert step["most"] == pytest.approx(step["mean"])


def test_figures_of_a_target() -> None:
    found = run(faces())["by_target"]["60"]
    assert found.pop("realism") is None, "three results are too few"
    assert found == {
        "results": 3,
        "own_error": 3.0,
        "own_real_faces": 20,
        "own_mean": 63.0,
        "own_on_real": 65.0,
        "own_bias": -2.0,
        "outside_real_faces": 20,
        "outside_mean": 40.0,
        "outside_on_real": 40.0,
        "outside_bias": 0.0,
        "same_person": pytest.approx(2 / 3),
        "gender_kept": 0.5,
        "expression_change": pytest.approx(0.4 / 52, rel=1e-5),
        "pose_change": pytest.approx(4),
        "background_change": pytest.approx(26 / 255, rel=1e-5),
    }


def test_figures_of_a_group() -> None:
    by_gender = run(faces())["by_gender"]
    men, women = by_gender["groups"]["0"], by_gender["groups"]["1"]
    assert (men["faces"], men["own_error"], men["same_person"]) == (1, 1.0, 0.5)
    assert (women["faces"], women["own_error"], women["same_person"]) == (1, 3.0, 1.0)
    assert (men["gender_kept"], women["gender_kept"]) == (1.0, 0.5)
    assert by_gender["gaps"]["own_error"] == 1.5
    assert by_gender["gaps"]["same_person"] == 0.5
    assert by_gender["gaps"]["gender_kept"] == 0.5
    assert set(run(faces())["by_race"]["groups"]) == {"0", "2"}


def test_each_judge_has_real_faces_of_its_own() -> None:
    ten = real_faces(10)
    brighter = [np.array(crop + 8, np.uint8) for crop in ten.crops]
    outside = RealFaces(brighter, ten.ages, ten.genders, ten.races)
    reference = Reference(real_faces(20), outside, real_faces(20))
    found = evaluate(faces(), reference, age_crops, JUDGES, targets=(60.0,))["by_target"]["60"]
    assert (found["own_real_faces"], found["outside_real_faces"]) == (20, 10)
    assert (found["own_on_real"], found["outside_on_real"]) == (65.0, 44.0)


def test_a_group_is_compared_with_real_faces_of_its_label() -> None:
    ten = real_faces(20)
    men = ten.genders == 0
    women_brighter = [
        crop if man else np.array(crop + 8, np.uint8)
        for crop, man in zip(ten.crops, men, strict=True)
    ]
    outside = RealFaces(women_brighter, ten.ages, ten.genders, ten.races)
    reference = Reference(real_faces(20), outside, real_faces(20))
    by_gender = evaluate(faces(), reference, age_crops, JUDGES, targets=(60.0,))["by_gender"]
    assert by_gender["groups"]["0"]["outside_bias"] == 0
    assert by_gender["groups"]["1"]["outside_bias"] == 4
    assert by_gender["gaps"]["outside_bias"] == 2


def test_results_that_did_not_move_are_counted() -> None:
    def lazy(rows: Sequence[int], target: float) -> Crops:
        return [painted(SOURCE if row else target, row) for row in rows]

    reference = reference_of(20)
    figures = evaluate(faces(), reference, lazy, JUDGES, targets=(20.0, 95.0))
    assert figures["did_nothing"] == pytest.approx(2 / 3), "95 is too near to count"


def test_no_real_face_near_the_target() -> None:
    figures = run(faces(), (40.0,))
    assert figures["by_target"]["40"]["outside_on_real"] is None
    assert figures["by_target"]["40"]["outside_bias"] is None
    assert figures["by_target"]["40"]["realism"] is None
    assert figures["outside_worst_bias"] is None


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("genders", [(0, 1, -1), (-1, -1, -1)])
@pytest.mark.parametrize("targets", [(20.0, 60.0), (110.0,)])
def test_the_result_is_json(genders: tuple[int, ...], targets: tuple[float, ...]) -> None:
    json.dumps(run(faces(genders), targets, real=2), allow_nan=False)


def test_many_faces_come_in_chunks_and_in_order() -> None:
    asked: list[tuple[float, list[int]]] = []
    seen: list[float] = []

    def note(rows: Sequence[int], target: float) -> Crops:
        asked.append((target, list(rows)))
        return age_crops(rows, target)

    evaluate(
        faces([0] * 70, [30.0] * 70),
        reference_of(20),
        note,
        JUDGES,
        targets=(20.0, 60.0),
        progress=lambda fraction, message: seen.append(fraction),
    )
    for target in (20.0, 60.0):
        rows = [r for t, part in asked if t == target for r in part]
        assert rows == list(range(70))
    assert max(len(part) for _, part in asked) < 70
    assert seen == sorted(seen)
    assert seen[0] == 0
    assert seen[-1] < 1
