"""Looking after a server, rehearsed with PostgreSQL's own tools: going back to a moment, a second server that takes over, and
chosen rows on their way to the head office."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from crm_desktop.record.text import Refused
from crm_desktop.server import backing_up, replication
from tests.postgres import HOST, OWNER, Server, binaries, give
from tests.server.department import BY_KEY, PASSWORD, Department, put

PATIENCE = 30  # seconds
NEVER_THERE = "the server did not get there in time"


@pytest.fixture
def tools(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tools of the same version as the server."""
    monkeypatch.setenv("PATH", f"{postgres.programs}{os.pathsep}{os.environ['PATH']}")


@contextmanager
def another(*settings: str, begun: Callable[[Server], None] | None = None, password: str = "") -> Iterator[Server]:
    """A server of its own that keeps what it says is saved."""
    programs = binaries()
    assert programs
    server = Server(programs, safe=True, settings=settings, begun=begun, password=password)
    try:
        yield server
    finally:
        server.remove()


def until(reached: Callable[[], bool]) -> float:
    """Wait until something holds; the seconds it took."""
    begun = time.monotonic()
    while not reached():
        assert time.monotonic() - begun < PATIENCE, NEVER_THERE
        time.sleep(0.05)
    return time.monotonic() - begun


def names(connection: Any) -> list[str]:
    return [row[0] for row in connection.execute("select name from account where id < 1000 order by id").fetchall()]


def add(connection: Any, number: int, name: str, **more: Any) -> None:
    put(connection, BY_KEY["account"], {"id": number, "name": name, "terms": name.lower(), **more})


def _unpacked(backup: Path, recovery: list[str]) -> Callable[[Server], None]:
    """A cluster begun from a base backup that reads on in the archive."""

    def begin(server: Server) -> None:
        shutil.copytree(backup, server.data)
        (server.data / "recovery.signal").touch()
        with (server.data / "postgresql.conf").open("a") as out:
            out.write("\n".join(["", *recovery, ""]))
        for path in (server.data, *server.data.rglob("*")):
            give(path)
        server.data.chmod(0o700)

    return begin


def test_a_server_goes_back_to_the_moment_before_a_mistake(postgres: Server, tools: None, tmp_path: Path) -> None:
    """Base backup while it runs, archive of what follows, loss of the whole server, and the state of one moment on another."""
    archive = postgres.folder / "archive"
    archive.mkdir(exist_ok=True)
    give(archive)
    with another("archive_mode=on", f"archive_command='test ! -f {archive}/%f && cp %p {archive}/%f'") as first:
        department = Department(first, "hotel")
        with department.owner() as connection:
            add(connection, 1, "Before the backup")
            backup = backing_up.back_up(department.place, tmp_path / "backups")
            add(connection, 2, "After the backup")
            moment = connection.execute("select clock_timestamp()::text").fetchone()[0]
            time.sleep(0.02)
            connection.execute("delete from account")
            connection.execute("select pg_switch_wal()")
            until(lambda: connection.execute("select last_archived_wal is not null and archived_count > 1 from pg_stat_archiver").fetchone()[0])
        first.stop()
        recovery = [f"restore_command = 'cp {archive}/%f %p'", f"recovery_target_time = '{moment}'", "recovery_target_action = 'promote'", "archive_mode = off"]
        with another("archive_mode=off", begun=_unpacked(backup, recovery), password=first.password) as second:
            with second.connect(dbname="hotel") as connection:
                until(lambda: not connection.execute("select pg_is_in_recovery()").fetchone()[0])
                assert names(connection) == ["Before the backup", "After the backup"]
            with psycopg.connect(second.url(department.login("seller"), "hotel", PASSWORD)) as seat:  # log-ins and their rules came along
                assert names(seat) == ["Before the backup", "After the backup"]
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    seat.execute("delete from account")
    shutil.rmtree(archive)


def test_a_backup_that_cannot_be_made_leaves_nothing(postgres: Server, tools: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    department = Department(postgres, "unsaved")
    monkeypatch.setattr(department.place, "password", "wrong")
    with pytest.raises(Refused, match="lets nobody in as owner with this password"):
        backing_up.back_up(department.place, tmp_path / "backups")
    assert not (tmp_path / "backups").exists()
    monkeypatch.setattr(department.place, "password", postgres.password)
    monkeypatch.setattr(backing_up, "tool", lambda _name, _version: Path(sys.executable))
    with pytest.raises(Refused, match="The backup was not made"):
        backing_up.back_up(department.place, tmp_path / "backups")
    assert not list((tmp_path / "backups").iterdir())
    (tmp_path / "file").touch()
    with pytest.raises(Refused, match="No backup can be made"):
        backing_up.back_up(department.place, tmp_path / "file")
    department.remove()


def test_the_tools_of_the_servers_version_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of another one cannot read its log; else those in the path, else the newest."""
    for folder in ("15", "17"):
        (tmp_path / folder / "bin").mkdir(parents=True)
        (tmp_path / folder / "bin" / "pg_verifybackup").touch(mode=0o755)
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "pg_verifybackup").touch(mode=0o755)
    monkeypatch.setattr(backing_up, "DEBIAN", tmp_path)
    monkeypatch.setattr(backing_up, "WINDOWS", tmp_path / "none")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    versions = {15: tmp_path / "15" / "bin", 17: tmp_path / "17" / "bin", 16: tmp_path / "path"}
    assert {version: backing_up.tool("pg_verifybackup", version).parent for version in versions} == versions
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    assert backing_up.tool("pg_verifybackup", 16).parent == tmp_path / "17" / "bin"


def _standby_of(first: Server) -> Callable[[Server], None]:
    def begin(server: Server) -> None:
        server.run("pg_basebackup", "-D", server.data, "-d", first.url(application_name="standby"), "-R", "-X", "stream", "--checkpoint=fast")

    return begin


def test_a_standby_takes_over_and_nothing_acknowledged_is_missing(postgres: Server) -> None:
    """The seats' address names both servers; the killed one is left for the one that takes writing."""
    with ExitStack() as opened:
        first = opened.enter_context(another())
        with first.connect() as connection:
            connection.execute("create table saved (number bigint primary key)")
        second = opened.enter_context(another(begun=_standby_of(first), password=first.password))
        with first.connect() as connection:
            connection.execute("alter system set synchronous_standby_names = '*'")
            connection.execute("select pg_reload_conf()")
            until(lambda: connection.execute("select count(*) from pg_stat_replication where sync_state in ('sync', 'quorum')").fetchone()[0] == 1)
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), second.connect() as connection:
            connection.execute("insert into saved values (0)")
        words = both(first, second)
        acknowledged = []
        with psycopg.connect(words, autocommit=True) as seat:
            for number in range(200):
                seat.execute("insert into saved values (%s)", (number,))
                acknowledged.append(number)
            first.kill()
            with pytest.raises(psycopg.OperationalError):
                seat.execute("insert into saved values (1000)")
        second.run("pg_ctl", "promote", "-D", second.data, "-w")
        with psycopg.connect(words, autocommit=True) as seat:
            assert seat.info.port == second.port
            assert [row[0] for row in seat.execute("select number from saved where number < 1000 order by number").fetchall()] == acknowledged
            seat.execute("insert into saved values (2000)")


def both(first: Server, second: Server) -> str:
    """What stands in the seats' settings: both servers, and that it must be the one that takes writing."""
    return psycopg.conninfo.make_conninfo(
        host=f"{HOST},{HOST}", port=f"{first.port},{second.port}", user=OWNER, password=first.password, dbname="postgres",
        target_session_attrs="read-write", connect_timeout=3, sslmode="require" if first.tls else "prefer",
    )  # fmt: skip


SHARED = [BY_KEY["account"], BY_KEY["hotel"]]
PUBLIC = {"account": "relation <> 'private'"}


def test_chosen_rows_reach_the_head_office_and_private_ones_stay(postgres: Server) -> None:
    with ExitStack() as opened:
        hotel = opened.enter_context(another("wal_level=logical"))
        group = opened.enter_context(another())
        at_hotel, at_group = Department(hotel, "hotel"), Department(group, "office")
        here, there = opened.enter_context(at_hotel.owner()), opened.enter_context(at_group.owner())
        there.execute("truncate hotel, staff cascade")
        for number in (1, 2, 3):
            add(here, number, f"Company {number}", relation="private" if number == 2 else "key")
        for sql in replication.publish(SHARED, PUBLIC):
            here.execute(sql)
        for sql in replication.subscribe("one", hotel.url(dbname="hotel"), SHARED):
            there.execute(sql)
        until(lambda: names(there) == ["Company 1", "Company 3"])

        here.execute("update account set name = 'Company 1 renamed', terms = 'renamed' where id = 1")
        here.execute("update account set relation = 'private' where id = 3")  # from now on it is nobody else's business
        until(lambda: names(there) == ["Company 1 renamed"])
        assert words(there) == [(1, "renamed")]

        group.stop()  # the link is down; the hotel goes on working
        add(here, 4, "Written meanwhile", relation="key")
        add(here, 5, "Private meanwhile", relation="private")
        group.start()
        with at_group.owner() as again:
            until(lambda: names(again) == ["Company 1 renamed", "Written meanwhile"])
            assert not again.execute("select 1 from account where relation = 'private'").fetchone()
            again.execute("drop subscription crm_group_one")


def words(connection: Any) -> list[Any]:
    return list(connection.execute("select row_id, term from account_term order by 1, 2").fetchall())
