"""Printing while the server is away: the paper that is on the screen comes out, one that would have to be read is refused in a sentence,
and the window lives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter

from crm_desktop import app
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import LANGUAGE, Settings
from crm_desktop.documents import sheets
from crm_desktop.duties import RECORDS
from crm_desktop.record.text import use
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.store import Store
from crm_desktop.ui import drafts, papers, printing, speech
from crm_desktop.ui.live import KEY
from tests import postgres as servers
from tests.postgres import Server
from tests.samples import ACCOUNT, account

PATIENCE = 120_000  # ms, for what takes ten seconds where nothing else is done
GONE = {"en": "The server cannot be reached", "zh_CN": "连不上服务器"}


@pytest.fixture
def server() -> Iterator[Server]:
    """One of its own, which is killed."""
    with servers.own_server(safe=False) as made:
        yield made


@pytest.fixture
def program(server: Server, request: pytest.FixtureRequest) -> Iterator[Any]:
    use(request.param)
    Settings().set(LANGUAGE, request.param)
    address = server.fresh_database()
    with Store(address, RECORDS, create=True) as store:
        request.node.client = account(Desk(store, "Li Na"), "云楸医疗")
    made = app.Program(address, Settings())
    made.window.show()
    yield made
    drafts.clear()
    made.close()
    speech.switch("en")


@pytest.mark.parametrize("program", ["en", "zh_CN"], indirect=True)
def test_what_is_on_the_screen_is_printed_and_what_is_not_is_refused(
    program: Any, server: Server, request: pytest.FixtureRequest, qtbot: Any, tmp_path: Path
) -> None:
    window, words, client = program.window, GONE[Settings().get(LANGUAGE)], request.node.client

    def wait(until: Any) -> None:
        qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE)

    view = papers.show_list(window, ListQuery(ACCOUNT))
    wait(lambda: view.shown and view.pages.has_picture(0))
    server.kill()
    wait(lambda: window.strips.strip(KEY) is not None)

    view.save_to(tmp_path / "saved.pdf")
    wait(lambda: (tmp_path / "saved.pdf").exists())
    assert (tmp_path / "saved.pdf").read_bytes() == view.shown.pdf
    printer = printing.printer_for(view.shown.sheets, "x")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    view._printing.print(printer, view.shown.sheets)
    wait(lambda: (tmp_path / "printed.pdf").exists() and window.busy.isHidden())
    with closing(sheets.Sheets((tmp_path / "printed.pdf").read_bytes())) as printed:
        assert printed.count == view.shown.sheets.count
    view.close()

    fresh = papers.show_list(window, ListQuery(ACCOUNT))  # from a list
    wait(lambda: words in fresh.note.text())
    assert not any(part.isEnabled() for part in fresh.tools())
    fresh.close()
    window.toast.dismiss()
    papers.show_row(window, "account", client)  # from a form
    wait(lambda: window.toast.isVisible() and words in window.toast.label.text())

    server.start()
    wait(lambda: window.strips.strip(KEY) is None)
    papers.show_row(window, "account", client)
    wait(lambda: (found := window.findChildren(type(view))) and any(one.isVisible() and one.pages.has_picture(0) for one in found))
