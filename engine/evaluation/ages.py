"""Ages read off results, against the target and against what is read off real faces of that age.

An age judge errs on real faces too, most at both ends of life. So beside the error stands the
bias: its mean on results minus its mean on real faces of that age.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.judges import Judges
from engine.evaluation.readings import Before, Readings
from engine.evaluation.subjects import RealFaces

Kind = Literal["genders", "races"]
"""Which labels set groups apart."""
DECADE = 5.0
_FEWEST = 8
_IDLE_GAP, _IDLE_SHARE = 20.0, 0.2


@dataclass(frozen=True, slots=True, eq=False)
class ReadOff:
    """What a judge reads off real faces (N,) of known ages, in years."""

    faces: RealFaces
    read: NDArray[np.float64]

    def near(self, years: float) -> NDArray[np.float64]:
        """What it reads off those within five years."""
        return np.asarray(self.read[np.abs(self.faces.ages - years) <= DECADE])

    def of(self, kind: Kind, label: int) -> ReadOff:
        """The faces of one label alone; without their crops."""
        at = np.flatnonzero(getattr(self.faces, kind) == label)
        faces = RealFaces([], self.faces.ages[at], self.faces.genders[at], self.faces.races[at])
        return ReadOff(faces, self.read[at])


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What each judge reads off real faces that it was not trained on."""

    own: ReadOff
    outside: ReadOff

    def of(self, kind: Kind, label: int) -> Calibration:
        """The faces of one label alone."""
        return Calibration(self.own.of(kind, label), self.outside.of(kind, label))


def calibrate(held_out: RealFaces, others: RealFaces, judges: Judges) -> Calibration:
    """Read the own judge on faces held out from its training, the outside judge on others.

    The outside judge was trained elsewhere, so its faces need not be held out from ours, and there
    are more of those: of rare labels at high ages the held-out ones are too few for a mean.
    """
    outside, _ = judges.outside.read(others.crops)
    return Calibration(ReadOff(held_out, judges.own_of(held_out.crops)), ReadOff(others, outside))


def age_figures(
    readings: Readings,
    calibration: Calibration,
    years: float,
    results: NDArray[np.bool_] | None = None,
) -> dict[str, Any]:
    """Both judges at one target.

    Args:
        readings: of every result.
        calibration: of real faces.
        years: the target.
        results: which results count (R,); all without.

    Returns:
        ``own_error``, and of each judge how many real faces it read, the mean on results, the
        mean on real faces and their difference; ``None`` where fewer than eight real faces are of
        that age.
    """
    here = readings.target == years
    if results is not None:
        here &= results
    figures: dict[str, Any] = {
        "results": int(here.sum()),
        "own_error": mean_of(np.abs(readings.own - years)[here]),
    }
    for name in ("own", "outside"):
        made = mean_of(getattr(readings, name)[here])
        near = getattr(calibration, name).near(years)
        on_real = mean_of(near) if len(near) >= _FEWEST else None
        figures[f"{name}_real_faces"] = len(near)
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
