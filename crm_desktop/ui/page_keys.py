"""What the keys for printing, copying and writing a file do on whatever page is shown."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths

from crm_desktop.desk.settings import EXPORT_FOLDER
from crm_desktop.record.dates import local_time
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.ui import clipboard, exporting, jobs, opened_files, papers

if TYPE_CHECKING:
    from crm_desktop.store.pages import ListQuery
    from crm_desktop.ui.window import Window

NO_LIST = Text("There is no list on this page to write to a file.")
NO_PAPER = Text("Open a record or a list first: its paper is printed then.")
NOTHING = Text("There is nothing on this page to copy as a text.")
COPIED = Text("Copied: {text}")
LONGEST_TOLD = 80


def export(window: Window) -> None:
    """The list as it is seen, into the folder and as the kind of file used last, and opened."""
    page: Any = window.stack.currentWidget()
    query = page.query() if hasattr(page, "query") else None
    if query is None:
        window.toast.error(Refused(NO_LIST))
        return
    kind, encoding = exporting.kept_kind(window, query.record)
    exporting.run(window, query, free_file(folder(window), query, local_time(), kind), tuple(query.columns), encoding, opened)


def folder(window: Window) -> Path:
    """Where the last file was written; at first the person's documents."""
    kept = window.settings.get(EXPORT_FOLDER)
    if kept and Path(kept).is_dir():
        return Path(kept)
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())


def free_file(where: Path, query: ListQuery, moment: dt.datetime, kind: str) -> Path:
    """A file of that name and minute that is not there yet."""
    stem = f"{say(query.record.many)} {moment:%Y-%m-%d %H%M}".replace("/", "-")
    names = [f"{stem}{kind}", *(f"{stem} ({n}){kind}" for n in range(2, 1000))]
    return next(where / name for name in names if not (where / name).exists())


def opened(path: Path) -> None:
    """Show a written file in the program that is there for it."""
    opened_files.show(path)


def print_shown(window: Window) -> None:
    """The paper of what is on the screen."""
    page: Any = window.stack.currentWidget()
    if hasattr(page, "print_page"):
        page.print_page()
    elif shown := window.shown():
        papers.show_row(window, *shown)
    elif query := (page.query() if hasattr(page, "query") else None):
        papers.show_list(window, query)
    else:
        window.toast.error(Refused(NO_PAPER))


def print_all(window: Window) -> None:
    """Every paper of the record on the screen, one after the other."""
    shown = window.shown()
    if shown is None:
        window.toast.error(Refused(NO_PAPER))
    else:
        papers.show_all(window, *shown)


def print_list(window: Window) -> None:
    """The list on the screen, also while a row of it is open."""
    page: Any = window.stack.currentWidget()
    query = page.query() if hasattr(page, "query") else None
    if query is None:
        window.toast.error(Refused(NO_PAPER))
    else:
        papers.show_list(window, query)


def print_rows(window: Window) -> None:
    """A paper for each chosen row of the list on the screen, for all of them where none is chosen."""
    page: Any = window.stack.currentWidget()
    panel = getattr(page, "list", None)
    if panel is None or not hasattr(page, "query"):
        window.toast.error(Refused(NO_PAPER))
    else:
        papers.show_rows(window, page.query(), papers.chosen(panel.view))


def copy(window: Window) -> None:
    """What is worth telling about what is on the screen, as a text for a chat."""
    meant = _meant(window)
    page: Any = window.stack.currentWidget()
    if meant is None and hasattr(page, "copy_text"):
        page.copy_text()
        return
    shown = meant or window.shown()
    if shown is not None:
        work = partial(_sentences, window.duties, *shown, window.today())
        jobs.read(window, work, partial(_copied, window), slot="copy")
    else:
        window.toast.error(Refused(NOTHING))


def _meant(window: Window) -> tuple[str, int] | None:
    """Whom the card or the search over the page stands at: asked on the phone, that one is meant, not the page behind."""
    from crm_desktop.ui.card_box import CardBox

    box = window.findChild(CardBox)
    if box is not None and box.isVisible():
        return box.about()
    return window.top.search.about()


def _sentences(duties: Any, record: str, row_id: int, day: str, reader: Any, _job: jobs.Job) -> list[Text]:
    found = (duty.sentence(reader, record, row_id, day) for duty in duties if duty.sentence)
    return [text for text in found if text is not None]


def _copied(window: Window, texts: list[Text]) -> None:
    if not texts:
        window.toast.error(Refused(NOTHING))
        return
    put_on_clipboard(window, "\n".join(say(text) for text in texts))


def put_on_clipboard(window: Window, words: str) -> None:
    """Keep a text for pasting, and say so."""
    first = words.splitlines()[0]
    told = first if len(first) <= LONGEST_TOLD else first[: LONGEST_TOLD - 1] + "…"
    window.toast.note(clipboard.people(words, Text(COPIED.source, text=told)))
