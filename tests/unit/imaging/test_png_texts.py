"""What a PNG says in chunks of text stays, byte for byte; what is held elsewhere is not doubled."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from engine.aged import AgingResult
from engine.imaging.export import export_result
from engine.imaging.photo_io import load_photo
from engine.imaging.png_chunks import XMP_KEYWORD, chunk, texts_of, with_chunks
from engine.orders import ExportSpec
from tests.unit.imaging.pictures import aged_face, flat_change, noise, similarity

FACE = aged_face(similarity(1, 0, (8, 8), (4, 4)), flat_change(8, 0.1, 0, 0))
TITLE = chunk(b"tEXt", b"Title\0A garden")
PACKED = chunk(b"zTXt", b"Comment\0\0whatever a decoder makes of it")
WIDE = chunk(b"iTXt", "Author\0\0\0de\0Autorin\0Zoë".encode())


def png(path: Path, bits: int, texts: bytes) -> Path:
    """A PNG of 8 or 16 bits with whole chunks in it, and an XMP packet."""
    if bits == 8:
        note = PngImagePlugin.PngInfo()
        note.add_itxt(XMP_KEYWORD.decode(), "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
        Image.fromarray(noise(24, 24, seed=1)).save(path, pnginfo=note)
    else:
        import cv2

        cv2.imwrite(str(path), np.full((24, 24, 3), 30_000, np.uint16))
    path.write_bytes(with_chunks(path.read_bytes(), texts))
    return path


@pytest.mark.parametrize("bits", [8, 16])
def test_texts_stay_byte_for_byte(tmp_path: Path, bits: int) -> None:
    photo = load_photo(png(tmp_path / "me.png", bits, TITLE + PACKED + WIDE))
    spec = ExportSpec(tmp_path / "old.png", credentials=False)
    export_result(AgingResult(photo, photo.pixels, (FACE,), "delta"), spec)
    written = spec.path.read_bytes()
    assert texts_of(written) == TITLE + PACKED + WIDE
    assert written.count(XMP_KEYWORD) == 1
    with Image.open(spec.path) as image:
        image.load()
        assert image.info["Title"] == "A garden"
        assert image.info["Author"] == "Zoë"


def test_no_metadata_leaves_them_out(tmp_path: Path) -> None:
    photo = load_photo(png(tmp_path / "me.png", 8, TITLE))
    spec = ExportSpec(tmp_path / "old.png", keep_metadata=False, credentials=False)
    export_result(AgingResult(photo, photo.pixels, (FACE,), "delta"), spec)
    assert texts_of(spec.path.read_bytes()) is None


@pytest.mark.parametrize("kind", [b"exif", b"xmp", b"icc", b"icm", b"8bim"])
def test_what_results_carry_otherwise_is_not_kept_twice(tmp_path: Path, kind: bytes) -> None:
    doubled = chunk(b"tEXt", b"Raw profile type " + kind + b"\0\n" + kind + b"\n 2\nabcd\n")
    data = png(tmp_path / "me.png", 8, doubled + TITLE).read_bytes()
    assert texts_of(data) == TITLE


def test_damaged_chunks_and_a_file_cut_short_end_quietly(tmp_path: Path) -> None:
    broken = bytearray(TITLE)
    broken[-1] ^= 1
    data = png(tmp_path / "me.png", 8, bytes(broken) + WIDE).read_bytes()
    assert texts_of(data) == WIDE
    assert texts_of(data[:40]) is None
