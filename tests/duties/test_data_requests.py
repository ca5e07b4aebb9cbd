"""The register of requests about personal data: the clock, the way to an answer, what must be kept, and the proof of what was done."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.consents import queries_requests, requests
from crm_desktop.duties.consents import rules_requests as rules
from crm_desktop.duties.consents.records_requests import DATA_REQUEST
from crm_desktop.record import dates
from crm_desktop.record.text import Refused
from tests.samples import added, change, row, sound

TODAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


def asked(desk: Desk, person: int, kind: str = rules.COPY, **values: Any) -> int:
    return added(desk, DATA_REQUEST, **({"person_id": person, "kind": kind, "received_on": TODAY} | values))


def move(desk: Desk, at: int, key: str, reason: str = "", **values: Any) -> None:
    desk.move(DATA_REQUEST, at, row(desk, DATA_REQUEST, at)["version"], key, reason=reason, values=values)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2090, 1, 1)), st.sampled_from([state for state, _, _ in DATA_REQUEST.by_name["state"].choices]))
def test_the_clock(day: dt.date, state: str) -> None:
    found = rules.settle({"received_on": day.isoformat(), "state": state})
    assert found["due"] == (day + dt.timedelta(days=15)).isoformat()
    assert found["waits_until"] == (found["due"] if state in rules.OPEN else "")
    left = rules.days_left(str(found["waits_until"]), day.isoformat())
    assert left == (15 if state in rules.OPEN else None)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"hold": "books"}, "hold_reason"), ({"decision": rules.REFUSED}, "reason"), ({"decision": rules.PARTLY}, "reason"),
        ({"kind": rules.DELETE, "decision": rules.GRANTED, "hold": "suit", "hold_reason": "到判决为止"}, "decision"), ({"person_id": None, "name": " "}, "person_id"),
        ({"kind": rules.COPY, "decision": rules.GRANTED, "hold": "suit", "hold_reason": "到判决为止"}, ""), ({"kind": rules.DELETE, "decision": rules.PARTLY, "reason": "账单", "hold": "books", "hold_reason": "账单，30 年"}, ""),
        ({"person_id": None, "name": "律师函"}, ""), ({"person_id": None, "state": rules.ANSWERED}, ""),
    ],
)  # fmt: skip
def test_what_a_request_needs(values: dict[str, Any], field: str) -> None:
    found = rules.check({"person_id": 7, "kind": rules.COPY, "state": rules.CHECKED} | values)
    assert list(found) == ([field] if field else [])


def test_a_copy_goes_its_way_and_names_its_proof(desk: Desk, reader: Any, tmp_path: Path) -> None:
    guest = added(desk, PERSON, name="霍明翊", phone="13900139001")
    at = asked(desk, guest)
    assert (row(desk, DATA_REQUEST, at)["code"], row(desk, DATA_REQUEST, at)["due"]) == ("GR-2026-0001", "2026-12-03")
    with pytest.raises(Refused, match="recognised"):
        move(desk, at, "check")
    move(desk, at, "check", identity="回拨登记手机")
    with pytest.raises(Refused, match="Choose the decision"):
        move(desk, at, "decide")
    move(desk, at, "decide", decision=rules.GRANTED)
    with pytest.raises(Refused, match="Do first"):
        move(desk, at, "answer")
    other = asked(desk, guest, rules.DELETE)
    path = tmp_path / "copy.xlsx"
    assert requests.copy(desk, PERSON, guest, path, "asked") >= 1
    proof = row(desk, DATA_REQUEST, at)
    assert proof["file_hash"] == hashlib.sha256(path.read_bytes()).hexdigest()
    entry = desk.store.writer.execute("select action from change where id = ?", (int(proof["entry"]),)).fetchone()
    assert entry[0] == "Copy of a person's data made"
    assert row(desk, DATA_REQUEST, other)["entry"] == "", "a copy erases nobody"
    move(desk, at, "answer")
    assert (row(desk, DATA_REQUEST, at)["done_on"], row(desk, DATA_REQUEST, at)["waits_until"]) == (TODAY, "")
    requests.copy(desk, PERSON, guest, tmp_path / "again.xlsx")
    assert row(desk, DATA_REQUEST, at)["file_hash"] == proof["file_hash"], "what was answered stays"
    sound(desk.store)


def test_erasing_leaves_a_proof_without_the_person(desk: Desk) -> None:
    guest = added(desk, PERSON, name="霍明翊", phone="13900139001")
    at = asked(desk, guest, rules.DELETE, name="霍明翊", words="霍明翊请求删除", identity="身份证核对")
    move(desk, at, "check")
    change(desk, DATA_REQUEST, at, decision=rules.PARTLY, hold="books", hold_reason="账单保存 30 年", reason="账单须留存")
    move(desk, at, "decide")
    change_id = requests.erase(desk, PERSON, guest, row(desk, PERSON, guest)["version"], "本人来函").id
    proof = row(desk, DATA_REQUEST, at)
    assert (proof["person_id"], proof["name"], proof["identity"]) == (None, "", "")
    assert "霍明翊" not in str(proof)
    assert (proof["entry"], proof["hold_reason"], proof["code"]) == (str(change_id), "账单保存 30 年", "GR-2026-0001")
    move(desk, at, "answer")
    assert row(desk, DATA_REQUEST, at)["state"] == rules.ANSWERED
    sound(desk.store)


def test_today_the_sheet_and_a_follow_up_tell_of_it_until_it_is_answered(desk: Desk, reader: Any) -> None:
    assert queries_requests.today(reader, TODAY, None) == []
    guest = added(desk, PERSON, name="祁曼")
    at = asked(desk, guest, rules.CORRECT, received_on="2026-11-10")
    (line,) = queries_requests.today(reader, TODAY, None)
    assert (line.count, line.tone) == (1, "amber")
    assert [(point.words.args["n"], point.tone) for point in queries_requests.now(reader, "person", guest, TODAY)] == [(7, "amber")]
    (late,) = queries_requests.now(reader, "data_request", at, "2026-11-30")
    assert (late.words.args["n"], late.tone) == (5, "red")
    assert queries_requests.today(reader, "2026-11-30", None)[0].tone == "red"
    (cause,) = queries_requests.causes(reader, TODAY)
    assert (cause.due, cause.person_id, cause.about) == ("2026-11-22", guest, ("data_request", at))
    with pytest.raises(Invalid, match="why it is not granted"):
        change(desk, DATA_REQUEST, at, decision=rules.REFUSED)
    move(desk, at, "drop", reason="本人电话撤回")
    assert (queries_requests.today(reader, TODAY, None), queries_requests.causes(reader, TODAY), queries_requests.now(reader, "person", guest, TODAY)) == ([], [], [])
