"""Screens of credit and collection."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Wait = Callable[[], None]


def credit_file(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The credit file of a client whose limit is used up."""
    window.open_record("account", ids["沐棹会展"])
    wait()
    window.page("accounts")._sheet.tabs.show_rows("credit-file", [])
    wait()
    wait()


def credit_application(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The list of applications with the one that is to be decided beside it."""
    window.go("credit-applications")
    wait()
    window.page("credit-applications").list.view.selectRow(2)
    wait()
    wait()


def credit_policy(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A new credit policy."""
    window.go("credit-policy", new=True)
    wait()
    wait()


def collection_calls(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """Who is to be called today."""
    window.go("collection-calls")
    wait()
    wait()


def stop_credit(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """What stopping the credit of the client on the call sheet hits."""
    collection_calls(window, ids, file, wait)
    window.page("collection-calls").stop()
    wait()
    wait()


def receipt_paying(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A receipt with money left, and the bills it may pay."""
    window.go("receipts")
    wait()
    page = window.page("receipts")
    page.list.show_only([("unapplied", "<>", 0)])
    wait()
    page.list.view.selectRow(0)
    wait()
    wait()


def credit_file_owing(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The credit file of the state company that owes."""
    window.open_record("account", ids["越岫城建"])
    wait()
    window.page("accounts")._sheet.tabs.show_rows("credit-file", [])
    wait()
    wait()


def expected_money(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The calendar of expected money, on the sum of the second week."""
    window.go("expected-money")
    wait()
    wait()
    window.page("expected-money").cells.choose(1, 7)
    wait()


def credited_sales(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """What counts for whom this year."""
    window.go("credited-sales")
    wait()
    wait()


def agreement_rate(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A credit agreement with its late fee beside the LPR."""
    window.go("credit-agreements")
    wait()
    window.page("credit-agreements").list.view.selectRow(1)
    wait()
    wait()


def credit_meeting(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """What the credit meeting talks about."""
    window.go("credit-meeting")
    wait()
    wait()


def deposits(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """The ledger of deposits with an earnest beside it."""
    window.go("deposits")
    wait()
    page = window.page("deposits")
    page.list.view.selectRow(3)
    wait()
    wait()


def tax_table(window: Any, ids: dict[str, int], file: Path, wait: Wait) -> None:
    """A new row of the tax table."""
    window.go("tax-table", new=True)
    wait()
    wait()


SCREENS = {step.__name__: step for step in (credit_file, credit_file_owing, credit_application, credit_policy, collection_calls, stop_credit, receipt_paying, expected_money, credited_sales, agreement_rate, credit_meeting, deposits, tax_table)}
