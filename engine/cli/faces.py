"""``faces``: the faces of a photo, with numbers to choose them by."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli import options, output, report, session
from engine.domain import Face, Photo
from engine.imaging.photo_io import load_photo
from engine.orders import ExportSpec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ABLE, _UNABLE = (60, 220, 120), (240, 90, 70)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``faces``."""
    parser.add_argument("photo", type=Path, help="the photo")
    parser.add_argument(
        "--draw", type=Path, metavar="FILE", help="also write the photo with the faces marked"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace the --draw file")
    options.add_device(parser)
    options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """List the faces; 1 where there is none."""
    from engine.imaging.export import check_target, write_image

    photo = load_photo(args.photo)
    if args.draw is not None:
        check_target(ExportSpec(path=args.draw, overwrite=args.overwrite), photo)
    with (
        output.progress("Looking for faces") as tell,
        session.open_service(args.device) as service,
    ):
        faces = service.find_faces(photo, progress=tell)
    if faces and args.draw is not None:
        write_image(draw(photo, faces), args.draw, overwrite=args.overwrite)
    _tell(photo, faces, as_json=args.json)
    if not faces:
        raise options.no_face(args.photo)
    return 0


def draw(photo: Photo, faces: Sequence[Face]) -> NDArray[np.uint8]:
    """The photo in 8-bit sRGB with each face's box, landmarks and number.

    Green faces can be aged, red ones cannot.
    """
    import cv2
    import numpy as np

    from engine.imaging.color import to_srgb8

    canvas = np.ascontiguousarray(to_srgb8(photo.pixels, photo.icc)).copy()
    for face in faces:
        colour = _ABLE if face.obstacle is None else _UNABLE
        thick = max(1, round(face.size / 150))
        box = face.box
        low = (round(box.x), round(box.y))
        cv2.rectangle(canvas, low, (round(box.x + box.w), round(box.y + box.h)), colour, thick)
        for x, y in face.landmarks:
            cv2.circle(canvas, (round(float(x)), round(float(y))), max(1, thick // 2), colour, -1)
        scale = max(0.5, face.size / 300)
        place = (low[0], max(round(24 * scale), low[1] - 3 * thick))
        font = cv2.FONT_HERSHEY_SIMPLEX
        cv2.putText(canvas, str(face.index), place, font, scale, colour, 2 * thick, cv2.LINE_AA)
    return canvas


def _tell(photo: Photo, faces: Sequence[Face], *, as_json: bool) -> None:
    if as_json:
        output.json_line(report.faces_json(photo, faces))
    elif faces:
        output.table(*report.faces_rows(faces))
