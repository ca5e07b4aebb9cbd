"""Many papers as one file: of one row or of many, one after the other, with how far it is; cancelled between two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.documents import making, sheets
from crm_desktop.documents.making import Look
from crm_desktop.record.paper import Ask, PaperForm
from crm_desktop.record.text import Refused
from crm_desktop.store import papers

Step = Callable[[int, int], None]


class Batch:
    """The papers of a batch in one PDF: how many there are, those that were left out with the reason, the characters no
    font has, and the signatures missing on issued ones as (number, roles)."""

    def __init__(self) -> None:
        self.pdf = b""
        self.count = 0
        self.left_out: list[tuple[str, Refused]] = []
        self.boxes = ""
        self.unsigned: list[tuple[str, list[str]]] = []


def make(reader: Any, store: Any, wanted: Sequence[tuple[PaperForm, Ask]], step: Step, look: Look | None = None) -> Batch:
    """Set every paper; one that cannot be set is left out and told. `step` may raise to cancel: then nothing is left."""
    batch, pdfs, issued, boxes = Batch(), list[bytes](), dict[int, str](), dict[str, None]()
    for done, (form, ask) in enumerate(wanted):
        step(done, len(wanted))
        try:
            made = making.make(reader, store, form, ask, look)
        except Refused as error:
            batch.left_out.append((f"{form.key} {ask.row_id or ask.day}", error))
            continue
        pdfs.append(made.pdf)
        boxes.update(dict.fromkeys(made.boxes))
        if made.issued is not None:
            issued[int(made.issued["id"])] = str(made.issued["number"])
    if pdfs:
        batch.pdf = sheets.joined(pdfs)
    batch.count, batch.boxes = len(pdfs), "".join(boxes)
    batch.unsigned = [(issued[paper], roles) for paper, roles in papers.unsigned(reader, list(issued)).items()]
    step(len(wanted), len(wanted))
    return batch
