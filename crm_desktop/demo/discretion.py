"""The confidential guest: four who know, and who opened the file, one of them not among the four."""

from __future__ import annotations

from crm_desktop.demo.crew import CARE, DOSM, GM
from crm_desktop.demo.house import House
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.discretion import rules
from crm_desktop.duties.discretion.records import CONFIDENCE, KNOWER, OPENING

GUEST, TRUTH = "林一", {"name": "林婉乔", "position": "董事", "phone": "139-0000-6618"}
KNOW = (DOSM, GM, "叶听澜", CARE)
OPENED = (("宋晚晴", -6, "16:42", "person"), (DOSM, -3, "09:12", "vip_stay"), ("叶听澜", -2, "20:35", "vip_stay"), (CARE, -1, "10:05", "person"))


def fill(house: House) -> None:
    """Her file, and what was written down since."""
    ids, days = house.ids, house.days
    _, truth = rules.apart(dict(TRUTH), GUEST)
    person = next(row for row in house.all(PERSON) if row["id"] == ids[GUEST])
    person.update({name: "" for name in rules.KEPT_APART if name not in ("name", "latin_name", "called") and person.get(name)})
    file = house.put(
        CONFIDENCE, person_id=ids[GUEST], name=GUEST, since=days.at(-7), until=days.at(1), reason="本人要求，不留影、不报姓名", owner_id=ids[DOSM], state=rules.HOLDS
    )
    for who in KNOW:
        house.put(KNOWER, confidence_id=file["id"], person_id=ids[GUEST], staff_id=ids[who], owner_id=ids[DOSM], told_on=days.at(-7), truth=truth)
    for who, day, time, what in OPENED:
        house.put(
            OPENING, confidence_id=file["id"], person_id=ids[GUEST], day=days.at(day), time=time, who=who, what=what, knew=int(who in KNOW), owner_id=ids[who]
        )
