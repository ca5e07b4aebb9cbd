"""What is said to somebody who complains: the greeting, the way of the talk, words that make it worse, what may be promised."""

from __future__ import annotations

from crm_desktop.duties.complaints.rules import AUTHORITY
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Text


def greeting(name: str) -> Text:
    """What is said first, to everybody in the same words."""
    return Text("“Hello, this is the hotel's sales department, {name} speaking. I am sorry that you have had trouble. Please tell me; I am writing it down and will see to it.”", name=name)


TALK = (
    Text("Listen: let the guest finish, write it down in the guest's own words, say it back."),
    Text("Feel: 'I understand how annoying this is.' No excuse, no other department."),
    Text("Apologise once, for the trouble, not for the guilt: what caused it is looked into."),
    Text("Ask what the guest wishes, offer two ways, say until when you will call again."),
    Text("Thank the guest, say your name and how you are reached, call at the time you said."),
)
NEVER_SAID = Text("Never say: that cannot be · nobody else complains · that is not my job · that is the rule · you must have · calm down")
PROMISES = Text("You may promise: that it is looked into now, a name, a time. Money and gifts only within what you may allow:")


def authority() -> Text:
    """Who may allow how much on the spot."""
    parts = [Text("{who} up to {amount}", who=who, amount=show_money(most)) for who, most in AUTHORITY]
    words: Text = parts[0]
    for part in parts[1:]:
        words = Text("{first}, {then}", first=words, then=part)
    return Text("{list}; above that the general manager.", list=words)
