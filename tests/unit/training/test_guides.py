"""Who reads ages off results in training: the networks of run folders, and all of them together."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli_w
import torch
from torch import Tensor

from engine.errors import TrainingError
from engine.models.age_reader import AGES, AgeReader
from engine.models.arch.age_resnet import AgeResNet, AgeResNetConfig
from engine.training.guides import Guides, trained_reader
from engine.training.run import RunFolder
from engine.training.runtime import one_process
from tests.unit.models import tiny

SMALL = AgeResNetConfig(size=32, channels=(8, 16), blocks=(1, 1))


def run_of(folder: Path, recipe: str = "age_resnet") -> Path:
    """A run folder as ``train`` leaves it, with a small reader inside."""
    folder.mkdir(parents=True)
    table = {"size": 32, "channels": [8, 16], "blocks": [1, 1]} if recipe == "age_resnet" else {}
    config = folder.parent / f"{recipe}.toml"
    config.write_text(tomli_w.dumps({"recipe": recipe, "network": table}), encoding="utf-8")
    torch.manual_seed(4)
    network = AgeResNet(SMALL)
    RunFolder(folder, config).save(9, {"ema": network.state_dict()})
    return folder


def test_a_runs_average_reads_ages(tmp_path: Path) -> None:
    reader = trained_reader(run_of(tmp_path / "run"))
    torch.manual_seed(4)
    same, x = AgeResNet(SMALL).eval(), tiny.pictures(2, 64)
    torch.testing.assert_close(reader.age(x), same.age(x))
    assert not reader.training
    assert not any(parameter.requires_grad for parameter in reader.parameters())


@pytest.mark.parametrize("recipe", ["delta", "nothing"])
def test_a_run_that_reads_no_ages_is_refused(tmp_path: Path, recipe: str) -> None:
    with pytest.raises(TrainingError, match="did not learn to read ages"):
        trained_reader(run_of(tmp_path / "run", recipe))


def test_a_missing_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no checkpoint"):
        trained_reader(tmp_path / "none")


class Certain(AgeReader):
    """Sure of one age, whatever it sees."""

    def __init__(self, years: int) -> None:
        super().__init__()
        self.certain = years

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        logits = torch.zeros(len(x), AGES)
        logits[:, self.certain] = 20
        return logits + 0 * x.mean(), x.mean((1, 2, 3))


def test_all_have_to_be_convinced(tmp_path: Path) -> None:
    x, years = tiny.pictures(2, 64), torch.tensor([30.0, 30.0])
    right, wrong = (
        Guides(Certain(age), [], one_process()).loss(x, years, 3.0).item() for age in (30, 70)
    )
    both = Guides(Certain(30), [], one_process())
    both._readers.append(Certain(70))
    assert right < wrong
    assert both.loss(x, years, 3.0).item() == pytest.approx((right + wrong) / 2)


def test_each_run_is_one_more(tmp_path: Path) -> None:
    guides = Guides(tiny.estimator(), [str(run_of(tmp_path / "run"))], one_process())
    x = tiny.pictures(2, 64).requires_grad_(True)
    guides.loss(x, torch.tensor([20.0, 60.0]), 3.0, shading=0.2).backward()
    assert x.grad is not None
    assert x.grad.abs().sum() > 0
    assert len(guides._readers) == 2
