"""Making the sample: every part in its order, then all of it into an empty database that is marked as a sample."""

from __future__ import annotations

import json
from typing import Any

from crm_desktop.demo import (
    birthdays,
    caring,
    clients,
    consents,
    contracts,
    credits,
    crew,
    deposits,
    discretion,
    dossiers,
    files,
    funding,
    issued,
    market,
    meetings,
    money,
    occasions,
    office,
    people,
    plans,
    premises,
    presents,
    promotions,
    receptions,
    register,
    relations,
    rota,
    service,
    slips,
    stays,
    tastes,
    touches,
    voices,
)
from crm_desktop.demo.house import House
from crm_desktop.demo.writing import write
from crm_desktop.desk.settings import HOTEL_NAME, SAMPLE, SAMPLE_PERSON
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import newest_id

MADE = Text("Sample hotel made")
PARTS = (
    crew, premises, clients, people, dossiers, stays, money, credits, receptions, tastes, touches, caring, funding, presents, occasions, relations, register, deposits, birthdays, slips,
    voices, contracts,
    meetings, office, rota, promotions, plans, service, market, files, consents, discretion,
)  # fmt: skip


def build(today: str) -> House:
    """The whole sample around a day, in memory."""
    house = House(today)
    for part in PARTS:
        part.fill(house)
    return house


def is_used(store: Any) -> bool:
    """True for a database in which anything ever happened."""
    return newest_id(store.writer) > 0


def fill(store: Any, today: str) -> House:
    """Put the sample into a database. Raises Refused for one in which anything ever happened: real data and a sample never mix."""
    if is_used(store):
        raise Refused(Text("{file} is not empty: the sample hotel is only made in a database of its own.", file=store.path))
    house = build(today)
    with store.change(MADE, who=crew.SIGNED_IN, source=today) as writing:
        write(writing, store.keys, house)
        issued.fill(house, writing.db, store)
        write(writing, store.keys, house, issued.RECORDS)
        for setting, value in ((SAMPLE, today), (SAMPLE_PERSON, crew.SIGNED_IN), (HOTEL_NAME, crew.HOTEL_NAME)):
            store.set_setting(setting.name, json.dumps(value, ensure_ascii=False))
    return house
