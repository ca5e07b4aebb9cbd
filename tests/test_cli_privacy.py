"""A person's rights to their data by the command line."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop import cli
from crm_desktop.desk.desk import Desk
from crm_desktop.exchange import csv_out, xlsx_out
from crm_desktop.record.ids import encode
from crm_desktop.store import left_behind
from crm_desktop.store.store import Store
from tests.forgotten import NAME, house
from tests.samples import sound


def test_a_copy_then_a_dry_run_then_nothing(store: Store, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    word = encode(house(desk)["guest"])
    store.close()
    data = ["--data", str(store.path)]
    assert cli.run(["person-copy", word, "--to", str(tmp_path / "copy.json"), "--reason", "a letter", *data]) == 0
    assert json.loads((tmp_path / "copy.json").read_text("utf-8"))["records"]["people"][0]["name"] == NAME
    assert cli.run(["erase", word, "--dry-run", *data]) == 0
    assert "Preferences: 1 rows are emptied" in capsys.readouterr().out
    assert cli.run(["erase", word, *data]) == 1
    assert "Say why" in capsys.readouterr().err
    aside = store.path.with_name(f"{store.path.name}.damaged-20261101-080000")
    for file in (aside, aside.with_name(aside.name + "-wal"), aside.with_name(aside.name + ".id")):
        file.touch()
    kept = [left_behind.refused_folder() / name for name in ("guests-1.csv", "guests-2.csv", "guests-3.xlsx", "guests-4.xlsx", "torn-5.xlsx")]
    kept[0].parent.mkdir(parents=True)
    for file, name in zip(kept, (NAME, "Somebody else", NAME, "Somebody else"), strict=False):
        (xlsx_out if file.suffix == ".xlsx" else csv_out).write_rows(file, [["name", "birthday"], [name, "not a day"]])
    kept[4].write_bytes(b"no workbook")
    capsys.readouterr()
    assert cli.run(["erase", word, "--reason", "a letter", *data]) == 0
    told = "".join(capsys.readouterr())
    assert f"may still hold this person: {aside.name}. Delete them in {store.path.parent}" in told
    assert f"still name this person, in clear: {kept[0].name}, {kept[2].name}, {kept[4].name}. Delete these files in {kept[0].parent}" in told
    with Store(store.path, store.records) as again, closing(again.open_reader()) as reader:
        assert reader.execute("select count(*) from person where name = ?", (NAME,)).fetchone() == (0,)
        sound(again)
    for command in (["erase", "AAAAAAAAAAAAA", "--dry-run"], ["person-copy", "AAAAAAAAAAAAA", "--to", str(tmp_path / "nobody.json"), "--reason", "x"]):
        assert cli.run([*command, *data]) == 1
        assert "Nobody here has the id AAAAAAAAAAAAA" in capsys.readouterr().err
    assert cli.run(["erase", "no id", *data]) == 1
