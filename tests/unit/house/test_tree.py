"""Facts about the tree that no other tool checks."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import engine

ROOT = Path(__file__).resolve().parents[3]
# Spelt in pieces, so that this file does not hold what it looks for.
LEAKS = [
    "/" + r"(root|home/\w+|Users/\w+|work)/",
    "py" + r"pi\.org",
    "pythonhosted" + r"\.org",
    r"download\.pytorch" + r"\.org",
    r"deb\.debian" + r"\.org",
    "extra-" + "index-url",
]


def tracked_files() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listing.stdout.split("\0") if name]


def test_packaging_is_a_plain_folder() -> None:
    """An __init__.py there would shadow the `packaging` library."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_no_machine_and_no_registry_is_named() -> None:
    search = re.compile("|".join(LEAKS))
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        if match := search.search(text):
            found.append(f"{path.relative_to(ROOT).as_posix()}: {match.group()}")
    assert found == []


def test_no_large_file_is_tracked() -> None:
    """Weights may be 40 MB together; anything above 25 MB alone is a slip."""
    large = [p.name for p in tracked_files() if p.exists() and p.stat().st_size > 25_000_000]
    assert large == []


def test_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == engine.__version__
    assert f"## [{engine.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def locked(name: str) -> dict[str, str]:
    """Package → version of a lock file."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;\\]+)", text, flags=re.MULTILINE))


def test_locks_agree_with_each_other_and_with_the_project() -> None:
    runtime = locked("runtime.txt") | locked("torch.txt")
    for name in ("training.txt", "dev.txt"):
        other = locked(name)
        assert {k: v for k, v in other.items() if runtime.get(k, v) != v} == {}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [re.split("[=><;]", spec)[0].strip().lower() for spec in project["dependencies"]]
    assert set(wanted) <= set(runtime)
    for spec in project["dependencies"]:
        name, _, version = spec.lower().partition("==")
        if version:
            assert runtime[name] == version


def test_every_locked_package_but_torch_has_a_hash() -> None:
    for name in ("runtime.txt", "training.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
        assert blocks
        assert all("--hash=sha256:" in block for block in blocks)


def test_one_provider_of_cv2() -> None:
    packages = locked("runtime.txt") | locked("dev.txt")
    assert [name for name in packages if name.startswith("opencv")] == ["opencv-contrib-python"]
