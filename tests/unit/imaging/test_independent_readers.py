"""Programs that share no code with the engine read its exports and say what the engine says."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.domain import Photo
from engine.imaging.composite import composite
from engine.imaging.encode import FORMATS
from engine.imaging.export import export_result
from engine.imaging.photo_io import load_photo
from engine.orders import ExportSpec
from tests.unit.house.scripts import load_script
from tests.unit.imaging import corpus, pictures
from tests.unit.imaging.corpus import MAKER, SOURCE, Case

READERS: dict[str, str] = load_script("system_libraries").READERS
AI = "compositeWithTrainedAlgorithmicMedia"
Exports = Mapping[str, tuple[Case, Photo, Path]]


def needs(program: str) -> pytest.MarkDecorator:
    missing = shutil.which(program) is None
    reason = f"{program} is not installed (Debian's package {READERS[program]})"
    return pytest.mark.skipif(missing, reason=reason)


def said_by(*command: object) -> str:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    return done.stdout


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """An export of each kind of the corpus, turned and with a profile where it can have one."""
    folder = tmp_path_factory.mktemp("exports")
    made = {}
    for number, case in enumerate(corpus.few()):
        kind = case.kind
        source = folder / f"source-{number}{kind.suffix}"
        photo = load_photo(pictures.write(source, kind.write(case)))
        suffix = kind.suffix if kind.suffix in FORMATS else ".png"
        path = folder / f"export-{number}{suffix}"
        # Unsigned: exiftool 12.57 takes a signed PNG's EXIF for a part of its credentials.
        spec = ExportSpec(path, credentials=False)
        export_result(pictures.result(photo, composite(photo, [])), spec)
        made[case.name] = (case, photo, path)
    return made


@pytest.fixture(scope="module")
def by_exiftool(exports: Exports) -> dict[str, dict[str, Any]]:
    """What exiftool says of every export, by file name."""
    files = [path for _, _, path in exports.values()]
    answers = json.loads(said_by("exiftool", "-j", "-n", "-G0", "-a", *files))
    return {Path(one["SourceFile"]).name: one for one in answers}


def tag(said: Mapping[str, Any], name: str) -> list[Any]:
    """A tag's values in whatever groups it stands."""
    return [value for key, value in said.items() if key.split(":")[-1] == name]


@needs("exiftool")
@pytest.mark.parametrize("name", corpus.KINDS)
def test_exiftool(exports: Exports, by_exiftool: dict[str, dict[str, Any]], name: str) -> None:
    case, photo, path = exports[name]
    said = by_exiftool[path.name]
    if path.suffix != ".heic":  # coded in squares of 64, of which exiftool tells
        assert (tag(said, "ImageWidth")[-1], tag(said, "ImageHeight")[-1]) == photo.size
    assert not tag(said, "Error")
    if path.suffix == ".bmp":
        return
    assert any(str(value).endswith(AI) for value in tag(said, "DigitalSourceType"))
    described = bool(tag(said, "ProfileDescription")) or bool(tag(said, "ProfileConnectionSpace"))
    assert described == (photo.icc is not None)
    if case.kind.blocks:
        assert MAKER in tag(said, "Make")
        assert SOURCE in tag(said, "Source")
        assert set(tag(said, "Orientation")) <= {1}
    if path.suffix in (".png", ".tif"):
        depths = {int(n) for value in tag(said, "BitDepth") for n in str(value).split()}
        depths |= {int(n) for value in tag(said, "BitsPerSample") for n in str(value).split()}
        assert depths == {case.kind.bits}


@needs("exiv2")
@pytest.mark.parametrize("name", ["jpeg", "png", "tiff", "tiff 16", "webp lossless", "png 16"])
def test_exiv2(exports: Exports, name: str) -> None:
    _, _, path = exports[name]
    said = said_by("exiv2", "-pa", path)
    assert MAKER in next(line for line in said.splitlines() if "Exif.Image.Make " in line)
    turns = [line for line in said.splitlines() if "Exif.Image.Orientation" in line]
    assert all("top, left" in line for line in turns)
    assert AI in said


@needs("identify")
@pytest.mark.parametrize("name", corpus.KINDS)
def test_imagemagick_sees_the_same_pixels(exports: Exports, name: str, tmp_path: Path) -> None:
    case, photo, path = exports[name]
    if path.suffix in (".heic", ".avif"):
        pytest.skip("ImageMagick's libheif turns and rounds in its own way")
    said = said_by("identify", "-format", "%w %h %z %[orientation]\n", path).splitlines()[0].split()
    assert (int(said[0]), int(said[1])) == photo.size
    assert said[3] in ("TopLeft", "Undefined")
    if path.suffix not in (".png", ".tif", ".bmp"):
        return
    depth = 16 if photo.pixels.dtype == np.uint16 and path.suffix != ".bmp" else 8
    raw = tmp_path / "pixels.rgb"
    said_by("convert", path, "-alpha", "off", "-depth", depth, "-endian", "LSB", f"rgb:{raw}")
    seen = np.fromfile(raw, "<u2" if depth == 16 else "u1").reshape(photo.pixels.shape)
    wanted = photo.pixels if case.kind.bits == depth else np.rint(photo.pixels / 257)
    np.testing.assert_array_equal(seen, wanted)


@needs("exiftool")
def test_the_thumbnail_of_the_source_is_made_anew(tmp_path: Path) -> None:
    """The old one would show the face as it was."""
    exif = Image.Exif()
    exif[0x010F] = MAKER
    source = tmp_path / "in.jpg"
    corpus.sample().convert("RGB").save(source, exif=exif.tobytes())
    small = make_small(tmp_path)
    said_by("exiftool", "-q", f"-ThumbnailImage<={small}", source)
    assert small.read_bytes() in source.read_bytes()
    photo = load_photo(source)
    out = tmp_path / "out.jpg"
    export_result(pictures.result(photo, photo.pixels), ExportSpec(out))
    assert MAKER in said_by("exiftool", "-Make", out)
    assert "ThumbnailImage" in said_by("exiftool", "-ThumbnailImage", "-s", out)
    assert small.read_bytes() not in out.read_bytes()


def make_small(folder: Path) -> Path:
    path = folder / "small.jpg"
    corpus.sample().convert("RGB").resize((16, 12)).save(path)
    return path
