"""Results differ from their source in the fields that docs/metadata.md lists, and in no other."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from PIL import Image

from engine.aged import AgingResult
from engine.imaging import exif
from engine.imaging.export import export_result
from engine.imaging.photo_io import load_photo
from engine.imaging.tidy_xmp import tidied
from engine.orders import ExportSpec
from tests.unit.imaging.carriers import NOTE, XMP, fields_of, rich_exif, rich_jpeg, thumbnail
from tests.unit.imaging.pictures import aged_face, flat_change, noise, similarity

PAGE = Path(__file__).resolve().parents[3] / "docs" / "metadata.md"
FACE = aged_face(similarity(1, 0, (8, 8), (4, 4)), flat_change(8, 0.1, 0, 0))


def listed(section: str) -> list[str]:
    """The fields named in a section of the page, as patterns."""
    text = PAGE.read_text(encoding="utf-8").split(f"## {section}")[1].split("\n## ")[0]
    rows = [row for row in text.splitlines() if row.startswith("| ")]
    named = [re.findall(r"`([^`]+)`", row) for row in rows]
    return [name for names in named for name in names if " " in name or name == "resolution"]


def differing(before: dict[str, object], after: dict[str, object]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def result_of(source: Path) -> AgingResult:
    photo = load_photo(source)
    return AgingResult(photo, photo.pixels, (FACE,), "delta", model_sha256="ab" * 32)


def is_listed(name: str, patterns: list[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def test_the_list_is_complete_and_every_line_of_it_happens(tmp_path: Path) -> None:
    source = rich_jpeg(tmp_path / "me.jpg")
    spec = ExportSpec(tmp_path / "old.jpg", keep_place=False)
    out = export_result(result_of(source), spec).path
    changed = differing(fields_of(source), fields_of(out))
    patterns = listed("Always") + listed("With the marking") + listed("By choice")
    assert {name for name in changed if not is_listed(name, patterns)} == set()
    idle = [one for one in patterns if not any(fnmatchcase(name, one) for name in changed)]
    assert idle == ["Photoshop 0x0409"], "an older program's thumbnail"


def test_what_is_not_listed_stays_byte_for_byte(tmp_path: Path) -> None:
    source = rich_jpeg(tmp_path / "me.jpg")
    spec = ExportSpec(tmp_path / "old.jpg", mark_ai=False)
    fields = fields_of(export_result(result_of(source), spec).path)
    before = fields_of(source)
    changed = differing(before, fields)
    assert {name for name in changed if not is_listed(name, listed("Always"))} == set()
    assert fields["Photoshop 0x0404"] == before["Photoshop 0x0404"]
    assert fields["GPS GPSLatitudeRef"] == "N"
    assert (fields["JPEG comment"], fields["resolution"]) == (b"a remark", (300, 300))
    assert NOTE in spec.path.read_bytes()


@pytest.mark.parametrize("suffix", [".png", ".tiff", ".webp"])
def test_other_formats_lose_what_they_cannot_hold(tmp_path: Path, suffix: str) -> None:
    source = rich_jpeg(tmp_path / "me.jpg")
    spec = ExportSpec(tmp_path / f"old{suffix}", mark_ai=False, credentials=False)
    changed = differing(fields_of(source), fields_of(export_result(result_of(source), spec).path))
    changed -= {"EXIF ExifOffset", "EXIF GPSInfo", "EXIF thumbnail"}  # where they lie in the file
    lost = listed("What a format cannot hold") if suffix != ".tiff" else ["JPEG comment"]
    patterns = [*listed("Always"), *lost]
    assert {name for name in changed if not is_listed(name, patterns)} == set()


def test_the_old_thumbnail_is_nowhere_in_the_file(tmp_path: Path) -> None:
    source = rich_jpeg(tmp_path / "me.jpg")
    out = export_result(result_of(source), ExportSpec(tmp_path / "old.jpg")).path
    assert thumbnail()[40:200] in source.read_bytes()
    assert thumbnail()[40:200] not in out.read_bytes()
    assert b"faceface" not in out.read_bytes(), "Photoshop's own, too"
    small = fields_of(out)["EXIF thumbnail"]
    (tmp_path / "t.jpg").write_bytes(small)
    with Image.open(tmp_path / "t.jpg") as picture:
        assert picture.size == (96, 64)


def test_a_place_that_is_dropped_is_nowhere_in_the_file(tmp_path: Path) -> None:
    block = rich_exif(64, 96)
    without = exif.without_place(block)
    read = Image.Exif()
    read.load(without)
    assert len(without) == len(block)
    assert 0x8825 not in read
    assert read[0x0131].strip("\0") == "Firmware"
    assert read.get_ifd(0x8769)[0xA420].strip("\0") == "abcd"
    assert b"\x2e\0\0\0\1\0\0\0\x0c\0\0\0" in block
    assert b"\x2e\0\0\0\1\0\0\0\x0c\0\0\0" not in without
    assert exif.with_thumbnail(without, lambda: noise(8, 8)) != without, "still linked"


def test_a_thumbnail_that_needs_more_room_goes_to_the_end() -> None:
    block = rich_exif(64, 96)
    large = exif.with_thumbnail(block, lambda: noise(600, 400))
    assert len(large) > len(block)
    assert large[len(block) :].startswith(b"\xff\xd8")
    assert exif.with_thumbnail(b"junk", lambda: noise(8, 8)) == b"junk"


def test_sizes_follow_the_result() -> None:
    block = exif.with_size(rich_exif(64, 96), 70_000, 300)
    read = Image.Exif()
    read.load(block)
    assert read.get_ifd(0x8769)[0xA002] == 70_000
    assert read.get_ifd(0x8769)[0xA003] == 300


def test_a_packet_with_nothing_to_change_stays_byte_for_byte() -> None:
    plain = XMP[: XMP.index(b" dc:source")] + b' dc:source="x"/></rdf:RDF></x:xmpmeta>'
    assert tidied(plain, (1, 1), place=False) == plain
    assert tidied(b"junk", (1, 1)) == b"junk"
    assert b"GPSLatitude" in tidied(XMP, (1, 1))
    assert b"GPSL" not in tidied(XMP, (1, 1), place=False)
