"""A chart of patches through every colour space: what is seen stays what was meant.

What was meant is computed here from the spaces' published figures; what is seen in a file comes
from Pillow and LittleCMS, not from the engine.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from engine.domain import Photo
from engine.imaging import standard_profiles
from engine.imaging.color import to_srgb8
from engine.imaging.composite import composite
from engine.imaging.export import export_result
from engine.imaging.photo_io import load_photo
from engine.orders import ExportSpec
from tests.unit.imaging import pictures
from tests.unit.imaging.corpus import PROFILES
from tests.unit.imaging.pictures import aged_face, delta_e, flat_change, lab_of_srgb, lab_of_xyz

Floats = NDArray[np.float64]
PATCH, STEPS = 6, 6
UNTOUCHED, NO_OP = 1.0, 2.0

# Bruce Lindbloom's matrices from linear RGB to XYZ (D50), a column a primary.
P3 = [[0.51512, 0.29198, 0.15710], [0.24120, 0.69225, 0.06657], [-0.00105, 0.04189, 0.78407]]
ADOBE = [[0.60974, 0.20528, 0.14919], [0.31111, 0.62567, 0.06322], [0.01947, 0.06087, 0.74457]]
PROPHOTO = [[0.79767, 0.13519, 0.03134], [0.28804, 0.71188, 0.00009], [0.0, 0.0, 0.82491]]


def by_matrix(
    matrix: list[list[float]], curve: Callable[[Floats], Floats]
) -> Callable[..., Floats]:
    return lambda codes: lab_of_xyz(curve(codes) @ np.array(matrix).T)


MEANT: dict[str, Callable[[Floats], Floats]] = {
    "none": lab_of_srgb,
    "sRGB": lab_of_srgb,
    "Display P3": by_matrix(P3, pictures.srgb_light),
    "Adobe RGB": by_matrix(ADOBE, lambda codes: codes ** (563 / 256)),
    "ProPhoto": by_matrix(PROPHOTO, lambda codes: codes**1.8),
}


def patches() -> NDArray[np.uint8]:
    """(216, 3) codes: every fifth of each channel, and a row of skin."""
    steps = np.linspace(0, 255, STEPS)
    grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1)
    return np.rint(grid.reshape(-1, 3)).astype(np.uint8)


def chart(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Patches as squares of a picture, 18 a row."""
    grid = values.reshape(-1, 18, values.shape[-1])
    return grid.repeat(PATCH, axis=0).repeat(PATCH, axis=1)


def middles(picture: NDArray[np.generic]) -> Floats:
    """Each patch's middle pixel, (n, channels)."""
    half = PATCH // 2
    return picture[half::PATCH, half::PATCH].reshape(-1, picture.shape[-1]).astype(np.float64)


def opened(tmp_path: Path, name: str, picture: NDArray[np.uint8], deep: bool = False) -> Photo:
    if deep:
        data = pictures.deep_png(picture.astype(np.uint16) * 257)
        icc = PROFILES[name]
        data = data[:33] + (pictures.icc_chunk(icc) if icc else b"") + data[33:]
        return load_photo(pictures.write(tmp_path / "chart.png", data))
    path = tmp_path / "chart.tif"
    Image.fromarray(picture).save(path, icc_profile=PROFILES[name])
    return load_photo(path)


def seen(path: Path) -> Floats:
    """L*a*b* of a file's patches through its own profile, by LittleCMS."""
    picture = Image.open(path).convert("RGB")
    icc = picture.info.get("icc_profile") or PROFILES["sRGB"]
    own = ImageCms.ImageCmsProfile(io.BytesIO(icc or b""))
    return in_lab(middles(np.asarray(picture)), own)


def in_lab(codes: Floats, own: ImageCms.ImageCmsProfile, mode: str = "RGB") -> Floats:
    """L*a*b* of codes 0..255 by LittleCMS; its 8 bits are half a unit coarse."""
    lab = ImageCms.createProfile("LAB")
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    transform = ImageCms.buildTransform(own, lab, mode, "LAB", renderingIntent=intent)
    line = Image.fromarray(np.rint(codes).astype(np.uint8)[None], mode if mode == "CMYK" else None)
    values = np.asarray(ImageCms.applyTransform(line, transform))[0]
    return np.column_stack([values[:, 0] / 2.55, values[:, 1:].view(np.int8)])


def within_8_bits(lab: Floats) -> NDArray[np.bool_]:
    """The patches that LittleCMS's 8-bit L*a*b* can hold."""
    return np.asarray(np.abs(lab[:, 1:]).max(axis=1) < 120)


def exported(tmp_path: Path, photo: Photo, pixels: NDArray[np.generic]) -> Path:
    path = tmp_path / "out.tif"
    export_result(
        pictures.result(photo, pixels), ExportSpec(path, overwrite=True, credentials=False)
    )
    return path


def in_srgb(codes: Floats) -> NDArray[np.bool_]:
    """The patches that sRGB can show: their 8-bit sRGB is not at an end of the range."""
    return np.asarray(((codes > 3) & (codes < 252)).all(axis=1))


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("name", MEANT)
def test_the_model_sees_what_was_meant(tmp_path: Path, name: str, deep: bool) -> None:
    codes = patches()
    photo = opened(tmp_path, name, chart(codes), deep)
    shown = middles(to_srgb8(photo.pixels, photo.icc))
    meant = MEANT[name](codes / 255)
    inside = in_srgb(shown) if name not in ("none", "sRGB") else slice(None)
    off = delta_e(lab_of_srgb(shown / 255), meant)[inside]
    assert len(off) > 20
    assert off.max() <= UNTOUCHED


@pytest.mark.parametrize("name", MEANT)
def test_untouched_patches_stay(tmp_path: Path, name: str) -> None:
    photo = opened(tmp_path, name, chart(patches()))
    out = exported(tmp_path, photo, composite(photo, []))
    before, after = seen(tmp_path / "chart.tif"), seen(out)
    assert delta_e(before, after).max() == 0, "neither pixels nor profile were touched"
    meant = MEANT[name](patches() / 255)
    near = within_8_bits(meant)
    assert near.sum() > 100
    assert delta_e(after, meant)[near].max() <= UNTOUCHED + 0.7, "LCMS's 8 bits"


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("name", MEANT)
def test_a_change_of_nothing_changes_nothing(tmp_path: Path, name: str, deep: bool) -> None:
    photo = opened(tmp_path, name, chart(patches()), deep)
    face = aged_face(pictures.similarity(1, 0, (54, 36), (64, 64)), flat_change(128, 0, 0, 0))
    np.testing.assert_array_equal(composite(photo, [face]), photo.pixels)


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("name", MEANT)
def test_a_change_there_and_back(tmp_path: Path, name: str, deep: bool) -> None:
    """Made in sRGB, carried into the photo's space, seen in sRGB; then the opposite change."""
    codes = (patches() // 2 + 64).astype(np.uint8)
    photo = opened(tmp_path, name, chart(codes), deep)
    everywhere = np.ones((160, 160), np.float32)
    matrix = pictures.similarity(1, 0, (54, 36), (80, 80))
    there = aged_face(matrix, flat_change(160, 0.06, 0.02, -0.04), everywhere)
    back = aged_face(matrix, flat_change(160, -0.06, -0.02, 0.04), everywhere)
    changed = composite(photo, [there])
    before = middles(to_srgb8(photo.pixels, photo.icc))
    after = middles(to_srgb8(changed, photo.icc))
    wanted = before + 255 * np.array([0.06, 0.02, -0.04])
    inside = ((np.minimum(before, wanted) > 12) & (np.maximum(before, wanted) < 243)).all(axis=1)
    assert inside.sum() > 40
    assert delta_e(lab_of_srgb(after / 255), lab_of_srgb(wanted / 255))[inside].max() <= NO_OP
    again = composite(pictures.photo(changed, icc=photo.icc), [back])
    top = np.iinfo(photo.pixels.dtype).max
    own, mine = middles(again) / top, middles(photo.pixels) / top
    assert delta_e(MEANT[name](own), MEANT[name](mine))[inside].max() <= NO_OP


def test_grey_curve_means_the_same_in_rgb(tmp_path: Path) -> None:
    ramp = np.arange(0, 252, 14, dtype=np.uint8)[:, None]
    path = tmp_path / "chart.tif"
    Image.fromarray(chart(ramp)[..., 0]).save(path, icc_profile=PROFILES["grey"])
    photo = load_photo(path)
    light = (ramp / 255.0) ** 2.2
    meant = lab_of_xyz(light * np.array([0.9642, 1.0, 0.8249]))
    shown = middles(to_srgb8(photo.pixels, photo.icc))
    assert delta_e(lab_of_srgb(shown / 255), meant).max() <= UNTOUCHED
    out = seen(exported(tmp_path, photo, composite(photo, [])))
    assert delta_e(out, meant).max() <= UNTOUCHED + 0.7, "LCMS's 8 bits"


def test_inks_come_in_as_the_press_prints_them(tmp_path: Path) -> None:
    steps = np.linspace(0, 1, 6)
    inks = np.stack(np.meshgrid(*[steps] * 3, [0, 0.4, 0.8], indexing="ij"), axis=-1)
    inks = inks.reshape(-1, 4)
    picture = chart(np.rint(inks * 255).astype(np.uint8))
    path = tmp_path / "chart.tif"
    Image.fromarray(picture, "CMYK").save(path, icc_profile=PROFILES["CMYK"])
    photo = load_photo(path)
    meant = lab_of_srgb(pictures.ink_rgb(inks))
    assert delta_e(lab_of_srgb(middles(photo.pixels) / 255), meant).max() <= UNTOUCHED
    out = seen(exported(tmp_path, photo, composite(photo, [])))
    assert delta_e(out, meant).max() <= UNTOUCHED + 0.7, "LCMS's 8 bits"


@pytest.mark.parametrize(
    ("named", "matrix", "curve"),
    [
        (standard_profiles.adobe_rgb(), ADOBE, lambda codes: codes ** (563 / 256)),
        (standard_profiles.coded_profile(12, 13), P3, pictures.srgb_light),
    ],
    ids=["Adobe RGB", "H.273 Display P3"],
)
def test_profiles_made_for_names_are_the_published_ones(
    named: bytes, matrix: list[list[float]], curve: Callable[[Floats], Floats]
) -> None:
    codes = patches().astype(np.float64)
    shown = in_lab(codes, ImageCms.ImageCmsProfile(io.BytesIO(named)))
    meant = by_matrix(matrix, curve)(codes / 255)
    assert delta_e(shown, meant)[within_8_bits(meant)].max() <= UNTOUCHED
