"""The sums of the rows chosen in a list: read for each currency on its own, and said in one line."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.record.money import show_money
from crm_desktop.record.record import Record
from crm_desktop.record.text import Text
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery
from crm_desktop.ui import jobs
from crm_desktop.ui.list_model import PageSource, run_ask
from crm_desktop.ui.page_book import Ask

Sums = dict[str, dict[str, int]]  # currency ('' where amounts have none) -> column -> minor units


def sums_words(record: Record, sums: Sums) -> Text | str:
    """Sums in words, each currency on its own."""
    whole: Text | str = ""
    for currency, amounts in sums.items():
        part: Text | str = ""
        for name, amount in amounts.items():
            one = Text("{label} {amount}", label=record.by_name[name].label, amount=show_money(amount))
            part = Text("{first} · {second}", first=part, second=one) if part else one
        part = Text("{currency}: {amounts}", currency=currency, amounts=part) if currency and part else part
        whole = Text("{first};  {second}", first=whole, second=part) if whole else part
    return whole


def read_sums(source: PageSource, query: ListQuery, asks: Sequence[Ask], count: int, reader: object, job: jobs.Job) -> tuple[int, Sums]:
    """The sums of these rows; `count` says how many were asked for."""
    total: Sums = {}
    lean = ListQuery(query.record, query.filters, query.sort, query.descending, query.record.listed[:1])
    for ask in asks:
        ids = [int(str(cells[0])) for cells in run_ask(source, reader, lean, ask)]
        pages.add_up(total, source.sums(reader, query, ids))
        job.step(len(total), len(total) + 1)
    return count, total
