"""Which states of a record are only come to by an approval, and what else of it needs one."""

from __future__ import annotations

import pytest

from crm_desktop.duties import RECORDS
from crm_desktop.duties.care.records import CARE_PLAN
from crm_desktop.duties.credit.records import CREDIT_APPLICATION
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record import approving
from crm_desktop.record.approving import Approving, Asked
from crm_desktop.record.record import Record

VIP, PLAN = approving.of(VIP_STAY), approving.of(CARE_PLAN)


def test_what_lies_behind_an_approval() -> None:
    assert VIP is not None
    assert PLAN is not None
    assert (VIP.field, VIP.amount) == ("stage", "cost_cap")
    assert VIP.behind == dict.fromkeys(("approved", "departed", "in-house", "preparing", "ready", "reviewed"), Asked("vip", "cost_cap", True)) | {"refused": Asked("vip", "")}
    assert PLAN.behind == dict.fromkeys(("running", "summed-up"), Asked("care", "budget"))
    assert PLAN.steps == {("approval", "running"): Asked("care", "budget"), ("approval", "draft"): Asked("care", "")}
    assert approving.of(FOLLOW_UP) is None


def test_each_state_of_a_long_way_has_the_approval_before_it() -> None:
    found = approving.of(CREDIT_APPLICATION)
    assert found is not None
    assert found.behind == {"finance": Asked("credit_check", ""), "looked-into": Asked("credit_check", ""), "decision": Asked("credit_check", ""), "approved": Asked("credit", "limit_granted")}


@pytest.mark.parametrize("record", [record for record in RECORDS if approving.of(record)], ids=lambda record: record.key)
def test_a_row_never_begins_as_approved(record: object) -> None:
    found = approving.of(record)  # type: ignore[arg-type]
    assert found is not None
    assert record.by_name[found.field].default not in found.behind  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("old", "new", "asks"),
    [
        (None, ("applied", 900), False), (None, ("approved", 0), True), (("applied", 1), ("applied", 900), False),
        (("applied", 1), ("preparing", 1), True), (("refused", 1), ("approved", 1), True), (("approved", 5), ("approved", 6), True),
        (("approved", 5), ("approved", 4), False), (("approved", None), ("in-house", 1), True), (("approved", 5), ("preparing", 5), False),
        (("approved", 5), ("applied", 900), False), (("reviewed", 0), ("reviewed", None), False),
        (("preparing", 5), ("approved", 5), True), (("applied", 5), ("refused", 5), True), (("refused", 5), ("applied", 900), False),
    ],
)  # fmt: skip
def test_what_needs_an_approval(old: tuple[str, int | None] | None, new: tuple[str, int | None], asks: bool) -> None:
    assert isinstance(VIP, Approving)

    def row(values: tuple[str, int | None], level: str = "V4") -> dict[str, object]:
        return dict(zip(("stage", "cost_cap"), values, strict=True)) | {"level": level}

    assert (VIP.asks(old and row(old), row(new)) is not None) is asks
    behind = new[0] in ("approved", "preparing", "ready", "in-house", "departed", "reviewed")
    assert old is None or (VIP.asks(row(old), row(new, "V2")) is not None) is (asks or behind), "another level has another approver"


@pytest.mark.parametrize("record", [record for record in RECORDS if approving.of(record)], ids=lambda record: record.key)
def test_one_list_names_who_approves_the_rows_of_a_record(record: Record) -> None:
    assert record.machine is not None
    assert len({move.named for move in record.machine.moves if move.named}) <= 1


def test_only_some_columns_are_changed_by_who_approves_them() -> None:
    assert {record.key: found for record in RECORDS if (found := approving.given(record))} == {"account": {"level": "class"}}


@pytest.mark.parametrize(
    ("by", "roles", "may"),
    [
        ("gm", ["dosm"], False), ("gm", ["gm"], True), ("deputy", ["dosm"], False), ("dosm", ["sales_manager"], False), ("dosm", ["dosm"], True),
        ("duty", ["sales_manager"], True), ("duty", ["seller"], False), ("duty", ["seller", "gm"], True), ("", ["seller"], True), ("owner of the hotel", ["seller"], True),
    ],
)  # fmt: skip
def test_who_the_hotel_names_approves(by: str, roles: list[str], may: bool) -> None:
    assert VIP is not None
    assert VIP.named is not None
    assert (VIP.named.problem("V1", by, roles) is None) is may
