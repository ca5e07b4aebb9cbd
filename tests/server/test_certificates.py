"""The department's own certificates: made once, kept, renewed, and told apart."""

from __future__ import annotations

import datetime
import ssl
from pathlib import Path

import pytest
from cryptography import x509

from crm_desktop.record.text import Refused
from crm_desktop.server import certificates
from tests.postgres import HOST, Server


def _read(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_the_authority_stays_and_the_server_is_renewed(tmp_path: Path) -> None:
    first = certificates.prepare(tmp_path, ["crm.lan", "192.168.1.20"], "澜棠大酒店")
    server = _read(tmp_path / certificates.SERVER)
    assert certificates.prepare(tmp_path, ["crm.lan"]) == first == certificates.fingerprint(tmp_path / certificates.AUTHORITY)
    assert _read(tmp_path / certificates.SERVER).serial_number != server.serial_number
    assert len(first.split(":")) == 32


def test_names_and_addresses_are_told_apart(tmp_path: Path) -> None:
    certificates.prepare(tmp_path, ["crm.lan", "192.168.1.20", "fd00::5"])
    names = _read(tmp_path / certificates.SERVER).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["crm.lan"]
    assert [str(address) for address in names.get_values_for_type(x509.IPAddress)] == ["192.168.1.20", "fd00::5"]


def test_keys_are_their_owners_only(tmp_path: Path) -> None:
    certificates.prepare(tmp_path, ["crm.lan"])
    for name in (certificates.AUTHORITY_KEY, certificates.SERVER_KEY):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_the_server_is_signed_by_the_authority(tmp_path: Path) -> None:
    certificates.prepare(tmp_path, ["crm.lan"])
    authority, server = _read(tmp_path / certificates.AUTHORITY), _read(tmp_path / certificates.SERVER)
    server.verify_directly_issued_by(authority)
    today = datetime.datetime.now(datetime.UTC)
    assert server.not_valid_before_utc < today < server.not_valid_after_utc < authority.not_valid_after_utc


def test_without_a_name_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="the seats know the server by"):
        certificates.prepare(tmp_path, [])
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refused, match="No certificate can be made"):
        certificates.prepare(tmp_path / "file", ["crm.lan"])


def test_what_a_server_shows_is_seen(postgres: Server) -> None:
    shown = certificates.shown_by(HOST, postgres.port)
    if not postgres.tls:
        assert shown is None
        return
    assert shown
    assert certificates.spelled(shown) == certificates.fingerprint(postgres.folder / certificates.SERVER)
    assert certificates.last_day(shown) > datetime.datetime.now(datetime.UTC).date().isoformat()
    assert ssl.DER_cert_to_PEM_cert(shown).startswith("-----BEGIN")
