"""The figures of a model whose every result is known."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.domain import FloatArray
from engine.evaluation.evaluate import Crops, ValidationFaces, evaluate

AGES = (20.0, 40.0, 60.0)
OWN_ERRORS = (1.0, 3.0, 5.0)
SOURCE = 100  # the brightness of every untouched crop


def painted(value: float, row: int) -> NDArray[np.uint8]:
    """A crop as bright as an age, with its row written into one pixel's green."""
    crop = np.full((8, 8, 3), round(value), np.uint8)
    crop[0, 0, 1] = row
    return crop


def faces(genders: Sequence[int] = (0, 1, -1), ages: Sequence[float] = AGES) -> ValidationFaces:
    return ValidationFaces(
        crops=[painted(SOURCE, row) for row in range(len(ages))],
        points=np.zeros((len(ages), 5, 2), np.float32),
        ages=np.array(ages, np.float32),
        genders=np.array(genders),
        races=np.array([0, 2, -1] + [0] * (len(ages) - 3)),
    )


def age_crops(rows: Sequence[int], target: float) -> Crops:
    return [painted(target, row) for row in rows]


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


def run(
    population: ValidationFaces, targets: tuple[float, ...] = (20.0, 60.0)
) -> dict[str, object]:
    return evaluate(population, age_crops, read_ages, Identity(), Outside(), targets=targets)


def test_every_figure() -> None:
    figures = run(faces())
    changes = [abs(age - SOURCE) * 191 / 192 / 255 for age in AGES]
    assert figures.pop("own_age_change") == pytest.approx(np.mean(changes), rel=1e-5)
    assert figures == {
        "faces": 3,
        "own_error": 3.0,
        "by_target": {
            "20": {
                "own_error": 3.0,
                "outside_mean": 20.0,
                "outside_on_real": 60.0,
                "same_person": 1.0,
                "gender_kept": 1.0,
            },
            "60": {
                "own_error": 3.0,
                "outside_mean": 40.0,
                "outside_on_real": 60.0,
                "same_person": pytest.approx(2 / 3),
                "gender_kept": 0.5,
            },
        },
        "same_person": {"0-20": 1.0, "20-30": 1.0, "40-100": 0.5},
        "same_person_to_30": 1.0,
        "gender_kept": 0.75,
        "by_gender": {
            "0": {"own_error": 1.0, "same_person": 0.5},
            "1": {"own_error": 3.0, "same_person": 1.0},
        },
        "by_race": {
            "0": {"own_error": 1.0, "same_person": 0.5},
            "2": {"own_error": 3.0, "same_person": 1.0},
        },
    }


def test_no_real_face_near_the_target() -> None:
    by_target = run(faces(), (75.0,))["by_target"]
    assert isinstance(by_target, dict)
    assert by_target["75"]["outside_on_real"] is None


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("genders", [(0, 1, -1), (-1, -1, -1)])
def test_the_result_is_json(genders: tuple[int, ...]) -> None:
    json.dumps(run(faces(genders)), allow_nan=False)


@pytest.mark.filterwarnings("error")
def test_no_pair_within_thirty_years() -> None:
    figures = run(faces(), (110.0,))
    assert figures["same_person_to_30"] is None
    json.dumps(figures, allow_nan=False)


def test_many_faces_come_in_chunks_and_in_order() -> None:
    asked: list[tuple[float, list[int]]] = []
    seen: list[float] = []

    def note(rows: Sequence[int], target: float) -> Crops:
        asked.append((target, list(rows)))
        return age_crops(rows, target)

    many = faces([0] * 70, [30.0] * 70)
    evaluate(
        many,
        note,
        read_ages,
        Identity(),
        Outside(),
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
