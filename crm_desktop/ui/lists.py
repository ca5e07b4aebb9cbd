"""A record's list with everything around it: search box, filters, buttons, rows, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QItemSelection, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.record.duty import Filter
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Record
from crm_desktop.record.text import Text
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery
from crm_desktop.ui import jobs
from crm_desktop.ui.edits import Edit
from crm_desktop.ui.filters import FilterBox
from crm_desktop.ui.flow import Flow
from crm_desktop.ui.list_model import LazyModel, PageSource
from crm_desktop.ui.list_sums import Sums, read_sums, sums_words
from crm_desktop.ui.list_view import ListView
from crm_desktop.ui.speech import put
from crm_desktop.ui.widgets import EmptyNote, PlainLabel, TitleLabel, button, link, tool

__all__ = ["LazyModel", "ListPanel", "ListView"]

SLOW = 150  # ms
ONE_LINE = 1100  # px from which title, filters and buttons may stand in one line
MARGIN, GAP = 24, 8
SUM_LIMIT = 20_000  # selected rows whose amounts are added up
SEARCH_WIDTH, SEARCH_LEAST = 200, 120
LINKS = 640  # px from which there is room for links in the first line


class ListPanel(QWidget):
    """A list page. `fixed_filters` always hold (the list of one client's stays); people narrow it further."""

    opened = Signal(object)  # id of 63 bits
    picked = Signal(object)
    create = Signal()  # type: ignore[assignment]  # not Qt's create(), which nobody calls
    import_ = Signal()
    export = Signal()
    columns_changed = Signal()
    reloaded = Signal()  # other filters may hold now

    def __init__(
        self,
        record: Record,
        parent: QWidget | None = None,
        fixed_filters: Sequence[Filter] = (),
        *,
        source: PageSource | None = None,
    ) -> None:
        super().__init__(parent)
        self.record = record
        self._source = source or pages
        self._fixed = tuple(fixed_filters)
        self._extra: tuple[Filter, ...] = ()  # of a figure that opened its rows
        self._stale = False  # changed while nobody saw it
        self._anew = True  # to be read from its beginning when it is seen
        self._one_line = ONE_LINE
        self._slow = QTimer(self, singleShot=True, interval=SLOW)  # reading that takes longer than a blink says so
        self.model = LazyModel(record, self, source=self._source)
        self.view = ListView(self.model, self)
        self._build()
        self._connect()

    # building

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.bar = QWidget(self)
        lines = QVBoxLayout(self.bar)
        lines.setContentsMargins(MARGIN, 12, MARGIN, 12)
        lines.setSpacing(GAP)
        self._links: list[QPushButton] = []
        self._first_line, self._second_line = QHBoxLayout(), QHBoxLayout()
        for line in (self._first_line, self._second_line):
            line.setSpacing(GAP)
            lines.addLayout(line)
        self._build_buttons()
        self._build_filters()
        self._build_rows()
        for part in (self.bar, self.body, self.foot):
            box.addWidget(part, 1 if part is self.body else 0)
        put(self.view, "setAccessibleName", self.record.many)

    def _build_buttons(self) -> None:
        self.title = TitleLabel(self.bar, "h1", self.record.many)
        self.import_button = button(self.bar, Text("Import"))
        self.export_button = button(self.bar, Text("Export"))
        self.new_button = button(self.bar, Text("New"), primary=True)
        self._first_line.addWidget(self.title)
        self._first_line.addSpacing(8)
        self._first_line.addStretch(0)  # gives way to the filters while they stand in this line
        for each in (self.import_button, self.export_button, self.new_button):
            self._first_line.addWidget(each)
            each.setHidden(not self.record.by_hand and each is not self.export_button)

    def _build_filters(self) -> None:
        self._narrow = QWidget(self.bar)
        line = Flow(self._narrow, GAP)
        self.search = Edit(self._narrow)
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(SEARCH_WIDTH)
        for what in ("setPlaceholderText", "setAccessibleName"):
            put(self.search, what, Text("Find in this list"))
        line.addWidget(self.search)
        self.boxes = [
            FilterBox(self.record.by_name[name], self._source, self._narrow)
            for name in self.record.filters
            if name not in {column for column, _, _ in self._fixed}
        ]
        for each in self.boxes:
            line.addWidget(each)
        self.clear_button = button(self._narrow, Text("Clear filters"), icon="x")
        self.clear_button.setVisible(False)
        line.addWidget(self.clear_button)

    def _build_rows(self) -> None:
        self.body = QStackedWidget(self)
        self.body.addWidget(self.view)
        self.nothing = EmptyNote(self.body, "list-filter", self._nothing_yet())
        self.body.addWidget(self.nothing)
        self.foot = QFrame(self)
        self.foot.setObjectName("foot")
        self.foot.setFixedHeight(32)
        line = QHBoxLayout(self.foot)
        line.setContentsMargins(12, 0, 12, 0)
        self.count_label = PlainLabel(self.foot, "soft")
        self.count_label.setMinimumWidth(1)  # long sums must not widen the window
        self.columns_button = tool(self.foot, "columns-3", Text("Columns"))
        line.addWidget(self.count_label, 1)
        line.addWidget(self.columns_button)

    def add_link(self, text: Text) -> QPushButton:
        """One more button in the list's first line, for what belongs beside this list."""
        made = link(self.bar, text)
        self._links.append(made)
        self._first_line.insertWidget(self._first_line.indexOf(self.import_button), made)
        return made

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_searched)
        for each in self.boxes:
            each.chosen.connect(self.reload)
        self.clear_button.clicked.connect(self.clear_filters)
        self.columns_button.clicked.connect(self._on_columns)
        self.nothing.acted.connect(self._on_first_step)
        self.new_button.clicked.connect(self.create)
        self.import_button.clicked.connect(self.import_)
        self.export_button.clicked.connect(self.export)
        self.view.opened.connect(self.opened)
        self.view.picked.connect(self.picked)
        self.view.columns_changed.connect(self.columns_changed)
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        self.model.counted.connect(self._on_counted)
        self.model.broken.connect(self._slow.stop)
        self._slow.timeout.connect(self._on_slow)
        jobs.hub().changed.connect(self._on_changed)

    # what is shown

    def query(self) -> ListQuery:
        """The list as it is seen now: its filters, order and columns."""
        now = self.model.query
        return ListQuery(self.record, self._filters(), now.sort, now.descending, self.visible_columns())

    def visible_columns(self) -> tuple[str, ...]:
        """The columns a person chose, in order."""
        return self.view.visible_columns()

    def set_columns(self, names: Sequence[str]) -> None:
        """Choose the columns, as remembered."""
        self.view.set_columns(names)

    @property
    def fixed(self) -> tuple[Filter, ...]:
        """The filters that always hold."""
        return self._fixed

    def set_fixed(self, filters: Sequence[Filter]) -> None:
        """The same list of something else: another client's stays."""
        self._fixed = tuple(filters)
        self._forget_filters()
        self.reload()

    def make_part(self, title: Text, columns: Sequence[str] = (), *, inset: bool = False) -> None:
        """A list inside another page: its title smaller, nothing to add or import, these columns; `inset` when the
        page has margins of its own."""
        self.title.setProperty("class", "h2")
        put(self.title, "setText", title)
        for each in (self.new_button, self.import_button, *self.boxes):
            each.hide()
        for box in self.boxes:
            box.deleteLater()  # its options may still be on their way and would show it again
        self.boxes = []
        if inset:
            layout = self.bar.layout()
            assert layout is not None
            layout.setContentsMargins(0, 8, 0, 8)
        self._one_line = 0
        self._arrange()
        if columns:
            self.view.set_columns(columns)

    def add_tools(self, *tools: QWidget) -> None:
        """Tools of a page of its own, before *Import*."""
        for each in tools:
            self._first_line.insertWidget(self._first_line.indexOf(self.import_button), each)

    def narrowed(self) -> bool:
        """True while something beyond the fixed filters is left out."""
        return len(self._filters()) > len(self._fixed)

    def show_only(self, filters: Sequence[Filter]) -> None:
        """Show the rows behind a figure; *Clear filters* brings the others back."""
        self._forget_filters()
        rest = []
        for column, operator, value in filters:
            box = next((box for box in self.boxes if box.field.name == column and operator == box.operator), None)
            if box:
                box.choose(value)
            else:
                rest.append((column, operator, value))
        self._extra = tuple(rest)
        if self._anew or self._filters() != self.model.query.filters:
            self.reload()  # else it is here already, and the place in it is kept

    def narrow(self, filters: Sequence[Filter]) -> None:
        """Show the rows behind a figure above the list; what a person narrowed it by stays."""
        self._extra = tuple(filters)
        self.reload()

    @Slot()
    def clear_filters(self) -> None:
        """Show everything again."""
        self._forget_filters()
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the list anew, from its beginning; as soon as it is seen."""
        self._anew = not self.isVisible()
        self.reloaded.emit()
        self.clear_button.setVisible(self.narrowed())
        if not self._anew:
            self._stale = False
            self._slow.start()
            self.model.open(self.query())

    @property
    def extra(self) -> tuple[Filter, ...]:
        """The filters of the figure that opened these rows."""
        return self._extra

    def narrowing(self) -> tuple[Filter, ...]:
        """What a person narrowed the list by above it, and the filters that always hold."""
        words = self.search.text().strip()
        chosen = [found for box in self.boxes if (found := box.filter())]
        return (*self._fixed, *chosen, *([("*", "find", words)] if words else []))

    def _filters(self) -> tuple[Filter, ...]:
        return (*self._fixed, *self._extra, *self.narrowing()[len(self._fixed) :])

    def _forget_filters(self) -> None:
        self._extra = ()
        for box in self.boxes:
            box.choose(None)
        blocked = self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(blocked)

    @Slot()
    def _on_searched(self) -> None:
        if not self.search.composing:
            self.reload()

    @Slot(object)
    def _on_changed(self, change: object) -> None:
        tables = set(getattr(change, "tables", ()))
        if self.isVisible():
            self.model.changed(tables)
        else:
            self._stale = self._stale or not self.model.tables.isdisjoint(tables)

    @Slot()
    def _on_columns(self) -> None:
        self.view.choose_columns(self.columns_button.mapToGlobal(self.columns_button.rect().topLeft()))

    def focus_first(self) -> None:
        """Put the keyboard on the rows, or on the first step where there are none."""
        here = self.view if self.body.currentWidget() is self.view else self.nothing.first()
        here.setFocus(Qt.FocusReason.OtherFocusReason)

    # the foot

    @Slot()
    def _on_slow(self) -> None:
        put(self.count_label, "setText", Text("Reading …"))

    @Slot(int)
    def _on_counted(self, rows: int) -> None:
        self._slow.stop()
        self.body.setCurrentIndex(0 if rows else 1)
        if not rows:
            self._say_nothing()
        self._on_selected()

    def _nothing_yet(self) -> Text:
        if self._fixed:
            return Text("Nothing here yet")
        return self.record.nothing or Text("No {many} yet. Press 'New' for the first one, or 'Import' to bring in a file.", many=self.record.many)

    def _say_nothing(self) -> None:
        if self.narrowed():
            self.nothing.say(Text("Nothing matches what you look for."), Text("Clear filters"))
        else:
            self.nothing.say(self._nothing_yet(), None if self._fixed else Text("New"))

    @Slot()
    def _on_first_step(self) -> None:
        if self.narrowed():
            self.clear_filters()
        else:
            self.create.emit()

    @Slot()
    def _on_selected(self, *_: QItemSelection) -> None:
        count = self.view.selected_rows()
        if count < 2:
            rows = self.model.rowCount()
            put(self.count_label, "setToolTip", "")
            put(self.count_label, "setText", Text("1 row") if rows == 1 else Text("{n} rows", n=f"{rows:,}"))
            return
        put(self.count_label, "setText", Text("{n} selected", n=f"{count:,}"))
        if count <= SUM_LIMIT and self._money():
            asks = self.model.asks_of(self.view.selection())
            work = partial(read_sums, self._source, self.query(), asks, count)
            jobs.read(self, work, self._on_sums, slot="sums")

    def _money(self) -> list[str]:
        return [name for name in self.visible_columns() if self.record.by_name[name].kind == Kind.MONEY]

    @Slot(object)
    def _on_sums(self, answer: tuple[int, Sums]) -> None:
        count, sums = answer
        if count == self.view.selected_rows():
            words = Text("{n} selected, {sum}", n=f"{count:,}", sum=sums_words(self.record, sums))
            put(self.count_label, "setText", words)
            put(self.count_label, "setToolTip", words)  # many sums may be wider than the foot

    # what Qt tells

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._anew:
            self.reload()
        elif self._stale:
            self._stale = False
            self.model.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()  # a drop-down got its words, or the language changed
        return super().event(event)

    def _needed(self) -> int:
        """The width at which title, filters and buttons stand in one line; *Clear filters* always has its room."""
        others = [item for at in range(self._first_line.count()) if (item := self._first_line.itemAt(at)) and item.widget() is not self._narrow]
        widths = [item.sizeHint().width() for item in others if not item.isEmpty()]
        return sum(widths) + GAP * (len(others) + 1) + 2 * MARGIN + self._filters_width()

    def _filters_width(self) -> int:
        """The room of search box and drop-downs, and of *Clear filters* also while it is hidden."""
        clear = 0 if self.clear_button.isVisibleTo(self._narrow) else self.clear_button.sizeHint().width() + GAP
        return self._narrow.sizeHint().width() + clear - self.search.width() + SEARCH_WIDTH

    def _arrange(self) -> None:
        """Filters stand beside the title when there is room, else under it."""
        wide = not self._one_line or self.width() >= max(self._one_line, self._needed())
        for each in self._links:
            each.setVisible(self.width() >= LINKS)
        over = 0 if wide else self._filters_width() + 2 * MARGIN - self.width()
        self.search.setFixedWidth(min(SEARCH_WIDTH, max(SEARCH_LEAST, SEARCH_WIDTH - over)))
        line = self._first_line if wide else self._second_line
        if line.indexOf(self._narrow) < 0:
            line.insertWidget(2 if wide else 0, self._narrow, 1)
