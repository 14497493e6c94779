"""From a TOML to a running recipe. Every recipe is imported by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import TrainingError
from engine.models.assets import IMAGENET, SFACE, asset
from engine.paths import weights_dir
from engine.training.config import LoopConfig, build, read_toml
from engine.training.dataset import PreparedSet
from engine.training.loop import Recipe
from engine.training.prepare import PrepareConfig

_TABLES = {"recipe", "loop", "network", "training"}


def prepare_config(path: Path) -> PrepareConfig:
    """Read a preparation's TOML."""
    return build(PrepareConfig, read_toml(path), path.name)


def build_recipe(config: Path, data: Path) -> tuple[Recipe, LoopConfig]:
    """The recipe that a TOML describes, over a prepared set.

    Raises TrainingError on an unknown recipe, table or key, and where data are missing.
    """
    tables = read_toml(config)
    unknown = sorted(set(tables) - _TABLES)
    if unknown:
        raise TrainingError(
            f"Unknown table {', '.join(unknown)} in {config.name}.", code="training.config"
        )
    loop = build(LoopConfig, tables.get("loop", {}), "loop")
    name = tables.get("recipe")
    if name == "age_estimator":
        return _age_estimator(tables, loop, PreparedSet(data)), loop
    if name == "delta":
        return _delta(tables, loop, PreparedSet(data)), loop
    raise TrainingError(
        f"Unknown recipe {name!r} in {config.name}; known are age_estimator, delta.",
        code="training.recipe",
    )


def _age_estimator(tables: Mapping[str, Any], loop: LoopConfig, data: PreparedSet) -> Recipe:
    from engine.models.arch.age_estimator import AgeEstimatorConfig
    from engine.training.recipes.age_estimator import AgeEstimatorRecipe, AgeEstimatorTraining

    return AgeEstimatorTraining(
        build(AgeEstimatorRecipe, tables.get("training", {}), "training"),
        build(AgeEstimatorConfig, tables.get("network", {}), "network"),
        loop,
        data,
        asset(IMAGENET),
    )


def _delta(tables: Mapping[str, Any], loop: LoopConfig, data: PreparedSet) -> Recipe:
    from engine.models.arch.age_estimator import AgeEstimator
    from engine.models.arch.delta import DeltaConfig
    from engine.models.backbone import EfficientNetLite0
    from engine.models.registry import ModelRegistry
    from engine.training.recipes.delta import DeltaRecipe, DeltaTraining
    from engine.training.sface import SFace

    registry = ModelRegistry(weights_dir())
    estimator = registry.load(registry.estimator())
    assert isinstance(estimator, AgeEstimator)
    backbone = EfficientNetLite0()
    backbone.load_imagenet(asset(IMAGENET))
    return DeltaTraining(
        build(DeltaRecipe, tables.get("training", {}), "training"),
        build(DeltaConfig, tables.get("network", {}), "network"),
        loop,
        data,
        estimator,
        backbone,
        SFace(asset(SFACE)),
    )
