"""The real pages on the real store, driven as a person would."""

from __future__ import annotations

import csv
import gc
import weakref
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS, record_of
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.text import LANGUAGES, Text, say
from crm_desktop.store.log import BY_ITSELF
from crm_desktop.store.store import Store
from crm_desktop.ui import exporting, jobs
from tests.catalogue import english
from tests.gallery import sample
from tests.gallery.take import _file
from tests.ui.lived import PATIENCE, House
from tests.window_thread import Guarded

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_today_shows_what_the_rows_are(lived: House, qtbot: Any) -> None:
    today = lived.window.page("today")
    day = sample.TODAY.isoformat()
    came = "gone is null and status not in ('Canceled', 'No-Show')"
    want = [
        lived.one(f"select count(*) from stay where arrival = ? and {came}", day),
        lived.one(f"select count(*) from stay where arrival <= ? and departure > ? and {came}", day, day),
        lived.one(f"select count(*) from stay where departure = ? and nights > 0 and {came}", day),
    ]
    assert [line.count for line in today._board.lines][:3] == want
    for at, count in enumerate(want):
        today.cards[at].click()
        qtbot.waitUntil(lambda: today.rows.panel is not None and today.rows.panel.model.rowCount() == count, timeout=PATIENCE)  # noqa: B023


def test_a_day_is_chosen_by_hand_and_by_bar(lived: House, qtbot: Any) -> None:
    today = lived.window.page("today")
    today.day_edit.set_value("2026-11-20")
    today.day_edit.changed.emit()
    qtbot.waitUntil(lambda: today._board.day == "2026-11-20", timeout=PATIENCE)
    today.days.chosen.emit("2026-11-22")
    qtbot.waitUntil(lambda: today._board.day == "2026-11-22", timeout=PATIENCE)
    qtbot.mouseClick(today.today_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: today._board.day == sample.TODAY.isoformat(), timeout=PATIENCE)


def test_find_edit_undo(lived: House, qtbot: Any) -> None:
    window = lived.window
    window.top.search.setFocus()
    qtbot.keyClicks(window.top.search, "clj")  # 澄籁精密 by its initials
    qtbot.waitUntil(lambda: window.top.search._popup is not None, timeout=PATIENCE)
    qtbot.wait(300)
    qtbot.keyClick(window.top.search, Qt.Key.Key_Return)
    page = window.page("accounts")
    sheet_shown = lambda: page._sheet is not None and page._sheet.form.values().get("name") == "澄籁精密制造有限公司"  # noqa: E731
    qtbot.waitUntil(lambda: page is not None or window.page("accounts") is not None, timeout=PATIENCE)
    page = window.page("accounts")
    qtbot.waitUntil(sheet_shown, timeout=PATIENCE)
    form = page._sheet.form
    form.cells["city"].editor.setFocus()
    form.cells["city"].editor.set_value("杭州")
    form.cells["city"].changed.emit()
    form.save()
    city = "select city from account where id = ?"
    where = lived.ids["澄籁精密制造有限公司"]
    qtbot.waitUntil(lambda: lived.one(city, where) == "杭州", timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.toast.isHidden(), timeout=PATIENCE)
    window.undo()
    qtbot.waitUntil(lambda: lived.one(city, where) == "绍兴", timeout=PATIENCE)
    window.redo()
    qtbot.waitUntil(lambda: lived.one(city, where) == "杭州", timeout=PATIENCE)


def test_sheet_figures_tie_with_its_rows(lived: House, qtbot: Any) -> None:
    window, where = lived.window, lived.ids["澄籁精密制造有限公司"]
    window.open_record("account", where)
    sheet = window.page("accounts")._sheet
    qtbot.waitUntil(lambda: len(sheet.figures._figures) >= 8, timeout=PATIENCE)
    stays = lived.one("select count(*) from stay where company_id = ? and status = 'Check-Out' and gone is null", where)
    figure = next(figure for figure in sheet.figures._figures if figure.label.source == "Times stayed")
    assert figure.value == f"{stays:,}"
    assert stays == lived.one("select stays from account where id = ?", where)
    sheet.figures.opened.emit(figure)
    qtbot.waitUntil(lambda: sheet.tabs.shown.record.key == "stay" and sheet.tabs.shown.model.rowCount() == stays, timeout=PATIENCE)


def test_import_through_the_window_and_undo(lived: House, qtbot: Any) -> None:
    window = lived.window
    before = lived.one("select count(*) from stay where gone is null")
    window.go("import", file=str(_file(lived.folder / "预订.csv")))
    page = window.page("import")
    qtbot.waitUntil(lambda: page._summary is not None, timeout=PATIENCE)
    assert (page._summary.read, page._summary.added, page._summary.refused) == (4, 2, 2)
    assert page._summary.made == {"account": ["棠阶设计院"]}
    assert page._opened.encoding == "gb18030"
    page.bring_in()
    qtbot.waitUntil(lambda: lived.one("select count(*) from stay where gone is null") == before + 2, timeout=PATIENCE)
    qtbot.waitUntil(lambda: page._job is None and page.done_label.text() != "", timeout=PATIENCE)
    refused = list((lived.folder / "data" / "refused").glob("*.csv"))
    assert len(refused) == 1
    with refused[0].open(encoding="utf-8-sig", newline="") as file:
        assert [row[-2] for row in csv.reader(file)][1:] == ["4", "5"]
    window.undo()
    qtbot.waitUntil(lambda: lived.one("select count(*) from stay where gone is null") == before, timeout=PATIENCE)


def test_import_that_is_cancelled_leaves_nothing(lived: House, qtbot: Any, tmp_path: Path) -> None:
    window = lived.window
    by_hand = "select count(*) from change where source <> ?"  # what the program does by itself at a start may still come
    changes = lived.one(by_hand, BY_ITSELF)
    window.go("import", file=str(_file(tmp_path / "a.csv")))
    page = window.page("import")
    qtbot.waitUntil(lambda: page._summary is not None, timeout=PATIENCE)
    page._apart._process.kill()  # as if the machine took it away
    page.bring_in()
    qtbot.waitUntil(lambda: page._job is None, timeout=PATIENCE)
    assert lived.one(by_hand, BY_ITSELF) == changes
    assert page.outcome.problem.text() != ""


@pytest.mark.parametrize("words", ["", "a,b,c\n1,2,3\n", '抵店日期,离店日期\n"2026-01-01,2026-01-02\n'])
def test_a_broken_file_is_said_on_the_page(lived: House, qtbot: Any, tmp_path: Path, words: str) -> None:
    file = tmp_path / "broken.csv"
    file.write_text(words, "utf-8")
    good = tmp_path / "good.csv"
    good.write_text("姓名,电话\n张三,19900001001\n", "utf-8")
    lived.window.go("import", file=str(good))
    page = lived.window.page("import")
    qtbot.waitUntil(lambda: page._summary is not None, timeout=PATIENCE)
    lived.window.go("import", file=str(file))
    qtbot.waitUntil(lambda: page.outcome.problem.text() != "", timeout=PATIENCE)
    assert not page.go_button.isEnabled()
    assert len(page.columns._boxes) == len(page._opened.headings if page._opened else ())  # none of a file that was open before
    assert not any(c.isascii() and c.isalpha() for c in page.outcome.problem.text().replace("broken.csv", ""))


def test_export_as_seen(lived: House, qtbot: Any, tmp_path: Path) -> None:
    window = lived.window
    window.go("accounts")
    page = window.page("accounts")
    qtbot.waitUntil(lambda: page.list.model.rowCount() > 0, timeout=PATIENCE)
    page.list.show_only([("kind", "=", "agency")])
    query = page.list.query()
    exporting.run(window, query, tmp_path / "out.csv", ("name", "code", "nights"), "gb18030")
    qtbot.waitUntil(lambda: (tmp_path / "out.csv").exists(), timeout=PATIENCE)
    with (tmp_path / "out.csv").open(encoding="gb18030", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["id", "名称", "协议号", "房晚"]
    assert len(rows) == 5
    qtbot.waitUntil(lambda: lived.one("select count(*) from change where action = 'Exported'") == 1, timeout=PATIENCE)


def test_history_undoes_a_chosen_action(lived: House, qtbot: Any) -> None:
    window = lived.window
    window.go("history")
    page = window.page("history")
    qtbot.waitUntil(lambda: page.rows.rowCount() == 1, timeout=PATIENCE)
    page.undo()
    qtbot.waitUntil(lambda: page.rows.rowCount() == 2, timeout=PATIENCE)
    assert lived.one("select count(*) from stay where gone is null") == 0
    jobs.act(window, _added_and_removed)
    qtbot.waitUntil(lambda: page.rows.rowCount() >= 4, timeout=PATIENCE)
    QTest.keyClick(page.view_box, Qt.Key.Key_Down)
    page.view_box.activated.emit(page.view_box.currentIndex())
    qtbot.waitUntil(lambda: page.rows.rowCount() == 1 and page.undo_button.text() == say(Text("Bring back (Enter)")), timeout=PATIENCE)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lived.one("select count(*) from follow_up where gone is null and name = 'Gone and back'") == 1, timeout=PATIENCE)


def _added_and_removed(desk: Any, _job: Any) -> Any:
    record = desk.store.by_key["follow_up"]
    made = desk.save(record, None, 0, {"name": "Gone and back", "due": desk.today()}).rows[0][1]
    return desk.remove(record, made, 1)


def test_backup_and_restore(lived: House, qtbot: Any) -> None:
    window = lived.window
    window.go("settings")
    page = window.page("settings")
    page.backups.back_up()
    qtbot.waitUntil(lambda: page.backups.list.rowCount() == 1, timeout=PATIENCE)
    window.undo()
    qtbot.waitUntil(lambda: lived.one("select count(*) from stay where gone is null") == 0, timeout=PATIENCE)
    Guarded.strict = False  # the whole program is taken down and up again
    page.backups.restore_button.click()
    qtbot.waitUntil(lambda: lived.program.window is not window, timeout=PATIENCE)
    assert lived.one("select count(*) from stay where gone is null") == 900
    lived.window = lived.program.window
    assert list((lived.folder / "data").glob("crm.db.before-restore-*"))


def test_what_another_program_writes_is_seen(lived: House, qtbot: Any) -> None:
    window = lived.window
    window.go("accounts")
    page = window.page("accounts")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 16, timeout=PATIENCE)
    Guarded.strict = False  # this is the other program
    with Store(lived.folder / "data" / "crm.db", RECORDS) as other:
        Desk(other, "another").save(ACCOUNT, None, 0, {"name": "新来的公司", "kind": "company"})
    Guarded.strict = True
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 17, timeout=PATIENCE)


@pytest.mark.parametrize("words", LANGUAGES)
def test_no_other_language_is_left_on_any_page(lived: House, qtbot: Any, words: str) -> None:
    window = lived.window
    for key in window.rail.keys():  # noqa: SIM118 - the rail is no dict
        window.go(key)
        qtbot.wait(120)
    if words == "en":
        window.switch_language()
        qtbot.wait(200)
        shown = [w for w in QApplication.allWidgets() if w.window() is window and hasattr(w, "text") and callable(w.text)]
        left = {w.text() for w in shown if any("\u4e00" <= c <= "\u9fff" for c in str(w.text()))}
        data = {"澜棠大酒店", *lived.ids, "沈知渝", "许棠", "周一禾", "唐屿", "绍兴"}
        assert {text for text in left if not any(name in text for name in data)} == set()
    else:
        shown = [w for w in QApplication.allWidgets() if w.window() is window and hasattr(w, "text") and callable(w.text)]
        assert {w.text() for w in shown if w.text() in english()} == set()


def test_the_export_dialog_is_freed_on_close(lived: House, qtbot: Any) -> None:
    lived.window.go("stays")
    dialog = exporting.Choice(lived.window, lived.window.page("stays").list.query())
    gone: list[int] = []
    alive = weakref.ref(dialog)
    dialog.destroyed.connect(lambda: gone.append(1))
    dialog.open()
    dialog.close()
    del dialog
    qtbot.waitUntil(lambda: bool(gone), timeout=PATIENCE)
    gc.collect()
    assert alive() is None


def test_the_kinds_of_file_are_said_in_the_language_in_use(lived: House) -> None:
    lived.window.go("import")
    box = lived.window.page("import").record_box
    chinese = [box.itemText(at) for at in range(box.count())]
    lived.window.switch_language()
    assert [box.itemText(at) for at in range(box.count())] == [say(record_of(box.itemData(at)).many) for at in range(box.count())]
    assert not set(chinese) & {box.itemText(at) for at in range(box.count())}
    lived.window.switch_language()
    assert [box.itemText(at) for at in range(box.count())] == chinese
