"""Formats as cameras, phones and retouchers write them: what is kept, and what is said."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pillow_heif
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from engine.domain import Photo
from engine.errors import PhotoError, Sentence
from engine.imaging.color import to_8_bits
from engine.imaging.export import export_result
from engine.imaging.photo_io import load_photo
from engine.orders import ExportSpec
from tests.unit.imaging import pictures
from tests.unit.imaging.pictures import asymmetric, noise, write
from tests.unit.imaging.tiffs import (
    ASCII,
    SHORT,
    UNDEFINED,
    dng_bytes,
    tiff_bytes,
)

pillow_heif.register_heif_opener()
STORED = {
    "plain": {},
    "tiled": {"tile": 16},
    "deflated": {"deflate": True},
    "planar": {"planar": True},
    "planar, tiled, deflated": {"planar": True, "tile": 16, "deflate": True},
}


def loaded(tmp_path: Path, data: bytes, name: str = "photo.img") -> Photo:
    return load_photo(write(tmp_path / name, data))


def codes(photo: Photo) -> list[str]:
    assert all(isinstance(notice, Sentence) and notice.endswith(".") for notice in photo.notices)
    return [notice.code for notice in photo.notices if isinstance(notice, Sentence)]


def gradient(bits: int) -> NDArray[np.uint16]:
    """Every level of a depth, in no order."""
    levels = np.arange(1 << bits, dtype=np.uint16)
    return np.random.default_rng(1).permutation(levels)[: 30 * 30].reshape(30, 30)


@pytest.mark.parametrize("stored", STORED)
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32, np.float64])
def test_tiff_however_it_is_stored(tmp_path: Path, stored: str, dtype: type) -> None:
    pixels = noise(50, 40, np.uint8 if dtype is np.uint8 else np.uint16)
    is_float = np.dtype(dtype).kind == "f"
    values = (pixels / 65535).astype(dtype) if is_float else pixels
    photo = loaded(tmp_path, tiff_bytes(values, **STORED[stored]))
    np.testing.assert_array_equal(photo.pixels, pixels)
    assert codes(photo) == (["notice.float"] if is_float else [])


@pytest.mark.parametrize("compression", [5, 8, 32773])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_tiff_compressions(tmp_path: Path, compression: int, dtype: type) -> None:
    pixels = noise(33, 21, np.uint8 if dtype is np.uint8 else np.uint16)
    values = (pixels / 65535).astype(dtype) if dtype is np.float32 else pixels
    options = [cv2.IMWRITE_TIFF_COMPRESSION, compression]
    _, data = cv2.imencode(".tiff", values[..., ::-1], options)
    np.testing.assert_array_equal(loaded(tmp_path, data.tobytes()).pixels, pixels)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize("planar", [False, True])
def test_tiff_lies_as_its_tag_says(
    tmp_path: Path, orientation: int, dtype: type, planar: bool
) -> None:
    pixels = asymmetric(dtype=np.uint16)
    scaled = pixels / 65535 if dtype is np.float32 else pixels // 257
    values = pixels if dtype is np.uint16 else scaled.astype(dtype)
    extra = {274: (SHORT, orientation)}
    photo = loaded(tmp_path, tiff_bytes(values, extra=extra, planar=planar))
    shallow = Image.fromarray(asymmetric())
    shallow.getexif()[0x0112] = orientation
    upright = np.asarray(ImageOps.exif_transpose(shallow))
    assert photo.pixels.shape == upright.shape
    np.testing.assert_allclose(to_8_bits(photo.pixels).astype(int), upright, atol=1)


def test_four_16_bit_inks_turn_once(tmp_path: Path) -> None:
    ink = np.zeros((8, 12, 4), np.uint16)
    ink[0, 0] = 65535, 0, 0, 0
    photo = loaded(tmp_path, tiff_bytes(ink, photometric=5, extra={274: (SHORT, 6)}))
    assert photo.size == (8, 12)
    assert photo.pixels[0, -1, 0] < 120, "the first pixel comes to the top right"
    assert codes(photo) == ["notice.deep", "notice.cmyk_unprofiled"]


def test_floats_beyond_black_and_white_are_cut(tmp_path: Path) -> None:
    values = np.array([[[-0.5, 0.5, 1.5], [np.nan, np.inf, -np.inf]]], np.float32)
    photo = loaded(tmp_path, tiff_bytes(values))
    assert photo.pixels.tolist() == [[[0, 32768, 65535], [0, 65535, 0]]]


def test_grey_float_and_inverted_grey(tmp_path: Path) -> None:
    grey = noise(20, 10, np.uint16)[..., :1]
    three = np.repeat(grey, 3, axis=2)
    as_float = tiff_bytes((grey / 65535).astype(np.float32), photometric=1)
    np.testing.assert_array_equal(loaded(tmp_path, as_float).pixels, three)
    inverted = tiff_bytes(65535 - grey, photometric=0)
    np.testing.assert_array_equal(loaded(tmp_path, inverted).pixels, three)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_colours_multiplied_by_alpha_are_divided_again(tmp_path: Path, dtype: type) -> None:
    top = np.iinfo(dtype).max
    half = np.full((4, 4, 4), top // 4, dtype)
    half[..., 3] = top // 2
    photo = loaded(tmp_path, tiff_bytes(half, extra={338: (SHORT, 1)}))
    assert photo.alpha is not None
    assert (photo.alpha == top // 2).all()
    assert np.abs(photo.pixels / top - 0.5).max() < 0.01


def test_first_page_and_flattened_layers(tmp_path: Path) -> None:
    first, second = noise(24, 16), noise(12, 8, seed=1)
    pages = loaded(tmp_path, tiff_bytes(first, second))
    np.testing.assert_array_equal(pages.pixels, first)
    assert codes(pages) == ["notice.frames"]
    layers = {37724: (UNDEFINED, b"Adobe Photoshop Document Data Block\0")}
    layered = loaded(tmp_path, tiff_bytes(first, extra=layers))
    assert codes(layered) == ["notice.layers"]
    as_float = tiff_bytes((first / 255).astype(np.float32), first, extra=layers)
    assert codes(loaded(tmp_path, as_float)) == ["notice.float", "notice.layers", "notice.frames"]


def test_tags_of_a_float_tiff_are_kept(tmp_path: Path) -> None:
    extra = {271: (ASCII, b"Maker\0"), 274: (SHORT, 6)}
    photo = loaded(tmp_path, tiff_bytes((noise(24, 16) / 255).astype(np.float32), extra=extra))
    assert photo.size == (16, 24)
    exif = Image.Exif()
    exif.load(photo.exif or b"")
    assert exif[0x010F] == "Maker"
    assert exif.get(0x0112, 1) == 1


@pytest.mark.parametrize(
    "data",
    [
        tiff_bytes(np.zeros((4, 4, 3), np.float16)),
        tiff_bytes(noise(4, 4, np.uint16)[..., :2], photometric=1),
        tiff_bytes(noise(4, 4, np.uint16), photometric=8),
    ],
    ids=["half floats", "deep grey with alpha", "deep Lab"],
)
def test_odd_tiffs_are_refused_in_words(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(PhotoError) as caught:
        loaded(tmp_path, data)
    assert caught.value.code == "photo.pixels"


def test_lab_becomes_srgb(tmp_path: Path) -> None:
    lab = np.array([[[255, 0, 0], [128, 80, 67], [0, 0, 0]]], np.uint8)
    photo = loaded(tmp_path, tiff_bytes(lab, photometric=8))
    white, red, black = photo.pixels[0].astype(int)
    assert white.min() > 252
    assert black.max() < 3
    assert red[0] > 200
    assert red[1:].max() < 80
    assert codes(photo) == ["notice.lab"]


@pytest.mark.parametrize("bits", [10, 12])
def test_deep_avif_keeps_every_level(tmp_path: Path, bits: int) -> None:
    values = np.repeat(gradient(bits)[..., None], 3, axis=2)
    options = [cv2.IMWRITE_AVIF_DEPTH, bits, cv2.IMWRITE_AVIF_QUALITY, 100]
    _, data = cv2.imencode(".avif", values, options)
    photo = loaded(tmp_path, data.tobytes())
    top = (1 << bits) - 1
    np.testing.assert_array_equal(photo.pixels, np.rint(values / top * 65535))
    assert (photo.format, codes(photo)) == ("AVIF", [])


@pytest.mark.parametrize("mode", ["RGB;16", "RGBA;16"])
def test_10_bit_heic_stays_deep(tmp_path: Path, mode: str) -> None:
    channels = len(mode) - 3
    ramp = np.linspace(5_000, 60_000, 96 * 64).reshape(64, 96).astype(np.uint16)
    values = np.repeat(ramp[..., None], channels, axis=2)
    picture = pillow_heif.from_bytes(mode=mode, size=(96, 64), data=values.tobytes())
    buffer = io.BytesIO()
    picture.save(buffer, quality=100, chroma=444)
    photo = loaded(tmp_path, buffer.getvalue())
    assert photo.pixels.dtype == np.uint16
    assert np.abs(photo.pixels / 65535 - values[..., :3] / 65535).mean() < 0.002
    assert len(np.unique(photo.pixels)) > 256, "more than 8 bits came through"
    assert (photo.alpha is not None) == (channels == 4)
    assert codes(photo) == []


@pytest.mark.parametrize(("kind", "options"), [("GIF", {}), ("PNG", {}), ("WEBP", {"lossless": 1})])
def test_animations_give_their_first_picture(tmp_path: Path, kind: str, options: dict) -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], **options)
    photo = loaded(tmp_path, buffer.getvalue())
    assert photo.pixels[4, 4].tolist() == [255, 0, 0]
    assert codes(photo) == ["notice.animation"]


def test_several_pictures_in_a_heic(tmp_path: Path) -> None:
    file = pillow_heif.from_pillow(Image.fromarray(asymmetric()))
    file.add_from_pillow(Image.new("RGB", (48, 32)))
    buffer = io.BytesIO()
    file.save(buffer)
    assert codes(loaded(tmp_path, buffer.getvalue())) == ["notice.frames"]


def test_mpo_gives_its_first_picture(tmp_path: Path) -> None:
    parts = [Image.fromarray(noise(32, 32, seed=seed)) for seed in (0, 1)]
    buffer = io.BytesIO()
    parts[0].save(buffer, "MPO", save_all=True, append_images=parts[1:])
    photo = loaded(tmp_path, buffer.getvalue())
    assert (photo.format, codes(photo)) == ("JPEG", ["notice.frames"])


ULTRA_HDR = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="a phone" '
    b'xmlns:Container="http://ns.google.com/photos/1.0/container/">'
    b"<Container:Directory><rdf:Seq><rdf:li/></rdf:Seq></Container:Directory>"
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def test_gain_map_is_said_and_no_longer_described(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    main, gain = Image.fromarray(asymmetric(64, 48)), Image.new("L", (16, 12), 99)
    main.save(buffer, "MPO", save_all=True, append_images=[gain], xmp=ULTRA_HDR)
    photo = loaded(tmp_path, buffer.getvalue())
    assert codes(photo) == ["notice.gain_map"]
    assert photo.size == (64, 48)
    out = tmp_path / "out.jpg"
    export_result(pictures.result(photo, photo.pixels), ExportSpec(out, credentials=False))
    again = load_photo(out)
    assert codes(again) == []
    assert again.xmp is not None
    assert b"hdrgm:Version" not in again.xmp
    assert b"Container:Directory" not in again.xmp
    assert b"a phone" in again.xmp


def test_motion_photo_is_said(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    xmp = ULTRA_HDR.replace(b'hdrgm:Version="1.0"', b'GCamera:MotionPhoto="1"')
    Image.fromarray(asymmetric()).save(buffer, "JPEG", xmp=xmp)
    photo = loaded(tmp_path, buffer.getvalue() + b"\0\0\0\x18ftypmp42 the film")
    assert codes(photo) == ["notice.motion"]


def test_damaged_profile_is_left_out_and_said(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.fromarray(asymmetric()).save(buffer, "JPEG", icc_profile=b"no profile" * 20)
    photo = loaded(tmp_path, buffer.getvalue())
    assert (photo.icc, codes(photo)) == (None, ["notice.profile_damaged"])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_camera_raw_is_developed_upright(tmp_path: Path, orientation: int) -> None:
    light = np.ones((64, 96, 3))
    light[:32, :48] = 0.5, 0.1, 0.1
    light[32:, :48] = 0.1, 0.1, 0.5
    photo = loaded(tmp_path, dng_bytes(light, orientation=orientation), "photo.dng")
    assert (photo.format, photo.pixels.dtype, codes(photo)) == ("RAW", np.uint16, ["notice.raw"])
    picture = Image.fromarray(np.rint(255 * light).astype(np.uint8))
    picture.getexif()[0x0112] = orientation
    upright = np.asarray(ImageOps.exif_transpose(picture)) / 255
    assert photo.pixels.shape == upright.shape
    sound = np.ones(upright.shape[:2], bool)
    sound[:8] = sound[-8:] = False  # demosaicing guesses at borders
    sound[:, :8] = sound[:, -8:] = False
    red = sound & (upright[..., 0] > 0.4) & (upright[..., 1] < 0.2)
    seen = np.median(photo.pixels[red], axis=0) / 65535
    assert seen == pytest.approx([0.735, 0.349, 0.349], abs=0.03), "linear light through sRGB"
    exif = Image.Exif()
    exif.load(photo.exif or b"")
    assert exif[0x010F].strip() == "Agelens"
    assert exif.get(0x0112, 1) == 1
    assert 50706 not in exif, "what describes raw pixels stays behind"


def test_raw_that_cannot_be_developed_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(PhotoError) as caught:
        loaded(tmp_path, b"FOVb" + bytes(4000), "photo.x3f")
    assert caught.value.code in ("photo.raw", "photo.truncated")


def test_jpeg_xl(tmp_path: Path) -> None:
    pylibjxl = pytest.importorskip("pylibjxl", reason="pylibjxl is not installed")
    pixels = noise(33, 21)
    for values in (pixels, np.dstack([pixels, pixels[..., :1]])):
        data = pylibjxl.encode(np.ascontiguousarray(values), lossless=True, xmp=b"<x/>")
        photo = loaded(tmp_path, data, "photo.jxl")
        np.testing.assert_array_equal(photo.pixels, pixels)
        assert (photo.format, photo.xmp, codes(photo)) == ("JXL", b"<x/>", [])
        assert (photo.alpha is not None) == (values.shape[2] == 4)


def test_jpeg_xl_without_its_package_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pylibjxl", None)
    with pytest.raises(PhotoError, match="pylibjxl") as caught:
        loaded(tmp_path, b"\xff\x0a" + bytes(40), "photo.jxl")
    assert caught.value.code == "photo.package"
