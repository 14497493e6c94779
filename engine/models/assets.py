"""Third-party model files, checked against their hashes before use."""

from __future__ import annotations

import hashlib
from pathlib import Path

from engine.errors import ModelError
from engine.paths import assets_dir

LANDMARKER = "face_landmarker.task"
HANDS = "hand_landmarker.task"
SFACE = "face_recognition_sface_2021dec_int8bq.onnx"
IMAGENET = "efficientnet-lite0-57934424.pth"

_SHA256 = {
    LANDMARKER: "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff",
    HANDS: "fbc2a30080c3c557093b5ddfc334698132eb341044ccee322ccf8bcf3607cde1",
    SFACE: "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
    IMAGENET: "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
}


def asset(name: str) -> Path:
    """The verified file of that name.

    Raises ModelError: ``model.asset_missing`` or ``model.asset_altered``.
    """
    path = assets_dir() / name
    if not path.is_file():
        raise ModelError(
            f"The model file {name} is missing; reinstall Agelens, or run `make assets` in a "
            "checkout.",
            code="model.asset_missing",
            name=name,
        )
    if file_sha256(path) != _SHA256[name]:
        raise ModelError(
            f"The model file {name} is damaged or altered; reinstall Agelens, or run `make "
            "assets` in a checkout.",
            code="model.asset_altered",
            name=name,
        )
    return path


def file_sha256(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
