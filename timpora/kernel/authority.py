"""The certificate authority of one post: made once in its data folder, and good for its own network alone.

Phones lend a page the camera, the place and a store of its own only over HTTPS, and where there is no
internet nobody else vouches for a laptop. The authority is bound to private IPv4 addresses and to no name:
whoever steals its key can pose as no address and no site outside such a network.

Instants come from the caller and are the machine's true time, since phones judge a certificate by theirs;
the program's own clock may stand in another year.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# Loopback lets one try it out on the laptop alone.
NETWORKS: Final = tuple(
    IPv4Network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")
)
# A type of name that is not constrained is free, so names are bound to one that nobody can have (RFC 2606).
NO_NAME: Final = "invalid"
AUTHORITY_LIFE, AUTHORITY_LEAST = timedelta(days=730), timedelta(days=60)
SERVER_LIFE, SERVER_LEAST = timedelta(days=60), timedelta(days=30)
# A phone's clock may be behind the laptop's.
BEHIND: Final = timedelta(days=2)
PUBLIC: Final = "timpora-pos.crt"
# An address as its common name would be taken for a name, of which none is permitted.
SERVER: Final = "Laptop pos"


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority's certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class ServerFiles:
    """What a server needs to speak TLS, and until when it holds."""

    certificate: Path
    key: Path
    ends: datetime


def is_of_a_post(address: IPv4Address) -> bool:
    """Tell whether an authority may vouch for the address."""
    return any(address in network for network in NETWORKS)


def authority_keep(folder: Path, at: datetime) -> Authority:
    """Return the authority of `folder`, made where there is none that holds for a while after `at`."""
    file = folder / "authority.pem"
    found = _authority_read(file)
    if found is None or found.certificate.not_valid_after_utc - at < AUTHORITY_LEAST:
        found = _authority_new(at)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(file, _pem(found.key) + found.certificate.public_bytes(Encoding.PEM))
    # For copying by cable; what the network hands out is the same file.
    _write(folder / PUBLIC, found.certificate.public_bytes(Encoding.DER))
    return found


def server_keep(folder: Path, address: IPv4Address, at: datetime) -> ServerFiles:
    """Return the server's certificate for `address`, made anew where it is another's or soon ends."""
    authority = authority_keep(folder, at)
    file, key_file = folder / "server.crt", folder / "server.key"
    ends = _server_ends(file, key_file, authority, address)
    if ends is None or ends - at < SERVER_LEAST:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _server_new(authority, key, address, at)
        _write(key_file, _pem(key))
        _write(file, certificate.public_bytes(Encoding.PEM))
        ends = certificate.not_valid_after_utc
    return ServerFiles(file, key_file, ends)


def fingerprint_of(folder: Path) -> str:
    """Return the authority's SHA-256 as phones show it (`AB:CD:…`), or nothing where none was made."""
    found = _certificate_read(folder / PUBLIC)
    return found.fingerprint(hashes.SHA256()).hex(":").upper() if found else ""


def _authority_new(at: datetime) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    # Several posts in one phone's list are told apart by these four.
    name = _name(f"Timpora Pos {identifier.digest.hex()[:4].upper()}")
    certificate = (
        _begun(name, name, key, at - BEHIND, at + AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(is_authority=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(identifier, critical=False)
        .add_extension(
            x509.NameConstraints(
                [x509.DNSName(NO_NAME), x509.RFC822Name(NO_NAME), *map(x509.IPAddress, NETWORKS)], None
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    return Authority(certificate, key)


def _server_new(
    authority: Authority, key: ec.EllipticCurvePrivateKey, address: IPv4Address, at: datetime
) -> x509.Certificate:
    ends = min(at + SERVER_LIFE, authority.certificate.not_valid_after_utc)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    return (
        _begun(_name(SERVER), authority.certificate.subject, key, at - BEHIND, ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(is_authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(address)]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(issuer, critical=False)
        .sign(authority.key, hashes.SHA256())
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, starts: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(ends)
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _authority_read(file: Path) -> Authority | None:
    """Return what is kept; a file that cannot be read is no authority, and phones join anew."""
    try:
        # A copy restored with wider rights is narrowed.
        file.chmod(0o600)
        text = file.read_bytes()
        key, certificate = load_pem_private_key(text, None), x509.load_pem_x509_certificate(text)
    except (OSError, ValueError):
        return None
    return Authority(certificate, key) if isinstance(key, ec.EllipticCurvePrivateKey) else None


def _certificate_read(file: Path) -> x509.Certificate | None:
    try:
        text = file.read_bytes()
        is_text = text.startswith(b"-----")
        return x509.load_pem_x509_certificate(text) if is_text else x509.load_der_x509_certificate(text)
    except (OSError, ValueError):
        return None


def _server_ends(file: Path, key_file: Path, authority: Authority, address: IPv4Address) -> datetime | None:
    """Return the end of a certificate that fits authority, address and key, or nothing."""
    found = _certificate_read(file)
    try:
        key = load_pem_private_key(key_file.read_bytes(), None)
        if found is None or found.public_key() != key.public_key():
            return None
        found.verify_directly_issued_by(authority.certificate)
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, TypeError, x509.ExtensionNotFound, InvalidSignature):
        return None
    is_here = names.get_values_for_type(x509.IPAddress) == [address]
    return found.not_valid_after_utc if is_here else None


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(file: Path, content: bytes) -> None:
    """Write for ourselves alone, whole or not at all."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_bytes(content)
    fresh.replace(file)
