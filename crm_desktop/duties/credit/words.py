"""Rows of credit in timelines and notices."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.money import HOME, amount_words, show_money
from crm_desktop.record.text import Text


def application_line(row: dict[str, Any]) -> Text:
    """An application in a timeline."""
    if row["limit_granted"] and row["decided_on"]:
        return Text("Asked for a credit limit of {asked}; granted {granted}", asked=show_money(row["limit_asked"]), granted=show_money(row["limit_granted"]))
    return Text("Asked for a credit limit of {asked}", asked=show_money(row["limit_asked"]))


def agreement_line(row: dict[str, Any]) -> Text:
    """An agreement in a timeline."""
    return Text("Credit agreement {number}: limit {limit} until {day}", number=row["number"], limit=show_money(row["credit_limit"]), day=row["ends"] or "–")


def guarantee_line(row: dict[str, Any]) -> Text:
    """A guarantee in a timeline."""
    return Text("{who} guarantees {amount} until {day}", who=row["staff_id.name"] or "", amount=amount_words(row["amount"], row["currency"] or HOME), day=row["due"])


def override_line(row: dict[str, Any]) -> Text:
    """An override in a timeline."""
    return Text("Credit in spite of the stop until {day}: {reason}", day=row["until"], reason=row["reason"])


def step_line(row: dict[str, Any]) -> Text | str:
    """A step of collecting in a timeline."""
    return Text("{step}: {answer}", step=row["name"], answer=row["reason"]) if row["reason"] else str(row["name"])


def dispute_line(row: dict[str, Any]) -> Text:
    """A dispute in a timeline."""
    return Text("Disputes {amount}: {why}", amount=show_money(row["amount"]), why=row["facts"])


def news_line(row: dict[str, Any]) -> Text | str:
    """News in a timeline."""
    return Text("{what} (from {source})", what=row["name"], source=row["source"]) if row["source"] else str(row["name"])
