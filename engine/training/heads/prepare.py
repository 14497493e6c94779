"""Photos to a set of labelled heads: find the face, cut the application's frame, label it.

Portraits before a blue screen come first, then photos of any kind. Those are labelled where a
teacher is given; without one they lend backgrounds alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from engine.domain import FloatArray
from engine.errors import TrainingError
from engine.faces.align import align
from engine.faces.detector import Detector, RawFace
from engine.faces.head import FRAME, PARSED_SIDE, Parse, frame_matrix, inner
from engine.faces.mediapipe_detector import MediaPipeDetector
from engine.faces.pose import face_extent
from engine.faces.template import PORTRAIT
from engine.imaging.geometry import transform_points
from engine.imaging.warp import warped
from engine.models.assets import LANDMARKER, asset
from engine.tasks import Progress, no_progress
from engine.training.config import build, read_toml
from engine.training.heads.head_set import read_heads, write_heads
from engine.training.heads.labels import (
    COVER,
    HAIR,
    IGNORED,
    Mask,
    Pixels,
    with_things,
    within,
    without_covers,
)
from engine.training.heads.scenes import LabelledHead
from engine.training.heads.screen import screen_labels
from engine.training.heads.taught import taught_labels
from engine.training.sources import LICENCES, Sample, read_source

_PAD = 1 / 3
_MOST_FACES = 3
_MAN = 0


@dataclass(frozen=True, slots=True)
class HeadsConfig:
    """The table ``[heads]``.

    Attributes:
        screen: sources of portraits before a blue screen: kind, folder below the data root and,
            where the kind does not say it, licence.
        wild: sources of other photos, the same.
        picks: TOML beside this one with what was picked by eye; empty for none.
        teacher: name of the installed face parser that labels the other photos; empty for none.
        validation: share of the pictures held out, 0..1.
        seed: of the choice of these.
    """

    screen: tuple[tuple[str, ...], ...]
    wild: tuple[tuple[str, ...], ...] = ()
    picks: str = ""
    teacher: str = ""
    validation: float = 0.06
    seed: int = 5


@dataclass(frozen=True, slots=True)
class Picks:
    """Pictures by folder and file name, picked by eye.

    Attributes:
        hats: something is worn above the brows.
        left_out: cannot be labelled without drawing, most because something is before the face.
        covers: what is before faces: a picture and the outline of one thing, x and y by turns, in
            pixels of the frame. They are held out or in training as ``held_out`` says.
        held_out: pictures of ``covers`` for validation.
    """

    hats: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    covers: tuple[tuple[Any, ...], ...] = ()
    held_out: tuple[str, ...] = ()

    def outlines(self) -> dict[str, list[FloatArray]]:
        """By picture, each (n, 2). Raises TrainingError where one is no list of points."""
        found: dict[str, list[FloatArray]] = {}
        for name, *numbers in self.covers:
            try:
                points = np.array(numbers, np.float32).reshape(-1, 2)
            except ValueError as error:
                raise TrainingError(
                    f"covers: {name} should be followed by x and y by turns.",
                    code="training.config",
                ) from error
            found.setdefault(str(name), []).append(points)
        return found


def heads_config(path: Path) -> tuple[HeadsConfig, Picks]:
    """A TOML with the table ``[heads]``, and the picks that it names. Raises TrainingError."""
    config = build(HeadsConfig, read_toml(path)["heads"], "heads")
    picked = read_toml(path.with_name(config.picks)) if config.picks else {}
    return config, build(Picks, picked, config.picks)


def prepare_heads(
    config: HeadsConfig,
    picks: Picks,
    data_root: Path,
    out: Path,
    *,
    parse: Parse | None = None,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Write a set of heads to ``out`` and return its manifest.

    Args:
        config: what to prepare.
        picks: what was picked by eye.
        data_root: the folder that the sources' folders are in.
        out: folder of the set; a finished one of the same configuration stays as it is.
        parse: the teacher.
        progress: called in this thread.

    Raises TrainingError where a source is missing, ``out`` holds a set of another configuration,
    or no portrait is left.
    """
    asked = json.loads(json.dumps({**asdict(config), "picked": asdict(picks)}))
    finished = read_heads(out)
    if finished is not None and finished["config"] == asked:
        return finished
    if finished is not None:
        raise TrainingError(
            f"{out} holds heads of another configuration; choose another --out.",
            code="training.other_config",
        )
    portraits = list(_read(config.screen, data_root))
    samples = portraits + list(_read(config.wild, data_root))
    names, heads, screens, dropped = list[str](), list[LabelledHead](), 0, Counter[str]()
    with MediaPipeDetector(asset(LANDMARKER)) as detector:
        labeller = _Labeller(picks, parse, detector)
        for done, sample in enumerate(samples, 1):
            before_screen = done <= len(portraits)
            head = labeller.head(sample, before_screen=before_screen)
            if isinstance(head, str):
                dropped[head] += 1
            else:
                names.append(_name(sample))
                heads.append(head)
                screens += before_screen
            progress(0.98 * done / len(samples), f"{done} of {len(samples)} photos")
    if not screens:
        raise TrainingError("No portrait is left to learn from.", code="training.no_faces")
    about = {"config": asked, "licences": dict(_licences(config)), "dropped": dict(dropped)}
    held_out = np.random.default_rng(config.seed).random(len(names)) < config.validation
    drawn = picks.outlines()
    for row, name in enumerate(names):
        held_out[row] = name in picks.held_out if name in drawn else held_out[row]
    about |= {"covered": [name for name in names if name in drawn]}
    return write_heads(out, about, names, heads, screens, held_out)


class _Labeller:
    """From a photo to a labelled head, or to the word that says why not."""

    def __init__(self, picks: Picks, parse: Parse | None, detector: Detector) -> None:
        self._outlines = picks.outlines()
        self._hats, self._left_out = set(picks.hats), set(picks.left_out) - set(self._outlines)
        self._parse, self._detector = parse, detector

    def head(self, sample: Sample, *, before_screen: bool) -> LabelledHead | str:
        """``before_screen`` says how it is labelled."""
        if _name(sample) in self._left_out:
            return "left out"
        data = np.fromfile(sample.path, np.uint8)
        picture = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB) if data.size else None
        if picture is None:
            return "unreadable"
        rgb = np.asarray(picture, np.uint8)
        face = widest_face(rgb, self._detector)
        if face is None:
            return "no face"
        head, seen = cut_head(rgb, face)
        hat = _name(sample) in self._hats
        if before_screen:
            labels = screen_labels(head.frame, seen, head.landmarks, man=sample.gender == _MAN)
            if labels is None:
                return "no screen"
            labels[(labels == HAIR) & hat] = COVER
        elif self._parse is not None:
            labels = taught_labels(head.frame, seen, head.landmarks, self._parse, hat=hat)
        else:
            return head
        outlines = self._outlines.get(_name(sample))
        if outlines is not None:
            told = within(with_things(head.frame, labels, outlines), seen)
        else:
            told = without_covers(labels, head.landmarks, hat=hat)
        return LabelledHead(head.frame, told, head.landmarks)


def widest_face(rgb: Pixels, detector: Detector) -> RawFace | None:
    """The largest face of a picture H×W×3; a face that fills it is found in a wider one."""
    found, pad = detector.detect(rgb, max_faces=_MOST_FACES), 0
    if not found:
        pad = round(max(rgb.shape[:2]) * _PAD)
        wider = cv2.copyMakeBorder(rgb, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
        found = detector.detect(np.asarray(wider, np.uint8), max_faces=1)
    if not found:
        return None
    face = max(found, key=lambda one: face_extent(one.landmarks))
    return RawFace(face.landmarks - np.float32(pad), face.depth, face.blendshapes)


def cut_head(rgb: Pixels, face: RawFace) -> tuple[LabelledHead, Mask]:
    """The frame that the application would cut, unlabelled, and what of it is the photo.

    Where the application's is black it is mirrored, and marked BEYOND: black would pass for hair
    where colours are compared.
    """
    aligned = align(rgb, face.landmarks, PORTRAIT, PARSED_SIDE // FRAME)
    matrix = frame_matrix(aligned)
    size = (PARSED_SIDE, PARSED_SIDE)
    frame = np.array(warped(rgb, matrix, size), np.uint8)
    frame[inner(len(aligned.mask))] = aligned.pixels
    photo = np.ones(rgb.shape[:2], np.uint8)
    seen = np.asarray(cv2.warpAffine(photo, matrix, size, flags=cv2.INTER_NEAREST) > 0)
    labels = within(np.full(seen.shape, IGNORED, np.uint8), seen)
    landmarks = transform_points(matrix, face.landmarks).astype(np.float32)
    return LabelledHead(frame, labels, landmarks), seen


def _read(sources: tuple[tuple[str, ...], ...], data_root: Path) -> Iterator[Sample]:
    for kind, name, *_terms in sources:
        yield from read_source(kind, data_root / name)


def _licences(config: HeadsConfig) -> Iterator[tuple[str, str]]:
    for kind, name, *terms in (*config.screen, *config.wild):
        yield name, terms[0] if terms else LICENCES.get(kind, "not said")


def _name(sample: Sample) -> str:
    return f"{sample.path.parent.name}/{sample.path.name}"
