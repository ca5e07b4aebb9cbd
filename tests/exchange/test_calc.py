"""The exported file in LibreOffice Calc: Chinese right, codes whole, no live formula."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.exchange import list_out
from crm_desktop.store.pages import ListQuery
from tests.samples import account

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ENCODINGS = {"utf-8": "76", "gb18030": "85"}  # as LibreOffice numbers them
CODES = ("0012", "001234567890123456", "1E5", "440301199001", "C-7")


@pytest.mark.long
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here")
@pytest.mark.parametrize("quoted_is_text", ["false", "true"])  # the first is what Calc's dialog begins with
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_calc_opens_an_export_as_it_was_meant(desk: Desk, tmp_path: Path, encoding: str, quoted_is_text: str) -> None:
    names = ["华东电气（杭州）有限公司", "=1+1", "@SUM(1+1)*cmd|' /C calc'!A0", "+1-2", 'say "hi", 王']
    for name, code in zip(names, CODES, strict=True):
        account(desk, name, code=code, remark="=HYPERLINK(\"http://x\")\n第二行")
    with closing(desk.store.open_reader()) as reader:
        list_out.export(reader, ListQuery(ACCOUNT), tmp_path / "a.csv", encoding=encoding, by_id=True, sheets=True)
    how = f"--infilter=CSV:44,34,{ENCODINGS[encoding]},1,,0,{quoted_is_text},true"  # comma, quotes, letters, first line, ..., special numbers are found
    words = [str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", how, "--convert-to", "ods", "--outdir", str(tmp_path), str(tmp_path / "a.csv")]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    head, *rows = CalamineWorkbook.from_path(str(tmp_path / "a.ods")).get_sheet_by_index(0).to_python()
    found = {str(row[head.index("code")]).rstrip("\t"): str(row[head.index("name")]) for row in rows}
    assert sorted(found) == sorted(CODES)
    assert {name.removeprefix("'") for name in found.values()} == set(names)
    assert not re.findall("table:formula", zipfile.ZipFile(tmp_path / "a.ods").read("content.xml").decode())
