"""The door, locking and switching, and masked values, as a person uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop import app
from crm_desktop.desk import sign_in
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import LOCK_AFTER, SAMPLE, Settings
from crm_desktop.duties import RECORDS, record_of
from crm_desktop.duties.settings.pages_passwords import FirstPassword
from crm_desktop.record.text import use
from crm_desktop.store import keys, wraps
from crm_desktop.store.store import Store
from crm_desktop.ui import drafts, guarding, jobs, speech, theme
from crm_desktop.ui.form import Form
from crm_desktop.ui.sign_in import SignIn
from tests.hotel import Hotel, at_its_hour

PATIENCE = 20_000
DIRECTOR, SELLER = "沈知渝", "周一禾"
WORDS, THEIRS = "correct horse battery", "the seller's own"
Running = Callable[[], app.Program]


@pytest.fixture(autouse=True)
def house(qapp: QApplication, cheap_passwords: None) -> Iterator[None]:
    if qapp.property("look") is None:
        theme.apply(qapp, dark=False)
    with at_its_hour():
        yield
    jobs.close()
    keys._unlocked.clear()
    speech.switch("en")


@pytest.fixture
def path(hotel: Hotel, tmp_path: Path) -> Path:
    """The hotel's data, closed with the passwords of two."""
    made = hotel.copy(tmp_path / "hotel.db")
    with Store(made, RECORDS) as store:
        desk = Desk(store, "nobody")
        sign_in.begin(desk, hotel.ids[DIRECTOR], "shenzhiyu", WORDS, wraps.new_recovery())
        settings = Settings()
        settings.person = hotel.ids[DIRECTOR]
        desk.sit(settings)
        sign_in.give(desk, hotel.ids[SELLER], THEIRS)
    return made


def running(path: Path, hotel: Hotel, name: str) -> app.Program:
    settings = Settings()
    settings.person = hotel.ids[name]
    program = app.Program(path, settings)
    program.window.resize(1366, 700)
    program.window.show()
    return program


def typed(door: SignIn, login: str, password: str) -> None:
    if login:
        door.login.clear()
        QTest.keyClicks(door.login, login)
    door.password.clear()
    QTest.keyClicks(door.password, password)
    QTest.keyClick(door.password, Qt.Key.Key_Return)


@pytest.mark.parametrize("words", ["en", "zh_CN"])
def test_the_door_opens_for_the_right_password_only(path: Path, hotel: Hotel, qtbot: Any, words: str) -> None:
    keys._unlocked.clear()
    use(words)
    door = SignIn(path, Settings(), lambda: None)
    qtbot.addWidget(door)
    came: list[Any] = []
    door.done.connect(came.append)
    door.show()
    typed(door, "shenzhiyu", "wrong one")
    qtbot.waitUntil(lambda: door.problem.text() in ("The log-in name or the password is not right.", "登录名或密码不正确。"), timeout=PATIENCE)
    assert not came
    typed(door, "", WORDS)
    qtbot.waitUntil(lambda: bool(came), timeout=PATIENCE)
    assert came[0].person == hotel.ids[DIRECTOR]
    assert not door.password.text()


def test_the_door_says_how_long_one_must_wait(path: Path, qtbot: Any) -> None:
    door = SignIn(path, Settings(), lambda: None)
    qtbot.addWidget(door)
    door.show()
    for _ in range(3):
        qtbot.waitUntil(door.go.isEnabled, timeout=PATIENCE)
        typed(door, "shenzhiyu", "wrong one")
        qtbot.waitUntil(lambda: bool(door.problem.text()), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Too many" in door.problem.text(), timeout=PATIENCE)
    assert not door.go.isEnabled()


def test_a_mistyped_recovery_key_names_the_group(path: Path, qtbot: Any) -> None:
    door = SignIn(path, Settings(), lambda: None)
    qtbot.addWidget(door)
    door.show()
    door.recover.click()
    groups = wraps.new_recovery().split()
    groups[2] = groups[2][:4] + ("A" if groups[2][4] != "A" else "B")
    QTest.keyClicks(door.printed, " ".join(groups))
    door.new_login.setText("shenzhiyu")
    for each in (door.new_password, door.again):
        QTest.keyClicks(each, "a new password")
    QTest.keyClick(door.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Group 3" in door.problem.text(), timeout=PATIENCE)


def test_a_locked_window_keeps_what_is_typed_and_opens_again(path: Path, hotel: Hotel, qtbot: Any) -> None:
    program = running(path, hotel, DIRECTOR)
    window = program.window
    window.go("accounts")
    page = window.page("accounts")
    qtbot.waitUntil(lambda: page.list.model.rowCount() > 0, timeout=PATIENCE)
    page.list.view.selectRow(0)
    qtbot.waitUntil(lambda: page.form is not None and page.form.row_id is not None, timeout=PATIENCE)
    QTest.keyClicks(page.form.cells["short_name"].editor, "x")
    assert page.form.dirty()
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: program._door is not None, timeout=PATIENCE)
    assert not window.isVisible()
    door = program._door
    qtbot.waitUntil(lambda: drafts.keeper().is_safe, timeout=PATIENCE)  # type: ignore[union-attr]
    typed(door, "", "wrong one")
    qtbot.waitUntil(lambda: bool(door.problem.text()), timeout=PATIENCE)
    assert not window.isVisible()
    typed(door, "", WORDS)
    qtbot.waitUntil(window.isVisible, timeout=PATIENCE)
    assert page.form.dirty()
    page.form.discard()
    program.close()


def test_somebody_else_comes_in_without_a_restart(path: Path, hotel: Hotel, qtbot: Any) -> None:
    program = running(path, hotel, DIRECTOR)
    guarding.lock(program.window)
    door = program._door
    door.other.click()
    typed(door, "zhouyihe", THEIRS)
    qtbot.waitUntil(lambda: program.window.isVisible() and program.window.top.who.text() == SELLER, timeout=PATIENCE)
    window = program.window
    window.go("accounts")
    page = window.page("accounts")
    mine = sum(row["owner_id"] in (hotel.ids[SELLER], None) for row in hotel.house.all(record_of("account")))
    qtbot.waitUntil(lambda: page.list.model.rowCount() == mine, timeout=PATIENCE)
    program.close()


@pytest.mark.parametrize(("minutes", "waits", "last"), [(5, [100, 100, 99], 2), (240, [100], 121)], ids=["nobody types", "the PC slept"])
def test_a_window_nobody_sits_at_locks_itself(
    path: Path, hotel: Hotel, qtbot: Any, monkeypatch: pytest.MonkeyPatch, minutes: int, waits: list[int], last: int
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(guarding, "instant", lambda: now[0])
    program = running(path, hotel, DIRECTOR)
    idle = program.window.findChild(guarding.IdleLock)
    program.window.settings.set(LOCK_AFTER, 0)
    now[0] += 9_999
    idle.look()
    assert program._door is None
    program.window.settings.set(LOCK_AFTER, minutes)
    idle.look()
    for wait in waits:
        now[0] += wait
        idle.look()
        assert program._door is None
    now[0] += last
    idle.look()
    assert program._door is not None
    assert not program.window.isVisible()
    program._door._let_in = True
    program._door.close()
    program.close()


def test_without_passwords_nothing_is_locked(hotel: Hotel, tmp_path: Path) -> None:
    program = app.Program(hotel.copy(tmp_path / "hotel.db"), Settings())
    program.window.show()
    guarding.lock(program.window)
    assert "Nobody has a password yet" in program.window.toast.label.text()
    assert program.window.isVisible()
    program.close()


def test_a_masked_value_is_shown_after_its_purpose_was_said(path: Path, hotel: Hotel, qtbot: Any) -> None:
    keys._unlocked.clear()
    sign_in.open_with_password(path, "zhouyihe", THEIRS)
    program = running(path, hotel, SELLER)
    mine = next(row for row in hotel.house.all(record_of("account")) if row["owner_id"] == hotel.ids[SELLER] and row["credit_limit"])
    program.window.open_record("account", mine["id"])
    shown: list[Form] = []

    def found() -> bool:
        shown[:] = [form for form in program.window.page("accounts").findChildren(Form) if form.row_id == mine["id"]]
        return bool(shown)

    qtbot.waitUntil(found, timeout=PATIENCE)
    form = shown[0]
    masked: Any = form.cells["credit_limit"].masked
    assert masked.words.text() == "•••"
    assert form.cells["credit_limit"].editor.isHidden()
    masked.ask.click()
    QTest.keyClicks(masked.line, "the client asks")
    QTest.keyClick(masked.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: f"{mine['credit_limit'] // 100:,}" in masked.words.text(), timeout=PATIENCE)
    QTest.keyClicks(form.cells["industry"].editor, "y")
    form.save()  # what is masked is no obstacle to saving the rest
    qtbot.waitUntil(lambda: not form.dirty(), timeout=PATIENCE)
    _what_all_go_by_is_only_looked_at(program, hotel, qtbot)
    program.close()


def _what_all_go_by_is_only_looked_at(program: app.Program, hotel: Hotel, qtbot: Any) -> None:
    """By a seller: the form takes no typing and says who changes it."""
    tea = hotel.house.all(record_of("gift_item"))[0]["id"]
    program.window.open_record("gift_item", tea)
    page = program.window.page("gift-store")
    qtbot.waitUntil(lambda: any(form.row_id == tea for form in page.findChildren(Form)), timeout=PATIENCE)
    form = next(form for form in page.findChildren(Form) if form.row_id == tea)
    assert not form.cells["stock"].editor.isEnabled()
    assert not form.can_remove()
    said = form._notice.findChildren(type(form._note))[0].text()
    assert said == "Gift store: only to look at. Changed by General manager, Director of sales, Sales manager, Client representative, Credit and finance."


def test_the_first_password_is_set_by_hand(hotel: Hotel, tmp_path: Path, qtbot: Any) -> None:
    """From the page: the password twice, the recovery key typed back, then the data opens with it only."""
    path = hotel.copy(tmp_path / "hotel.db")
    program = app.Program(path, Settings())
    before = program.window
    program.window.show()
    program.window.settings._data.pop(SAMPLE.name, None)
    program.window.go("rights")
    page = program.window.page("rights")
    qtbot.waitUntil(lambda: bool(page._house.givers), timeout=PATIENCE)
    page.first.click()
    dialog = program.window.findChild(FirstPassword)
    dialog.person.setCurrentIndex([row["name"] for row in page._house.givers].index(DIRECTOR))
    for each in (dialog.password, dialog.again):
        QTest.keyClicks(each, WORDS)
    QTest.keyClick(dialog.again, Qt.Key.Key_Return)
    assert "Type the recovery key" in dialog.problem.text()
    assert not wraps.is_locked(path)
    QTest.keyClicks(dialog.typed, dialog.sheet.printed.lower())
    QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wraps.is_locked(path), timeout=PATIENCE)
    qtbot.waitUntil(lambda: program.window is not before and program.window.top.who.text() == DIRECTOR, timeout=PATIENCE)
    assert program._desk().rights.hats[0].name == DIRECTOR
    keys._unlocked.clear()
    assert sign_in.open_with_password(path, "shenzhiyu", WORDS).person == hotel.ids[DIRECTOR]
    program.close()
