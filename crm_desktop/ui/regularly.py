"""A list that is written to a file regularly: the list as it is seen now, into a folder; when, is said in its form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from crm_desktop.desk.settings import EXPORT_FOLDER
from crm_desktop.record.dates import local_time
from crm_desktop.record.places import this_pc
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.schedule import DAY, HOUR, MOMENT
from crm_desktop.record.text import Text, say
from crm_desktop.record.view import View
from crm_desktop.store.pages import ListQuery
from crm_desktop.ui import jobs

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

PLAN, CALENDAR = "export_plan", ".ics"
WHERE = Text("The folder the files are written to")


def ask(window: Window, query: ListQuery, kind: str) -> None:
    """Ask for the folder, then keep it as written every day, a calendar every hour; its form is opened for the rest."""
    folder = QFileDialog.getExistingDirectory(window, say(WHERE), window.settings.get(EXPORT_FOLDER))
    if folder:
        jobs.act(window, partial(_keep, values(query, kind, folder)), partial(_kept, window))


def values(query: ListQuery, kind: str, folder: str) -> Row:
    """The new row; it is not due before the next time."""
    return {
        "name": say(query.record.many), "record": query.record.key, "shows": told(query), "folder": folder, "kind": kind, "every": HOUR if kind == CALENDAR else DAY,
        "pc": this_pc(), "last_at": local_time().strftime(MOMENT),
        "content": View(query.filters, query.columns, query.sort, query.descending).words(),
    }  # fmt: skip


def told(query: ListQuery) -> str:
    """What a list shows, in words."""
    filters = "; ".join(_told(query.record, *one) for one in query.filters)
    return say(Text("{records}: {filters}", records=query.record.many, filters=filters) if filters else query.record.many)[:200]


def _told(record: Record, names: str, operator: str, value: Any) -> str:
    fields = [record.by_name[name] for name in names.split("|") if name in record.by_name]
    label = "/".join(say(field.label) for field in fields)
    shown = "、".join(_value(fields, one) for one in (value if isinstance(value, list | tuple) else [value]))
    return f"{label} {'' if operator in ('find', 'in') else operator} {shown}".strip() if label else shown


def _value(fields: list[Field], value: Any) -> str:
    return say(fields[0].choice_text(value)) if fields and fields[0].choices else str(value)


def _keep(row: Row, desk: Any, job: jobs.Job) -> Any:
    return desk.save(desk.store.by_key[PLAN], None, 0, row | {"who": desk.person})


def _kept(window: Window, change: Any) -> None:
    row_id = next(row_id for table, row_id in change.rows if table == PLAN)
    if page := window.page_of(PLAN):
        window.go(page, id=row_id)
