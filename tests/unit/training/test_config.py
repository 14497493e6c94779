"""Configuration from TOML: complete, typed, and nothing that nobody reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from engine.errors import TrainingError
from engine.models.arch.delta import DeltaConfig
from engine.training.config import LoopConfig, build, read_toml
from engine.training.launch import build_recipe, prepare_config


@dataclass(frozen=True, slots=True)
class Inner:
    rate: float = 0.1


@dataclass(frozen=True, slots=True)
class Outer:
    name: str
    sizes: tuple[int, ...] = (1,)
    inner: Inner = field(default_factory=Inner)
    flag: bool = False


def refused(kind: type[object], table: dict[str, object]) -> str:
    with pytest.raises(TrainingError) as caught:
        build(kind, table, "here")
    assert caught.value.code == "training.config"
    return caught.value.sentence


def test_defaults_fill_what_is_left_out() -> None:
    assert build(LoopConfig, {"steps": 5, "batch": 2}, "loop") == LoopConfig(5, 2, 0, 25, 200)


def test_nested_tables_become_nested_values() -> None:
    table = {"name": "x", "inner": {"rate": 2}, "sizes": [3, 4]}
    built = build(Outer, table, "here")
    assert built == Outer("x", (3, 4), Inner(2.0))
    assert isinstance(built.inner.rate, float)


def test_lists_of_lists_become_tuples_of_tuples() -> None:
    built = build(Outer, {"name": "x", "sizes": [[1, 2], [3, 4]]}, "here")
    assert built.sizes == ((1, 2), (3, 4))


def test_an_unknown_key_is_named_with_the_known_ones() -> None:
    assert "stepz" in refused(LoopConfig, {"steps": 1, "batch": 1, "stepz": 2})
    assert "rat" in refused(Outer, {"name": "x", "inner": {"rat": 1}})


def test_a_missing_key_is_named() -> None:
    assert "batch" in refused(LoopConfig, {"steps": 1})


@pytest.mark.parametrize("steps", ["5", 5.0, True, [5], {"a": 1}])
def test_a_whole_number_is_nothing_else(steps: object) -> None:
    assert "here.steps" in refused(LoopConfig, {"steps": steps, "batch": 1})


@pytest.mark.parametrize("rate", ["1", True, [1.0]])
def test_a_number_may_be_whole_but_no_text(rate: object) -> None:
    assert "here.rate" in refused(Inner, {"rate": rate})


@pytest.mark.parametrize("table", [{"sizes": 3}, {"inner": 3}, {"flag": 1}, {"name": 1}])
def test_other_types_are_checked_too(table: dict[str, object]) -> None:
    assert f"here.{next(iter(table))}" in refused(Outer, {"name": "x"} | table)


def test_a_list_where_the_network_wants_one() -> None:
    assert build(DeltaConfig, {"channels": [16, 32, 48]}, "network").channels == (16, 32, 48)


def test_a_missing_file_and_a_broken_one(tmp_path: Path) -> None:
    for content in (None, b"steps = ", b"\xff\xfe"):
        if content is not None:
            (tmp_path / "x.toml").write_bytes(content)
        with pytest.raises(TrainingError, match=r"x\.toml") as caught:
            read_toml(tmp_path / "x.toml")
        assert caught.value.code == "training.config"


def test_the_shipped_preparation_reads() -> None:
    config = prepare_config(Path("engine/training/configs/prepare.toml").absolute())
    assert config.sources[0] == ("utkface", "UTKFace")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("recipe = 'nonsense'\n[loop]\nsteps = 1\nbatch = 1", "training.recipe"),
        ("recipe = 'delta'\n[loops]\nsteps = 1", "training.config"),
        ("recipe = 'delta'", "training.config"),
        ("recipe = 'delta'\n[loop]\nsteps = 1\nbatch = 1", "training.data_missing"),
    ],
)
def test_a_recipe_that_cannot_start(tmp_path: Path, content: str, code: str) -> None:
    (tmp_path / "run.toml").write_text(content)
    with pytest.raises(TrainingError) as caught:
        build_recipe(tmp_path / "run.toml", tmp_path / "nowhere")
    assert caught.value.code == code
