"""A personal number outside of forms: in a line typed from anywhere, in pasted rows, in a file, in one value for many rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from crm_desktop.duties.follow_ups.quick import QuickFollowUp
from crm_desktop.record import private
from crm_desktop.record.record import Record
from crm_desktop.ui import quick
from crm_desktop.ui.mass_edit import MassEdit
from crm_desktop.ui.paste_box import PasteBox
from tests.samples import ACCOUNT, PERSON, csv_file
from tests.ui.lodge import Lodge

NUMBER, CARD = "11010519491231002X", "4111111111111111"
CTRL = Qt.KeyboardModifier.ControlModifier


def end(number: str) -> str:
    return private.seal(number).partition("~")[2][: private.IN_TEXT]


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    quick._left.clear()


@pytest.mark.parametrize(("spoken", "kept"), [("zh_CN", True), ("en", False)])
def test_in_a_line_typed_from_anywhere(lodge: Lodge, spoken: str, kept: bool) -> None:
    window = lodge.open(spoken)
    line = quick.open_line(window, QuickFollowUp())
    lodge.qtbot.keyClicks(line.edit, "2026-11-25 ")
    line.edit.insert("核对证件 ")
    lodge.qtbot.keyClicks(line.edit, NUMBER)
    assert line.offer.isVisible()
    assert ("身份证 ••••002X" if kept else "ID card ••••002X") in line.offer._words.text()
    assert line.panel.rect().contains(line.offer.geometry().bottomRight())
    lodge.wait(lambda: any("••••002X" in words for words in line.parts.words()))
    assert not any(NUMBER in words for words in line.parts.words()), "it is shown as it will be kept"
    if kept:
        lodge.qtbot.keyClick(line.edit, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is line.offer.keep
        lodge.qtbot.keyClick(line.offer.keep, Qt.Key.Key_Space)
        assert QApplication.focusWidget() is line.edit
        assert not line.offer.isVisible()
    lodge.qtbot.keyClick(line.edit, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select count(*) from follow_up") == 1)
    name = lodge.one("select name from follow_up")
    assert name == (f"核对证件 身份证 ••••002X~{end(NUMBER)}" if kept else "核对证件 ••••002X")


def test_a_line_left_open_keeps_no_number(lodge: Lodge) -> None:
    line = quick.open_line(lodge.open(), QuickFollowUp())
    lodge.qtbot.keyClicks(line.edit, f"call {CARD}")
    lodge.qtbot.keyClick(line.edit, Qt.Key.Key_Escape)
    assert quick._left == {QuickFollowUp: "call ••••1111"}


def pasted(lodge: Lodge, table: str) -> PasteBox:
    """What is asked after a table was pasted among the clients."""
    lodge.open("zh_CN")
    page = lodge.page("accounts")
    QGuiApplication.clipboard().setText(table)
    page.tools.paste()
    lodge.wait(lambda: lodge.window.findChild(PasteBox) is not None)
    box: PasteBox = lodge.window.findChild(PasteBox)
    return box


@pytest.mark.parametrize("kept", [True, False])
def test_in_pasted_rows(lodge: Lodge, kept: bool) -> None:
    box = pasted(lodge, f"名称\t备注\n青垧新材\t{CARD}\n禾渚软件\t证 {NUMBER}\n")
    assert "银行卡 ••••1111 · 身份证 ••••002X" in box.offer._words.text()
    if kept:
        box.offer.keep.setFocus()
        lodge.qtbot.keyClick(box.offer.keep, Qt.Key.Key_Return)
        lodge.wait(box.go.isEnabled)
        assert any(end(CARD) in str(line.words) for line in box.pasted.lines)
    lodge.qtbot.keyClick(box.go, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select count(*) from account") == 2)
    assert lodge.one("select remark from account where name = '青垧新材'") == (f"银行卡 ••••1111~{end(CARD)}" if kept else "••••1111")


def test_as_a_code_of_pasted_rows(lodge: Lodge) -> None:
    box = pasted(lodge, f"名称\t单位编号\t统一社会信用代码\n青垧新材\t{CARD}\t919900001000000164\n")
    assert "银行卡 ••••1111" in box.offer._words.text()
    lodge.qtbot.keyClick(box.go, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select count(*) from account") == 1)
    assert lodge.one("select code from account") == f"••••1111~{end(CARD)}"
    assert lodge.one("select credit_code from account") == "919900001000000164"


def test_in_a_file(lodge: Lodge, tmp_path: Path) -> None:
    lodge.open("zh_CN")
    page = lodge.page("import", record="account", file=str(csv_file(tmp_path / "a.csv", ("名称", "备注"), ("青垧新材", f"证 {NUMBER}"), ("禾渚软件", ""))))
    lodge.wait(lambda: page._summary is not None)
    assert "1 行" in page.outcome.made.text()
    page.outcome.tabs.choose("numbers")
    assert page.outcome.rows.index(0, 1).data() == "身份证 ••••002X"
    assert page.hash_box.isVisible()
    page._window.activateWindow()
    lodge.qtbot.keyClick(page.hash_box, Qt.Key.Key_Space)
    lodge.wait(lambda: page._summary is not None and page.go_button.isEnabled())
    lodge.qtbot.keyClick(page.go_button, Qt.Key.Key_Space)
    lodge.wait(lambda: lodge.one("select count(*) from account") == 2 and page._job is None)
    assert lodge.one("select remark from account where name = '青垧新材'") == f"证 身份证 ••••002X~{end(NUMBER)}"
    assert not page.hash_box.isVisible() or not page.hash_box.isChecked()


def test_in_one_value_for_many_rows(lodge: Lodge) -> None:
    ids = [lodge.add(ACCOUNT, name=name) for name in ("青垧新材", "禾渚软件")]
    box = MassEdit(lodge.open("zh_CN"), ACCOUNT, ids)
    box.open()
    box.choice.setCurrentIndex(box.choice.findData("remark"))
    box._on_field()
    assert not box.offer.isVisible()
    lodge.qtbot.keyClicks(box.editor, f"zheng {NUMBER}")
    assert box.offer.isVisible()
    lodge.qtbot.mouseClick(box.offer.keep, Qt.MouseButton.LeftButton)
    assert not box.offer.isVisible()
    lodge.qtbot.mouseClick(box.go, Qt.MouseButton.LeftButton)
    lodge.wait(lambda: lodge.one("select count(*) from account where remark <> ''") == 2)
    assert lodge.one("select remark from account") == f"zheng 身份证 ••••002X~{end(NUMBER)}"


@pytest.mark.parametrize(("record", "name", "kept"), [(PERSON, "nationality", "••••1111"), (ACCOUNT, "agreement_no", CARD)], ids=["guarded", "whole"])
def test_as_one_code_for_many_rows(lodge: Lodge, record: Record, name: str, kept: str) -> None:
    box = MassEdit(lodge.open("zh_CN"), record, [lodge.add(record, name="青垧新材")])
    box.open()
    box.choice.setCurrentIndex(box.choice.findData(name))
    box._on_field()
    lodge.qtbot.keyClicks(box.editor, CARD)
    assert box.offer.isVisible() == (kept != CARD)
    lodge.qtbot.mouseClick(box.go, Qt.MouseButton.LeftButton)
    lodge.wait(lambda: lodge.one(f"select {name} from {record.key}") == kept)
