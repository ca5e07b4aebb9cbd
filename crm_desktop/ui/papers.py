"""Which papers belong to what is on the screen, and showing them; every paper of a row as one file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from crm_desktop.record.duty import Duty
from crm_desktop.record.paper import Ask, PaperForm
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.rows import get
from crm_desktop.ui import jobs, seat

if TYPE_CHECKING:
    from crm_desktop.ui.paper_view import PaperView
    from crm_desktop.ui.window import Window


def ask_for(window: Window, row_id: int = 0, day: str = "", **given: Any) -> Ask:
    """A paper wanted by who sits here, in the hotel here."""
    here = seat.here()
    return Ask(row_id, day or window.today(), hotel_id=here.hotel_id if here else None, person=here.person if here else "", **given)


def show(window: Window, forms: Sequence[PaperForm], row_id: int = 0, day: str = "", **given: Any) -> PaperView:
    """Show these forms of one thing; the first one is seen."""
    from crm_desktop.ui.paper_view import Offer, open_papers

    return open_papers(window, [Offer(form, ask_for(window, row_id, day, **given)) for form in forms])


def show_list(window: Window, query: ListQuery) -> PaperView:
    """A list as it is seen, and where its rows have addresses the labels for them."""
    from crm_desktop.documents import plain

    forms = [plain.listing(query), *([plain.labels(query)] if plain.has_labels(query.record) else [])]
    return show(window, forms)


MOST_ROWS = 2_000  # papers of one batch


def chosen(view: Any) -> list[int]:
    """The ids of the rows that are chosen in a list, when that is more than one."""
    from crm_desktop.ui.list_model import spans

    found = [row for span in spans(view.selection()) for row in span]
    ids = [view.model().row_id(row) for row in found[:MOST_ROWS]]
    return [row_id for row_id in ids if row_id is not None] if len(ids) > 1 else []


def show_rows(window: Window, query: ListQuery, ids: Sequence[int]) -> None:
    """The first form of a record for each of some rows, or for all of a list; as one file."""
    jobs.read(window, partial(_rows, window.duties, query, ids), partial(_show_rows, window), slot="paper", failed=partial(_unread, window))


def _unread(window: Window, error: Exception) -> None:
    """Somebody pressed a key for it: said also while a line says all the time that the server is away."""
    if not isinstance(error, jobs.Cancelled):
        window.toast.error(error)


def _rows(duties: Sequence[Duty], query: ListQuery, ids: Sequence[int], reader: Any, _job: jobs.Job) -> tuple[PaperForm, list[int]]:
    from crm_desktop.documents import library, plain
    from crm_desktop.store import pages

    wanted = list(ids) or [int(row[0]) for row in pages.fetch(reader, query, limit=MOST_ROWS)]
    return next(iter(library.about(duties, query.record.key)), plain.sheet(query.record)), wanted


def _show_rows(window: Window, found: tuple[PaperForm, list[int]]) -> None:
    from crm_desktop.ui.paper_batch import show_many

    show_many(window, *found)


def show_row(window: Window, record: str, row_id: int) -> None:
    """The papers of a row: the one that fits it best first, its own sheet last."""
    jobs.read(window, partial(_forms, window.duties, record, row_id), partial(_show_forms, window, row_id), slot="paper", failed=partial(_unread, window))


def _show_forms(window: Window, row_id: int, forms: Sequence[PaperForm]) -> None:
    show(window, forms, row_id)


def show_all(window: Window, record: str, row_id: int) -> None:
    """Every paper of a row, one after the other, with the signatures that are missing."""
    jobs.read(window, partial(_forms, window.duties, record, row_id, whole=True), partial(_show_batch, window, row_id), slot="paper", failed=partial(_unread, window))


def _show_batch(window: Window, row_id: int, forms: Sequence[PaperForm]) -> None:
    from crm_desktop.ui.paper_batch import show_batch

    show_batch(window, row_id, forms)


def _forms(duties: Sequence[Duty], record_key: str, row_id: int, reader: Any, _job: jobs.Job, whole: bool = False) -> list[PaperForm]:
    from crm_desktop.documents import library, plain

    record = next(record for duty in duties for record in duty.records if record.key == record_key)
    row = get(reader, record, row_id)
    own = plain.sheet(record, duties if whole else ())
    found = library.about(duties, record_key, row)
    if whole:
        found = [form for form in found if not form.apart and (row is None or form.fits is None or form.fits(row))]
    return [*found, own]
