"""Shorter words for figures of *Today* whose title of the box says the rest: what a narrow column has room for in English."""

from __future__ import annotations

from crm_desktop.record.duty import TodayLine
from crm_desktop.record.text import Text

BRIEF = {  # by what the duty calls it
    "Paid, to be cleared": Text("Paid, to clear"),
    "Reception tasks due": Text("Tasks today"), "Kitchen cards unsigned": Text("Cards unsigned"),
    "Weeks and months: plan and report": Text("Plans, reports"), "Birthdays tomorrow": Text("Tomorrow's"),
    "Birthdays in two days": Text("In two days"), "Due within a week": Text("Due in a week"),
    "Credit applications under way": Text("Applications"), "Guarantees of colleagues due": Text("Guarantees due"),
    "Bills not handed over": Text("Not handed over"), "Events without a bill": Text("Without a bill"),
    "Fund plans to approve": Text("Plans to approve"), "Advances without vouchers": Text("Advances open"),
    "Meals to account for": Text("Meals to clear"), "Neglected by their own rhythm": Text("Neglected"),
    "Silent before the renewal": Text("No renewal talk"), "Sellers' reports to read": Text("Reports to read"),
    "Calls still to be made": Text("Calls to make"), "Agreements ending in 30 days": Text("End in 30 days"),
    "Agreements ending in 31 to 90 days": Text("End in 31-90"), "Agreements to be signed": Text("To be signed"),
    "Follow-ups overdue": Text("Long due"), "Complaints received": Text("Received today"), "Severe complaints open": Text("Severe, open"),
    "Complaints past their time": Text("Past their time"), "Rectification orders running": Text("Orders running"),
    "Meetings and banquets": Text("Other functions"), "Options running out": Text("Options ending"),
    "Stakeholders to be seen": Text("Stakeholders"), "Reports to be ticked off": Text("Reports to tick"),
    "Trainings not evaluated": Text("Trainings open"), "Promotions going on": Text("Going on now"),
    "Promotions in approval": Text("Being approved"), "Promotions not evaluated": Text("Not evaluated"),
    "Promotion tasks overdue": Text("Tasks overdue"), "Reviews not answered": Text("Reviews waiting"),
    "Shop pages to look at": Text("Pages to check"), "Shop pages with mistakes": Text("Pages wrong"),
    "Information running out": Text("Info expiring"),
}  # fmt: skip


def words(line: TodayLine) -> Text:
    """What a figure is called in its box."""
    said = line.short or line.label
    return BRIEF.get(said.source, said)
