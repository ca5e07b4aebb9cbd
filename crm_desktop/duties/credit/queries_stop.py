"""A stop of credit: since when and why it stands, and what speaks for one."""

from __future__ import annotations

from typing import Any, NamedTuple

from crm_desktop.duties.credit import rules_room
from crm_desktop.duties.receivables.queries import AccountMoney
from crm_desktop.record.dates import days_before

YEAR = 365  # days of promises


class Stopped(NamedTuple):
    """The day credit was stopped, by whom and why; all '' where only the client itself was marked."""

    day: str
    who: str
    reason: str


def stopped(reader: Any, account_id: int) -> Stopped | None:
    """The stop that stands; None for a client whose credit is not stopped."""
    found = reader.execute("select credit from account where id = ?", (account_id,)).fetchone()
    if found is None or found[0] != rules_room.STOPPED:
        return None
    sql = (
        "select s.day, s.who, s.reason from step as s join credit_agreement as g on g.id = s.row and g.gone is null"
        " where s.record = 'credit_agreement' and s.gone is null and g.account_id = ? and s.after = 'suspended' order by s.at desc, s.id desc limit 1"
    )
    step = reader.execute(sql, (account_id,)).fetchone()
    return Stopped(*step) if step else Stopped("", "", "")


def reasons(reader: Any, money: AccountMoney, day: str) -> list[tuple[str, int]]:
    """What speaks for stopping a client's credit that is open (see `rules_room.stop_reasons`)."""
    sql = "select count(*) from promise where gone is null and account_id = ? and state = 'broken' and due > ? and due <= ?"
    broken = int(reader.execute(sql, (money.account_id, days_before(day, YEAR), day)).fetchone()[0])
    return rules_room.stop_reasons(money.home.oldest, money.headroom, broken) if money.credit == rules_room.OPEN else []


def name_and_credit(reader: Any, account_id: int) -> tuple[str, str]:
    """Of whom it is about; '' for a client that is gone."""
    found = reader.execute("select name, credit from account where id = ? and gone is null", (account_id,)).fetchone()
    return (str(found[0]), str(found[1])) if found else ("", "")
