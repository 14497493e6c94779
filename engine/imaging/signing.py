"""Who signs content credentials: the user's own certificate, or one made on this computer.

A certificate from an authority says who signed; one made here only says that the file has not
been changed since this computer signed it, and that two files come from the same one. The key
made here never leaves the user's data folder, and the authority that vouched for it is thrown
away at once, so that it can vouch for nothing else. Any thread.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from engine import paths
from engine.errors import ExportError

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

LOCAL_NAME = "Agelens on this computer"
_FILE = "signing.pem"
_YEARS = 10
_CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What signs.

    Attributes:
        chain: certificates as PEM, the signer's first.
        key: its private key as PEM, PKCS#8, not encrypted.
        algorithm: C2PA's name of the signature: ``es256``, ``ps256``, ``ed25519``…
        name: common name on the certificate.
        serial: the certificate's serial number.
        local: whether it was made on this computer.
    """

    chain: bytes
    key: bytes
    algorithm: str
    name: str
    serial: int
    local: bool = False


def own_identity(certificate: Path, key: Path | None = None) -> Identity:
    """Read the user's certificate.

    Args:
        certificate: PEM file with the certificate and those that vouch for it, in that order.
        key: PEM file with its private key; ``None`` where that is in the same file.

    Raises:
        ExportError: ``export.certificate`` for a file that is missing, no certificate, expired,
            encrypted, or whose key is of another certificate or of a kind that cannot sign.
    """
    chain, secret = _read(certificate), _read(key or certificate)
    try:
        return _identity(chain, secret)
    except (ValueError, TypeError) as error:
        reason = "its key has a password" if isinstance(error, TypeError) else str(error)
        raise refused(certificate, reason) from error


def local_identity(folder: Path | None = None) -> Identity:
    """The certificate of this computer, made at the first call.

    Args:
        folder: where it lies; the user's data folder without. Where that cannot be written to,
            the certificate lasts for this call only.
    """
    file = (folder or paths.user_data_dir()) / _FILE
    with contextlib.suppress(OSError, ValueError, TypeError):
        content = file.read_bytes()
        return _identity(content, content, local=True)
    content = _make()
    with contextlib.suppress(OSError):
        _keep(content, file)
    return _identity(content, content, local=True)


def known_serial(folder: Path | None = None) -> int | None:
    """Serial number of this computer's certificate; ``None`` where none was made yet."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        content = ((folder or paths.user_data_dir()) / _FILE).read_bytes()
        return _identity(content, content, local=True).serial
    return None


def refused(certificate: Path, reason: object) -> ExportError:
    """The error for a certificate that cannot sign."""
    return ExportError(
        f"{certificate.name} cannot sign: {reason}. Choose another certificate.",
        code="export.certificate",
        name=certificate.name,
        reason=reason,
    )


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise refused(file, error.strerror or error) from error


def _identity(chain: bytes, secret: bytes, *, local: bool = False) -> Identity:
    """Raises ValueError or TypeError where they do not make a signer."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization as form

    certificates = x509.load_pem_x509_certificates(chain)
    first = certificates[0]
    key = form.load_pem_private_key(secret, password=None)
    if first.public_key() != key.public_key():
        raise ValueError("its key is another one's")
    if not first.not_valid_before_utc <= datetime.now(UTC) < first.not_valid_after_utc:
        raise ValueError(f"it is valid until {first.not_valid_after_utc:%Y-%m-%d} only")
    private = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    return Identity(
        chain=b"".join(one.public_bytes(form.Encoding.PEM) for one in certificates),
        key=private,
        algorithm=_algorithm(key),
        name=_common_name(first),
        serial=first.serial_number,
        local=local,
    )


def _algorithm(key: PrivateKeyTypes) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in _CURVES:
        return _CURVES[key.curve.name]
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= 2048:
        return "ps256"
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    raise ValueError("its key is of a kind that content credentials do not use")


def _common_name(certificate: x509.Certificate) -> str:
    from cryptography.x509.oid import NameOID

    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def _keep(content: bytes, file: Path) -> None:
    """Write the file whole, for its owner's eyes only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}-{secrets.token_hex(6)}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)


def _make() -> bytes:
    """A key, its certificate and that of the authority made for it, as PEM."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import ec

    authority, signer = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    chain = [
        _certificate(signer.public_key(), authority, ends=True),
        _certificate(authority.public_key(), authority, ends=False),
    ]
    key = signer.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    return key + b"".join(one.public_bytes(form.Encoding.PEM) for one in chain)


def _certificate(
    public: ec.EllipticCurvePublicKey, authority: ec.EllipticCurvePrivateKey, *, ends: bool
) -> x509.Certificate:
    """One with the extensions that C2PA 2.x, section 14.5, asks for."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    def named(text: str) -> x509.Name:
        parts = ((NameOID.ORGANIZATION_NAME, LOCAL_NAME), (NameOID.COMMON_NAME, text))
        return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])

    start = datetime.now(UTC) - timedelta(days=1)
    root = f"{LOCAL_NAME}, root"
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())
    built = (
        x509.CertificateBuilder()
        .subject_name(named(LOCAL_NAME if ends else root))
        .issuer_name(named(root))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(not ends, None if ends else 0), critical=True)
        .add_extension(_usage(signs_files=ends), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(issuer, critical=False)
    )
    if ends:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        built = built.add_extension(purpose, critical=False)
    return built.sign(authority, hashes.SHA256())


def _usage(*, signs_files: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=signs_files,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_files,
        crl_sign=not signs_files,
        encipher_only=False,
        decipher_only=False,
    )
