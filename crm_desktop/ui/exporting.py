"""Writing a list to a file from the window: where, which columns, then in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QDialog, QDialogButtonBox, QFileDialog, QRadioButton, QVBoxLayout

from crm_desktop.desk.exports import Asked, mark, permit, told
from crm_desktop.desk.rights import Sighted
from crm_desktop.desk.settings import EXPORT_FOLDER, EXPORT_KIND
from crm_desktop.record.record import Record
from crm_desktop.record.text import Text, say
from crm_desktop.store.pages import ListQuery
from crm_desktop.ui import jobs, regularly
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import PlainLabel, link

if TYPE_CHECKING:
    from crm_desktop.ui.window import Window

EXPORTING = Text("Writing {records} to a file")


GB18030 = "gb18030"  # behind the end of a name in the settings: .csv gb18030
KINDS = {
    ".xlsx": Text("Excel workbook: codes stay as they are, days and amounts can be reckoned with"),
    ".csv": Text("CSV in UTF-8, for everything else"),
    f".csv {GB18030}": Text("CSV in GB18030, for older Chinese programs"),
    ".json": Text("JSON, for other programs"),
    ".vcf": Text("Cards (vCard), for phones and mail programs"),
    ".ics": Text("Calendar (iCalendar), for phones and mail programs"),
}
SHAPED = (".vcf", ".ics")


def kinds_of(record: Record) -> list[str]:
    """The kinds of file a list of this record can be."""
    return [kind for kind in KINDS if kind not in SHAPED or kind[1:] in record.shapes]


def kept_kind(window: Window, record: Record) -> tuple[str, str]:
    """The end of the name and the encoding of the last file written, if this record can be such a one."""
    kept = window.settings.get(EXPORT_KIND)
    suffix, _, encoding = (kept if kept in kinds_of(record) else ".xlsx").partition(" ")
    return suffix, encoding or "utf-8"


class Choice(QDialog):
    """Which columns, as what kind of file. Where is asked for afterwards."""

    def __init__(self, window: Window, query: ListQuery) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._query = window, query
        put(self, "setWindowTitle", Text("Export {records}", records=query.record.many))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 16, 24, 16)
        box.setSpacing(8)
        box.addWidget(PlainLabel(self, "h2", Text("Columns")))
        self.seen_columns = self._option(Text("Only the columns of the list as it is seen"), "columns")
        self.all_columns = self._option(Text("All columns, so that the file can be imported again"), "columns")
        box.addSpacing(8)
        box.addWidget(PlainLabel(self, "h2", Text("Kind of file")))
        self.kinds = {kind: self._option(KINDS[kind], "kind") for kind in kinds_of(query.record)}
        self.seen_columns.setChecked(True)
        kept = window.settings.get(EXPORT_KIND)
        self.kinds.get(kept, self.kinds[".xlsx"]).setChecked(True)
        box.addSpacing(8)
        buttons = QDialogButtonBox(self)
        go = buttons.addButton(QDialogButtonBox.StandardButton.Ok)
        put(go, "setText", Text("Choose the file …"))
        go.setProperty("primary", True)
        put(buttons.addButton(QDialogButtonBox.StandardButton.Cancel), "setText", Text("Cancel"))
        self.regularly = link(self, Text("Write this list regularly …"))
        self.regularly.clicked.connect(self._on_regularly)
        self.regularly.setVisible(bool(window.page_of(regularly.PLAN)))
        box.addWidget(self.regularly, 0, Qt.AlignmentFlag.AlignLeft)
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

    def chosen_kind(self) -> str:
        """The kind of file that is marked."""
        return next(kind for kind, option in self.kinds.items() if option.isChecked())

    @Slot()
    def _on_regularly(self) -> None:
        self.accept()
        regularly.ask(self._window, self._query, self.chosen_kind())

    @Slot()
    def _on_accepted(self) -> None:
        suffix, _, encoding = self.chosen_kind().partition(" ")
        stem, kept = f"{say(self._query.record.many)}{suffix}", self._window.settings.get(EXPORT_FOLDER)
        chosen, _ = QFileDialog.getSaveFileName(self, say(Text("Export")), str(Path(kept) / stem) if kept else stem, f"*{suffix}")
        if chosen:
            path = Path(chosen) if Path(chosen).suffix.lower() == suffix else Path(chosen + suffix)
            only = self._query.columns if self.seen_columns.isChecked() else None
            self._window.settings.set(EXPORT_FOLDER, str(path.parent))
            self._window.settings.set(EXPORT_KIND, self.chosen_kind())
            run(self._window, self._query, path, only, encoding or "utf-8")
            self.accept()


def ask(window: Window, query: ListQuery) -> None:
    """Ask how, then where."""
    Choice(window, query).open()


def run(
    window: Window, query: ListQuery, path: Path, only: tuple[str, ...] | None, encoding: str, then: Callable[[Path], object] | None = None,
    *, reason: str = "", stood_by: str = "",
) -> jobs.Job:  # fmt: skip
    """Write the file in the background; the strip shows how far it is, Cancel leaves nothing behind; `then` gets the file.

    More rows than the person's role takes out without a word are asked a reason for first, or a second person."""
    store = window.store
    records = [store.by_key[key] for key in store.by_key]
    plan = (store.address, records, query.record.key, query.filters, query.sort, query.descending, query.columns, path, only, encoding)
    again = partial(run, window, query, path, only, encoding, then)
    job = jobs.work(
        window, partial(_write, plan, query, reason, stood_by, window.seat.here()), partial(_done, window, query, path, then, told(reason, stood_by)),
        failed=partial(_failed, window, again), progress=window.busy.progress,
    )  # fmt: skip
    window.busy.begin(job, Text(EXPORTING.source, records=query.record.many))
    return job


def _write(plan: tuple[Any, ...], query: ListQuery, reason: str, stood_by: str, name: str, reader: Any, job: jobs.Job) -> int:
    from crm_desktop.exchange import apart, list_out
    from crm_desktop.store import keys, pages

    person = 0
    if isinstance(reader, Sighted) and not reader.rights.open:
        permit(reader.rights, query.record, pages.count(reader, query), reason, stood_by)
        person = reader.person
    rows: int = apart.once(list_out.export_apart, job, *plan, person, keys.unlocked(), mark(name, reason, stood_by))
    return rows


def _failed(window: Window, again: Callable[..., object], error: Exception) -> None:
    if isinstance(error, Asked):
        from crm_desktop.ui.export_reason import ExportReason

        window.busy.end()
        ExportReason(window, error, again).open()
    else:
        window.long_work_failed(error)


def _done(window: Window, query: ListQuery, path: Path, then: Callable[[Path], object] | None, reason: str, rows: int) -> None:
    window.busy.end()
    window.toast.note(Text("{count} rows written to {file}", count=f"{rows:,}", file=path.name))
    jobs.act(window, partial(_log, f"{query.record.file_word}: {rows} -> {path.name}", reason))
    if then is not None:
        then(path)


def _log(source: str, reason: str, desk: Any, job: jobs.Job) -> None:
    from crm_desktop.desk.desk import EXPORTED

    desk.note(EXPORTED, source, reason)
