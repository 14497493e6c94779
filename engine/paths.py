"""Where things lie: in a source tree and in a frozen bundle. Standard library only."""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from pathlib import Path

APP_NAME = "agelens"


def app_root() -> Path:
    """The folder that holds ``resources`` and ``weights``."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle)
    return Path(__file__).resolve().parent.parent


def is_frozen() -> bool:
    """Whether this is the packaged application."""
    return bool(getattr(sys, "frozen", False))


def program_name() -> str:
    """What a user types to start this program on the command line."""
    return Path(sys.executable).stem if is_frozen() else "python main.py"


def recipes_dir() -> Path:
    """The TOML files that trainings are started from; the packaged application has none."""
    return app_root() / "engine" / "training" / "configs"


def can_train() -> bool:
    """Whether training came along: in a checkout, not in the packaged application."""
    return recipes_dir().is_dir()


@cache
def build_commit() -> str:
    """The commit that the packaged application was built from, shortened; empty elsewhere."""
    try:
        about = json.loads((app_root() / "build.json").read_text(encoding="utf-8"))
        commit, changed, _ = str(about["commit"]).partition("-changed")
        return commit[:12] + changed
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def resources_dir() -> Path:
    """Icons, styles, translations, samples, model assets."""
    return app_root() / "resources"


def assets_dir() -> Path:
    """Third-party model assets, fetched by ``packaging/assets.lock.toml``."""
    return resources_dir() / "models"


def samples_dir() -> Path:
    """Public-domain sample photos."""
    return resources_dir() / "samples"


def weights_dir() -> Path:
    """The project's own weights; ``AGELENS_WEIGHTS`` overrides."""
    override = os.environ.get("AGELENS_WEIGHTS")
    return Path(override) if override else app_root() / "weights"


def user_models_dir() -> Path:
    """Models that the user brought, one folder each."""
    return user_data_dir() / "models"


def user_data_dir() -> Path:
    """The user's own folder for settings beside Qt's, sessions and crash reports."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / APP_NAME


def user_cache_dir() -> Path:
    """The user's folder for files that can be made again (thumbnails, measurements)."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / APP_NAME / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / APP_NAME
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / APP_NAME
