"""What of promotions has to be followed up: tasks of the next days, evaluations that are due, clients to be told."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.promotions.rules import CANCELLED, FILED, OPEN, TO_TELL, UNEVALUATED
from crm_desktop.record.dates import add_days
from crm_desktop.record.duty import Cause
from crm_desktop.record.text import Text

AHEAD = 3  # days before its day from which a task stands among the follow-ups


def causes(reader: Any, day: str) -> list[Cause]:
    """Open tasks of promotions that go on, due within three days and before; evaluations and words to clients due by a day."""
    tasks = (
        "select t.id, t.name, t.due, t.owner_id, p.name from promotion_task as t join promotion as p on p.id = t.promotion_id"
        " where t.gone is null and t.state = ? and t.due <= ? and p.gone is null and p.state not in (?, ?) order by t.due, t.id"
    )
    marks = ", ".join("?" * len(UNEVALUATED))
    due = f"select id, name, evaluate_by, owner_id from promotion where gone is null and state in ({marks}) and evaluate_by > '' and evaluate_by <= ? order by id"
    offers = (
        "select o.id, p.name, o.day, o.owner_id, o.account_id from promotion_offer as o join promotion as p on p.id = o.promotion_id"
        " where o.gone is null and o.state = ? and o.day <= ? and p.gone is null and p.state not in (?, ?) order by o.day, o.id"
    )
    return [
        *(
            Cause("promotion-offer", ("promotion_offer", at), Text("Tell the client of the promotion: {what}", what=name), until, owner_id=owner, account_id=account, urgency=4)
            for at, name, until, owner, account in reader.execute(offers, (TO_TELL, day, FILED, CANCELLED)).fetchall()
        ),
        *(
            Cause("promotion-task", ("promotion_task", at), Text("{promotion}: {what}", promotion=promotion, what=name), until, owner_id=owner, urgency=4)
            for at, name, until, owner, promotion in reader.execute(tasks, (OPEN, add_days(day, AHEAD), FILED, CANCELLED)).fetchall()
        ),
        *(
            Cause("promotion-evaluation", ("promotion", at), Text("Evaluate the promotion: {what}", what=name), until, owner_id=owner, urgency=4)
            for at, name, until, owner in reader.execute(due, (*UNEVALUATED, day)).fetchall()
        ),
    ]  # fmt: skip
