"""The server that tests run on: databases of their own, TLS and SCRAM only, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests import postgres as servers
from tests.postgres import Server

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60  # seconds
CHILD = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where whoever started the tests has it ignored
from tests import postgres
server = postgres.shared()
with server.connect() as connection:
    print(connection.execute("show data_directory").fetchone()[0], server._process.pid, flush=True)
time.sleep(600)
"""


def secured(server: Server) -> None:
    if not server.tls:
        pytest.skip("this PostgreSQL was built without TLS")


def test_a_fresh_database_is_empty_and_its_own(postgres: Server) -> None:
    first, second = postgres.fresh_database(), postgres.fresh_database()
    with psycopg.connect(first) as one, psycopg.connect(second) as other:
        one.execute("create table only_here (id bigint)")
        assert other.execute("select to_regclass('only_here')").fetchone() == (None,)
    postgres.drop(first)
    postgres.drop(second)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(first)


def test_a_template_is_filled_once(postgres: Server) -> None:
    filled = []

    def fill(address: str) -> None:
        filled.append(address)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("create table ready (id bigint)")

    names = {postgres.template("of this test", fill) for _ in range(2)}
    assert (len(names), len(filled)) == (1, 1)
    address = postgres.fresh_database(names.pop())
    with psycopg.connect(address) as connection:
        assert connection.execute("select count(*) from ready").fetchone() == (0,)
    postgres.drop(address)


def test_passwords_are_scram(postgres: Server) -> None:
    with postgres.connect() as connection:
        assert connection.execute("select rolpassword like 'SCRAM-SHA-256$%' from pg_authid where rolname = 'owner'").fetchone() == (True,)
        methods = connection.execute("select distinct auth_method from pg_hba_file_rules").fetchall()
    assert methods == [("scram-sha-256",)]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.url(password="wrong"))


def test_it_speaks_tls_only(postgres: Server) -> None:
    secured(postgres)
    with postgres.connect() as connection:
        assert connection.execute("select ssl from pg_stat_ssl where pid = pg_backend_pid()").fetchone() == (True,)
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        psycopg.connect(postgres.url("anybody", sslmode="disable"))


def test_another_server_is_not_believed(postgres: Server, tmp_path: Path) -> None:
    secured(postgres)
    servers.certificates.prepare(tmp_path, ["127.0.0.1"], "Somebody else")
    with pytest.raises(psycopg.OperationalError, match="certificate verify failed"):
        psycopg.connect(postgres.url(sslrootcert=str(tmp_path / "ca.crt")))


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_nothing_is_left_behind(postgres: Server, ending: signal.Signals) -> None:
    """However the tests end, their server ends and its folder goes."""
    child = subprocess.Popen([sys.executable, "-c", CHILD], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert child.stdout
    folder, process = child.stdout.readline().split()
    child.send_signal(ending)
    child.communicate(timeout=PATIENCE)
    until = time.monotonic() + PATIENCE
    while Path(folder).parent.exists() or _is_running(int(process)):
        assert time.monotonic() < until
        time.sleep(0.05)
