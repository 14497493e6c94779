"""Every format, depth, mode and orientation comes in right side up and in the right colours."""

from __future__ import annotations

import hashlib
import io
import zlib
from pathlib import Path

import cv2
import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageOps

from engine.imaging.color import to_srgb8
from engine.imaging.photo_io import load_photo
from tests.unit.imaging import pictures
from tests.unit.imaging.pictures import asymmetric, deep_png, exif_block, write

pillow_heif.register_heif_opener()
LOSSLESS = {".png": {}, ".bmp": {}, ".tiff": {}, ".webp": {"lossless": True}}
LOSSY = {
    ".jpg": {"quality": 97, "subsampling": 0},
    ".heic": {"quality": 97, "chroma": 444},
    ".avif": {"quality": 97, "subsampling": "4:4:4"},
}


def save(path: Path, picture: Image.Image, **options: object) -> Path:
    picture.save(path, **options)
    return path


@pytest.mark.parametrize("suffix", LOSSLESS)
def test_lossless_formats_come_in_bit_for_bit(tmp_path: Path, suffix: str) -> None:
    pixels = pictures.noise(33, 21)
    path = save(tmp_path / f"photo{suffix}", Image.fromarray(pixels), **LOSSLESS[suffix])
    photo = load_photo(path)
    np.testing.assert_array_equal(photo.pixels, pixels)
    assert photo.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (photo.path, photo.size, photo.alpha, photo.notices) == (path, (33, 21), None, ())


@pytest.mark.parametrize("suffix", LOSSY)
def test_lossy_formats_keep_colours_and_sides(tmp_path: Path, suffix: str) -> None:
    pixels = asymmetric(96, 64)
    photo = load_photo(save(tmp_path / f"p{suffix}", Image.fromarray(pixels), **LOSSY[suffix]))
    off = np.abs(photo.pixels.astype(int) - pixels).mean()
    swapped = np.abs(photo.pixels[..., ::-1].astype(int) - pixels).mean()
    assert off < 4 < 20 < swapped
    assert photo.format == {".jpg": "JPEG", ".heic": "HEIF", ".avif": "AVIF"}[suffix]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".png", ".tiff", ".webp", ".jpg", ".avif"])
def test_every_orientation_is_applied_and_reset(
    tmp_path: Path, suffix: str, orientation: int
) -> None:
    picture = Image.fromarray(asymmetric(96, 64))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Maker"
    options = {**LOSSLESS, **LOSSY}[suffix]
    photo = load_photo(save(tmp_path / f"p{suffix}", picture, exif=exif.tobytes(), **options))
    picture.getexif()[0x0112] = orientation
    upright = np.asarray(ImageOps.exif_transpose(picture))
    assert photo.pixels.shape == upright.shape
    assert np.abs(photo.pixels.astype(int) - upright).mean() < (4 if suffix in LOSSY else 1e-9)
    kept = Image.Exif()
    kept.load(photo.exif or b"")
    assert kept.get(0x0112, 1) == 1
    assert kept[0x010F] == "Maker"


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_heic_is_upright(tmp_path: Path, orientation: int) -> None:
    picture = Image.fromarray(asymmetric(96, 64))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = save(tmp_path / "p.heic", picture, exif=exif.tobytes(), **LOSSY[".heic"])
    picture.getexif()[0x0112] = orientation
    upright = np.asarray(ImageOps.exif_transpose(picture))
    photo = load_photo(path)
    assert photo.pixels.shape == upright.shape
    assert np.abs(photo.pixels.astype(int) - upright).mean() < 4


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_16_bit_png_keeps_every_level(tmp_path: Path, channels: int) -> None:
    values = np.random.default_rng(2).integers(0, 65536, (9, 14, channels)).astype(np.uint16)
    photo = load_photo(write(tmp_path / "deep.png", deep_png(values)))
    colour = values[..., :3] if channels >= 3 else np.repeat(values[..., :1], 3, axis=2)
    assert photo.pixels.dtype == np.uint16
    np.testing.assert_array_equal(photo.pixels, colour)
    if channels in (2, 4):
        assert photo.alpha is not None
        np.testing.assert_array_equal(photo.alpha, values[..., -1])
    else:
        assert photo.alpha is None


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_16_bit_tiff_keeps_every_level(tmp_path: Path, channels: int) -> None:
    values = np.random.default_rng(3).integers(0, 65536, (11, 7, channels)).astype(np.uint16)
    stored = values[..., [2, 1, 0, 3][:channels]] if channels > 1 else values
    _, data = cv2.imencode(".tiff", stored)
    photo = load_photo(write(tmp_path / "deep.tif", data.tobytes()))
    np.testing.assert_array_equal(photo.pixels, np.broadcast_to(values[..., :3], (11, 7, 3)))
    assert photo.pixels.dtype == np.uint16
    assert (photo.alpha is not None) == (channels == 4)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_16_bit_orientation(tmp_path: Path, orientation: int) -> None:
    pixels = asymmetric(dtype=np.uint16)
    data = deep_png(pixels)
    chunk = pictures.png_chunk(b"eXIf", exif_block(orientation)[6:])
    photo = load_photo(write(tmp_path / "p.png", data[:33] + chunk + data[33:]))
    shallow = Image.fromarray(asymmetric())
    shallow.getexif()[0x0112] = orientation
    upright = np.asarray(ImageOps.exif_transpose(shallow))
    np.testing.assert_allclose(photo.pixels / 257, upright, atol=0.51)


def test_grey_palette_and_one_bit_become_rgb(tmp_path: Path) -> None:
    colour = Image.fromarray(asymmetric())
    for mode in ("L", "1", "P"):
        picture = colour.convert(mode)
        photo = load_photo(save(tmp_path / f"{mode}.png", picture))
        np.testing.assert_array_equal(photo.pixels, np.asarray(picture.convert("RGB")))
        assert photo.alpha is None


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_alpha_is_kept_apart(tmp_path: Path, mode: str) -> None:
    picture = Image.fromarray(asymmetric()).convert(mode)
    cover = np.arange(48 * 32).reshape(32, 48).astype(np.uint8)
    picture.putalpha(Image.fromarray(cover))
    photo = load_photo(save(tmp_path / "a.png", picture))
    np.testing.assert_array_equal(photo.alpha, cover)
    rgba = np.asarray(picture.convert("RGBA"))
    np.testing.assert_array_equal(photo.pixels, rgba[..., :3])


def test_transparent_palette_colour_becomes_alpha(tmp_path: Path) -> None:
    picture = Image.fromarray((np.arange(64).reshape(8, 8) % 4).astype(np.uint8), "P")
    picture.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9])
    photo = load_photo(save(tmp_path / "t.png", picture, transparency=1))
    assert photo.alpha is not None
    np.testing.assert_array_equal(photo.alpha[0, :4], [255, 0, 255, 255])
    np.testing.assert_array_equal(photo.pixels[0, :3], [[255, 0, 0], [0, 255, 0], [0, 0, 255]])


def test_cmyk_goes_through_its_own_profile(tmp_path: Path) -> None:
    ink = Image.new("CMYK", (8, 8), (255, 0, 0, 0))
    profiled = load_photo(save(tmp_path / "a.tif", ink, icc_profile=pictures.cmyk_profile()))
    plain = load_photo(save(tmp_path / "b.jpg", ink, quality=95))
    red, green, blue = (int(v) for v in profiled.pixels[0, 0])
    assert min(red, green) > blue + 60, "the profile's press prints yellow"
    red, green, blue = (int(v) for v in plain.pixels[0, 0])
    assert min(green, blue) > red + 60, "without a profile cyan is cyan"
    assert profiled.icc is None
    assert plain.icc is None
    assert "CMYK" in profiled.notices[0]
    assert "without a profile" in plain.notices[0]


@pytest.mark.parametrize("deep", [False, True])
def test_grey_with_a_profile_of_its_own_means_the_same_as_rgb(tmp_path: Path, deep: bool) -> None:
    icc = pictures.grey_profile(1.0)
    if deep:
        chunk = pictures.png_chunk(b"iCCP", b"g\0\0" + zlib.compress(icc))
        data = deep_png(np.full((6, 6, 1), 55 * 257, np.uint16))
        path = write(tmp_path / "g.png", data[:33] + chunk + data[33:])
    else:
        path = save(tmp_path / "g.png", Image.new("L", (6, 6), 55), icc_profile=icc)
    photo = load_photo(path)
    assert (photo.pixels == (55 * 257 if deep else 55)).all(), "no pixel is converted"
    assert photo.notices == ()
    seen = to_srgb8(photo.pixels, photo.icc)[0, 0].astype(int)
    assert np.abs(seen - 128).max() <= 2, "55/255 of light is sRGB's 128"


def test_profile_and_xmp_are_kept_byte_for_byte(tmp_path: Path) -> None:
    icc, xmp = pictures.wide_profile(), b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"
    for suffix in (".jpg", ".webp", ".tiff", ".avif", ".heic"):
        picture = Image.fromarray(asymmetric())
        extras = {"icc_profile": icc} | ({} if suffix == ".tiff" else {"xmp": xmp})
        if suffix == ".tiff":
            extras["tiffinfo"] = {700: xmp}
        photo = load_photo(save(tmp_path / f"p{suffix}", picture, **extras))
        assert (photo.icc, photo.xmp) == (icc, xmp), suffix


def test_first_frame_of_an_animation_with_a_notice(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    path = save(tmp_path / "a.gif", frames[0], save_all=True, append_images=frames[1:])
    photo = load_photo(path)
    np.testing.assert_array_equal(photo.pixels[0, 0], [255, 0, 0])
    assert any("first" in notice for notice in photo.notices)


def test_tall_photo_decodes_across_bands(tmp_path: Path) -> None:
    pixels = pictures.noise(1500, 1600)
    photo = load_photo(save(tmp_path / "t.bmp", Image.fromarray(pixels)))
    np.testing.assert_array_equal(photo.pixels, pixels)


def test_pixels_cannot_be_written_to(tmp_path: Path) -> None:
    photo = load_photo(save(tmp_path / "p.png", Image.fromarray(asymmetric())))
    with pytest.raises(ValueError, match="read-only"):
        photo.pixels[0, 0, 0] = 1


def test_the_name_does_not_decide_the_format(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.fromarray(asymmetric()).save(buffer, "PNG")
    assert load_photo(write(tmp_path / "lies.jpg", buffer.getvalue())).format == "PNG"


def test_samples_open(samples: Path) -> None:
    for name, size in (("astronaut.png", (512, 512)), ("grace_hopper.jpg", None)):
        photo = load_photo(samples / name)
        assert photo.pixels.dtype == np.uint8
        assert size is None or photo.size == size
