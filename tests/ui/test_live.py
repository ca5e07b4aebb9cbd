"""A window on a server among other seats: their changes appear, one sees who edits, and a network that fails is told, outlived and
noticed to be back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from crm_desktop import app
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import LANGUAGE, Settings
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import use
from crm_desktop.store.server import engine, watchdog
from crm_desktop.store.store import Store
from crm_desktop.ui import drafts, presence, speech
from crm_desktop.ui.live import KEY
from tests.samples import account, change, row
from tests.store.server.test_many_seats import through

PATIENCE = 60_000  # a loaded PC notices a silent network late


class Seats:
    """A window, and somebody at another PC."""

    def __init__(self, address: str, theirs: str, qtbot: Any) -> None:
        self.qtbot = qtbot
        self.other = Desk(Store(theirs, RECORDS), "顾言舟")
        self.ids = [account(self.other, f"客户 {n:03d}", code=f"{n:03d}") for n in range(60)]
        self.program = app.Program(address, Settings())
        self.window = self.program.window
        self.window.resize(1366, 700)
        self.window.show()
        self.heard: list[dict[str, Any]] = []
        self.listening = self.other.store.listen(_nothing, self.heard.append)

    def wait(self, until: Any) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE)

    def beside(self, number: int) -> Any:
        """The form of a client, opened by choosing its row."""
        self.window.go("accounts")
        page = self.window.page("accounts")
        self.wait(lambda: page.list.model.rowCount() >= len(self.ids) and page.list.model.here(number))
        page.list.view.selectRow(number)
        self.wait(lambda: page.form is not None and page.form.row_id == page.list.model.row_id(number))
        return page.form

    def close(self) -> None:
        self.listening.close()
        self.other.store.close()
        drafts.clear()
        self.program.close()


@pytest.fixture(autouse=True)
def spoken() -> Iterator[None]:
    yield
    speech.switch("en")


@pytest.fixture
def seats(server_database: str, qtbot: Any) -> Iterator[Seats]:
    made = Seats(server_database, server_database, qtbot)
    yield made
    made.close()


def test_what_another_seat_saves_appears_and_nothing_of_ones_own_moves(seats: Seats) -> None:
    form = seats.beside(30)
    page = seats.window.page("accounts")
    view, shown = page.list.view, form.row_id
    QTest.keyClicks(form.cells["short_name"].editor, "mine")
    top = view.rowAt(1)
    change(seats.other, ACCOUNT, shown, city="苏州")
    seats.wait(lambda: form.cells["city"].editor.value() == "苏州")
    change(seats.other, ACCOUNT, page.list.model.row_id(31), name="客户 031 改")
    seats.wait(lambda: page.list.model.words(31, 0) == "客户 031 改" or "客户 031 改" in [page.list.model.words(31, n) for n in range(6)])
    assert form.cells["short_name"].editor.text().startswith("mine")
    assert form.row_id == shown
    assert view.rowAt(1) == top
    assert page.list.model.row_id(view.currentIndex().row()) == shown
    assert not seats.window.toast.isVisible()
    form.save()
    seats.wait(lambda: not form.dirty())
    saved = row(seats.other, ACCOUNT, shown)
    assert (saved["city"], saved["short_name"]) == ("苏州", "mine")


def test_both_values_are_shown_where_two_changed_the_same_field(seats: Seats) -> None:
    form = seats.beside(3)
    QTest.keyClicks(form.cells["short_name"].editor, "mine")
    change(seats.other, ACCOUNT, form.row_id, short_name="theirs")
    seats.wait(lambda: "theirs stands under yours" in form._notice.findChild(type(form._note)).text())
    assert form.cells["short_name"].editor.text() == "mine"


@pytest.mark.parametrize(("language", "words"), [("en", "王 小明 is editing this"), ("zh_CN", "王 小明 也正在编辑")])
def test_who_edits_a_record_is_shown_until_they_leave(seats: Seats, language: str, words: str) -> None:
    use(language)
    Settings().set(LANGUAGE, language)
    form = seats.beside(5)
    line = form._foot.others
    assert not line.isVisible()
    view = seats.window.page("accounts").list.view
    alone = in_the_list(view, 5)
    seats.listening.say({"seat": "a", "who": "王 小明", "edits": [["account", form.row_id]]})
    seats.wait(line.isVisible)
    assert words in line.text()
    told, looks = in_the_list(view, 5)
    assert words in told
    assert words not in in_the_list(view, 6)[0]
    assert looks != alone[1], "the name stands in the row"
    seats.listening.say({"seat": "b", "who": "李娜", "edits": [["account", form.row_id], ["account", 1]]})
    seats.wait(lambda: "李娜" in line.text())
    seats.listening.say({"seat": "a", "who": "王 小明", "edits": []})
    seats.wait(lambda: "王" not in line.text())
    other = seats.beside(6)
    assert other is form
    assert not line.isVisible()
    seats.beside(5)
    seats.wait(line.isVisible)
    seats.listening.say({"seat": "b", "who": "李娜", "edits": []})
    seats.wait(lambda: not line.isVisible())
    seats.wait(lambda: in_the_list(view, 5) == alone)


def test_a_seat_that_died_is_forgotten_and_nonsense_is_passed_over(seats: Seats, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "LASTS", -1.0)
    form = seats.beside(5)
    with psycopg.connect(str(seats.other.store.address), autocommit=True) as raw:
        for words in ("no json", "[1]", '{"seat": 1}', '{"seat": "x", "who": "y", "edits": 5}', '{"seat": "x", "who": "y", "edits": [["account", "z"]]}'):
            raw.execute("select pg_notify('crm_said', %s), pg_notify('crm_change', '[1]')", (words,))
    seats.listening.say({"seat": "a", "who": "王 小明", "edits": [["account", form.row_id]]})
    seats.wait(form._foot.others.isVisible)
    seats.program._live.presence._on_beat()  # type: ignore[union-attr]
    assert not form._foot.others.isVisible()


def test_others_hear_what_is_edited_here_and_that_it_ended(seats: Seats) -> None:
    form = seats.beside(7)
    QTest.keyClicks(form.cells["short_name"].editor, "x")
    seats.wait(lambda: any(one["edits"] == [["account", form.row_id]] for one in seats.heard))
    form.save()
    seats.wait(lambda: seats.heard[-1]["edits"] == [])
    QTest.keyClicks(form.cells["short_name"].editor, "y")
    seats.wait(lambda: seats.heard[-1]["edits"] == [["account", form.row_id]])
    form.discard()
    seats.wait(lambda: seats.heard[-1]["edits"] == [])


@pytest.mark.parametrize(("language", "away", "refused"), [("en", "No answer from the server", "The server"), ("zh_CN", "连不上服务器", "服务器")])
def test_a_silent_network_is_told_and_outlived(
    server_database: str, qtbot: Any, monkeypatch: pytest.MonkeyPatch, language: str, away: str, refused: str
) -> None:
    for name in ("DOUBT_AFTER", "SIGN_WITHIN"):
        monkeypatch.setattr(watchdog, name, 0.5)
    monkeypatch.setitem(sys.modules["crm_desktop.store.server.connection"].OPTIONS, "connect_timeout", 2)
    monkeypatch.setattr(engine, "BACK_SECONDS", 0.1)
    use(language)
    Settings().set(LANGUAGE, language)
    with through(server_database) as (address, proxy):
        seats = Seats(address, server_database, qtbot)
        window, strips = seats.window, seats.window.strips
        form = seats.beside(2)
        QTest.keyClicks(form.cells["short_name"].editor, "typed")
        proxy.silent.set()
        seats.wait(lambda: strips.strip(KEY) is not None)
        assert away in strips.strip(KEY).words.text()
        form.save()
        seats.wait(lambda: form._saving is None)
        assert form.dirty()
        assert refused in form._notice.findChild(type(form._note)).text()
        window.go("today")  # the window stays alive; what cannot be read is not there
        account(seats.other, "到店后新客户")
        QTest.keyClicks(form.cells["short_name"].editor, " more")
        proxy.silent.clear()
        seats.wait(lambda: strips.strip(KEY) is None)
        window.go("accounts")
        seats.wait(lambda: window.page("accounts").list.model.rowCount() == len(seats.ids) + 1)
        form.save()
        seats.wait(lambda: not form.dirty())
        assert row(seats.other, ACCOUNT, form.row_id)["short_name"] == "typed more"
        seats.close()


def in_the_list(view: Any, row: int) -> tuple[str, QImage]:
    """What the name of a row says to a screen reader, and how it is drawn, whatever the list's size, choice and focus are."""
    model = view.model()
    index = model.index(row, next(at for at, field in enumerate(model.fields) if field.name == "name"))
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    option.rect = QRect(0, 0, 400, 32)
    option.state = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Active
    image = QImage(option.rect.size(), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    view.itemDelegateForIndex(index).paint(painter, option, index)
    painter.end()
    return model.data(index, Qt.ItemDataRole.AccessibleTextRole), image


def _nothing(_: object) -> None:
    pass
