"""Write the README's grid: faces of given photos, each beside itself at seven ages.

``python tests/visual/make_grid.py --out docs/images/grid.jpg PHOTO…`` takes the largest face of
each photo that can be aged; photos without one are named on stderr and left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from engine.domain import AgeRequest  # noqa: E402 - the checkout is not an installed package
from engine.errors import EngineError  # noqa: E402
from engine.inference.pipeline import AgingPipeline, build_service  # noqa: E402

AGES = (15, 25, 35, 45, 55, 65, 75)
CELL, HEAD = 160, 24


def row(service: AgingPipeline, path: Path) -> list[np.ndarray]:
    """The crop and its seven ages. Raises EngineError or LookupError where no face fits."""
    photo = service.open_photo(path)
    faces = [face for face in service.find_faces(photo) if face.obstacle is None]
    if not faces:
        raise LookupError("no face that can be aged")
    face = max(faces, key=lambda found: found.size)
    aged = [service.age_face(photo, face, AgeRequest(face.index, float(age))) for age in AGES]
    return [aged[0].aligned.pixels, *(one.preview() for one in aged)]


def draw(rows: Sequence[Sequence[np.ndarray]]) -> Image.Image:
    """All rows under a line of headings."""
    columns = ["photo", *(str(age) for age in AGES)]
    picture = Image.new("RGB", (CELL * len(columns), HEAD + CELL * len(rows)), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(14)
    for x, heading in enumerate(columns):
        pen.text((CELL * x + CELL / 2, HEAD / 2), heading, "#333", font, anchor="mm")
        for y, cells in enumerate(rows):
            cell = Image.fromarray(cells[x]).resize((CELL, CELL), Image.Resampling.LANCZOS)
            picture.paste(cell, (CELL * x, HEAD + CELL * y))
    return picture


def main() -> int:
    """Age the photos and write the grid."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=8, help="stop after so many faces")
    args = parser.parse_args()
    service, rows = build_service(), []
    for path in args.photos:
        if len(rows) == args.rows:
            break
        try:
            rows.append(row(service, path))
        except (EngineError, LookupError) as error:
            sys.stderr.write(f"{path.name}: {error}\n")
    service.close()
    draw(rows).save(args.out, quality=90)
    return 0


if __name__ == "__main__":
    sys.exit(main())
