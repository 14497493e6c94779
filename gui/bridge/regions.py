"""How much of the change each region of a face takes: out of a request, into it, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from engine.domain import EYES, FACIAL_HAIR, HAIR, REGIONS, SKIN, AgeRequest

translate = QCoreApplication.translate

ORDER = (SKIN, EYES, FACIAL_HAIR, HAIR)
"""As a person reads a face."""
Shares = Mapping[str, float | None]
"""Region to how much of the change it takes, 0..1; ``None`` where it goes with its surroundings."""
DEFAULT: Shares = {name: 1.0 if name in REGIONS else None for name in ORDER}
"""All of it everywhere; a zone, which lies across regions, goes with them."""


def shares_of(request: AgeRequest) -> Shares:
    """What each of :data:`ORDER` takes in a request."""
    told = dict(request.shares)
    return {
        name: told.get(name, default) if name in request.regions or default is None else 0.0
        for name, default in DEFAULT.items()
    }


def with_share(request: AgeRequest, name: str, share: float | None) -> AgeRequest:
    """The request with one region or zone taking so much; the same shares always look the same."""
    told = {key: value for key, value in request.shares if key != name}
    regions = request.regions
    if name in REGIONS:
        regions = regions | {name} if share else regions - {name}
    if share is not None and share != DEFAULT[name] and (share or name not in REGIONS):
        told[name] = share
    return replace(request, regions=regions, shares=tuple(sorted(told.items())))


def region_words(name: str) -> str:
    """What a region is called."""
    return {
        SKIN: translate("Regions", "Skin"),
        EYES: translate("Regions", "Around the eyes"),
        FACIAL_HAIR: translate("Regions", "Brows and beard"),
        HAIR: translate("Regions", "Hair"),
    }[name]


def share_words(share: float | None) -> str:
    """How much a region takes."""
    if share is None:
        return translate("Regions", "Auto")
    return translate("Regions", "{percent} %").format(percent=round(share * 100))


def step_words(before: AgeRequest, after: AgeRequest, faces: str) -> tuple[str, str] | None:
    """What to call a step that changes regions, and its kind; ``None`` where it changes none."""
    was = shares_of(before)
    changed = {name: share for name, share in shares_of(after).items() if share != was[name]}
    if not changed:
        return None
    if len(changed) > 1:
        return translate("Regions", "Regions of face {faces}").format(faces=faces), "regions"
    name, share = changed.popitem()
    words = translate("Regions", "{region} of face {faces}: {share}")
    told = words.format(region=region_words(name), faces=faces, share=share_words(share))
    return told, name
