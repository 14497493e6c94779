"""The package in a clean Debian without Python: what was installed, and the command line."""

from __future__ import annotations

import shutil

import pytest
from PIL import Image

from tests.frozen.conftest import INSTALLED, PHOTO, PHOTOS, Teller
from tests.frozen.roots import PATH, Root
from tests.frozen.screens import differs

pytestmark = pytest.mark.package


def test_nothing_of_python_is_there(root: Root) -> None:
    assert root.run("sh", "-c", "command -v python3 python").stdout == ""


def test_installed_files_are_whole_and_belong_to_root(root: Root) -> None:
    assert root.run("dpkg", "--verify", "agelens", root=True).stdout == ""
    assert (root.inside("/usr/bin/agelens")).is_symlink()
    assert root.run("test", "-w", f"{INSTALLED}/_internal").returncode == 1
    told = root.run("dpkg", "-s", "agelens", root=True).stdout
    assert "Status: install ok installed" in told


def test_every_library_finds_what_it_is_linked_with(root: Root) -> None:
    """All but the plugin for GTK, which Qt passes over where GTK is not installed."""
    script = (
        f"cd {INSTALLED} && find . -name '*.so*' -type f ! -name libqgtk3.so | while read f; do "
        f"LD_LIBRARY_PATH={INSTALLED}/_internal ldd $f 2>/dev/null | "
        'grep "not found" | sed "s#^#$f: #"; done'
    )
    assert root.run("sh", "-c", script).stdout == ""


def test_self_test(root: Root, tell: Teller) -> None:
    done = root.run("agelens", "--self-test")
    tell(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAILED" not in done.stdout


def test_command_line_ages_a_photo_that_another_program_reads(root: Root) -> None:
    target = f"{PHOTOS}/abuela a los 30.png"
    done = root.run("agelens", "age", PHOTO, "--to", "30", "-o", target)
    assert done.returncode == 0, done.stderr
    with Image.open(root.inside(PHOTO)) as before, Image.open(root.inside(target)) as after:
        assert before.size == after.size
        assert differs(before, after) > 0.1
    assert b"AlgorithmicMedia" in root.inside(target).read_bytes()


@pytest.mark.parametrize("ending", [".jpg", ".webp", ".tif", ".avif", ".heic"])
def test_every_format_is_written(root: Root, ending: str) -> None:
    """Each has its own native library in the bundle."""
    target = f"{PHOTOS}/aged{ending}"
    done = root.run("agelens", "age", PHOTO, "--to", "40", "-o", target)
    assert done.returncode == 0, done.stderr
    again = root.run("agelens", "faces", target)
    assert again.returncode == 0, again.stderr
    assert root.inside(target).stat().st_size > 2_000


def test_no_display_is_a_sentence(root: Root) -> None:
    done = root.run("agelens")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "agelens age PHOTO" in done.stderr


def test_gpu_that_is_not_there_is_a_sentence(root: Root) -> None:
    done = root.run("agelens", "age", PHOTO, "--to", "30", "--device", "cuda", "-o", "/tmp/x.png")
    assert done.returncode == 1
    assert "CUDA" in done.stderr
    assert done.stderr.count("\n") == 1


def test_driver_that_lies_about_a_gpu_changes_nothing(root: Root) -> None:
    """Its libraries load and hold none of their functions; its tool sees a card."""
    lies = root.inside("/opt/liar")
    lies.mkdir(parents=True)
    honest = next(root.inside("/lib/x86_64-linux-gnu").glob("libz.so.1.*"))
    for name in ("libcuda.so.1", "libcudart.so.12", "libnvidia-ml.so.1", "libamdhip64.so.6"):
        shutil.copyfile(honest, lies / name)
    tool = lies / "nvidia-smi"
    tool.write_text("#!/bin/sh\necho 'GPU 0: NVIDIA GeForce RTX 4090 (UUID: GPU-0)'\n")
    tool.chmod(0o755)
    lying = {
        "LD_LIBRARY_PATH": "/opt/liar",
        "PATH": f"/opt/liar:{PATH}",
        "CUDA_VISIBLE_DEVICES": "0",
    }
    assert root.run("nvidia-smi", environ=lying).stdout.startswith("GPU 0")
    done = root.run("agelens", "--self-test", environ=lying)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "CPU" in done.stdout
    asked = ("agelens", "age", PHOTO, "--to", "30", "--device", "cuda", "-o", "/tmp/x.png")
    refused = root.run(*asked, environ=lying)
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
