"""JPEG to JPEG: what no face touches is the source's own, block by block."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, JpegImagePlugin

from engine.aged import AgingResult
from engine.domain import Photo
from engine.imaging import encode_jpeg, jpeg_blocks
from engine.imaging.export import export_result
from engine.imaging.jpeg_blocks import likeness, source_jpeg
from engine.imaging.jpeg_segments import segments
from engine.imaging.photo_io import load_photo
from engine.orders import ExportSpec
from tests.unit.imaging.pictures import aged_face, exif_block, flat_change, noise, similarity

FACE = aged_face(similarity(1, 0, (8, 8), (4, 4)), flat_change(8, 0.1, 0, 0))
STEP = {0: (8, 8), 1: (8, 16), 2: (16, 16)}


def scene(width: int, height: int, seed: int = 0) -> NDArray[np.uint8]:
    """Smooth colours with some noise, as photos have them."""
    y, x = np.mgrid[:height, :width]
    waves = np.stack([128 + 90 * np.sin(x / 9 + k) * np.cos(y / 13 - k) for k in range(3)], axis=2)
    return np.clip(waves + noise(width, height, seed=seed) / 16.0, 0, 255).astype(np.uint8)


def jpeg(path: Path, pixels: NDArray[np.uint8], **options: Any) -> Photo:
    Image.fromarray(pixels).save(path, "JPEG", **options)
    return load_photo(path)


def aged(source: Photo, box: tuple[int, int, int, int]) -> AgingResult:
    """A result that differs in a rectangle (x, y, width, height)."""
    pixels = source.pixels.copy()
    x, y, w, h = box
    part = pixels[y : y + h, x : x + w]
    part[...] = np.where(part < 128, part + 60, part - 60)
    return AgingResult(source, pixels, (FACE,), "delta")


def blocks_of(changed: NDArray[np.bool_], step: tuple[int, int]) -> NDArray[np.bool_]:
    """The pixels of every block that has a changed one."""
    height, width = changed.shape
    grown = np.zeros((-(-height // step[0]) * step[0], -(-width // step[1]) * step[1]), bool)
    grown[:height, :width] = changed
    parts = grown.reshape(grown.shape[0] // step[0], step[0], -1, step[1])
    parts |= parts.any(axis=(1, 3), keepdims=True)
    return grown[:height, :width]


def dilated(where: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """Grown by pixels, since coarser colours are blended across their blocks' edges."""
    padded = np.pad(where, by)
    out = np.zeros_like(where)
    for dy in range(2 * by + 1):
        for dx in range(2 * by + 1):
            out |= padded[dy : dy + where.shape[0], dx : dx + where.shape[1]]
    return out


@settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    size=st.tuples(st.integers(17, 90), st.integers(17, 90)),
    quality=st.integers(20, 98),
    subsampling=st.sampled_from([0, 1, 2]),
    progressive=st.booleans(),
    corner=st.tuples(st.integers(0, 16), st.integers(0, 16)),
    extent=st.tuples(st.integers(1, 40), st.integers(1, 40)),
)
def test_outside_touched_blocks_every_pixel_decodes_the_same(
    tmp_path: Path,
    size: tuple[int, int],
    quality: int,
    subsampling: int,
    progressive: bool,
    corner: tuple[int, int],
    extent: tuple[int, int],
) -> None:
    options = {"quality": quality, "subsampling": subsampling, "progressive": progressive}
    source = jpeg(tmp_path / "me.jpg", scene(*size), **options)
    made = aged(source, (*corner, *extent))
    receipt = export_result(made, ExportSpec(tmp_path / "old.jpg", overwrite=True))
    assert receipt.notices == ()
    back = load_photo(receipt.path).pixels
    touched = blocks_of((made.pixels != source.pixels).any(axis=2), STEP[subsampling])
    outside = ~dilated(touched, 0 if subsampling == 0 else 2)
    np.testing.assert_array_equal(back[outside], source.pixels[outside])


def test_the_file_is_compressed_as_the_source_is(tmp_path: Path) -> None:
    for subsampling in (0, 1, 2):
        source = jpeg(tmp_path / f"{subsampling}.jpg", scene(64, 48), quality=71,
                      subsampling=subsampling)  # fmt: skip
        assert source.path is not None
        out = export_result(
            aged(source, (8, 8, 8, 8)), ExportSpec(tmp_path / f"o{subsampling}.jpg")
        )
        with Image.open(source.path) as before, Image.open(out.path) as after:
            assert isinstance(before, JpegImagePlugin.JpegImageFile)
            assert isinstance(after, JpegImagePlugin.JpegImageFile)
            assert before.quantization == after.quantization
            assert JpegImagePlugin.get_sampling(after) == subsampling


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("subsampling", [0, 2])
def test_a_turned_photo_keeps_its_coefficients(
    tmp_path: Path, orientation: int, subsampling: int
) -> None:
    """Turned coefficients decode as turned pixels do, but for a level of rounding."""
    source = jpeg(tmp_path / "me.jpg", scene(96, 64), quality=85, subsampling=subsampling,
                  exif=exif_block(orientation))  # fmt: skip
    made = aged(source, (18, 20, 9, 7))
    receipt = export_result(made, ExportSpec(tmp_path / "old.jpg"))
    assert receipt.notices == ()
    back = load_photo(receipt.path).pixels
    touched = blocks_of((made.pixels != source.pixels).any(axis=2), (16, 16))
    off = np.abs(back.astype(int) - source.pixels)[~dilated(touched, 2)]
    assert off.max() <= (0 if orientation == 1 else 4)
    assert off.mean() < 0.35


def test_a_turned_photo_of_odd_sides_is_compressed_anew_and_it_is_said(tmp_path: Path) -> None:
    source = jpeg(tmp_path / "me.jpg", scene(93, 61), quality=85, exif=exif_block(6))
    receipt = export_result(aged(source, (18, 20, 9, 7)), ExportSpec(tmp_path / "old.jpg"))
    (notice,) = receipt.notices
    assert notice.startswith("The whole photo was compressed again: 4")


def test_grey_stays_grey(tmp_path: Path) -> None:
    source = jpeg(tmp_path / "me.jpg", scene(64, 48)[..., 0], quality=80)
    made = aged(source, (8, 8, 8, 8))
    receipt = export_result(made, ExportSpec(tmp_path / "old.jpg"))
    back = load_photo(receipt.path).pixels
    outside = ~blocks_of((made.pixels != source.pixels).any(axis=2), (8, 8))
    np.testing.assert_array_equal(back[outside], source.pixels[outside])
    with Image.open(receipt.path) as picture:
        assert picture.mode == "L"


def test_a_quality_that_is_chosen_counts_everywhere(tmp_path: Path) -> None:
    source = jpeg(tmp_path / "me.jpg", scene(64, 48), quality=95, subsampling=2)
    small = ExportSpec(tmp_path / "small.jpg", quality=20, own_compression=False)
    receipt = export_result(aged(source, (8, 8, 8, 8)), small)
    own = export_result(aged(source, (8, 8, 8, 8)), ExportSpec(tmp_path / "own.jpg"))
    assert receipt.size_bytes < own.size_bytes
    with Image.open(receipt.path) as picture:
        assert JpegImagePlugin.get_sampling(picture) == 2, "the source's all the same"


def test_where_the_library_is_missing_the_loss_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jpeg_blocks, "available", lambda: False)
    source = jpeg(tmp_path / "me.jpg", scene(64, 48), quality=70)
    receipt = export_result(aged(source, (8, 8, 8, 8)), ExportSpec(tmp_path / "old.jpg"))
    assert any("compressed again" in notice for notice in receipt.notices)
    monkeypatch.setattr(encode_jpeg, "_FAITHFUL", 20.0)
    receipt = export_result(aged(source, (8, 8, 8, 8)), ExportSpec(tmp_path / "two.jpg"))
    assert receipt.notices == ()


@pytest.mark.parametrize("kind", ["CMYK", "RGB"])
def test_other_colour_models_are_compressed_anew(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "me.jpg"
    picture = Image.fromarray(scene(64, 48))
    options = {"keep_rgb": True} if kind == "RGB" else {}
    picture.convert(kind).save(path, "JPEG", **options)
    assert source_jpeg(path.read_bytes()) is None
    source = load_photo(path)
    export_result(aged(source, (8, 8, 8, 8)), ExportSpec(tmp_path / "old.jpg"))
    assert load_photo(tmp_path / "old.jpg").size == (64, 48)


def test_what_is_no_jpeg_has_nothing_to_carry_over() -> None:
    assert source_jpeg(b"junk") is None
    with pytest.raises(ValueError, match="no pixels"):
        segments(b"\xff\xd8\xff\xe0\x00\x10")


def test_likeness_is_a_psnr() -> None:
    pixels = np.full((16, 16, 3), 100, np.uint8)
    buffer = BytesIO()
    Image.fromarray(pixels + np.uint8(10)).save(buffer, "PNG")
    everywhere = np.ones((16, 16), bool)
    assert likeness(buffer.getvalue(), pixels, everywhere) == pytest.approx(28.13, abs=0.01)
    assert likeness(buffer.getvalue(), pixels + np.uint8(10), everywhere) == float("inf")
