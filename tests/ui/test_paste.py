"""Copying rows for Excel and pasting rows from it, in the window."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from crm_desktop.ui import clip, jobs
from crm_desktop.ui.paste_box import PasteBox
from tests.samples import ACCOUNT
from tests.ui.lodge import Lodge

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(lodge: Lodge, spoken: str = "zh_CN") -> Any:
    lodge.add(ACCOUNT, name="澄籁精密", code="007", level="C", phone="0575-00001")
    lodge.add(ACCOUNT, name="禾渚软件", code="008", level="A")
    lodge.open(spoken)
    page = lodge.page("accounts")
    lodge.wait(lambda: page.list.model.rowCount() == 2)
    page.list.view.setFocus()
    return page


def box_of(lodge: Lodge) -> PasteBox:
    lodge.wait(lambda: lodge.window.findChild(PasteBox) is not None)
    found = lodge.window.findChild(PasteBox)
    assert isinstance(found, PasteBox)
    return found


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_rows_are_shown_before_they_are_saved(lodge: Lodge, spoken: str) -> None:
    page = opened(lodge, spoken)
    QGuiApplication.clipboard().setText("名称\t等级\n澄籁精密\tB\n青垧新材\tD\n")
    lodge.qtbot.keyClick(page.list.view, Qt.Key.Key_V, CTRL)
    box = box_of(lodge)
    assert [line.name for line in box.pasted.lines] == ["青垧新材", "澄籁精密"]
    assert lodge.one("select count(*) from account") == 2
    lodge.qtbot.keyClick(box.go, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select count(*) from account where gone is null") == 3)
    assert lodge.one("select level from account where code = '007'") == "B"
    lodge.wait(lambda: lodge.window.findChild(PasteBox) is None)
    lodge.window.undo()
    lodge.wait(lambda: lodge.one("select level from account where code = '007'") == "C")
    assert lodge.one("select count(*) from account where gone is null") == 2


def test_a_table_of_a_page_is_taken_and_esc_leaves_everything(lodge: Lodge) -> None:
    page = opened(lodge)
    page_of = "<table><tr><td>名称</td><td>邮箱</td></tr><tr><td>新客</td><td>nobody</td></tr></table>"
    QGuiApplication.clipboard().setMimeData(clip.holding("名称 等级", page_of))
    page.tools.paste()
    box = box_of(lodge)
    assert not box.go.isEnabled()
    assert "name@company.com" in str(box.pasted.lines[0].words)
    lodge.qtbot.keyClick(box.leave, Qt.Key.Key_Escape)
    lodge.wait(lambda: lodge.window.findChild(PasteBox) is None)
    assert lodge.one("select count(*) from account") == 2


@pytest.mark.parametrize(("spoken", "told"), [("en", "Not in the list of Class, kept as it stands: 甲等"), ("zh_CN", "等级的选项里没有，照原样保存：甲等")])
def test_words_that_are_in_no_list_are_told_before_they_are_kept(lodge: Lodge, spoken: str, told: str) -> None:
    page = opened(lodge, spoken)
    QGuiApplication.clipboard().setText("名称\t等级\n青垧新材\t甲等\n柯岭建工\tB\n")
    page.tools.paste()
    box = box_of(lodge)
    assert told in box.columns.text()
    assert "B" not in box.columns.text().split(told)[1]


def test_nothing_to_paste_is_told(lodge: Lodge) -> None:
    page = opened(lodge)
    QGuiApplication.clipboard().setText("  \n ")
    with lodge.qtbot.waitSignal(jobs.hub().failed) as told:
        page.tools.paste()
    assert "剪贴板" in str(told.args[0])
    assert lodge.window.findChild(PasteBox) is None


def test_copied_rows_come_back_the_same(lodge: Lodge) -> None:
    """What a list copies and what it pastes are one: nothing changes, codes keep their zeros."""
    page = opened(lodge)
    lodge.qtbot.keyClick(page.list.view, Qt.Key.Key_A, CTRL)
    lodge.qtbot.keyClick(page.list.view, Qt.Key.Key_C, CTRL)
    lodge.wait(lambda: "澄籁精密" in QGuiApplication.clipboard().text())
    html = QGuiApplication.clipboard().mimeData().html()
    assert "mso-number-format:'\\@'\">007</td>" in html
    page.tools.paste()
    box = box_of(lodge)
    prepared = box.pasted.prepared
    assert (prepared.added, prepared.updated, prepared.same, len(prepared.bad)) == (0, 0, 2, 0)


def test_amounts_are_numbers_for_excel() -> None:
    revenue, name = ACCOUNT.by_name["revenue"], ACCOUNT.by_name["name"]
    assert clip.as_html("a<b\t\u22121,234.50", [name, revenue]) == f"<table><tr><td{clip.AS_TEXT}>a&lt;b</td><td>-1,234.50</td></tr></table>"


def test_the_program_ends_well_after_rows_were_copied() -> None:
    """Qt frees what lies on the clipboard after Python has ended."""
    code = (
        "from PySide6.QtWidgets import QApplication; from crm_desktop.ui import clip; app = QApplication([]);"
        "app.clipboard().setMimeData(clip.holding('a', '<b>a</b>')); assert app.clipboard().mimeData().hasHtml()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})


def test_a_row_that_may_be_here_is_updated_where_somebody_says_so(lodge: Lodge) -> None:
    page = opened(lodge)
    QGuiApplication.clipboard().setText("名称\t邮箱\n澄籁精密有限公司\tinfo@chenglai.cn\n青垧新材\tq@qingjiong.cn\n")
    page.tools.paste()
    box = box_of(lodge)
    at = next(at for at, line in enumerate(box.pasted.lines) if line.name == "澄籁精密有限公司")
    box.view.selectRow(at)
    box.view.setFocus()
    assert box.rows.index(at, 0).data() == "新增"
    lodge.qtbot.keyClick(box.view, Qt.Key.Key_Space)
    assert box.rows.index(at, 0).data() == "更新原档"
    lodge.qtbot.keyClick(box.view, Qt.Key.Key_Space)
    lodge.qtbot.keyClick(box.view, Qt.Key.Key_Space)
    lodge.qtbot.keyClick(box.view, Qt.Key.Key_Space)
    lodge.qtbot.keyClick(box.view, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select count(*) from account where gone is null") == 3)
    assert lodge.one("select email from account where code = '007'") == "info@chenglai.cn"
