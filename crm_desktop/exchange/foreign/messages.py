"""Reservation and profile messages of OTA and AlpineBits: one row a room booked, and one a guest or firm known by it.

Cards to pay with are never read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from crm_desktop.exchange.foreign.child import Part
from crm_desktop.exchange.foreign.tree import tree
from crm_desktop.record.text import Refused, Text

RESERVATIONS = (
    "booking no", "ota status", "arrival", "departure", "earliest arrival", "latest departure", "guest", "email", "phone", "agency", "agency code", "room type", "rate plan",
    "meals", "adults", "children", "total", "currency", "hotel", "remark",
)  # fmt: skip
PROFILES = ("name", "sex", "birthday", "phone", "other phones", "email", "address", "country", "language", "title", "firm", "firm code")
OTHER = Text("This is the message {name}: it holds neither reservations nor profiles.")
FAULT = Text("The message says that the sender failed: {reason}.")
MEALS = {"1": "all inclusive", "3": "BB", "10": "FB", "12": "HB", "14": "SC"}  # OTA code list MPT
_NIGHTS = re.compile(r"P(\d+)[ND]")


def read(path: Path) -> Iterator[Part]:
    """The reservations, then the profiles. Raises Refused for a message that holds neither."""
    root = tree(path)
    faults = [" ".join("".join(fault.itertext()).split()) or fault.get("ShortText", "") for fault in root.iter("Error")]
    if faults:
        raise Refused(Text(FAULT.source, reason="; ".join(filter(None, faults)) or "?"))
    booked = list(root.iter("HotelReservation"))
    profiles = [one for one in root.iter("Profile") if one.find("Customer") is not None or one.find("CompanyInfo") is not None]
    if not booked and not profiles and not re.search("Res(Retrieve|Notif)|Profile|HotelRes", root.tag):
        raise Refused(Text(OTHER.source, name=root.tag))
    yield ("sheet", "reservations", 0)
    yield ("rows", [list(RESERVATIONS), *(row for one in booked for row in reservation(one))])
    if profiles:
        yield ("sheet", "profiles", 0)
        rows = [profile(one) for one in profiles]
        yield ("rows", [list(PROFILES), *(row for at, row in enumerate(rows) if row not in rows[:at])])


def _words(found: Element | None) -> str:
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def reservation(one: Element) -> list[list[str]]:
    """The rows of one reservation: one for each room, or one for a cancellation that names none."""
    agency = next((p for p in one.findall("ResGlobalInfo/Profiles/ProfileInfo/Profile") if p.find("CompanyInfo") is not None), None)
    firm = agency.find("CompanyInfo/CompanyName") if agency is not None else None
    customer = one.find("ResGuests/ResGuest/Profiles/ProfileInfo/Profile/Customer")
    number = next((found.get("ID", "") for found in one.findall("UniqueID")), "")
    property_ = next(one.iter("BasicPropertyInfo"), None)
    remark = "\n".join(filter(None, (_comment(each) for each in one.iter("Comment"))))
    rooms = one.findall("RoomStays/RoomStay") or [Element("RoomStay")]
    return [
        [
            number, one.get("ResStatus", ""), *_days(room), _name(customer), _words(customer.find("Email") if customer is not None else None),
            (_phones(customer) or [""])[0], _words(firm), firm.get("Code", "") if firm is not None else "",
            _attribute(room, "RoomTypes/RoomType", "RoomTypeCode"), _attribute(room, "RatePlans/RatePlan", "RatePlanCode"), _meals(room), *_counts(room),
            _attribute(room, "Total", "AmountAfterTax"), _attribute(room, "Total", "CurrencyCode"),
            property_.get("HotelName", "") if property_ is not None else "", remark,
        ]
        for room in rooms
    ]  # fmt: skip


def _attribute(one: Element, path: str, name: str) -> str:
    found = one.find(path)
    return found.get(name, "") if found is not None else ""


def _days(room: Element) -> tuple[str, str, str, str]:
    """Arrival and departure, or between which days as many nights are wished."""
    span, window = room.find("TimeSpan"), room.find("TimeSpan/StartDateWindow")
    if span is None:
        return "", "", "", ""
    first, last = span.get("Start", "")[:10], span.get("End", "")[:10]
    nights = _NIGHTS.fullmatch(span.get("Duration", ""))
    if first and not last and nights:
        last = _later(first, int(nights[1]))
    if window is None:
        return first, last, "", ""
    earliest, latest = window.get("EarliestDate", ""), window.get("LatestDate", "")
    if not first and nights:
        first, last = earliest, _later(earliest, int(nights[1]))
    return first, last, earliest, _later(latest, int(nights[1])) if nights else latest


def _later(day: str, nights: int) -> str:
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(nights)).isoformat()
    except (ValueError, OverflowError):
        return ""


def _counts(room: Element) -> tuple[str, str]:
    """Adults (those without an age, or of 18 and more) and children."""
    adults = children = 0
    for found in room.findall("GuestCounts/GuestCount"):
        count, age = found.get("Count", "0"), found.get("Age", "")
        number = int(count) if count.isdecimal() and len(count) < 5 else 0
        if age.isdecimal() and int(age) < 18:
            children += number
        else:
            adults += number
    return (str(adults) if adults else "", str(children) if children else "")


def _meals(room: Element) -> str:
    codes = _attribute(room, "RatePlans/RatePlan/MealsIncluded", "MealPlanCodes")
    return MEALS.get(codes, codes)


def _name(customer: Element | None) -> str:
    found = customer.find("PersonName") if customer is not None else None
    if found is None:
        return ""
    given, family = _words(found.find("GivenName")), _words(found.find("Surname"))
    chinese = re.search(r"[\u3400-\u9fff]", given + family)
    return f"{family}{given}" if chinese else " ".join(filter(None, (given, family)))


def _phones(one: Element | None) -> list[str]:
    """Numbers, a mobile phone first, faxes left out."""
    found = [each for tag in ("Telephone", "TelephoneInfo") for each in one.iter(tag)] if one is not None else []
    order = sorted((each for each in found if each.get("PhoneTechType") != "3"), key=lambda each: each.get("PhoneTechType") != "5")
    return list(dict.fromkeys(filter(None, (each.get("PhoneNumber", "") for each in order))))


def _comment(one: Element) -> str:
    words = [_words(each) for each in (*one.iter("ListItem"), *one.iter("Text"))]
    name = one.get("Name", "")
    return f"{name}: {', '.join(filter(None, words))}" if name and any(words) else ", ".join(filter(None, words))


def profile(one: Element) -> list[str]:
    """The cells of one guest or firm."""
    customer, firm = one.find("Customer"), one.find("CompanyInfo")
    who = customer if customer is not None else firm
    assert who is not None
    phones, name = _phones(who), firm.find("CompanyName") if firm is not None else None
    place = next((each for tag in ("Address", "AddressInfo") for each in who.iter(tag)), None)
    parts = [_words(each) for tag in ("AddressLine", "CityName", "PostalCode") for each in (place.findall(tag) if place is not None else ())]
    country = place.find("CountryName") if place is not None else None
    sex = who.get("Gender", "").lower()
    return [
        _name(customer) or _words(name), sex if sex in ("male", "female") else "", who.get("BirthDate", ""), phones[0] if phones else "",
        "; ".join(phones[1:]), _words(who.find("Email")), ", ".join(filter(None, parts)),
        (country.get("Code") or _words(country)) if country is not None else "", who.get("Language", ""),
        _words(who.find("PersonName/NameTitle")), _words(name), name.get("Code", "") if name is not None else "",
    ]  # fmt: skip
