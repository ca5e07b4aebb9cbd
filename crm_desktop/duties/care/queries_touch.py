"""When clients were sincerely touched: in person or with an answer; a visit, a plan item carried out, a round of tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm_desktop.duties.care import rules_standard as rules
from crm_desktop.duties.care.records import CHANGED, DONE


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


MET = (  # of a visit `v`
    f"v.gone is null and v.state = 'done' and v.account_id is not null and v.result <> '{rules.NOT_MET}'"
    f" and (v.kind in ({_quoted((*rules.IN_PERSON, *rules.TWO_WAY))}) or (v.kind in ({_quoted(rules.ANSWERED)}) and v.result <> ''))"
)
ON = "case when i.done_on <> '' then i.done_on else i.day end"
REACHED = (  # of a plan item `i`
    f"i.gone is null and i.state in ('{DONE}', '{CHANGED}') and i.account_id is not null"
    f" and (i.kind in ({_quoted(rules.ITEMS_IN_PERSON)}) or i.reaction in ({_quoted(rules.HEARD)}))"
)
AT_TABLE = "t.gone is null and t.account_id is not null"


def last_touches(reader: Any, day: str, tick: Callable[[], None] | None = None) -> dict[int, str]:
    """The day of each client's last sincere touch up to a day; `tick` is called before each look."""
    found: dict[int, str] = {}
    for sql in (
        f"select v.account_id, max(v.day) from visit as v where {MET} and v.day <= ? group by v.account_id",
        f"select i.account_id, max({ON}) from care_item as i where {REACHED} and i.day <= ? group by i.account_id",
        f"select t.account_id, max(t.day) from table_line as t where {AT_TABLE} and t.day <= ? group by t.account_id",
    ):
        if tick:
            tick()
        for account, at in reader.execute(sql, (day,)).fetchall():
            found[account] = max(found.get(account, ""), min(at, day))
    return found


def beside_visits(reader: Any, after: str, day: str, account: int | None = None) -> list[tuple[int, str]]:
    """The touches after one day and up to another that are no visit: client and day, none twice, none on a day of a visit."""
    mine = "" if account is None else " and x.account_id = ?"
    sql = (
        f"select distinct x.account_id, x.day from (select i.account_id as account_id, {ON} as day from care_item as i where {REACHED}"
        f" union all select t.account_id, t.day from table_line as t where {AT_TABLE}) as x where x.day > ? and x.day <= ?{mine}"
        f" and not exists (select 1 from visit as v where v.account_id = x.account_id and v.day = x.day and {MET}) order by x.account_id, x.day"
    )
    return [(int(row[0]), str(row[1])) for row in reader.execute(sql, (after, day) if account is None else (after, day, account)).fetchall()]
