"""Follow-ups: how automatic ones merge, expire and spread, and what is done with them by hand."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import STAFF
from crm_desktop.duties import DUTIES
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.follow_ups import actions, queries
from crm_desktop.duties.follow_ups.records import AUTOMATIC, DONE, DROPPED, EXPIRED, FOLLOW_UP, OPEN
from crm_desktop.duties.follow_ups.rules import LIMIT, about_row, may_return, merged, says_anew, snoozed, spread
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.receivables.records import PROMISE, RECEIVABLE
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.record import dates
from crm_desktop.record.dates import add_days
from crm_desktop.record.duty import Cause, Duty
from crm_desktop.record.ids import row_words
from crm_desktop.record.text import Refused, Text
from crm_desktop.record.workdays import is_working
from crm_desktop.store.pages import ListQuery, count
from tests.samples import ACCOUNT, PERSON, account, added, change, hotel, remove, row, sound

TODAY = "2026-11-18"  # a Wednesday
DAYS = st.integers(-20, 20).map(lambda n: add_days(TODAY, n))
WANTED = st.lists(st.tuples(st.integers(0, 8), DAYS), max_size=80).map(lambda rows: [(u, d, n) for n, (u, d) in enumerate(rows)])


@pytest.fixture(autouse=True)
def _now() -> None:
    dates.set_clock(dt.datetime(2026, 11, 18, 13, 20))


# rules


@given(WANTED, st.integers(1, 6), st.dictionaries(DAYS.filter(lambda d: d >= TODAY), st.integers(0, 9), max_size=4), st.randoms())
def test_no_day_holds_more_than_it_may(wanted: Any, limit: int, taken: dict[str, int], chance: random.Random) -> None:
    given_days = spread(wanted, TODAY, limit, taken)
    assert given_days.keys() == {row_id for _, _, row_id in wanted}
    loads = Counter(max(due, TODAY) for due in given_days.values())
    assert all(load <= max(0, limit - taken.get(day, 0)) for day, load in loads.items())
    for _urgency, due, row_id in wanted:
        assert given_days[row_id] >= due
        assert given_days[row_id] == due or is_working(given_days[row_id])
    shuffled = list(wanted)
    chance.shuffle(shuffled)
    assert spread(shuffled, TODAY, limit, taken) == given_days
    if len(wanted) <= limit and not taken:
        assert given_days == {row_id: due for _, due, row_id in wanted}


@given(WANTED)
def test_the_most_urgent_stay(wanted: Any) -> None:
    given_days = spread(wanted, TODAY, 3)
    for urgency, due, row_id in wanted:
        if given_days[row_id] != due:  # it gave its place to ones at least as urgent
            kept = [u for u, d, other in wanted if max(given_days[other], TODAY) == max(due, TODAY)]
            assert len(kept) == 3
            assert max(kept) <= urgency


def test_the_sixteenth_waits_for_the_next_working_day() -> None:
    friday = "2026-11-20"
    rows = [(5, friday, n) for n in range(40)]
    found = Counter(spread(rows, friday).values())
    assert found == {friday: LIMIT, "2026-11-23": LIMIT, "2026-11-24": 10}


def test_causes_of_the_same_merge() -> None:
    one, two = Cause("old", ("account", 7), "a", "2026-11-20", urgency=5), Cause("old", ("account", 7), "b", "2026-11-18", urgency=7)
    other = Cause("old", ("account", 8), "c", "2026-11-18")
    found = merged([one, two, other])
    assert [(key, about_row(about), cause.due, cause.urgency, cause.count) for (key, about), cause in found.items()] == [
        ("old", ("account", 7), "2026-11-18", 5, 2), ("old", ("account", 8), "2026-11-18", 5, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "closed", "quiet", "again"),
    [
        ("done", "2026-11-12", 7, False), ("done", "2026-11-11", 7, True), ("dropped", "2026-10-20", 7, False),
        ("dropped", "2026-10-19", 7, True), ("dropped", "2026-10-01", 90, False), ("expired", "2026-11-18", 7, True), ("done", "", 7, True), ("open", "", 7, False),
    ],
)  # fmt: skip
def test_when_a_cause_asks_again(state: str, closed: str, quiet: int, again: bool) -> None:
    assert may_return(state, closed, TODAY, quiet) is again


def test_small_rules() -> None:
    assert about_row(row_words("visit", 1 << 60)) == ("visit", 1 << 60)
    assert about_row("") is about_row("visit:") is about_row("visit:nonsense") is None
    assert snoozed("2026-11-01", TODAY, 1) == "2026-11-19"
    assert snoozed("2026-11-25", TODAY, 7) == "2026-12-02"


# by hand


def test_by_hand(desk: Desk, reader: Any) -> None:
    client = account(desk, "禾渚软件")
    made = actions.add(desk, "催发票", "2026-11-25", "09:30", account_id=client, about=("account", client)).rows[0][1]
    kept = row(desk, FOLLOW_UP, made)
    assert (kept["name"], kept["due"], kept["due_time"], kept["state"], about_row(kept["about"])) == ("催发票", "2026-11-25", "09:30", OPEN, ("account", client))
    actions.snooze(desk, made, 1)
    assert row(desk, FOLLOW_UP, made)["due"] == "2026-11-26"
    actions.done(desk, made, 2, "寄出了")
    assert (row(desk, FOLLOW_UP, made)["state"], row(desk, FOLLOW_UP, made)["done_on"]) == (DONE, TODAY)
    other = actions.add(desk, "回访", "2026-11-10").rows[0][1]
    assert queries.waiting(reader, None, TODAY) == 1
    with pytest.raises(Refused, match="reason"):
        actions.drop(desk, other, 1, "")
    actions.drop(desk, other, 1, "客户搬走")
    assert row(desk, FOLLOW_UP, other)["state"] == DROPPED


def test_by_hand_has_no_limit(desk: Desk) -> None:
    seller = added(desk, STAFF, name="周一禾")
    for n in range(LIMIT + 5):
        actions.add(desk, f"事 {n}", TODAY, owner_id=seller)
    actions.refresh(desk, TODAY, duties=())
    assert count(desk.store.writer, ListQuery(FOLLOW_UP, [("due", "=", TODAY)])) == LIMIT + 5


# by itself


def causing(*causes: Cause) -> list[Duty]:
    return [Duty("fake", Text("Small"), causes=lambda _reader, _day: [Cause(c.key, c.about, c.what, c.due, owner_id=c.owner_id, urgency=c.urgency) for c in causes])]


def automatic(desk: Desk) -> list[tuple[str, str, str, int]]:
    sql = "select name, due, state, merged from follow_up where gone is null and source = ? order by due, name"
    return list(desk.store.writer.execute(sql, (AUTOMATIC,)).fetchall())


def test_it_is_kept_up_to_date_and_told_to_nobody(desk: Desk) -> None:
    first = Cause("x", ("account", 1), "问一问", "2026-11-20")
    change_made = actions.refresh(desk, TODAY, duties=causing(first))
    assert change_made.quiet
    assert automatic(desk) == [("问一问", "2026-11-20", OPEN, 1)]
    assert actions.refresh(desk, TODAY, duties=causing(first)).count == 0
    again = Cause("x", ("account", 1), "问两件", "2026-11-19")
    actions.refresh(desk, TODAY, duties=causing(first, again))
    assert automatic(desk) == [("问两件", "2026-11-19", OPEN, 2)]
    assert actions.refresh(desk, TODAY, duties=causing(first, again)).count == 0
    actions.refresh(desk, TODAY, duties=causing())
    assert automatic(desk) == [("问两件", "2026-11-19", EXPIRED, 2)]
    assert desk.store.writer.execute("select count(*) from step where after = 'expired'").fetchone()[0] == 1
    with pytest.raises(Refused, match="nothing to undo"):
        desk.undo()
    sound(desk.store)


def test_only_settling_proposes_nothing(desk: Desk) -> None:
    first, second = Cause("x", ("account", 1), "一", TODAY), Cause("x", ("account", 2), "二", TODAY)
    actions.refresh(desk, TODAY, duties=causing(first))
    actions.refresh(desk, TODAY, duties=causing(second), only_settle=True)
    assert automatic(desk) == [("一", TODAY, EXPIRED, 1)]


def test_what_was_done_is_not_asked_again_at_once(desk: Desk) -> None:
    cause = Cause("x", ("account", 1), "一", TODAY)
    actions.refresh(desk, TODAY, duties=causing(cause))
    open_one = queries.automatic(desk.store.writer)[0]
    actions.done(desk, open_one["id"], open_one["version"])
    for day, want in ((TODAY, 1), ("2026-11-24", 1), ("2026-11-25", 2)):
        actions.refresh(desk, day, duties=causing(cause))
        assert len(automatic(desk)) == want


def test_sixteen_are_too_many_and_the_most_urgent_stay(desk: Desk) -> None:
    seller = added(desk, STAFF, name="周一禾")
    causes = [Cause("x", ("account", n + 1), f"{n:02d}", TODAY, owner_id=seller, urgency=1 if n == 19 else 5) for n in range(20)]
    actions.refresh(desk, TODAY, duties=causing(*causes))
    by_day = Counter(due for _, due, _, _ in automatic(desk))
    assert by_day == {TODAY: LIMIT, "2026-11-19": 5}
    assert ("19", TODAY, OPEN, 1) in automatic(desk)
    assert actions.refresh(desk, TODAY, duties=causing(*causes)).count == 0
    late = [row for row in queries.automatic(desk.store.writer) if row["due"] == "2026-11-19"]
    actions.snooze(desk, late[0]["id"], late[0]["version"], 30)
    assert actions.refresh(desk, TODAY, duties=causing(*causes)).count == 0  # where a person put it, it stays
    assert row(desk, FOLLOW_UP, late[0]["id"])["due"] == "2026-12-19"


def test_one_is_proposed_and_settled(desk: Desk) -> None:
    actions.propose(desk, Cause("y", ("visit", 9), "再去", "2026-11-25"))
    actions.propose(desk, Cause("y", ("visit", 9), "快去", "2026-11-19"))
    assert automatic(desk) == [("快去", "2026-11-19", OPEN, 2)]
    actions.settle_cause(desk, "y", ("visit", 9))
    assert automatic(desk)[0][2] == EXPIRED


# the first causes, from real rows


@pytest.fixture
def house(desk: Desk) -> dict[str, int]:
    """Everything that has to be followed up once, and beside it what has not."""
    seller = added(desk, STAFF, name="周一禾")
    client = account(desk, "越岫城建集团", code="Y1", owner_id=seller)
    other = account(desk, "禾渚软件", code="H1", owner_id=seller)
    guest = added(desk, PERSON, name="霍明翊", account_id=client)
    plan = added(desk, CARE_PLAN, name="十一月", code="2026-11")
    ids = {"seller": seller, "client": client, "other": other, "guest": guest}
    bill = {"hotel_id": hotel(desk), "kind": "room", "bill_date": "2026-07-01", "amount": 100_00}
    ids["promise"] = added(desk, PROMISE, account_id=other, made_on="2026-11-01", due="2026-11-16", amount=500_00)
    added(desk, PROMISE, account_id=other, made_on="2026-11-01", due="2026-11-17", amount=500_00)  # money of today keeps it
    ids["bill"] = added(desk, RECEIVABLE, account_id=client, due="2026-09-18", **bill)
    added(desk, RECEIVABLE, account_id=client, due="2026-08-18", **bill)
    added(desk, RECEIVABLE, account_id=client, due="2026-09-19", **bill)
    added(desk, RECEIVABLE, account_id=other, due="2026-07-18", **bill)  # promised for today
    vip = {"guest_id": guest, "level": "V2", "hotel_id": hotel(desk), "departure": "2026-11-30"}
    ids["vip"] = added(desk, VIP_STAY, arrival="2026-11-19", **vip)
    added(desk, VIP_STAY, arrival="2026-11-19", stage="preparing", **vip)
    added(desk, VIP_STAY, arrival="2026-11-20", **vip)
    ids["item"] = added(desk, CARE_ITEM, plan_id=plan, account_id=other, day="2026-11-15", kind="call")
    added(desk, CARE_ITEM, plan_id=plan, account_id=other, day="2026-11-16", kind="call")
    added(desk, CARE_ITEM, plan_id=plan, account_id=other, day="2026-11-10", kind="call", state="done")
    ids["born"] = added(desk, PERSON, name="祁曼", account_id=client, role="booker", birthday="1984-11-21")
    added(desk, PERSON, name="路人", birthday="1984-11-21")
    added(desk, PERSON, name="沈", role="booker", birthday="1984-11-22")
    ids["never"] = added(desk, PREFERENCE, person_id=guest, polarity="never", name="花生")
    added(desk, PREFERENCE, person_id=guest, polarity="never", name="虾", evidence="医生证明")
    ids["visit"] = added(desk, VISIT, account_id=client, day="2026-11-10", next="送新价", next_on="2026-11-18")
    added(desk, VISIT, account_id=other, day="2026-11-10", next="送新价", next_on="2026-11-19")
    added(desk, VISIT, account_id=other, day="2026-11-01", next="老事", next_on="2026-11-05")  # seen again since
    return ids


def wanted(desk: Desk) -> set[tuple[str, str, int]]:
    return {(one["cause"], *(about_row(one["about"]) or ("", 0))) for one in queries.automatic(desk.store.writer)}


def test_the_first_causes(desk: Desk, house: dict[str, int]) -> None:
    actions.refresh(desk, TODAY)
    assert wanted(desk) == {
        ("promise-missed", "promise", house["promise"]), ("vip-unprepared", "vip_stay", house["vip"]),
        ("plan-item-late", "care_item", house["item"]), ("birthday", "person", house["born"]), ("never-unproved", "preference", house["never"]),
        ("next-step", "visit", house["visit"]), ("collect-check", "account", house["client"]),
    }  # fmt: skip
    debt = next(one for one in queries.automatic(desk.store.writer) if one["cause"] == "collect-check")
    assert (debt["merged"], debt["due"], debt["owner_id"]) == (3, TODAY, house["seller"])  # one, though it is an old debt too
    assert "300.00" in debt["name"]
    assert all(one["due"] >= TODAY for one in queries.automatic(desk.store.writer))
    assert actions.refresh(desk, TODAY).count == 0
    sound(desk.store)


def test_a_vip_missed_on_the_eve_is_still_asked_for_on_the_day(desk: Desk, house: dict[str, int]) -> None:
    actions.refresh(desk, TODAY)
    arrival = row(desk, VIP_STAY, house["vip"])["arrival"]
    assert arrival == add_days(TODAY, 1)
    actions.refresh(desk, arrival)
    assert ("vip-unprepared", "vip_stay", house["vip"]) in wanted(desk)
    actions.refresh(desk, add_days(arrival, 1))
    assert ("vip-unprepared", "vip_stay", house["vip"]) not in wanted(desk)


def test_a_debt_paid_in_part_is_asked_for_as_it_is_now(desk: Desk, house: dict[str, int]) -> None:
    def words() -> str:
        return str(next(one["name"] for one in queries.automatic(desk.store.writer) if one["cause"] == "collect-check"))

    actions.refresh(desk, TODAY)
    assert "300.00" in words()
    change(desk, RECEIVABLE, house["bill"], paid=60_00)
    actions.refresh(desk, TODAY, only_settle=True)
    assert "240.00" in words()
    assert actions.refresh(desk, TODAY).count == 0
    debt = next(one for one in queries.automatic(desk.store.writer) if one["cause"] == "collect-check")
    change(desk, FOLLOW_UP, debt["id"], name="找屠会计,别打给办公室")  # what a person wrote stays
    change(desk, RECEIVABLE, house["bill"], paid=70_00)
    actions.refresh(desk, TODAY)
    assert words() == "找屠会计,别打给办公室"


@pytest.mark.parametrize(
    ("words", "name", "said", "more", "anew"),
    [
        ("欠 140.00", "欠 200.00", "欠 200.00", False, True), ("欠 200.00", "owes 200.00", "owes 200.00", False, False), ("欠 140.00", "问屠会计", "欠 200.00", False, False),
        ("问两件", "问一问", "问一问", True, True), ("问两件", "自己写的", "问一问", True, False), ("问一问", "问一问", "问一问", False, False),
    ],
)  # fmt: skip
def test_when_words_change(words: str, name: str, said: str, more: bool, anew: bool) -> None:
    assert says_anew(words, name, said, more) is anew


def test_each_goes_with_its_cause(desk: Desk, house: dict[str, int]) -> None:
    actions.refresh(desk, TODAY)
    change(desk, PROMISE, house["promise"], received=500_00)
    remove(desk, RECEIVABLE, house["bill"])
    desk.move(VIP_STAY, house["vip"], 1, "approve")
    desk.move(VIP_STAY, house["vip"], 2, "prepare", values={"room_no": "1702"})
    desk.move(CARE_ITEM, house["item"], 1, "done")
    change(desk, PERSON, house["born"], birthday="1984-12-21")
    change(desk, PREFERENCE, house["never"], evidence="本人说")
    added(desk, VISIT, account_id=house["client"], day="2026-11-18")
    actions.refresh(desk, TODAY, only_settle=True)
    assert wanted(desk) == {("collect-check", "account", house["client"])}
    assert [one["merged"] for one in queries.automatic(desk.store.writer)] == [2]


def test_every_cause_opens_a_row_that_is_there(desk: Desk, house: dict[str, int]) -> None:
    found = [cause for duty in DUTIES if duty.causes for cause in duty.causes(desk.store.writer, TODAY)]
    assert found
    for cause in found:
        record, row_id = cause.about
        assert desk.get(desk.store.by_key[record], row_id) is not None


def test_today_counts_what_its_filters_open(desk: Desk, reader: Any, house: dict[str, int]) -> None:
    actions.refresh(desk, TODAY)
    actions.add(desk, "迟了", "2026-11-17")
    lines = queries.today(reader, TODAY, None)
    assert [(line.group, line.count, line.tone) for line in lines] == [("tasks", 5, ""), ("tasks", 1, "red")]
    for line in lines:
        assert count(reader, ListQuery(FOLLOW_UP, line.filters)) == line.count
    assert queries.waiting(reader, house["seller"], TODAY) == 4
    assert queries.waiting(reader, None, TODAY) == 6


def test_what_the_program_proposed_goes_with_its_client(desk: Desk) -> None:
    client = account(desk, "澄籁精密")
    contact = added(desk, PERSON, name="祁曼", account_id=client)
    actions.propose(desk, Cause("silent", ("account", client), Text("澄籁精密 has not come"), TODAY, account_id=client, person_id=contact))
    remove(desk, PERSON, contact)
    assert automatic(desk) == []
    desk.undo()
    assert [name for name, *_ in automatic(desk)] == ["澄籁精密 has not come"]
    remove(desk, PERSON, contact)
    remove(desk, ACCOUNT, client)
    sound(desk.store)
    desk.undo()
    added(desk, FOLLOW_UP, name="给祁曼回电", due=TODAY, account_id=client)
    with pytest.raises(Refused, match="Follow-ups still refer to this"):
        remove(desk, ACCOUNT, client)
