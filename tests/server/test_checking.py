"""What `server check` says: each fault is named, a server without faults is not scolded."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from crm_desktop.duties import RECORDS
from crm_desktop.record.text import Text
from crm_desktop.server import backing_up, certificates, checking, here, link, power
from tests.postgres import HOST, Server, own_server, version
from tests.server.department import Department, place

WINDOWS_NEVER = """
Power Scheme GUID: 381b4222-f694-41f0-9685-ff5bb260df2e  (Balanced)
  Subgroup GUID: 238c9fa8-0aad-41ed-83f4-97be242c8f20  (Sleep)
    Power Setting GUID: 29f6c1db-86da-48c5-9fdb-f2b67b1f44da  (Sleep after)
      Minimum Possible Setting: 0x00000000
      Maximum Possible Setting: 0xffffffff
    Current AC Power Setting Index: 0x00000000
    Current DC Power Setting Index: 0x00000384
"""
WINDOWS_ZH = WINDOWS_NEVER.replace("Current AC Power Setting Index: 0x00000000", "当前交流电源设置索引: 0x00000708")
MACOS = "Battery Power:\n sleep                1\nAC Power:\n displaysleep         10\n sleep                {minutes}\n"


@pytest.mark.parametrize(
    ("said", "expected"), [(WINDOWS_NEVER, False), (WINDOWS_ZH, True), ("", None), ("0x1", None)], ids=["never", "half an hour, in Chinese", "nothing", "junk"]
)
def test_windows_says_when_it_sleeps(said: str, expected: bool | None) -> None:
    assert power.may_sleep(lambda _: said, "win32") is expected


@pytest.mark.parametrize(("said", "expected"), [(MACOS.format(minutes=0), False), (MACOS.format(minutes=15), True), ("", None)])
def test_macos_says_when_it_sleeps(said: str, expected: bool | None) -> None:
    assert power.may_sleep(lambda _: said, "darwin") is expected


@pytest.mark.parametrize(
    ("target", "default", "expected"),
    [("static", "graphical.target", True), ("masked", "graphical.target", False), ("static", "multi-user.target", False), ("", "", None)],
)
def test_linux_says_when_it_sleeps(target: str, default: str, expected: bool | None) -> None:
    assert power.may_sleep(lambda words: f"{target if words[1] == 'is-enabled' else default}\n", "linux") is expected


def test_a_program_that_is_not_there_says_nothing() -> None:
    assert power.run(["no-such-program-anywhere"]) == ""


def told(*rules: tuple[Any, ...]) -> list[str]:
    return [finding.source for finding in checking.admission([(number, *rule) for number, rule in enumerate(rules, 1)])]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (("hostssl", "samenet", None, "scram-sha-256", None), []),
        (("local", None, None, "peer", None), []),
        (("host", "127.0.0.1", "255.255.255.255", "scram-sha-256", None), []),
        (("host", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "scram-sha-256", None), []),
        (("host", "all", None, "reject", None), []),
        (("hostssl", "samenet", None, "trust", None), ["without a password"]),
        (("hostssl", "samenet", None, "md5", None), ["overheard"]),
        (("host", "192.168.1.0", "255.255.255.0", "scram-sha-256", None), ["without TLS"]),
        (("hostssl", "0.0.0.0", "0.0.0.0", "scram-sha-256", None), ["from anywhere"]),
        (("host", "all", None, "trust", None), ["without a password", "without TLS", "from anywhere"]),
        ((None, None, None, None, "invalid"), ["not understood"]),
    ],
)
def test_who_is_let_in_is_judged(rule: tuple[Any, ...], words: list[str]) -> None:
    found = told(rule)
    assert len(found) == len(words)
    assert all(part in one for part, one in zip(words, found, strict=True))


@pytest.mark.parametrize(
    ("databases", "users", "address", "expected"),
    [
        (["crm"], ["+crm_seats"], "samenet", True),
        (["crm"], ["all"], "10.0.0.0", True),
        (["all"], ["+crm_seats"], "samenet", True),
        (["samegroup"], ["all"], "samenet", True),
        (["/^crm"], ["/.*"], "all", True),
        (["crm"], ["lina"], "samenet", True),
        (["other"], ["+other_seats"], "samenet", False),
        (["all"], ["postgres"], "samenet", False),
        (["replication"], ["all"], "samenet", False),
        (["all"], ["all"], "127.0.0.1", False),
        (["all"], ["all"], "::1", False),
    ],
)
def test_a_line_for_the_seats_is_looked_for(databases: list[str], users: list[str], address: str, expected: bool) -> None:
    rules = [(["replication"], ["all"], "samenet"), (databases, users, address)]
    assert checking.lets_in(rules, "crm", "postgres") is expected


def test_new_lines_keep_sockets_and_drop_the_rest() -> None:
    old = "# words\nlocal all postgres peer\nhost all all 0.0.0.0/0 trust\n  local  all all scram-sha-256 # ours\nlocals x\n"
    made = list(here.lines(old, link.Place("postgresql://postgres@10.0.0.5/crm"), "10.0.0.0/24"))
    assert made[:3] == ["local all postgres peer\n", "  local  all all scram-sha-256 # ours\n", "hostssl crm +crm_seats 10.0.0.0/24 scram-sha-256\n"]
    assert all(line.startswith(("hostssl", "local")) or line.split()[0] == "local" for line in made)


def test_a_second_database_and_a_second_time_shut_nobody_out() -> None:
    def prepared(old: str, database: str, lan: str = here.LAN, others: Sequence[str] = ()) -> str:
        return here.HEAD.format(before="x") + "".join(here.lines(old, link.Place(f"postgresql://postgres@10.0.0.5/{database}"), lan, others))

    first = prepared("local all all peer\nhost all all 0.0.0.0/0 trust\n", "crm")
    by_hand = "hostssl crm +crm_seats 10.8.0.0/16 scram-sha-256 # from home\n"
    bad = ("host all all 10.9.0.0/16 scram-sha-256", "hostssl all all 0.0.0.0/0 trust", 'hostssl crm "torn 10.8.0.0/16 scram-sha-256')
    second = prepared(first + by_hand + "\n".join(bad) + "\n", "trial", others=["crm", "elsewhere"])
    assert second.splitlines()[1:] == [
        "local all all peer", "hostssl trial +trial_seats samenet scram-sha-256", *first.splitlines()[3:],
        "hostssl crm +crm_seats samenet scram-sha-256", by_hand.strip(), "hostssl elsewhere +elsewhere_seats samenet scram-sha-256",
    ]  # fmt: skip
    assert prepared(second, "trial", others=["crm", "elsewhere"]) == second
    moved = prepared(second, "trial", "10.1.0.0/16")
    assert "hostssl trial +trial_seats 10.1.0.0/16 scram-sha-256" in moved
    assert "+trial_seats samenet" not in moved, "who may come was changed"
    assert moved.count("+crm_seats") == 2


CHECKED = 18  # the first version with checksums unless told otherwise


def said(department: Department, **more: Any) -> list[str]:
    return [finding.source for finding in checking.everything(department.place, RECORDS, **more)]


def test_a_server_is_made_safe_and_then_nothing_is_missing(postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From an installer's server without TLS to one that is as it should be, by what the program itself does and says."""
    if not postgres.tls:
        pytest.skip("this PostgreSQL was built without TLS")
    monkeypatch.setenv("PATH", str(postgres.programs), prepend=os.pathsep)
    with own_server("archive_mode=on", "archive_command='true'", "log_min_messages=log", tls=False) as server:
        department, other = Department(server, "crm"), Department(server, "trial")
        (server.data / "pg_hba.conf").write_text(f"local all all peer\nhost all all {HOST}/32 scram-sha-256\nhost all all 0.0.0.0/0 md5\n")
        before = said(department, sleeps=lambda: True)
        for words in ("TLS is off", "overheard", "without TLS", "from anywhere", "There is no backup", "goes to sleep", "who connects"):
            assert any(words in one for one in before), words
        assert any("no checksums" in one for one in before) == (version(postgres.programs) < CHECKED), "from 18 on they are there from the beginning"

        certificates.prepare(tmp_path / "ca", [HOST, "localhost"])
        assert here.secure(department.place, tmp_path / "ca") is True, "the tests' server listens on loopback until it is restarted"
        assert (server.data / "pg_hba.conf.before-crm").read_text().count("\n") == 3
        server.restart()
        department.place.authority = str(tmp_path / "ca" / certificates.AUTHORITY)
        backing_up.back_up(department.place, tmp_path / "backups")
        assert [one for one in said(department, sleeps=lambda: False) if "no checksums" not in one] == []
        later = Department(server, "later")
        later.place.authority = department.place.authority
        assert any("No line of pg_hba.conf lets" in one for one in said(later, sleeps=lambda: False)), "prepared without --here after the lines were written"
        assert here.secure(department.place, tmp_path / "ca") is False
        assert not any("No line of pg_hba.conf lets" in one for one in said(later, sleeps=lambda: False))
        for each in (department, other, later):
            with each.seat("seller"):
                pass
        assert f"connection authorized: user={department.login('seller')} database=crm" in (server.folder / "log").read_text("utf-8"), "who looks with another tool is noted"


def test_an_older_backup_is_named(postgres: Server) -> None:
    department = Department(postgres, "older")
    with department.owner() as connection:
        connection.execute("insert into setting values (%s, '2020-01-01T00:00:00.000Z')", (backing_up.LAST_BACKUP,))
    assert any("The last backup of the server is of {day}" in one for one in said(department))
    department.remove()


def test_rights_of_another_version_and_people_who_left_are_named(postgres: Server) -> None:
    department = Department(postgres, "elder")
    with department.owner() as connection:
        connection.execute("comment on schema rights is 'older'")
        connection.execute("alter table visit disable row level security")
        connection.execute("update staff set left_on = '2020-01-01' where role = 'care_rep'")
    found = checking.everything(department.place, RECORDS)
    assert Text("The table {table} has no rules for its rows. Run: server init", table="visit") in found
    assert Text("{person} has left and still has a log-in. Run: server remove-user", person="care_rep") in found
    assert any("another version of this program" in one.source for one in found)
    department.remove()


def test_a_database_that_is_not_set_up_is_named(postgres: Server) -> None:
    address = postgres.fresh_database()
    name = address.partition("?")[0].rpartition("/")[2]
    assert any("not set up yet" in one.source for one in checking.everything(place(postgres, name), RECORDS))
    postgres.drop(address)


class Certificate:
    """A server's certificate of so many days."""

    def __init__(self, days: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(certificates, "SERVER_DAYS", days)
        certificates.prepare(folder, [HOST])
        self.der = x509.load_pem_x509_certificate((folder / certificates.SERVER).read_bytes()).public_bytes(certificates_encoding())


def certificates_encoding() -> Any:
    from cryptography.hazmat.primitives.serialization import Encoding

    return Encoding.DER


@pytest.mark.parametrize(("days", "ends"), [(30, True), (90, False)])
def test_a_certificate_is_renewed_in_time(postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, ends: bool) -> None:
    made = Certificate(days, tmp_path, monkeypatch)
    monkeypatch.setattr(certificates, "shown_by", lambda host, port: made.der)
    found = checking.everything(place(postgres, "postgres"), RECORDS)
    assert any("The server's certificate ends on {day}" in one.source for one in found) == ends


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("crm.db", "is no address of a server"), ("postgresql://", "is no address of a server"), ("postgresql://a@b:x/crm", "is no address of a server"),
        ("postgresql://postgres:secret@10.0.0.5/crm", "Leave the password out"), ("postgresql://postgres@10.0.0.5/My CRM", "small letters"),
    ],
)  # fmt: skip
def test_addresses_are_read_strictly(address: str, words: str) -> None:
    with pytest.raises(link.Refused, match=words):
        link.Place(address)


def test_what_the_server_refuses_is_a_sentence(postgres: Server, tmp_path: Path) -> None:
    wrong = place(postgres, "postgres")
    wrong.password = "wrong"
    with pytest.raises(link.Refused, match="with this password"), link.administrator(wrong):
        pass
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        nobody = link.Place(f"postgresql://x@{HOST}:{taken.getsockname()[1]}/crm")
        with pytest.raises(link.Refused, match="Nobody answers"), link.administrator(nobody):
            pass
    if postgres.tls:
        certificates.prepare(tmp_path, [HOST], "Another")
        with pytest.raises(link.Refused, match="another server"), link.administrator(link.Place(f"postgresql://x@{HOST}:{postgres.port}/crm", str(tmp_path / "ca.crt"))):
            pass


