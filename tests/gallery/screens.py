"""Every screen, by name: what is done to the window before its picture is taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog

from crm_desktop.record.text import Refused, Text
from crm_desktop.ui.palette import Overlay
from crm_desktop.ui.quick import QuickLine
from tests.gallery.screens_account import SCREENS as ACCOUNT_SCREENS
from tests.gallery.screens_alike import SCREENS as ALIKE_SCREENS
from tests.gallery.screens_care import CARE_SCREENS
from tests.gallery.screens_credit import SCREENS as CREDIT_SCREENS
from tests.gallery.screens_funds import SCREENS as FUND_SCREENS
from tests.gallery.screens_guest import SCREENS as GUEST_SCREENS
from tests.gallery.screens_moments import MOMENT_SCREENS
from tests.gallery.screens_papers import SCREENS as PAPER_SCREENS
from tests.gallery.screens_registers import SCREENS as REGISTER_SCREENS
from tests.gallery.screens_seats import leave as leave_seats
from tests.gallery.screens_seats import server_away
from tests.gallery.screens_service import SCREENS as SERVICE_SCREENS
from tests.gallery.screens_vip import SCREENS as VIP_SCREENS
from tests.gallery.screens_vip import cards_away
from tests.gallery.until import until

Wait = Callable[[], None]
Step = Callable[[Any, dict[str, int], Path, Wait], None]


def today(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Home, with the rows of its second figure."""
    window.go("today")
    wait()


def in_house(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Home, after pressing *In house*."""
    window.go("today")
    window.page("today").cards[1].click()
    wait()


def clients(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The list of clients alone."""
    window.go("accounts")
    wait()


def client_beside(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A client's form beside the list."""
    window.go("accounts")
    wait()
    window.page("accounts").list.view.selectRow(1)
    wait()


def client(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A client's sheet with the stay history."""
    window.open_record("account", ids["澄籁精密制造有限公司"])
    wait()


def people(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The guests and contacts."""
    window.go("people")
    wait()


def guest(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A guest's sheet."""
    window.open_record("person", ids["霍明翊"])
    wait()


def stays(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The list of stays."""
    window.go("stays")
    wait()


def stay_wrong(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A stay whose dates are the wrong way round, after *Save*."""
    window.go("stays")
    wait()
    page = window.page("stays")
    page.list.view.selectRow(3)
    wait()
    page.form.cells["departure"].editor.set_value("2020-01-01")
    page.form.save()
    wait()


def import_mapping(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A file nobody knows: what its columns mean is chosen by hand."""
    rows = (("Res#", "酒店", "Ankunft", "Abreise", "Name", "Mkt"), ("R9001", "澜棠大酒店", "2026-12-01", "2026-12-03", "令狐未央", "COR"))
    own = file.with_name("Arrivals 1201.csv")
    own.write_text("\r\n".join(map(",".join, rows)), "utf-8")
    window.go("import", record="stay", file=str(own))
    page = window.page("import")
    until(lambda: page._job is None and page._opened is not None and page._opened.path == own, wait)


def importing(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A file before it is imported."""
    window.go("import", file=str(file))
    until(lambda: window.page("import")._summary is not None, wait)


def plans(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The maintenance plans with the month's plan beside."""
    window.go("care")
    wait()
    window.page("care").list.view.selectRow(0)
    wait()


def plan(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A plan's sheet: how its budget burns, and its items."""
    window.go("care")
    wait()
    window.open_record("care_plan", window.page("care").list.model.row_id(0))
    wait()


def plan_items(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """All items of all plans."""
    window.go("care-items")
    wait()


def visits(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Visits and calls."""
    window.go("visits")
    wait()


def visit_plan(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Next week's visits as proposed, one left out."""
    window.go("visit-plan")
    wait()
    window.page("visit-plan").toggle(1)
    wait()


def follow_ups(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The follow-ups with the first one beside."""
    window.go("follow-ups")
    wait()
    window.page("follow-ups").list.view.selectRow(0)
    wait()


def bookings(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The booking register with a booking beside."""
    window.go("bookings")
    wait()
    window.page("bookings").list.view.selectRow(0)
    wait()


def receivables(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The open bills by age."""
    window.go("receivables")
    wait()


def receivables_part(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """One age of the strip, several rows chosen, the first one's form beside."""
    window.go("receivables")
    wait()
    page = window.page("receivables")
    page.strip.chosen.emit(("CNY", 2))
    wait()
    page.list.view.selectAll()
    wait()


def ageing(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Who owes how much of what age, and the figures of collection."""
    window.go("ageing")
    wait()


def debtor(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The sheet of a client that owes."""
    window.open_record("account", ids["越岫城建集团"])
    wait()


def settings(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Settings."""
    window.go("settings")
    wait()


def code_lists(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The code lists, one of them opened for changes."""
    window.go("codes")
    wait()
    page = window.page("codes")
    page.lists_view.selectRow(0)
    page.begin()
    wait()
    wait()
    page.items.list.view.selectRow(1)
    wait()


def code_lists_starter(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A code list nobody changed."""
    window.go("codes")
    wait()
    window.page("codes").lists_view.selectRow(6)
    wait()


def attached(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A client's form with files beside the list, and the bell's list open."""
    from crm_desktop.ui.attachments import Attachments

    window.go("accounts")
    wait()
    window.page("accounts").list.view.selectRow(2)
    wait()
    panel = next(one for one in window.findChildren(Attachments) if one.isVisible())
    if not panel.list.count():
        panel.add([file, Path(__file__)])
        wait()
        wait()
    window.toast.dismiss()


def due_now(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The list under the bell."""
    from crm_desktop.desk.notices import Notice

    window.go("accounts")
    wait()
    found = [
        Notice("follow_up", 1, "澄籁精密制造: 催 11 月发票", "list-todo", "2026-11-16", "", True),
        Notice("follow_up", 2, "给许棠回电", "list-todo", "2026-11-18", "10:30", False),
    ]
    window.notices._take(found)
    window.top.bell.show()
    window.notices.panel.pop_up(by_person=True)
    wait()


def hotel(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The hotel's own facts, beside the list of hotels."""
    window.go("hotels")
    wait()
    window.page("hotels").list.view.selectRow(0)
    wait()


def venue_new(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A new place to meet."""
    window.go("venues", new=True)
    wait()


def history(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """What was done."""
    window.go("history")
    wait()


def past(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The history of a client, and the client as it was."""
    from crm_desktop.desk.desk import Desk
    from crm_desktop.duties.clients.records import ACCOUNT
    from crm_desktop.store.store import Store

    with Store(window.store.path, window.store.records) as store:
        desk, row_id = Desk(store, "周一禾"), ids["越岫城建集团"]
        for values in ({"city": "杭州", "phone": "0571-88230000"}, {"level": "A", "remark": "年会改在 1 月，由办公室主任定"}, {"city": "绍兴"}):
            desk.save(ACCOUNT, row_id, desk.get(ACCOUNT, row_id)["version"], values)  # type: ignore[index]
    window.go("past", record="account", id=ids["越岫城建集团"])
    wait()


def since(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """What others changed."""
    window.go("since")
    wait()


def privacy(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """What is known of a guest, for a copy or for erasing."""
    window.go("people")
    wait()
    page = window.page("people")
    page.list.view.selectRow(0)
    wait()
    window.keys.run("privacy")
    wait()


def handover(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The hand-over of the shift."""
    window.go("handover")
    wait()


def palette(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The command palette."""
    window.go("today")
    window.show_palette()
    wait()


def search(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The global search with results."""
    window.go("stays")
    window.focus_search()
    window.top.search.setFocus()
    window.top.search.insert("c")
    window.top.search.typed.emit("c")
    wait()


def error(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A refusal in the corner."""
    window.go("stays")
    window.toast.error(Refused(Text("The disk is full. Nothing was changed; make room and try again.")))
    wait()


def keys(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The key card."""
    window.go("today")
    window.keys.run("keys")
    wait()


def quick_follow_up(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A follow-up in one line, about the client on the screen."""
    window.open_record("account", ids["越岫城建集团"])
    wait()
    window.keys.run("follow-up")
    _type(window, "下周三 下午3点 催发票")
    wait()


def _type(window: Any, words: str) -> None:
    line = window.findChild(QuickLine)
    line.edit.setText(words)
    line.edit.typed.emit(words)


SCREENS: dict[str, Step] = {
    step.__name__: step
    for step in (
        today, in_house, clients, client_beside, client, people, handover, guest, *VIP_SCREENS, stays, stay_wrong, importing, import_mapping, settings, code_lists, code_lists_starter,
        hotel, venue_new, attached, due_now,
        history, past, since, privacy, palette, search, error, keys, quick_follow_up,
        receivables, receivables_part, ageing, debtor,
        *PAPER_SCREENS,
        plans, plan, plan_items, visits, visit_plan, follow_ups, bookings, server_away,
    )
} | GUEST_SCREENS | ACCOUNT_SCREENS | ALIKE_SCREENS | CREDIT_SCREENS | FUND_SCREENS | REGISTER_SCREENS | SERVICE_SCREENS | CARE_SCREENS | MOMENT_SCREENS  # fmt: skip


def tidy(window: Any) -> None:
    """Close whatever a screen opened over the window."""
    window.toast.dismiss()
    if hasattr(window, "notices"):
        window.notices.panel.hide()
    window.top.search.clear()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.close()
    cards_away(window)
    leave_seats(window)
    for overlay in window.findChildren(Overlay):
        overlay.close()
    for page in (window.page("stays"), window.page("accounts")):
        if page is not None and page.form is not None:
            page.form.discard()
