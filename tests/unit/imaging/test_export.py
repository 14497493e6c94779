"""What is written reads back: pixels, depth, alpha, profile, EXIF, XMP and marking."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.domain import Photo
from engine.imaging.composite import composite
from engine.imaging.encode import FORMATS
from engine.imaging.export import export_result, write_image
from engine.imaging.photo_io import load_photo
from engine.imaging.provenance import SOURCE_TYPE
from engine.orders import ExportSpec
from tests.unit.imaging import pictures
from tests.unit.imaging.pictures import (
    aged_face,
    asymmetric,
    exif_block,
    flat_change,
    noise,
    photo,
    result,
    similarity,
)

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" '
    b'dc:source="the negative" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
)
LOSSLESS = {".png": 95, ".tiff": 95, ".tif": 95, ".bmp": 95, ".webp": 100}
WITH_ALPHA = [s for s in FORMATS if s not in (".jpg", ".jpeg", ".bmp")]
FACE = aged_face(similarity(0.7, 15, (60, 50), (31.5, 31.5)), flat_change(64, 0.3, -0.1, 0.2))


def rich(dtype: type = np.uint8, *, alpha: bool = False) -> Photo:
    """A photo that carries everything a photo can."""
    cover = noise(120, 100, dtype, seed=5)[..., 0] if alpha else None
    return photo(
        noise(120, 100, dtype),
        alpha=cover,
        icc=pictures.wide_profile(),
        exif=exif_block(1),
        xmp=XMP,
    )


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("suffix", LOSSLESS)
def test_lossless_export_is_bit_identical_outside_the_mask(
    tmp_path: Path, suffix: str, dtype: type
) -> None:
    source = rich(dtype)
    pixels = composite(source, [FACE])
    spec = ExportSpec(tmp_path / f"out{suffix}", quality=LOSSLESS[suffix])
    receipt = export_result(result(source, pixels, FACE), spec)
    back = load_photo(receipt.path).pixels
    original = source.pixels
    if dtype == np.uint16 and suffix in (".bmp", ".webp"):
        original = np.rint(original / 257).astype(np.uint8)
        assert any("16-bit" in notice for notice in receipt.notices)
    else:
        np.testing.assert_array_equal(back, pixels)
    assert back.dtype == original.dtype
    y, x = np.mgrid[:100, :120]
    outside = np.hypot(x - 60, y - 50) > 0.4 * 64 / 0.7 + 3
    np.testing.assert_array_equal(back[outside], original[outside])
    assert (back[45:55, 55:65] != original[45:55, 55:65]).any()


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_keeps_colours_and_sides(tmp_path: Path, suffix: str) -> None:
    pixels = asymmetric(96, 64)
    receipt = write_image(pixels, tmp_path / f"p{suffix.upper()}")
    back = load_photo(receipt.path)
    off = np.abs(back.pixels.astype(int) - pixels).mean()
    swapped = np.abs(back.pixels[..., ::-1].astype(int) - pixels).mean()
    assert off < 4 < 20 < swapped
    assert receipt.size_bytes == receipt.path.stat().st_size
    assert receipt.notices == ()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("suffix", [s for s in FORMATS if s != ".bmp"])
def test_profile_exif_xmp_and_marking_read_back(tmp_path: Path, suffix: str, dtype: type) -> None:
    source = rich(dtype)
    receipt = export_result(
        result(source, source.pixels, FACE), ExportSpec(tmp_path / f"o{suffix}")
    )
    back = load_photo(receipt.path)
    exif = Image.Exif()
    exif.load(back.exif or b"")
    assert back.icc == source.icc
    assert str(exif[0x010F]).strip("\0") == "Cam"
    assert exif.get(0x0112, 1) == 1
    assert back.xmp is not None
    for part in (SOURCE_TYPE.encode(), b"the negative", b"agelens-delta; face 1 aged to 60"):
        assert part in back.xmp
    assert b'tiff:Orientation="1"' in back.xmp


def test_other_readers_find_the_16_bit_metadata(tmp_path: Path) -> None:
    source = rich(np.uint16)
    receipt = export_result(result(source, source.pixels, FACE), ExportSpec(tmp_path / "o.png"))
    with Image.open(receipt.path) as picture:
        picture.load()
        assert picture.info["icc_profile"] == source.icc
        assert picture.getexif()[0x010F].strip("\0") == "Cam"
        assert "compositeWithTrainedAlgorithmicMedia" in str(picture.info["xmp"])


def test_metadata_can_be_left_out_but_the_profile_stays(tmp_path: Path) -> None:
    source = rich()
    spec = ExportSpec(tmp_path / "o.png", keep_metadata=False, mark_ai=False)
    back = load_photo(export_result(result(source, source.pixels), spec).path)
    assert (back.icc, back.exif, back.xmp) == (source.icc, None, None)
    spec = ExportSpec(tmp_path / "marked.png", keep_metadata=False)
    marked = load_photo(export_result(result(source, source.pixels, FACE), spec).path)
    assert marked.exif is None
    assert marked.xmp is not None
    assert SOURCE_TYPE.encode() in marked.xmp
    assert b"the negative" not in marked.xmp


def test_exif_directories_reach_a_tiff_and_come_back(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8769)[0x9003] = "2020:01:02 03:04:05"
    exif.get_ifd(0x8825)[1] = "N"
    source = photo(asymmetric(), exif=b"Exif\0\0" + exif.tobytes().removeprefix(b"Exif\0\0"))
    receipt = export_result(result(source, source.pixels), ExportSpec(tmp_path / "o.tiff"))
    back = Image.Exif()
    back.load(load_photo(receipt.path).exif or b"")
    assert back[0x010F] == "Maker"
    assert back.get_ifd(0x8769)[0x9003] == "2020:01:02 03:04:05"
    assert back.get_ifd(0x8825)[1] == "N"


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("suffix", WITH_ALPHA)
def test_alpha_is_put_back(tmp_path: Path, suffix: str, dtype: type) -> None:
    source = rich(dtype, alpha=True)
    receipt = export_result(result(source, source.pixels), ExportSpec(tmp_path / f"o{suffix}"))
    alpha = load_photo(receipt.path).alpha
    assert alpha is not None
    assert source.alpha is not None
    scale = 257 if dtype == np.uint16 and alpha.dtype == np.uint8 else 1
    off = np.abs(alpha.astype(float) * scale - source.alpha)
    assert off.mean() < 0.03 * np.iinfo(dtype).max
    if suffix in (".png", ".tiff", ".tif"):
        assert off.max() == 0


@pytest.mark.parametrize("suffix", [".jpg", ".bmp"])
def test_without_alpha_the_photo_is_laid_on_white(tmp_path: Path, suffix: str) -> None:
    pixels = np.zeros((32, 32, 3), np.uint8)
    cover = np.full((32, 32), 255, np.uint8)
    cover[:, 16:] = 0
    source = photo(pixels, alpha=cover)
    receipt = export_result(result(source, pixels), ExportSpec(tmp_path / f"o{suffix}"))
    back = load_photo(receipt.path).pixels
    assert back[:, :12].max() < 10
    assert back[:, 20:].min() > 245
    assert any("transparency" in notice for notice in receipt.notices)


def test_bmp_says_what_it_cannot_hold(tmp_path: Path) -> None:
    source = rich()
    receipt = export_result(result(source, source.pixels), ExportSpec(tmp_path / "o.bmp"))
    assert any("marking" in notice for notice in receipt.notices)


def test_jpeg_keeps_full_colour_resolution_from_quality_90(tmp_path: Path) -> None:
    for quality, sampling in ((90, 0), (89, 2)):
        path = tmp_path / f"q{quality}.jpg"
        write_image(asymmetric(), path, quality=quality)
        with Image.open(path) as picture:
            from PIL import JpegImagePlugin

            assert JpegImagePlugin.get_sampling(picture) == sampling


def test_blocks_too_long_for_a_jpeg_are_left_out_with_a_notice(tmp_path: Path) -> None:
    source = photo(asymmetric(), exif=exif_block(1) + b"\0" * 70_000)
    receipt = export_result(result(source, source.pixels), ExportSpec(tmp_path / "o.jpg"))
    assert any("EXIF" in notice for notice in receipt.notices)
    assert load_photo(receipt.path).exif is None


def test_damaged_xmp_is_replaced_with_a_notice(tmp_path: Path) -> None:
    source = photo(asymmetric(), xmp=b"<junk")
    receipt = export_result(result(source, source.pixels, FACE), ExportSpec(tmp_path / "o.png"))
    assert any("XMP" in notice for notice in receipt.notices)
    xmp = load_photo(receipt.path).xmp
    assert xmp is not None
    assert SOURCE_TYPE.encode() in xmp


def test_tall_tiff_has_many_strips(tmp_path: Path) -> None:
    pixels = noise(31, 333, np.uint16)
    receipt = write_image(pixels, tmp_path / "o.tif")
    np.testing.assert_array_equal(load_photo(receipt.path).pixels, pixels)


def test_file_to_file_through_every_step(tmp_path: Path, samples: Path) -> None:
    source = load_photo(samples / "astronaut.png")
    face = aged_face(similarity(0.4, 5, (225, 115), (31.5, 31.5)), flat_change(64, 0.1, 0, -0.1))
    pixels = composite(source, [face])
    receipt = export_result(result(source, pixels, face), ExportSpec(tmp_path / "o.png"))
    back = load_photo(receipt.path)
    np.testing.assert_array_equal(back.pixels, pixels)
    assert (back.pixels != source.pixels).any(axis=-1).mean() < 0.1


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_smaller_picture_is_the_mean_of_what_it_covers(tmp_path: Path, dtype: type) -> None:
    source = photo(noise(120, 100, dtype), alpha=noise(120, 100, dtype, seed=3)[..., 0])
    spec = ExportSpec(tmp_path / "small.png", max_side=60)
    export_result(result(source, source.pixels, FACE), spec)
    small = load_photo(spec.path)
    means = source.pixels.reshape(50, 2, 60, 2, 3).astype(float).mean(axis=(1, 3))
    assert small.pixels.dtype == dtype
    assert small.alpha is not None
    assert small.alpha.shape == (50, 60)
    assert np.abs(small.pixels - means).max() <= 1


def test_a_photo_is_never_made_larger(tmp_path: Path) -> None:
    source = photo(noise(120, 100))
    spec = ExportSpec(tmp_path / "same.png", max_side=4000)
    export_result(result(source, source.pixels, FACE), spec)
    assert np.array_equal(load_photo(spec.path).pixels, source.pixels)
