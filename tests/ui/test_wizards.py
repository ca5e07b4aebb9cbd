"""The wizards about a department's server, driven as whoever looks after it does, on a server of their own."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop import app
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import SERVER, Settings, own_database
from crm_desktop.duties import RECORDS
from crm_desktop.duties.settings import pages_server
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.server import certificates, link, setting_up
from crm_desktop.server.pages_check import CheckStep
from crm_desktop.server.pages_fetch import NO_REASON, FetchStep
from crm_desktop.server.pages_move import NOTHING, MoveStep
from crm_desktop.server.pages_people import PeopleStep, proposed
from crm_desktop.server.pages_place import PlaceStep
from crm_desktop.server.pages_prepare import AGAIN, PrepareStep
from crm_desktop.store import backup
from crm_desktop.store.server.moving import ServerTarget
from crm_desktop.store.store import Store
from crm_desktop.ui import jobs, speech
from crm_desktop.ui.server_door import ServerDoor
from crm_desktop.ui.stepper import NEXT
from tests.postgres import HOST, OWNER, Server, free_port, own_server
from tests.server.department import BY_KEY, place, tables

PATIENCE = 180_000  # ms; the machine may have much else to do
NAMES = iter(f"hotel{n}" for n in range(100))
READY = "ready"


@pytest.fixture(scope="module")
def server(postgres: Server) -> Iterator[Server]:
    """As an installer leaves it: without TLS, on loopback only; with one database that is prepared already, so that whatever
    test writes the lines of pg_hba.conf first writes its line too."""
    if not postgres.tls:
        pytest.skip("this PostgreSQL was built without TLS")
    with own_server(safe=False, tls=False) as found:
        setting_up.init(place(found, READY), RECORDS, tables)
        yield found


@pytest.fixture
def ready(server: Server) -> str:
    """The database that was prepared; doing it again is harmless and quick."""
    return READY


@pytest.fixture(autouse=True)
def house(qapp: QApplication) -> Iterator[None]:
    yield
    jobs.close()
    speech.switch("en")


@pytest.fixture
def program(house: None) -> Iterator[Any]:
    made = app.Program("", Settings())
    made.window.show()
    yield made
    made.close()


def opened(program: Any, qtbot: Any, way: str = "prepare") -> Any:
    """Press the button on the settings page."""
    before = program.wizard
    program.window.go("settings")
    qtbot.mouseClick(program.window.page("settings").server_buttons[way], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.wizard is not before, timeout=PATIENCE)
    return program.wizard


def typed(edit: Any, words: str) -> None:
    edit.clear()
    QTest.keyClicks(edit, words)


def sign_in(wizard: Any, server: Server, database: str, secret: str = "", *, port: int = 0) -> None:
    """Type where the server is and who looks after it, and press Next."""
    step = wizard.step
    assert isinstance(step, PlaceStep)
    typed(step.server, f"{HOST}:{port or server.port}/{database}")
    typed(step.user, OWNER)
    step.password.setFocus()
    typed(step.password, secret or server.password)
    QTest.keyClick(step.password, Qt.Key.Key_Return)


def arrived(wizard: Any, kind: type, qtbot: Any) -> Any:
    qtbot.waitUntil(lambda: isinstance(wizard.step, kind) and wizard.job is None, timeout=PATIENCE)
    return wizard.step


def said(wizard: Any, words: str, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: words in wizard.told.text(), timeout=PATIENCE)


def press(wizard: Any, qtbot: Any) -> None:
    qtbot.mouseClick(wizard.next_button, Qt.MouseButton.LeftButton)


def staffed(program: Any, name: str = "李娜") -> None:
    """Two colleagues, one of them with a role."""
    desk = Desk(program.store, "x")
    desk.save(BY_KEY["staff"], None, 0, {"name": name, "role": "seller"})
    desk.save(BY_KEY["staff"], None, 0, {"name": "王伟"})


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_from_a_fresh_server_to_colleagues_who_sign_in(
    program: Any, server: Server, request: pytest.FixtureRequest, qtbot: Any, tmp_path: Path, spoken: str
) -> None:
    """In English everything is made; in Chinese it was prepared before."""
    speech.switch(spoken)
    name, login = ("赵敏", "zhaomin") if spoken == "en" else ("李娜", "lina")  # log-ins are the whole server's
    staffed(program, name)
    database, folder = next(NAMES) if spoken == "en" else str(request.getfixturevalue("empty_there")), tmp_path / "ca"
    wizard = opened(program, qtbot)
    sign_in(wizard, server, database)
    step = arrived(wizard, PrepareStep, qtbot)
    assert server.password not in wizard.findChild(PlaceStep).password.text()
    assert database in step.list.text()
    assert spoken != "en" or not _databases(server, database), "listed before it is done"
    typed(step.names, HOST)
    typed(step.folder, str(folder))
    assert str(folder) in step.list.text()
    press(wizard, qtbot)
    qtbot.waitUntil(lambda: step.done is not None and wizard.job is None, timeout=PATIENCE)
    assert step.print_of.text().replace("\n", "") == certificates.fingerprint(folder / "ca.crt")
    if step.done.restart:
        assert wizard.next_button.text() == say(AGAIN)
        press(wizard, qtbot)
        said(wizard, say(Text("PostgreSQL answers, but it was not restarted yet.")), qtbot)
        server.restart()
    press(wizard, qtbot)
    arrived(wizard, MoveStep, qtbot).later.click()
    people = arrived(wizard, PeopleStep, qtbot)
    assert [(row.tick.text(), row.login.text(), row.tick.isChecked()) for row in people.rows] == [(name, login, True), ("王伟", "wangwei", False)]
    press(wizard, qtbot)
    qtbot.waitUntil(lambda: bool(people.given) and wizard.job is None, timeout=PATIENCE)
    secret = people.given[login][1]
    assert people.rows[0].password.text() == secret
    assert not people.rows[0].tick.isChecked()
    people.copy_button.click()
    assert secret in QGuiApplication.clipboard().text()
    assert f"{HOST}:{server.port}/{database}" in QGuiApplication.clipboard().text()
    with Store(f"postgresql://{login}:{secret}@{HOST}:{server.port}/{database}?sslmode=verify-full&sslrootcert={folder / 'ca.crt'}", RECORDS) as store:
        assert store.writer.execute("select name from staff where login = ?", (login,)).fetchone() == (name,)
    press(wizard, qtbot)
    check = arrived(wizard, CheckStep, qtbot)
    backup = Text("There is no backup of the server yet. Run: server backup --to FOLDER")
    qtbot.waitUntil(lambda: any(each.text() == say(backup) for each in check.said), timeout=PATIENCE)
    check.again.click()
    qtbot.waitUntil(lambda: wizard.job is None and any(each.text() == say(backup) for each in check.said), timeout=PATIENCE)


def moving(program: Any, server: Server, qtbot: Any, database: str) -> Any:
    """A wizard that has counted this PC's data."""
    wizard = opened(program, qtbot, "move")
    sign_in(wizard, server, database)
    step = arrived(wizard, MoveStep, qtbot)
    qtbot.waitUntil(lambda: step.tables.rowCount() > 0, timeout=PATIENCE)
    return wizard


@pytest.fixture
def empty_there(server: Server, ready: str) -> Iterator[str]:
    """The prepared database, empty again afterwards."""
    yield ready
    with server.connect(dbname=ready) as connection:
        found = connection.execute("select tablename from pg_tables where schemaname = 'public' and tablename like '%\\_term'").fetchall()
        names = [*(record.key for record in RECORDS), *(name for (name,) in found), "change", "change_row", "log_in"]
        connection.execute(f"truncate {', '.join(names)} cascade")
        connection.execute("delete from setting")


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_this_pcs_data_moves_and_the_sign_in_opens(program: Any, server: Server, empty_there: str, qtbot: Any, spoken: str) -> None:
    speech.switch(spoken)
    staffed(program)
    file = program.store.path
    wizard = moving(program, server, qtbot, empty_there)
    press(wizard, qtbot)
    qtbot.waitUntil(lambda: wizard.moved and wizard.job is None, timeout=PATIENCE)
    step = wizard.step
    assert program.window is None
    assert backup.listed(file), "a backup was made before"
    shown = [step.tables.index(at, 0).data() for at in range(step.tables.rowCount())]
    at = shown.index(say(BY_KEY["staff"].many or BY_KEY["staff"].title))
    assert [step.tables.index(at, column).data() for column in (1, 2, 3)] == ["2", "2", say(Text("row by row the same"))]
    with server.connect(dbname=empty_there) as connection:
        assert connection.execute("select count(*) from staff").fetchone() == (2,)
    with pytest.raises(Refused):
        Store(file, RECORDS)
    wizard.close()
    assert wizard.isVisible(), "nobody could sign in yet"
    assert "add-user" in wizard.told.text()
    press(wizard, qtbot)
    people = arrived(wizard, PeopleStep, qtbot)
    qtbot.waitUntil(lambda: len(people.rows) == 2, timeout=PATIENCE)
    press(wizard, qtbot)
    qtbot.waitUntil(lambda: "lina" in people.given and wizard.job is None, timeout=PATIENCE)
    secret = people.given["lina"][1]
    wizard.close()
    door = program.wizard
    assert isinstance(door, ServerDoor)
    assert f"{HOST}:{server.port}/{empty_there}" in Settings().get(SERVER)
    typed(door.login, "lina")
    typed(door.password, secret)
    QTest.keyClick(door.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: program.window.top.who.text() == "李娜", timeout=PATIENCE)


def cancelled(wizard: Any, server: Server) -> None:
    wizard.busy.cancel_button.click()


def killed(wizard: Any, server: Server) -> None:
    server.kill()
    server.start()


@pytest.mark.parametrize("cut", [cancelled, killed])
def test_cut_off_nothing_has_moved_and_again_is_safe(
    program: Any, server: Server, empty_there: str, qtbot: Any, monkeypatch: pytest.MonkeyPatch, cut: Callable[..., None]
) -> None:
    """In the middle of the rows; the second time everything arrives, once."""
    staffed(program)
    wizard = moving(program, server, qtbot, empty_there)
    reached, go_on = threading.Event(), threading.Event()
    seal = ServerTarget.seal

    def held(self: ServerTarget, since: str) -> None:
        reached.set()
        assert go_on.wait(PATIENCE / 1000)
        moving_step(0, 0)
        seal(self, since)

    def moving_step(done: int, total: int) -> None:
        wizard.job.step(done, total)

    monkeypatch.setattr(ServerTarget, "seal", held)
    press(wizard, qtbot)
    qtbot.waitUntil(reached.is_set, timeout=PATIENCE)
    cut(wizard, server)
    go_on.set()
    said(wizard, "Nothing has moved" if cut is cancelled else " ", qtbot)
    qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible(), timeout=PATIENCE)
    assert wizard.step.more.text() == say(NOTHING)
    assert program.store.path.name == "crm.db"
    assert _rows(server, empty_there) == 0
    monkeypatch.setattr(ServerTarget, "seal", seal)
    press(wizard, qtbot)
    qtbot.waitUntil(lambda: wizard.moved and wizard.job is None, timeout=PATIENCE)
    assert _rows(server, empty_there) == 2


def _rows(server: Server, database: str) -> int:
    with server.connect(dbname=database) as connection:
        return int(connection.execute("select count(*) from staff").fetchone()[0])


def test_while_somebody_else_has_the_file_open_nothing_moves(program: Any, server: Server, empty_there: str, qtbot: Any) -> None:
    staffed(program)
    wizard = moving(program, server, qtbot, empty_there)
    with Store(program.store.path, RECORDS):
        press(wizard, qtbot)
        said(wizard, "open in another window", qtbot)
        qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible(), timeout=PATIENCE)
    assert _rows(server, empty_there) == 0


def test_a_database_that_is_not_prepared_is_told(program: Any, server: Server, qtbot: Any) -> None:
    wizard = opened(program, qtbot, "move")
    sign_in(wizard, server, next(NAMES))
    said(wizard, "Prepare a server", qtbot)


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_the_servers_data_comes_back_and_opens(program: Any, server: Server, empty_there: str, qtbot: Any, tmp_path: Path, spoken: str) -> None:
    """In Chinese as a plain file, which this program does not open; a reason is asked for and kept."""
    speech.switch(spoken)
    with server.connect(dbname=empty_there) as connection:
        connection.execute("insert into staff (id, version, name, sort, terms) values (1, 1, '李娜', 'li na', 'li na')")
    wizard = opened(program, qtbot, "fetch")
    sign_in(wizard, server, empty_there)
    step = arrived(wizard, FetchStep, qtbot)
    file = tmp_path / "back.db"
    typed(step.file, str(file))
    press(wizard, qtbot)
    said(wizard, say(NO_REASON), qtbot)
    assert not file.exists()
    typed(step.reason, "trade fair")
    if spoken != "en":
        step.plain.click()
        press(wizard, qtbot)
        qtbot.waitUntil(lambda: step.done is not None and wizard.job is None, timeout=PATIENCE)
        with closing(sqlite3.connect(file)) as plain:
            assert plain.execute("select name from staff").fetchall() == [("李娜",)]
    else:
        press(wizard, qtbot)
        qtbot.waitUntil(lambda: step.done is not None and wizard.job is None, timeout=PATIENCE)
        assert b"SQLite" not in file.read_bytes()[:64]
        assert step.later.isVisible()
        step.later.click()
        press(wizard, qtbot)
        qtbot.waitUntil(lambda: program.window is not None and program.store.path == file, timeout=PATIENCE)
        assert program.store.writer.execute("select name from staff").fetchall() == [("李娜",)]
        assert own_database(Settings()) == file, "later starts open it, too"
        assert Settings().get(SERVER) == ""
    with server.connect(dbname=empty_there) as connection:
        assert connection.execute("select reason from change order by id desc limit 1").fetchone() == ("trade fair",)


def _databases(server: Server, name: str) -> list[Any]:
    with server.connect() as connection:
        return list(connection.execute("select datname from pg_database where datname = %s", (name,)).fetchall())


REFUSED = (
    ({"secret": "not the right one"}, 15, "lets nobody in as owner with this password", "不接受 owner 的这个密码"),
    ({"port": 0}, 15, "Nobody answers at", "没有应答"),
    ({}, 14, "This is PostgreSQL 14", "PostgreSQL 14"),
)  # fmt: skip


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_a_server_that_cannot_be_prepared_is_a_sentence(program: Any, server: Server, qtbot: Any, monkeypatch: pytest.MonkeyPatch, spoken: str) -> None:
    """A wrong password, nobody who answers, a server that is too old, an address that is none: each can be mended and tried again."""
    speech.switch(spoken)
    wizard, database = opened(program, qtbot), next(NAMES)
    for more, number, english, chinese in REFUSED:
        monkeypatch.setattr(link, "version", lambda _, number=number: number)
        sign_in(wizard, server, database, more.get("secret", ""), port=free_port() if "port" in more else 0)
        said(wizard, english if spoken == "en" else chinese, qtbot)
        assert isinstance(wizard.step, PlaceStep)
        assert wizard.next_button.isEnabled()
    typed(wizard.step.server, "192.168.1.20/Not A Name")
    press(wizard, qtbot)
    said(wizard, "small letters, digits and underscores" if spoken == "en" else "小写字母", qtbot)
    assert not _databases(server, database)


def prepared(program: Any, server: Server, qtbot: Any, tmp_path: Path, database: str) -> Any:
    """A wizard at the step of the colleagues."""
    wizard = opened(program, qtbot)
    sign_in(wizard, server, database)
    step = arrived(wizard, PrepareStep, qtbot)
    typed(step.names, HOST)
    typed(step.folder, str(tmp_path / "ca"))
    press(wizard, qtbot)
    qtbot.waitUntil(lambda: step.done is not None and wizard.job is None, timeout=PATIENCE)
    if step.done.restart:
        server.restart()
    press(wizard, qtbot)
    step = arrived(wizard, MoveStep, qtbot)
    if step.words is NEXT:
        press(wizard, qtbot)
    else:
        step.later.click()
    arrived(wizard, PeopleStep, qtbot)
    return wizard


def test_prepared_again_all_stays_and_what_was_given_is_known(program: Any, server: Server, empty_there: str, qtbot: Any, tmp_path: Path) -> None:
    database = empty_there
    staffed(program)
    wizard = prepared(program, server, qtbot, tmp_path, database)
    printed = certificates.fingerprint(tmp_path / "ca" / "ca.crt")
    press(wizard, qtbot)
    qtbot.waitUntil(lambda: bool(wizard.step.given) and wizard.job is None, timeout=PATIENCE)
    secret = wizard.step.given["lina"][1]
    again = prepared(program, server, qtbot, tmp_path, database)
    assert again is not wizard
    assert certificates.fingerprint(tmp_path / "ca" / "ca.crt") == printed
    assert [(row.login.text(), row.tick.isChecked(), row.password.text()) for row in again.step.rows] == [("lina", False, "has a log-in")]
    with psycopg.connect(f"postgresql://lina:{secret}@{HOST}:{server.port}/{database}") as seat:
        assert seat.execute("select count(*) from staff").fetchone() == (1,)
    again.step.add_button.click()
    typed(again.step.rows[-1].name, "Wang Wei")
    assert again.step.rows[-1].login.text() == "wangwei"
    press(again, qtbot)
    said(again, "Choose a role for Wang Wei", qtbot)
    again.step.rows[-1].role.setCurrentIndex(2)
    again.step.rows[-1].login.setText("lina")
    again.step.rows[0].tick.setChecked(True)
    press(again, qtbot)
    said(again, "stands there twice", qtbot)


def test_stopped_in_the_middle_it_can_be_begun_again(program: Any, server: Server, ready: str, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cancel is pressed between two parts; the second run goes on where the first one stopped."""
    made = certificates.prepare
    wizard = opened(program, qtbot)
    sign_in(wizard, server, ready)
    step = arrived(wizard, PrepareStep, qtbot)
    typed(step.names, HOST)
    typed(step.folder, str(tmp_path / "ca"))

    def cut(*words: Any) -> str:
        wizard.job.cancel()
        return made(*words)

    monkeypatch.setattr(certificates, "prepare", cut)
    press(wizard, qtbot)
    said(wizard, "Stopped.", qtbot)
    monkeypatch.setattr(certificates, "prepare", made)
    assert step.done is None
    press(wizard, qtbot)
    qtbot.waitUntil(lambda: step.done is not None and wizard.job is None, timeout=PATIENCE)


def test_the_window_stays_alive_and_closing_waits_for_the_end(program: Any, server: Server, qtbot: Any) -> None:
    wizard = opened(program, qtbot)
    gone: list[bool] = []
    wizard.closed.connect(lambda: gone.append(True))
    sign_in(wizard, server, next(NAMES))
    wizard.close()
    assert not gone, "first it is known how it ended"
    qtbot.waitUntil(lambda: bool(gone), timeout=PATIENCE)


def test_where_the_folder_of_the_server_is_not_in_reach_the_command_is_said(program: Any, server: Server, ready: str, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_ours(*_: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(shutil, "copyfile", not_ours)
    wizard = opened(program, qtbot)
    database = ready
    sign_in(wizard, server, database)
    step = arrived(wizard, PrepareStep, qtbot)
    typed(step.names, HOST)
    typed(step.folder, str(tmp_path / "ca"))
    press(wizard, qtbot)
    said(wizard, "is not in reach", qtbot)
    assert f"server init postgresql://{OWNER}@{HOST}:{server.port}/{database} --here --name {HOST} --certificates" in step.command.text()
    assert server.password not in step.command.text()
    step.typed_button.click()
    qtbot.waitUntil(lambda: step.done is not None and wizard.job is None, timeout=PATIENCE)
    assert step.print_of.text()


def test_a_locked_window_hides_the_wizard(program: Any, qtbot: Any) -> None:
    wizard = opened(program, qtbot)
    program.window.hide()
    assert not wizard.isVisible()
    program.window.show()
    assert wizard.isVisible()


def test_a_role_that_may_not_restore_prepares_nothing(program: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise Refused(Text("Your role may not {what} here. Ask whoever gives the roles.", what="x"))

    monkeypatch.setattr(pages_server, "need", refuse)
    program.window.go("settings")
    program.window.page("settings").server_buttons["prepare"].click()
    qtbot.waitUntil(lambda: program.window.toast.isVisible(), timeout=PATIENCE)
    assert program.wizard is None


@pytest.mark.parametrize(("name", "login"), [("李娜", "lina"), ("Wang Wei", "wangwei"), ("", ""), ("沈知渝", "shenzhiyu")])
def test_a_log_in_name_is_proposed(name: str, login: str) -> None:
    assert proposed(name) == login
