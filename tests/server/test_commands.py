"""`server init`, `add-user`, `check`, `backup`, `remove-user` as they are typed, up to a seat that works."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import keyring
import psycopg
import pytest
from keyring.backend import KeyringBackend

from crm_desktop import cli
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.record.text import Refused
from crm_desktop.server import certificates, commands, setting_up
from crm_desktop.store.store import Store
from tests.hotel import Hotel, at_its_hour
from tests.postgres import HOST, OWNER, Server
from tests.samples import account, row
from tests.server.department import BY_KEY, place, tables

Run = Callable[..., tuple[int, str, str]]
NAME = "typed"
SECRET = "wisteria by the gate"


class Kept(KeyringBackend):
    """A keyring in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.secrets[service, username]


@pytest.fixture(autouse=True)
def kept() -> Iterator[Kept]:
    former = keyring.get_keyring()
    mine = Kept()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(former)


def _clear(postgres: Server, name: str) -> None:
    postgres.drop(postgres.url(dbname=name))
    with postgres.connect() as connection:
        members = "select distinct m.rolname from pg_auth_members as x join pg_roles as m on m.oid = x.member join pg_roles as g on g.oid = x.roleid"
        for (login,) in connection.execute(f"{members} where not m.rolsuper and not starts_with(m.rolname, %s) and starts_with(g.rolname, %s)", (f"{name}_",) * 2).fetchall():
            connection.execute(f'drop role "{login}"')  # from 16 on, who is in a group goes first
        for (role,) in connection.execute("select rolname from pg_roles where starts_with(rolname, %s)", (f"{name}_",)).fetchall():
            connection.execute(f'drop role "{role}"')


@pytest.fixture(scope="module")
def ready(postgres: Server) -> Iterator[str]:
    """A database that is set up."""
    setting_up.init(place(postgres, NAME), RECORDS, tables)
    yield NAME
    _clear(postgres, NAME)


@pytest.fixture
def fresh(postgres: Server) -> Iterator[str]:
    """A name without a database yet."""
    yield "fresh"
    _clear(postgres, "fresh")


@pytest.fixture
def run(ready: str, postgres: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Type words after `server`, and lines at the questions."""
    monkeypatch.setenv("PATH", str(postgres.programs), prepend=os.pathsep)
    trust = ["--authority", str(postgres.authority)] if postgres.tls else []

    def typed(word: str, *words: str, lines: str = f"{postgres.password}\n", database: str = ready) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        status = cli.run(["server", word, f"postgresql://{OWNER}@{HOST}:{postgres.port}/{database}", *trust, *words])
        done = capsys.readouterr()
        return status, done.out, done.err

    yield typed
    with postgres.connect() as connection:
        connection.execute("drop role if exists lina")
    with postgres.connect(dbname=ready) as connection:
        connection.execute("truncate staff, log_in cascade")


def test_from_an_empty_server_to_a_seat_that_works(run: Run, fresh: str, postgres: Server, tmp_path: Path) -> None:
    run = partial(run, database=fresh)
    status, out, err = run("init", "--certificates", str(tmp_path / "ca"), "--name", HOST, "--name", "crm.lan")
    assert (status, err) == (0, "")
    assert certificates.fingerprint(tmp_path / "ca" / "ca.crt") in out
    status, out, err = run("add-user", "lina", "--person", "李娜", "--role", "seller")
    assert (status, err) == (0, "")
    password = out.splitlines()[-1]
    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", password)
    with Store(postgres.url("lina", fresh, password), RECORDS, seat="desk 2") as store:
        desk = Desk(store, "somebody else")  # whatever a seat says, the log has who signed in
        made = account(desk, "云楸医疗", owner_id=_staff(store, "李娜"))
        assert row(desk, BY_KEY["account"], made)["name"] == "云楸医疗"
        assert store.writer.execute("select who, seat from change order by id desc limit 1").fetchone() == ("李娜", "desk 2")
    status, out, err = run("check")
    assert status == 1
    assert "There is no backup" in err
    assert run("backup", "--to", str(tmp_path / "backups"))[0] == 0
    assert "There is no backup" not in run("check")[2]
    assert run("remove-user", "lina")[0] == 0
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres.url("lina", fresh, password))
    assert run("remove-user", "lina")[0] == 0, "twice is as once"


@pytest.mark.parametrize("before", [True, False])
def test_a_password_comes_from_a_file_where_nobody_can_type_it(run: Run, postgres: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], before: bool) -> None:
    """Named before or behind the word; with neither a file nor somebody who types, the sentence says what to do."""
    secret = tmp_path / "secret"
    secret.write_text(f"{postgres.password}\n", "utf-8")
    named = ["--password-file", str(secret)]
    address = f"postgresql://{OWNER}@{HOST}:{postgres.port}/{NAME}"
    trust = ["--authority", str(postgres.authority)] if postgres.tls else []
    assert cli.run([*(named if before else ()), "server", "check", address, *trust, *(() if before else named)]) == 1
    assert "There is no backup" in capsys.readouterr().err
    status, _, err = run("check", lines="")
    assert status == 1
    assert "name a file that holds it with --password-file" in err
    status, _, err = run("check", "--password-file", str(tmp_path / "none"), lines="")
    assert (status, "cannot be read" in err) == (1, True)


def _staff(store: Store, name: str) -> int:
    return int(store.writer.execute("select id from staff where name = ?", (name,)).fetchone()[0])


def test_a_department_that_was_one_pc(run: Run, fresh: str, hotel: Hotel, postgres: Server, tmp_path: Path) -> None:
    """What is in the file goes to the server, what a seat may see goes on the road, and everything comes back."""
    run = partial(run, database=fresh)
    file, road, back = hotel.copy(tmp_path / "hotel.db"), tmp_path / "road.db", tmp_path / "back.db"
    with at_its_hour():
        assert run("init")[0] == 0
        status, out, err = run("move", "--data", str(file))
        assert (status, err) == (0, "")
        assert "compared one by one" in out
        status, out, _ = run("move", "--data", str(file))
        assert status == 1, "it is closed now"
        assert run("add-user", "shen", "--person", "沈知渝", "--role", "dosm", "--choose", lines=f"{postgres.password}\n{SECRET}\n{SECRET}\n")[0] == 0
        with Store(postgres.url("shen", fresh, SECRET), RECORDS) as store:
            assert account(Desk(store, "x"), "搬家之后的新客户", owner_id=_staff(store, "沈知渝"))
        trust = ["--authority", str(postgres.authority)] if postgres.tls else []
        stdin = io.StringIO(f"{SECRET}\n")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", stdin)
            taking = ["server", "take-along", f"postgresql://shen@{HOST}:{postgres.port}/{fresh}", *trust, "--to", str(road), "--reason", "广交会"]
            assert cli.run(taking) == 0
        with Store(postgres.url(dbname=fresh), RECORDS) as store:
            who, action, source, reason = store.writer.execute("select who, action, source, reason from change order by id desc limit 1").fetchone()
            assert (who, action, reason) == ("沈知渝", "Exported", "广交会")
            assert source.endswith("-> road.db")
        with Store(road, RECORDS) as copy:
            assert copy.writer.execute("select count(*) from account where name = '搬家之后的新客户'").fetchone() == (1,)
            with pytest.raises(Refused, match="to be read"):
                account(Desk(copy, "x"), "不行")
        assert run("fetch", "--to", str(back))[0] == 0
        with Store(back, RECORDS) as store:
            assert store.writer.execute("select count(*) from account where name = '搬家之后的新客户'").fetchone() == (1,)
        assert cli.run(["server", "stay", "--data", str(file)]) == 0
        Store(file, RECORDS).close()
    with postgres.connect() as connection:
        connection.execute("drop role if exists shen")


def test_a_password_may_be_chosen_and_the_role_changed(run: Run, postgres: Server) -> None:
    lines = f"{postgres.password}\nwisteria by the gate\nwisteria by the gate\n"
    for role in ("seller", "credit"):
        status, out, err = run("add-user", "lina", "--person", "李娜", "--role", role, "--choose", lines=lines)
        assert (status, err) == (0, "")
        assert "wisteria" not in out
    with psycopg.connect(postgres.url("lina", NAME, "wisteria by the gate")) as seat:
        assert seat.execute("select count(*), min(role) from staff where login = 'lina'").fetchone() == (1, "credit")


@pytest.mark.parametrize(
    ("words", "lines", "sentence"),
    [
        (["add-user", "Li Na", "--person", "x", "--role", "gm"], None, "A log-in name is short"),
        (["add-user", "lina", "--person", "x", "--role", "gm", "--hotel", "nowhere"], None, "There is no hotel 'nowhere' yet"),
        (["add-user", "lina", "--person", "x", "--role", "gm", "--choose"], "{p}\none\ntwo\n", "not the same"),
        (["add-user", "lina", "--person", "x", "--role", "gm", "--choose"], "{p}\nshort\nshort\n", "at least 10 characters"),
        (["check"], "wrong\n", "lets nobody in"),
        (["remove-user", "nobody"], None, "There is no log-in 'nobody'"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence(run: Run, postgres: Server, words: list[str], lines: str | None, sentence: str) -> None:
    more = {} if lines is None else {"lines": lines.format(p=postgres.password)}
    status, out, err = run(*words, **more)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert sentence in err
    with postgres.connect() as connection:
        assert not connection.execute("select 1 from pg_roles where rolname = 'lina'").fetchone()
    with postgres.connect(dbname=NAME) as connection:
        assert not connection.execute("select name from staff").fetchall()


def test_the_keyring_keeps_the_password_only_when_told(run: Run, postgres: Server, kept: Kept) -> None:
    run("check")
    assert not kept.secrets
    run("check", "--remember")
    assert list(kept.secrets.values()) == [postgres.password]
    assert "lets nobody in" not in run("check", lines="")[2], "nothing is asked any more"


def test_without_a_keyring_it_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    status, _, err = run("check", "--remember")
    assert status == 1
    assert "no keyring" in err
    assert commands._kept("anything") == ""


def test_the_password_of_this_pcs_own_data_is_not_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm_desktop.desk.sign_in.is_locked", lambda _: True)
    assert "There is no backup" in run("check")[2]


def test_somebody_of_that_name_gets_the_log_in(run: Run, postgres: Server) -> None:
    with Store(postgres.url(dbname=NAME), RECORDS) as store:
        desk = Desk(store, "x")
        first = desk.save(BY_KEY["staff"], None, 0, {"name": "李娜"}).rows[0][1]
        run("add-user", "lina", "--person", "李娜", "--role", "seller")
        assert row(desk, BY_KEY["staff"], first)["login"] == "lina"
        for _ in range(2):
            desk.save(BY_KEY["staff"], None, 0, {"name": "王伟"})
    status, _, err = run("add-user", "wangwei", "--person", "王伟", "--role", "seller")
    assert status == 1
    assert "2 colleagues called 王伟" in err
