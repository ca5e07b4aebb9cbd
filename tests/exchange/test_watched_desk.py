"""What a PMS dropped into a folder, against what is here, on every engine: new, changed and gone are told before anything is
taken; what differs is updated, kept, or comes as a new row."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.stays.records import STAY
from crm_desktop.exchange import importing
from crm_desktop.exchange.differences import Naming, changed, gone
from crm_desktop.exchange.watching import look, settled
from tests.samples import csv_file, imported, prepared, sound

HEAD = ["预订号", "酒店", "姓名", "房价", "抵店", "离店"]
HOTEL = "澜棠大酒店"
FIRST = (["LT1", HOTEL, "令狐未央", "680", "2026-12-01", "2026-12-02"], ["LT2", HOTEL, "慕容晓", "700", "2026-12-01", "2026-12-03"])
SECOND = (["LT1", HOTEL, "令狐未央", "720", "2026-12-01", "2026-12-02"], ["LT3", HOTEL, "司空见", "650", "2026-12-04", "2026-12-05"])


def dropped(folder: Path, name: str, rows: tuple[list[str], ...]) -> Path:
    folder.mkdir(exist_ok=True)
    path = csv_file(folder / name, HEAD, *rows, encoding="gb18030")
    os.utime(path, (1000, 1000))
    [ready] = [one for one in settled(look(folder), {one.mark for one in look(folder)}, set(), 9000) if one.path == path]
    return ready.path


def rates(desk: Desk) -> list[tuple[str, int]]:
    return [tuple(row) for row in desk.store.writer.execute("select booking_no, rate from stay where gone is null order by booking_no, rate").fetchall()]


def test_a_dropped_export_is_told_before_it_is_taken(desk: Desk, tmp_path: Path) -> None:
    assert imported(desk, dropped(tmp_path / "pms", "预抵1201.csv", FIRST), STAY)["added"] == 2
    ready = prepared(desk, dropped(tmp_path / "pms", "预抵1202.csv", SECOND), STAY)
    with closing(desk.store.open_reader()) as reader:
        naming = Naming(reader, desk.store.by_key, ready.made)
        news, lost = changed(reader, ready, naming), gone(reader, ready, naming)
    assert (ready.added, [line.name for line in news], [line.name for line in lost]) == (1, ["LT1"], ["LT2"])
    assert rates(desk) == [("LT1", 680_00), ("LT2", 700_00)], "nothing is taken yet"


@pytest.mark.parametrize(("choice", "kept"), [("update", [720_00]), ("keep", [680_00]), ("add", [680_00, 720_00])])
def test_each_match_is_updated_kept_or_added(desk: Desk, tmp_path: Path, choice: str, kept: list[int]) -> None:
    imported(desk, csv_file(tmp_path / "a.csv", HEAD, *FIRST), STAY)
    ready = prepared(desk, csv_file(tmp_path / "b.csv", HEAD, *SECOND), STAY)
    ids = {row_id for row_id, _, _ in ready.updates}
    assert ready.may_come_anew
    with closing(desk.store.open_reader()) as reader:
        ready.leave(ids if choice == "keep" else ())
        ready.add_anew(reader, ids if choice == "add" else ())
    assert (ready.added, ready.updated, ready.same) == {"update": (1, 1, 0), "keep": (1, 0, 1), "add": (2, 0, 0)}[choice]
    change = importing.write(desk, ready)
    assert [rate for number, rate in rates(desk) if number == "LT1"] == kept
    sound(desk.store)
    desk.undo(change.id)
    assert rates(desk) == [("LT1", 680_00), ("LT2", 700_00)]
