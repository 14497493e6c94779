"""Take out of an XMP packet what does not hold for the result. Pure functions; any thread."""

from __future__ import annotations

from collections.abc import Iterator
from xml.dom.minidom import Attr, Element, Node

from engine.imaging.metadata import upright_xmp
from engine.imaging.provenance import packed, parse

_XAP, _NOTE = "http://ns.adobe.com/xap/1.0/", "http://ns.adobe.com/xmp/note/"
_EXIF, _TIFF = "http://ns.adobe.com/exif/1.0/", "http://ns.adobe.com/tiff/1.0/"
_SECOND_PICTURES = {
    "http://ns.adobe.com/hdr-gain-map/1.0/",
    "http://ns.google.com/photos/1.0/camera/",
    "http://ns.google.com/photos/1.0/container/",
    "http://ns.google.com/photos/1.0/depthmap/",
    "http://ns.google.com/photos/1.0/image/",
}
"""What speaks of gain maps, depth maps, films and originals in the file: they are not in it."""
_GONE = {(_XAP, "Thumbnails"), (_NOTE, "HasExtendedXMP")}
_WIDTHS = {(_EXIF, "PixelXDimension"), (_TIFF, "ImageWidth")}
_HEIGHTS = {(_EXIF, "PixelYDimension"), (_TIFF, "ImageLength")}
Property = Attr | Element


def tidied(xmp: bytes, size: tuple[int, int], *, place: bool = True) -> bytes:
    """The packet for a result.

    Thumbnails and what speaks of further pictures in the file are taken out, the orientation is
    reset and width and height follow the result. A packet with nothing to change stays byte for
    byte, also a damaged one.

    Args:
        xmp: the source's packet.
        size: width and height of the result.
        place: keep the GPS position.
    """
    document = parse(xmp)
    root = None if document is None else document.documentElement
    if document is None or root is None:
        return upright_xmp(xmp)
    changed = False
    for one in list(_properties(root)):
        name = (one.namespaceURI or "", one.localName or "")
        if name in _GONE or name[0] in _SECOND_PICTURES or (not place and _is_place(name)):
            changed |= _remove(one)
        elif name in _WIDTHS | _HEIGHTS:
            changed |= _set(one, str(size[0] if name in _WIDTHS else size[1]))
    return upright_xmp(packed(document) if changed else xmp)


def _is_place(name: tuple[str, str]) -> bool:
    return name[0] == _EXIF and name[1].startswith("GPS")


def _properties(root: Element) -> Iterator[Property]:
    """Every property of the packet, as an attribute or as an element."""
    for element in root.getElementsByTagName("*"):
        yield element
        for index in range(element.attributes.length):
            attribute = element.attributes.item(index)
            if isinstance(attribute, Attr):
                yield attribute


def _remove(one: Property) -> bool:
    """Take it out; False where it is out already, with what it was in."""
    if isinstance(one, Attr):
        owner = one.ownerElement
        if owner is not None:
            owner.removeAttributeNode(one)
        return owner is not None
    parent = one.parentNode
    if parent is not None:
        parent.removeChild(one)
    return parent is not None


def _set(one: Property, value: str) -> bool:
    """Give it a value; False where it has it already."""
    if isinstance(one, Attr):
        before, one.value = one.value, value
        return bool(before != value)
    text = [node for node in one.childNodes if node.nodeType == Node.TEXT_NODE]
    if len(text) != 1 or text[0].nodeValue == value:
        return False
    text[0].nodeValue = value
    return True
