"""Outcomes as the JSON contract of docs/cli.md, and as text for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.aged import AgedFace
from engine.cli.job import Outcome
from engine.domain import Face, ModelCard, Photo
from engine.errors import EngineError


def aging_json(outcome: Outcome) -> dict[str, Any]:
    """What `age` prints, and `batch` for each photo."""
    report = {
        "photo": str(outcome.photo.path),
        "size": list(outcome.photo.size),
        "device": outcome.device,
        "model": outcome.model,
        "faces": [
            _face_base(face)
            | {"age_before": _tenth(face.age)}
            | {
                "results": [
                    _result_json(aged[row], outcome.plan.files[target.label])
                    for target, aged in outcome.aged.items()
                ]
            }
            for row, face in enumerate(outcome.faces)
        ],
        "timings_ms": {stage: round(spent, 1) for stage, spent in outcome.timings_ms.items()},
        "warnings": outcome.warnings,
    }
    if outcome.plan.strip is not None:
        report["strip"] = str(outcome.plan.strip)
    return report


def failure_json(photo: Path, error: EngineError) -> dict[str, Any]:
    """What `batch` prints for a photo that failed."""
    return {"photo": str(photo), "error": {"code": error.code, "sentence": error.sentence}}


def aging_lines(outcome: Outcome) -> list[str]:
    """One line a face and target, and the strip."""
    lines = []
    for target, aged in outcome.aged.items():
        file = outcome.plan.files[target.label]
        for face, one in zip(outcome.faces, aged, strict=True):
            scores = one.scores
            lines.append(
                f"Face {face.index} looked {scores.age_before:.0f}, at {target.label} it looks "
                f"{scores.age_after:.0f} ({scores.verdict}): {file}"
            )
    if outcome.plan.strip is not None:
        lines.append(f"Side by side: {outcome.plan.strip}")
    return lines


def faces_json(photo: Photo, faces: Sequence[Face]) -> dict[str, Any]:
    """What `faces` prints."""
    return {
        "photo": str(photo.path),
        "size": list(photo.size),
        "faces": [_face_base(face) | _face_details(face) for face in faces],
    }


def faces_rows(faces: Sequence[Face]) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of the faces' table."""
    headings = ["face", "size", "x", "y", "w", "h", "landmarks", "score", "age", "sharpness", ""]
    rows = [
        [
            str(face.index),
            f"{face.size:.0f} px",
            *(f"{v:.0f}" for v in (face.box.x, face.box.y, face.box.w, face.box.h)),
            str(len(face.landmarks)),
            f"{face.score:.2f}",
            "?" if face.age is None else f"{face.age:.0f}",
            f"{face.sharpness:.0f}",
            face.obstacle or "",
        ]
        for face in faces
    ]
    return headings, rows


def model_json(card: ModelCard) -> dict[str, Any]:
    """One entry of what `models` prints."""
    return {
        "name": card.name,
        "title": card.title,
        "description": card.description,
        "default": card.default,
        "continuous": card.continuous,
        "age_min": card.age_min,
        "age_max": card.age_max,
        "groups": [{"name": g.name, "low": g.low, "high": g.high} for g in card.groups],
        "input_size": card.input_size,
        "size_bytes": card.size_bytes,
        "licence": card.licence,
        "training_data": card.training_data,
        "metrics": card.metrics,
    }


def model_lines(card: ModelCard) -> list[str]:
    """A model for people."""
    metrics = ", ".join(f"{name} {value:g}" for name, value in card.metrics.items())
    return [
        f"{card.name}{' (default)' if card.default else ''}: {card.title}",
        f"  {card.description}",
        f"  ages      {card.age_min:g} to {card.age_max:g}"
        + ("" if card.continuous else ", by group only"),
        f"  groups    {', '.join(group.name for group in card.groups) or 'none'}",
        f"  size      {card.size_bytes / 1e6:.1f} MB, {card.input_size} px",
        f"  licence   {card.licence}",
        f"  trained   {card.training_data}",
        f"  metrics   {metrics or 'none'}",
    ]


def _face_base(face: Face) -> dict[str, Any]:
    box = face.box
    return {
        "index": face.index,
        "box": [_tenth(value) for value in (box.x, box.y, box.w, box.h)],
        "score": round(face.score, 3),
    }


def _face_details(face: Face) -> dict[str, Any]:
    return {
        "age": _tenth(face.age),
        "landmarks": len(face.landmarks),
        "sharpness": _tenth(face.sharpness),
        "size": _tenth(face.size),
        "roll": _tenth(face.roll),
        "yaw": _tenth(face.yaw),
        "obstacle": face.obstacle,
    }


def _result_json(aged: AgedFace, file: Path) -> dict[str, Any]:
    scores = aged.scores
    return {
        "target": _tenth(aged.request.target),
        "age_after": _tenth(scores.age_after),
        "identity": round(scores.identity, 3),
        "same_person": bool(scores.same_person),
        "verdict": scores.verdict,
        "file": str(file),
    }


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(float(value), 1)
