"""Where the sample lies: made once, opened again, made anew, and never mixed with anything real."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.demo import place, sample
from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.record.text import Refused
from crm_desktop.store import peek
from crm_desktop.store.store import Store
from tests.hotel import TODAY, at_its_hour
from tests.samples import account, counts


def test_it_is_made_once_and_opened_again(small: list[str]) -> None:
    with at_its_hour():
        assert place.ready() == place.database()
        assert place.ready() == place.database()
    assert small == [TODAY]


def test_fresh_makes_it_anew(small: list[str]) -> None:
    place.ready()
    with Store(place.database(), RECORDS) as store:
        account(Desk(store))
    place.ready(fresh=True)
    with Store(place.database(), RECORDS) as store:
        assert counts(store) == {}
    assert len(small) == 2


def test_another_shape_makes_it_anew(small: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(place.database(), RECORDS[:-1], create=True) as older:
        sample.fill(older, TODAY)
    assert not place.is_ready()
    place.ready()
    assert place.is_ready()
    assert len(small) == 2


def test_a_real_database_of_its_name_is_left_alone(small: list[str]) -> None:
    with Store(place.database(), RECORDS, create=True) as store:
        account(Desk(store), "Real")
    for fresh in (False, True):
        with pytest.raises(Refused, match="no sample hotel"):
            place.ready(fresh=fresh)
    with Store(place.database(), RECORDS) as store:
        assert counts(store) == {"account": 1}
    assert small == []


def test_a_making_cut_short_is_begun_again(small: list[str]) -> None:
    Store(place.database(), RECORDS, create=True).close()
    place.ready()
    assert small


def test_it_is_not_made_anew_while_it_is_open(small: list[str]) -> None:
    place.ready()
    with Store(place.database(), RECORDS), pytest.raises(Refused, match="open in another window"):
        place.ready(fresh=True)
    assert place.is_ready()


def test_a_file_lost_by_hand_is_made_again(small: list[str]) -> None:
    place.ready()
    place.database().unlink()
    place.ready()
    assert len(small) == 2


def test_a_used_database_takes_no_sample(store: Store) -> None:
    account(Desk(store), "Real")
    with pytest.raises(Refused, match="not empty"):
        sample.fill(store, TODAY)
    assert counts(store) == {"account": 1}


def test_nothing_of_a_database_taken_away_is_left(small: list[str], tmp_path: Path) -> None:
    place.ready()
    peek.remove(place.database())
    left = [path.name for path in Path(place.database()).parent.iterdir()]
    assert sorted(left) == ["demo.db.lock", "demo.db.making"]
