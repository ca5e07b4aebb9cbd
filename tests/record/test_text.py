"""Texts for people."""

from __future__ import annotations

from crm_desktop.record import text
from crm_desktop.record.text import Refused, Text, say


def test_values_are_put_in_where_it_is_shown() -> None:
    assert say(Text("{count} rows of {records}", count=3, records=Text("Stays"))) == "3 rows of Stays"
    assert str(Text("Plain {word}", word="{count}")) == "Plain {count}"


def test_a_text_without_values_is_not_looked_into() -> None:
    assert say(Text("100 % {sure}")) == "100 % {sure}"
    assert say("data {as} it is") == "data {as} it is"
    assert say(Text("")) == ""


def test_texts_of_the_same_words_and_values_are_equal() -> None:
    assert Text("a {n}", n=1) == Text("a {n}", n=1)
    assert Text("a {n}", n=1) != Text("a {n}", n=2)
    assert Text("a") != "a"
    assert len({Text("a"), Text("a"), Text("b")}) == 2
    assert repr(Text("a {n}", n="x")) == "Text('a {n}', n='x')"


def test_a_refusal_is_its_sentence() -> None:
    error = Refused(Text("{file} is empty.", file="a.csv"))
    assert str(error) == "a.csv is empty."
    assert error.text.source == "{file} is empty."


def test_languages_are_switched() -> None:
    text.use("zh_CN")
    assert text.language() == "zh_CN"
    text.use("tlh")
    assert text.language() == "en"
    assert say(Text("Stays")) == "Stays"
