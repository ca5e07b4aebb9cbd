"""The tax table that holds, and amounts by invoice line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm_desktop.duties.receivables import rules_tax
from crm_desktop.duties.receivables.rules_tax import Rate

COLUMNS = ("id", "since", "line", "rate", "goods", "deductible")


def table(reader: Any) -> list[dict[str, Any]]:
    """The hotel's own rows."""
    return [dict(zip(COLUMNS, row, strict=True)) for row in reader.execute(f"select {', '.join(COLUMNS)} from tax_rate where gone is null order by id").fetchall()]


def by_line(reader: Any, day: str, amounts: Iterable[tuple[str, int]]) -> list[tuple[Rate, int, int, int]]:
    """Amounts of kinds of bills added up by invoice line: (rate, amount, net, tax), in the order of the table."""
    own, sums = table(reader), dict[str, int]()
    for kind, amount in amounts:
        line = rules_tax.line_of(kind)
        sums[line] = sums.get(line, 0) + amount
    rates = [(rules_tax.rate_on(own, line, day), sums[line]) for line, _, _ in rules_tax.LINES if line in sums]
    return [(rate, amount, *rules_tax.parts(amount, rate.rate)) for rate, amount in rates]
