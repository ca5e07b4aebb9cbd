"""Receivables in and out of files: an accounts receivable list as hotels keep it, and everything out and back the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from crm_desktop import cli
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.receivables import actions
from crm_desktop.duties.receivables.records import APPLICATION, PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.exchange.convert import is_total
from crm_desktop.record import text
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, say
from crm_desktop.store.store import Store
from tests.samples import account, added, csv_file, exported, facts, hotel, imported, prepared

HEADINGS = ["挂账单位", "账单号", "费用类别", "挂账日期", "到期日", "应收金额", "已收金额", "未收余额", "币种", "销售员", "备注"]
ROWS = [
    ["越岫城建集团", "AR26040071", "宴会", "2026/3/31", "2026/4/30", "118,000.00", "30,000.00", "88,000.00", "CNY", "唐屿", "签单 3 张"],
    ["越岫城建集团", "AR26070102", "会议", "2026/07/01", "2026/07/31", "￥64,500.00", "", "64,500.00", "", "唐屿", ""],
    ["越岫城建集团 小计", "", "", "", "", "182,500.00", "30,000.00", "152,500.00", "", "", ""],
    ["鹿渚文化传播", "AR26100010", "餐费", "2026-09-20", "2026年10月20日", "1,234.50", "0", "1,234.50", "人民币", "江叙", ""],
    ["Harbour & Pine Trading Ltd", "AR26100011", "房费", "2026/10/1", "2026/11/27", "4,200.00", "0.00", "4,200.00", "美元", "许棠", ""],
    ["旭阑置业", "AR26100012", "其他", "2026/11/2", "2026/11/1", "500", "", "500", "CNY", "唐屿", ""],
    ["小  计", "", "", "", "", "5,434.50", "", "5,434.50", "", "", ""],
    ["合计：", "", "", "", "", "187,934.50", "30,000.00", "157,934.50", "", "", ""],
]  # fmt: skip


def test_a_list_as_hotels_keep_it(desk: Desk, tmp_path: Path) -> None:
    hotel(desk)
    path = csv_file(tmp_path / "应收账款明细.csv", HEADINGS, *ROWS, encoding="gb18030")
    ready = prepared(desk, path, RECEIVABLE)
    text.use("zh_CN")
    assert [(bad.line, say(bad.reason)) for bad in ready.bad] == [
        (4, "这一行是其他行的合计，不是一条记录，未导入"), (7, "到期日：到期日不能早于 2026-11-02"),
        (8, "这一行是其他行的合计，不是一条记录，未导入"), (9, "这一行是其他行的合计，不是一条记录，未导入"),
    ]  # fmt: skip
    assert imported(desk, path, RECEIVABLE) == {"read": 8, "added": 4, "updated": 0, "same": 0, "refused": 4}
    found = desk.store.writer.execute(
        "select a.name, r.document_no, r.kind, r.bill_date, r.due, r.amount, r.paid, r.balance, r.currency, s.name from receivable as r"
        " join account as a on a.id = r.account_id join staff as s on s.id = r.owner_id where r.hotel_id = ? order by r.document_no",
        (hotel(desk),),
    ).fetchall()
    assert found == [
        ("越岫城建集团", "AR26040071", "banquet", "2026-03-31", "2026-04-30", 11_800_000, 3_000_000, 8_800_000, "CNY", "唐屿"),
        ("越岫城建集团", "AR26070102", "meeting", "2026-07-01", "2026-07-31", 6_450_000, 0, 6_450_000, "CNY", "唐屿"),
        ("鹿渚文化传播", "AR26100010", "meal", "2026-09-20", "2026-10-20", 123_450, 0, 123_450, "CNY", "江叙"),
        ("Harbour & Pine Trading Ltd", "AR26100011", "room", "2026-10-01", "2026-11-27", 420_000, 0, 420_000, "USD", "许棠"),
    ]  # fmt: skip
    assert not [name for (name,) in desk.store.writer.execute("select name from account") if "计" in name.replace("会计", "")]
    assert imported(desk, path, RECEIVABLE)["same"] == 4


def test_with_two_hotels_it_must_be_clear_which(desk: Desk, tmp_path: Path) -> None:
    for at in range(2):
        added(desk, HOTEL, name=f"H{at}", code=f"H{at}")
    before = facts(desk.store)
    with pytest.raises(Refused, match="Hotel"):
        prepared(desk, csv_file(tmp_path / "ar.csv", HEADINGS, *ROWS), RECEIVABLE)
    assert facts(desk.store) == before


@pytest.mark.parametrize(
    ("cells", "total"),
    [
        (["小计", "1"], True), (["", " 合 计：", "1"], True), (["越岫城建集团 小计"], True), (["Grand Total:"], True), (["Subtotal"], True), (["累计"], True),
        (["合计会计师事务所"], False), (["越岫城建集团", "合计"], False), ([""], False), ([], False), (["Total Logistics Ltd"], False),
    ],
)  # fmt: skip
def test_what_is_a_line_of_totals(cells: list[str], total: bool) -> None:
    assert is_total(cells) is total


def _lived(desk: Desk) -> None:
    """Bills of one number, payers of one name, a receipt applied to both bills, a promise."""
    client, house = account(desk, "鹿渚文化传播", code="009"), hotel(desk)
    values = {"account_id": client, "hotel_id": house, "bill_date": "2026-09-01", "due": "2026-10-01", "document_no": "A1"}
    bills = [added(desk, RECEIVABLE, **values, amount=amount) for amount in (500, 700)]
    person = added(desk, PERSON, name="王会计", account_id=client)
    added(desk, PROMISE, account_id=client, person_id=person, made_on="2026-11-01", due="2026-12-15", amount=99, said_by="王会计")
    for _ in range(2):
        actions.take_receipt(desk, {"amount": 600, "payer": "绍兴鹿渚", "received_on": "2026-11-18"}, [(bill, 250) for bill in bills])


def test_everything_comes_back_the_same(desk: Desk, store: Store, tmp_path: Path) -> None:
    """Neither document numbers nor payers tell rows apart: applications go out by id and find theirs again."""
    _lived(desk)
    order: tuple[Record, ...] = (HOTEL, ACCOUNT, PERSON, RECEIVABLE, PROMISE, RECEIPT, APPLICATION)
    files = {record: exported(store, record, tmp_path / f"{record.file_word}.csv") for record in order}
    assert files[APPLICATION].decode("utf-8-sig").splitlines()[0] == "id,receipt,receipt name,receivable,receivable name,day,amount,currency,short,why_short,remark"
    with Store(tmp_path / "other.db", RECORDS, create=True) as other:
        second = Desk(other, "方予安")
        for record in order:
            imported(second, tmp_path / f"{record.file_word}.csv", record)
        again = {record: exported(other, record, tmp_path / f"{record.file_word}.2.csv") for record in order}
    assert again == files


@pytest.mark.parametrize("words", ["receivables", "promises", "receipts", "applications"])
def test_the_command_line_writes_them(desk: Desk, store: Store, tmp_path: Path, words: str, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _lived(desk)
    path = str(store.address)
    store.close()
    if "://" in path:
        parts = urlsplit(path)
        monkeypatch.setenv("CRM_DESKTOP_PASSWORD", unquote(parts.password or ""))
        path = parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@")).geturl()
    assert cli.run(["--data", path, "export", words, "--to", str(tmp_path / "out.csv")]) == 0
    lines = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == {"receivables": 3, "promises": 2, "receipts": 3, "applications": 5}[words]
    capsys.readouterr()
