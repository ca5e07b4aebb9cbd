"""Each kind of file a hotel has, through the window: brought in, corrected, brought again, taken back, and written out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from crm_desktop.exchange.likely import UPDATE
from crm_desktop.exchange.reading import read
from crm_desktop.ui.exporting import Choice
from tests.exchange.test_foreign_in import MESSAGE
from tests.ui.lived import PATIENCE, House

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def table(phone: str) -> bytes:
    return f"单位代码,单位名称,电话\nZX01,照溪纺织有限公司,{phone}\nZX02,临湖设计事务所,0575-00007702\n".encode("gb18030")


def cards(phone: str) -> bytes:
    one = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nN:{};;;;\r\nTEL;TYPE=CELL:{}\r\nEMAIL:{}\r\nEND:VCARD\r\n"
    return (one.format("申屠照溪", "申屠照溪", phone, "st@zhaoxi.example") + one.format("呼延临湖", "呼延临湖", "13900007702", "")).encode()


def calendar(day: str) -> bytes:
    one = "BEGIN:VEVENT\r\nUID:{}\r\nDTSTART;VALUE=DATE:{}\r\nSUMMARY:{}\r\nEND:VEVENT\r\n"
    events = one.format("1@phone", day, "拜访照溪纺织") + one.format("2@phone", "20261209", "婚博会布展")
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode()


def message(status: str) -> bytes:
    return MESSAGE.replace("Our hotel", "澜棠大酒店").format(status=status).encode()


def words_in(path: Path) -> str:
    """All that a file says, as its reader finds it."""
    if path.suffix == ".xlsx":
        return "\n".join(",".join(map(str, row)) for _, row in read(path).table().rows())
    return path.read_bytes().decode("gb18030" if path.suffix == ".csv" else "utf-8")


class Kind:
    """A kind of file: its name, what it becomes, its first and its corrected bytes, how many rows, what the correction changes,
    the kind the list is written as, and what that file must say."""

    def __init__(
        self, name: str, record: str, page: str, first: bytes, mended: bytes, rows: int, sql: str, before: str, after: str, out: str, told: str,
    ) -> None:  # fmt: skip
        self.name, self.record, self.page, self.first, self.mended, self.rows = name, record, page, first, mended, rows
        self.sql, self.before, self.after, self.out, self.told = sql, before, after, out, told


KINDS = [
    Kind("单位.csv", "account", "accounts", table("0575-00007701"), table("0575-00007799"), 2,
         "select phone from account where code = 'ZX01'", "0575-00007701", "0575-00007799", ".csv gb18030", "照溪纺织有限公司"),
    Kind("名片.vcf", "person", "people", cards("13900007701"), cards("13900007799"), 2,
         "select phone from person where name = '申屠照溪'", "139 0000 7701", "139 0000 7799", ".vcf", "FN:申屠照溪"),
    Kind("日程.ics", "follow_up", "follow-ups", calendar("20261201"), calendar("20261203"), 2,
         "select due from follow_up where name = '拜访照溪纺织'", "2026-12-01", "2026-12-03", ".ics", "拜访照溪纺织"),
    Kind("预订.xml", "stay", "stays", message("Reserved"), message("Cancelled"), 1,
         "select status from stay where booking_no = 'A77'", "Booked", "Canceled", ".xlsx", "A77"),
]  # fmt: skip


def write_out(window: Any, kind: Kind, wait: Callable[[Callable[[], object]], None]) -> None:
    """The list of a kind, all columns, as the file it is written as; where to is answered by the test."""
    window.go(kind.page)
    wait(lambda: window.page(kind.page).list.model.rowCount() > 0)
    window.page(kind.page).export()
    choice = window.findChild(Choice)
    choice.all_columns.setChecked(True)
    choice.kinds[kind.out].setChecked(True)
    choice._on_accepted()


def rows_of(lived: House, kind: Kind) -> int:
    """How many there are; of follow-ups those of calendars only, as others come by themselves meanwhile."""
    by_hand = " and calendar_uid <> ''" if kind.record == "follow_up" else ""
    return int(lived.one(f"select count(*) from {kind.record} where gone is null{by_hand}"))


def words_of(lived: House, kind: Kind) -> str:
    """What the row that is corrected holds now; '' while there is none."""
    return str(lived.one(f"select coalesce(({kind.sql} and gone is null), '')"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name.partition(".")[2])
def test_brought_in_corrected_brought_again_taken_back_and_written_out(
    lived: House, qtbot: Any, tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window, path = lived.window, tmp_path / kind.name
    window.go("import")
    page = window.page("import")
    window.activateWindow()

    def wait(until: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE)

    count, held = partial(rows_of, lived, kind), partial(words_of, lived, kind)

    def opened(content: bytes) -> Any:
        path.write_bytes(content)
        window.go("import", record=kind.record, file=str(path))
        wait(lambda: page._summary is not None and page._job is None)
        return page._summary

    def taken() -> None:
        qtbot.keyClick(page.go_button, Qt.Key.Key_Space)
        wait(lambda: page._job is None and page.done_label.text() != "")

    here = count()
    assert opened(kind.first).added == kind.rows
    taken()
    assert (count(), held()) == (here + kind.rows, kind.before)
    again = opened(kind.first)
    assert (again.added, again.updated, again.same) == (0, 0, kind.rows)

    mended = opened(kind.mended)
    if kind.record == "person":  # a card has no number: whose it is, a person says
        assert [each.name for each in page.outcome.likely.found] == ["申屠照溪"]
        qtbot.keyClick(page.outcome.likely.buttons[UPDATE], Qt.Key.Key_Space)
    else:
        assert (mended.added, mended.updated, mended.same) == (0, 1, kind.rows - 1)
    taken()
    assert (count(), held()) == (here + kind.rows, kind.after)

    target = tmp_path / f"出.{kind.out.partition(' ')[0][1:]}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    write_out(window, kind, wait)
    wait(target.exists)
    assert kind.told in words_in(target)

    window.undo()
    wait(lambda: held() == kind.before)
    window.undo()
    wait(lambda: count() == here)
    assert held() == ""
