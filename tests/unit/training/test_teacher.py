"""A start by imitation: the teacher's change is learnt, and the recipe's own losses follow."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
import torch

from engine.errors import ModelError, TrainingError
from engine.models.arch.cgan import Cgan, CganConfig
from engine.models.spec import GENERATOR
from engine.training.dataset import PreparedSet
from engine.training.runtime import one_process
from engine.training.sface import SFace
from engine.training.teacher import Asked, Teacher
from tests.unit.models import tiny
from tests.unit.training.test_ancestors import RECIPES, data, make, sface

__all__ = ["data", "sface"]


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.install(tmp_path, tiny.lively_delta(), "teacher", continuous=True)
    config = CganConfig(8, 3, groups=(12, 30))
    about = {"kind": GENERATOR, "architecture": "cgan", "config": asdict(config)}
    tiny.install(tmp_path, Cgan(config), "of-groups", continuous=False, **about)
    monkeypatch.setenv("AGELENS_WEIGHTS", str(tmp_path))


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_its_own_losses_follow_the_imitation(name: str, data: PreparedSet, sface: SFace) -> None:
    training = make(name, data, sface, teacher="teacher", imitation=0.5)  # of four steps
    critics = [p.clone() for p in training.critics.parameters()]
    for number in (0, 1):
        assert set(training.step(number)) == {"imitation", "mean_change"}
    for own, before in zip(training.critics.parameters(), critics, strict=True):
        assert torch.equal(own, before), "critics wait"
    for back in training.moved[1:]:
        for own, theirs in zip(back.parameters(), training.moved[0].parameters(), strict=True):
            assert torch.equal(own, theirs), "the way back begins as the way there"
    assert "critic" in training.step(2)


def test_imitation_brings_the_pupil_nearer(data: PreparedSet, sface: SFace) -> None:
    training = make("cgan", data, sface, teacher="teacher", imitation=1.0, imitation_rate=3e-3)
    assert training.teacher is not None
    asked = training.asked()

    def away() -> float:
        assert training.teacher is not None
        with torch.no_grad():
            picture = training.generator.picture(
                training.generator.encode(asked.image), asked.choice
            )
            return training.teacher.distance(picture, asked).item()

    training.generator.eval()
    before = away()
    training.asked = lambda: asked  # type: ignore[method-assign]
    for number in range(4):
        training.step(number)
    assert away() < before


def test_no_change_is_at_a_distance_of_one() -> None:
    teacher = Teacher("teacher", one_process())
    faces = tiny.pictures(2, 32)
    years, older = torch.tensor([20.0, 40.0]), torch.tensor([70.0, 15.0])
    asked = Asked(faces, torch.ones(2, 1, 32, 32), years, older, torch.tensor([0, 1]))
    assert teacher.distance(faces, asked).item() == pytest.approx(1)
    assert teacher.distance(teacher.aged(asked), asked).item() == 0
    hidden = Asked(faces, torch.zeros(2, 1, 32, 32), years, older, asked.choice)
    assert torch.equal(teacher.aged(hidden), faces), "nothing outside the portrait's mask"


def test_who_cannot_teach() -> None:
    with pytest.raises(TrainingError, match="every age"):
        Teacher("of-groups", one_process())
    with pytest.raises(ModelError, match="nobody"):
        Teacher("nobody", one_process())
