"""Named alignment templates: where a model expects a face's landmarks in its crop."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.faces import landmarks as lm


@dataclass(frozen=True, slots=True)
class Template:
    """Positions of some landmarks in a crop of side 1, (0, 0) its top left corner.

    Attributes:
        name: travels with weights in their spec.
        indices: which landmarks are placed.
        points: (n, 2) their positions in units of the crop's side.
    """

    name: str
    indices: tuple[int, ...]
    points: tuple[tuple[float, float], ...]

    def pixels(self, size: int) -> NDArray[np.float64]:
        """The positions in a crop of ``size`` pixels, integer = pixel centre."""
        return np.asarray(self.points, np.float64) * size - 0.5


# Mean positions over UTKFace's aligned chips, mirrored and averaged, in a square 1.16 times
# as wide as the chip: forehead to chin, with a rim of hair, ears and neck.
PORTRAIT = Template(
    name="portrait-v1",
    indices=(
        lm.LEFT_EYE_OUTER,
        lm.LEFT_EYE_INNER,
        lm.RIGHT_EYE_INNER,
        lm.RIGHT_EYE_OUTER,
        lm.MOUTH_LEFT,
        lm.MOUTH_RIGHT,
    ),
    points=(
        (0.2672, 0.3418),
        (0.4082, 0.3539),
        (0.5918, 0.3539),
        (0.7328, 0.3418),
        (0.3526, 0.6821),
        (0.6474, 0.6821),
    ),
)

_TEMPLATES = {PORTRAIT.name: PORTRAIT}


def get_template(name: str) -> Template:
    """The template of that name. Raises ModelError (``model.template``) if unknown."""
    try:
        return _TEMPLATES[name]
    except KeyError:
        raise ModelError(
            f"The model asks for the alignment template {name!r}, which this version lacks; "
            "update Agelens.",
            code="model.template",
            name=name,
        ) from None
