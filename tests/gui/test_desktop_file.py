"""The desktop file that Linux desktops start the window by."""

from __future__ import annotations

import configparser
import mimetypes

import pytest

from gui.bridge.naming import CAMERA_RAW
from gui.controllers.open_photos import PHOTO_SUFFIXES
from tests.gui.conftest import ROOT


@pytest.fixture
def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # keys keep their case
    parser.read(ROOT / "packaging" / "linux" / "agelens.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_it_takes_every_format_that_the_window_opens(entry: configparser.SectionProxy) -> None:
    known = {".jfif": "image/jpeg", ".heic": "image/heic", ".heif": "image/heif"}
    known |= {".avif": "image/avif", ".webp": "image/webp", ".bmp": "image/bmp"}
    known |= {".hif": "image/heif", ".jxl": "image/jxl"}
    known |= dict.fromkeys(CAMERA_RAW, "image/x-dcraw")
    wanted = {known.get(s) or mimetypes.types_map[s] for s in PHOTO_SUFFIXES}
    assert entry["MimeType"].endswith(";")
    assert wanted <= set(entry["MimeType"].split(";"))


def test_it_hands_files_over_and_has_an_icon(entry: configparser.SectionProxy) -> None:
    assert entry["Exec"].split()[-1] == "%F", "several files at once"
    assert entry["Type"] == "Application"
    assert entry["Terminal"] == "false"
    assert (ROOT / "resources" / "icons" / f"{entry['Icon']}.svg").is_file()
    assert f'setDesktopFileName("{entry["StartupWMClass"]}")' in (
        ROOT / "gui" / "start.py"
    ).read_text(encoding="utf-8")
