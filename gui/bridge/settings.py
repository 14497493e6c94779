"""What the window remembers between starts, each declared once. GUI thread only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

T = TypeVar("T", bool, int, str, QByteArray)


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One remembered value: where it lies, what it is before anyone sets it, what it does."""

    key: str
    default: T
    help: str


THEME = Setting("look/theme", "system", "Colours: system, light or dark.")
LANGUAGE = Setting("look/language", "system", "A language's code, or system.")
GEOMETRY = Setting("window/geometry", QByteArray(), "Place and size of the window.")
SPLITTER = Setting("window/splitter", QByteArray(), "Widths of the window's three columns.")
LAST_FOLDER = Setting("files/last_folder", "", "Folder that the open dialog starts in.")
RECENT = Setting("files/recent", "[]", "Photos and folders opened last, as a JSON list.")
EXPORT_FOLDER = Setting("export/folder", "", "Folder of the last export; empty: beside the photo.")
EXPORT_QUALITY = Setting("export/quality", 95, "Quality of lossy exports, 1 to 100.")
EXPORT_METADATA = Setting("export/metadata", True, "Carry the photo's metadata over.")
EXPORT_SIZE = Setting("export/size", 0, "Longest side of exports in pixels; 0: as the photo.")
EXPORT_PATTERN = Setting("export/pattern", "{name}-at-{age}", "File names of exports.")
EXPORT_FORMAT = Setting("export/format", "", "Ending of exports; empty: as each photo.")
EXPORT_CONFLICT = Setting("export/conflict", "number", "Where a file is there: number or skip.")
EXPORT_PRESETS = Setting("export/presets", "[]", "The user's own export presets, as a JSON list.")
EXPORT_MARK = Setting("export/mark_ai", True, "Mark exports as edited with AI.")
EXPORT_CREDENTIALS = Setting("export/credentials", True, "Sign exports with content credentials.")
EXPORT_CERTIFICATE = Setting("export/certificate", "", "PEM that signs; empty: this computer's.")
EXPORT_PLACE = Setting("export/place", True, "Carry the photo's GPS position over.")
EXPORT_OWN = Setting("export/own_compression", True, "Keep untouched parts of a JPEG as they are.")
EXPORT_VISIBLE = Setting("export/visible_mark", False, "Write into exports that AI edited them.")
EXPORT_SIDECAR = Setting("export/sidecar", False, "Write a recipe beside each export.")
TIMELINE_FRAMING = Setting("timeline/framing", "face", "Timelines show: face, aligned or photo.")
TIMELINE_FORMAT = Setting("timeline/format", ".png", "Ending of exported timelines.")
BATCH_FOLDER = Setting("batch/folder", "", "Folder of the last batch; empty: beside the photos.")
BATCH_PATTERN = Setting("batch/pattern", "{name}-at-{age}", "File names of a batch.")
DEVICE = Setting("engine/device", "auto", "What computes: auto, cpu, cuda or mps.")
CACHE_MEGABYTES = Setting("cache/megabytes", 200, "Size of the thumbnails on disk; 0: none kept.")
CACHE_FOLDER = Setting("cache/folder", "", "Where thumbnails lie; empty: the user's cache folder.")
SHOW_TIMELINE = Setting("look/show_timeline", False, "Show the face from young to old.")
SHOW_REGIONS = Setting("look/show_regions", False, "Show the sliders of the face's regions.")
SHOW_FACES = Setting("look/show_faces", True, "Draw boxes around faces.")
SHOW_TRAINING = Setting("training/shown", False, "Show the training runs instead of the photos.")
TRAINING_FOLDER = Setting("training/folder", "", "Folder of runs; empty: runs beside the program.")
TRAINING_DATA = Setting("training/data", "", "Prepared set of the last training.")


class Settings:
    """Typed access to one INI file; what else the window keeps lies in its ``folder``."""

    def __init__(self, file: Path) -> None:
        self.folder = file.absolute().parent
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    def get(self, setting: Setting[T]) -> T:
        """Read a value; one of the wrong type counts as not set."""
        value = self._store.value(setting.key, setting.default)
        default = setting.default
        if isinstance(default, bool):
            return type(default)(str(value).lower() in {"true", "1"})
        if isinstance(default, int):
            return type(default)(_as_int(value, default))
        return value if isinstance(value, type(default)) else default

    def set(self, setting: Setting[T], value: T) -> None:
        """Write a value."""
        self._store.setValue(setting.key, value)

    def sync(self) -> None:
        """Write everything to the file now."""
        self._store.sync()


def _as_int(value: object, default: int) -> int:
    try:
        return int(str(value))
    except ValueError:
        return default
