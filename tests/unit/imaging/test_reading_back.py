"""What `provenance` finds in a file's XMP, whoever wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from engine.errors import PhotoError
from engine.imaging.provenance import SOURCE_TYPE, mark_edited
from engine.imaging.reading_back import read_marking, read_provenance
from tests.unit.imaging.pictures import aged_face, flat_change, noise, similarity, write

FACE = aged_face(similarity(1, 0, (4, 4), (4, 4)), flat_change(8, 0, 0, 0))
FOREIGN = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"><xmpMM:History><rdf:Seq>
 <rdf:li stEvt:action="saved" stEvt:softwareAgent="Camera"/><rdf:li><rdf:Description
 stEvt:action="edited"/></rdf:li></rdf:Seq></xmpMM:History></rdf:Description></rdf:RDF>
 </x:xmpmeta>"""


def test_what_marking_writes_is_read_back() -> None:
    packet, _ = mark_edited(FOREIGN, "delta", [FACE], "ab" * 32)
    found = read_marking(packet)
    assert found is not None
    assert found.source_type == SOURCE_TYPE
    assert found.system.endswith("model delta")
    first, second, own = found.history
    assert first == {"action": "saved", "softwareAgent": "Camera"}
    assert second == {"action": "edited"}
    assert own["parameters"] == (
        f"model delta (sha256 {'ab' * 32}); face 1 aged to 60 at strength 1"
    )
    assert own["softwareAgent"].startswith("Agelens")


@pytest.mark.parametrize("packet", [b"junk", b"<!DOCTYPE x><a/>", FOREIGN[:200]])
def test_what_is_no_packet_says_nothing(packet: bytes) -> None:
    assert read_marking(packet) is None


def test_a_packet_without_marking_or_history_says_nothing() -> None:
    packet = FOREIGN.replace(b"rdf:li", b"rdf:no")
    assert read_marking(packet) is None


def test_a_plain_picture_says_nothing(tmp_path: Path) -> None:
    Image.fromarray(noise(20, 20)).save(tmp_path / "a.jpg")
    found = read_provenance(tmp_path / "a.jpg")
    assert (found.marking, found.credentials, found.readable) == (None, None, True)


def test_what_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path / "none.jpg", "photo.missing"),
        (tmp_path, "photo.unreadable"),
        (write(tmp_path / "a.jpg", b"no picture"), "photo.unreadable"),
        (write(tmp_path / "b.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40), "photo.unreadable"),
    ):
        with pytest.raises(PhotoError) as caught:
            read_provenance(path)
        assert caught.value.code == code
