"""Rules of maintenance plans: what a period looks like, what a summary needs. Amounts in minor units."""

from __future__ import annotations

import re

from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

_PERIOD = re.compile(r"(19|20|21)\d\d(-(0[1-9]|1[0-2]))?")


def check_plan(row: Row) -> Problems:
    """A period is a year or a month."""
    if not _PERIOD.fullmatch(row.get("code") or ""):
        return {"code": Text("A year like 2026 or a month like 2026-11")}
    return {}


def summary_missing(row: Row) -> Text | None:
    """What still keeps a plan from being summed up."""
    return None if (row.get("summary") or "").strip() else Text("Write the summary first: it is what this step keeps.")
