"""The table of a list: rows of any number, columns that give way when it is narrow, and a chooser for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.pages import ListQuery
from crm_desktop.ui import clip, clipboard, jobs, presence
from crm_desktop.ui.list_columns import Fit
from crm_desktop.ui.list_model import AnyIndex, LazyModel, PageSource, run_ask, spans, words_of
from crm_desktop.ui.list_paint import ROW, Header, ListDelegate, head_widths
from crm_desktop.ui.page_book import Ask
from crm_desktop.ui.speech import put

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
COPY_LIMIT = 10_000  # rows
SCREENFUL = 50  # rows that are copied without the right to export
GREATEST_FIRST = frozenset({Kind.DATE, Kind.MONEY, Kind.INT})
TOO_MANY = Text("At most {limit} rows can be copied at once. Export has no such limit.", limit=f"{COPY_LIMIT:,}")


class ListView(QTableView):
    """Shows a LazyModel. Enter and double-click open a row, the keyboard and the mouse pick one."""

    opened = Signal(object)  # id (an int of 63 bits does not fit Qt's int)
    picked = Signal(object)
    columns_changed = Signal()

    def __init__(self, model: LazyModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._chosen = list(model.record.listed)
        self._fixed: dict[str, int] = {}
        self._pinned: list[str] = []
        self._fitting = False
        self._told: int | None = None  # the id told last
        self._untold = False  # the current row is not here yet
        self._closed = False  # what was picked is not shown any more
        self._heard: presence.Presence | None = None
        self._setup()
        self.setModel(model)
        self._connect(model)
        self.fit()

    def _setup(self) -> None:
        self.setItemDelegate(ListDelegate(self))
        self.setHorizontalHeader(Header(self))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW)
        rows.setDefaultSectionSize(ROW)

    def _connect(self, model: LazyModel) -> None:
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._on_header_clicked)
        header.sectionResized.connect(self._on_section_resized)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        model.opened.connect(self._on_opened)
        model.refreshed.connect(self._on_refreshed)
        model.dataChanged.connect(self._tell)

    # columns

    def visible_columns(self) -> tuple[str, ...]:
        """The chosen columns in order, also those that have no room just now."""
        return tuple(self._chosen)

    def set_columns(self, names: Sequence[str]) -> None:
        """Choose the columns; unknown names are left out, none at all means the record's own."""
        known = {field.name for field in self._model.fields}
        self._chosen = [name for name in names if name in known] or list(self._model.record.listed)
        self._pinned = [name for name in self._pinned if name in self._chosen]
        self._model.show_columns(self._chosen)
        self.fit()
        self.columns_changed.emit()

    def fit(self) -> None:
        """Give every column its width; those without room are hidden."""
        record = self._model.record
        room, heads = self.viewport().width(), head_widths(self._model.fields)
        widths = Fit(record, self._chosen, room, heads=heads, fixed=self._fixed, pinned=self._pinned).widths
        self._fitting = True
        for column, field in enumerate(self._model.fields):
            self.setColumnHidden(column, field.name not in widths)
            if field.name in widths:
                self.setColumnWidth(column, widths[field.name])
        self._fitting = False

    @Slot(int, int, int)
    def _on_section_resized(self, section: int, _old: int, new: int) -> None:
        if not self._fitting and new:
            self._fixed[self._model.fields[section].name] = new
            self.fit()

    @Slot(int)
    def _on_header_clicked(self, section: int) -> None:
        field, now = self._model.fields[section], self._model.query
        descending = not now.descending if now.sort == field.name else field.kind in GREATEST_FIRST
        self._model.sort(section, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().viewport().update()

    def choose_columns(self, place: QPoint) -> None:
        """A menu of all columns, to switch on and off; it stays open while one does."""
        menu = _StayingMenu(self)
        for field in self._model.fields:
            action = menu.addAction("")
            cut = field.name in self._chosen and self.isColumnHidden(self._model.fields.index(field))
            put(action, "setText", Text("{column} (no room)", column=field.label) if cut else field.label)
            action.setCheckable(True)
            action.setChecked(field.name in self._chosen)
            action.setData(field.name)
        menu.triggered.connect(self._on_column_chosen)
        menu.popup(place)

    @Slot(QAction)
    def _on_column_chosen(self, action: QAction) -> None:
        name = str(action.data())
        if not action.isChecked() and len(self._chosen) == 1:
            action.setChecked(True)  # a list without columns shows nothing to get it back by
            return
        order = [field.name for field in self._model.fields]
        chosen = {*self._chosen, name} if action.isChecked() else {*self._chosen} - {name}
        self._pinned = [*self._pinned, name] if action.isChecked() else self._pinned
        self.set_columns(sorted(chosen, key=order.index))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.horizontalHeader().geometry().contains(event.pos()):
            self.choose_columns(event.globalPos())
        else:
            event.ignore()

    # rows

    def current_id(self) -> int | None:
        """The id of the row the keyboard is on."""
        return self._model.row_id(self.currentIndex().row())

    def go_to(self, record_id: int) -> bool:
        """Make a row that is here the current one; False when it is not here."""
        row = self._model.row_of(record_id)
        if row < 0:
            return False
        self._told = record_id
        self.setCurrentIndex(self._model.index(row, 0))
        return True

    def selected_rows(self) -> int:
        """How many rows are selected, counted by runs."""
        return sum(map(len, spans(self.selection())))

    def selection(self) -> QItemSelection:
        """What is selected, as runs of rows."""
        return self.selectionModel().selection()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self._untold = True
        self._tell()
        self.viewport().update()  # the mark of the current row

    @Slot()
    def _tell(self) -> None:
        """Say which record is picked, as soon as its row is here, once."""
        record_id = self.current_id()
        if not self._untold or record_id is None:
            return
        self._untold = False
        self._pick(record_id)

    def _pick(self, record_id: int) -> None:
        if self._closed or record_id != self._told:
            self._told, self._closed = record_id, False
            self.picked.emit(record_id)

    def forget(self) -> None:
        """What was picked was closed: a click on the same row picks it again."""
        self._closed = True

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        record_id = self._model.row_id(index.row())
        if record_id is not None:
            self._pick(record_id)

    @Slot()
    def _on_opened(self) -> None:
        self._told = None
        self.scrollToTop()
        self.horizontalHeader().viewport().update()

    @Slot()
    def _on_refreshed(self) -> None:
        """The picked record may stand in another row now: the mark follows it, and nothing is picked anew."""
        if self._told is None or self.current_id() == self._told:
            return
        row = self._model.row_of(self._told)
        flags = QItemSelectionModel.SelectionFlag
        if row < 0:
            self.selectionModel().clear()
            self._told = None
        else:
            index = self._model.index(row, 0)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._open(index.row())

    def _open(self, row: int) -> None:
        record_id = self._model.row_id(row)
        if record_id is not None:
            self.opened.emit(record_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._open(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in ENDS:  # first and last row, not first and last cell
            more = event.modifiers() | Qt.KeyboardModifier.ControlModifier
            super().keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, event.key(), more))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing in a list looks for nothing: Qt would walk through all rows."""

    # copying

    def copy(self) -> None:
        """Put the selected rows on the clipboard: the columns that are seen, tab between them."""
        if self.selected_rows() > COPY_LIMIT:
            jobs.hub().failed.emit(Refused(TOO_MANY))
            return
        query = self._model.query
        names = tuple(f.name for n, f in enumerate(self._model.fields) if not self.isColumnHidden(n))
        seen = ListQuery(query.record, query.filters, query.sort, query.descending, names)
        work = partial(_read_table, self._model.source, seen, self._model.asks_of(self.selection()))
        jobs.read(self, work, partial(self._on_copied, [seen.record.by_name[name] for name in names]), slot="copy")

    def _on_copied(self, fields: Sequence[Field], table: str) -> None:
        if table:
            told = clipboard.people(clip.mime(table, fields), Text("Rows copied: {n}", n=table.count("\n") + 1))
            clipboard.here().told.emit(told)

    # what Qt tells

    def showEvent(self, event: QShowEvent) -> None:
        """From now on, who edits what elsewhere is shown as it changes."""
        super().showEvent(event)
        found = presence.here()
        if found is not None and found is not self._heard:
            self._heard = found
            found.changed.connect(self._on_presence)

    @Slot()
    def _on_presence(self) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is painted is what is needed: the model fetches these rows and their neighbours."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first >= 0:
            self._model.look(first, last if last >= 0 else self._model.rowCount() - 1)
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.fit()
            self.viewport().update()
            self.horizontalHeader().viewport().update()


class _StayingMenu(QMenu):
    """A menu of check marks that does not close at each of them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)


def _read_table(source: PageSource, query: ListQuery, asks: list[Ask], reader: object, job: jobs.Job) -> str:
    _may_copy(reader, query.record, sum(ask.limit for ask in asks))
    fields = [query.record.by_name[name] for name in query.columns]
    lines = []
    for ask in asks:
        for cells in run_ask(source, reader, query, ask):
            words = (words_of(field, value) for field, value in zip(fields, cells[2:], strict=True))
            lines.append("\t".join(" ".join(word.split()) for word in words))
        job.step(len(lines), len(lines) + 1)
    return "\n".join(lines)


def _may_copy(reader: object, record: Record, rows: int) -> None:
    """More than a screenful leaves the house like an export. Raises Refused."""
    from crm_desktop.desk.exports import Asked, permit
    from crm_desktop.desk.rights import Sighted

    if rows <= SCREENFUL or not isinstance(reader, Sighted) or reader.rights.open:
        return
    try:
        permit(reader.rights, record, rows)
    except Asked as error:
        raise Refused(Text("So many rows are not copied without a word: use Export, which asks what for. Nothing was copied.")) from error
