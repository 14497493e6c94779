"""The service for the length of a command."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from engine.service import AgingService


@contextlib.contextmanager
def open_service(device: str) -> Iterator[AgingService]:
    """Build the service (seconds: it imports native libraries) and close it at the end.

    Raises ModelError or DeviceError.
    """
    from engine.inference.pipeline import build_service

    service = build_service(device=device)
    try:
        yield service
    finally:
        service.close()
