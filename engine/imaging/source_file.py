"""The file a photo came from, read again where its own bytes are needed. Any thread."""

from __future__ import annotations

import hashlib

from engine.domain import Photo


def source_bytes(photo: Photo) -> bytes | None:
    """The file as it was opened; ``None`` where it is gone or another one by now."""
    try:
        data = photo.path.read_bytes() if photo.path is not None else b""
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == photo.sha256 else None
