"""Ageing one photo from its file to the files beside it: what `age` and `batch` both do."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.aged import AgedFace, AgingResult
from engine.cli.export_options import Writing
from engine.cli.naming import Plan, check_plan
from engine.cli.options import Regions, Target, choose_faces, choose_model, resolve_targets
from engine.domain import REGIONS, AgeRequest, Face, Photo, PixelArray
from engine.orders import Framing, Receipt
from engine.service import AgingService
from engine.tasks import Progress, no_progress

Planner = Callable[[Sequence[Target]], Plan]


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, the same for every photo."""

    to: tuple[str, ...]
    faces: tuple[int, ...] | None = None
    source: float | None = None
    strength: float = 1.0
    model: str | None = None
    regions: Regions = (REGIONS, ())
    writing: Writing = field(default_factory=Writing)


@dataclass(slots=True)
class Outcome:
    """What became of one photo.

    Attributes:
        photo: the source.
        device: kind of the device used.
        model: name of the model used.
        model_sha256: of its weights, once it was used.
        faces: the aged faces as they were found.
        plan: the files written.
        aged: target → what was done to each of ``faces``, in their order.
        timings_ms: stage → milliseconds, summed over targets.
        warnings: sentences to show, each once.
    """

    photo: Photo
    device: str
    model: str
    faces: list[Face]
    plan: Plan
    aged: dict[Target, tuple[AgedFace, ...]] = field(default_factory=dict)
    timings_ms: dict[str, float] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    model_sha256: str = ""

    def warn(self, sentences: Sequence[str]) -> None:
        """Add sentences that are new."""
        self.warnings += [one for one in dict.fromkeys(sentences) if one not in self.warnings]

    def spent(self, stage: str, milliseconds: float) -> None:
        """Add to a stage's time."""
        self.timings_ms[stage] = self.timings_ms.get(stage, 0.0) + milliseconds


def open_timed(path: Path) -> tuple[Photo, float]:
    """The photo, and how many milliseconds opening it took. Raises PhotoError."""
    from engine.imaging.photo_io import load_photo

    start = time.perf_counter()
    photo = load_photo(path)
    return photo, 1e3 * (time.perf_counter() - start)


def age_file(
    service: AgingService,
    photo: Photo,
    wish: Wish,
    planner: Planner,
    *,
    opened_ms: float = 0.0,
    progress: Progress = no_progress,
) -> Outcome:
    """Age a photo and write every file asked for, or none.

    Args:
        service: what does it.
        photo: opened from a file.
        wish: what is asked for.
        planner: names the files once the targets are known.
        opened_ms: how long opening the photo took, for the timings.
        progress: told at each step.

    Raises EngineError; what was newly written by then is taken back.
    """
    start = time.perf_counter()
    card = choose_model(service.models(), wish.model)
    targets = resolve_targets(wish.to, card)
    plan = planner(targets)
    check_plan(plan, photo, wish.writing)
    progress(0.05, "Looking for faces")
    before = time.perf_counter()
    found = service.find_faces(photo)
    after = time.perf_counter()
    faces, skipped = choose_faces(photo.path or Path(), found, wish.faces)
    outcome = Outcome(photo, service.device().kind, card.name, faces, plan)
    outcome.warn([*photo.notices, *skipped])
    outcome.spent("open", opened_ms)
    outcome.spent("find_faces", 1e3 * (after - before))
    _write_all(service, outcome, targets, wish, progress)
    outcome.spent("total", opened_ms + 1e3 * (time.perf_counter() - start))
    return outcome


def _write_all(
    service: AgingService,
    outcome: Outcome,
    targets: Sequence[Target],
    wish: Wish,
    progress: Progress,
) -> None:
    fresh = [path for path in outcome.plan.all if not os.path.lexists(path)]
    try:
        for done, target in enumerate(targets):
            progress(0.3 + 0.7 * done / len(targets), f"Ageing to {target.label}")
            result = _age(service, outcome, target, wish)
            _export(service, outcome, outcome.plan.files[target.label], result, wish)
            outcome.model_sha256 = result.model_sha256
        if outcome.plan.strip is not None:
            outcome.warn(_write_strip(outcome, outcome.plan.strip, wish).notices)
    except BaseException:  # Ctrl-C included: half a set of files helps nobody
        for path in fresh:
            path.unlink(missing_ok=True)
        raise


def _age(service: AgingService, outcome: Outcome, target: Target, wish: Wish) -> AgingResult:
    requests = [
        AgeRequest(face.index, target.years, wish.source, wish.strength, *wish.regions)
        for face in outcome.faces
    ]
    result = service.age_photo(outcome.photo, outcome.faces, requests, model=outcome.model)
    for stage, spent in result.timings_ms.items():
        outcome.spent(stage, spent)
    by_face = {one.request.face: one for one in result.faces}
    outcome.aged[target] = tuple(by_face[face.index] for face in outcome.faces)
    outcome.warn(result.warnings)
    return result


def _export(
    service: AgingService, outcome: Outcome, path: Path, result: AgingResult, wish: Wish
) -> None:
    start = time.perf_counter()
    receipt = service.export(result, wish.writing.spec(path))
    outcome.spent("export", 1e3 * (time.perf_counter() - start))
    outcome.warn(receipt.notices)


def _write_strip(outcome: Outcome, path: Path, wish: Wish) -> Receipt:
    """The original and every age side by side, marked and signed as the results are."""
    from engine.imaging.credentials import Claim, Seal
    from engine.imaging.export import write_image
    from engine.imaging.provenance import mark_edited

    everything = [one for faces in outcome.aged.values() for one in faces]
    model, sha256, how = outcome.model, outcome.model_sha256, wish.writing
    claim = Claim(outcome.photo, model, sha256, everything, resized=True, named=how.keep_metadata)
    return write_image(
        _strip(outcome, how.framing),
        path,
        icc=outcome.photo.icc,
        xmp=mark_edited(None, model, everything, sha256)[0] if how.mark_ai else None,
        overwrite=how.overwrite,
        seal=Seal(claim, how.signer()) if how.credentials else None,
    )


def _strip(outcome: Outcome, framing: Framing) -> PixelArray:
    """The whole photo in a row of ages, or a row for each face; in the photo's colour space."""
    from engine.imaging.framing import SHEET_MOST, frame_of
    from engine.imaging.strip import contact_sheet, row_height

    ages = list(outcome.aged.values())
    shown = ages[0][:1] if framing is Framing.PHOTO else ages[0]
    most = SHEET_MOST[framing]
    frames = [frame_of(outcome.photo, face.aligned, framing, most) for face in shown]
    pictures = [frame.picture(aged) for frame in frames for aged in ((), *ages)]
    captions = ["original", *(target.label for target in outcome.aged)]
    return contact_sheet(
        pictures, captions * len(frames), columns=len(captions), height=row_height(pictures)
    )
