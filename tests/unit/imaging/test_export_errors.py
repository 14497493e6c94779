"""What cannot be written: its code, nothing left behind, nothing lost."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.domain import Photo
from engine.errors import ExportError
from engine.imaging import export
from engine.imaging.export import check_target, export_result, write_image
from engine.imaging.photo_io import load_photo
from engine.orders import ExportSpec
from tests.limits import file_size_limit
from tests.unit.imaging.pictures import noise, photo, result

NOISY = photo(noise(200, 200))


@pytest.fixture
def source(tmp_path: Path) -> Photo:
    path = tmp_path / "in" / "photo.png"
    path.parent.mkdir()
    Image.fromarray(noise(40, 30)).save(path)
    return load_photo(path)


def refused(spec: ExportSpec, source: Photo = NOISY) -> str:
    """The code of the refusal, which must be the same before and after the work."""
    with pytest.raises(ExportError) as early:
        check_target(spec, source)
    with pytest.raises(ExportError) as late:
        export_result(result(source, source.pixels), spec)
    assert early.value.code == late.value.code
    assert early.value.sentence.endswith(".")
    return early.value.code


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", ["out.gif", "out.xyz", "out", ".jpg"])
def test_unknown_format_names_those_that_are_possible(tmp_path: Path, name: str) -> None:
    assert refused(ExportSpec(tmp_path / name)) == "export.format"
    with pytest.raises(ExportError, match=r"\.jpg.*\.png.*\.tiff"):
        check_target(ExportSpec(tmp_path / name))
    assert left_behind(tmp_path) == ["user"] or not left_behind(tmp_path)


@pytest.mark.parametrize("quality", [0, 101])
def test_quality_out_of_range(tmp_path: Path, quality: int) -> None:
    assert refused(ExportSpec(tmp_path / "o.jpg", quality=quality)) == "export.format"


def test_photo_too_large_for_the_format(tmp_path: Path) -> None:
    wide = photo(np.zeros((1, 16_400, 3), np.uint8))
    assert refused(ExportSpec(tmp_path / "o.webp"), wide) == "export.format"
    check_target(ExportSpec(tmp_path / "o.png"), wide)
    with pytest.raises(ExportError):
        write_image(wide.pixels, tmp_path / "o.webp")


def test_folder_missing(tmp_path: Path) -> None:
    assert refused(ExportSpec(tmp_path / "none" / "o.jpg")) == "export.folder_missing"
    (tmp_path / "file").write_text("x")
    assert refused(ExportSpec(tmp_path / "file" / "o.jpg")) == "export.folder_missing"


def test_existing_file_is_kept_unless_allowed(tmp_path: Path) -> None:
    target = tmp_path / "o.png"
    target.write_bytes(b"precious")
    assert refused(ExportSpec(target)) == "export.exists"
    assert target.read_bytes() == b"precious"
    export_result(result(NOISY, NOISY.pixels), ExportSpec(target, overwrite=True))
    np.testing.assert_array_equal(load_photo(target).pixels, NOISY.pixels)


def test_a_folder_under_the_target_s_name(tmp_path: Path) -> None:
    (tmp_path / "o.png").mkdir()
    assert refused(ExportSpec(tmp_path / "o.png", overwrite=True)) == "export.exists"


def test_a_file_that_appears_meanwhile_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "o.png"
    monkeypatch.setattr(export, "check_target", lambda *_: target.write_bytes(b"precious"))
    with pytest.raises(ExportError) as caught:
        export_result(result(NOISY, NOISY.pixels), ExportSpec(target))
    assert caught.value.code == "export.exists"
    assert target.read_bytes() == b"precious"
    assert not list(tmp_path.glob(".agelens*"))


@pytest.mark.parametrize("way", ["name", "dots", "symbolic link", "hard link", "linked folder"])
def test_the_source_is_never_overwritten(tmp_path: Path, source: Photo, way: str) -> None:
    assert source.path is not None
    before = source.path.read_bytes()
    target = {
        "name": source.path,
        "dots": source.path.parent / ".." / "in" / "photo.png",
        "symbolic link": tmp_path / "soft.png",
        "hard link": tmp_path / "hard.png",
        "linked folder": tmp_path / "elsewhere" / "photo.png",
    }[way]
    if way == "symbolic link":
        target.symlink_to(source.path)
    if way == "hard link":
        os.link(source.path, target)
    if way == "linked folder":
        target.parent.symlink_to(source.path.parent)
    assert refused(ExportSpec(target, overwrite=True), source) == "export.same_as_source"
    assert source.path.read_bytes() == before
    assert left_behind(source.path.parent) == ["photo.png"]


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder no one can write to")
def test_a_folder_that_not_even_root_may_write_to() -> None:
    assert refused(ExportSpec(Path("/proc/o.png"))) == "export.read_only"
    assert refused(ExportSpec(Path("/sys/o.png"))) == "export.read_only"


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits")
def test_a_folder_without_write_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o555)
    if os.geteuid() == 0:  # root passes permission bits: let the system call answer as for others
        monkeypatch.setattr(os, "open", _denied)
    assert refused(ExportSpec(folder / "o.png")) == "export.read_only"
    assert left_behind(folder) == []


def _denied(*_: object, **__: object) -> int:
    raise PermissionError(errno.EACCES, "Permission denied")


def test_no_room_from_the_start(tmp_path: Path) -> None:
    with file_size_limit(1000):
        code = refused(ExportSpec(tmp_path / "o.png"))
    assert code == "export.full"
    assert not list(tmp_path.glob("*.png"))
    assert not list(tmp_path.glob(".agelens*"))


def test_room_runs_out_while_writing(tmp_path: Path) -> None:
    target = tmp_path / "o.png"
    target.write_bytes(b"precious")
    with file_size_limit(20_000), pytest.raises(ExportError) as caught:
        export_result(result(NOISY, NOISY.pixels), ExportSpec(target, overwrite=True))
    assert caught.value.code == "export.full"
    assert target.read_bytes() == b"precious"
    assert not list(tmp_path.glob(".agelens*"))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "export.full"),
        (errno.EDQUOT, "export.full"),
        (errno.EROFS, "export.read_only"),
        (errno.EIO, "export.read_only"),
    ],
)
def test_the_disk_refuses_at_the_last_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    assert refused(ExportSpec(tmp_path / "o.png")) == code
    assert not list(tmp_path.glob("*.png"))
    assert not list(tmp_path.glob(".agelens*"))


def test_an_encoder_that_fails_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> bytes:
        raise ValueError("cannot")

    monkeypatch.setitem(export.FORMATS, ".png", export.Format(broken, 100_000))
    with pytest.raises(ExportError) as caught:
        write_image(NOISY.pixels, tmp_path / "o.png")
    assert caught.value.code == "export.format"
    assert not list(tmp_path.glob("*.p*"))


def test_checking_leaves_nothing_behind(tmp_path: Path, source: Photo) -> None:
    check_target(ExportSpec(tmp_path / "o.jpg"), source)
    assert not list(tmp_path.glob("*.jpg"))
    assert not list(tmp_path.glob(".agelens*"))


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits")
def test_new_files_have_the_user_s_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    write_image(NOISY.pixels, tmp_path / "o.png")
    assert (tmp_path / "o.png").stat().st_mode == usual.stat().st_mode
