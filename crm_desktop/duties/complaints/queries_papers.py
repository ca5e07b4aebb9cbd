"""What the paper of a complaint says of other rows: the orders that came of it."""

from __future__ import annotations

from typing import Any


def orders_of(reader: Any, complaint_id: int) -> str:
    """The numbers of the rectification orders of a complaint."""
    found = reader.execute("select code from rectification where complaint_id = ? and gone is null order by code, id", (complaint_id,)).fetchall()
    return ", ".join(str(code) for (code,) in found if code)
