"""Views of lists: kept by name, one's own or for everybody, shown from the list and from the palette."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.desk import views
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.people import signed_in
from crm_desktop.desk.records import LIST_VIEW
from crm_desktop.record.text import Refused, say
from crm_desktop.record.view import View, read
from crm_desktop.ui import views as window_views
from crm_desktop.ui.view_boxes import ViewMenu
from tests.samples import ACCOUNT, PERSON
from tests.ui.lodge import Lodge

FILTERS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["kind", "level", "owner_id"]), st.sampled_from(["=", "<>"]), st.one_of(st.text(max_size=5), st.integers())),
        st.tuples(st.just("level"), st.sampled_from(["in", "not in"]), st.lists(st.text(max_size=3), max_size=3).map(tuple)),
        st.tuples(st.just("*"), st.just("find"), st.text(max_size=9)),
    ),
    max_size=4,
)


@given(FILTERS, st.lists(st.sampled_from(ACCOUNT.listed), unique=True), st.sampled_from(["", *ACCOUNT.sortable]), st.booleans())
def test_a_view_comes_back_as_it_was(filters: list[Any], columns: list[str], sort: str, descending: bool) -> None:
    view = View(filters, columns, sort, descending)
    again = read(view.words(), ACCOUNT)
    assert (again.filters, again.columns, again.sort, again.descending) == (view.filters, view.columns, sort, descending)


@given(st.text(max_size=60))
def test_nonsense_is_an_empty_view(words: str) -> None:
    view = read(words, ACCOUNT)
    assert (view.filters, view.columns) == ((), ()) or words.startswith("{")


def test_what_a_record_lost_is_left_out() -> None:
    words = View([("former", "=", 1), ("level", "=", "A"), ("level", "like", "A")], ["former", "name"], "former").words()
    view = read(words, ACCOUNT)
    assert (view.filters, view.columns, view.sort) == ((("level", "=", "A"),), ("name",), "")


def test_ones_own_view_is_replaced_and_another_persons_never(lodge: Lodge) -> None:
    mine, other = Desk(lodge.store, "周敏"), Desk(lodge.store, "顾言舟")
    first = views.keep(mine, ACCOUNT, " A 级 ", View([("level", "=", "A")], ["name"]), shared=True)
    again = views.keep(mine, ACCOUNT, "A 级", View([("level", "=", "B")], ["name"]), shared=True)
    assert [row_id for _, row_id in again.rows] == [row_id for _, row_id in first.rows]
    with pytest.raises(Refused, match="周敏"):
        views.keep(other, ACCOUNT, "A 级", View((), ()), shared=True)
    views.keep(other, ACCOUNT, "A 级", View((), ()), shared=False)
    assert lodge.one("select count(*) from list_view where gone is null") == 2
    with pytest.raises(Refused, match="name"):
        views.keep(mine, ACCOUNT, "  ", View((), ()), shared=False)


def opened(lodge: Lodge, spoken: str) -> Any:
    for n, level in enumerate("AABC"):
        lodge.add(ACCOUNT, name=f"澄籁{n}号", level=level)
    lodge.add(PERSON, name="王明")
    lodge.open(spoken)
    page = lodge.page("accounts")
    lodge.wait(lambda: page.list.model.rowCount() == 4)
    return page


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_a_view_is_kept_and_shown_again(lodge: Lodge, spoken: str) -> None:
    page = opened(lodge, spoken)
    panel = page.list
    next(box for box in panel.boxes if box.field.name == "level").choose("A")
    panel.search.setText("澄籁")
    panel.set_columns(["name", "level", "phone"])
    panel.model.sort(next(at for at, field in enumerate(panel.model.fields) if field.name == "name"), Qt.SortOrder.DescendingOrder)
    lodge.wait(lambda: panel.model.rowCount() == 2)
    page.tools.keep_view()
    box = QApplication.focusWidget()
    lodge.qtbot.keyClicks(box, "my A")
    lodge.qtbot.keyClick(box, Qt.Key.Key_Tab)
    lodge.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    lodge.qtbot.keyClick(box, Qt.Key.Key_Return)
    lodge.wait(lambda: lodge.one("select shared from list_view") == 1)
    kept = window_views.of(lodge.window)
    assert kept is not None
    lodge.wait(lambda: len(kept.of("account")) == 1)
    panel.clear_filters()
    panel.set_columns([])
    lodge.wait(lambda: panel.model.rowCount() == 4)
    lodge.window.go("people")
    command = next(each for each in kept.commands() if "my A" in say(each.title))
    command.run()
    lodge.wait(lambda: panel.isVisible() and panel.model.rowCount() == 2)
    assert panel.visible_columns() == ("name", "level", "phone")
    assert (panel.model.query.sort, panel.model.query.descending, panel.search.text()) == ("name", True, "澄籁")
    assert kept.of("person") == []


def test_the_menu_offers_and_removes(lodge: Lodge) -> None:
    me = signed_in()
    Desk(lodge.store, me).save(LIST_VIEW, None, 0, {"record": "account", "name": "只看A", "who": me, "content": View([("level", "=", "A")], ()).words()})
    for name, shared in (("别人的", 0), ("公用", 1)):
        values = {"record": "account", "name": name, "who": "顾言舟", "content": View([("level", "=", "B")], ()).words(), "shared": shared}
        Desk(lodge.store, "顾言舟").save(LIST_VIEW, None, 0, values)
    page = opened(lodge, "zh_CN")
    kept = window_views.of(lodge.window)
    assert kept is not None
    lodge.wait(lambda: kept.of("account"))
    page.tools.show_views()
    menu = page.list.findChild(ViewMenu)
    words = {action.text(): action for action in menu.actions() if action.text()}
    assert set(words) == {"只看A", "公用（公用）", "保存为视图", "删除视图：只看A"}
    words["公用（公用）"].trigger()
    lodge.wait(lambda: page.list.model.rowCount() == 1)
    words["删除视图：只看A"].trigger()
    lodge.wait(lambda: [row["name"] for row in kept.of("account")] == ["公用"])
