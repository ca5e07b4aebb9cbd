"""The window on a small real store, for tests of pages that any duty leans on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from crm_desktop.app import _destroy
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import LANGUAGE, Settings
from crm_desktop.duties import DUTIES, RECORDS
from crm_desktop.record.record import Record
from crm_desktop.record.text import use
from crm_desktop.store.store import Store
from crm_desktop.ui import drafts, jobs, lookup
from crm_desktop.ui.form import Form
from crm_desktop.ui.window import Window
from tests.samples import added

PATIENCE = 20_000


class Lodge:
    """A window and the store under it. `add` writes as somebody at another PC would, before the window opens."""

    def __init__(self, store: Store, qtbot: Any) -> None:
        self.store, self.qtbot, self.settings = store, qtbot, Settings()
        self.window: Any = None

    def add(self, record: Record, **values: Any) -> int:
        return added(Desk(self.store, "顾言舟"), record, **values)

    def open(self, spoken: str = "en") -> Any:
        """Show the window."""
        use(spoken)
        self.settings.set(LANGUAGE, spoken)
        lookup.know(RECORDS)
        self.store.close()  # the writing thread opens its own
        jobs.start(self.store.open_reader, self._desk)
        self.window = Window(DUTIES, self.settings, "周敏", store=self.store)
        self.window.resize(1366, 700)
        self.window.show()
        return self.window

    def _desk(self) -> Desk:
        desk = Desk(self.store, "周敏")
        desk.sit(self.settings)
        return desk

    def page(self, key: str, **args: Any) -> Any:
        self.window.go(key, **args)
        return self.window.page(key)

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE)

    def one(self, sql: str, *values: Any) -> Any:
        reader = self.store.open_reader()
        try:
            found = reader.execute(sql, values).fetchone()
        finally:
            reader.close()
        return found[0] if found else None

    def leave(self) -> None:
        """Close the window without asking about what is typed."""
        if self.window is None:
            return
        for form in self.window.findChildren(Form):
            form.discard()
        drafts.clear()
        self.window.close()
        self.window.stop_pages()
        jobs.close()
        _destroy(self.window)
        self.store.close()


@contextmanager
def lodge_on(store: Store, qtbot: Any) -> Iterator[Lodge]:
    """A lodge that is left in the end."""
    made = Lodge(store, qtbot)
    yield made
    made.leave()
