"""The command line over the real engine: the newcomer's first command, and bad weights."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.cli import main
from engine.paths import weights_dir

ROOT = Path(__file__).resolve().parents[2]


def test_the_first_command_of_a_newcomer(tmp_path: Path, samples: Path) -> None:
    old = tmp_path / "old.png"
    photo = samples / "astronaut.png"
    done = subprocess.run(
        [sys.executable, "main.py", "age", str(photo), "--to", "65", "-o", str(old), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    report = json.loads(done.stdout)
    (face,) = report["faces"]
    (result,) = face["results"]
    assert (result["target"], result["file"]) == (65.0, str(old))
    assert result["age_after"] > face["age_before"]
    before = np.asarray(Image.open(photo).convert("RGB"))
    after = np.asarray(Image.open(old))
    assert after.shape == before.shape
    assert (after[300:] == before[300:]).all()
    assert (after != before).any()


def test_a_failure_is_one_line_on_stderr(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    empty = tmp_path / "nobody.png"
    Image.fromarray(rng.integers(0, 255, (200, 300, 3), np.uint8)).save(empty)
    done = subprocess.run(
        [sys.executable, "main.py", "age", str(empty), "--to", "65"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("No face was found in nobody.png")
    assert list(tmp_path.glob("*.*")) == [empty]


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the installed weights to spoil."""
    place = tmp_path / "weights"
    shutil.copytree(weights_dir(), place)
    monkeypatch.setenv("AGELENS_WEIGHTS", str(place))
    return place


def flipped(data: bytes) -> bytes:
    """One bit in the middle changed."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda file: file.unlink(), "are missing"),
        (lambda file: file.write_bytes(file.read_bytes()[:-1]), "truncated or altered"),
        (lambda file: file.write_bytes(flipped(file.read_bytes())), "truncated or altered"),
        (lambda file: file.write_bytes(pickle.dumps({"w": 1})), "is a pickle"),
    ],
)
@pytest.mark.parametrize("name", ["agelens-age", "agelens-delta-256"])
def test_bad_weights_are_refused(
    weights: Path,
    samples: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    spoil: object,
    sentence: str,
) -> None:
    assert callable(spoil)
    spoil(weights / f"{name}.safetensors")
    old = tmp_path / "old.png"
    assert main(["age", str(samples / "astronaut.png"), "--to", "65", "-o", str(old)]) == 1
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert captured.out == ""
    assert not old.exists()
