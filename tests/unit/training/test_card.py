"""The model card says what the run and the evaluation say, and leaves a written card alone."""

from __future__ import annotations

import argparse
import json
import stat
from dataclasses import asdict
from pathlib import Path

import pytest
import tomli_w

from engine.cli import export_weights as export_command
from engine.errors import TrainingError
from engine.training.export import export_weights
from engine.training.run import RunFolder
from tests.unit.models import tiny
from tests.unit.training.test_export import CONFIGS, ROOT

CARD = CONFIGS / "delta.card.toml"
FIGURES = json.loads(
    (ROOT / "docs" / "training" / "delta" / "evaluation.json").read_text(encoding="utf-8")
)
FIGURES["by_target"]["25"]["outside_mean"] = 29.8
FIGURES["by_target"]["65"]["outside_mean"] = 54.3
FIGURES["by_target"]["75"] |= {
    "own_error": 5.44,
    "outside_mean": 61.0,
    "outside_on_real": 66.0,
    "same_person": 1.0,
    "gender_kept": 0.985,
}
for key, errors in (("by_gender", (3.9, 4.4)), ("by_race", (3.9, 4.5, 3.4, 4.3, 4.6))):
    FIGURES[key]["groups"] = {str(n): {"own_error": error} for n, error in enumerate(errors)}


def run_of(root: Path) -> Path:
    """A finished run that began by imitation."""
    table = {
        "recipe": "delta",
        "loop": {"steps": 40, "batch": 16},
        "network": asdict(tiny.DELTA),
        "training": {"teacher": "agelens-delta", "imitation": 0.75},
    }
    config = root / "x.toml"
    config.write_text(tomli_w.dumps(table), encoding="utf-8")
    run = RunFolder(root / "run", config)
    run.save(40, {"ema": tiny.lively_delta().state_dict()})
    return run.root


def test_card_of_a_measured_run(tmp_path: Path) -> None:
    run, weights = run_of(tmp_path), tmp_path / "w"
    spec = export_weights(run, CARD, weights)
    card = weights / "agelens-delta.md"
    assert "Not measured yet." in card.read_text(encoding="utf-8")
    export_weights(run, CARD, weights, figures=FIGURES | {"sha256": spec.sha256})
    text = card.read_text(encoding="utf-8")
    assert "40 steps of 16, **the first 30 of them imitating agelens-delta**" in text
    assert "65 less 25: **24.5 years**" in text
    at_75 = next(line for line in text.splitlines() if line.startswith("| 75 |"))
    assert at_75 == "| 75 | 5.4 years | 61.0 years | 66.0 years | 100.0 % | 98.5 % |"
    assert "White 3.9, Black 4.5, Asian 3.4, Indian 4.3, other 4.6" in text
    assert "men 3.9, women 4.4" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.count("|") in (3, 7) for line in rows)


def test_limits_of_the_toml_are_told(tmp_path: Path) -> None:
    about = tmp_path / "card.toml"
    limits = 'limits = ["Grey beards stay."]\nbefore = "900 steps from nothing"\n'
    about.write_text(limits + CARD.read_text(encoding="utf-8"), encoding="utf-8")
    export_weights(run_of(tmp_path), about, tmp_path / "w")
    text = (tmp_path / "w" / "agelens-delta.md").read_text(encoding="utf-8")
    assert "| Training | 900 steps from nothing; then 40 steps of 16" in text
    assert "- Grey beards stay." in text.split("## What it gets wrong")[1]


def test_a_card_that_somebody_wrote_stays(tmp_path: Path) -> None:
    weights = tmp_path / "w"
    weights.mkdir()
    (weights / "agelens-delta.md").write_text("# By hand\n", encoding="utf-8")
    export_weights(run_of(tmp_path), CARD, weights)
    assert (weights / "agelens-delta.md").read_text(encoding="utf-8") == "# By hand\n"


def test_figures_of_other_weights_are_refused_and_nothing_is_listed(tmp_path: Path) -> None:
    with pytest.raises(TrainingError) as caught:
        export_weights(run_of(tmp_path), CARD, tmp_path / "w", figures=FIGURES)
    assert caught.value.code == "training.other_figures"
    assert not (tmp_path / "w" / "manifest.toml").exists()


@pytest.mark.parametrize("written", [None, "no figures", "[1, 2]"])
def test_figures_that_are_none_are_a_sentence(tmp_path: Path, written: str | None) -> None:
    path = tmp_path / "figures.json"
    if written is not None:
        path.write_text(written, encoding="utf-8")
    with pytest.raises(TrainingError) as caught:
        export_command.run(
            argparse.Namespace(
                run=run_of(tmp_path), card=CARD, weights=tmp_path / "w", metrics=path, onnx=None
            )
        )
    assert caught.value.code == "training.figures"
    assert not (tmp_path / "w").exists()


def test_every_user_may_read_the_weights(tmp_path: Path) -> None:
    spec = export_weights(run_of(tmp_path), CARD, tmp_path / "w")
    mode = (tmp_path / "w" / spec.file).stat().st_mode
    assert stat.S_IMODE(mode) == stat.S_IMODE((tmp_path / "w" / "manifest.toml").stat().st_mode)
