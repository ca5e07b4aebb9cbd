"""A new plain record is declared in one place; everything else follows from the declaration."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.exchange import csv_out, importing
from crm_desktop.exchange.mapping import from_headings
from crm_desktop.exchange.text_file import read_table
from crm_desktop.record.duty import Duty, Page
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Record, Section
from crm_desktop.record.text import Text
from crm_desktop.store import pages, search
from crm_desktop.store.store import Store

GIFT = Record(
    "keepsake", Text("Gift"), Text("Gifts"),
    Section(
        Text("Gift"),
        Field("name", Text("Name"), required=True, searched=True),
        Field("code", Text("Code"), Kind.CODE),
        Field("account_id", Text("Client"), Kind.REF, ref="account"),
        Field("given", Text("Date"), Kind.DATE),
        Field("cost", Text("Amount"), Kind.MONEY),
        Field("pieces", Text("Number"), Kind.INT),
        Field("thanked", Text("Thanked"), Kind.BOOL),
        Field("kind", Text("Kind"), Kind.CHOICE, choices=(("tea", Text("Tea"), "green"),), closed=True),
        Field("remark", Text("Remark"), Kind.LONG),
    ),
    listed=("name", "account_id", "given", "cost"), sorted_by="-given", sortable=("name", "given", "cost"), filters=("kind",),
    file_word="gifts",
)  # fmt: skip
GIFTS = Duty("gifts", Text("Gifts"), records=(GIFT,), pages=(Page("gifts", Text("Gifts"), "heart-handshake", record=GIFT),))
ALL = (*RECORDS, GIFT)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("CRM_DESKTOP_SETTINGS", str(tmp_path / "settings"))
    monkeypatch.setenv("CRM_DESKTOP_DATA", str(tmp_path))
    with Store(tmp_path / "crm.db", ALL, create=True) as made:
        yield made


@pytest.fixture
def gift(store: Store) -> int:
    desk = Desk(store, "方予安")
    account = desk.save(store.by_key["account"], None, 0, {"name": "禾渚软件", "kind": "company", "code": "003"}).rows[0][1]
    values = {"name": "青瓷茶具", "account_id": account, "given": "2026-11-18", "cost": 29_800, "pieces": 2, "kind": "tea"}
    return desk.save(GIFT, None, 0, values).rows[0][1]


def test_it_is_saved_listed_found_and_undone(store: Store, gift: int) -> None:
    reader = store.open_reader()
    query = pages.ListQuery(GIFT, [("kind", "=", "tea")])
    assert pages.fetch(reader, query) == [(gift, "2026-11-18", "青瓷茶具", "禾渚软件", "2026-11-18", 29_800)]
    assert [hit.id for hit in search.find(reader, "qccj", 5, [GIFT])] == [gift]
    assert pages.count(reader, pages.ListQuery(GIFT, [("*", "find", "hzrj")])) == 1
    with pytest.raises(Invalid):
        Desk(store).save(GIFT, gift, 1, {"kind": "gold"})
    Desk(store).undo()
    assert pages.count(reader, pages.ListQuery(GIFT)) == 0
    reader.close()


def test_it_goes_out_and_comes_back_the_same(store: Store, gift: int, tmp_path: Path) -> None:
    reader = store.open_reader()
    csv_out.export(reader, pages.ListQuery(GIFT), tmp_path / "1.csv", by_id=True)
    desk = Desk(store)
    desk.undo()
    table = read_table(tmp_path / "1.csv")
    prepared = importing.prepare(reader, store.keys, store.by_key, table, from_headings(GIFT, table.headings))
    importing.write(desk, prepared)
    csv_out.export(reader, pages.ListQuery(GIFT), tmp_path / "2.csv", by_id=True)
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()
    with (tmp_path / "1.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["name"], row["account"], row["account name"], row["cost"], row["kind"]) == ("青瓷茶具", "003", "禾渚软件", "298.00", "tea")
    reader.close()


def test_it_has_its_page(store: Store, gift: int, qtbot: Any) -> None:
    from crm_desktop.desk.settings import Settings
    from crm_desktop.ui import jobs, lookup
    from crm_desktop.ui.window import Window

    lookup.know(ALL)
    jobs.start(store.open_reader, lambda: Desk(store, "方予安"))
    window = Window((*DUTIES, GIFTS), Settings(), "方予安", store=store)
    qtbot.addWidget(window)
    window.show()
    window.open_record("keepsake", gift)
    page: Any = window.page("gifts")
    qtbot.waitUntil(lambda: page._sheet is not None and page._sheet.form.values().get("name") == "青瓷茶具", timeout=20_000)
    form = page._sheet.form
    form.cells["cost"].editor.set_value(31_000)
    form.cells["cost"].changed.emit()
    form.save()
    reader = store.open_reader()
    sql = "select cost from keepsake where id = ?"
    qtbot.waitUntil(lambda: reader.execute(sql, (gift,)).fetchone()[0] == 31_000, timeout=20_000)
    reader.close()
    jobs.close()
