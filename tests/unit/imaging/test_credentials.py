"""Content credentials: what they say, that they hold, and that nothing stops an export."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID
from PIL import Image

from engine.aged import AgingResult
from engine.domain import Box, Face
from engine.errors import ExportError
from engine.imaging import credentials, signing
from engine.imaging.credentials import MIME, check_identity, sign
from engine.imaging.encode import FORMATS
from engine.imaging.export import export_result
from engine.imaging.photo_io import load_photo
from engine.imaging.provenance import SOURCE_TYPE
from engine.imaging.reading_back import Credentials, read_provenance
from engine.imaging.signing import LOCAL_NAME, local_identity, own_identity
from engine.orders import ExportSpec
from engine.paths import user_data_dir
from tests.unit.imaging.pictures import aged_face, flat_change, noise, similarity

HASH = "ab" * 32
FACE = aged_face(similarity(0.7, 15, (60, 50), (31.5, 31.5)), flat_change(64, 0.3, -0.1, 0.2))
FOUND = Face(1, Box(30, 20, 60, 70), np.zeros((478, 2), np.float32), 0.9, 0.0, 0.0)


@pytest.fixture
def made(tmp_path: Path) -> AgingResult:
    """A result of a photo on the disk."""
    path = tmp_path / "me.png"
    Image.fromarray(noise(120, 100)).save(path)
    source = load_photo(path)
    return AgingResult(
        source, source.pixels, (FACE,), "agelens-delta", model_sha256=HASH, found=(FOUND,)
    )


def credentials_of(path: Path) -> Credentials:
    found = read_provenance(path).credentials
    assert found is not None
    return found


@pytest.mark.parametrize("suffix", sorted(MIME.keys() & FORMATS.keys()))
def test_every_format_says_what_was_done_to_which_photo(
    tmp_path: Path, made: AgingResult, suffix: str
) -> None:
    receipt = export_result(made, ExportSpec(tmp_path / f"old{suffix}"))
    assert receipt.notices == ()
    assert receipt.size_bytes == receipt.path.stat().st_size
    found = credentials_of(receipt.path)
    assert found.state == "Valid"
    assert (found.signer, found.made_here) == (LOCAL_NAME, True)
    assert found.problems == ("signingCredential.untrusted",)
    assert found.ingredients == (
        {"title": "me.png", "relationship": "parentOf", "credentials": False},
    )
    opened, edited = found.actions
    assert (opened["action"], edited["action"]) == ("c2pa.opened", "c2pa.edited")
    assert edited["digitalSourceType"] == SOURCE_TYPE
    assert edited["parameters"] == {
        "com.agelens.model": "agelens-delta",
        "com.agelens.model_sha256": HASH,
        "com.agelens.source_sha256": made.photo.sha256,
        "com.agelens.faces": [
            {"face": "1", "target_age": "60", "strength": "1", "regions": "eyes, hair, skin"}
        ],
    }
    (change,) = edited["changes"]
    shape = change["region"][0]["shape"]
    assert (shape["origin"], shape["width"], shape["height"]) == ({"x": 30, "y": 20}, 60, 70)


def test_what_a_region_took_is_told(tmp_path: Path, made: AgingResult) -> None:
    (aged,) = made.faces
    request = replace(aged.request, shares=(("facial-hair", 0.3), ("skin", 0.5)))
    result = replace(made, faces=(replace(aged, request=request),))
    receipt = export_result(result, ExportSpec(tmp_path / "old.png"))
    (face,) = credentials_of(receipt.path).actions[1]["parameters"]["com.agelens.faces"]
    assert face["regions"] == "eyes, facial-hair 0.3, hair, skin 0.5"


@pytest.mark.parametrize("suffix", [".png", ".tiff"])
def test_signing_leaves_pixels_and_metadata_alone(
    tmp_path: Path, made: AgingResult, suffix: str
) -> None:
    spec = ExportSpec(tmp_path / f"plain{suffix}", credentials=False)
    plain = load_photo(export_result(made, spec).path)
    signed = load_photo(export_result(made, ExportSpec(tmp_path / f"signed{suffix}")).path)
    np.testing.assert_array_equal(plain.pixels, signed.pixels)
    assert (plain.icc, plain.exif, plain.format) == (signed.icc, signed.exif, signed.format)
    assert read_provenance(tmp_path / f"plain{suffix}").credentials is None


def test_a_changed_file_is_found_out(tmp_path: Path, made: AgingResult) -> None:
    receipt = export_result(made, ExportSpec(tmp_path / "old.png"))
    data = bytearray(receipt.path.read_bytes())
    data[data.index(b"IDAT") + 40] ^= 1
    receipt.path.write_bytes(data)
    found = read_broken(receipt.path)
    assert found.state == "Invalid"
    assert "assertion.dataHash.mismatch" in found.problems


def read_broken(path: Path) -> Credentials:
    """Of a PNG whose pixels Pillow would refuse: as a film, whose marking is searched for."""
    film = path.with_suffix(".mp4")
    shutil.copy(path, film)
    return credentials_of(film)


def test_a_source_s_own_credentials_come_along(tmp_path: Path, made: AgingResult) -> None:
    first = export_result(made, ExportSpec(tmp_path / "first.png")).path
    source = load_photo(first)
    second = export_result(replace(made, photo=source), ExportSpec(tmp_path / "second.png")).path
    (ingredient,) = credentials_of(second).ingredients
    assert ingredient == {"title": "first.png", "relationship": "parentOf", "credentials": True}


def test_a_source_that_is_gone_is_still_named(tmp_path: Path, made: AgingResult) -> None:
    assert made.photo.path is not None
    made.photo.path.unlink()
    found = credentials_of(export_result(made, ExportSpec(tmp_path / "old.png")).path)
    assert found.state == "Valid"
    assert found.ingredients[0]["title"] == "me.png"


def test_without_metadata_the_file_s_name_is_not_told(tmp_path: Path, made: AgingResult) -> None:
    spec = ExportSpec(tmp_path / "old.jpg", keep_metadata=False, max_side=60)
    found = credentials_of(export_result(made, spec).path)
    assert found.ingredients[0]["title"] == "photo"
    assert b"me.png" not in spec.path.read_bytes()
    assert [action["action"] for action in found.actions][-1] == "c2pa.resized"
    assert "changes" not in found.actions[1], "those pixels are the source's"


def test_no_picture_of_the_source_is_in_it(tmp_path: Path, made: AgingResult) -> None:
    plain = export_result(made, ExportSpec(tmp_path / "plain.png", credentials=False))
    signed = export_result(made, ExportSpec(tmp_path / "signed.png"))
    assert signed.size_bytes - plain.size_bytes < 8_000


def test_a_format_that_holds_none_is_written_all_the_same(
    tmp_path: Path, made: AgingResult
) -> None:
    receipt = export_result(made, ExportSpec(tmp_path / "old.bmp"))
    assert any("AI marking" in notice for notice in receipt.notices)
    assert read_provenance(receipt.path).credentials is None


def test_where_the_library_is_missing_the_file_is_written_and_it_is_said(
    tmp_path: Path, made: AgingResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "available", lambda: False)
    receipt = export_result(made, ExportSpec(tmp_path / "old.png"))
    assert any("not signed" in notice for notice in receipt.notices)
    assert receipt.path.is_file()


def test_where_signing_fails_the_file_is_written_and_it_is_said(
    tmp_path: Path, made: AgingResult
) -> None:
    broken = replace(local_identity(), chain=b"nothing")
    receipt = export_result(made, ExportSpec(tmp_path / "old.png"), broken)
    assert any("without content credentials" in notice for notice in receipt.notices)
    assert read_provenance(receipt.path).credentials is None


# Certificates ---------------------------------------------------------------------------------


def test_this_computer_s_certificate_is_made_once_and_is_its_owner_s() -> None:
    assert signing.known_serial() is None
    first, second = local_identity(), local_identity()
    file = user_data_dir() / "signing.pem"
    assert first.serial == second.serial == signing.known_serial()
    assert first.chain.count(b"BEGIN CERTIFICATE") == 2
    assert file.read_bytes().count(b"PRIVATE KEY") == 2, "of the signer alone"
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("damaged")
    assert local_identity().serial not in (first.serial, 0)


def test_a_folder_that_cannot_be_written_to_does_not_stop_signing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert local_identity(tmp_path / "file" / "in").local


def pem(key: object, *, days: int = 30, subject: str = "Ada") -> tuple[bytes, bytes]:
    """A certificate signed by itself, which content credentials refuse, and its key."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    start = datetime.now(UTC) - timedelta(days=60)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())  # type: ignore[attr-defined]
        .serial_number(7)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=60 + days))
        .sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())  # type: ignore[arg-type]
    )
    form = serialization
    secret = key.private_bytes(  # type: ignore[attr-defined]
        form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
    )
    return certificate.public_bytes(form.Encoding.PEM), secret


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (ec.generate_private_key(ec.SECP256R1()), "es256"),
        (ec.generate_private_key(ec.SECP384R1()), "es384"),
        (rsa.generate_private_key(65537, 2048), "ps256"),
        (ed25519.Ed25519PrivateKey.generate(), "ed25519"),
    ],
)
def test_the_user_s_certificate_is_read(tmp_path: Path, key: object, algorithm: str) -> None:
    certificate, secret = pem(key)
    (tmp_path / "me.pem").write_bytes(certificate)
    (tmp_path / "me.key").write_bytes(secret)
    found = own_identity(tmp_path / "me.pem", tmp_path / "me.key")
    assert (found.algorithm, found.name, found.local) == (algorithm, "Ada", False)


@pytest.mark.parametrize("wrong", ["missing", "junk", "no key", "other key", "password", "expired"])
def test_what_cannot_sign_is_refused_in_one_sentence(tmp_path: Path, wrong: str) -> None:
    own, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    certificate, secret = pem(own, days=-1 if wrong == "expired" else 30)
    locked = own.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"x"),
    )
    content = {
        "junk": b"junk",
        "no key": certificate,
        "other key": certificate + pem(other)[1],
        "password": certificate + locked,
    }.get(wrong, certificate + secret)
    file = tmp_path / "me.pem"
    if wrong != "missing":
        file.write_bytes(content)
    with pytest.raises(ExportError, match=r"me\.pem cannot sign: .*\.") as caught:
        own_identity(file)
    assert caught.value.code == "export.certificate"


def test_a_certificate_that_no_credentials_allow_is_found_out_at_once(tmp_path: Path) -> None:
    file = tmp_path / "me.pem"
    file.write_bytes(b"".join(pem(ec.generate_private_key(ec.SECP256R1()))))
    with pytest.raises(ExportError, match="cannot sign"):
        check_identity(file)
    local_identity(tmp_path)
    assert check_identity(tmp_path / "signing.pem").name == LOCAL_NAME


def test_an_own_certificate_signs(tmp_path: Path, made: AgingResult) -> None:
    local_identity(tmp_path)  # stands for one that an authority gave
    own = own_identity(tmp_path / "signing.pem")
    found = credentials_of(export_result(made, ExportSpec(tmp_path / "old.png"), own).path)
    assert found.state == "Valid"
    assert not found.made_here


def test_signing_what_is_no_picture_is_an_error(made: AgingResult) -> None:
    claim = credentials.Claim(made.photo, "m", HASH, [FACE])
    with pytest.raises(ExportError) as caught:
        sign(b"no picture", ".png", claim, local_identity())
    assert caught.value.code == "export.signing"
