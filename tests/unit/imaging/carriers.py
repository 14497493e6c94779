"""A photo that carries all the metadata there is, and what any file says, field by field."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.dom import minidom

import numpy as np
from PIL import ExifTags, Image

from engine.imaging.metadata import _each_resource
from tests.unit.imaging.pictures import noise, wide_profile

XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"
 xmlns:GCamera="http://ns.google.com/photos/1.0/camera/"
 xmlns:Container="http://ns.google.com/photos/1.0/container/"
 xmlns:GDepth="http://ns.google.com/photos/1.0/depthmap/"
 xmlns:GImage="http://ns.google.com/photos/1.0/image/"
 dc:source="the negative" xmp:Rating="4" tiff:Orientation="6" tiff:ImageWidth="64"
 exif:PixelXDimension="64" exif:GPSLatitude="1,2N" xmpNote:HasExtendedXMP="AB"
 hdrgm:Version="1.0" GCamera:MotionPhoto="1" GDepth:Near="1" GImage:Mime="image/jpeg">
 <tiff:ImageLength>96</tiff:ImageLength><exif:PixelYDimension>96</exif:PixelYDimension>
 <exif:GPSLongitude>3,4E</exif:GPSLongitude>
 <dc:creator><rdf:Seq><rdf:li>Ada</rdf:li></rdf:Seq></dc:creator>
 <xmp:Thumbnails><rdf:Alt><rdf:li>face</rdf:li></rdf:Alt></xmp:Thumbnails>
 <Container:Directory><rdf:Seq/></Container:Directory>
 </rdf:Description></rdf:RDF></x:xmpmeta>"""
IPTC = b"\x1c\x02\x50\x00\x03Ada\x1c\x02\x5a\x00\x04Genf"
NOTE = bytes(range(40))


def thumbnail(side: int = 24) -> bytes:
    buffer = BytesIO()
    Image.fromarray(noise(side, side, seed=9)).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def directory(at: int, fields: list[tuple[int, int, int, bytes]], link: int = 0) -> bytes:
    """A TIFF directory that lies at ``at``: tag, type, count and value of each field."""
    after = at + 2 + 12 * len(fields) + 4
    head, data = struct.pack("<H", len(fields)), b""
    for tag, kind, count, value in sorted(fields):
        if len(value) <= 4:
            place = value.ljust(4, b"\0")
        else:
            place = struct.pack("<L", after + len(data))
            data += value + b"\0" * (len(value) % 2)
        head += struct.pack("<HHL", tag, kind, count) + place
    return head + struct.pack("<L", link) + data


def rich_exif(width: int, height: int, orientation: int = 6) -> bytes:
    """Make, orientation, software, a maker note, sizes, GPS and a thumbnail."""
    small = thumbnail()
    ratio = struct.pack("<LL", 300, 1)
    for _ in range(2):  # the second time the places are known
        places = locals().get("places", (0, 0, 0, 0))
        first = directory(8, [
            (0x010F, 2, 4, b"Cam\0"), (0x0112, 3, 1, struct.pack("<H", orientation)),
            (0x011A, 5, 1, ratio), (0x011B, 5, 1, ratio), (0x0128, 3, 1, b"\2\0"),
            (0x0131, 2, 9, b"Firmware\0"), (0x0132, 2, 20, b"2020:01:02 03:04:05\0"),
            (0x8769, 4, 1, struct.pack("<L", places[0])),
            (0x8825, 4, 1, struct.pack("<L", places[1])),
        ], places[2])  # fmt: skip
        sub_at = 8 + len(first)
        sub = directory(sub_at, [
            (0x9003, 2, 20, b"2020:01:02 03:04:05\0"), (0x927C, 7, len(NOTE), NOTE),
            (0xA002, 4, 1, struct.pack("<L", width)), (0xA003, 3, 1, struct.pack("<H", height)),
            (0xA420, 2, 5, b"abcd\0"),
        ])  # fmt: skip
        gps_at = sub_at + len(sub)
        degrees = struct.pack("<6L", 46, 1, 12, 1, 0, 1)
        gps = directory(gps_at, [(1, 2, 2, b"N\0"), (2, 5, 3, degrees)])
        second_at = gps_at + len(gps)
        second = directory(second_at, [
            (0x0103, 3, 1, b"\6\0"), (0x0201, 4, 1, struct.pack("<L", places[3])),
            (0x0202, 4, 1, struct.pack("<L", len(small))),
        ])  # fmt: skip
        places = (sub_at, gps_at, second_at, second_at + len(second))
    return b"Exif\0\0II*\0\x08\0\0\0" + first + sub + gps + second + small


def resource(number: int, body: bytes) -> bytes:
    head = b"8BIM" + struct.pack(">HHL", number, 0, len(body))
    return head + body + b"\0" * (len(body) % 2)


def rich_jpeg(path: Path, orientation: int = 6) -> Path:
    """64×96 stored pixels with everything a JPEG can carry."""
    blocks = resource(0x0404, IPTC) + resource(0x040C, b"face" * 9) + resource(0x0425, b"d" * 16)
    body = b"Photoshop 3.0\0" + blocks
    Image.fromarray(np.repeat(noise(16, 24), 4, axis=0).repeat(4, axis=1)).save(
        path, quality=90, subsampling=0, exif=rich_exif(64, 96, orientation), xmp=XMP,
        icc_profile=wide_profile(), comment=b"a remark", dpi=(300, 300),
        extra=b"\xff\xed" + struct.pack(">H", 2 + len(body)) + body,
    )  # fmt: skip
    return path


def fields_of(path: Path) -> dict[str, Any]:
    """Everything a file says about its picture, as Pillow reads it."""
    with Image.open(path) as image:
        image.load()
        found: dict[str, Any] = {"ICC profile": image.info.get("icc_profile")}
        found["JPEG comment"] = image.info.get("comment")
        dpi = image.info.get("dpi")
        found["resolution"] = None if dpi is None else tuple(round(float(one)) for one in dpi)
        exif = image.getexif()
        for tag, value in exif.items():
            if tag not in STRUCTURE:
                found[f"EXIF {ExifTags.TAGS.get(tag, hex(tag))}"] = _plain(value)
        for tag, value in exif.get_ifd(0x8769).items():
            found[f"EXIF {ExifTags.TAGS.get(tag, hex(tag))}"] = _plain(value)
        for tag, value in exif.get_ifd(0x8825).items():
            found[f"GPS {ExifTags.GPSTAGS.get(tag, hex(tag))}"] = _plain(value)
        if path.suffix in (".jpg", ".webp"):
            found["EXIF thumbnail"] = _thumbnail_of(image.info.get("exif") or b"")
        xmp = image.info.get("xmp") or b""
        blocks = [b for name, b in getattr(image, "applist", ()) if name == "APP13"]
        tiff = getattr(image, "tag_v2", {}).get(34377)
        blocks = [block.removeprefix(b"Photoshop 3.0\0") for block in blocks] + [tiff or b""]
    for number, _, body in _each_resource(b"".join(blocks)):
        found[f"Photoshop {number:#06x}"] = body
    found |= _xmp_fields(xmp.encode() if isinstance(xmp, str) else xmp)
    return {name: value for name, value in found.items() if value is not None}


STRUCTURE = {
    *range(254, 263), 266, 273, *range(277, 285), 296, 317, 338, 339, 700, 33723, 34377, 34665,
    34675, 52545,
} - {274, 282, 283}  # fmt: skip
"""How a TIFF's pixels are stored, and blocks that are compared on their own."""


def _plain(value: Any) -> str:
    return str(value).strip("\0")


def _thumbnail_of(exif: bytes) -> bytes | None:
    start = exif.rfind(b"\xff\xd8\xff")
    return exif[start:].rstrip(b"\0") if start > 0 else None


def _xmp_fields(xmp: bytes) -> dict[str, str]:
    if not xmp:
        return {}
    text = xmp.decode()
    start = text.index("<x:")
    end = text.index("</x:xmpmeta>") + len("</x:xmpmeta>")
    document = minidom.parseString(text[start:end].encode())
    found: dict[str, str] = {}
    for description in document.getElementsByTagName("rdf:Description"):
        for name, value in description.attributes.items():
            if not name.startswith("xmlns") and name != "rdf:about":
                found[f"XMP {name}"] = value
        for child in description.childNodes:
            if child.nodeType == child.ELEMENT_NODE:
                found[f"XMP {child.tagName}"] = "".join(
                    node.toxml().strip() for node in child.childNodes
                )
    return found
