"""Files that name their colours without embedding a profile keep what they mean."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from engine.domain import Photo
from engine.errors import Sentence
from engine.imaging.color import carrier_for, to_srgb8
from engine.imaging.photo_io import load_photo
from engine.imaging.profile import parse_profile
from engine.imaging.standard_profiles import adobe_rgb, coded_profile
from tests.unit.imaging.pictures import noise, png_chunk, write

pillow_heif.register_heif_opener()
PIXELS = noise(24, 16)
P3_RED = ((0.3127, 0.329), (0.68, 0.32), (0.265, 0.69), (0.15, 0.06))


def saved(form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(PIXELS).save(buffer, form, **options)
    return buffer.getvalue()


def opened(tmp_path: Path, data: bytes) -> Photo:
    return load_photo(write(tmp_path / "photo.img", data))


def with_chunks(*chunks: bytes) -> bytes:
    """A PNG with chunks behind its header."""
    data = saved("PNG")
    return data[:33] + b"".join(chunks) + data[33:]


def exif(space: int, index: str | None) -> bytes:
    block = Image.Exif()
    inner = block.get_ifd(0x8769)
    inner[0xA001] = space
    if index is not None:
        inner[0xA005] = {1: index}
    return block.tobytes()


@pytest.mark.parametrize(
    ("space", "index", "adobe"),
    [(0xFFFF, "R03", True), (2, None, True), (1, "R98", False), (0xFFFF, None, False)],
)
def test_cameras_adobe_rgb(tmp_path: Path, space: int, index: str | None, adobe: bool) -> None:
    photo = opened(tmp_path, saved("JPEG", exif=exif(space, index)))
    assert photo.icc == (adobe_rgb() if adobe else None)
    assert photo.notices == ()


@pytest.mark.parametrize("form", ["AVIF", "HEIF"])
def test_display_p3_by_code(tmp_path: Path, form: str) -> None:
    data = bytearray(saved(form, quality=90))
    at = data.index(b"colrnclx") + 8
    data[at : at + 4] = struct.pack(">HH", 12, 13)
    photo = opened(tmp_path, bytes(data))
    assert photo.icc == coded_profile(12, 13)
    assert photo.notices == ()


def test_png_code_points(tmp_path: Path) -> None:
    photo = opened(tmp_path, with_chunks(png_chunk(b"cICP", bytes([12, 13, 0, 1]))))
    assert photo.icc == coded_profile(12, 13)
    np.testing.assert_array_equal(photo.pixels, PIXELS)


def chromaticities(places: tuple[tuple[float, float], ...]) -> bytes:
    numbers = [round(100_000 * value) for xy in places for value in xy]
    return png_chunk(b"cHRM", struct.pack(">8L", *numbers))


def test_png_chromaticities_and_gamma(tmp_path: Path) -> None:
    wide = with_chunks(png_chunk(b"gAMA", struct.pack(">L", 45455)), chromaticities(P3_RED))
    photo = opened(tmp_path, wide)
    assert photo.icc is not None
    parsed = parse_profile(photo.icc)
    assert parsed is not None
    np.testing.assert_allclose(parsed.to_srgb[0], [1.2249, -0.2247, 0], atol=0.01)
    usual = (*P3_RED[:1], (0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
    plain = with_chunks(png_chunk(b"gAMA", struct.pack(">L", 45455)), chromaticities(usual))
    assert opened(tmp_path, plain).icc is None
    said = png_chunk(b"sRGB", b"\0")
    assert opened(tmp_path, wide[:33] + said + wide[33:]).icc is None, "sRGB overrules"
    flat = ((0.3, 0.3), (0.3, 0.3), (0.3, 0.3), (0.3, 0.3))
    nonsense = with_chunks(png_chunk(b"gAMA", struct.pack(">L", 45455)), chromaticities(flat))
    assert opened(tmp_path, nonsense).icc is None


@pytest.mark.parametrize(("transfer", "white"), [(16, 0.5806), (18, 0.75)], ids=["PQ", "HLG"])
def test_hdr_keeps_its_pixels_and_is_seen_up_to_white(
    tmp_path: Path, transfer: int, white: float
) -> None:
    photo = opened(tmp_path, with_chunks(png_chunk(b"cICP", bytes([9, transfer, 0, 1]))))
    assert [n.code for n in photo.notices if isinstance(n, Sentence)] == ["notice.hdr"]
    np.testing.assert_array_equal(photo.pixels, PIXELS)
    codes = np.array([0, white / 2, white, 1.0])
    ramp = np.repeat(np.rint(codes * 255).astype(np.uint8)[None, :, None], 3, axis=2)
    black, middle, full, beyond = to_srgb8(ramp, photo.icc)[0, :, 0].astype(int)
    assert black == 0
    assert 20 < middle < 160
    assert full >= 250
    assert beyond == 255
    assert carrier_for(photo.icc) is not None
