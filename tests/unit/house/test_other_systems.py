"""What can be checked of the packages for Windows and macOS without those systems."""

from __future__ import annotations

import plistlib
import re

import yaml

from tests.unit.house.scripts import ROOT

PACKAGING = ROOT / "packaging"


def test_mac_opens_photos_and_asks_for_no_camera() -> None:
    told = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    kinds = {one for kind in told["CFBundleDocumentTypes"] for one in kind["LSItemContentTypes"]}
    assert {"public.jpeg", "public.png", "public.heic", "public.folder"} <= kinds
    assert re.fullmatch(r"[a-zA-Z0-9.-]+", told["CFBundleIdentifier"])
    asked = {key for key in told if key.endswith("UsageDescription")}
    assert {key for key in asked if not key.endswith("FolderUsageDescription")} == set()


def test_mac_may_do_no_more_than_it_needs() -> None:
    told = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert all(value is True for value in told.values())
    assert not [key for key in told if re.search("network|camera|audio|photos|addressbook", key)]


def test_installer_takes_the_folder_of_the_build() -> None:
    script = (PACKAGING / "windows" / "agelens.iss").read_text(encoding="utf-8")
    assert r'Source: "..\..\dist\agelens\*"' in script
    assert "AppVersion={#Version}" in script
    assert "PrivilegesRequired=lowest" in script
    for line in re.findall(r"^Root: .*$", script, flags=re.MULTILINE):
        assert line.startswith("Root: HKA;"), line  # the user's own where nobody is administrator


def test_workflow_builds_tries_and_releases_on_a_tag() -> None:
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    told = yaml.safe_load(text)
    systems = {one["os"] for one in told["jobs"]["package"]["strategy"]["matrix"]["include"]}
    assert {name.split("-")[0] for name in systems} == {"ubuntu", "windows", "macos"}
    commands = " ".join(str(step.get("run", "")) for step in told["jobs"]["package"]["steps"])
    assert "python packaging/build.py" in commands
    assert "make package-test" in commands
    assert "--self-test" in commands
    release = told["jobs"]["release"]
    assert release["needs"] == "package"
    assert "refs/tags/v" in release["if"]
    assert told["permissions"] == {"contents": "read"}
