"""The server is gone while a file is being imported: the window says it in a sentence, nothing of the file is half in, and
the same file is imported with the same button once the server is back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crm_desktop import app
from crm_desktop.desk.settings import LANGUAGE, Settings
from crm_desktop.duties import RECORDS
from crm_desktop.record.text import use
from crm_desktop.store.store import Store
from crm_desktop.ui import drafts, speech
from crm_desktop.ui.live import KEY
from tests import postgres as servers
from tests.postgres import Server
from tests.samples import csv_file, sound
from tests.store.server.test_many_seats import Proxy, through

PATIENCE = 120_000  # ms, for what takes ten seconds where nothing else is done
COMPANIES = 4_000
MIDDLE = 200_000  # bytes of what the file sends, of more than a million
WRITING = "select count(*) from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and backend_xid is not null"
GONE = {"en": "The server cannot be reached. Nothing was changed", "zh_CN": "连不上服务器"}
DONE = {"en": "Done: 4,000 added", "zh_CN": "完成：新增 4,000 行"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One of this file's own, which keeps its promises: it is killed."""
    with servers.own_server() as made:
        yield made


class Seat:
    """A window on a new database of the server, over a way that can be cut, and a file of companies."""

    def __init__(self, address: str, way: str, proxy: Proxy, server: Server, file: Path, qtbot: Any) -> None:
        self.address, self.proxy, self.server, self.file, self.qtbot = address, proxy, server, file, qtbot
        self.program = app.Program(way, Settings())
        self.window = self.program.window
        self.window.show()
        self.window.go("import")
        self.page = self.window.page("import")

    def wait(self, until: Any) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE)

    def press(self) -> None:
        assert self.page.go_button.isEnabled()
        self.qtbot.keyClick(self.page.go_button, Qt.Key.Key_Space)

    def the_server_dies(self) -> None:
        """Once the way has gone silent in the middle of the import."""
        self.wait(self.proxy.silent.is_set)
        self.wait(lambda: self.asked(WRITING) == 1)
        self.server.kill()
        self.proxy.silent.clear()
        self.wait(lambda: self.page._job is None)

    def asked(self, sql: str) -> int:
        """A figure, asked beside the window."""
        with self.server.connect(dbname=self.address.rpartition("/")[2].partition("?")[0]) as connection:
            return int(connection.execute(sql).fetchone()[0])

    def comes_back(self) -> None:
        self.server.start()
        self.wait(lambda: self.window.strips.strip(KEY) is None)

    def close(self) -> None:
        drafts.clear()
        self.program.close()


@contextmanager
def sitting(server: Server, folder: Path, qtbot: Any, language: str) -> Iterator[Seat]:
    use(language)
    Settings().set(LANGUAGE, language)
    address = server.fresh_database()
    Store(address, RECORDS, create=True).close()
    rows = [(f"{n:05d}", f"云楸医疗器械 {n}", "上海市徐汇区漕溪北路 " * 9) for n in range(COMPANIES)]
    file = csv_file(folder / "公司.csv", ("代码", "名称", "地址"), *rows)
    with through(address) as (way, proxy):
        seat = Seat(address, way, proxy, server, file, qtbot)
        try:
            yield seat
        finally:
            proxy.silent.clear()
            seat.close()
            speech.switch("en")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_half_imported_and_the_same_button_imports_it_again(server: Server, qtbot: Any, tmp_path: Path, language: str) -> None:
    with sitting(server, tmp_path, qtbot, language) as seat:
        page = seat.page
        seat.window.go("import", record="account", file=str(seat.file))
        seat.wait(lambda: page._summary is not None)
        assert page._summary.added == COMPANIES
        seat.proxy.most = seat.proxy.sent + MIDDLE
        seat.press()
        seat.the_server_dies()
        assert page.outcome.problem.text().startswith(GONE[language])
        assert page.done_label.text() == ""
        assert seat.file.name in page.file_label.text(), "it is still chosen"
        seat.comes_back()
        assert [seat.asked(f"select count(*) from {table}") for table in ("account", "account_term", "change")] == [0, 0, 0]
        seat.press()  # reads it anew
        seat.wait(lambda: page._summary is not None)
        assert page._summary.added == COMPANIES
        assert page.outcome.problem.text() == ""
        seat.press()
        seat.wait(lambda: page._job is None and page.done_label.text() != "")
        assert DONE[language] in page.done_label.text()
        assert seat.asked("select count(*) from account") == COMPANIES
        assert seat.asked("select count(*) from change") == 1
        with Store(seat.address, RECORDS) as store:
            sound(store)
