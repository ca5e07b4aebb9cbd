"""What clients say on the phone instead of paying, and what to answer: with the facts of their oldest bill."""

from __future__ import annotations

from collections.abc import Callable

from crm_desktop.duties.credit import rules_law
from crm_desktop.duties.credit.queries_objections import Facts
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Text


def _invoice(facts: Facts) -> Text:
    if facts.handed_on:
        return Text("Invoice {number} was taken by {who} on {day}: ask them for it; a copy goes out while you speak.", number=facts.invoice_no or "–", who=facts.handed_to or "–", day=facts.handed_on)
    if facts.invoiced_on:
        return Text("It was issued on {day} and not handed over yet: bring it today, have it signed for, and ask for the day of payment.", day=facts.invoiced_on)
    return Text("It is not issued yet: ask what is missing - title, tax no., kind - and have it issued today.")


def _statement(facts: Facts) -> Text:
    if facts.confirmed_on:
        return Text("The slip with their seal came back on {day}: the amount is agreed.", day=facts.confirmed_on)
    if facts.statement_on:
        return Text("Statement {number} was sent on {day}: send it again now and ask for the slip by tomorrow.", number=facts.statement_no or "–", day=facts.statement_on)
    return Text("Send the statement with its slip now, call again tomorrow morning.")


def _wrong(facts: Facts) -> Text:
    if facts.disputed:
        return Text("{amount} is looked into already and waits; the other {rest} is not in question: when does that come?", amount=show_money(facts.disputed), rest=show_money(facts.open - facts.disputed))
    return Text("Which line, and what would be right? That line is written down as disputed and waits; the rest stays payable.")


def _boss(facts: Facts) -> Text:
    if facts.broken:
        return Text("{count} promises were not kept since {day}: ask who else may sign, and for the day in writing.", count=facts.broken, day=facts.broken_since)
    return Text("Ask when the boss is back and who signs meanwhile; write the day down as a promise.")


def _process(facts: Facts) -> Text:
    if facts.payer != rules_law.OTHER:
        return Text("The regulation lets neither state bodies nor large firms delay for their own procedure or a change of heads: ask where the paper lies, and call there.")
    return Text("Ask at which desk the paper lies since when, and call there; offer to bring what is missing.")


def _others(facts: Facts) -> Text:
    if facts.payer == rules_law.LARGE:
        return Text("The regulation does not let a large firm wait until others have paid it. Ask for the day; offer instalments for the rest.")
    return Text("Offer instalments with a first part this week; without one, the ladder goes on.")


def _paid(facts: Facts) -> Text:
    if facts.unapplied:
        return Text("{amount} came and pays no bill yet: look there first; else ask for the bank slip.", amount=show_money(facts.unapplied))
    return Text("Nothing of it is here: ask for the bank slip with day, amount and payer.")


def _service(_facts: Facts) -> Text:
    return Text("Apologise, take it down as a complaint and tie the disputed line to it; the undisputed part stays payable.")


ALL: tuple[tuple[Text, Callable[[Facts], Text]], ...] = (
    (Text("'The invoice did not come'"), _invoice), (Text("'We never saw a statement'"), _statement), (Text("'The amount is wrong'"), _wrong), (Text("'The boss is away'"), _boss),
    (Text("'It is in our procedure'"), _process), (Text("'Our clients have not paid us'"), _others), (Text("'It is paid already'"), _paid), (Text("'The service was bad'"), _service),
)  # fmt: skip


def answers(facts: Facts) -> list[tuple[Text, Text]]:
    """Each objection with its answer."""
    return [(said, answer(facts)) for said, answer in ALL]
