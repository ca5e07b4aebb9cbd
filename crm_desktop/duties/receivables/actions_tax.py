"""The usual rates as rows of the hotel's own table, so that it is changed instead of typed."""

from __future__ import annotations

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.receivables import queries_tax, rules_tax
from crm_desktop.duties.receivables.records_tax import TAX_RATE
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import Change

WRITTEN = Text("Usual tax rates written down")
SINCE = "2016-05-01"  # when hotels came under value added tax


def write_usual(desk: Desk) -> Change:
    """Write a row for every line that has none. Raises Refused where each has one."""
    known = {row["line"] for row in queries_tax.table(desk.store.writer)}
    missing = [rate for rate in rules_tax.DEFAULTS.values() if rate.line not in known]
    if not missing:
        raise Refused(Text("Every line has a rate already: change it, or write a new one with its day."))
    with desk.writing(WRITTEN) as writing:
        for rate in missing:
            desk.save_in(writing, TAX_RATE, None, 0, {"since": SINCE, "line": rate.line, "rate": rate.rate, "goods": rate.goods, "deductible": int(rate.deductible)})
    change: Change = writing.entry.change
    return change
