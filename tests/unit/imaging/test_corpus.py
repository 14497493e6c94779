"""The corpus in, the corpus out again without a change: what came in is what leaves."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from engine.domain import Photo
from engine.errors import Sentence
from engine.imaging.composite import composite
from engine.imaging.encode import FORMATS
from engine.imaging.export import export_result
from engine.imaging.photo_io import load_photo
from engine.orders import ExportSpec
from tests.unit.imaging import corpus, pictures
from tests.unit.imaging.corpus import MAKER, SOURCE, Case

LEAST_PSNR = 34.0  # one more compression at quality 95 with 4:2:0 of a small, sharp picture


def named(case: Case) -> str:
    return f"{case.name}, {case.profile}, {case.orientation}"


def opened(case: Case, folder: Path) -> Photo:
    data = case.kind.write(case)
    return load_photo(pictures.write(folder / f"in{case.kind.suffix}", data))


def check_photo(case: Case, photo: Photo) -> None:
    """The photo is what the file holds."""
    kind, turned = case.kind, case.orientation >= 5
    assert photo.size == ((45, 60) if turned else (60, 45))
    assert photo.pixels.dtype == (np.uint8 if kind.bits == 8 else np.uint16)
    assert (photo.alpha is not None) == kind.mode.endswith("A")
    check_profile(case, photo)
    check_blocks(case, photo)
    said = [notice.code for notice in photo.notices if isinstance(notice, Sentence)]
    wanted = [
        f"{n}_unprofiled" if case.profile == "none" and "cmyk" in n else n for n in kind.notices
    ]
    assert said == wanted
    check_pixels(case, photo)


def check_profile(case: Case, photo: Photo) -> None:
    if case.profile == "grey":
        assert photo.icc is not None
        assert photo.icc[16:20] == b"RGB "
    else:
        assert photo.icc == (None if case.profile == "CMYK" else case.icc)


def check_blocks(case: Case, photo: Photo) -> None:
    if not case.kind.blocks:
        return
    exif = Image.Exif()
    exif.load(photo.exif or b"")
    assert (exif[0x010F], exif.get(0x0112, 1)) == (MAKER, 1)
    assert photo.xmp is not None
    assert SOURCE.encode() in photo.xmp


def check_pixels(case: Case, photo: Photo) -> None:
    if case.kind.mode == "CMYK":
        return  # converted: the colour charts look at that
    if case.kind.lossless:
        colour, cover = stored_planes(case)
        np.testing.assert_array_equal(photo.pixels, case.upright(colour))
        if cover is not None:
            np.testing.assert_array_equal(photo.alpha, case.upright(cover)[..., 0])
        return
    colour = np.asarray(case.stored().convert("RGB"))
    top = np.iinfo(photo.pixels.dtype).max
    off = np.abs(photo.pixels / top - case.upright(colour) / 255)
    assert off.mean() < 0.02, "the right way up, in the right colours"
    if case.kind.bits == 8 and case.kind.suffix in (".jpg", ".webp"):
        independent = Image.open(io.BytesIO(case.kind.write(case)))
        ImageOps.exif_transpose(independent, in_place=True)
        np.testing.assert_array_equal(photo.pixels, np.asarray(independent.convert("RGB")))


def stored_planes(case: Case) -> tuple[Any, Any]:
    """Colour and alpha as the file stores them."""
    alpha = case.kind.mode.endswith("A")
    if case.kind.bits == 8:
        colour = np.asarray(case.stored().convert("RGB"))
        return colour, np.asarray(case.stored())[..., -1:] if alpha else None
    values = case.deep()
    colour = values[..., :-1] if alpha else values
    colour = np.repeat(colour, 3, axis=2) if colour.shape[2] == 1 else colour
    return colour, values[..., -1:] if alpha else None


def export(photo: Photo, path: Path) -> Photo:
    """Written without a change, and opened again."""
    unchanged = composite(photo, [])
    np.testing.assert_array_equal(unchanged, photo.pixels)
    export_result(
        pictures.result(photo, unchanged), ExportSpec(path, overwrite=True, credentials=False)
    )
    return load_photo(path)


def check_again(case: Case, photo: Photo, again: Photo) -> None:
    """The exported file holds what the photo held, as far as its format can."""
    assert again.size == photo.size
    lossless = again.path is not None and again.path.suffix in (".png", ".tif", ".bmp")
    if lossless:
        assert again.pixels.dtype == (np.uint8 if again.format == "BMP" else photo.pixels.dtype)
        np.testing.assert_array_equal(again.pixels, photo.pixels)
        if photo.alpha is not None:
            np.testing.assert_array_equal(again.alpha, photo.alpha)
    else:
        here, there = (p.pixels / np.iinfo(p.pixels.dtype).max for p in (photo, again))
        psnr = -10 * np.log10(max(float(((here - there) ** 2).mean()), 1e-9))
        assert psnr >= LEAST_PSNR
    if again.format == "BMP":
        return
    assert again.icc == photo.icc
    if case.kind.blocks:
        check_blocks(case, again)
        assert again.xmp is not None
        assert b"trainedAlgorithmicMedia" in again.xmp or b"TrainedAlgorithmicMedia" in again.xmp


def round_trip(case: Case, folder: Path) -> None:
    photo = opened(case, folder)
    check_photo(case, photo)
    suffix = case.kind.suffix if case.kind.suffix in FORMATS else ".png"
    check_again(case, photo, export(photo, folder / f"out{suffix}"))


@pytest.mark.parametrize("case", list(corpus.few()), ids=named)
def test_in_and_out(case: Case, tmp_path: Path) -> None:
    round_trip(case, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(corpus.KINDS))
def test_in_and_out_whole(name: str, tmp_path: Path) -> None:
    for case in corpus.cases():
        if case.name == name:
            round_trip(case, tmp_path)
