"""Editing code lists: written down, renamed, retired, ordered, taken back, sent out and brought in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.desk import code_lists
from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.records import CODE_ITEM
from crm_desktop.duties.settings import queries
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.exchange.mapping import choice_reader
from crm_desktop.record import codes
from crm_desktop.record.text import Refused, say, use
from tests.samples import RECORDS, Store, added, change, csv_file, exported, imported, remove, sound

RESULT = VISIT.by_name["result"]


@pytest.fixture(autouse=True)
def unlearned() -> Iterator[None]:
    yield
    codes.learn(())


def learnt(desk: Desk) -> None:
    codes.learn(queries.code_items(desk.store.writer))


def item(desk: Desk, code: str) -> int:
    found = desk.store.writer.execute("select id from code_item where list = 'visit_result' and code = ? and gone is null", (code,)).fetchone()
    return int(found[0])


def test_a_list_is_written_down_once_and_taken_back(desk: Desk) -> None:
    code_lists.begin(desk, "visit_result")
    assert len(queries.ids_of("visit_result", desk.store.writer)) == len(RESULT.choices)
    assert code_lists.begin(desk, "visit_result").count == 0
    use("zh_CN")
    assert desk.store.writer.execute("select zh, en from code_item where code = 'demand'").fetchone() == ("新需求", "New demand")
    desk.undo()
    assert queries.code_items(desk.store.writer) == []
    sound(desk.store)


def test_undo_names_the_list_it_took_back_by_its_title(desk: Desk) -> None:
    code_lists.begin(desk, "visit_result")
    undone = desk.undo().undid
    title = next(one.title for one in codes.lists() if one.name == "visit_result")
    assert undone is not None
    assert say(title) in say(undone)
    assert "visit_result" not in say(undone)


def test_renamed_retired_and_ordered(desk: Desk) -> None:
    code_lists.begin(desk, "visit_result")
    change(desk, CODE_ITEM, item(desk, "quote"), zh="已报价")
    change(desk, CODE_ITEM, item(desk, "not-met"), retired=1)
    ids = queries.ids_of("visit_result", desk.store.writer)
    code_lists.shift(desk, ids, item(desk, "quote"), -1)
    learnt(desk)
    use("zh_CN")
    assert say(RESULT.choice_text("quote")) == "已报价"
    assert [code for code, _, _ in RESULT.choices[:3]] == ["demand", "quote", "inquiry"]
    assert "not-met" not in {code for code, _, _ in RESULT.offered}
    ids = queries.ids_of("visit_result", desk.store.writer)
    assert code_lists.shift(desk, ids, ids[0], -1).count == 0  # the first stays the first


def test_a_code_is_neither_removed_nor_changed(desk: Desk) -> None:
    code_lists.begin(desk, "visit_result")
    with pytest.raises(Refused, match="rows may still hold it"):
        remove(desk, CODE_ITEM, item(desk, "quote"))
    with pytest.raises(Invalid, match="make a new one"):
        change(desk, CODE_ITEM, item(desk, "quote"), code="offer")
    with pytest.raises(Invalid, match="already has this"):
        added(desk, CODE_ITEM, list="visit_result", code="quote", zh="x")
    with pytest.raises(Invalid, match="in Chinese or in English"):
        added(desk, CODE_ITEM, list="visit_result", code="new")
    with pytest.raises(Invalid, match="not one of the choices"):
        added(desk, CODE_ITEM, list="visit_state", code="new", zh="x")  # the program's own states are no list


def test_a_file_speaks_the_hotels_words(desk: Desk, tmp_path: Path) -> None:
    added(desk, CODE_ITEM, list="visit_result", code="tasting", zh="试菜", en="Menu tasting", position=500)
    learnt(desk)
    read = choice_reader(RESULT)
    assert [read(words) for words in ("试菜", "menu tasting", "tasting", "新需求", "另一种")] == ["tasting", "tasting", "tasting", "demand", "另一种"]
    account = desk.save(desk.store.by_key["account"], None, 0, {"name": "禾渚软件", "kind": "company", "code": "003"}).rows[0][1]
    file = csv_file(tmp_path / "v.csv", ["单位", "日期", "结果"], ["禾渚软件", "2026-11-18", "试菜"])
    assert imported(desk, file, VISIT)["added"] == 1
    assert desk.store.writer.execute("select result, account_id from visit").fetchone() == ("tasting", account)


def test_a_list_comes_in_by_file_and_goes_out_the_same(desk: Desk, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path / "codes.csv", ["代码表", "代码", "中文", "英文", "顺序", "停用"],
        ["visit_result", "tasting", "试菜", "Menu tasting", "150", "0"], ["visit_result", "quote", "已报价", "", "30", "1"],
    )  # fmt: skip
    assert imported(desk, file, CODE_ITEM)["added"] == 2
    first = exported(desk.store, CODE_ITEM, tmp_path / "1.csv")
    desk.undo()
    assert imported(desk, tmp_path / "1.csv", CODE_ITEM)["added"] == 2
    assert exported(desk.store, CODE_ITEM, tmp_path / "2.csv") == first
    learnt(desk)
    assert "tasting" in {code for code, _, _ in RESULT.offered}
    assert "quote" not in {code for code, _, _ in RESULT.offered}


def test_the_lists_are_known_when_the_data_is_opened(store: Store) -> None:
    added(Desk(store), CODE_ITEM, list="visit_result", code="tasting", zh="试菜")
    path = store.address
    store.close()
    codes.learn(())
    with Store(path, RECORDS):
        assert say(RESULT.choice_text("tasting")) == "试菜"
