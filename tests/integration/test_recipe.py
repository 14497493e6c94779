"""With the real engine: a recipe makes the same file again, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.cli.recipe import make_again, prepare
from engine.domain import AgeRequest, Box
from engine.imaging.reading_back import read_provenance
from engine.inference.pipeline import AgingPipeline
from engine.orders import ExportSpec


@pytest.mark.parametrize("suffix", [".png", ".tiff"])
def test_the_same_file_again(
    service: AgingPipeline, samples: Path, tmp_path: Path, suffix: str
) -> None:
    source = tmp_path / "me.jpg"
    shutil.copy(samples / "grace_hopper.jpg", source)
    photo = service.open_photo(source)
    (face, *_) = service.find_faces(photo)
    drawn = service.find_face_in(photo, Box(face.box.x - 20, face.box.y - 20, face.box.w + 40,
                                            face.box.h + 40), index=2)  # fmt: skip
    for faces, name in (([face], "found"), ([drawn], "drawn")):
        requests = [AgeRequest(one.index, 70.0, None, 0.8) for one in faces]
        result = service.age_photo(photo, faces, requests)
        spec = ExportSpec(tmp_path / f"{name}{suffix}", credentials=False, sidecar=True)
        receipt = service.export(result, spec)
        assert receipt.sidecar is not None
        again = tmp_path / f"{name}-again{suffix}"
        recipe, opened, _ = prepare(receipt.sidecar, None, str(again), overwrite=False)
        make_again(service, recipe, opened)
        assert again.read_bytes() == receipt.path.read_bytes()
    marking = read_provenance(again).marking
    assert marking is not None
    assert result.model_sha256 in marking.history[-1]["parameters"]
