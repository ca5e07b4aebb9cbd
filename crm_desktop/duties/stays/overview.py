"""The overview of every booking in the database, as one row of facts that depend on nothing but the bookings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm_desktop.duties.stays.queries import KEPT, production
from crm_desktop.duties.stays.records import STAYED
from crm_desktop.record.money import parse_money, plain_money
from crm_desktop.record.report import Report

ALL = "from stay as s where s.gone is null"
HOTEL = "from stay as s join hotel as h on h.id = s.hotel_id where"


def _by(reader: Any, key: str, value: str, rest: str, tell: Callable[[int], Any] = int) -> dict[str, Any]:
    return {row[0]: tell(row[1]) for row in reader.execute(f"select {key}, {value} {rest} group by 1 order by 1")}


def _one(reader: Any, values: str, rest: str = ALL) -> tuple[Any, ...]:
    found: tuple[Any, ...] = reader.execute(f"select {values} {rest}").fetchone()
    return found


def _counted(*conditions: str) -> str:
    return ", ".join(f"count(*) filter (where {condition})" for condition in conditions)


def _status_per_hotel(reader: Any) -> dict[str, dict[str, int]]:
    out: dict[str, dict[str, int]] = {}
    for hotel, status, bookings in reader.execute(f"select h.name, s.status, count(*) {HOTEL} s.gone is null group by 1, 2 order by 1, 2"):
        out.setdefault(hotel, {})[status] = bookings
    return out


def _top(reader: Any, by: str) -> dict[str, list[dict[str, Any]]]:
    rows = [{"code": row["key"], **{k: row[k] for k in ("bookings", "nights", "revenue")}} for row in production(reader, by).rows]
    by_revenue = sorted(rows, key=lambda row: (-parse_money(row["revenue"]), row["code"]))
    word = {"agency": "agents", "company": "companies"}[by]
    return {f"top10_{word}_by_nights": rows[:10], f"top10_{word}_by_revenue": by_revenue[:10]}


def _totals(reader: Any) -> dict[str, Any]:
    bookings, nights, revenue = _one(
        reader, "count(*), coalesce(sum(s.nights), 0), coalesce(sum(s.rate * s.nights), 0)", f"from stay as s where {KEPT}"
    )
    return {
        "rows": _one(reader, "count(*)")[0],
        "bookings_per_hotel": _by(reader, "h.name", "count(*)", f"{HOTEL} s.gone is null"),
        "status_per_hotel": _status_per_hotel(reader),
        "stayed_bookings": bookings,
        "stayed_room_nights": nights,
        "stayed_room_nights_per_hotel": _by(reader, "h.name", "sum(s.nights)", f"{HOTEL} {KEPT}"),
        "room_revenue_total": plain_money(revenue),
        "room_revenue_per_hotel": _by(reader, "h.name", "sum(s.rate * s.nights)", f"{HOTEL} {KEPT}", plain_money),
    }


def _missing(reader: Any) -> dict[str, int]:
    counts = _one(reader, _counted("s.agency_id is null", "s.company_id is null", "s.country = ''", "s.children is null"))
    return dict(zip(("agent", "company", "country", "children"), counts, strict=True))


def _breakdowns(reader: Any) -> dict[str, Any]:
    revenue = "sum(s.rate * s.nights)"
    kept = f"from stay as s where {KEPT}"
    repeat, repeat_stayed = _one(reader, _counted("s.repeat = 1", f"s.repeat = 1 and s.status = '{STAYED}'"))
    agencies, companies = _one(reader, "count(distinct s.agency_id), count(distinct s.company_id)")
    return {
        "distinct_agents": agencies,
        "distinct_companies": companies,
        "missing": _missing(reader),
        "repeat_guest_bookings": repeat,
        "repeat_guest_stayed": repeat_stayed,
        "market_segment": _by(reader, "s.segment", "count(*)", ALL),
        "revenue_by_market_segment": _by(reader, "s.segment", revenue, kept, plain_money),
        "revenue_by_arrival_month": _by(reader, "substr(s.arrival, 1, 7)", revenue, kept, plain_money),
    }


def _countries(reader: Any) -> dict[str, Any]:
    chn, cn = _one(reader, _counted("s.country = 'CHN'", "s.country = 'CN'"))
    top = reader.execute(f"select s.country, count(*) {ALL} and s.country <> '' group by 1 order by 2 desc, 1 limit 10").fetchall()
    return {"country_CHN": chn, "country_CN": cn, "top10_countries_all_bookings": [list(row) for row in top]}


def _oddities(reader: Any) -> dict[str, Any]:
    lowest, highest, longest, ahead = _one(reader, "min(s.rate), max(s.rate), max(s.nights), max(s.lead_time)")
    names = (
        "adr_negative", "adr_zero", "zero_night_bookings", "zero_night_stayed", "bookings_without_any_guest",
        "stayed_where_status_date_differs_from_departure", "groups_bookings_with_10_or_more_adults",
    )  # fmt: skip
    counts = _one(
        reader,
        _counted(
            "s.rate < 0", "s.rate = 0", "s.nights = 0", f"s.nights = 0 and s.status = '{STAYED}'",
            "coalesce(s.adults, 0) + coalesce(s.children, 0) + coalesce(s.babies, 0) = 0",
            f"s.status = '{STAYED}' and s.status_date <> s.departure", "s.customer_type = 'Group' and s.adults >= 10",
        ),
    )  # fmt: skip
    money = {"adr_min": lowest, "adr_max": highest}
    return {
        **{name: None if value is None else plain_money(value) for name, value in money.items()},
        **dict(zip(names, counts, strict=True)),
        "longest_stay_nights": longest,
        "max_lead_time": ahead,
    }


def overview(reader: Any) -> Report:
    """One row of everything."""
    facts = _totals(reader) | _top(reader, "agency") | _top(reader, "company") | _breakdowns(reader)
    facts |= _countries(reader) | _oddities(reader)
    return Report(list(facts), [facts], {"bookings": facts["rows"]})
