"""What very many rows will touch is read before the write lock is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.stays.records import STAY
from crm_desktop.exchange import importing
from crm_desktop.exchange.mapping import from_headings
from crm_desktop.exchange.text_file import read_table
from crm_desktop.store import engine
from tests.samples import hotel

STAYS = ["hotel,booking_no,arrival,departure,rate,agency", "City Hotel,{n},2026-11-0{n},2026-11-1{n},{n}00.00,"]
ACCOUNTS = ["kind,code,name", "company,C{n},Company {n}"]


@pytest.mark.embedded
@pytest.mark.parametrize(("record", "lines", "index"), [(STAY, STAYS, "stay_rate_id"), (ACCOUNT, ACCOUNTS, "account_sort_id")], ids=["stay", "account"])
def test_it_is_read_before_the_lock(desk: Desk, tmp_path: Path, record: object, lines: list[str], index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MANY_ROWS", 1)
    hotel(desk)
    asked: list[str] = []
    for numbers in (range(1, 5), range(5, 8)):
        path = tmp_path / "file.csv"
        path.write_text("\n".join([lines[0], *(lines[1].format(n=n) for n in numbers)]) + "\n", "utf-8")
        table = read_table(path)
        prepared = importing.prepare(desk.store.writer, desk.store.keys, desk.store.by_key, table, from_headings(record, table.headings))  # type: ignore[arg-type]
        assert (prepared.added, prepared.bad) == (len(numbers), [])
        asked.clear()
        desk.store.writer.conn.set_trace_callback(asked.append)
        importing.write(desk, prepared)
        desk.store.writer.conn.set_trace_callback(None)
    begun = asked.index("begin immediate")
    assert [sql for sql in asked[:begun] if f"indexed by {index}" in sql]
    assert not [sql for sql in asked[begun:] if "indexed by" in sql]
