"""Every duty of the department, one table: what is taken down of each from a call stands in the client's timeline and on
*Today*, where its figure opens it, is found again, has its paper and its way through its states, and goes out as a file and back
without losing a byte."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.desk.desk import Desk
from crm_desktop.documents import library
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.duties.agreements.records import AGREEMENT, AGREEMENT_RATE
from crm_desktop.duties.bookings.records import BOOKING, BOOKING_ROOM
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.complaints.records import COMPLAINT
from crm_desktop.duties.feedback.records import FEEDBACK
from crm_desktop.duties.house.records import ROOM_TYPE
from crm_desktop.duties.market.records import CHECK, INFO, REVIEW
from crm_desktop.duties.meetings.records import INSTRUCTION, MINUTES, MINUTES_ITEM
from crm_desktop.duties.office.records import DOCUMENT, LOAN, TRAINEE, TRAINING
from crm_desktop.duties.promotions.records import OFFER, PROMOTION
from crm_desktop.duties.rectifications.records import RECTIFICATION
from crm_desktop.duties.settlements.records import SETTLEMENT, SETTLEMENT_LINE
from crm_desktop.duties.stays.records import HOTEL
from crm_desktop.duties.today import queries as board
from crm_desktop.exchange import importing
from crm_desktop.record import dates
from crm_desktop.record.record import Record
from crm_desktop.record.text import say
from crm_desktop.store import search, timeline
from crm_desktop.store.pages import ListQuery, count
from crm_desktop.store.store import Store
from tests.samples import added, exported, prepared, sound

DAY, SOON, PAST = "2026-11-18", "2026-11-20", "2026-11-16"
WILD = '=1+1, "引号"'
UGLY = f"{WILD}\n第二行"
# record -> what a call brings, the figure of Today it waits in ('' = only its lines do), what stands in the timeline of whom ('' = nobody's)
TAKEN: dict[str, tuple[Record, dict[str, Any], str, str]] = {
    "booking": (BOOKING, {"kind": "banquet", "day": DAY, "period": "dinner", "place": "听泉", "people": 12, "name": "祁曼", "option_date": SOON, "wishes": UGLY}, "Bookings today", "account"),
    "agreement": (AGREEMENT, {"name": "2026", "since": "2025-12-01", "until": "2026-11-30", "conditions": UGLY, "state": "to-sign"}, "Agreements to be signed", "account"),
    "complaint": (COMPLAINT, {"name": "空调又停了", "received_on": DAY, "received_at": "09:50", "severity": "S2", "room_no": "0812", "story": UGLY, "cause": "plant"}, "Severe complaints open", "account"),
    "rectification": (RECTIFICATION, {"name": "换风机电机", "state": "received", "issued_on": DAY, "issued_at": "10:00", "received_on": DAY, "received_at": "10:05", "standard": UGLY}, "Rectification orders running", "account"),
    "feedback": (FEEDBACK, {"name": "解采薇", "due": DAY, "words": UGLY}, "Call-backs due", "account"),
    "promotion": (PROMOTION, {"name": "平安夜", "sell_from": DAY, "sell_to": "2026-12-24", "state": "approval", "budget": 38_000_00, "conditions": UGLY}, "Promotions in approval", "account"),
    "settlement": (SETTLEMENT, {"name": "年会", "day": DAY, "deposit": 5_000_00, "mode": "mixed", "paid": 1_00, "remark": UGLY}, "Bills to hand over today", "account"),
    "minutes": (MINUTES, {"name": "周例会", "day": DAY, "reports": UGLY}, "Minutes to hand out", "account"),
    "instruction": (INSTRUCTION, {"name": "先收款", "day": PAST, "due": DAY, "detail": UGLY}, "Instructions due", "account"),
    "training": (TRAINING, {"name": "定金怎么写", "day": DAY, "content": UGLY}, "Trainings today", "account"),
    "document": (DOCUMENT, {"name": "公函", "day": PAST, "due": DAY, "direction": "in", "their_no": "0001"}, "Documents due", "account"),
    "archive_loan": (LOAN, {"name": "合同卷", "day": DAY, "purpose": WILD, "archive_no": "007"}, "Files asked for", "account"),
    "market_info": (INFO, {"name": "棹歌停业", "day": PAST, "valid_until": SOON, "content": UGLY}, "Information running out", "account"),
    "online_review": (REVIEW, {"name": "沈小园", "day": DAY, "time": "10:30", "words": UGLY, "stars": 2}, "Reviews not answered", "account"),
    "page_check": (CHECK, {"day": DAY, "platform": "own", "found": UGLY}, "Shop pages to look at", ""),
}  # fmt: skip
LINES: tuple[tuple[Record, str, dict[str, Any]], ...] = (
    (BOOKING_ROOM, "booking", {"number": 20, "rate": 468_00, "remark": WILD}),
    (AGREEMENT_RATE, "agreement", {"rate": 420_00, "breakfast": "double"}), (SETTLEMENT_LINE, "settlement", {"name": WILD, "actual": 20, "price": 3_988_00}),
    (MINUTES_ITEM, "minutes", {"name": WILD, "due": DAY}), (OFFER, "promotion", {"day": DAY, "said": WILD}), (TRAINEE, "training", {"name": "周一禾", "score": 90}),
)  # fmt: skip
# record -> the states it goes through one after the other; the states that leave this way, each with one of it they leave from
WAYS: dict[str, tuple[str, dict[str, str]]] = {
    "booking": ("inquiry proposal tentative definite done closed", {"turned-down": "inquiry", "lost": "proposal", "cancelled": "definite", "no-show": "definite"}),
    "agreement": ("draft approval to-sign running renewed ended", {"draft": "approval"}),
    "complaint": ("new accepted on-scene putting-right answered agreed called-back filed", {"escalated": "accepted", "claim": "answered", "withdrawn": "new", "on-scene": "answered", "accepted": "filed"}),
    "rectification": (
        "draft issued received on-scene planned in-work checked passed replied closed",
        {"refused": "issued", "received": "refused", "taken-over": "received", "in-work": "checked", "checked": "taken-over"},
    ),
    "feedback": ("planned tried reached", {"declined": "planned", "unreachable": "tried", "planned": "declined"}), "promotion": ("proposed scheme approval preparing selling running evaluation filed", {"scheme": "approval", "cancelled": "preparing"}),
    "promotion_offer": ("to-tell told thinking booked", {"declined": "thinking"}), "settlement": ("draft confirmed checked done", {"draft": "checked"}),
    "minutes": ("draft issued", {}), "minutes_item": ("decided running done", {"deferred": "running", "cancelled": "decided"}), "instruction": ("given accepted reported closed", {"accepted": "reported"}),
    "training": ("planned held evaluated", {"cancelled": "planned"}), "document": ("registered circulating handled finished filed", {}),
    "archive_loan": ("applied approved lent returned", {"refused": "applied"}), "market_info": ("noted verified used", {"set-aside": "noted"}),
    "online_review": ("unanswered answered", {"no-answer": "unanswered"}), "page_check": ("to-do defect fixed", {"clean": "to-do"}),
}  # fmt: skip


@pytest.mark.parametrize("key", WAYS)
def test_it_goes_through_its_states(key: str) -> None:
    (record,) = (each for each in RECORDS if each.key == key)
    assert record.machine is not None
    moves = {(source, move.target) for move in record.machine.moves for source in move.sources}
    way, exits = WAYS[key]
    states = way.split()
    assert [pair for pair in pairwise(states) if pair not in moves] == []
    assert [(source, target) for target, source in exits.items() if (source, target) not in moves] == []
    assert record.by_name[record.machine.field].default == states[0]
    reached = {states[0]}
    while more := {target for source, target in moves if source in reached} - reached:
        reached |= more
    assert {code for code, _, _ in record.by_name[record.machine.field].choices} == reached, "a state nothing leads to"


@pytest.mark.parametrize("key", TAKEN)
def test_it_has_its_form_list_search_and_files(key: str) -> None:
    record = TAKEN[key][0]
    pages = [page for duty in DUTIES for page in duty.pages if page.record is record]
    assert len(pages) == 1
    assert pages[0].words, "is not found in the palette"
    assert record.searched, "is not found by its words"
    assert len(record.listed) >= 7
    assert record.file_word
    assert len(record.sections) > 1 or key == "page_check"
    assert library.about(DUTIES, key), "has no paper"


class Call:
    """A store in which every duty was asked for something once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.ids = {"hotel": added(desk, HOTEL, name="澜棠大酒店", code="LT"), "account": added(desk, ACCOUNT, name="越岫城建集团", code="YX")}
        self.ids["room_type"] = added(desk, ROOM_TYPE, code="SK", name="高级大床房")
        for key, (record, values, _, _) in TAKEN.items():
            self.ids[key] = self._add(record, values)
        self.lines: dict[str, int] = {}
        for record, key, values in LINES:
            self.lines[record.key] = self._add(record, {f"{key}_id": self.ids[key], **values})

    def _add(self, record: Record, values: dict[str, Any]) -> int:
        refers = {f.name: self.ids[f.ref] for f in record.references() if f.ref in self.ids and f.name in ("hotel_id", "account_id", "complaint_id", "room_type_id")}
        return added(self.desk, record, **(refers | values))


@pytest.fixture
def call(desk: Desk) -> Call:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))
    return Call(desk)


def test_it_stands_in_the_timeline_and_on_today(call: Call) -> None:
    with closing(call.desk.store.open_reader()) as reader:
        lines = {line.label.source: line for line in board.board(reader, DUTIES, DAY, call.ids["hotel"]).lines}
        entries = [entry for duty in DUTIES for entry in duty.entries]
        told: dict[str, set[tuple[str, int]]] = {}
        for whose in ("account", "complaint"):
            look = timeline.Look(entries, call.desk.store.by_key, whose, call.ids[whose])
            told[whose] = {(entry.record, entry.row_id) for entry in timeline.before(reader, look, timeline.end_of("2027-01-01"))}
        for key, (record, values, label, whose) in TAKEN.items():
            stands = {(key, call.ids[key])} | {(line.key, call.lines[line.key]) for line, parent, _ in LINES if parent == key}
            assert not whose or stands & told[whose], f"{key} is missing in the timeline"
            if label:
                line = lines[label]
                found = count(reader, ListQuery(record, [*line.filters, ("id", "=", call.ids[key])]))
                assert (line.record, found) == (key, 1), f"{label} does not open the {key}"
            words = str(values.get("found") or values["name"]).split("\n")[0]
            assert call.ids[key] in [hit.id for hit in search.find(reader, words, 5, [record])], f"{key} is not found"
        assert lines["Decisions due"].count == 1


def test_it_goes_out_as_a_file_and_comes_back(call: Call, tmp_path: Path) -> None:
    records = [HOTEL, ACCOUNT, ROOM_TYPE, *(record for record, *_ in TAKEN.values()), *(record for record, *_ in LINES)]
    files = {record.key: exported(call.desk.store, record, tmp_path / f"{record.key}.csv") for record in records}
    with Store(tmp_path / "two.db", RECORDS, create=True) as store:
        desk = Desk(store)
        for record in records:
            ready = prepared(desk, tmp_path / f"{record.key}.csv", record)
            assert (ready.added, [say(bad.reason) for bad in ready.bad]) == (1, []), record.key
            importing.write(desk, ready)
            assert exported(store, record, tmp_path / "again.csv") == files[record.key], record.key
        sound(store)
