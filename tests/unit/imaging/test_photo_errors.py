"""What cannot be opened is refused with its own code, quickly, and never with a traceback."""

from __future__ import annotations

import contextlib
import io
import os
import struct
from pathlib import Path

import cv2
import numpy as np
import pillow_heif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.errors import PhotoError
from engine.imaging import photo_io
from engine.imaging.photo_io import load_photo
from tests.unit.imaging.pictures import asymmetric, deep_png, noise, png_bytes, write

pillow_heif.register_heif_opener()


def encoded(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(noise(64, 48)).save(buffer, kind)
    return buffer.getvalue()


FILES = {kind: encoded(kind) for kind in ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "HEIF", "AVIF")}
FILES["deep PNG"] = deep_png(noise(64, 48, np.uint16))
FILES["deep TIFF"] = cv2.imencode(".tiff", noise(64, 48, np.uint16))[1].tobytes()


def refusal(path: Path) -> PhotoError:
    with pytest.raises(PhotoError) as caught:
        load_photo(path)
    assert caught.value.sentence.endswith(".")
    assert path.name in caught.value.sentence
    return caught.value


def test_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.jpg").code == "photo.missing"


def test_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "photo.folder"


def test_empty(tmp_path: Path) -> None:
    assert refusal(write(tmp_path / "e.jpg", b"")).code == "photo.empty"


@pytest.mark.parametrize("data", [b"hello", b"BM is a car maker, is it not?", b"%PDF-1.7", b"\0"])
def test_not_an_image(tmp_path: Path, data: bytes) -> None:
    assert refusal(write(tmp_path / "x.jpg", data)).code == "photo.not_an_image"


@pytest.mark.skipif(os.name != "posix", reason="needs a named pipe")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert refusal(tmp_path / "pipe.jpg").code == "photo.unreadable"


def test_a_name_that_no_system_allows() -> None:
    with pytest.raises(PhotoError) as caught:
        load_photo(Path("a\0b.jpg"))
    assert caught.value.code == "photo.unreadable"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that fails to read")
def test_a_file_that_fails_to_read() -> None:
    assert refusal(Path("/proc/self/mem")).code in ("photo.unreadable", "photo.empty")


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("share", [0.03, 0.3, 0.6, 0.9])
def test_truncated(tmp_path: Path, kind: str, share: float) -> None:
    data = FILES[kind]
    path = write(tmp_path / "cut.img", data[: int(len(data) * share) + 12])
    assert refusal(path).code == "photo.truncated"


def test_three_gigabytes_in_a_small_png(tmp_path: Path) -> None:
    data = png_bytes(32_000, 32_000, 8, 2, b"\0" * 9_000_000)
    assert len(data) < 10_000
    assert refusal(write(tmp_path / "bomb.png", data)).code == "photo.too_large"


def test_a_claim_that_the_file_cannot_hold(tmp_path: Path) -> None:
    data = png_bytes(15_000, 15_000, 8, 2, b"\0" * 1000)
    assert refusal(write(tmp_path / "bomb.png", data)).code == "photo.truncated"


def test_bombs_of_other_formats(tmp_path: Path) -> None:
    bitmap = bytearray(FILES["BMP"])
    bitmap[18:26] = struct.pack("<ll", 60_000, 60_000)
    assert refusal(write(tmp_path / "b.bmp", bytes(bitmap))).code == "photo.too_large"
    jpeg = bytearray(FILES["JPEG"])
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", 65_000, 65_000)
    assert refusal(write(tmp_path / "b.jpg", bytes(jpeg))).code == "photo.too_large"


def test_limit_counts_pixels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "p.png", FILES["PNG"])
    monkeypatch.setattr(photo_io, "MAX_PIXELS", 64 * 48)
    assert load_photo(path).size == (64, 48)
    monkeypatch.setattr(photo_io, "MAX_PIXELS", 64 * 48 - 1)
    assert refusal(path).code == "photo.too_large"


def test_limit_on_the_file_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "p.png", FILES["PNG"])
    monkeypatch.setattr(photo_io, "MAX_FILE_BYTES", len(FILES["PNG"]) - 1)
    assert refusal(path).code == "photo.too_large"


def test_pillow_s_own_guard_does_not_stop_a_large_photo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)  # stands for 89 megapixels
    path = write(tmp_path / "large.png", FILES["PNG"])
    assert load_photo(path).size == (64, 48)


def test_50_megapixels_open(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("1", (8_200, 6_200), 1).save(path)
    photo = load_photo(path)
    assert photo.size == (8_200, 6_200)
    assert photo.pixels[-1, -1].tolist() == [255, 255, 255]


def test_pixels_that_no_photo_has_are_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "f.tiff"
    Image.fromarray(np.ones((4, 4), np.int32)).save(path)
    assert refusal(path).code == "photo.pixels"


def test_a_12_bit_jpeg_is_refused_in_words(tmp_path: Path) -> None:
    data = bytearray(FILES["JPEG"])
    data[data.index(b"\xff\xc0") + 4] = 12
    assert refusal(write(tmp_path / "x.jpg", bytes(data))).code == "photo.pixels"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(sorted(FILES)), data=st.data())
def test_damage_ends_in_a_photo_or_a_sentence(
    tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    content = bytearray(FILES[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = write(tmp_path / "damaged.img", bytes(content))
    with contextlib.suppress(PhotoError):
        assert load_photo(path).pixels.ndim == 3


def test_orientation_value_out_of_range_is_ignored(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 77
    path = tmp_path / "o.jpg"
    Image.fromarray(asymmetric()).save(path, exif=exif.tobytes())
    assert load_photo(path).size == (48, 32)
