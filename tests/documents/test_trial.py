"""Templates set in a process of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from crm_desktop.documents import fonts, typeset
from crm_desktop.documents.sheets import Sheets
from crm_desktop.documents.trial import ENDLESS, Trial
from crm_desktop.record.text import Refused

pytestmark = pytest.mark.skipif(not fonts.has_chinese(), reason="no Chinese font is installed")
FILLS = "#{ let all = (); for i in range(4000000000) { all.push(str(i) * 1000) } }"


@pytest.fixture
def trial() -> Iterator[Trial]:
    """One that waits two seconds after its first page."""
    made = Trial(patience=2.0)
    yield made
    made.close()


def words(pdf: bytes) -> str:
    return "".join(Sheets(pdf).text(0).split())


def test_pages_come_one_after_the_other_from_one_process(trial: Trial) -> None:
    assert words(trial.pdf("甲 #sys.inputs.data", {})) != ""
    first = trial._process
    assert words(trial.pdf("乙", {})) == "乙"
    assert trial._process is first


def test_a_broken_template_says_its_line_as_in_the_program_itself(trial: Trial) -> None:
    with pytest.raises(typeset.Broken) as apart:
        trial.pdf("one\n#nothere", {})
    with pytest.raises(typeset.Broken) as here:
        typeset.pdf("one\n#nothere", {})
    assert (apart.value.line, apart.value.reason) == (here.value.line, here.value.reason) == (2, here.value.reason)


def test_a_template_without_end_is_ended_and_the_next_one_is_set(trial: Trial) -> None:
    trial.pdf("甲", {})
    before = trial._process
    with pytest.raises(Refused) as said:
        trial.pdf(FILLS, {})
    assert said.value.text.source == ENDLESS.source
    assert before is not trial._process
    assert words(trial.pdf("乙", {})) == "乙"


def test_closing_the_page_ends_a_try_in_the_middle(trial: Trial) -> None:
    trial.pdf("甲", {})
    process, found = trial._process, []

    def long() -> None:
        try:
            Trial.pdf(trial, "#for i in range(4000000000) {}", {})
        except Refused as error:
            found.append(error.text.source)

    trial._patience = 60.0
    thread = threading.Thread(target=long)
    thread.start()
    while not trial._lock.locked():
        time.sleep(0.01)
    trial.close()
    thread.join(20)
    assert not thread.is_alive()
    assert found == [ENDLESS.source]
    assert trial._process is None
    assert process is not None
