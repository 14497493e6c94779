"""One HTML page that shows the figures of one or several models side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.evaluation import plots
from engine.evaluation.features import NAME as FEATURES
from engine.evaluation.html import jpeg_url, render

_TEMPLATE = Path(__file__).with_name("report.html")
_NAMES = {
    "by_gender": {"0": "Male", "1": "Female"},
    "by_race": {"0": "White", "1": "Black", "2": "Asian", "3": "Indian", "4": "Others"},
}
_COLUMNS = (  # figure of a group, factor, digits
    ("own_error", 1, 1),
    ("outside_bias", 1, 1),
    ("same_person", 100, 1),
    ("gender_kept", 100, 1),
    ("expression_change", 1, 3),
)
_FLOOR = ("realism", "kernel_floor")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table.

    Attributes:
        name: what it is.
        path: where it stands in the figures.
        unit: behind the number; ``%`` multiplies by a hundred.
        digits: after the point.
        good: what is better.
    """

    name: str
    path: tuple[str, ...]
    unit: str = ""
    digits: int = 1
    good: str = "lower"


ROWS = (
    Row("Age error", ("own_error",), "years"),
    Row("Worst bias, outside judge", ("outside_worst_bias",), "years"),
    Row("Outside judge, target 65 minus 25", ("outside_span",), "years", good="higher"),
    Row("Same person, gap to 20", ("same_person", "0-20"), "%", good="higher"),
    Row("Same person, 20 to 30", ("same_person", "20-30"), "%", good="higher"),
    Row("Same person, 30 to 40", ("same_person", "30-40"), "%", good="higher"),
    Row("Same person, over 40", ("same_person", "40-100"), "%", good="higher"),
    Row("Gender kept", ("gender_kept",), "%", good="higher"),
    Row("Expression changed (mean blendshape)", ("expression_change",), "", 3),
    Row("Pose changed", ("pose_change",), "°"),
    Row("Background changed", ("background_change",), "%", 2),
    Row("Young to old, distance left (Fréchet)", ("crossing", "young_to_old", "share"), "%", 0),
    Row("Old to young, distance left", ("crossing", "old_to_young", "share"), "%", 0),
    Row("Change from a year to the next", ("year_step", "mean"), "%", 2),
    Row("Changed at its own age", ("own_age_change",), "%", 2),
    Row("Did nothing", ("did_nothing",), "%"),
    Row("Work for encoding and one age", ("speed", "mflops"), "MFLOP", 0),
    Row("Encode + one age", ("speed", "encode_and_age_ms"), "ms"),
    Row("Each further age", ("speed", "further_age_ms"), "ms"),
)


def page(models: Sequence[Mapping[str, Any]], grids: Mapping[str, Path]) -> str:
    """The page as HTML, complete in itself.

    Args:
        models: figures of ``evaluate`` with ``model`` and, if measured, ``speed``; of the same
            faces, seed and targets.
        grids: a JPEG of faces × ages by model, where there is one.
    """
    shown = [{**figures, "outside_span": outside_span(figures)} for figures in models]
    return render(
        _TEMPLATE,
        models=shown,
        rows=[(row, [cell(figures, row) for figures in shown]) for row in ROWS],
        plots=_plots(shown),
        grids={name: jpeg_url(path.read_bytes()) for name, path in grids.items()},
        fairness=("by_gender", "by_race"),
        names=_NAMES,
        columns=_COLUMNS,
        features=FEATURES,
    )


def cell(figures: Mapping[str, Any], row: Row) -> str:
    """A figure as text; a dash where it was not measured."""
    value = _at(figures, row.path)
    if value is None:
        return "–"
    number = f"{value * (100 if row.unit == '%' else 1):.{row.digits}f}"
    return number + (row.unit if row.unit == "°" else f" {row.unit}".rstrip())


def outside_span(figures: Mapping[str, Any]) -> float | None:
    """What the outside judge reads at target 65 minus what it reads at 25."""
    means = [figures["by_target"].get(years, {}).get("outside_mean") for years in ("25", "65")]
    return None if None in means else float(means[1] - means[0])


def _plots(models: Sequence[Mapping[str, Any]]) -> list[str]:
    targets = list(models[0]["by_target"])
    gaps = sorted(
        {gap for m in models for gap in m["same_person"]}, key=lambda g: int(g.split("-")[0])
    )

    def at_targets(*path: str) -> plots.Series:
        return {m["model"]: [_at(m["by_target"].get(t, {}), path) for t in targets] for m in models}

    real = {"real faces": [models[0]["by_target"][t]["outside_on_real"] for t in targets]}
    floor = {"real against real": [_at(models[0]["by_target"][t], _FLOOR) for t in targets]}
    verified = {m["model"]: [_percent(m["same_person"].get(gap)) for gap in gaps] for m in models}
    return [
        plots.lines(
            "Age error by target", targets, at_targets("own_error"), unit="years", lowest=0
        ),
        plots.lines(
            "What the outside judge reads by target",
            targets,
            at_targets("outside_mean"),
            unit="years",
            dashed=real,
        ),
        plots.lines(
            "Same person by age gap in years", gaps, verified, unit="%", lowest=80, highest=101
        ),
        plots.lines(
            "Kernel distance to real faces by target",
            targets,
            at_targets("realism", "kernel"),
            unit="distance",
            dashed=floor,
        ),
    ]


def _at(figures: Mapping[str, Any], path: Sequence[str]) -> float | None:
    value: Any = figures
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return None if value is None else float(value)


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value
