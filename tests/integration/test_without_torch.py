"""What the package does, with its weights in ONNX, where every import of torch fails."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.models.checkpoints import save_weights
from engine.models.entry import write_entry
from engine.models.generator import Generator
from engine.models.manifest import MANIFEST
from engine.models.onnx_convert import convert
from engine.models.registry import ModelRegistry
from engine.paths import app_root, samples_dir, weights_dir
from engine.training.onnx_file import write_onnx
from tests.unit.house.scripts import load_script

chosen_weights = load_script("chosen_weights")

# Runs each list of arguments in the packaged world; torch is kept out as PyInstaller would.
PROGRAM = """
import sys

KEPT_OUT = {"torch", "onnx", "onnxscript", "safetensors", "tomli_w"}


class Without:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in KEPT_OUT:
            raise ImportError(f"{name} is kept out")


sys.meta_path.insert(0, Without())
sys.frozen, sys._MEIPASS = True, sys.argv[1]
import json
from engine.cli import main

codes = [main(words) for words in json.loads(sys.argv[2])]
if len(sys.argv) > 3:
    from pathlib import Path
    from engine.errors import ModelError
    from engine.models.registry import ModelRegistry
    from engine.paths import weights_dir
    registry = ModelRegistry(weights_dir(), Path(sys.argv[3]) / "own")
    for name in sys.argv[4:]:
        try:
            print("took", registry.import_weights(Path(name)).name)
        except ModelError as error:
            print("refused", error.code)
assert not KEPT_OUT & set(sys.modules), KEPT_OUT & set(sys.modules)
print(codes)
"""


@pytest.fixture(scope="module")
def inner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package's ``_internal``: the checkout's resources beside the weights that it carries."""
    folder = tmp_path_factory.mktemp("bundle") / "_internal"
    folder.mkdir()
    chosen_weights.stage(weights_dir(), folder / "chosen")
    convert(folder / "chosen", folder / "weights")
    for name in ("resources", "pyproject.toml"):
        (folder / name).symlink_to(app_root() / name)
    return folder


def run(
    inner: Path, commands: list[list[str]], *imports: Path | str
) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", PROGRAM, str(inner), json.dumps(commands)]
    return subprocess.run(
        [*words, *map(str, imports)], cwd=app_root(), capture_output=True, text=True, check=False
    )


def test_photos_are_aged_and_measured(inner: Path, tmp_path: Path) -> None:
    photo = str(samples_dir() / "grace_hopper.jpg")
    many = tmp_path / "many"
    many.mkdir()
    aged, again = str(tmp_path / "aged.png"), str(tmp_path / "again.png")
    commands = [
        ["--self-test"],
        ["models", "--json"],
        ["age", photo, "--to", "30", "-o", aged, "--sidecar"],
        ["batch", photo, "--to", "60", "--out", str(many)],
        ["benchmark", "--photo", photo, "--runs", "1", "--json"],
    ]
    done = run(inner, commands)
    assert done.stdout.splitlines()[-1] == str([0] * len(commands)), done.stdout + done.stderr
    assert "ONNX Runtime" in done.stdout
    assert "FAILED" not in done.stdout
    assert Path(aged).stat().st_size > 10_000
    (sidecar,) = [path for path in tmp_path.iterdir() if path.suffix == ".json"]
    done = run(inner, [["age", "--recipe", str(sidecar), "-o", again]])
    assert done.stdout.splitlines()[-1] == "[0]", done.stdout + done.stderr


def test_a_gpu_is_refused_with_a_sentence(inner: Path, tmp_path: Path) -> None:
    photo = str(samples_dir() / "grace_hopper.jpg")
    words = ["age", photo, "--to", "30", "--device", "cuda", "-o", str(tmp_path / "x.png")]
    done = run(inner, [words])
    assert done.stdout.splitlines()[-1] == "[1]"
    assert "CUDA" in done.stderr
    assert done.stderr.count("\n") == 1


def test_of_models_that_users_bring_those_in_onnx_are_taken(inner: Path, tmp_path: Path) -> None:
    """One file that describes itself; another one of the repository, in safetensors, is not."""
    known = ModelRegistry(weights_dir())
    spec = known.generator("agelens-ipcgan")
    network = known.load(spec)
    assert isinstance(network, Generator)
    mine = replace(spec, name="mine", input_size=64, default=False)
    write_onnx(network, mine, tmp_path / "mine.onnx")
    other = tmp_path / "other" / "other.safetensors"
    other.parent.mkdir()
    save_weights(other, network.state_dict(), "a test")
    write_entry(other.parent / MANIFEST, replace(spec, name="other", file=other.name))
    done = run(inner, [], tmp_path, tmp_path / "mine.onnx", other)
    assert done.stdout.splitlines() == ["took mine", "refused model.needs_torch", "[]"], done.stderr
