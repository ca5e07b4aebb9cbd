"""Rules of the market: how long information holds, the day a review has for its answer, what a page check needs."""

from __future__ import annotations

from crm_desktop.record.clock import Clock, after, gone, moment, stamp
from crm_desktop.record.dates import business_date
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

NOTED, VERIFIED, USED, SET_ASIDE = "noted", "verified", "used", "set-aside"
HOLDS, EXPIRED = "holds", "expired"
UNANSWERED, ANSWERED, NO_ANSWER = "unanswered", "answered", "no-answer"
TO_DO, CLEAN, DEFECT, FIXED = "to-do", "clean", "defect", "fixed"
TICKS = ("price_ok", "picture_ok", "text_ok", "stock_ok")
DAY, WARNED = 24 * 60, 22 * 60  # minutes a review waits at most, and after which somebody is told
NOON = "12:00"  # of a review that tells no time
ANSWER = Text("Reply to the review")


def standing(until: str) -> str:
    """Whether information still holds today; '' where nobody said how long."""
    return "" if not until else EXPIRED if until < business_date() else HOLDS


def check_info(row: Row) -> Problems:
    """Information holds from its day on."""
    if row.get("valid_until") and row.get("day") and row["valid_until"] < row["day"]:
        return {"valid_until": Text("The day must be on or after {first}", first=row["day"])}
    return {}


def action_missing(row: Row) -> Text | None:
    """Information is used when something is done with it."""
    return None if (row.get("action") or "").strip() else Text("Write first what is done with it.")


# reviews


def since(row: Row) -> str:
    """The moment a review was written, noon where its time is not known."""
    return moment(str(row.get("day") or ""), str(row.get("time") or NOON))


def clocks(row: Row) -> list[Clock]:
    """The day a review has for its answer; none for one that needs no answer."""
    if row.get("state") == NO_ANSWER or not since(row):
        return []
    return [Clock(ANSWER, since(row), DAY, stopped=moment(str(row.get("replied_on") or ""), str(row.get("replied_at") or "")))]


def settle(row: Row) -> Row:
    """Until when an open review is answered, and when somebody is told."""
    warn = after(since(row), WARNED) if row.get("state") == UNANSWERED and since(row) else ""
    return {"due": after(since(row), DAY) if warn else "", "warn_on": warn[:10], "warn_at": warn[11:]}


def took(day: str | None, time: str | None, replied_on: str | None, replied_at: str | None) -> int | None:
    """How many hours an answer took, begun ones count; None while there is none."""
    begun, replied = moment(day or "", time or NOON), moment(replied_on or "", replied_at or "")
    return -(-max(0, gone(begun, replied)) // 60) if begun and replied else None


def reply_missing(row: Row) -> Text | None:
    """An answer is words."""
    return None if (row.get("reply") or "").strip() else Text("Write the answer first, as it stands on the platform.")


def replied(row: Row, _day: str) -> Row:
    """Answered at the time given, else now."""
    return {} if row.get("replied_on") and row.get("replied_at") else stamp("replied_on", "replied_at")


def not_replied(_row: Row, _day: str) -> Row:
    """Nobody answered yet."""
    return {"replied_on": "", "replied_at": ""}


def check_review(row: Row) -> Problems:
    """Nobody answers before something was written."""
    if row.get("replied_on") and row.get("day") and row["replied_on"] < row["day"]:
        return {"replied_on": Text("The day must be on or after {first}", first=row["day"])}
    return {}


def star_tone(stars: int | None) -> str:
    """The colour of a score: red for bad ones."""
    return "text" if not stars or stars > 3 else "late4" if stars < 3 else "late1"


# page checks


def ticked(row: Row) -> int:
    """How many of the four things are right."""
    return sum(1 for name in TICKS if row.get(name))


def right(*ticks: int | None) -> str:
    """How many of the four are right: 3/4."""
    return f"{sum(1 for tick in ticks if tick)}/{len(TICKS)}"


def not_all_right(row: Row) -> Text | None:
    """A page is right when all four are ticked."""
    if ticked(row) == len(TICKS):
        return None
    return Text("Tick price, picture, text and stock first; where something is wrong, write it and take the step 'Something is wrong'.")


def nothing_found(row: Row) -> Text | None:
    """What is wrong is written down, and not ticked as right."""
    if not (row.get("found") or "").strip():
        return Text("Write first what is wrong on the page.")
    return Text("All four are ticked as right: take the tick from what is wrong.") if ticked(row) == len(TICKS) else None


def fixed(_row: Row, day: str) -> Row:
    """Put right today."""
    return {"fixed_on": day}


def not_fixed(_row: Row, _day: str) -> Row:
    """Not right any more."""
    return {"fixed_on": ""}
