"""Mark a picture as partly made by a trained model, in its XMP packet.

Vocabulary: IPTC Photo Metadata 2025.1 (``DigitalSourceType``, ``AISystemUsed``) and Adobe's
XMP specification part 2 (``xmpMM:History``). An existing packet keeps all that it holds; one
that is damaged, or that declares a document type (the door to entity bombs), is replaced.
Pure functions; any thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.dom import minidom
from xml.dom.minidom import Document, Element
from xml.parsers.expat import ExpatError

from engine import __version__
from engine.aged import AgedFace

SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
AGENT = f"Agelens {__version__}"

_XMPNS = "http://www.w3.org/2000/xmlns/"
_META = "adobe:ns:meta/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
IPTC_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
MM = "http://ns.adobe.com/xap/1.0/mm/"
EVENT = "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
_HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_TAIL = '\n<?xpacket end="w"?>'
_EMPTY = f'<x:xmpmeta xmlns:x="{_META}"><rdf:RDF xmlns:rdf="{RDF}"/></x:xmpmeta>'


def mark_edited(
    xmp: bytes | None,
    model: str,
    faces: Sequence[AgedFace],
    model_sha256: str = "",
    *,
    when: datetime | None = None,
) -> tuple[bytes, bool]:
    """Add the AI-edit marking to an XMP packet.

    Args:
        xmp: the packet to keep, or ``None`` for a new one.
        model: name of the model used.
        faces: what was done; target ages go into the history entry.
        model_sha256: of the model's weights; empty where unknown.
        when: time of the edit, now by default.

    Returns:
        The UTF-8 packet, and whether the given one had to be given up as unreadable.
    """
    document = parse(xmp) if xmp else None
    lost = bool(xmp) and document is None
    document = document or minidom.parseString(_EMPTY)
    rdf = document.getElementsByTagNameNS(RDF, "RDF")[0]
    _set_property(document, rdf, IPTC_EXT, "Iptc4xmpExt:DigitalSourceType", SOURCE_TYPE)
    _set_property(document, rdf, IPTC_EXT, "Iptc4xmpExt:AISystemUsed", f"{AGENT}, model {model}")
    parameters = describe(model, faces, model_sha256)
    _append_event(document, rdf, parameters, when or datetime.now(UTC))
    return packed(document), lost


def packed(document: Document) -> bytes:
    """A packet's tree as UTF-8, in its wrapper."""
    root = document.documentElement
    body = root.toxml() if root is not None else _EMPTY
    return (_HEAD + body + _TAIL).encode()


def describe(model: str, faces: Sequence[AgedFace], model_sha256: str = "") -> str:
    """The edit in words: ``"model agelens-delta; face 1 aged to 65 at strength 1"``.

    Where the model's hash is known it follows its name: ``"model agelens-delta (sha256 12ab…)"``.
    """
    parts = [
        f"face {face.request.face} aged to {face.request.target:g}"
        f" at strength {face.request.strength:g}"
        for face in faces
    ]
    weights = f" (sha256 {model_sha256})" if model_sha256 else ""
    return "; ".join([f"model {model}{weights}", *parts])


def parse(xmp: bytes) -> Document | None:
    """The packet as a tree with an ``rdf:RDF``; ``None`` if it is damaged or unsafe."""
    text = _decode(xmp)
    if text is None or "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None
    start, end = text.find("<"), text.rfind(">")
    try:
        document = minidom.parseString(text[start : end + 1].encode())
    except (ExpatError, ValueError):
        return None
    return document if document.getElementsByTagNameNS(RDF, "RDF") else None


def _decode(xmp: bytes) -> str | None:
    """Text of a packet in the encodings that XMP allows."""
    encoding = "utf-8-sig"
    if xmp.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in xmp[:4]:
        encoding = "utf-16-be" if xmp[0] == 0 else "utf-16-le"
    try:
        return xmp.decode(encoding).rstrip("\0 \r\n\t")
    except UnicodeDecodeError:
        return None


def _set_property(document: Document, rdf: Element, space: str, name: str, value: str) -> None:
    """Set a simple property, replacing it wherever the packet has it already."""
    local = name.split(":")[1]
    for description in _descriptions(rdf):
        if description.hasAttributeNS(space, local):
            description.removeAttributeNS(space, local)
        for child in _children(description, space, local):
            description.removeChild(child)
    target = _description(document, rdf)
    _declare(target, name, space)
    target.setAttributeNS(space, name, value)


def _append_event(document: Document, rdf: Element, parameters: str, when: datetime) -> None:
    event = document.createElementNS(RDF, "rdf:li")
    _declare(event, "stEvt:", EVENT)
    event.setAttributeNS(RDF, "rdf:parseType", "Resource")
    for name, text in (
        ("action", "edited"),
        ("when", when.isoformat(timespec="seconds")),
        ("softwareAgent", AGENT),
        ("changed", "/"),
        ("parameters", parameters),
    ):
        field = document.createElementNS(EVENT, f"stEvt:{name}")
        field.appendChild(document.createTextNode(text))
        event.appendChild(field)
    _history(document, rdf).appendChild(event)


def _history(document: Document, rdf: Element) -> Element:
    """The sequence of history entries, made where the packet has none."""
    for description in _descriptions(rdf):
        for history in _children(description, MM, "History"):
            for sequence in _children(history, RDF, "Seq"):
                return sequence
            description.removeChild(history)
    description = _description(document, rdf)
    _declare(description, "xmpMM:", MM)
    history = document.createElementNS(MM, "xmpMM:History")
    sequence = document.createElementNS(RDF, "rdf:Seq")
    _declare(sequence, "rdf:", RDF)
    history.appendChild(sequence)
    description.appendChild(history)
    return sequence


def _description(document: Document, rdf: Element) -> Element:
    """The description that this program adds to: the last one, or a new one."""
    existing = _descriptions(rdf)
    if existing:
        return existing[-1]
    description = document.createElementNS(RDF, "rdf:Description")
    _declare(description, "rdf:", RDF)
    description.setAttributeNS(RDF, "rdf:about", "")
    rdf.appendChild(description)
    return description


def _descriptions(rdf: Element) -> list[Element]:
    return _children(rdf, RDF, "Description")


def _children(parent: Element, space: str, local: str) -> list[Element]:
    return [
        node
        for node in parent.childNodes
        if isinstance(node, Element) and node.namespaceURI == space and node.localName == local
    ]


def _declare(element: Element, name: str, space: str) -> None:
    """Bind the prefix of ``name`` on the element itself, whatever it means further out."""
    element.setAttributeNS(_XMPNS, f"xmlns:{name.split(':')[0]}", space)
