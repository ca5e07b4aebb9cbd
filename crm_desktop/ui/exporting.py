"""Writing a list to a file from the window: where, which columns, then in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QDialog, QDialogButtonBox, QFileDialog, QRadioButton, QVBoxLayout

from crm_desktop.desk.settings import EXPORT_FOLDER
from crm_desktop.record.text import Text, say
from crm_desktop.store.pages import ListQuery
from crm_desktop.ui import jobs
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

EXPORTING = Text("Writing {records} to a file")


class Choice(QDialog):
    """Which columns, which encoding. The file is asked for afterwards."""

    def __init__(self, window: Window, query: ListQuery) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._query = window, query
        put(self, "setWindowTitle", Text("Export {records}", records=query.record.many))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 16, 24, 16)
        box.setSpacing(8)
        box.addWidget(PlainLabel(self, "h2", Text("Columns")))
        self.all_columns = self._option(Text("All columns, so that the file can be imported again"), "columns")
        self.seen_columns = self._option(Text("Only the columns of the list as it is seen"), "columns")
        box.addSpacing(8)
        box.addWidget(PlainLabel(self, "h2", Text("Encoding")))
        self.utf8 = self._option(Text("UTF-8, for Excel and everything else"), "encoding")
        self.gb18030 = self._option(Text("GB18030, for older Chinese programs"), "encoding")
        self.seen_columns.setChecked(True)
        self.utf8.setChecked(True)
        box.addSpacing(8)
        buttons = QDialogButtonBox(self)
        go = buttons.addButton(QDialogButtonBox.StandardButton.Ok)
        put(go, "setText", Text("Choose the file …"))
        go.setProperty("primary", True)
        put(buttons.addButton(QDialogButtonBox.StandardButton.Cancel), "setText", Text("Cancel"))
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)

    def _option(self, text: Text, group: str) -> QRadioButton:
        made = QRadioButton(self)
        put(made, "setText", text)
        found = self.findChild(QButtonGroup, group)
        if found is None:
            found = QButtonGroup(self)
            found.setObjectName(group)
        found.addButton(made)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(made)
        return made

    @Slot()
    def _on_accepted(self) -> None:
        kept = self._window.settings.get(EXPORT_FOLDER)
        name = str(Path(kept) / f"{say(self._query.record.many)}.csv") if kept else f"{say(self._query.record.many)}.csv"
        chosen, _ = QFileDialog.getSaveFileName(self, say(Text("Export")), name, "CSV (*.csv)")
        if chosen:
            only = self._query.columns if self.seen_columns.isChecked() else None
            self._window.settings.set(EXPORT_FOLDER, str(Path(chosen).parent))
            run(self._window, self._query, Path(chosen), only, "gb18030" if self.gb18030.isChecked() else "utf-8")
            self.accept()


def ask(window: Window, query: ListQuery) -> None:
    """Ask how, then where."""
    Choice(window, query).open()


def run(
    window: Window, query: ListQuery, path: Path, only: tuple[str, ...] | None, encoding: str, then: Callable[[Path], object] | None = None
) -> jobs.Job:
    """Write the file in the background; the strip shows how far it is, Cancel leaves nothing behind; `then` gets the file."""
    store = window.store
    records = [store.by_key[key] for key in store.by_key]
    plan = (store.path, records, query.record.key, query.filters, query.sort, query.descending, query.columns, path, only, encoding)
    work = partial(_write, plan)
    job = jobs.work(window, work, partial(_done, window, query, path, then), failed=window.long_work_failed, progress=window.busy.progress)
    window.busy.begin(job, Text(EXPORTING.source, records=query.record.many))
    return job


def _write(plan: tuple[Any, ...], reader: Any, job: jobs.Job) -> int:
    from crm_desktop.exchange import apart, csv_out

    rows: int = apart.once(csv_out.export_apart, job, *plan)
    return rows


def _done(window: Window, query: ListQuery, path: Path, then: Callable[[Path], object] | None, rows: int) -> None:
    window.busy.end()
    window.toast.note(Text("{count} rows written to {file}", count=f"{rows:,}", file=path.name))
    jobs.act(window, partial(_log, f"{query.record.file_word}: {rows} -> {path.name}"))
    if then is not None:
        then(path)


def _log(source: str, desk: Any, job: jobs.Job) -> None:
    from crm_desktop.desk.desk import EXPORTED

    desk.note(EXPORTED, source)
