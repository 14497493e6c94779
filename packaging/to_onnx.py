"""Turns the package's weights into ONNX and checks that they answer as torch does, on a real face.

Run by packaging/build.py in the build's environment, which has torch and onnx for this alone, with
the checkout in the module path::

    PYTHONPATH=. python packaging/to_onnx.py CHOSEN TARGET
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.domain import AlignedFace
from engine.errors import EngineError
from engine.faces.align import align
from engine.faces.head import PARSED_SIDE, around
from engine.faces.mediapipe_detector import MediaPipeDetector
from engine.faces.search import find_faces
from engine.faces.template import get_template
from engine.imaging.photo_io import load_photo
from engine.imaging.resize import to_side
from engine.imaging.shown import Shown
from engine.inference.loading import load_generator, load_predictor
from engine.inference.predictor import Predictor
from engine.inference.torch_host import TorchHost
from engine.models.assets import LANDMARKER, asset
from engine.models.onnx_convert import convert
from engine.models.registry import ModelRegistry
from engine.models.spec import ModelSpec
from engine.paths import samples_dir

SAMPLE = samples_dir() / "grace_hopper.jpg"
NEAR, NEAR_YEARS = 1e-4, 1e-2
STEPS = 5


def loaded(folder: Path) -> tuple[Predictor, ModelSpec]:
    """The networks of a weights folder, in whatever computes its files.

    In full precision, on a processor with units for bfloat16 as well.
    """
    registry = ModelRegistry(folder)
    predictor = load_predictor(registry, "cpu")
    if isinstance(predictor.host, TorchHost):
        predictor.host.device = replace(predictor.host.device, autocast=None)
    return predictor, load_generator(registry, predictor, None)


def sample_face(spec: ModelSpec) -> AlignedFace:
    """The face of a sample photo as a model is given it."""
    photo = load_photo(SAMPLE)
    shown = Shown(photo.pixels, photo.icc)
    with MediaPipeDetector(asset(LANDMARKER)) as detector:
        (face,) = find_faces(shown, detector)
    return align(shown, face.landmarks, get_template(spec.template), spec.input_size)


def distance(before: Path, after: Path) -> tuple[float, float]:
    """How far the answers lie apart at most: of changes, masks and parts, and of years."""
    (theirs, spec), (ours, _) = loaded(before), loaded(after)
    crop = sample_face(spec).pixels
    ages = [float(age) for age in np.linspace(spec.age_min, spec.age_max, STEPS)]
    answers = [
        one.decode(spec.name, one.encode(spec.name, [crop]) * STEPS, [40.0] * STEPS, ages)
        for one in (ours, theirs)
    ]
    apart = max(
        float(np.abs(own - other).max())
        for face, same in zip(*answers, strict=True)
        for own, other in zip(face, same, strict=True)
    )
    if ours.parses:
        frame = to_side(around(crop), PARSED_SIDE)
        parts = np.abs(ours.parts([frame]) - theirs.parts([frame]))
        apart = max(apart, float(parts.max()))
    years = abs(ours.ages([crop])[0] - theirs.ages([crop])[0])
    return apart, years


def main(chosen: Path, target: Path) -> int:
    """Convert, check, and take the cards along; 1 with a sentence where that fails."""
    try:
        convert(chosen, target)
        apart, years = distance(chosen, target)
    except EngineError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    print(f"at most {apart:.1e} apart, {years:.1e} years")
    if apart > NEAR or years > NEAR_YEARS:
        print("ONNX Runtime computes other numbers than torch.", file=sys.stderr)
        return 1
    for card in sorted(chosen.glob("*.md")):
        shutil.copy2(card, target)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
