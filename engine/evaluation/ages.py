"""Ages read off results, against the target and against what is read off real faces of that age.

An age judge errs on real faces too, most at both ends of life. So beside the error stands the
bias: its mean on results minus its mean on real faces of that age.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.judges import Judges
from engine.evaluation.readings import Before, Readings
from engine.evaluation.subjects import RealFaces

DECADE = 5.0
_FEWEST = 8
_IDLE_GAP, _IDLE_SHARE = 20.0, 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What the judges read off real faces (N,) of known ages."""

    faces: RealFaces
    own: NDArray[np.float64]
    outside: NDArray[np.float64]

    def near(self, years: float, chosen: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
        """Which real faces are within five years, of those ``chosen``."""
        here = np.asarray(np.abs(self.faces.ages - years) <= DECADE)
        return here if chosen is None else here & chosen


def calibrate(faces: RealFaces, judges: Judges) -> Calibration:
    """Read both judges on real faces."""
    outside, _ = judges.outside.read(faces.crops)
    return Calibration(faces, judges.own_of(faces.crops), outside)


def age_figures(
    readings: Readings,
    calibration: Calibration,
    years: float,
    results: NDArray[np.bool_] | None = None,
    real: NDArray[np.bool_] | None = None,
) -> dict[str, Any]:
    """Both judges at one target.

    Args:
        readings: of every result.
        calibration: of real faces.
        years: the target.
        results: which results count (R,); all without.
        real: which real faces count (N,); all without.

    Returns:
        ``own_error``, and of each judge the mean on results, the mean on real faces and their
        difference; ``None`` where fewer than eight real faces are of that age.
    """
    here = readings.target == years
    if results is not None:
        here &= results
    near = calibration.near(years, real)
    figures: dict[str, Any] = {
        "results": int(here.sum()),
        "real_faces": int(near.sum()),
        "own_error": mean_of(np.abs(readings.own - years)[here]),
    }
    for name in ("own", "outside"):
        made = mean_of(getattr(readings, name)[here])
        on_real = mean_of(getattr(calibration, name)[near]) if near.sum() >= _FEWEST else None
        figures[f"{name}_mean"] = made
        figures[f"{name}_on_real"] = on_real
        figures[f"{name}_bias"] = None if made is None or on_real is None else made - on_real
    return figures


def did_nothing(readings: Readings, before: Before) -> float | None:
    """Share of results for 20 years or more away that read less than a fifth of the way."""
    was = before.own[readings.row]
    asked = readings.target - was
    far = np.abs(asked) >= _IDLE_GAP
    moved = (readings.own - was)[far] / asked[far]
    return mean_of(moved < _IDLE_SHARE)


def mean_of(values: NDArray[Any]) -> float | None:
    """The mean without what could not be read; ``None`` where nothing is left."""
    known = values[~np.isnan(values)] if values.dtype.kind == "f" else values
    return float(known.mean()) if known.size else None
