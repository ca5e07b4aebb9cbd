"""A personal number typed or pasted into a form is gone whole from the screen, the draft, the row and the log."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from crm_desktop.record import private
from crm_desktop.store import database
from crm_desktop.store.folders import DRAFTS
from crm_desktop.ui import drafts
from crm_desktop.ui.number_offer import NumberOffer
from tests.samples import PERSON
from tests.ui.lodge import Lodge

NUMBER, CARD = "11010519491231002X", "4111111111111111"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "WRITE_AFTER", 20)


def on_disk(lodge: Lodge) -> str:
    """Every draft as another program would read it."""
    files = [p for p in lodge.store.path.parent.glob(f"*{DRAFTS}*") if len(p.name.rpartition(DRAFTS)[2]) == 8]
    said = ""
    for file in files:
        try:
            with closing(database.connect(file, lodge.store.keys, readonly=True)) as reader:
                said += "".join(str(row) for row in reader.execute("select * from draft").fetchall())
        except database.Error:  # it may be being made
            continue
    return said


def form_of(lodge: Lodge, guest: int, spoken: str = "zh_CN") -> Any:
    lodge.open(spoken)
    page = lodge.page("people", id=guest)
    form = page._sheet.form
    lodge.wait(lambda: form.row_id == guest and form.cells["name"].editor.text())
    return form


def test_a_number_typed_into_its_field(lodge: Lodge) -> None:
    guest = lodge.add(PERSON, name="王明")
    form = form_of(lodge, guest)
    editor = form.cells["id_number"].editor
    editor.setFocus()
    lodge.qtbot.keyClicks(editor, NUMBER)
    lodge.wait(lambda: "id_number" in on_disk(lodge))
    assert NUMBER not in on_disk(lodge)
    assert "002X~" in on_disk(lodge)
    lodge.qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "•••• 002X"
    editor.undo()
    assert NUMBER not in editor.text()
    lodge.qtbot.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    lodge.wait(lambda: lodge.one("select id_number from person") != "")
    assert lodge.one("select id_number from person") == private.seal(NUMBER)
    lodge.wait(lambda: not form.dirty())


def test_a_slip_is_told_under_the_field(lodge: Lodge) -> None:
    form = form_of(lodge, lodge.add(PERSON, name="王明"))
    cell = form.cells["id_number"]
    cell.editor.setFocus()
    lodge.qtbot.keyClicks(cell.editor, "110105194912310021")
    assert cell.editor.draft() == "0021"
    lodge.qtbot.keyClick(cell.editor, Qt.Key.Key_Tab)
    assert "最后一位" in cell._note.text()
    cell.editor.selectAll()
    lodge.qtbot.keyClicks(cell.editor, NUMBER)
    lodge.qtbot.keyClick(cell.editor, Qt.Key.Key_Tab)
    assert "最后一位" not in cell._note.text()


@pytest.mark.parametrize("name", ["remark", "called"])
def test_a_number_pasted_into_words(lodge: Lodge, name: str) -> None:
    form = form_of(lodge, lodge.add(PERSON, name="王明"))
    editor = form.cells[name].editor
    editor.setFocus()
    QGuiApplication.clipboard().setText(f"证 {NUMBER}，卡 {CARD}")
    lodge.qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    lodge.wait(lambda: "••••002X" in on_disk(lodge))
    assert NUMBER not in on_disk(lodge)
    assert CARD not in on_disk(lodge)
    form.cells["city" if "city" in form.cells else "name"].editor.setFocus()
    lodge.qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    lodge.wait(lambda: lodge.one(f"select {name} from person") != "")
    assert lodge.one(f"select {name} from person") == "证 ••••002X，卡 ••••1111"
    shown = editor.toPlainText() if hasattr(editor, "toPlainText") else editor.text()
    assert shown == "证 ••••002X，卡 ••••1111"


@pytest.mark.parametrize("spoken", ["zh_CN", "en"])
@pytest.mark.parametrize("pasted", [True, False])
def test_a_number_given_as_a_code(lodge: Lodge, spoken: str, pasted: bool) -> None:
    form = form_of(lodge, lodge.add(PERSON, name="王明"), spoken)
    cell = form.cells["code"]
    cell.editor.setFocus()
    if pasted:
        QGuiApplication.clipboard().setText(CARD)
        lodge.qtbot.keyClick(cell.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    else:
        lodge.qtbot.keyClicks(cell.editor, CARD)
    lodge.wait(lambda: "••••1111" in on_disk(lodge))
    assert CARD not in on_disk(lodge)
    lodge.qtbot.keyClick(cell.editor, Qt.Key.Key_Tab)
    assert cell.editor.text() == "••••1111"
    assert ("银行卡 ••••1111" if spoken == "zh_CN" else "Bank card ••••1111") in cell.findChild(NumberOffer)._words.text()
    lodge.qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    lodge.wait(lambda: lodge.one("select code from person") == "••••1111")
    lodge.wait(lambda: not form.dirty())


def test_half_a_number_is_not_kept_in_a_draft(lodge: Lodge) -> None:
    form = form_of(lodge, lodge.add(PERSON, name="王明"))
    editor = form.cells["remark"].editor
    editor.setFocus()
    lodge.qtbot.keyClicks(editor, f"zheng {NUMBER[:16]}")
    lodge.wait(lambda: "zheng" in on_disk(lodge) and "••••" in on_disk(lodge))
    assert NUMBER[:14] not in on_disk(lodge)


@pytest.mark.parametrize("name", ["remark", "called"])
def test_what_was_found_is_told_and_its_hash_offered(lodge: Lodge, name: str) -> None:
    form = form_of(lodge, lodge.add(PERSON, name="王明"))
    cell = form.cells[name]
    cell.editor.setFocus()
    QGuiApplication.clipboard().setText(f"身份证 {NUMBER}，{CARD}")
    lodge.qtbot.keyClick(cell.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    lodge.qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)  # also without leaving the field
    lodge.wait(lambda: lodge.one(f"select {name} from person") == "身份证 ••••002X，••••1111")
    lodge.wait(lambda: not form.dirty())
    offer = cell.findChild(NumberOffer)
    assert offer.isVisible()
    assert "身份证 ••••002X" in offer._words.text()
    assert "银行卡 ••••1111" in offer._words.text()
    lodge.qtbot.mouseClick(offer.keep, Qt.MouseButton.LeftButton)
    assert not offer.isVisible()
    assert form.dirty()
    lodge.qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    ends = [private.seal(number).partition("~")[2][: private.IN_TEXT] for number in (NUMBER, CARD)]
    kept = f"身份证 ••••002X~{ends[0]}，银行卡 ••••1111~{ends[1]}"
    lodge.wait(lambda: lodge.one(f"select {name} from person") == kept)
    lodge.wait(lambda: not form.dirty())


def test_the_offer_ends_with_its_number(lodge: Lodge) -> None:
    guest, other = lodge.add(PERSON, name="王明"), lodge.add(PERSON, name="李红", remark="••••002X")
    form = form_of(lodge, guest)
    cell = form.cells["remark"]
    cell.editor.setPlainText(f"证 {NUMBER}")
    cell.editor.tidy()
    offer = cell.findChild(NumberOffer)
    assert offer.isVisibleTo(cell)
    lodge.window.open_record("person", other)
    lodge.wait(lambda: form.row_id == other)
    assert not offer.isVisibleTo(cell), "what was found with one guest is not written to another"
