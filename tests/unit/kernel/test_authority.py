"""The authority of a post: what a phone would take, what it would not, and when it is made anew."""

import socket
import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from timpora.kernel import authority
from timpora.kernel.authority import PUBLIC, authority_keep, fingerprint_of, server_keep

# Handshakes are judged by the machine's own clock, as a phone's are.
NOW = datetime.now(UTC)
HERE, THERE = IPv4Address("127.0.0.1"), IPv4Address("192.168.7.2")


def shaken_hands(files, trusted, name):
    """Return what a phone that trusts `trusted` says of a server that shows `files` under `name`."""
    server, phone = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    server.load_cert_chain(files.certificate, files.key)
    phone.load_verify_locations(cadata=trusted)
    phone.verify_flags |= ssl.VERIFY_X509_STRICT
    one, other = socket.socketpair()

    def serve():
        try:
            with server.wrap_socket(one, server_side=True) as wrapped:
                wrapped.recv(1)
        except OSError:
            pass

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with phone.wrap_socket(other, server_hostname=name):
            return "taken"
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    finally:
        other.close()
        thread.join()


def forged(folder, tmp_path, *names):
    """Return a certificate that a thief of the authority's key made for `names`."""
    stolen = authority_keep(folder, NOW)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        authority._begun(authority._name("x"), stolen.certificate.subject, key, NOW, NOW + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(stolen.key.public_key()), critical=False
        )
        .sign(stolen.key, hashes.SHA256())
    )
    files = authority.ServerFiles(tmp_path / "forged.crt", tmp_path / "forged.key", NOW)
    files.certificate.write_bytes(certificate.public_bytes(Encoding.PEM))
    files.key.write_bytes(authority._pem(key))
    return files


def test_a_phone_that_trusts_the_post_takes_its_certificate_and_another_post_s_is_refused(tmp_path):
    files = server_keep(tmp_path / "a", HERE, NOW)
    server_keep(tmp_path / "b", HERE, NOW)
    assert shaken_hands(files, (tmp_path / "a" / PUBLIC).read_bytes(), "127.0.0.1") == "taken"
    refused = shaken_hands(files, (tmp_path / "b" / PUBLIC).read_bytes(), "127.0.0.1")
    assert refused == "unable to get local issuer certificate"


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        (x509.IPAddress(HERE), "127.0.0.1", "taken"),
        (x509.IPAddress(IPv4Address("8.8.8.8")), "8.8.8.8", "permitted subtree violation"),
        (x509.DNSName("imigrasi.go.id"), "imigrasi.go.id", "permitted subtree violation"),
        (x509.DNSName("laptop.local"), "laptop.local", "permitted subtree violation"),
    ],
)
def test_a_stolen_key_vouches_for_no_site_and_no_address_of_the_internet(tmp_path, name, asked, said):
    files = forged(tmp_path / "a", tmp_path, name)
    trusted = (tmp_path / "a" / PUBLIC).read_bytes()
    assert shaken_hands(files, trusted, asked) == said


def test_keys_are_for_the_program_alone_also_after_a_copy_widened_them(tmp_path):
    folder = tmp_path / "lan"
    files = server_keep(folder, HERE, NOW)
    (folder / "authority.pem").chmod(0o644)
    server_keep(folder, HERE, NOW)
    for file in (folder / "authority.pem", files.key):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert files.key.read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")


def test_the_authority_stays_and_its_fingerprint_is_the_file_s(tmp_path):
    assert fingerprint_of(tmp_path) == ""
    server_keep(tmp_path, HERE, NOW)
    first = fingerprint_of(tmp_path)
    server_keep(tmp_path, THERE, NOW + timedelta(days=300))
    assert fingerprint_of(tmp_path) == first
    held = x509.load_der_x509_certificate((tmp_path / PUBLIC).read_bytes())
    assert first == held.fingerprint(hashes.SHA256()).hex(":").upper()
    server_keep(tmp_path, HERE, NOW + timedelta(days=700))
    assert fingerprint_of(tmp_path) != first


@pytest.mark.parametrize(
    ("address", "days", "is_new"), [(HERE, 0, False), (HERE, 29, False), (HERE, 31, True), (THERE, 0, True)]
)
def test_a_certificate_is_made_anew_for_another_address_and_before_it_ends(tmp_path, address, days, is_new):
    before = server_keep(tmp_path, HERE, NOW).certificate.read_bytes()
    files = server_keep(tmp_path, address, NOW + timedelta(days=days))
    assert (files.certificate.read_bytes() != before) is is_new
    assert files.ends - (NOW + timedelta(days=days)) > timedelta(days=29)


@pytest.mark.parametrize("name", ["authority.pem", "server.key", "server.crt"])
def test_a_file_that_a_crash_cut_is_made_anew(tmp_path, name):
    server_keep(tmp_path, HERE, NOW)
    (tmp_path / name).write_bytes(b"-----BEGIN")
    files = server_keep(tmp_path, HERE, NOW)
    assert shaken_hands(files, (tmp_path / PUBLIC).read_bytes(), "127.0.0.1") == "taken"


def test_a_phone_whose_clock_is_a_day_behind_takes_it_too(tmp_path):
    files = server_keep(tmp_path, HERE, NOW)
    certificate = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    assert certificate.not_valid_before_utc < NOW - timedelta(days=1)


def test_the_authority_vouches_for_servers_alone_and_for_nobody_s_mail(tmp_path):
    held = authority_keep(tmp_path, NOW).certificate.extensions
    usage = held.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.SERVER_AUTH]
    files = forged(tmp_path, tmp_path, x509.IPAddress(HERE), x509.RFC822Name("kepala@imigrasi.go.id"))
    refused = shaken_hands(files, (tmp_path / PUBLIC).read_bytes(), "127.0.0.1")
    assert refused == "permitted subtree violation"
