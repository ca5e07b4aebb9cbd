"""The list: every row right however one gets there, little fetched, nothing on the UI thread but painting."""

from __future__ import annotations

import random
import threading
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from crm_desktop.record import text
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery
from crm_desktop.ui import jobs, speech
from crm_desktop.ui.list_columns import Fit
from crm_desktop.ui.list_model import LazyModel, first_query, spans
from crm_desktop.ui.list_paint import Header
from crm_desktop.ui.lists import ListPanel, ListView
from crm_desktop.ui.page_book import KEEP, PAGE, PageBook
from tests.ui.conftest import FakeReader
from tests.ui.frame_fixtures import SMALL, FakeChange, FakeDesk, FakePages, IndexPages, small_rows

ORDERS = [("name", False), ("name", True), ("amount", False), ("amount", True)]


@pytest.fixture
def at_once(reader: FakeReader) -> jobs.Hub:
    """Jobs run in the test's own thread."""
    return jobs.synchronous(reader, FakeDesk())


@pytest.fixture
def threaded(reader: FakeReader) -> jobs.Hub:
    """Jobs run in their own threads."""
    return jobs.start(lambda: reader, FakeDesk)


def opened(rows: int, sort: str = "amount", descending: bool = False) -> tuple[LazyModel, FakePages, ListQuery]:
    source = FakePages(small_rows(rows))
    model = LazyModel(SMALL, source=source)
    query = ListQuery(SMALL, (), sort, descending, SMALL.listed)
    model.open(query)
    return model, source, query


def shown_row(model: LazyModel, row: int) -> tuple[Any, ...]:
    return tuple(model.value(row, column) for column in range(len(SMALL.listed)))


@pytest.mark.parametrize(("sort", "descending"), ORDERS)
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.usefixtures("at_once")
def test_every_row_is_right_in_any_visiting_order(sort: str, descending: bool, seed: int) -> None:
    model, source, query = opened(1234, sort, descending)
    expected = source.in_order(query)
    dice = random.Random(seed)
    visits = [0, 1233, *dice.sample(range(1234), 40), 1233, 0, 617]
    for row in visits:
        model.look(row, min(row + 15, 1233))
        assert model.row_id(row) == expected[row][0]
        assert shown_row(model, row) == expected[row][2:]
    assert model.rowCount() == 1234


@pytest.mark.parametrize("rows", [0, 1, 99, 100, 101, 199, 200, 201])
@pytest.mark.usefixtures("at_once")
def test_small_lists_are_whole(rows: int) -> None:
    model, source, query = opened(rows)
    for row in range(rows):
        model.look(row, row)
        assert model.row_id(row) == source.in_order(query)[row][0]
    assert model.rowCount() == rows


@pytest.mark.usefixtures("at_once")
def test_walks_from_the_nearest_page() -> None:
    model, source, _ = opened(5000)
    model.look(4980, 4999)
    source.fetched.clear()
    model.look(4700, 4715)
    assert max(source.fetched) <= 3 * PAGE  # back from the end, not on from the beginning


@pytest.mark.usefixtures("at_once")
def test_pages_looked_at_long_ago_are_forgotten() -> None:
    source = IndexPages(1_000_000)
    model = LazyModel(SMALL, source=source)
    model.open(ListQuery(SMALL, (), "amount", False, SMALL.listed))
    for row in range(0, 1_000_000, 5_000):
        model.look(row, row + 15)
        assert model.row_id(row) == row
    assert len(model._book) <= KEEP


@pytest.mark.usefixtures("at_once")
def test_a_million_rows_cost_little_memory() -> None:
    tracemalloc.start()
    source = IndexPages(1_000_000)
    model = LazyModel(SMALL, source=source)
    model.open(ListQuery(SMALL, (), "amount", False, SMALL.listed))
    for row in random.Random(1).sample(range(1_000_000), 300):
        model.look(row, row + 15)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 6_000_000


@pytest.mark.usefixtures("at_once")
def test_selecting_a_million_rows_fetches_nothing(qtbot: QtBot) -> None:
    source = IndexPages(1_000_000)
    model = LazyModel(SMALL, source=source)
    view = ListView(model)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    model.open(ListQuery(SMALL, (), "amount", False, SMALL.listed))
    view.grab()
    source.fetched.clear()
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.selected_rows() == 1_000_000
    assert source.fetched == []
    assert model.flags(model.index(999_999, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert source.fetched == []


@pytest.mark.usefixtures("at_once")
def test_typing_letters_in_a_list_walks_through_nothing(qtbot: QtBot) -> None:
    model = LazyModel(SMALL, source=IndexPages(1_000_000))
    view = ListView(model)
    qtbot.addWidget(view)
    model.open(first_query(SMALL))
    model.look(0, 1)
    qtbot.keyClicks(view, "zzz")
    assert view.currentIndex().row() <= 0


@pytest.mark.usefixtures("at_once")
def test_the_model_keeps_qts_rules(qtmodeltester: Any) -> None:
    model, source, _ = opened(350)
    qtmodeltester.check(model)
    source.rows = source.rows[:120]
    model.refresh()
    source.rows += small_rows(350, seed=9)[:30]
    model.refresh()
    model.sort(0)


@pytest.mark.usefixtures("at_once")
def test_data_never_fetches() -> None:
    model, source, _ = opened(5000)
    source.fetched.clear()
    for row in range(0, 5000, 7):
        model.data(model.index(row, 0))
        model.flags(model.index(row, 0))
    assert source.fetched == []


@pytest.mark.usefixtures("at_once")
def test_a_shorter_column_minus_one_is_not_the_last() -> None:
    model, _, _ = opened(10)
    model.sort(-1)
    model.sort(SMALL.listed.index("count"))
    assert model.query.sort == "amount"


@pytest.mark.usefixtures("at_once")
def test_a_refresh_keeps_the_place_and_reads_only_what_is_seen() -> None:
    model, source, query = opened(3000)
    model.look(1500, 1520)
    gone = source.in_order(query)[3][0]
    source.rows = [row for row in source.rows if row["id"] != gone]
    source.fetched.clear()
    model.changed({"small"})
    assert len(source.fetched) == 1
    expected = source.in_order(query)
    assert model.rowCount() == 2999
    assert model.row_id(1510) == expected[1510][0]
    for row in (0, 2998, 1600, 1399):
        model.look(row, row)
        assert model.row_id(row) == expected[row][0]


@pytest.mark.usefixtures("at_once")
def test_changes_of_other_tables_are_ignored() -> None:
    model, source, _ = opened(300)
    source.fetched.clear()
    model.changed({"account"})
    assert source.fetched == []
    model.changed({"hotel"})  # shown by name in this list
    assert source.fetched


@pytest.mark.usefixtures("at_once")
def test_rows_that_vanish_unseen_are_noticed() -> None:
    model, source, query = opened(1000)
    source.rows = source.rows[:400]
    model.look(450, 460)
    assert model.rowCount() == 400
    model.look(390, 399)
    assert model.row_id(399) == source.in_order(query)[399][0]


def test_an_error_is_told_once(at_once: jobs.Hub) -> None:
    model, source, _ = opened(1000)
    told: list[object] = []
    at_once.failed.connect(told.append)
    source.fetch = None  # type: ignore[assignment, method-assign]
    for _ in range(5):
        model.look(500, 510)
    assert len(told) == 1


@pytest.mark.usefixtures("threaded")
def test_dragging_the_scroll_bar_reads_only_what_matters(qtbot: QtBot) -> None:
    source = IndexPages(1_000_000)
    model = LazyModel(SMALL, source=source)
    with qtbot.waitSignal(model.counted):
        model.open(ListQuery(SMALL, (), "amount", False, SMALL.listed))
    source.fetched.clear()
    for row in range(10_000, 900_000, 3_000):
        model.look(row, row + 15)
    qtbot.waitUntil(lambda: model.row_id(row) == row)
    qtbot.wait(50)
    assert len(source.fetched) < 30


@pytest.mark.usefixtures("threaded")
def test_the_first_page_comes_before_the_count(qtbot: QtBot) -> None:
    source = FakePages(small_rows(500))
    held = threading.Event()
    count = source.count

    def slow_count(reader: Any, query: ListQuery) -> int:
        held.wait(5)
        return count(reader, query)

    source.count = slow_count  # type: ignore[method-assign]
    model = LazyModel(SMALL, source=source)
    with qtbot.waitSignal(model.opened):
        model.open(first_query(SMALL))
    assert model.rowCount() == PAGE
    assert model.here(0)
    with qtbot.waitSignal(model.counted):
        held.set()
    assert model.rowCount() == 500


@pytest.mark.parametrize(("sort", "descending"), ORDERS)
@pytest.mark.usefixtures("threaded")
def test_every_row_is_right_with_real_threads(qtbot: QtBot, sort: str, descending: bool) -> None:
    source = FakePages(small_rows(900))
    model = LazyModel(SMALL, source=source)
    query = ListQuery(SMALL, (), sort, descending, SMALL.listed)
    with qtbot.waitSignal(model.counted):
        model.open(query)
    expected = source.in_order(query)
    for row in random.Random(5).sample(range(900), 25):
        model.look(row, row)
        qtbot.waitUntil(lambda row=row: model.here(row))
        assert model.row_id(row) == expected[row][0]


@pytest.mark.usefixtures("at_once")
def test_words_follow_the_language() -> None:
    model, _, _ = opened(10)
    kind, amount = SMALL.listed.index("kind"), SMALL.listed.index("amount")
    assert model.words(0, kind) in ("Booked", "Departed")
    assert model.words(9, amount) == "5.00"
    assert model.headerData(amount, Qt.Orientation.Horizontal) == "Amount"
    assert model.data(model.index(9, amount), Qt.ItemDataRole.AccessibleTextRole) == "Amount: 5.00"


def test_spans_merge() -> None:
    assert spans(QItemSelection()) == []


def test_a_book_without_rows() -> None:
    book = PageBook()
    assert book.row(0) is None
    assert book.ask(0, 100).limit == 0


# the view


@pytest.fixture
def panel(at_once: jobs.Hub, qtbot: QtBot) -> ListPanel:
    """A list of 500 rows on the screen."""
    assert at_once is jobs.hub()
    made = ListPanel(SMALL, source=FakePages(small_rows(500)))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.grab()
    return made


def test_enter_and_double_click_open(panel: ListPanel, qtbot: QtBot) -> None:
    expected = panel.model.row_id(2)
    panel.view.setCurrentIndex(panel.model.index(2, 0))
    with qtbot.waitSignal(panel.opened) as told:
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert told.args == [expected]
    place = panel.view.visualRect(panel.model.index(2, 0)).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(panel.opened):
        qtbot.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_moving_picks_and_a_refresh_does_not(panel: ListPanel, qtbot: QtBot) -> None:
    told: list[int] = []
    panel.picked.connect(told.append)
    panel.view.setCurrentIndex(panel.model.index(3, 0))
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    assert told == [panel.model.row_id(3), panel.model.row_id(4)]
    source = panel._source
    source.rows = [row for row in source.rows if row["id"] != told[0]]
    jobs.hub().changed.emit(FakeChange("Removed", {"small"}))
    assert panel.view.currentIndex().row() == 3  # the mark went with the record
    assert panel.view.current_id() == told[1]
    assert len(told) == 2


def test_home_and_end_go_to_the_first_and_the_last_row(panel: ListPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.view, Qt.Key.Key_End)
    panel.grab()
    assert panel.view.currentIndex().row() == 499
    qtbot.keyClick(panel.view, Qt.Key.Key_Home)
    assert panel.view.currentIndex().row() == 0


def test_a_picked_row_that_is_not_here_is_told_when_it_comes(panel: ListPanel) -> None:
    told: list[int] = []
    panel.picked.connect(told.append)
    panel.view.setCurrentIndex(panel.model.index(450, 0))
    panel.grab()
    assert told == [panel._source.in_order(panel.query())[450][0]]


def test_the_header_sorts_only_what_can_be_sorted(panel: ListPanel, qtbot: QtBot) -> None:
    header = panel.view.horizontalHeader()
    assert isinstance(header, Header)

    def click(column: int) -> None:
        place = QPoint(header.sectionViewportPosition(column) + 20, 18)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click(SMALL.listed.index("count"))
    assert panel.model.query.sort == "amount"
    click(SMALL.listed.index("name"))
    assert (panel.model.query.sort, panel.model.query.descending) == ("name", False)
    assert header.label(0) == "Name  ↑"
    click(SMALL.listed.index("name"))
    assert panel.model.query.descending
    assert panel.model.row_id(0) == panel._source.in_order(panel.query())[0][0]


def test_columns_give_way_from_the_end_and_the_name_stays(panel: ListPanel) -> None:
    panel.resize(420, 600)
    panel.grab()
    hidden = [SMALL.listed[n] for n in range(4) if panel.view.isColumnHidden(n)]
    assert hidden == ["count"]
    assert panel.view.columnWidth(0) >= 160
    panel.resize(900, 600)
    panel.grab()
    assert not panel.view.isColumnHidden(3)
    assert sum(panel.view.columnWidth(n) for n in range(4)) == panel.view.viewport().width()


def test_widths_add_up_in_any_room() -> None:
    for room in range(300, 2000, 37):
        widths = Fit(SMALL, SMALL.listed, room).widths
        assert widths["name"] >= 160
        assert sum(widths.values()) == room or room < 380


def test_a_column_pulled_by_hand_keeps_its_width(panel: ListPanel) -> None:
    panel.view.horizontalHeader().resizeSection(2, 222)
    panel.resize(1000, 600)
    panel.grab()
    assert panel.view.columnWidth(2) == 222


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_column_chooser(panel: ListPanel, qtbot: QtBot) -> None:
    panel.view.choose_columns(QPoint(0, 0))
    menu = panel.view.findChild(QMenu)
    assert menu is not None
    actions = {str(action.data()): action for action in menu.actions()}
    assert [name for name, action in actions.items() if action.isChecked()] == list(SMALL.listed)
    with qtbot.waitSignal(panel.columns_changed):
        actions["note"].trigger()
    assert panel.visible_columns() == (*SMALL.listed, "note")
    assert panel.model.words(0, 5).startswith("<b>")
    actions["kind"].trigger()
    assert panel.visible_columns() == ("name", "amount", "count", "note")
    for name in ("name", "amount", "count", "note"):
        actions[name].trigger()
    assert panel.visible_columns() == ("note",)  # the last one stays
    menu.close()
    assert panel.query().columns == ("note",)


def test_tooltips_only_where_words_are_cut_and_never_as_markup(
    panel: ListPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        "crm_desktop.ui.list_paint.QToolTip.showText", lambda _place, words, _widget: told.append(words)
    )
    panel.set_columns(("name", "note"))
    panel.grab()
    delegate, column = panel.view.itemDelegate(), 5

    def ask() -> None:
        index = panel.model.index(0, column)
        place = panel.view.visualRect(index).center()
        event = QHelpEvent(QHelpEvent.Type.ToolTip, place, place)
        from PySide6.QtWidgets import QStyleOptionViewItem

        delegate.helpEvent(event, panel.view, QStyleOptionViewItem(), index)

    ask()
    assert told == [""]
    panel.view.horizontalHeader().resizeSection(column, 44)
    ask()
    assert "&lt;b&gt;" in told[-1]


def test_copying_takes_the_seen_columns(panel: ListPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(panel.model.words(row, 0) for row in (0, 1)))
    panel.view.selectRow(0)
    panel.view.selectionModel().select(
        panel.model.index(1, 0),
        panel.view.selectionModel().SelectionFlag.Select | panel.view.selectionModel().SelectionFlag.Rows,
    )
    qtbot.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t") for line in lines] == [
        [panel.model.words(row, column) for column in range(4)] for row in (0, 1)
    ]


def test_the_foot_counts_and_adds_up(panel: ListPanel) -> None:
    assert panel.count_label.text() == "500 rows"
    panel.view.selectAll()
    total = sum(row["amount"] for row in panel._source.rows) // 100
    assert panel.count_label.text() == f"500 selected, Amount {total:,}.00"
    panel.view.clearSelection()
    assert panel.count_label.text() == "500 rows"


def test_searching_and_filtering_narrow_and_clear(panel: ListPanel, qtbot: QtBot) -> None:
    assert not panel.clear_button.isVisible()
    qtbot.keyClicks(panel.search, "n3")
    assert 0 < panel.model.rowCount() < 500
    box = panel.boxes[0]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert panel.query().filters == (("kind", "=", "a"), ("*", "find", "n3"))
    assert panel.clear_button.isVisible()
    panel.clear_button.click()
    assert panel.model.rowCount() == 500
    assert panel.search.text() == ""
    assert box.currentIndex() == 0


def test_a_figure_opens_its_rows(panel: ListPanel) -> None:
    panel.show_only([("kind", "=", "b"), ("amount", "=", 300)])
    assert set(panel.query().filters) == {("kind", "=", "b"), ("amount", "=", 300)}
    assert panel.boxes[0].currentIndex() == 2
    panel.clear_filters()
    assert panel.query().filters == ()


def test_nothing_yet_is_not_nothing_found(panel: ListPanel, qtbot: QtBot) -> None:
    panel.search.setText("nothing like this")
    assert panel.body.currentWidget() is panel.nothing
    assert "matches" in panel.nothing._what.text()
    panel.nothing.acted.emit()
    assert panel.body.currentWidget() is panel.view
    panel._source.rows = []
    panel.reload()
    assert "No Smalls yet" in panel.nothing._what.text()
    with qtbot.waitSignal(panel.create):
        panel.nothing.acted.emit()


@pytest.mark.usefixtures("at_once")
def test_fixed_filters_always_hold(qtbot: QtBot) -> None:
    panel = ListPanel(SMALL, None, [("kind", "=", "a")], source=FakePages(small_rows(50)))
    qtbot.addWidget(panel)
    panel.show()
    assert panel.boxes == []
    assert not panel.narrowed()
    assert panel.query().filters == (("kind", "=", "a"),)


def test_a_part_of_another_page(at_once: jobs.Hub, qtbot: QtBot) -> None:
    assert at_once is jobs.hub()
    source = FakePages(small_rows(50))
    part = ListPanel(SMALL, None, [("kind", "=", "a")], source=source)
    qtbot.addWidget(part)
    part.make_part(Text("Stay history"), ("name", "amount", "count"))
    assert source.fetched == []
    part.resize(500, 300)
    part.show()
    assert part.title.text() == "Stay history"
    assert part.visible_columns() == ("name", "amount", "count")
    assert not part.new_button.isVisible()
    rows = part.model.rowCount()
    part.set_fixed([("kind", "=", "b")])
    assert part.fixed == (("kind", "=", "b"),)
    assert part.model.rowCount() == 50 - rows
    source.fetched.clear()
    part.show_only([])
    assert source.fetched == []  # it is what is shown already
    part.show_only([("amount", "=", 100)])
    assert source.fetched


def test_slow_reading_says_so(threaded: jobs.Hub, qtbot: QtBot) -> None:
    assert threaded is jobs.hub()
    source = FakePages(small_rows(150))
    source.gate = threading.Event()
    panel = ListPanel(SMALL, source=source)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.count_label.text() == "Reading …")
    source.gate.set()
    qtbot.waitUntil(lambda: panel.count_label.text() == "150 rows")


def test_a_hidden_list_reads_again_when_it_is_seen(panel: ListPanel) -> None:
    panel.hide()
    panel._source.rows = panel._source.rows[:10]
    jobs.hub().changed.emit(FakeChange("Removed", {"small"}))
    assert panel.model.rowCount() == 500
    panel.show()
    assert panel.model.rowCount() == 10


def test_language_switch_says_everything_again(panel: ListPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[[Text | str], str] = text.say
    monkeypatch.setattr("crm_desktop.ui.filters.say", lambda words: f"<{real(words)}>")
    monkeypatch.setattr("crm_desktop.ui.list_paint.say", lambda words: f"<{real(words)}>")
    panel._source.fetched.clear()
    speech.switch("zh_CN")
    panel.grab()
    assert panel.boxes[0].itemText(1).startswith("<")
    assert panel.view.horizontalHeader().label(0).startswith("<")  # type: ignore[attr-defined]
    assert panel._source.fetched == []


@pytest.mark.usefixtures("at_once")
def test_a_closed_panel_is_freed(qtbot: QtBot) -> None:
    panel = ListPanel(SMALL, source=FakePages(small_rows(20)))
    panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    panel.show()
    with qtbot.waitSignal(panel.destroyed):
        panel.close()
    jobs.hub().changed.emit(FakeChange("Changed", {"small"}))


@pytest.mark.usefixtures("at_once")
def test_an_invalid_index_has_nothing() -> None:
    model, _, _ = opened(3)
    assert model.data(QModelIndex()) is None
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
