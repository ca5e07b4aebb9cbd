"""Credit files on the sample hotel and on an empty one: the chain of approvals with four eyes, credit that follows the agreement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.desk.settings import Settings
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import actions, causes, queries, queries_screens, words_file
from crm_desktop.duties.credit.records import (
    CREDIT_AGREEMENT,
    CREDIT_APPLICATION,
    CREDIT_OVERRIDE,
    GUARANTEE,
    SIGNATORY,
)
from crm_desktop.duties.credit.records_policy import CREDIT_POLICY
from crm_desktop.duties.credit.rules_policy import DEFAULTS
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, say, use
from crm_desktop.store.store import Store
from tests.hotel import TODAY, Hotel, at_its_hour
from tests.samples import account, added, change, hotel, row, sound


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with at_its_hour():
        yield


@pytest.fixture
def house(sample: Hotel, tmp_path: Path) -> Iterator[Store]:
    with at_its_hour(), Store(sample.copy(tmp_path / "hotel.db"), RECORDS) as store:
        yield store


@pytest.fixture
def sample() -> Hotel:
    from tests.hotel import made

    return made()


def desk_of(store: Store, sample: Hotel, name: str) -> Desk:
    settings = Settings()
    settings.person = sample.ids[name]
    desk = Desk(store, "nobody")
    desk.sit(settings)
    return desk


def step(desk: Desk, record: Record, row_id: int, key: str, **more: Any) -> str:
    old = row(desk, record, row_id)
    desk.move(record, row_id, old["version"], key, **more)
    return str(row(desk, record, row_id)["state"])


# the sample


def test_the_grades_of_the_stories(house: Store, sample: Hotel) -> None:
    with closing(house.open_reader()) as reader:
        found = {name: queries.credit_file(reader, sample.ids[name], TODAY) for name in ("禾渚软件", "沐棹会展", "青垧新材", "越岫城建")}
    assert {name: each.score.grade for name, each in found.items() if each} == {"禾渚软件": "AA", "沐棹会展": "B", "青垧新材": "C", "越岫城建": "C"}
    used_up, draft = found["沐棹会展"], found["青垧新材"]
    assert used_up is not None
    assert draft is not None
    assert (used_up.money.headroom, used_up.next_grade) == (-36_400_00, (1, "A"))
    assert draft.application is not None
    assert draft.application["state"] == "draft"


def test_every_line_of_a_file_has_chinese_words_and_every_point_its_rows(house: Store, sample: Hotel) -> None:
    use("zh_CN")
    with closing(house.open_reader()) as reader:
        found = queries.credit_file(reader, sample.ids["沐棹会展"], TODAY)
    assert found is not None
    blocks = {block.key: block for block in words_file.blocks(found)}
    said = [say(line.words) for line in blocks["exposure"].lines]
    assert said == ["未收账款：148,000.00", "+ 在店未入账：22,400.00（14 间）", "+ 90 天内将挂账：96,000.00", "− 已付定金：30,000.00", "= 占用 236,400.00 / 额度 200,000.00"]
    assert say(blocks["exposure"].value) == "−36,400.00"
    assert all(point.fact.opens for point in found.score.points)
    assert all(line.opens for line in blocks["exposure"].lines)


def test_the_sample_needs_no_bringing_up_to_date(house: Store) -> None:
    with closing(house.open_reader()) as reader:
        assert actions.stale(reader, TODAY) == []
        keys = [cause.key for cause in causes.causes(reader, TODAY) if not cause.key.startswith("collect")]
    assert keys == ["credit-stuck", "credit-stuck", "credit-paper", "credit-agreement", "credit-review", "guarantee"]


def test_the_cashiers_list(house: Store) -> None:
    with closing(house.open_reader()) as reader:
        found = queries_screens.debtors(reader, TODAY)
    assert (found[0].name, found[0].credit, found[0].signers) == ("越岫城建集团", "stopped", ["屠会计 财务部会计", "郭砚平 办公室主任"])
    assert {one.name: one.room for one in found}["沐棹会展服务有限公司"] == -36_400_00


def test_the_chain_needs_different_people_up_to_the_amount(house: Store, sample: Hotel) -> None:
    seller, manager, director, controller, chief = (desk_of(house, sample, name) for name in ("周一禾", "陆行舟", "沈知渝", "高澄", "顾砚秋"))
    values = {"account_id": sample.ids["澄籁精密"], "day": TODAY, "limit_asked": 250_000_00, "days_asked": 30}
    made = added(seller, CREDIT_APPLICATION, **values, hotel_id=sample.ids["澜棠大酒店"])
    with pytest.raises(Refused, match="why"):
        step(seller, CREDIT_APPLICATION, made, "submit")
    change(seller, CREDIT_APPLICATION, made, reason="年度协议")
    assert step(seller, CREDIT_APPLICATION, made, "submit") == "manager"
    with pytest.raises(Refused, match="second person"):
        step(seller, CREDIT_APPLICATION, made, "endorse", values={"manager_words": "同意"})
    with pytest.raises(Refused, match="opinion"):
        step(manager, CREDIT_APPLICATION, made, "endorse")
    assert step(manager, CREDIT_APPLICATION, made, "endorse", values={"manager_words": "同意"}) == "finance"
    assert step(controller, CREDIT_APPLICATION, made, "pass", values={"finance_words": "无涉诉"}) == "decision"
    for somebody, why in ((controller, "second person|General manager"), (director, "General manager"), (seller, "General manager|second person")):
        with pytest.raises(Refused, match=why):
            step(somebody, CREDIT_APPLICATION, made, "approve")
    assert step(chief, CREDIT_APPLICATION, made, "approve") == "approved"
    decided = row(chief, CREDIT_APPLICATION, made)
    assert (decided["limit_granted"], decided["days_granted"], decided["decided_on"]) == (250_000_00, 30, TODAY)
    with pytest.raises(Refused, match="keeps the points"):
        actions.put_score(chief, made)


def test_points_are_put_on_what_is_not_decided(house: Store, sample: Hotel) -> None:
    desk = desk_of(house, sample, "高澄")
    found = queries.rows(house.writer, CREDIT_APPLICATION, "account_id = ?", (sample.ids["青垧新材"],))
    actions.put_score(desk, found[0]["id"])
    judged = row(desk, CREDIT_APPLICATION, found[0]["id"])
    assert (judged["grade"], 40 < judged["score"] < 60) == ("C", True)
    desk.undo()
    assert row(desk, CREDIT_APPLICATION, found[0]["id"])["score"] is None


# an empty hotel, both engines


def agreement(desk: Desk, client: int, **more: Any) -> int:
    values = {"account_id": client, "number": "GZ-1", "starts": "2026-01-01", "ends": "2026-12-31", "credit_limit": 80_000_00, "days": 45, "hotel_id": hotel(desk)}
    return added(desk, CREDIT_AGREEMENT, **(values | more))


def credit_of(desk: Desk, client: int) -> tuple[str, int, int | None]:
    actions.keep(desk)
    found = row(desk, ACCOUNT, client)
    return str(found["credit"]), int(found["credit_limit"]), found["credit_days"]


def test_credit_follows_the_agreement(desk: Desk) -> None:
    client = account(desk, "甲", credit="none")
    made = agreement(desk, client)
    assert credit_of(desk, client) == ("none", 0, None)
    with pytest.raises(Refused, match="word of mouth"):
        step(desk, CREDIT_AGREEMENT, made, "sign")
    step(desk, CREDIT_AGREEMENT, made, "sign", values={"signed_on": "2025-12-30"})
    assert credit_of(desk, client) == ("open", 80_000_00, 45)
    with pytest.raises(Refused, match="reason"):
        step(desk, CREDIT_AGREEMENT, made, "suspend")
    step(desk, CREDIT_AGREEMENT, made, "suspend", reason="逾期 60 天")
    assert credit_of(desk, client)[0] == "stopped"
    override = added(desk, CREDIT_OVERRIDE, account_id=client, given_on=TODAY, until=TODAY, amount=500_00, reason="年会已定")
    assert credit_of(desk, client)[0] == "stopped"
    step(desk, CREDIT_OVERRIDE, override, "give")
    assert credit_of(desk, client)[0] == "open"
    change(desk, CREDIT_OVERRIDE, override, given_on="2026-11-01", until="2026-11-17")
    assert credit_of(desk, client)[0] == "stopped"
    step(desk, CREDIT_AGREEMENT, made, "end", reason="到期不续")
    assert credit_of(desk, client)[0] == "none"
    count = len(desk.store.writer.execute("select id from change").fetchall())
    actions.keep(desk)
    assert len(desk.store.writer.execute("select id from change").fetchall()) == count
    sound(desk.store)


def test_clients_without_an_agreement_are_left_alone(desk: Desk) -> None:
    client = account(desk, "乙", credit="open", credit_limit=5_00, credit_days=30)
    assert credit_of(desk, client) == ("open", 5_00, 30)


def test_who_may_sign_on_a_day(desk: Desk, reader: Any) -> None:
    client = account(desk, "甲")
    made = agreement(desk, client)
    for name, starts, ends in (("早", "2026-01-01", "2026-11-17"), ("今", "2026-01-01", ""), ("迟", "2026-11-19", "")):
        added(desk, SIGNATORY, agreement_id=made, account_id=client, name=name, starts=starts, ends=ends)
    assert [one["name"] for one in queries.signatories(reader, client, TODAY)] == ["今"]
    with pytest.raises(Invalid, match="on or after"):
        added(desk, SIGNATORY, agreement_id=made, account_id=client, name="错", starts="2026-02-01", ends="2026-01-01")


def test_a_policy_counts_from_its_day_on(desk: Desk, reader: Any) -> None:
    assert queries.policy(reader, TODAY)["since"] == DEFAULTS["since"]
    with pytest.raises(Invalid, match="add up to 100"):
        added(desk, CREDIT_POLICY, since="2026-01-01", weight_character=40)
    added(desk, CREDIT_POLICY, since="2026-01-01", weight_character=40, weight_capacity=20)
    added(desk, CREDIT_POLICY, since="2026-12-01", least_aa=85)
    assert [queries.policy(reader, day)["weight_character"] for day in ("2025-12-31", TODAY, "2026-12-01")] == [35, 40, 35]


def test_what_a_guarantor_stands_for(desk: Desk, reader: Any) -> None:
    from crm_desktop.desk.records import STAFF

    client, who = account(desk, "甲"), added(desk, STAFF, name="贺小满")
    rows = [added(desk, GUARANTEE, account_id=client, staff_id=who, amount=amount, given_on=TODAY, due="2026-11-20") for amount in (3_000_00, 1_500_00)]
    assert queries.guarantor_total(reader, who) == 4_500_00
    assert [(cause.key, cause.owner_id) for cause in causes.causes(reader, TODAY)] == [("guarantee", who)] * 2
    step(desk, GUARANTEE, rows[0], "settle")
    assert queries.guarantor_total(reader, who) == 1_500_00
    with pytest.raises(Invalid):
        added(desk, GUARANTEE, account_id=client, staff_id=who, amount=0, given_on=TODAY, due="2026-11-20")
