"""The lines of the ageing page: who owes how much of what age on a day, and which items stand behind a cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.receivables import queries, queries_open, rules
from crm_desktop.duties.receivables.rules import Aged
from crm_desktop.record.dates import business_date, days_between
from crm_desktop.record.text import Text

BASES = (
    ("due", Text("Due date"), ""), ("bill", Text("Bill date"), ""), ("transfer", Text("Transfer"), ""), ("checkout", Text("Check-out"), ""),
    ("event", Text("Day of the event"), ""),
)  # fmt: skip
BY = (("account", Text("Client"), ""), ("seller", Text("Seller"), ""), ("segment", Text("Segment"), ""), ("type", Text("Type of client"), ""))
COLUMN = {"account": ("account_id", "account"), "seller": ("owner_id", "staff"), "segment": ("account_id", "account"), "type": ("account_id", "account")}
KINDS = {"segment": "segment", "type": "type"}  # columns of a client by which its bills are put together
MOST_ITEMS = 20_000
EVERYBODY = -1  # under which the sums stand


class Line:
    """What somebody owes in one currency; `keys` are the ids it stands for (accounts of a segment), None for everybody."""

    def __init__(self, name: Text | str, keys: Sequence[int | None] | None, aged: Aged) -> None:
        self.name, self.keys, self.aged = name, keys, aged


def lines(reader: Any, day: str, limits: Sequence[int], base: str, by: str) -> list[Line]:
    """The sums of each currency, then a line for each key, the greatest first."""
    column, table = COLUMN[by]
    found = queries.ageing_by(reader, column, day, limits, base)
    sums = [Line(Text("All"), None, aged) for aged in queries.ageing(reader, day, limits=limits, base=base) if aged.items]
    grouped = _together(reader, day, limits, base, by) if by in KINDS else [(keys, name, owed) for keys, name, owed in _named(reader, table, found)]
    each = [Line(name, keys, aged) for keys, name, owed in grouped for aged in owed if aged.items]
    _add_early(reader, day, column, [*sums, *each])
    return [*sums, *sorted(each, key=lambda line: (line.aged.currency != queries.HOME, line.aged.currency, -line.aged.owes))]


def _named(reader: Any, table: str, found: dict[int | None, list[Aged]]) -> list[tuple[list[int | None], Text | str, list[Aged]]]:
    known = dict(reader.execute(f"select id, name from {table}").fetchall())
    return [([key], known.get(key, "") or Text("Nobody"), owed) for key, owed in found.items()]


def _together(reader: Any, day: str, limits: Sequence[int], base: str, by: str) -> list[tuple[list[int | None], Text | str, list[Aged]]]:
    known = dict(reader.execute(f"select id, {KINDS[by]} from account").fetchall())
    keys: dict[str, list[int | None]] = {}
    rows: dict[str, list[tuple[Any, ...]]] = {}
    sql, values = queries_open.spans(("account_id",), day, limits, base=base)
    for account, *rest in reader.execute(sql, values):
        segment = str(known.get(account, "") or "")
        keys.setdefault(segment, []).append(account)
        rows.setdefault(segment, []).append(tuple(rest))
    return [(list(dict.fromkeys(keys[each])), _kind_words(by, each), rules.aged(rows[each], day, limits)) for each in rows]


def _kind_words(by: str, kind: str) -> Text | str:
    if not kind:
        return Text("No type") if by == "type" else Text("No segment")
    return ACCOUNT.by_name["type"].choice_text(kind) if by == "type" else kind


def _add_early(reader: Any, day: str, column: str, found: Sequence[Line]) -> None:
    """Add to every line what of it had no statement or no invoice by the day: it is in the ages too."""
    stages = [stage for known in rules.EARLY.values() for stage in known]
    narrowed, values = f" and (r.stage in ({', '.join('?' * len(stages))})", list(stages)
    if day < business_date():
        narrowed, values = f"{narrowed} or r.statement_on > ? or r.invoiced_on > ?", [*values, day, day]
    sql, values = queries_open.items((column, "currency", "stage", "statement_on", "invoiced_on"), day, f"{narrowed})", values)
    by_key: dict[tuple[int | None, str], list[Line]] = {}
    for line in found:
        for key in (line.keys if line.keys is not None else (EVERYBODY,)):
            by_key.setdefault((key, line.aged.currency), []).append(line)
    for key, currency, stage, statement, invoice, owes, items, _ in reader.execute(sql, values).fetchall():
        kind = rules.early_kind(stage, statement, invoice, day)
        for line in (*by_key.get((key, currency), ()), *by_key.get((EVERYBODY, currency), ())) if kind else ():
            amount, count = line.aged.early.get(kind, (0, 0))
            line.aged.early[kind] = (amount + owes, count + items)


def ids(reader: Any, day: str, limits: Sequence[int], base: str, by: str, line: Line, bucket: int | str | None) -> list[int]:
    """The bills behind a cell: open then, of this line and currency, of one age, without statement or invoice (a key of `rules.EARLY`), or
    (None) any."""
    column = COLUMN[by][0]
    sql, values = queries_open.items(("id", column, "due", "currency", "stage", "statement_on", "invoiced_on"), day, base=base)
    keys = None if line.keys is None else set(line.keys)
    found = []
    for row_id, key, due, currency, stage, statement, invoice, owes, *_ in reader.execute(sql, values):
        if currency != line.aged.currency or (keys is not None and key not in keys) or not owes:
            continue
        age = rules.bucket(max(0, days_between(due, day)) if due else 0, limits)
        if bucket is None or bucket in (age, rules.early_kind(stage, statement, invoice, day)):
            found.append(int(row_id))
    return found[:MOST_ITEMS]
