"""Two hundred rows of Excel with a few wrong ones among them, pasted into the lists of clients and of people."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from crm_desktop.exchange.pasting import REFUSED
from crm_desktop.record.text import say
from tests.samples import ACCOUNT
from tests.ui.lodge import Lodge
from tests.ui.test_paste import CTRL, box_of

ROWS = 200
CLIENTS = {  # number of the row -> the column that is wrong, what stands there, and what the reason says in both languages
    7: ("信用代码", "91350100M000100Y44", ("the last one fits", "校验")), 60: ("邮箱", "nobody", ("name@company.com", "name@company.com")), 121: ("账期", "500", ("366", "366")),
    150: ("协议到期", "2026-02-30", ("2026-02-30", "2026-02-30")), 199: ("名称", "", ("Name", "名称")),
}  # fmt: skip
PEOPLE = {
    3: ("生日", "2031-01-01", ("after today", "晚于今天")), 44: ("农历生日", "13-01", ("10-12", "10-12")), 90: ("手机号", "老号码", ("digits", "数字")),
    133: ("电子邮箱", "qiu＠", ("name@company.com", "name@company.com")), 188: ("姓名", "", ("Name", "名称")),
}  # fmt: skip


def _table(columns: list[str], rows: list[dict[str, str]], wrong: dict[int, Any]) -> str:
    for at, (column, words, _) in wrong.items():
        rows[at][column] = words
    return "\n".join("\t".join(line) for line in [columns, *([row.get(column, "") for column in columns] for row in rows)])


def _paste(lodge: Lodge, page: Any, words: str) -> Any:
    QGuiApplication.clipboard().setText(words)
    page.list.view.setFocus()
    lodge.qtbot.keyClick(page.list.view, Qt.Key.Key_V, CTRL)
    return box_of(lodge)


def _told(box: Any) -> list[str]:
    return [say(line.words) for line in box.pasted.lines if line.state == REFUSED]


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_clients(lodge: Lodge, spoken: str) -> None:
    lodge.add(ACCOUNT, name="第 20 家贸易有限公司", code="020", phone="0575-00000020")
    lodge.open(spoken)
    page = lodge.page("accounts")
    lodge.wait(lambda: page.list.model.rowCount() == 1)
    columns = ["编号", "名称", "信用代码", "邮箱", "等级", "协议到期", "账期", "电话", "地址"]
    rows = [{"编号": f"{n:03}", "名称": f"第 {n} 家贸易有限公司", "等级": "C", "协议到期": "2027/3/31", "电话": f"0575-{n:08}", "地址": "绍兴市柯桥区裕民路 1 号"} for n in range(ROWS)]
    box = _paste(lodge, page, _table(columns, rows, CLIENTS))
    told = _told(box)
    assert [any(words[spoken == "zh_CN"] in line for line in told) for *_, words in CLIENTS.values()] == [True] * 5, told
    assert (box.pasted.prepared.added, box.pasted.prepared.updated) == (ROWS - 6, 1)
    lodge.qtbot.keyClick(box.go, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select count(*) from account where gone is null") == ROWS - 5)
    assert lodge.one("select count(*) from account where district = '柯桥区' and level = 'C' and agreement_to = '2027-03-31'") == ROWS - 5
    lodge.window.undo()
    lodge.wait(lambda: lodge.one("select count(*) from account where gone is null") == 1)


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_people(lodge: Lodge, spoken: str) -> None:
    firm = lodge.add(ACCOUNT, name="越岫城建集团", code="K88")
    lodge.open(spoken)
    page = lodge.page("people")
    columns = ["姓名", "手机号", "生日", "农历生日", "电子邮箱", "工作单位", "职位"]
    rows = [{"姓名": f"客人{n:03}", "手机号": f"199 0000 {n:04}", "生日": "1984-12-02", "工作单位": "越岫城建集团", "职位": "采购"} for n in range(ROWS)]
    box = _paste(lodge, page, _table(columns, rows, PEOPLE))
    told = _told(box)
    assert [any(words[spoken == "zh_CN"] in line for line in told) for *_, words in PEOPLE.values()] == [True] * 5, told
    lodge.qtbot.keyClick(box.go, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select count(*) from person where gone is null") == ROWS - 5)
    assert lodge.one("select count(*) from person where account_id = ? and phone = '199 0000 0042' and position = '采购'", firm) == 1
    lodge.window.undo()
    lodge.wait(lambda: lodge.one("select count(*) from person where gone is null") == 0)
