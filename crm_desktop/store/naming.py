"""Who a list of the hotel names as the one who approves: one question, which both engines and the rules of a server ask."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.machine import Named


def question(named: Named, value: str = "?") -> str:
    """The SQL that gives the word of a list for a code; `value` stands where the code does."""
    own = f"select {named.group} as grp, {named.rank} as rnk, {named.code} as code, {named.by} as who from {named.record} where gone is null"
    begun = " union all ".join(f"select {_text(group)} as grp, {rank} as rnk, {_text(code)} as code, {_text(who)} as who" for group, rank, code, who in named.begins)
    return (
        f"select who from ({own} and {named.retired} = 0 union all select b.grp, b.rnk, b.code, b.who from ({begun}) as b"
        f" where not exists (select 1 from {named.record} as own where own.gone is null and own.{named.group} = b.grp)) as found"
        f" where code = {value} order by case when grp = {_text(named.first)} then 0 else 1 end, grp, rnk, code limit 1"
    )


def approver(db: Any, named: Named, code: str) -> str:
    """Who approves what has a code; '' when the list names nobody."""
    found = db.execute(question(named), (code,)).fetchone()
    return str(found[0]) if found else ""


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
