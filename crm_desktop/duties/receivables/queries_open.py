"""What was open on a day, as SQL: today the balances as they stand; for an earlier day what was billed by then, with
everything put back that receipts of later days paid (an application counts from the day its receipt came) or that was written off since."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.duties.receivables import rules
from crm_desktop.record.dates import business_date, days_before
from crm_desktop.record.kinds import Value

SINCE = "(select coalesce(sum(a.amount), 0) from application as a where a.receivable_id = r.id and a.gone is null and a.day > ?)"
OWES = f"case when r.last_paid > ? then r.balance + {SINCE} else r.balance end + case when r.written_on > ? then r.written_off else 0 end"
COUNTED = "case when owes <> 0 then 1 else 0 end as items"
DISPUTED = "case when owes <= 0 then 0 when disputes < owes then disputes else owes end as disputed"  # never more than is open


DAYS = {"due": "due", "bill": "bill_date", "transfer": "transferred_on", "checkout": "checked_out_on", "event": "event_on"}


def _own(name: str, base: str) -> str:
    """A column of a bill; where another day than the due date counts, that one stands in its place, or else the bill date."""
    if name != "due" or base == "due":
        return f"r.{name}"
    day = DAYS[base]
    return f"case when r.{day} = '' then r.bill_date else r.{day} end as due"


def items(
    columns: Sequence[str], day: str, narrowed: str = "", values: Sequence[Value] = (), base: str = "due"
) -> tuple[str, list[Value]]:  # fmt: skip
    """A select of the columns (of `receivable`) and `owes`, `items`, `disputed` of every bill that was open at the end of the
    day, with its parameters; `narrowed` calls the table `r`; `base` is the day
    ages are counted from."""
    names = ", ".join(columns)
    own = ", ".join(_own(name, base) for name in columns)
    if day >= business_date():
        inner = f"select {own}, r.balance as owes, r.disputed as disputes from receivable as r where r.gone is null and r.balance <> 0{narrowed}"
        return f"select {names}, owes, {COUNTED}, {DISPUTED} from ({inner}) as open_item", list(values)
    inner = (
        f"select {own}, {OWES} as owes, r.disputed as disputes from receivable as r"
        f" where r.gone is null and r.bill_date <= ? and (r.balance <> 0 or r.last_paid > ? or r.written_on > ?){narrowed}"
    )
    return f"select {names}, owes, {COUNTED}, {DISPUTED} from ({inner}) as open_item", [day] * 6 + [*values]


def summed(columns: Sequence[str], day: str, narrowed: str = "", values: Sequence[Value] = ()) -> tuple[str, list[Value]]:
    """The same added up by the columns, each without its alias: (columns ..., owes, items, disputed)."""
    sql, found = items(columns, day, narrowed, values)
    names = ", ".join(columns)
    return f"select {names}, sum(owes), sum(items), sum(disputed) from ({sql}) as item group by {names}", found


def spans(
    columns: Sequence[str], day: str, limits: Sequence[int], narrowed: str = "", values: Sequence[Value] = (), base: str = "due"
) -> tuple[str, list[Value]]:  # fmt: skip
    """The same by currency and span of days past due: (columns ..., currency, span, owes, items, disputed, oldest due date);
    the spans are those between `rules.cuts(limits)`."""
    cuts = rules.cuts(tuple(limits))
    whens = "".join(f" when due >= ? then {at}" for at in range(1, len(cuts)))
    span = f"case when due >= ? or due = '' then 0{whens} else {len(cuts)} end"
    sql, found = items((*columns, "due", "currency"), day, narrowed, values, base)
    by = ", ".join(str(at) for at in range(1, len(columns) + 3))
    names = "".join(f"{name}, " for name in columns)
    ages = [days_before(day, cut) for cut in cuts]
    return f"select {names}currency, {span}, sum(owes), sum(items), sum(disputed), min(due) from ({sql}) as item group by {by}", [*ages, *found]
