"""What gifts and hospitality tell: what somebody was given before, what a client had this year, what must be bought."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients.queries_standing import contribution
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.consents import queries as consents
from crm_desktop.duties.consents.rules import may_give
from crm_desktop.duties.gifts import rules
from crm_desktop.duties.gifts.records import GIFT, GIFT_ITEM, MEAL
from crm_desktop.record.dates import add_days, days_before, days_between
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.facts import COLUMNS, Fact
from crm_desktop.record.integrity import GIFT as GIFT_KIND
from crm_desktop.record.integrity import forbidden
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Figure, Row
from crm_desktop.record.text import Text
from crm_desktop.store import attached
from crm_desktop.store.pages import waiting
from crm_desktop.store.rows import get

GROUP = "care"
COUNTED = (rules.ASKED, rules.APPROVED, rules.GIVEN)  # gifts that are given or promised
EATEN = (rules.ASKED, rules.APPROVED, rules.HELD, rules.SETTLED)
GIVEN_AS, EATEN_AS = ("gift", "birthday", "festival", "thanks"), ("meal",)  # kinds of plan items that are a gift, or a meal
NEAR, YEAR = 15, 365  # days: around a plan item in which its gift or meal is looked for; looked back
ITEM = ("id", "version", "name", "contains", "cost", "stock", "again")


def item(reader: Any, item_id: int) -> Row | None:
    """A gift of the store."""
    found = reader.execute(f"select {', '.join(ITEM)} from gift_item where id = ? and gone is null", (item_id,)).fetchone()
    return dict(zip(ITEM, found, strict=True)) if found else None


def facts_of(reader: Any, person_id: int | None) -> list[Fact]:
    """What is known of a person."""
    found = reader.execute(f"select {', '.join(COLUMNS)} from preference where person_id = ? and gone is null order by id", (person_id,)) if person_id else None
    return [Fact(*row) for row in found.fetchall()] if found else []


def whose(reader: Any, gift: Row) -> tuple[int | None, str]:
    """The client a gift or meal counts for (its own, else that of its person) and the client's class."""
    account = gift["account_id"]
    if account is None and gift["person_id"] is not None:
        found = reader.execute("select account_id from person where id = ?", (gift["person_id"],)).fetchone()
        account = found[0] if found else None
    found = reader.execute("select level from account where id = ?", (account,)).fetchone() if account is not None else None
    return account, str(found[0] or "") if found else ""


UNSETTLED = ("new", "accepted", "on-scene", "putting-right", "answered", "escalated", "claim")  # states of a complaint


def holds(reader: Any, row: Row, day: str, may: consents.May = may_give) -> set[str]:
    """What keeps a client or person from being given anything on a day: withdrawn consent, bereavement, a stop, a complaint, a dispute."""
    account, _ = whose(reader, row)
    sql = "select kind from care_hold where gone is null and since <= ? and (until = '' or until >= ?) and (account_id = ? or person_id = ?)"
    found = {str(kind) for (kind,) in reader.execute(sql, (day, day, account, row["person_id"])).fetchall()}
    if not may(consents.ledger(reader, row["person_id"], day), day):
        found.add("consent")
    if account is None:
        return found
    marks = ", ".join("?" * len(UNSETTLED))
    looks = (
        ("stopped", "select 1 from account where id = ? and credit = 'stopped'", ()), ("dispute", "select 1 from dispute where account_id = ? and gone is null and state = 'open' limit 1", ()),
        (
            "severe",
            f"select 1 from complaint where account_id = ? and gone is null and severity in ('S1', 'S2') and kind in ('complaint', 'claim', 'dispute') and state in ({marks})"
            " and (owner_id is null or owner_id <> ?) limit 1",
            (*UNSETTLED, row["owner_id"] or 0),
        ),
    )  # fmt: skip
    return found | {key for key, sql, values in looks if reader.execute(sql, (account, *values)).fetchone()}


def cap(reader: Any, level: str, day: str) -> int:
    """What a client of a class may be given in a year: by the standard of care that holds on a day, else by the usual one."""
    sql = "select cap from care_standard where gone is null and level = ? and since <= ? order by since desc, id desc limit 1"
    found = reader.execute(sql, (level, day)).fetchone() if level else None
    return int(found[0]) if found else rules.cap_of(level)


def standard(reader: Any, level: str, day: str) -> tuple[int, int, int, int]:
    """What a class may have on a day, as in `rules.USUAL`: by the standard of care the hotel set, else the usual one."""
    sql = "select birthday_budget, festival_budget, meals, per_head from care_standard where gone is null and level = ? and since <= ? order by since desc, id desc limit 1"
    found = reader.execute(sql, (level, day)).fetchone() if level else None
    return (int(found[0] or 0), int(found[1] or 0), int(found[2] or 0), int(found[3] or 0)) if found else rules.USUAL.get(level, (0, 0, 0, 0))


def meals_in_year(reader: Any, account_id: int, year: str, but: int) -> int:
    """How many meals a client had or is promised in a calendar year; `but`: one left out."""
    sql = "select count(*) from hospitality where gone is null and state in (?, ?, ?, ?) and account_id = ? and day >= ? and day <= ? and id <> ?"
    return int(reader.execute(sql, (*EATEN, account_id, f"{year}-01-01", f"{year}-12-31", but)).fetchone()[0])


def had_before(reader: Any, gift: Row) -> str:
    """The day the same person (or client, where no person is named) had the same gift; '' when never."""
    column = "person_id" if gift["person_id"] is not None else "account_id"
    sql = (
        f"select coalesce(nullif(given_on, ''), day) from gift where gone is null and item_id = ? and {column} = ? and id <> ? and state in (?, ?, ?) order by day desc, id desc limit 1"
    )
    found = reader.execute(sql, (gift["item_id"], gift[column], gift["id"], *COUNTED)).fetchone()
    return str(found[0]) if found else ""


def in_year(reader: Any, account_id: int, year: str, but: tuple[str, int] = ("", 0)) -> int:
    """What a client had in gifts and meals in a calendar year, with what is promised; `but`: a row left out."""
    gifts = (
        "select coalesce(sum(g.cost), 0) from gift as g left join person as p on p.id = g.person_id where g.gone is null and g.state in (?, ?, ?)"
        " and g.day >= ? and g.day <= ? and coalesce(g.account_id, p.account_id) = ? and g.id <> ?"
    )
    meals = (
        "select coalesce(sum(case when actual > 0 then actual else planned end), 0) from hospitality where gone is null and state in (?, ?, ?, ?)"
        " and day >= ? and day <= ? and account_id = ? and id <> ?"
    )
    span = f"{year}-01-01", f"{year}-12-31", account_id
    of_gifts = reader.execute(gifts, (*COUNTED, *span, but[1] if but[0] == GIFT.key else 0)).fetchone()[0]
    of_meals = reader.execute(meals, (*EATEN, *span, but[1] if but[0] == MEAL.key else 0)).fetchone()[0]
    return int(of_gifts) + int(of_meals) + int(reader.execute(f"select coalesce(sum(i.actual), 0) {_ITEMS_ONLY}", span).fetchone()[0])


# what a plan says was given and is no row of these registers
_ITEMS_ONLY = (
    "from care_item as i where i.gone is null and i.state in ('done', 'changed') and i.actual > 0 and i.kind in ('gift', 'meal', 'birthday', 'festival') and i.day >= ? and i.day <= ?"
    " and i.account_id = ? and not exists (select 1 from gift as g where g.care_item_id = i.id and g.gone is null)"
    " and not exists (select 1 from hospitality as h where h.care_item_id = i.id and h.gone is null)"
)


def plan_item(reader: Any, row: Row, kinds: tuple[str, ...]) -> int | None:
    """The open plan item a gift or meal is: of the same client (and person, where the item names one), nearest to its day."""
    account, _ = whose(reader, row)
    marks = ", ".join("?" * len(kinds))
    sql = (
        f"select id, day, person_id from care_item where gone is null and state = 'open' and kind in ({marks}) and account_id = ? and day >= ? and day <= ?"
        " and (person_id is null or person_id = ? or ? = 0) order by day, id"
    )
    person = row["person_id"] or 0
    found = reader.execute(sql, (*kinds, account, days_before(row["day"], NEAR), add_days(row["day"], NEAR), person, person)).fetchall()
    best = min(found, key=lambda one: (one[2] != row["person_id"], abs(days_between(row["day"], one[1])), one[0]), default=None)
    return None if best is None else int(best[0])


def running_plan(reader: Any, day: str) -> int | None:
    """The plan being carried out that a day's gifts count in: the month's, else the year's."""
    sql = "select id from care_plan where gone is null and code in (?, ?) and state = 'running' order by length(code) desc, id desc limit 1"
    found = reader.execute(sql, (day[:7], day[:4])).fetchone()
    return int(found[0]) if found else None


def on_its_way(reader: Any, item_id: int) -> str | None:
    """The number of a gift or meal of a plan item that was asked for and is not given or accounted for yet."""
    for table, states in ((GIFT.key, (rules.ASKED, rules.APPROVED)), (MEAL.key, (rules.ASKED, rules.APPROVED, rules.HELD))):
        marks = ", ".join("?" * len(states))
        found = reader.execute(f"select code from {table} where gone is null and care_item_id = ? and state in ({marks}) order by id limit 1", (item_id, *states)).fetchone()
        if found:
            return str(found[0])
    return None


def has_file(reader: Any, record: str, row_id: int) -> bool:
    """True where a file lies by a row."""
    return bool(attached.of(reader, record, row_id))


def figures(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    """What a client had this year of what its class may have; nothing where it had nothing."""
    if record == MEAL.key:
        return _entertained(reader, row_id, day)
    if record != "account":
        return []
    used = in_year(reader, row_id, day[:4])
    if not used:
        return []
    found = reader.execute("select level from account where id = ?", (row_id,)).fetchone()
    most = cap(reader, str(found[0] or "") if found else "", day)
    opens: list[Filter] = [("account_id", "=", row_id), ("day", ">=", f"{day[:4]}-01-01")]
    tone = "red" if used > most else "amber" if used * 10 > most * 9 else ""
    return [Figure(Text("Gifts and meals this year"), show_money(used), tone, opens, Text("of {amount}", amount=show_money(most)), GIFT.key, share=(used, most))]


def _entertained(reader: Any, row_id: int, day: str) -> list[Figure]:
    """On a meal: what the client's meals of a year cost, beside what it brought."""
    account = reader.execute("select account_id from hospitality where id = ?", (row_id,)).fetchone()[0]
    client = get(reader, ACCOUNT, account) if account is not None else None
    if client is None:
        return []
    since = days_before(day, YEAR)
    spent = reader.execute(
        "select coalesce(sum(actual), 0) from hospitality where gone is null and account_id = ? and state in (?, ?) and day > ? and day <= ?", (account, rules.HELD, rules.SETTLED, since, day)
    ).fetchone()[0]
    brought = contribution(reader, [client], since, day).total
    note = Text("{share} of the {amount} they brought", share=rules.permille(int(spent), brought), amount=show_money(brought)) if brought else Text("they brought nothing")
    opens: list[Filter] = [("account_id", "=", account), ("day", ">", since), ("day", "<=", day), ("state", "in", (rules.HELD, rules.SETTLED))]
    return [Figure(Text("Meals of the client in a year"), show_money(int(spent)), "red" if spent and not brought else "", opens, note, MEAL.key)]


def now(reader: Any, record: str, row_id: int, _day: str) -> list[NowPoint]:
    """On the sheet of a state body or its people: no gifts, no meals."""
    if record == "account":
        found = reader.execute("select type from account where id = ?", (row_id,)).fetchone()
    elif record == "person":
        found = reader.execute("select a.type from person as p join account as a on a.id = p.account_id where p.id = ?", (row_id,)).fetchone()
    else:
        return []
    return [NowPoint(Text("No gifts, no meals: state body"), "amber")] if found and forbidden(GIFT_KIND, found[0]) else []


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Gifts to hand over, what has to be bought, meals to account for."""
    late: list[Filter] = [("day", "<", day)]
    return [
        *waiting(reader, Text("Gifts to hand over"), GIFT, [("state", "=", rules.APPROVED), ("day", "<=", day)], group=GROUP, late=late),
        *waiting(reader, Text("Meals to account for"), MEAL, [("state", "=", rules.HELD)], group=GROUP, short=Text("Meals to clear")),
        *_short(reader),
    ]


def _short(reader: Any) -> list[TodayLine]:
    ids = [int(row[0]) for row in reader.execute("select id from gift_item where gone is null and stock < least order by id").fetchall()]
    return waiting(reader, Text("Gifts to buy"), GIFT_ITEM, [("id", "in", ids)], group=GROUP, tone="red") if ids else []
