"""The department's own certificate authority: what lets a seat know that the server it talks to is the hotel's.

The authority's key stays with whoever sets the server up; `ca.crt` goes to every seat, and its fingerprint is read out
to whoever puts it there. Keys are ECDSA P-256; PostgreSQL wants the server's key readable by nobody else."""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
import os
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.record.os_words import why
from crm_desktop.record.text import Refused, Text

if TYPE_CHECKING:
    from cryptography import x509

AUTHORITY, AUTHORITY_KEY, SERVER, SERVER_KEY = "ca.crt", "ca.key", "server.crt", "server.key"
AUTHORITY_DAYS, SERVER_DAYS = 3650, 1095
RENEW_DAYS = 60  # a check says so that long before the end
DAY_BEFORE = datetime.timedelta(days=1)  # a seat whose clock is behind still believes it
ASK_FOR_TLS = bytes.fromhex("0000000804d2162f")  # PostgreSQL's SSLRequest
PATIENCE = 5.0  # seconds


def prepare(folder: Path, hosts: Sequence[str], name: str = "CRM") -> str:
    """Make what is missing in the folder: authority and a server's certificate for these names and addresses.

    An authority that is there is kept, or every seat would have to be told of a new one; the server's certificate is made
    anew. Returns the authority's fingerprint; raises Refused when the folder cannot be written."""
    if not hosts:
        raise Refused(Text("A certificate needs the name or the address the seats know the server by."))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / AUTHORITY).exists():
            _make_authority(folder, name)
        _make_server(folder, hosts)
    except OSError as error:
        raise Refused(Text("No certificate can be made in {folder}: {reason}.", folder=folder, reason=why(error))) from error
    return fingerprint(folder / AUTHORITY)


def fingerprint(certificate: Path) -> str:
    """The SHA-256 of a certificate, as people compare it: pairs of digits with colons."""
    return spelled(ssl.PEM_cert_to_DER_cert(certificate.read_text("ascii")))


def spelled(der: bytes) -> str:
    """`fingerprint` of a certificate's bytes."""
    return ":".join(f"{byte:02X}" for byte in hashlib.sha256(der).digest())


def last_day(der: bytes) -> str:
    """The last day a certificate is believed, as ISO text."""
    from cryptography import x509

    return x509.load_der_x509_certificate(der).not_valid_after_utc.date().isoformat()


def shown_by(host: str, port: int) -> bytes | None:
    """The certificate the server shows, as bytes, believed or not; None when it answers without TLS.

    Raises OSError when nobody answers there."""
    with socket.create_connection((host, port), PATIENCE) as plain:
        plain.sendall(ASK_FOR_TLS)
        if plain.recv(1) != b"S":
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # only looked at, nothing is sent
        with context.wrap_socket(plain, server_hostname=host) as safe:
            return safe.getpeercert(binary_form=True)


def _make_authority(folder: Path, name: str) -> None:
    from cryptography import x509

    key = _key()
    subject = _name(f"{name} certificate authority")
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    built = (
        _begun(subject, subject, key, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
    )
    _write_key(folder / AUTHORITY_KEY, key)
    _write(folder / AUTHORITY, _pem(built, key), 0o644)


def _make_server(folder: Path, hosts: Sequence[str]) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.x509.oid import ExtendedKeyUsageOID

    authority = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
    authority_key: Any = load_pem_private_key((folder / AUTHORITY_KEY).read_bytes(), None)
    key = _key()
    built = (
        _begun(_name(hosts[0][:64]), authority.subject, key, SERVER_DAYS, authority_key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_alternative(host) for host in hosts]), critical=False)
    )
    _write_key(folder / SERVER_KEY, key)
    _write(folder / SERVER, _pem(built, authority_key), 0o644)


def _begun(subject: Any, issuer: Any, key: Any, days: int, by: Any = None) -> x509.CertificateBuilder:
    """What every certificate has: names, number, days, and whose key signs (its own when `by` is left out)."""
    from cryptography import x509

    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY_BEFORE)
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key((by or key).public_key()), critical=False)
    )


def _key() -> Any:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def _name(words: str) -> x509.Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _alternative(host: str) -> x509.GeneralName:
    from cryptography import x509

    with suppress(ValueError):
        return x509.IPAddress(ipaddress.ip_address(host))
    return x509.DNSName(host)


def _pem(built: x509.CertificateBuilder, key: Any) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    return built.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def _write_key(path: Path, key: Any) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    _write(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)


def _write(path: Path, content: bytes, mode: int) -> None:
    """Write a file whole, or leave the former one."""
    part = path.with_name(path.name + ".new")
    descriptor = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
