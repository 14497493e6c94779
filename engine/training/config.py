"""Frozen configuration of a run, read from TOML; unknown keys are refused."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, cast, get_origin, get_type_hints

from engine.errors import TrainingError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LoopConfig:
    """How long and how often; the same for every recipe.

    Attributes:
        steps: optimisation steps in all.
        batch: images a step, of all processes together.
        seed: of everything random.
        log_every: steps between lines of statistics (means over them).
        checkpoint_every: steps between checkpoints and sample grids.
        device: ``auto``, ``cuda``, ``mps`` or ``cpu``.
        devices: processes on this machine, each with a device and its share of the batch.
        precision: ``fp32``, ``bf16-mixed`` or ``16-mixed``.
        compile: a backend of torch.compile (``inductor``) for the generator, empty for none.
    """

    steps: int
    batch: int
    seed: int = 0
    log_every: int = 25
    checkpoint_every: int = 200
    device: str = "auto"
    devices: int = 1
    precision: str = "fp32"
    compile: str = ""


def read_toml(path: Path) -> dict[str, Any]:
    """The file's tables. Raises TrainingError where it is missing or not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TrainingError(
            f"Cannot read the configuration {path}: {error.strerror}.", code="training.config"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TrainingError(
            f"{path} is not valid TOML: {error}.", code="training.config"
        ) from error


def build(kind: type[T], table: Mapping[str, Any], where: str) -> T:
    """A frozen dataclass from a TOML table; nested tables become nested dataclasses.

    Raises TrainingError (``training.config``) on an unknown, missing or mistyped key.
    """
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(cast(Any, kind))}
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise TrainingError(
            f"Unknown key {', '.join(unknown)} in [{where}]; known are {', '.join(known)}.",
            code="training.config",
        )
    values = {name: _value(hints[name], value, f"{where}.{name}") for name, value in table.items()}
    for name, field in known.items():
        required = field.default is MISSING and field.default_factory is MISSING
        if required and name not in values:
            raise TrainingError(f"[{where}] lacks {name}.", code="training.config")
    return kind(**values)


def _value(hint: Any, value: Any, where: str) -> Any:
    if is_dataclass(hint):
        if not isinstance(value, Mapping):
            raise _mistyped(where, "a table", value)
        return build(cast(type[Any], hint), value, where)
    if get_origin(hint) is tuple or hint is tuple:
        if not isinstance(value, list):
            raise _mistyped(where, "a list", value)
        return tuple(tuple(v) if isinstance(v, list) else v for v in value)
    if hint is float and type(value) is int:
        return float(value)
    if hint in (int, float, str, bool) and type(value) is not hint:
        raise _mistyped(where, hint.__name__, value)
    return value


def _mistyped(where: str, wanted: str, value: Any) -> TrainingError:
    return TrainingError(f"{where} should be {wanted}, not {value!r}.", code="training.config")
