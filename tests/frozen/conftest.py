"""What the tests of the package share: the .deb, a clean root it is installed in, a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.frozen import roots, screens

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"
INSTALLED = "/usr/lib/agelens"
PHOTOS = f"{roots.HOME}/Mis fotos, été"
PHOTO = f"{PHOTOS}/abuela – 1952.jpg"

Teller = Callable[[str], None]


@pytest.fixture(autouse=True)
def own_user_folders() -> None:
    """The programs under test have folders of their own in the clean root."""


@pytest.fixture(scope="session")
def package() -> Path:
    """The .deb that `make package` has built."""
    found = sorted(DIST.glob("agelens_*.deb"))
    if not found:
        pytest.fail("there is no dist/agelens_*.deb: run `make package` first")
    return found[-1]


@pytest.fixture(scope="session")
def bundle() -> Path:
    """The folder that `make package` has built."""
    folder = DIST / "agelens"
    if not (folder / "_internal").is_dir():
        pytest.fail("there is no dist/agelens: run `make package` first")
    return folder


@pytest.fixture(scope="session")
def bare_root() -> Iterator[roots.Root]:
    """A clean Debian in which nothing is installed yet."""
    if reason := roots.obstacle():
        pytest.skip(reason)
    with roots.clean_root(ROOT / "build" / "package") as root:
        yield root


@pytest.fixture(scope="session")
def files_before(bare_root: roots.Root) -> set[str]:
    """Its files, before the package's dependencies and the package came."""
    return bare_root.files()


@pytest.fixture(scope="session")
def root(bare_root: roots.Root, files_before: set[str], package: Path) -> roots.Root:
    """The clean Debian with the package and a user who has a photo."""
    assert files_before
    shared = bare_root.inside("/tmp") / package.name
    shared.write_bytes(package.read_bytes())
    environ = {"DEBIAN_FRONTEND": "noninteractive", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    install = ["apt-get", "-qq", "install", "-y", "--no-install-recommends"]
    words = [*install, f"/tmp/{package.name}"]
    done = bare_root.run(*words, root=True, environ=environ, timeout=3000)
    assert done.returncode == 0, done.stdout + done.stderr
    shared.unlink()
    bare_root.copy_in(ROOT / "resources" / "samples" / "grace_hopper.jpg", PHOTO)
    return bare_root


@pytest.fixture(scope="session")
def screen() -> Iterator[screens.Screen]:
    """A screen in memory."""
    if reason := screens.obstacle():
        pytest.skip(reason)
    with screens.screen() as shown:
        yield shown


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Teller:
    """Say a measurement past pytest's capture."""

    def say(text: str) -> None:
        with capsys.disabled():
            print(f"\n  {text}", flush=True)  # noqa: T201  # measurements are for the terminal

    return say
