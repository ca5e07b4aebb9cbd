"""From one PC to the server and back, also when the power goes; and a copy to read on the way."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS, record_of
from crm_desktop.record.text import Refused
from crm_desktop.server import moving
from crm_desktop.store.store import Store
from tests.hotel import Hotel, at_its_hour
from tests.store.test_moving import everything, sound, unsealed

ACCOUNT = record_of("account")


def without_mark(found: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return unsealed(found) | {"setting": [row for row in found["setting"] if row[0] != "closed"]}


def content(address: Path | str, **options: bool) -> dict[str, list[Any]]:
    with Store(address, RECORDS, **options) as store:  # type: ignore[arg-type]
        return without_mark(everything(store))


@pytest.fixture
def file(hotel: Hotel, tmp_path: Path) -> Path:
    return hotel.copy(tmp_path / "hotel.db")


def test_a_file_that_moved_says_where_to(file: Path, server_database: str) -> None:
    with at_its_hour():
        was = content(file)
        moving.to_server(file, server_database, RECORDS)
        with pytest.raises(Refused, match="moved to"):
            Store(file, RECORDS)
        assert content(server_database) == was
        moving.stay(file, RECORDS)
        assert content(file) == was
        with pytest.raises(Refused, match="never moved"):
            moving.stay(file, RECORDS)


def test_nobody_works_in_it_meanwhile(file: Path, server_database: str) -> None:
    with at_its_hour(), Store(file, RECORDS), pytest.raises(Refused, match="open in another window"):
        moving.to_server(file, server_database, RECORDS)


MOVE = (
    "import sys; from crm_desktop.server import moving; from crm_desktop.duties import RECORDS; from pathlib import Path;"
    "moving.to_server(Path(sys.argv[1]), sys.argv[2], RECORDS)"
)


def test_killed_anywhere_it_can_be_done_again(file: Path, server_database: str) -> None:
    with at_its_hour():
        was, dice = content(file), random.Random(4)
        for _ in range(4):
            process = subprocess.Popen([sys.executable, "-c", MOVE, str(file), server_database])
            time.sleep(dice.uniform(0.5, 2.5))
            process.kill()
            process.wait()
        with Store(file, RECORDS, though_closed=True) as store:
            moved = store.setting("closed") != ""
        if not moved:
            moving.to_server(file, server_database, RECORDS)
        assert content(server_database) == was == content(file, though_closed=True)
        with Store(server_database, RECORDS) as server:
            assert sound(server) == []


def test_a_file_that_does_not_know_it_moved_learns_it(file: Path, moved_there: str) -> None:
    """As if cut off just before: the server has all of it, and the file opens as it is."""
    with at_its_hour():
        assert moving.to_server(file, moved_there, RECORDS).total == 0
        with pytest.raises(Refused, match="moved to"):
            Store(file, RECORDS)


def test_the_server_comes_back_into_a_file(moved_there: str, tmp_path: Path) -> None:
    back = tmp_path / "back.db"
    with at_its_hour():
        with Store(moved_there, RECORDS) as server:
            Desk(server, "Li Na").save(ACCOUNT, None, 0, {"kind": "company", "name": "服务器上的新客户"})
        moving.fetch(moved_there, back, RECORDS)
        assert content(back) == content(moved_there)
        with Store(back, RECORDS) as store:
            assert sound(store) == []
            Desk(store, "Li Na").save(ACCOUNT, None, 0, {"kind": "company", "name": "又回到本机"})
        with pytest.raises(Refused, match="is there already"):
            moving.fetch(moved_there, back, RECORDS)


def test_a_file_not_fetched_to_its_end_is_not_opened(moved_there: str, tmp_path: Path) -> None:
    def cut(_done: int, _total: int) -> None:
        raise OSError("the cable")

    back = tmp_path / "back.db"
    with at_its_hour():
        with pytest.raises(OSError, match="the cable"):
            moving.fetch(moved_there, back, RECORDS, cut)
        with pytest.raises(Refused, match="not fetched"):
            Store(back, RECORDS)
        moving.fetch(moved_there, back, RECORDS)
        assert content(back) == content(moved_there)


def test_a_copy_for_the_road_is_read_and_not_written(moved_there: str, tmp_path: Path) -> None:
    road = tmp_path / "road.db"
    with at_its_hour():
        with Store(moved_there, RECORDS) as server:
            desk = Desk(server, "Li Na")
            made = desk.save(ACCOUNT, None, 0, {"kind": "company", "name": "已删客户"}).rows[0][1]
            desk.remove(ACCOUNT, made, 1)
        for _ in range(2):  # the newer one takes the older one's place
            moving.take_along(moved_there, road, RECORDS)
        with Store(road, RECORDS) as copy, closing(copy.open_reader()) as reader:
            living = {record.key: reader.execute(f"select count(*) from {record.key} where gone is null").fetchone()[0] for record in RECORDS}
            with pytest.raises(Refused, match="to be read"):
                Desk(copy, "Li Na").save(ACCOUNT, None, 0, {"kind": "company", "name": "不行"})
            assert not reader.execute("select count(*) from account where gone is not null").fetchone()[0]
        with Store(moved_there, RECORDS) as server, closing(server.open_reader()) as reader:
            assert living == {record.key: reader.execute(f"select count(*) from {record.key} where gone is null").fetchone()[0] for record in RECORDS}
        with open(road, "rb") as raw:
            assert b"SQLite" not in raw.read(64)
