"""The window on a department's server: signing in with one's own log-in, every reason for not getting in as a sentence, and the
program then being that colleague's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop import app
from crm_desktop.desk.settings import LOGIN, SERVER, Settings
from crm_desktop.record.text import Refused, Text, use
from crm_desktop.server import certificates
from crm_desktop.store import tries
from crm_desktop.store.folders import settings_folder
from crm_desktop.store.server import door as ways
from crm_desktop.store.server.door import Entrance
from crm_desktop.ui import guarding, jobs, server_door, speech
from crm_desktop.ui.server_door import ServerDoor
from tests.postgres import HOST, Server, free_port
from tests.server.department import PASSWORD, Department

PATIENCE = 20_000


@pytest.fixture(scope="module")
def department(postgres: Server) -> Iterator[Department]:
    if not postgres.tls:
        pytest.skip("this PostgreSQL was built without TLS")
    made = Department(postgres, "doors")
    yield made
    made.remove()


@pytest.fixture(autouse=True)
def house(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(server_door.SECRET, raising=False)
    yield
    jobs.close()
    speech.switch("en")


def entrance(department: Department, role: str = "seller", **more: Any) -> Entrance:
    server = department.server
    given: dict[str, Any] = {"server": f"{HOST}:{server.port}/{department.place.database}", "login": department.login(role), "authority": str(server.authority)}
    return Entrance(**(given | more))


def typed(door: ServerDoor, password: str = PASSWORD, **lines: str) -> None:
    """Type as a person does, and press Return."""
    for name, words in lines.items():
        getattr(door, name).clear()
        QTest.keyClicks(getattr(door, name), words)
    door.password.clear()
    QTest.keyClicks(door.password, password)
    QTest.keyClick(door.password, Qt.Key.Key_Return)


def shown(qtbot: Any, found: Entrance, **more: Any) -> tuple[ServerDoor, list[str]]:
    made, came = ServerDoor(found, Settings(), **more), list[str]()
    qtbot.addWidget(made)
    made.done.connect(came.append)
    made.show()
    return made, came


def test_the_right_password_opens_and_nothing_keeps_it(department: Department, qtbot: Any) -> None:
    door, came = shown(qtbot, entrance(department))
    assert not door.place.isVisible()
    assert door.focusWidget() is door.password
    typed(door)
    qtbot.waitUntil(lambda: bool(came), timeout=PATIENCE)
    settings = Settings()
    assert came == [entrance(department).address(PASSWORD)]
    assert (settings.get(SERVER), settings.get(LOGIN)) == (entrance(department).address(), department.login("seller"))
    assert not door.password.text()
    kept = b"".join(file.read_bytes() for file in settings_folder().rglob("*") if file.is_file())
    assert kept
    assert PASSWORD.encode() not in kept
    assert ways.split(came[0])[0].address(PASSWORD) == came[0]


def closed_port(department: Department, _: Path) -> Entrance:
    return entrance(department, server=f"{HOST}:{free_port()}/crm")


def no_such_database(department: Department, _: Path) -> Entrance:
    return entrance(department, server=f"{HOST}:{department.server.port}/nothing")


def another_authority(department: Department, folder: Path) -> Entrance:
    certificates.prepare(folder, [HOST], "Somebody else")
    return entrance(department, authority=str(folder / "ca.crt"))


def no_encryption(department: Department, _: Path) -> Entrance:
    return entrance(department, authority="", more={"sslmode": "disable"})


def unknown_pc(department: Department, _: Path) -> Entrance:
    return entrance(department, server="no-such-pc.invalid/crm")


def as_it_is(department: Department, _: Path) -> Entrance:
    return entrance(department)


@pytest.mark.parametrize(
    ("way", "english", "chinese"),
    [
        (closed_port, "Nobody answers at", "没有回应"), (no_such_database, "There is no database nothing", "没有数据库 nothing"),
        (another_authority, "is not the server you know", "不是您认识的那台服务器"), (no_encryption, "takes no connection of", "不接受"),
        (unknown_pc, "There is no PC called no-such-pc.invalid", "没有叫 no-such-pc.invalid 的电脑"), (as_it_is, "with this password", "与这个密码不符"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_what_keeps_one_out_is_a_sentence(
    department: Department, tmp_path: Path, qtbot: Any, way: Callable[[Department, Path], Entrance], english: str, chinese: str, spoken: str
) -> None:
    use(spoken)
    door, came = shown(qtbot, way(department, tmp_path))
    typed(door, "not the right one" if way is as_it_is else PASSWORD)
    qtbot.waitUntil(lambda: bool(door.problem.text()), timeout=PATIENCE)
    assert (english if spoken == "en" else chinese) in door.problem.text()
    assert door.go.isEnabled()
    assert not came


def test_what_is_not_filled_in_is_asked_for_before_anything_is_sent(department: Department, tmp_path: Path, qtbot: Any) -> None:
    door, _ = shown(qtbot, Entrance(""))
    assert door.focusWidget() is door.server
    QTest.keyClicks(door.server, "a b/crm")
    typed(door, login="lina")
    assert "is no address" in door.problem.text()
    typed(door, server="192.0.2.1/crm")
    assert "Choose the certificate" in door.problem.text()
    door.take_authority(str(tmp_path / "nothing.crt"))
    assert "is no certificate" in door.problem.text()
    door.take_authority(str(department.server.authority))
    assert door.print_of.text().replace("\n", "") == certificates.fingerprint(department.server.authority)
    typed(door, server=f"postgresql://lina:secret@{HOST}/crm")
    assert "Leave the password out" in door.problem.text()
    door.login.clear()
    typed(door, server=f"{HOST}/crm")
    assert "Type your log-in name" in door.problem.text()


def test_the_authority_in_the_settings_folder_is_taken(department: Department, qtbot: Any) -> None:
    settings_folder().mkdir(parents=True, exist_ok=True)
    (settings_folder() / "ca.crt").write_bytes(department.server.authority.read_bytes())
    door, came = shown(qtbot, Entrance(""))
    typed(door, server=f"{HOST}:{department.server.port}/{department.place.database}", login=department.login("gm"))
    qtbot.waitUntil(lambda: bool(came), timeout=PATIENCE)
    assert "verify-full" in came[0]


ADDRESSES = [
    "postgresql://lina@192.168.1.20/crm?sslmode=verify-full&sslrootcert=%2Fpath%2Fto%2Fca.crt", "postgresql://wang%20wei@[::1]:5433/crm_2",
    "postgresql://lina@10.0.0.1,10.0.0.2:5433/crm?sslmode=verify-full&sslrootcert=%2Fca.crt&target_session_attrs=read-write", "postgresql://host/crm?sslmode=require",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_comes_out_as_it_went_in(address: str) -> None:
    found = Entrance.of(address)
    assert found.address() == address
    opened = found.address("p@ss:/?#% 密") if found.login else found.address()
    assert ways.split(opened) == (found, "p@ss:/?#% 密" if found.login else "")
    assert ways.without_secret(opened) == address


def running(department: Department, role: str) -> Any:
    program = app.Program(entrance(department, role).address(PASSWORD), Settings())
    program.window.resize(1366, 700)
    program.window.show()
    return program


def rights(program: Any, qtbot: Any) -> list[tuple[int, str]]:
    """Whose rights the desk goes by, and the seat's name."""
    found: list[Any] = []
    jobs.act(program.window, lambda desk, job: (desk.signed_in, desk.person, [hat.role for hat in desk.rights.hats]), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE)
    return found


@pytest.mark.parametrize("role", ["kitchen", "auditor", "admin"])
def test_every_sign_in_is_in_the_log(department: Department, qtbot: Any, role: str) -> None:
    program = running(department, role)

    def told() -> bool:
        with department.owner() as connection:
            return connection.execute("select 1 from change where who = %s and action = 'Signed in'", (role,)).fetchone() is not None

    qtbot.waitUntil(told, timeout=PATIENCE)
    program.close()


def test_the_program_is_that_of_who_signed_in(department: Department, qtbot: Any) -> None:
    program = running(department, "seller")
    window, person = program.window, department.people["seller"]
    assert rights(program, qtbot) == [(person, "seller", ["seller"])]
    qtbot.waitUntil(lambda: window.top.who.text() == "seller", timeout=PATIENCE)
    assert program.store.guarded
    assert window.eyes.who[0] == person
    window.go("settings")
    page = window.page("settings")
    qtbot.waitUntil(lambda: bool(page.file_label.text()), timeout=PATIENCE)
    assert page.file_label.text() == f"{HOST}:{department.server.port}/{department.place.database}"
    assert "on a server" in page.backups.note.text()
    assert not page.backups.restore_button.isVisible()
    window.go("rights")
    people = window.page("rights")
    qtbot.waitUntil(lambda: people.people.rowCount() > 0, timeout=PATIENCE)
    assert not people.first.isVisible()
    assert "at the server" in people.note.text()
    program.close()


def test_a_locked_window_opens_with_the_log_in_or_becomes_somebody_elses(department: Department, qtbot: Any) -> None:
    program = running(department, "seller")
    window = program.window
    assert guarding.may_lock(window)
    window.lock_asked.emit()
    door = program._door
    assert not window.isVisible()
    assert not door.login.isVisible()
    typed(door, "not the right one")
    qtbot.waitUntil(lambda: "with this password" in door.problem.text(), timeout=PATIENCE)
    assert not window.isVisible()
    typed(door)
    qtbot.waitUntil(window.isVisible, timeout=PATIENCE)
    window.lock_asked.emit()
    door = program._door
    door.other.click()
    typed(door, login=department.login("gm"))
    qtbot.waitUntil(lambda: program.window is not window, timeout=PATIENCE)
    assert rights(program, qtbot) == [(department.people["gm"], "gm", ["gm"])]
    program.close()


def test_a_window_of_this_pc_moves_to_a_server_and_back(department: Department, qtbot: Any) -> None:
    program = app.Program("", Settings())
    program.window.show()
    program.window.server_asked.emit()
    door = program._door
    door.take_authority(str(department.server.authority))
    typed(door, server=f"{HOST}:{department.server.port}/{department.place.database}", login=department.login("dosm"))
    qtbot.waitUntil(lambda: program.store.guarded, timeout=PATIENCE)
    qtbot.waitUntil(lambda: program.window.top.who.text() == "dosm", timeout=PATIENCE)
    program.window.server_asked.emit()
    program._door.own.click()
    qtbot.waitUntil(lambda: not program.store.guarded, timeout=PATIENCE)
    assert program.store.path.name == "crm.db"
    assert Settings().get(SERVER) == ""
    program.close()


def test_a_start_with_the_server_remembered_asks_there(department: Department, qtbot: Any) -> None:
    settings = Settings()
    settings.set(SERVER, entrance(department, "banquet_seller").address())

    def answer() -> None:
        (door,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, ServerDoor) and each.isVisible()]
        typed(door)

    QTimer.singleShot(0, answer)
    program = app._begin("", settings)
    assert program is not None
    assert program.store.person == department.people["banquet_seller"]
    program.close()


def test_a_program_that_cannot_open_the_data_says_so_at_the_door(department: Department, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_door, "nobody_sees", lambda: False)
    words, seen = Text("{file} was written by a newer version of this program; install that one.", file="crm"), list[str]()

    def opened(address: str, settings: Settings) -> None:
        if not seen:
            QTimer.singleShot(0, look)
        raise Refused(words)

    def look() -> None:
        (door,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, ServerDoor) and each.isVisible()]
        seen.append(door.problem.text())
        door.close()

    monkeypatch.setenv(server_door.SECRET, PASSWORD)
    assert server_door.begin(entrance(department).address(), Settings(), opened, None) is None
    assert seen == ["crm was written by a newer version of this program; install that one."]


def test_a_log_in_that_is_nobodys_is_told(department: Department) -> None:
    with department.owner() as connection:
        connection.execute("update staff set login = '' where id = %s", (department.people["auditor"],))
    try:
        with pytest.raises(Refused, match="belongs to no colleague"):
            app.Program(entrance(department, "auditor").address(PASSWORD), Settings())
    finally:
        with department.owner() as connection:
            connection.execute("update staff set login = %s where id = %s", (department.login("auditor"), department.people["auditor"]))


def test_wrong_passwords_are_waited_after_and_a_cut_cable_is_none(department: Department, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, now = entrance(department), [1_000.0]
    monkeypatch.setattr(tries.time, "time", lambda: now[0])
    for _ in range(4):
        with pytest.raises(Refused, match="Nobody answers"):
            ways.enter(closed_port(department, tmp_path), PASSWORD)
    for _ in range(3):
        with pytest.raises(Refused, match="with this password"):
            ways.enter(here, "not the right one")
    with pytest.raises(Refused, match="Try again in 5 seconds"):
        ways.enter(here, PASSWORD)
    now[0] += 6
    assert ways.enter(here, PASSWORD) == here.address(PASSWORD)
    with pytest.raises(Refused, match="with this password"):  # the count began anew
        ways.enter(here, "not the right one")
