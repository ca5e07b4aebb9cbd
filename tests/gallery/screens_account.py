"""Screens of clients' files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from crm_desktop.duties.clients.pages_paste import paste_card

Wait = Callable[[], None]


def standing(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """How a client stands: health, relationship, class, rhythm, file."""
    window.open_record("account", ids["澄籁精密制造有限公司"])
    wait()
    window.page("accounts")._sheet.tabs.show_rows("standing", [])
    wait()
    wait()


def standing_owing(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The same of a client that owes and has firms below it."""
    window.open_record("account", ids["越岫城建集团"])
    wait()
    window.page("accounts")._sheet.tabs.show_rows("standing", [])
    wait()
    wait()


def improvement(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A relationship to be mended, begun: the client's side is shut."""
    window.go("improvements")
    wait()
    window.page("improvements").list.view.selectRow(0)
    wait()
    window.page("improvements").form.focus_first("client_side")
    wait()


def card_text(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A signature from a chat, as it is understood."""
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setText("张晓岚\n销售经理\n柯岭建筑工程有限公司\n手机：19900009999\n邮箱：xiaolan@example.com\n地址：浙江省绍兴市柯桥区裕民路 1 号")
    window.go("accounts")
    wait()
    paste_card(window)
    wait()
    wait()


def sleeping(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Clients that fell silent, and what is proposed for each."""
    window.go("sleeping")
    wait()


def hand_over(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A hand-over that is dated ahead, as it is written down."""
    given = {"account_id": ids["澄籁精密制造有限公司"], "account_id.name": "澄籁精密制造有限公司", "day": "2026-12-01", "reason": "片区调整", "note": "12 月续约谈判进行中，价格函 11 月 25 日前给柳梢青"}
    window.go("client-hand-overs", new=True, given=given)
    wait()


SCREENS = {step.__name__: step for step in (standing, standing_owing, improvement, card_text, sleeping, hand_over)}
