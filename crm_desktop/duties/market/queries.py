"""What the market tells: platforms still to be looked at, what *Today* says, the notice of an unanswered review."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.market.records import CHECK, INFO, PLATFORMS, REVIEW
from crm_desktop.duties.market.rules import DEFECT, SET_ASIDE, TO_DO, UNANSWERED
from crm_desktop.record import clock
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.duty import Cause, Filter, TodayLine
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.pages import waiting

GROUP = "market"
USUAL = ("ctrip", "meituan", "fliggy", "douyin", "own")  # looked at where nobody has begun yet
LOOKED_BACK = 30  # days: a platform nobody looked at for so long is not among those of every day
SOON = 3  # days before information runs out
NAMES: dict[str, Text] = {code: text for code, text, _ in PLATFORMS}


def platforms(reader: Any, day: str) -> list[str]:
    """The platforms the hotel looks at: those of the last thirty days, else the usual ones."""
    sql = "select platform, min(id) from page_check where gone is null and day >= ? and day <= ? group by platform order by 2"
    found = [str(row[0]) for row in reader.execute(sql, (days_before(day, LOOKED_BACK), day)).fetchall()]
    return found or list(USUAL)


def looked_at(reader: Any, day: str) -> set[str]:
    """The platforms that have their check of a day."""
    return {str(row[0]) for row in reader.execute("select platform from page_check where gone is null and day = ?", (day,)).fetchall()}


def of_day(row: Row) -> list[Filter]:
    """The checks of the same day and hotel."""
    return [("day", "=", row["day"]), ("hotel_id", "=", row["hotel_id"])]


def review_due(row: Row) -> Text:
    """What somebody is told before a review's day is over."""
    return Text("Answer the review on {platform}: {who}", platform=NAMES.get(row["platform"]) or row["platform"], who=row["name"])


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """Reviews without an answer, red when one is past its day, pages to look at and wrong ones, information that runs out."""
    here: list[Filter] = [] if hotel is None else [("hotel_id", "=", hotel)]
    waits: list[Filter] = [("state", "=", UNANSWERED), *here]
    ending: list[Filter] = [("state", "<>", SET_ASIDE), ("valid_until", ">=", day), ("valid_until", "<=", add_days(day, SOON))]
    return [
        *waiting(reader, Text("Reviews not answered"), REVIEW, waits, group=GROUP, tone="amber", late=[("due", "<", clock.now())], short=Text("Reviews waiting")),
        *waiting(reader, Text("Shop pages to look at"), CHECK, [("state", "=", TO_DO), ("day", "<=", day), *here], group=GROUP, short=Text("Pages to check")),
        *waiting(reader, Text("Shop pages with mistakes"), CHECK, [("state", "=", DEFECT), *here], group=GROUP, tone="red", short=Text("Pages wrong")),
        *waiting(reader, Text("Information running out"), INFO, ending, group=GROUP, short=Text("Info expiring")),
    ]


def causes(reader: Any, _day: str) -> list[Cause]:
    """Reviews without an answer, mistakes on shop pages."""
    reviews = "select id, platform, name, day, owner_id, account_id, person_id from online_review where gone is null and state = ? order by day, id"
    pages = "select id, platform, day, owner_id from page_check where gone is null and state = ? order by day, id"
    return [
        *(
            Cause("review", ("online_review", at), review_due({"platform": platform, "name": name}), on, owner_id=owner, account_id=account, person_id=person, urgency=2, quiet=1)
            for at, platform, name, on, owner, account, person in reader.execute(reviews, (UNANSWERED,)).fetchall()
        ),
        *(
            Cause("shop-page", ("page_check", at), Text("Put the page right on {platform}", platform=NAMES.get(platform) or platform), on, owner_id=owner, urgency=3)
            for at, platform, on, owner in reader.execute(pages, (DEFECT,)).fetchall()
        ),
    ]  # fmt: skip
