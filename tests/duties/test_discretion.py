"""Confidential guests: the alias stands everywhere, the truth reaches those who were told, and every opening is written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk import past
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.eyes import Eyes
from crm_desktop.desk.rights import Sighted
from crm_desktop.desk.settings import Settings
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.discretion import actions, queries, rules
from crm_desktop.duties.discretion.records import CONFIDENCE, KNOWER, OPENING
from crm_desktop.duties.vip import arrivals, documents
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.exchange import csv_out
from crm_desktop.record.paper import Ask
from crm_desktop.record.record import Row
from crm_desktop.record.rights import MASK
from crm_desktop.record.text import Refused
from crm_desktop.store import history, pages, search
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.store import Store
from tests.duties import lobby
from tests.hotel import Hotel, at_its_hour
from tests.samples import added, row, sound

TRUE, ALIAS = "司徒曜", "沈一"
DIRECTOR, TOLD, OUTSIDER = "沈知渝", "方予安", "宋晚晴"
TEXTS = st.text("ab林一\"\\,'", max_size=6)
FILES = st.fixed_dictionaries(dict.fromkeys(rules.KEPT_APART, TEXTS))


@given(file=FILES, alias=st.text("xy一", min_size=1, max_size=4))
def test_what_is_kept_apart_comes_back_as_it_was(file: Row, alias: str) -> None:
    shown, truth = rules.apart(file, alias)
    assert set(shown.values()) <= {"", alias}
    assert shown["name"] == alias
    hidden = {**file, **shown}
    assert {**hidden, **rules.together(truth)} == {**file, "name": file["name"] or alias}
    assert rules.true_name(truth) == file["name"]


def test_no_truth_gives_nothing_back() -> None:
    assert (rules.together(""), rules.true_name(""), rules.true_phone("")) == ({}, "", "")
    assert rules.together('{"vip": "V1"}') == {}


@pytest.fixture
def kept(desk: Desk) -> dict[str, int]:
    """Situ, who arrives today, under an alias; 许棠 sits here."""
    ids = lobby.fill(desk)
    me = added(desk, desk.store.by_key["staff"], name="许棠", code="LT005")
    settings = Settings()
    settings.person = me
    desk.sit(settings)
    desk.signed_in = 0
    person = row(desk, PERSON, ids[TRUE])
    desk.save(PERSON, ids[TRUE], person["version"], {"phone": "139-0000-1111", "remark": "银行"})
    return ids | {"me": me, "file": added(desk, CONFIDENCE, person_id=ids[TRUE], name=ALIAS)}


def all_text(store: Store) -> str:
    """Everything a list of any record, its search words and its sheets can show."""
    tables = [record for record in store.records if record.key not in ("knower",)]
    return repr([store.writer.execute(f"select {', '.join(('id', *record.columns))} from {record.key} where gone is null").fetchall() for record in tables])


def test_the_name_is_nowhere_but_with_those_who_know(desk: Desk, kept: dict[str, int], reader: Any, tmp_path: Path) -> None:
    assert TRUE not in all_text(desk.store)
    assert "139 0000 1111" not in all_text(desk.store)
    assert search.find(reader, TRUE, 10, [PERSON]) == []
    assert [hit.title for hit in search.find(reader, ALIAS, 10, [PERSON])] == [ALIAS]
    assert next(card.name for card in arrivals.arrival_cards(reader, lobby.DAY, "")) == ALIAS
    assert arrivals.arrival_cards(reader, lobby.DAY, "situ") == []
    paper = documents.notice(reader, Ask(kept["situ"], lobby.DAY))
    assert paper is not None
    assert paper.data["guest"] == ALIAS
    assert TRUE not in repr(paper.data)
    for record in (PERSON, VIP_STAY):
        csv_out.export(reader, ListQuery(record), tmp_path / f"{record.key}.csv")
        assert TRUE not in (tmp_path / f"{record.key}.csv").read_text("utf-8-sig")
    (told,) = pages.fetch(reader, ListQuery(KNOWER, columns=("staff_id", "true_name", "true_phone")))
    assert told[2:] == ("许棠", TRUE, "139 0000 1111")
    sound(desk.store)


def test_the_log_does_not_tell_who_it_is_while_it_holds(desk: Desk, kept: dict[str, int], reader: Any) -> None:
    told = [newest.id for newest in history.newest(reader, desk.store.by_key)]
    shown = [str(text) for one in told for each in history.details(reader, desk.store.by_key, one) for text in (each.before, each.after)]
    assert MASK in shown
    assert not any(TRUE in text or "139 0000 1111" in text for text in shown)
    found = past.of(reader, PERSON, kept[TRUE])
    assert found is not None
    assert TRUE not in repr([line.noted.before for line in found.lines])
    file = row(desk, CONFIDENCE, kept["file"])
    desk.move(CONFIDENCE, kept["file"], file["version"], "lift", reason="客人同意")
    again = [str(each.before) for one in told for each in history.details(reader, desk.store.by_key, one)]
    assert TRUE in again


def test_lifting_and_undoing_bring_the_file_back(desk: Desk, kept: dict[str, int]) -> None:
    file = row(desk, CONFIDENCE, kept["file"])
    desk.move(CONFIDENCE, kept["file"], file["version"], "lift", reason="客人同意")
    back = row(desk, PERSON, kept[TRUE])
    assert (back["name"], back["phone"], back["remark"], back["position"]) == (TRUE, "139 0000 1111", "银行", "副行长")
    desk.undo()
    assert row(desk, PERSON, kept[TRUE])["name"] == ALIAS
    sound(desk.store)


def test_another_alias_and_what_is_refused(desk: Desk, kept: dict[str, int]) -> None:
    file = row(desk, CONFIDENCE, kept["file"])
    desk.save(CONFIDENCE, kept["file"], file["version"], {"name": "沈二"})
    assert row(desk, PERSON, kept[TRUE])["name"] == "沈二"
    with pytest.raises(Refused, match="confidential already"):
        added(desk, CONFIDENCE, person_id=kept[TRUE], name="沈三")
    with pytest.raises(Refused, match="the name itself"):
        added(desk, CONFIDENCE, person_id=kept["霍明翊"], name="霍明翊")
    with pytest.raises(Refused, match="know already"):
        added(desk, KNOWER, confidence_id=kept["file"], staff_id=kept["me"])
    mine = desk.store.writer.execute("select id from knower").fetchone()[0]
    with pytest.raises(Refused, match="last one who knows"):
        desk.remove(KNOWER, mine, row(desk, KNOWER, mine)["version"])
    other = added(desk, desk.store.by_key["staff"], name="陆行舟", code="LT004")
    added(desk, KNOWER, confidence_id=kept["file"], staff_id=other)
    assert desk.store.writer.execute("select count(*) from knower where truth like '%曜%'").fetchone() == (2,)
    desk.remove(KNOWER, mine, row(desk, KNOWER, mine)["version"])


def test_every_opening_is_written_down_and_nobody_takes_it_back(desk: Desk, kept: dict[str, int]) -> None:
    for record, row_id in (("person", kept[TRUE]), ("vip_stay", kept["situ"]), ("person", kept["霍明翊"]), ("stay", kept["shan"])):
        actions.opened(desk, record, row_id)
    found = desk.store.writer.execute("select what, who, knew from opening order by id").fetchall()
    assert found == [("person", "许棠", 1), ("vip_stay", "许棠", 1)]
    with pytest.raises(Refused):  # the file it is about was opened: it is lifted, not undone
        desk.undo()
    assert desk.store.writer.execute("select count(*) from opening where gone is null").fetchone() == (2,)
    assert queries.watched(desk.store.writer, "vip_stay", kept["situ"])
    assert not queries.watched(desk.store.writer, "person", kept["霍明翊"])


# in the sample hotel, with people who sign in


@pytest.fixture
def house(hotel: Hotel, tmp_path: Path) -> Iterator[Store]:
    with at_its_hour(), Store(hotel.copy(tmp_path / "hotel.db"), RECORDS) as store:
        yield store


def seen(store: Store, hotel: Hotel, name: str, sql: str) -> list[tuple[Any, ...]]:
    with closing(Sighted(store.open_reader(), RECORDS, Eyes(hotel.ids[name]))) as reader:
        return list(reader.execute(sql).fetchall())


@pytest.mark.embedded
def test_rank_does_not_open_it_only_being_told_does(house: Store, hotel: Hotel) -> None:
    truth = "select truth from knower where gone is null"
    for name in ("程牧野", "陆行舟", OUTSIDER, "樊守味", "高澄"):  # a deputy general manager among them
        assert seen(house, hotel, name, truth) == []
    for name in (TOLD, "顾砚秋", "叶听澜"):
        assert len(seen(house, hotel, name, truth)) == 1
    who = "select who, knew from opening where gone is null order by day, id"
    assert seen(house, hotel, DIRECTOR, who) == [("宋晚晴", 0), ("沈知渝", 1), ("叶听澜", 1), ("方予安", 1)]
    assert seen(house, hotel, OUTSIDER, who) == [("宋晚晴", 0)]
    assert len({row_id for duty in DUTIES for point in ((duty.now and duty.now(house.writer, "person", hotel.ids["林一"], "2026-11-18")) or ()) for row_id in [point.opens] if point.opens and point.opens[0] == "confidence"}) == 1


@pytest.mark.embedded
def test_an_outsider_can_neither_tell_nor_lift(house: Store, hotel: Hotel) -> None:
    settings = Settings()
    settings.person = hotel.ids["陆行舟"]
    desk = Desk(house, "nobody")
    desk.sit(settings)
    file = house.writer.execute("select id, version from confidence").fetchone()
    with pytest.raises(Refused):
        desk.save(KNOWER, None, 0, {"confidence_id": file[0], "staff_id": hotel.ids["陆行舟"]})
    with pytest.raises(Refused):
        desk.move(CONFIDENCE, file[0], file[1], "lift", reason="wants to know")
    assert house.writer.execute("select name from person where id = ?", (hotel.ids["林一"],)).fetchone() == ("林一",)
    actions.opened(desk, "person", hotel.ids["林一"])
    assert house.writer.execute("select who, knew from opening order by id desc limit 1").fetchone() == ("陆行舟", 0)
    assert OPENING.lasting is not None
