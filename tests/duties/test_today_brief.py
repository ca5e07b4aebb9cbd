"""What figures of *Today* are called where there is little room."""

from __future__ import annotations

import pytest

from crm_desktop.duties import DUTIES
from crm_desktop.duties.today import queries
from crm_desktop.record.duty import TodayLine
from crm_desktop.record.text import LANGUAGES, Text, say_in
from tests.documents.conftest import Staying, staying  # noqa: F401
from tests.hotel import TODAY

ROOM = 16  # letters of a column at 1366 px


def test_no_figure_of_the_sample_is_too_long_in_english(staying: Staying) -> None:  # noqa: F811
    board = queries.board(staying.reader, DUTIES, TODAY, None)
    assert [words for line in board.lines if len(words := say_in(line.brief, "en")) > ROOM + 2] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_figures_of_a_box_are_called_the_same(staying: Staying, language: str) -> None:  # noqa: F811
    said = [(line.group, say_in(line.brief, language)) for line in queries.board(staying.reader, DUTIES, TODAY, None).lines]
    assert len(said) == len(set(said))


def test_without_shorter_words_the_duty_s_own_are_said() -> None:
    line = TodayLine(Text("To be approved: Gifts given"), 2, None, "gift", [], short=Text("Gifts given"))
    assert str(line.brief) == "Gifts given"
