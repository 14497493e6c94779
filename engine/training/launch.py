"""From a TOML to a running recipe. Every recipe is imported by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from engine.errors import TrainingError
from engine.models.assets import IMAGENET, SFACE, asset
from engine.paths import weights_dir
from engine.training.config import LoopConfig, build, read_toml
from engine.training.dataset import PreparedSet
from engine.training.degrade import AugmentConfig
from engine.training.heads.head_set import HeadSet
from engine.training.loop import Recipe
from engine.training.prepare import PrepareConfig
from engine.training.runtime import Runtime, one_process

if TYPE_CHECKING:
    from engine.training.judges import Judges

T = TypeVar("T")
Opened = Callable[[AugmentConfig], PreparedSet | HeadSet]
_TABLES = {"recipe", "loop", "augment", "network", "training"}


def prepare_config(path: Path) -> PrepareConfig:
    """Read a preparation's TOML."""
    return build(PrepareConfig, read_toml(path), path.name)


def loop_config(config: Path) -> LoopConfig:
    """The table ``[loop]`` of a TOML. Raises TrainingError."""
    return build(LoopConfig, read_toml(config).get("loop", {}), "loop")


def build_recipe(config: Path, data: Path, runtime: Runtime | None = None) -> Recipe:
    """The recipe that a TOML describes, over a prepared set of faces or of heads.

    Without a ``runtime`` on the CPU in fp32, in one process. Of several, each has its share of
    the batch.

    Raises TrainingError on an unknown recipe, table or key, and where data are missing.
    """
    heads = read_toml(config).get("recipe") in ON_HEADS
    opened: Opened = partial(_heads, data) if heads else partial(PreparedSet, data)
    return recipe_over(config, opened, runtime or one_process())


def recipe_over(config: Path, opened: Opened, runtime: Runtime) -> Recipe:
    """As :func:`build_recipe`; ``opened`` returns the set for what ``[augment]`` says."""
    tables = read_toml(config)
    unknown = sorted(set(tables) - _TABLES)
    if unknown:
        raise TrainingError(
            f"Unknown table {', '.join(unknown)} in {config.name}.", code="training.config"
        )
    loop = build(LoopConfig, tables.get("loop", {}), "loop")
    build_it = RECIPES.get(str(tables.get("recipe")))
    if build_it is None:
        raise TrainingError(
            f"Unknown recipe {tables.get('recipe')!r} in {config.name}; known are "
            f"{', '.join(RECIPES)}.",
            code="training.recipe",
        )
    loop = replace(loop, batch=loop.batch // runtime.world)
    augment = _built(AugmentConfig, tables, "augment")
    with runtime.in_turn():  # the first one unpacks the shards
        prepared = opened(augment)
    return build_it(Order(tables, loop, prepared, runtime))


def begun_by(start: Path) -> dict[str, Any]:
    """The state that a new run begins with: another run's, or that of an installed model.

    A model brings its weights alone, as a run's average.

    Raises TrainingError where there is neither, ModelError where the model cannot be loaded.
    """
    from engine.models.registry import ModelRegistry
    from engine.training.run import finished_run

    registry = ModelRegistry(weights_dir())
    known = next((spec for spec in registry.specs if spec.name == str(start)), None)
    if start.exists() or known is None:
        return finished_run(start)
    return {"ema": registry.load(known).state_dict()}


@dataclass(frozen=True, slots=True)
class Order:
    """What a recipe is built from: a TOML's tables over a prepared set."""

    tables: Mapping[str, Any]
    loop: LoopConfig
    data: PreparedSet | HeadSet
    runtime: Runtime

    def faces(self) -> PreparedSet:
        """The set, where it is one of aligned faces. Raises TrainingError."""
        if isinstance(self.data, PreparedSet):
            return self.data
        raise TrainingError("This recipe is not for a set of heads.", code="training.recipe")

    def heads(self) -> HeadSet:
        """The set, where it is one of heads. Raises TrainingError."""
        if isinstance(self.data, HeadSet):
            return self.data
        raise TrainingError("This recipe needs a set of heads.", code="training.recipe")

    def network(self, kind: type[T]) -> T:
        """The table ``[network]``. Raises TrainingError on a key that ``kind`` lacks."""
        return _built(kind, self.tables, "network")

    def training(self, kind: type[T]) -> T:
        """The table ``[training]``. Raises TrainingError on a key that ``kind`` lacks."""
        return _built(kind, self.tables, "training")

    def rest(self) -> tuple[LoopConfig, PreparedSet, Judges, Runtime]:
        """What the generators' recipes take besides. Raises ModelError."""
        return self.loop, self.faces(), self.judges(), self.runtime

    def judges(self) -> Judges:
        """The frozen judges: the installed estimator, ImageNet features, SFace.

        Raises ModelError where one is missing.
        """
        from engine.models.arch.age_estimator import AgeEstimator
        from engine.models.backbone import EfficientNetLite0
        from engine.models.registry import ModelRegistry
        from engine.training.judges import Judges
        from engine.training.sface import SFace

        registry = ModelRegistry(weights_dir())
        estimator = registry.load(registry.estimator())
        assert isinstance(estimator, AgeEstimator)
        backbone = EfficientNetLite0()
        backbone.load_imagenet(asset(IMAGENET))
        return Judges(estimator, backbone, SFace(asset(SFACE)))


def _heads(data: Path, augment: AugmentConfig) -> HeadSet:
    """A set of heads, which is drawn as scenes; ``augment`` has to say nothing."""
    if augment != AugmentConfig():
        raise TrainingError("[augment] is not for heads.", code="training.config")
    return HeadSet(data)


def _built(kind: type[T], tables: Mapping[str, Any], name: str) -> T:
    try:
        return build(kind, tables.get(name, {}), name)
    except (TypeError, ValueError) as error:
        raise TrainingError(f"[{name}]: {error}.", code="training.config") from error


def _age_estimator(order: Order) -> Recipe:
    from engine.models.arch.age_estimator import AgeEstimatorConfig
    from engine.training.recipes.age_estimator import (
        AgeEstimatorRecipe,
        AgeEstimatorTraining,
        on_imagenet,
    )

    recipe, config = order.training(AgeEstimatorRecipe), order.network(AgeEstimatorConfig)
    frozen, seed = recipe.frozen_blocks, order.loop.seed
    network = on_imagenet(config, asset(IMAGENET), frozen_blocks=frozen, seed=seed)
    return AgeEstimatorTraining(recipe, network, order.loop, order.faces(), order.runtime)


def _age_resnet(order: Order) -> Recipe:
    from engine.models.arch.age_resnet import AgeResNetConfig
    from engine.training.recipes.age_estimator import (
        AgeEstimatorRecipe,
        AgeEstimatorTraining,
        from_nothing,
    )

    network = from_nothing(order.network(AgeResNetConfig), seed=order.loop.seed)
    recipe = order.training(AgeEstimatorRecipe)
    return AgeEstimatorTraining(recipe, network, order.loop, order.faces(), order.runtime)


def _delta(order: Order) -> Recipe:
    from engine.models.arch.delta import DeltaConfig
    from engine.training.delta_options import DeltaRecipe
    from engine.training.recipes.delta import DeltaTraining

    recipe, network = order.training(DeltaRecipe), order.network(DeltaConfig)
    return DeltaTraining(recipe, network, *order.rest())


def _age_modulator(order: Order) -> Recipe:
    from engine.models.arch.age_modulator import AgeModulatorConfig
    from engine.training.recipes.age_modulator import AgeModulatorRecipe, AgeModulatorTraining

    recipe, network = order.training(AgeModulatorRecipe), order.network(AgeModulatorConfig)
    return AgeModulatorTraining(recipe, network, *order.rest())


def _cgan(order: Order) -> Recipe:
    from engine.models.arch.cgan import CganConfig
    from engine.training.recipes.cgan import CganRecipe, CganTraining

    recipe, network = order.training(CganRecipe), order.network(CganConfig)
    return CganTraining(recipe, network, *order.rest())


def _cyclegan(order: Order) -> Recipe:
    from engine.models.arch.cyclegan import CycleganConfig
    from engine.training.recipes.cyclegan import CycleganRecipe, CycleganTraining

    recipe, network = order.training(CycleganRecipe), order.network(CycleganConfig)
    return CycleganTraining(recipe, network, *order.rest())


def _face_parser(order: Order) -> Recipe:
    from engine.models.arch.face_parser import FaceParserConfig
    from engine.training.recipes.face_parser import FaceParserRecipe, FaceParserTraining

    recipe, network = order.training(FaceParserRecipe), order.network(FaceParserConfig)
    runtime, imagenet = order.runtime, asset(IMAGENET)
    return FaceParserTraining(recipe, network, order.loop, order.heads(), runtime, imagenet)


def _ipcgan(order: Order) -> Recipe:
    from engine.models.arch.ipcgan import IpcganConfig
    from engine.training.recipes.ipcgan import IpcganRecipe, IpcganTraining

    recipe, network = order.training(IpcganRecipe), order.network(IpcganConfig)
    return IpcganTraining(recipe, network, *order.rest())


RECIPES: Mapping[str, Callable[[Order], Recipe]] = {
    "age_estimator": _age_estimator,
    "age_modulator": _age_modulator,
    "age_resnet": _age_resnet,
    "cgan": _cgan,
    "cyclegan": _cyclegan,
    "delta": _delta,
    "face_parser": _face_parser,
    "ipcgan": _ipcgan,
}
"""Every recipe by name: a new one is one function and one entry."""
ON_HEADS = {"face_parser"}
"""Recipes over a set of heads; the others are over aligned faces."""
