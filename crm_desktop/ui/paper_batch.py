"""Many papers at once: set in the background with progress and cancel, then shown as one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from crm_desktop.documents import batch as batches
from crm_desktop.documents.batch import Batch
from crm_desktop.record.paper import Ask, PaperForm
from crm_desktop.record.text import Refused, Text
from crm_desktop.ui import jobs, papers
from crm_desktop.ui.paper_view import usual_language

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

NOTHING = Text("None of these papers could be set.")


def show_batch(window: Window, row_id: int, forms: Sequence[PaperForm]) -> jobs.Job:
    """All these forms of one row."""
    return begin(window, [(form, papers.ask_for(window, row_id)) for form in forms], forms[-1].title)


def show_many(window: Window, form: PaperForm, ids: Sequence[int]) -> jobs.Job:
    """One form of many rows: the guest cards of a list."""
    return begin(window, [(form, papers.ask_for(window, row_id)) for row_id in ids], form.title)


def begin(window: Window, wanted: Sequence[tuple[PaperForm, Ask]], title: Text) -> jobs.Job:
    """Set them; the strip shows how far it is, Cancel leaves nothing behind."""
    for form, ask in wanted:
        ask.language = usual_language(window, form)
    work = partial(_work, window.store, list(wanted))
    job = jobs.work(window, work, partial(_done, window, title), failed=window.long_work_failed, progress=window.busy.progress)
    window.busy.begin(job, Text("Setting {n} papers", n=f"{len(wanted):,}"))
    return job


def _work(store: Any, wanted: Sequence[tuple[PaperForm, Ask]], reader: Any, job: jobs.Job) -> Batch:
    return batches.make(reader, store, wanted, job.step)


def _done(window: Window, title: Text, batch: Batch) -> None:
    window.busy.end()
    if not batch.pdf:
        first = batch.left_out[0][1] if batch.left_out else Refused(NOTHING)
        window.toast.error(first)
        return
    from crm_desktop.ui.pdf_view import ReadyView

    ReadyView(window, batch.pdf, title, note_of(batch)).open()


def note_of(batch: Batch) -> tuple[Text, str]:
    """What is worth knowing about a batch: signatures missing, papers left out, characters without a font."""
    words: Text = Text("{n} papers", n=f"{batch.count:,}")
    for number, roles in batch.unsigned[:3]:
        words = Text("{first} · {second}", first=words, second=Text("{number} is not signed by {roles}", number=number, roles="、".join(roles)))
    if batch.left_out:
        words = Text("{first} · {second}", first=words, second=Text("{n} left out: {reason}", n=len(batch.left_out), reason=batch.left_out[0][1].text))
    if batch.boxes:
        words = Text("{first} · {second}", first=words, second=Text("printed as boxes: {letters}", letters=batch.boxes[:20]))
    return words, "warning" if batch.unsigned or batch.left_out or batch.boxes else "soft"
