"""What the sample's registers promise: reviews that wait, a file not back, the stories of the official group and the strained client."""

from __future__ import annotations

from collections import Counter

from crm_desktop.duties.market.records import CHECK, INFO, REVIEW
from crm_desktop.duties.meetings.records import INSTRUCTION, MINUTES, MINUTES_ITEM
from crm_desktop.duties.office.records import DOCUMENT, LOAN, TRAINEE, TRAINING
from crm_desktop.duties.promotions.records import PROMOTION
from crm_desktop.record.record import Record
from crm_desktop.record.workdays import is_working
from tests.hotel import TODAY, Hotel


def test_sixty_one_reviews_and_four_wait(hotel: Hotel) -> None:
    rows = hotel.house.all(REVIEW)
    assert (len(rows), sum(row["state"] == "unanswered" for row in rows)) == (61, 4)
    assert all(row["reply"] and row["replied_on"] >= row["day"] for row in rows if row["state"] == "answered")
    assert max((row["day"], row["time"]) for row in rows) < (TODAY, "13:15")


def test_every_state_of_a_register_is_to_be_seen(hotel: Hotel) -> None:
    wanted: tuple[tuple[Record, set[str]], ...] = (
        (MINUTES_ITEM, {"decided", "running", "deferred", "done", "cancelled"}), (INSTRUCTION, {"given", "accepted", "reported", "closed"}),
        (DOCUMENT, {"registered", "handled", "finished", "filed"}), (LOAN, {"applied", "lent", "returned"}), (TRAINING, {"planned", "held", "evaluated"}),
        (PROMOTION, {"scheme", "approval", "preparing", "selling", "evaluation", "filed"}), (INFO, {"noted", "verified", "used", "set-aside"}),
        (CHECK, {"to-do", "clean", "defect", "fixed"}),
    )  # fmt: skip
    for record, states in wanted:
        assert {row[record.machine.field] for row in hotel.house.all(record) if record.machine} == states, record.key


def test_numbers_follow_the_days(hotel: Hotel) -> None:
    for record in (MINUTES, INSTRUCTION, DOCUMENT, LOAN, TRAINING, INFO):
        rows = [row for row in hotel.house.all(record) if row["code"].split("-")[0] != "FW"]
        assert [row["code"] for row in rows] == sorted({row["code"] for row in rows}), record.key
        assert [row["day"] for row in rows] == sorted(row["day"] for row in rows), record.key
        assert all(is_working(row["day"]) for row in rows), record.key


def test_what_the_stories_say(hotel: Hotel) -> None:
    told = [row["name"] for record in (DOCUMENT, INSTRUCTION, MINUTES_ITEM) for row in hotel.house.all(record)]
    for words in ("公务接待公函", "1216 房空调", "瑞栀药业价格函", "澄籁精密换人", "年终会先收款", "禾渚软件安排总经理致谢信"):
        assert any(words in each for each in told), words
    assert [row["name"] for row in hotel.house.all(LOAN) if row["state"] == "lent" and row["due"] < TODAY] == ["越岫城建信用档案"]


def test_who_took_part_came_or_was_excused(hotel: Hotel) -> None:
    found = Counter(row["attendance"] for row in hotel.house.all(TRAINEE))
    assert found["present"] > 40
    assert all((row["result"] == "passed") == (row["score"] >= 60) for row in hotel.house.all(TRAINEE) if row["attendance"] == "present")
