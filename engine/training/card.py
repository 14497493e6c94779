"""The model card: what a generator was made from, what was measured, whom it fails.

After Mitchell et al., "Model Cards for Model Reporting", 2019 (arXiv:1810.03993). Everything in it
comes from the run, its evaluation and the card's TOML; nothing is written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.models.spec import ModelSpec

MARK = "<!-- Written by export-weights; change the card's TOML instead. -->"
_GENDERS = {"0": "men", "1": "women"}
_RACES = {"0": "White", "1": "Black", "2": "Asian", "3": "Indian", "4": "other"}
_TARGETS = (
    ("age error", "own_error", "years"),
    ("outside judge reads", "outside_mean", "years"),
    ("it reads on real faces of that age", "outside_on_real", "years"),
    ("same person (SFace)", "same_person", "share"),
    ("gender kept (outside judge)", "gender_kept", "share"),
)


@dataclass(frozen=True, slots=True)
class Training:
    """What a run knows of itself.

    Attributes:
        config: the run's frozen TOML.
        origin: code that trained, see :class:`engine.training.run.RunFolder`.
        steps: done.
        parameters: numbers in the exported weights.
        before: what came before this run, if it went on from another one.
    """

    config: Mapping[str, Any]
    origin: Mapping[str, str]
    steps: int
    parameters: int
    before: str = ""


def card_text(
    spec: ModelSpec,
    training: Training,
    figures: Mapping[str, Any] | None,
    limits: Sequence[str] = (),
) -> str:
    """Markdown.

    Args:
        spec: the weights' entry in the manifest.
        training: how they came about.
        figures: what ``evaluate --out`` wrote of these weights, if it was run.
        limits: what is known to go wrong, one sentence each.
    """
    figures = figures if figures and "by_target" in figures else None
    parts = [
        MARK,
        f"# Model card: {spec.name}",
        f"{spec.description} Made for photographs of people who agree to it; a result is an "
        "impression, not a forecast and not evidence.",
        _table(("", ""), _facts(spec, training, figures)),
        "## Measured",
        *(_measured(figures) if figures else ("Not measured yet.",)),
        "## What it gets wrong",
        "\n".join(f"- {limit}" for limit in [*limits, *(_fails(figures) if figures else ())]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(
    spec: ModelSpec, training: Training, figures: Mapping[str, Any] | None
) -> list[tuple[str, str]]:
    size = f"{training.parameters / 1e6:.1f} M parameters, fp16, {spec.size_bytes / 1e6:.1f} MB"
    speed = figures["speed"] if figures else None
    if speed and speed.get("mflops"):
        size += f", {speed['mflops'] / 1e3:.1f} GFLOP a face"
    ages = f"{spec.age_min:.0f} to {spec.age_max:.0f}"
    if not spec.continuous:
        ages = ", ".join(group.name for group in spec.groups)
    return [
        ("Architecture", f"`{spec.architecture}`: {size}"),
        ("Input", f"crop `{spec.template}`, {spec.input_size} px"),
        ("Ages", ages),
        ("Data", spec.training_data),
        ("Training", _course(training)),
        ("Licence of the weights", spec.licence),
    ]


def _course(training: Training) -> str:
    loop, options = training.config.get("loop", {}), training.config.get("training", {})
    words = f"{training.steps} steps of {loop.get('batch', '?')}"
    teacher, share = options.get("teacher"), options.get("imitation", 0.0)
    if teacher and share:
        first = round(loop["steps"] * share)
        words += f", **the first {first} of them imitating {teacher}**, the rest by the recipe"
    if training.before:
        words = f"{training.before}; then {words}"
    commit = training.origin.get("git", "")[:12]
    return words + (f"; code {commit}" if commit else "")


def _measured(figures: Mapping[str, Any]) -> list[str]:
    by_target = figures["by_target"]
    rows = [
        (target, *(_told(row.get(name), kind) for _, name, kind in _TARGETS))
        for target, row in by_target.items()
    ]
    outside = {int(target): row["outside_mean"] for target, row in by_target.items()}
    effect = outside[65] - outside[25] if {25, 65} <= outside.keys() else None
    told = [
        (f"mean error of {_reader(figures)}", "own_error", "years"),
        ("largest distance of the outside judge from real faces", "outside_worst_bias", "years"),
        ("same person, up to 30 years away", "same_person_to_30", "share"),
        ("gender kept", "gender_kept", "share"),
        ("results that went less than a fifth of the way", "did_nothing", "share"),
        ("change of a face asked for its own age", "own_age_change", "share"),
        ("change of the blendshapes of the expression", "expression_change", "plain"),
    ]
    lines = [f"- {words}: {_told(figures[name], kind)}" for words, name, kind in told]
    if effect is not None:
        lines.insert(0, f"- outside judge, 65 less 25: **{effect:.1f} years**")
    intro = (
        f"`python main.py evaluate` on {figures['faces']} held-out sharp faces of 15 to 75, drawn "
        f"by seed {figures['seed']}, each to {len(by_target)} ages; what each figure is stands in "
        "[docs/evaluation.md](../docs/evaluation.md)."
    )
    head = ("target", *(words for words, _, _ in _TARGETS))
    return [intro, _table(head, rows), "\n".join(lines)]


def _reader(figures: Mapping[str, Any]) -> str:
    if figures.get("own_guided", True):
        return "the own estimator, which guided the training"
    return f"{figures['own']}, an age judge that guided no training"


def _fails(figures: Mapping[str, Any]) -> list[str]:
    """Whom it serves worst, by UTKFace's labels."""
    lines = []
    for key, names in (("by_gender", _GENDERS), ("by_race", _RACES)):
        groups = figures.get(key, {}).get("groups", {})
        told = [
            f"{names.get(group, group)} {row['own_error']:.1f}" for group, row in groups.items()
        ]
        if told:
            what = "gender" if key == "by_gender" else "race"
            lines.append(f"Age error in years by UTKFace's {what}: {', '.join(told)}.")
    return lines


def _told(value: float | None, kind: str) -> str:
    if value is None:
        return "–"
    if kind == "share":
        return f"{100 * value:.1f} %"
    return f"{value:.1f} years" if kind == "years" else f"{value:.3f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
