"""The environment's stamp follows the lock, and missing system libraries are installed or named."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.unit.house.scripts import load_script

set_up = load_script("set_up")
system_libraries = load_script("system_libraries")


def test_lock_is_installed_again_when_its_content_changes(tmp_path: Path) -> None:
    lock = tmp_path / "runtime.txt"
    lock.write_text("numpy==2.4.6\n", encoding="utf-8")
    assert not set_up.is_installed("runtime.txt", tmp_path, tmp_path)
    fingerprint = set_up.fingerprint("runtime.txt", tmp_path)
    set_up.stamp("runtime.txt", tmp_path).write_text(fingerprint, encoding="utf-8")
    assert set_up.is_installed("runtime.txt", tmp_path, tmp_path)
    lock.write_text("numpy==2.4.7\n", encoding="utf-8")
    assert not set_up.is_installed("runtime.txt", tmp_path, tmp_path)


def test_every_set_names_locks_that_exist() -> None:
    for names in set_up.SETS.values():
        assert all((set_up.LOCKS / name).is_file() for name in names)
        assert "torch.txt" in names


def test_failed_step_names_itself() -> None:
    with pytest.raises(set_up.SetUpError, match="Counting sheep failed"):
        set_up.run([sys.executable, "-c", "raise SystemExit(3)"], "Counting sheep")


def test_missing_library_is_told_by_its_package() -> None:
    libraries = {"libc.so.6": "libc6", "libnosuch.so.9": "libnosuch9", "libnope.so.1": "libnosuch9"}
    assert system_libraries.missing_packages(libraries) == ["libnosuch9"]


def test_advice_is_the_command_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_apt_get(tmp_path, monkeypatch, exit_code=0)
    said = system_libraries.advice(["libegl1", "libgl1"])
    assert "sudo apt-get install --no-install-recommends libegl1 libgl1" in said
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert "apt-get" not in system_libraries.advice(["libegl1"])


def fake_apt_get(folder: Path, monkeypatch: pytest.MonkeyPatch, exit_code: int) -> Path:
    """A program of that name in the path, which notes how it was called; gives the note's path."""
    calls = folder / "calls"
    program = folder / "apt-get"
    program.write_text(
        f'#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> {calls}\nexit {exit_code}\n', encoding="utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return calls


def test_apt_get_is_asked_without_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = fake_apt_get(tmp_path, monkeypatch, exit_code=0)
    assert system_libraries.install(["libegl1"])
    update, install = calls.read_text(encoding="utf-8").splitlines()
    assert update.startswith("noninteractive")
    assert update.endswith("update")
    assert " -y " in install
    assert install.endswith(" libegl1")


def test_failed_apt_get_is_not_taken_for_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_apt_get(tmp_path, monkeypatch, exit_code=100)
    assert not system_libraries.install(["libegl1"])


def test_missing_libraries_never_stop_the_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_apt_get(tmp_path, monkeypatch, exit_code=100)
    monkeypatch.setattr(system_libraries, "WINDOW", {"libnosuch.so.9": "libnosuch9"})
    assert system_libraries.main() == 0
    assert "libnosuch9" in capsys.readouterr().err


def test_fonts_are_looked_for(tmp_path: Path) -> None:
    assert not system_libraries.has_fonts([tmp_path, tmp_path / "missing"])
    (tmp_path / "dejavu").mkdir()
    (tmp_path / "dejavu" / "DejaVuSans.ttf").touch()
    assert system_libraries.has_fonts([tmp_path])
