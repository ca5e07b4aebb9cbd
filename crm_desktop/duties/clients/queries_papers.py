"""What the cards and sheets of guests and clients say beside their own row: stays, preferences, contacts, production, money."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.money import show_money

STAYS, VISITS, COMPLAINTS, SITES = 12, 5, 3, 6
NEVER, DISLIKE = "never", "dislike"


def stays_of(reader: Any, person: int) -> list[list[str]]:
    """A guest's last stays: date, nights, room, rate, spent, status."""
    sql = "select arrival, nights, room_no, rate, status from stay where guest_id = ? and gone is null order by arrival desc, id desc limit ?"
    return [[day, str(nights), room, show_money(rate), show_money(rate * nights), status] for day, nights, room, rate, status in reader.execute(sql, (person, STAYS)).fetchall()]


def preferences_of(reader: Any, person: int, day: str) -> list[tuple[str, str, str]]:
    """Polarity, kind and words of what is known of a guest and has not expired, nevers first by date."""
    sql = "select polarity, kind, name from preference where person_id = ? and gone is null and (expires = '' or expires >= ?) order by told_on desc, id"
    return [(str(polarity), str(kind), str(name)) for polarity, kind, name in reader.execute(sql, (person, day)).fetchall()]


def people_of(reader: Any, account: int) -> list[tuple[str, str, str, str]]:
    """Name, role, position and phone of those who stand for a client; of its guests where nobody does."""
    sql = (
        "select name, role, position, phone from person where account_id = ? and gone is null and (role <> 'guest' or not exists"
        " (select 1 from person as o where o.account_id = person.account_id and o.gone is null and o.role <> 'guest')) order by sort, id limit 10"
    )
    return [(str(name), str(role), str(position), str(phone)) for name, role, position, phone in reader.execute(sql, (account,)).fetchall()]


def production(reader: Any, account: int) -> list[list[str]]:
    """Stays, nights and room revenue of a client by year, newest first."""
    sql = (
        "select substr(arrival, 1, 4) as year, count(*), sum(nights), sum(rate * nights) from stay where (company_id = ? or agency_id = ?) and gone is null"
        " and status = 'Check-Out' group by substr(arrival, 1, 4) order by 1 desc limit 5"
    )
    return [[str(year), f"{count:,}", f"{nights:,}", show_money(int(revenue))] for year, count, nights, revenue in reader.execute(sql, (account, account)).fetchall()]


def contacts_of(reader: Any, account: int) -> list[list[str]]:
    """The last visits and calls that were made: day, with whom, what was said, by whom."""
    sql = (
        "select v.day, coalesce(p.name, ''), v.words, coalesce(s.name, '') from visit as v left join person as p on p.id = v.person_id"
        " left join staff as s on s.id = v.owner_id where v.account_id = ? and v.gone is null and v.state = 'done' order by v.day desc, v.id desc limit ?"
    )
    return [[str(cell) for cell in row] for row in reader.execute(sql, (account, VISITS)).fetchall()]


def owed(reader: Any, account: int, day: str) -> list[str]:
    """What a client owes, by currency, with what is overdue."""
    sql = "select currency, sum(balance), sum(case when due < ? then balance else 0 end) from receivable where account_id = ? and gone is null and balance <> 0 group by currency order by currency"
    return [f"{unit} {show_money(int(total))} / {show_money(int(late))}" for unit, total, late in reader.execute(sql, (day, account)).fetchall()]


def companions_of(reader: Any, person: int) -> list[tuple[str, str]]:
    """Name and relation of those who come along with a guest."""
    sql = "select name, relation from companion where person_id = ? and gone is null order by name, id limit 8"
    return [(str(name), str(relation)) for name, relation in reader.execute(sql, (person,)).fetchall()]


def complaints_of(reader: Any, person: int) -> list[str]:
    """The last complaints and words of praise of a guest: the day and what it was about."""
    sql = "select received_on, name from complaint where person_id = ? and gone is null order by received_on desc, id desc limit ?"
    return [f"{day} {name}" for day, name in reader.execute(sql, (person, COMPLAINTS)).fetchall()]


def days_of(reader: Any, account: int) -> list[str]:
    """The days a client wants kept."""
    sql = "select name, day, lunar_day from key_date where account_id = ? and gone is null order by name, id limit 6"
    return [" ".join(filter(None, map(str, row))) for row in reader.execute(sql, (account,)).fetchall()]


def sites_of(reader: Any, account: int) -> list[str]:
    """The places of a client, with their addresses."""
    sql = "select name, city, district, address, phone from site where account_id = ? and gone is null order by id limit ?"
    return ["　".join(filter(None, (str(name), _place(city, district, address), str(phone)))) for name, city, district, address, phone in reader.execute(sql, (account, SITES)).fetchall()]


def _place(city: str, district: str, address: str) -> str:
    """City and district before an address that does not say them itself."""
    return "".join([*(part for part in (city, district) if part and part not in address), address])
