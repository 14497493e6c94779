"""What a file says about where it came from: its XMP marking and its content credentials.

Reads headers only, changes nothing and asks no server. Any thread.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.dom.minidom import Element

from PIL import Image, UnidentifiedImageError

from engine.errors import PhotoError
from engine.imaging import provenance
from engine.imaging.credentials import READING, available
from engine.imaging.signing import known_serial

_HISTORY_FIELDS = ("action", "when", "softwareAgent", "parameters")


@dataclass(frozen=True, slots=True)
class Marking:
    """The XMP marking.

    Attributes:
        source_type: IPTC's DigitalSourceType; empty without.
        system: IPTC's AISystemUsed; empty without.
        history: entries of xmpMM:History in order, each ``action``, ``when``, ``softwareAgent``
            and ``parameters`` as far as it says.
    """

    source_type: str = ""
    system: str = ""
    history: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Credentials:
    """The active C2PA manifest.

    Attributes:
        state: ``Trusted`` (by a known authority), ``Valid`` (unchanged since it was signed, by
            someone this computer does not know) or ``Invalid``.
        signer: name on the certificate.
        issuer: organisation on the certificate.
        made_here: whether the certificate is the one made on this computer.
        generator: program that wrote it.
        actions: as the manifest lists them.
        ingredients: title, relationship and whether it came with credentials of its own.
        problems: the library's codes for what it found wrong.
    """

    state: str
    signer: str
    issuer: str
    made_here: bool
    generator: str
    actions: tuple[dict[str, Any], ...] = ()
    ingredients: tuple[dict[str, Any], ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Everything found; ``readable`` is False where no credentials could be looked for."""

    marking: Marking | None = None
    credentials: Credentials | None = None
    readable: bool = field(default=True)


def read_provenance(path: Path) -> Provenance:
    """Read both of a file.

    Raises:
        PhotoError: ``photo.missing``, ``photo.unreadable`` or ``photo.truncated``.
    """
    try:
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        text = f"{path} does not exist. Check the name and the folder."
        raise PhotoError(text, code="photo.missing", name=path.name) from error
    except OSError as error:
        text = f"{path.name} cannot be read: {error.strerror or error}."
        raise PhotoError(text, code="photo.unreadable", name=path.name) from error
    packet = _packet(path)
    credentials = _credentials(path) if available() else None
    return Provenance(read_marking(packet) if packet else None, credentials, available())


def read_marking(packet: bytes) -> Marking | None:
    """The marking in an XMP packet; ``None`` for one without any, or damaged."""
    document = provenance.parse(packet)
    if document is None:
        return None
    root = document.documentElement
    if root is None:
        return None
    kind = _property(root, provenance.IPTC_EXT, "DigitalSourceType")
    system = _property(root, provenance.IPTC_EXT, "AISystemUsed")
    sequences = root.getElementsByTagNameNS(provenance.MM, "History")
    entries = [
        _entry(li)
        for history in sequences
        for li in history.getElementsByTagNameNS(provenance.RDF, "li")
    ]
    return Marking(kind, system, tuple(entries)) if kind or system or entries else None


def _entry(li: Element) -> dict[str, str]:
    said = {name: _property(li, provenance.EVENT, name) for name in _HISTORY_FIELDS}
    return {name: value for name, value in said.items() if value}


def _property(element: Element, space: str, name: str) -> str:
    """A simple property of an element or below, as an attribute or as an element."""
    for one in (element, *element.getElementsByTagNameNS("*", "*")):
        if one.hasAttributeNS(space, name):
            return str(one.getAttributeNS(space, name))
    for one in element.getElementsByTagNameNS(space, name):
        return "".join(str(node.nodeValue) for node in one.childNodes if node.nodeValue)
    return ""


def _packet(path: Path) -> bytes | None:
    """The XMP packet of a picture or of a film; ``None`` without."""
    if path.suffix.lower() == ".mp4":
        data = path.read_bytes()
        start, end = data.find(b"<x:xmpmeta"), data.rfind(b"</x:xmpmeta>")
        return data[start : end + 12] if 0 <= start < end else None
    if path.suffix.lower() in (".heic", ".heif"):
        from pillow_heif import register_heif_opener

        register_heif_opener()
    try:
        with Image.open(path) as image:
            if image.format == "PNG":
                image.load()  # text may follow the pixels
            xmp = image.info.get("xmp")
    except UnidentifiedImageError as error:
        text = f"{path.name} is not a picture or film that can be read."
        raise PhotoError(text, code="photo.unreadable", name=path.name) from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        text = f"{path.name} is damaged or cut short and cannot be read."
        raise PhotoError(text, code="photo.truncated", name=path.name) from error
    return xmp.encode() if isinstance(xmp, str) else xmp or None


def _credentials(path: Path) -> Credentials | None:
    """The active manifest; ``None`` without. A store that cannot be parsed is ``Invalid``."""
    import c2pa

    try:
        with c2pa.Context.from_dict(READING) as context, path.open("rb") as stream:
            reader = c2pa.Reader.try_create(None, stream, context=context)
            if reader is None:
                return None
            with reader:
                store = json.loads(reader.json())
    except c2pa.C2paError as error:
        if isinstance(error, c2pa.C2paError.NotSupported):
            return None
        return Credentials("Invalid", "", "", False, "", problems=(str(error),))
    return _active(store)


def _active(store: dict[str, Any]) -> Credentials:
    manifest = store.get("manifests", {}).get(store.get("active_manifest"), {})
    signature = manifest.get("signature_info", {})
    serial = str(signature.get("cert_serial_number", ""))
    makers = manifest.get("claim_generator_info") or [{}]
    return Credentials(
        state=str(store.get("validation_state", "Invalid")),
        signer=str(signature.get("common_name", "")),
        issuer=str(signature.get("issuer", "")),
        made_here=bool(serial) and serial == str(known_serial()),
        generator=" ".join(str(makers[0][k]) for k in ("name", "version") if k in makers[0]),
        actions=tuple(_actions(manifest)),
        ingredients=tuple(
            {
                "title": str(one.get("title", "")),
                "relationship": str(one.get("relationship", "")),
                "credentials": "active_manifest" in one,
            }
            for one in manifest.get("ingredients", ())
        ),
        problems=tuple(dict.fromkeys(str(p["code"]) for p in store.get("validation_status", ()))),
    )


def _actions(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """Every action, less the library's links into its own store."""
    found: list[dict[str, Any]] = []
    for assertion in manifest.get("assertions", ()):
        if str(assertion.get("label", "")).startswith("c2pa.actions"):
            found += assertion.get("data", {}).get("actions", ())
    for action in found:
        parameters = action.get("parameters", {})
        action["parameters"] = {k: v for k, v in parameters.items() if k != "ingredients"}
    return found
