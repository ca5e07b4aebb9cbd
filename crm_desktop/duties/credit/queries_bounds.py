"""Whether what a file brought goes beyond what there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

BLOCK = 500


def shared_beyond(reader: Any, ids: Sequence[int]) -> tuple[str, str, int] | None:
    """The first bill, by its number, of which these shares make more than all shared: its number, the colleague whose share goes beyond,
    the per cent in all; None where there is none."""
    for at in range(0, len(ids), BLOCK):
        part = tuple(ids[at : at + BLOCK])
        marks = ", ".join("?" * len(part))
        sql = (
            "select r.document_no, s.receivable_id, sum(s.percent) from sale_share as s join receivable as r on r.id = s.receivable_id where s.gone is null"
            f" and s.receivable_id in (select receivable_id from sale_share where id in ({marks})) group by r.document_no, s.receivable_id having sum(s.percent) > 100"
            " order by r.document_no, s.receivable_id limit 1"
        )
        if found := reader.execute(sql, part).fetchone():
            sql = f"select f.name from sale_share as s join staff as f on f.id = s.staff_id where s.receivable_id = ? and s.id in ({marks}) order by s.id desc limit 1"
            who = reader.execute(sql, (found[1], *part)).fetchone()
            return str(found[0]), str(who[0]) if who else "", int(found[2])
    return None
