"""Removal, after every other test of the installed package."""

from __future__ import annotations

import os

import pytest

from tests.frozen.conftest import PHOTO
from tests.frozen.roots import Root
from tests.frozen.use import settings_of

pytestmark = pytest.mark.package


def test_removal_leaves_only_what_is_the_users(root: Root, files_before: set[str]) -> None:
    """Last: dependencies stay, the package's own files go, settings and photos are untouched."""
    own = root.run("dpkg", "-L", "agelens", root=True).stdout.split("\n")
    environ = {"DEBIAN_FRONTEND": "noninteractive", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    done = root.run("dpkg", "--purge", "agelens", root=True, environ=environ)
    assert done.returncode == 0, done.stderr
    left = [path for path in own if "agelens" in path and os.path.lexists(root.inside(path))]
    assert left == []
    added = {path for path in root.files() - files_before if "agelens" in path.lower()}
    assert added == set()
    assert root.inside(PHOTO).is_file()
    assert settings_of(root).is_dir()
