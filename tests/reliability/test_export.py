"""What leaves the house does nothing there: no cell of a file is a formula, and a file is the old one or the whole new one
(killed: test_kill.py; on a full disk: test_disk.py)."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from contextlib import closing
from pathlib import Path

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.exchange import xlsx_out
from crm_desktop.record.kinds import PARSE, Kind
from crm_desktop.store.pages import ListQuery
from tests.samples import account, exported, facts, imported

PAYLOADS = [
    "=1+1", "=cmd|' /C calc'!A0", "@SUM(1+1)", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "=WEBSERVICE(A1)", "=IMPORTXML(1)",
    "\t=1+1", "\r=1+1", " =1+1", "＝1+1", "＠SUM(1)", "-A1", "+A1", "'=1+1", '"=1+1', "=DDE(1)", "|calc", "%calc", "\ufeff=1+1", "\u200b=1+1",
]  # fmt: skip
ALIVE = re.compile(r"^\s*[=@+\-|%＝＋－＠\ufeff\u200b]")


def test_no_cell_is_alive_and_all_come_back(desk: Desk, tmp_path: Path) -> None:
    for n, payload in enumerate(PAYLOADS):
        words = PARSE[Kind.LONG](payload)  # as a form takes it
        account(desk, f"Client {n}", remark=words, address=f"a;{words}")
    table = list(csv.reader(io.StringIO(exported(desk.store, ACCOUNT, tmp_path / "out.csv").decode("utf-8-sig"), newline="")))
    cells = [cell for row in table[1:] for cell in row]
    assert [cell for cell in cells if ALIVE.match(cell) and not re.fullmatch(r"-?[\d.,]+", cell)] == []
    assert sum(cell.lstrip("'").strip() != cell for cell in cells) >= 12, "the payloads are in the file, made dead"
    with closing(desk.store.open_reader()) as reader:
        xlsx_out.export(reader, ListQuery(ACCOUNT), tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        sheets = "".join(book.read(part).decode() for part in book.namelist() if part.startswith("xl/worksheets/"))
    formulas = re.findall(r"<f[ >].*?</f>", sheets)
    assert all("SUBTOTAL" in each or "SUM(" in each for each in formulas), "only sums of the program's own"
    before = facts(desk.store)["account"]
    imported(desk, tmp_path / "out.csv", ACCOUNT)
    assert facts(desk.store)["account"] == before
