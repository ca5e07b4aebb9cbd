"""The payment regulation as the program knows it, written down as the hotel's own rows, so that it is changed instead of typed."""

from __future__ import annotations

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.credit import queries_law, rules_law
from crm_desktop.duties.credit.records_law import LAW_TERM
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.log import Change

WRITTEN = Text("Payment regulation written down")


def write_usual(desk: Desk) -> Change:
    """Write down every wording that is not there. Raises Refused where all are."""
    known = {(term.payer, term.since) for term in queries_law.own(desk.store.writer)}
    missing = [term for term in rules_law.TERMS if (term.payer, term.since) not in known]
    if not missing:
        raise Refused(Text("Every wording is here already: change it, or write a new one with its day."))
    with desk.writing(WRITTEN) as writing:
        for term in missing:
            values = {"since": term.since, "payer": term.payer, "usual": term.usual, "most": term.most, "rate": term.rate, "basis": say(term.basis)}
            desk.save_in(writing, LAW_TERM, None, 0, values)
    change: Change = writing.entry.change
    return change
