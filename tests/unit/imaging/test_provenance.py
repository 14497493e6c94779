"""The AI-edit marking and the metadata it joins."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from engine import __version__
from engine.imaging import exif, geometry, metadata
from engine.imaging.provenance import SOURCE_TYPE, mark_edited
from tests.unit.imaging.pictures import aged_face, exif_block, flat_change, noise

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
IPTC = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
MM = "{http://ns.adobe.com/xap/1.0/mm/}"
EVENT = "{http://ns.adobe.com/xap/1.0/sType/ResourceEvent#}"
WHEN = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
FACE = aged_face(geometry.identity(), flat_change(8, 0, 0, 0), strength=0.8)

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Camera 1.0">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
    xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
    Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture">
   <dc:creator><rdf:Seq><rdf:li>Grä Höpper &amp; Söhne</rdf:li></rdf:Seq></dc:creator>
   <xmpMM:History><rdf:Seq>
     <rdf:li stEvt:action="created" stEvt:softwareAgent="Camera"/>
   </rdf:Seq></xmpMM:History>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def tree(xmp: bytes) -> ElementTree.Element:
    text = xmp.decode()
    assert text.startswith("<?xpacket begin=")
    assert text.endswith('<?xpacket end="w"?>')
    return ElementTree.fromstring(text[text.index("?>") + 2 : text.rindex("<?")])


def source_types(root: ElementTree.Element) -> list[str]:
    name = IPTC + "DigitalSourceType"
    attributes = [element.attrib[name] for element in root.iter() if name in element.attrib]
    return attributes + [element.text or "" for element in root.iter(name)]


def events(root: ElementTree.Element) -> list[ElementTree.Element]:
    return list(root.findall(f".//{MM}History/{RDF}Seq/{RDF}li"))


def test_a_new_packet_says_what_was_done() -> None:
    xmp, lost = mark_edited(None, "agelens-delta", [FACE], when=WHEN)
    root = tree(xmp)
    (event,) = events(root)
    assert not lost
    assert source_types(root) == [SOURCE_TYPE]
    assert SOURCE_TYPE.endswith("/compositeWithTrainedAlgorithmicMedia")
    assert event.findtext(EVENT + "action") == "edited"
    assert event.findtext(EVENT + "softwareAgent") == f"Agelens {__version__}"
    assert event.findtext(EVENT + "when") == "2026-05-04T03:02:01+00:00"
    assert (
        event.findtext(EVENT + "parameters")
        == "model agelens-delta; face 1 aged to 60 at strength 0.8"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_an_existing_packet_keeps_what_it_holds(encoding: str) -> None:
    xmp, lost = mark_edited(PACKET.encode(encoding), "m", [FACE], when=WHEN)
    root = tree(xmp)
    assert not lost
    assert source_types(root) == [SOURCE_TYPE], "replaced, not doubled"
    assert "Grä Höpper & Söhne" in [e.text for e in root.iter(RDF + "li")]
    first, second = events(root)
    assert first.attrib[EVENT + "softwareAgent"] == "Camera"
    assert second.findtext(EVENT + "action") == "edited"
    assert root.attrib["{adobe:ns:meta/}xmptk"] == "Camera 1.0"
    assert b'xmlns:dc="http://purl.org/dc/elements/1.1/"' in xmp, "prefixes stay readable"


def test_marking_twice_leaves_two_events_and_one_source_type() -> None:
    once, _ = mark_edited(None, "m", [FACE], when=WHEN)
    twice, lost = mark_edited(once, "m", [FACE], when=WHEN)
    root = tree(twice)
    assert not lost
    assert len(events(root)) == 2
    assert source_types(root) == [SOURCE_TYPE]


def test_source_type_written_as_an_element_is_replaced() -> None:
    as_attribute = 'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture">'
    as_element = "><Iptc4xmpExt:DigitalSourceType>x</Iptc4xmpExt:DigitalSourceType>"
    assert as_attribute in PACKET
    xmp, _ = mark_edited(PACKET.replace(as_attribute, as_element).encode(), "m", [FACE])
    assert source_types(tree(xmp)) == [SOURCE_TYPE]


def entity_bomb() -> bytes:
    rows = "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(9))
    kind = f'<!DOCTYPE x [<!ENTITY a0 "ha">{rows}]>'
    return (
        PACKET.replace("<x:xmpmeta", kind + "<x:xmpmeta", 1).replace("Camera 1.0", "&a9;").encode()
    )


@pytest.mark.parametrize(
    "packet",
    [
        entity_bomb(),
        entity_bomb().decode().encode("utf-16"),
        PACKET.replace("<x:x", '<!DOCTYPE x [<!ENTITY a "b">]><x:x', 1).encode(),
        b"junk",
        b"<x:xmpmeta",
        b"<a/>",
        b"\xff\xfe\x00",
        b"\x80abc",
        PACKET.encode()[:300],
    ],
    ids=["bomb", "bomb 16", "entity", "junk", "cut tag", "no rdf", "half a bom", "not text", "cut"],
)
def test_damaged_or_dangerous_packets_are_replaced(packet: bytes) -> None:
    xmp, lost = mark_edited(packet, "m", [FACE])
    assert lost
    assert len(xmp) < 3000
    assert source_types(tree(xmp)) == [SOURCE_TYPE]


# EXIF -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("little", [True, False])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_read_and_reset_and_nothing_else(orientation: int, little: bool) -> None:
    block = exif_block(orientation, little=little)
    assert metadata.exif_orientation(block) == orientation
    upright = metadata.upright_exif(block)
    assert upright == exif_block(1, little=little)


@pytest.mark.parametrize("length", range(0, 50, 3))
def test_cut_blocks_do_no_harm(length: int) -> None:
    block = exif_block(6)[:length]
    assert metadata.exif_orientation(block) in (1, 6)
    assert len(metadata.upright_exif(block) or b"") == length
    assert len(exif.with_thumbnail(block, lambda: noise(20, 20))) == length
    assert len(exif.without_place(block)) == len(exif.with_size(block, 1, 1)) == length


def test_normalise_adds_the_prefix_and_refuses_junk() -> None:
    block = exif_block(3)
    assert metadata.normalise_exif(block[6:]) == block
    assert metadata.normalise_exif(block) == block
    assert metadata.normalise_exif(b"junk") is None
    assert metadata.normalise_exif(b"") is None


def test_xmp_orientation_is_reset() -> None:
    assert metadata.upright_xmp(b'a tiff:Orientation="6" b') == b'a tiff:Orientation="1" b'
    element = b"<tiff:Orientation>8</tiff:Orientation>"
    assert metadata.upright_xmp(element) == element.replace(b"8", b"1")
