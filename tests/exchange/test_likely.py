"""New rows of a file that may be here already: found with their reasons, and only what was chosen happens with them."""

from __future__ import annotations

import itertools
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.exchange import importing, likely
from crm_desktop.exchange.comparing import Prepared
from crm_desktop.exchange.likely import ADD, LEAVE, UPDATE, Likely
from crm_desktop.exchange.progress import Quiet
from tests.samples import account, added, csv_file, prepared, row

HEADINGS = ["name", "city", "phone", "credit_limit"]
ROWS = (["云楸医疗器械股份有限公司", "绍兴", "", "80000"], ["錦澤紡織有限公司", "", "0575-00001002", ""], ["云程商旅网", "杭州", "", ""])


@pytest.fixture
def here(desk: Desk) -> tuple[int, int]:
    """Two clients the file knows under other names."""
    return account(desk, "云楸医疗器械有限公司", code="C1", city="绍兴", phone="0575-00001001"), account(desk, "锦泽纺织有限公司", remark="老客户")


def read(desk: Desk, path: Path, record: Any = ACCOUNT) -> tuple[Prepared, list[Likely]]:
    ready = prepared(desk, path, record)
    with closing(desk.store.open_reader()) as reader:
        return ready, likely.find(reader, ready, Quiet())


def bring(desk: Desk, ready: Prepared, found: list[Likely], choices: dict[int, str]) -> Any:
    with closing(desk.store.open_reader()) as reader:
        likely.decide(reader, ready, found, choices)
    return importing.write(desk, ready)


def names(desk: Desk) -> set[str]:
    return {found[0] for found in desk.store.writer.execute("select name from account where gone is null").fetchall()}


def test_who_may_be_here_is_told_with_the_reasons(desk: Desk, here: tuple[int, int], tmp_path: Path) -> None:
    ready, found = read(desk, csv_file(tmp_path / "a.csv", HEADINGS, *ROWS))
    assert [(each.name, each.found.id, each.found.reasons[0].source) for each in sorted(found, key=lambda each: each.name)] == [
        ("云楸医疗器械股份有限公司", here[0], "same name but for the legal form"), ("錦澤紡織有限公司", here[1], "same name in traditional or wide characters"),
    ]  # fmt: skip
    assert ready.added == 3


@pytest.mark.parametrize("choice", list(itertools.product((ADD, UPDATE, LEAVE), repeat=2)), ids="-".join)
def test_what_was_chosen_happens_and_is_one_undo(desk: Desk, here: tuple[int, int], tmp_path: Path, choice: tuple[str, str]) -> None:
    ready, found = read(desk, csv_file(tmp_path / "a.csv", HEADINGS, *ROWS))
    by_row = sorted(found, key=lambda each: here.index(each.found.id))
    before = [row(desk, ACCOUNT, row_id) for row_id in here]
    change = bring(desk, ready, found, {each.id: chosen for each, chosen in zip(by_row, choice, strict=True)})
    assert (ready.added, ready.updated + ready.same) == (1 + choice.count(ADD), choice.count(UPDATE))
    assert ("云楸医疗器械股份有限公司" in names(desk), "錦澤紡織有限公司" in names(desk)) == (choice[0] == ADD, choice[1] == ADD)
    assert {str(each["name"]) for each in before} < names(desk)  # what it is called here stays
    first, second = (row(desk, ACCOUNT, row_id) for row_id in here)
    assert (first["credit_limit"], first["code"], first["phone"]) == (80_000_00 if choice[0] == UPDATE else 0, "C1", before[0]["phone"])
    assert (second["phone"] != "", second["remark"]) == (choice[1] == UPDATE, "老客户")
    desk.undo(change.id)
    assert {name: value for name, value in row(desk, ACCOUNT, here[0]).items() if name != "version"} == {name: value for name, value in before[0].items() if name != "version"}
    assert names(desk) == {str(each["name"]) for each in before}


def test_two_rows_that_mean_the_same_client_update_it_together(desk: Desk, here: tuple[int, int], tmp_path: Path) -> None:
    rows = [["云楸医疗器械股份有限公司", "", "0575-00009999", ""], ["雲楸醫療器械有限公司", "上海", "", ""]]
    ready, found = read(desk, csv_file(tmp_path / "a.csv", HEADINGS, *rows))
    bring(desk, ready, found, {each.id: UPDATE for each in found})
    assert ready.added == 0
    one = row(desk, ACCOUNT, here[0])
    assert (one["city"], one["phone"][-4:]) == ("上海", "9999")


def test_a_client_removed_meanwhile_is_a_new_one(desk: Desk, here: tuple[int, int], tmp_path: Path) -> None:
    ready, found = read(desk, csv_file(tmp_path / "a.csv", HEADINGS, *ROWS))
    desk.remove(ACCOUNT, here[0], 1)
    bring(desk, ready, found, {each.id: UPDATE for each in found})
    assert "云楸医疗器械股份有限公司" in names(desk)


def test_what_would_only_be_made_for_a_row_left_out_is_not_made(desk: Desk, tmp_path: Path) -> None:
    added(desk, PERSON, name="解采薇", phone="199 0000 1001")
    ready, found = read(desk, csv_file(tmp_path / "p.csv", ["姓名", "手机", "单位"], ["解采薇", "19900001001", "青垧新材"]), PERSON)
    assert [each.name for each in found] == ["解采薇"]
    bring(desk, ready, found, {found[0].id: LEAVE})
    assert names(desk) == set()
