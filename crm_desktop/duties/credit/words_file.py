"""A client's credit file in words: blocks of lines, each of which opens what it was read from."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients.words_standing import FIELD, NEW, Block, Line
from crm_desktop.duties.credit import rules_file, rules_policy, rules_score
from crm_desktop.duties.credit.queries import CreditFile
from crm_desktop.duties.credit.records import AGREEMENT_STATES, CREDIT_NEWS, CREDIT_PAPER, STATES
from crm_desktop.duties.credit.records_policy import FACTOR_WORDS
from crm_desktop.duties.credit.rules_score import Point
from crm_desktop.duties.receivables.rules_exposure import AHEAD
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

PARTS = {
    "character": Text("Character"), "capacity": Text("Capacity"), "capital": Text("Capital"), "collateral": Text("Collateral"), "conditions": Text("Conditions"),
}  # fmt: skip
STATE_WORDS: dict[str, tuple[Text, str]] = {code: (text, tone) for code, text, tone in (*STATES, *AGREEMENT_STATES)}
UNKNOWN = Text("not known, counts half")
SIZE_WORDS = {"large": Text("Large"), "medium": Text("Medium"), "small": Text("Small"), "micro": Text("Micro")}
LIGHTS = {"green": Text("Room left"), "amber": Text("Little room"), "red": Text("No room"), "grey": Text("No credit")}


def blocks(found: CreditFile) -> list[Block]:
    """All there is to say, what is asked for first on top."""
    return [_exposure(found), _limit(found), _agreement(found), _score(found), _papers(found)]


def decision(state: str, applied_on: str, reason: str) -> list[Text]:
    """What the letter about an application says; of one that is not decided, that it is looked at."""
    thanks = Text("Thank you for your application for credit of {day}.", day=applied_on)
    if state == rules_file.APPROVED:
        return [thanks, Text("We are glad to grant you credit on the terms below. It begins when both sides have signed the credit agreement; until then please pay at once.")]
    if state == rules_file.REFUSED:
        told = [Text("The reason: {reason}", reason=reason)] if reason else []
        return [thanks, Text("After looking at it with care we cannot grant you credit at present."), *told, Text("You are welcome as before: rooms, meals and functions are paid at once or beforehand, at the rates agreed. You may apply again when circumstances have changed.")]
    return [thanks, Text("It is being looked at; we will write to you as soon as it is decided. Until then please pay at once.")]


# headroom


def _exposure(found: CreditFile) -> Block:
    money, exposure = found.money, found.money.exposure
    account_id = int(found.row["id"])
    lines = [
        Line("", Text("Open bills: {amount}", amount=show_money(exposure.open)), "", ("receivable", [("account_id", "=", account_id), ("balance", "<>", 0)])),
        Line("", Text("+ in house, not billed yet: {amount} ({count})", amount=show_money(exposure.unbilled), count=len(exposure.unbilled_stays)), "", _rows("stay", exposure.unbilled_stays)),
        *_coming(found),
        Line("", Text("− deposits paid for them: {amount}", amount=show_money(exposure.deposits)), "", _rows("booking", exposure.coming_bookings) if exposure.deposits else None),
        Line("", Text("= {total} of a limit of {limit}", total=show_money(exposure.total), limit=show_money(money.limit or 0)), "", (FIELD, "credit_limit")),
    ]
    if exposure.unpriced:
        lines.append(Line("", Text("{count} bookings to come have no price yet and are not counted", count=len(exposure.unpriced)), "amber", _rows("booking", exposure.unpriced)))
    if found.override:
        lines.append(Line("", Text("Credit in spite of the stop until {day}", day=found.override), "amber", ("credit_override", [("account_id", "=", account_id)])))
    if money.headroom is None:
        return Block("exposure", Text("Headroom"), LIGHTS["grey"], "grey", None, [Line("", Text("This client pays at once."), "", (FIELD, "credit"))])
    share = min(100, max(0, exposure.total * 100 // money.limit)) if money.limit else 100
    return Block("exposure", Text("Headroom"), show_money(money.headroom), money.light, share, lines)


def _coming(found: CreditFile) -> list[Line]:
    exposure = found.money.exposure
    words = Text("+ to come in {days} days on account: {amount}", days=AHEAD, amount=show_money(exposure.coming))
    if not exposure.coming_stays:
        return [Line("", words, "", _rows("booking", exposure.coming_bookings))]
    lines = [Line("", words, "", _rows("stay", exposure.coming_stays))]
    if exposure.coming_bookings:
        lines.append(Line("", Text("of it {count} functions and groups", count=len(exposure.coming_bookings)), "", _rows("booking", exposure.coming_bookings)))
    return lines


def _rows(record: str, ids: list[int]) -> Any:
    return (record, [("id", "in", tuple(ids))]) if ids else None


# scorecard


def _score(found: CreditFile) -> Block:
    score = found.score
    lines = []
    for part in rules_policy.PARTS:
        most = found.policy[f"weight_{part}"]
        lines.append(Line("", Text("{part}: {points} of {most}", part=PARTS[part], points=f"{score.of(part):g}", most=most), "", None))
        lines += [Line(f"{point.points:.1f}", fact_words(point), _tone(point), point.fact.opens) for point in score.points if point.part == part]
    lines.append(Line("", _next(found), "", None))
    since = found.policy["since"]
    policy = Text("Judged by the policy of {day}", day=since) if since != rules_policy.FIRST_DAY else Text("Judged by the policy the program begins with")
    lines.append(Line("", policy, "", ("credit_policy", [])))
    return Block("score", Text("Scorecard"), f"{score.grade} · {score.total:g}", rules_policy.GRADE_TONES[score.grade], int(score.total), lines)


def _tone(point: Point) -> str:
    share = point.points / point.most if point.most else 1
    return "green" if share >= 0.75 else "amber" if share >= 0.4 else "red"


def fact_words(point: Point) -> Text:
    """What a factor's points were given for."""
    value = point.fact.value
    if value is None:
        return Text("{what}: {value}", what=FACTOR_WORDS[point.key], value=UNKNOWN)
    return Text("{what}: {value}", what=FACTOR_WORDS[point.key], value=_value(point.key, value))


def _value(key: str, value: float | str) -> Text | str:
    if key == rules_score.LATE:
        return Text("{days} days", days=f"{float(value):g}")
    if key == rules_score.YEARS:
        return Text("{years} years", years=f"{float(value):.1f}")
    if key == rules_score.MONTH:
        return show_money(int(value))
    if key == rules_score.CAPITAL:
        return Text("CNY {amount}", amount=show_money(int(value) * 10_000_00))
    if key == rules_score.GUARANTEE:
        return Text("Yes") if value else Text("No")
    if key == rules_score.SIZE:
        return SIZE_WORDS.get(str(value), str(value))
    if key == rules_score.OWNER:
        return _owner_words(str(value))
    return f"{float(value):+.0f} %" if key == rules_score.GROWTH else f"{float(value):.0f} %"


def _owner_words(code: str) -> Text | str:
    from crm_desktop.duties.clients.records import ACCOUNT

    fields = (ACCOUNT.by_name["ownership"], ACCOUNT.by_name["type"])
    return next((text for field in fields for each, text, _ in field.choices if each == code), code)


def _next(found: CreditFile) -> Text:
    """What three bills paid in time would do, and how many lead to the next grade."""
    three = rules_score.if_paid_in_time(found.facts, found.policy, found.habit, 3)
    words = Text("Three bills paid in time: {grade} with {points} points", grade=three.grade, points=f"{three.total:g}")
    if found.next_grade is None:
        return words
    count, grade = found.next_grade
    return Text("{first}; {count} lead to {grade}", first=words, count=count, grade=grade)


# limit


def proposal(found: CreditFile) -> Text:
    """What a review would do with the limit, by what the calculator says today: a tenth more or less is left as it is."""
    now, limit = found.money.limit or 0, found.limit.limit
    words = {"limit": show_money(limit), "now": show_money(now), "grade": found.score.grade, "points": f"{found.score.total:g}"}
    if 10 * limit > 11 * now:
        return Text("proposed: raise from {now} to {limit}, grade {grade} with {points} points", **words)
    if 10 * limit < 9 * now:
        return Text("proposed: cut from {now} to {limit}, grade {grade} with {points} points", **words)
    return Text("proposed: leave it at {now}, grade {grade} with {points} points", **words)


def _limit(found: CreditFile) -> Block:
    grade, limit, policy = found.score.grade, found.limit, found.policy
    granted = rules_policy.Granted(policy, grade)
    now = found.money.limit or 0
    lines = [
        Line("", Text("Brings in a month: {amount}", amount=show_money(found.month)), "", found.facts[rules_score.MONTH].opens),
        Line("", Text("Grade {grade}: {months} months, {days} days to pay and {grace} of grace: {cap}", grade=grade, months=f"{granted.months / 10:g}", days=granted.days, grace=policy["grace"], cap=show_money(limit.cap)), "", ("credit_policy", [])),
        *([Line("", Text("Season: the three months to come brought {amount} a year ago, {percent} %", amount=show_money(found.quarter), percent=f"{found.season:+d}"), "", None)] if found.season else []),
        Line("", Text("+ deposit {amount}; never above {ceiling}", amount=show_money(limit.collateral), ceiling=show_money(limit.ceiling)), "", None),
    ]
    if asked := rules_policy.deposit_asked(policy, grade, now):
        lines.append(Line("", Text("The policy asks {grade} for a deposit of {amount}", grade=grade, amount=show_money(asked)), "amber", None))
    tone = "amber" if now > limit.limit else "green"
    lines.append(Line("", Text("Granted now: {amount}", amount=show_money(now)), tone, (FIELD, "credit_limit")))
    if found.agreement is not None:
        lines.append(Line("", proposal(found), tone, None))
    return Block("limit", Text("Limit by the policy"), show_money(limit.limit), tone, None, lines)


# agreement and papers


def _agreement(found: CreditFile) -> Block:
    account_id, name = int(found.row["id"]), str(found.row["name"])
    lines: list[Line] = []
    application, agreement = found.application, found.agreement
    given = {"account_id": account_id, "account_id.name": name, "day": found.day}
    if application is None:
        lines.append(Line("", Text("No application yet: write one"), "", (NEW, ("credit_application", given))))
    else:
        words, tone = STATE_WORDS[application["state"]]
        lines.append(Line("", Text("Application of {day}: {state}", day=application["day"], state=words), tone, ("credit_application", application["id"])))
        if application["decided_on"] and application["state"] == rules_file.APPROVED:
            review = rules_file.review_due(application["decided_on"], int(found.policy["review_months"]))
            lines.append(Line("", Text("To be reviewed by {day}", day=review), "red" if review < found.day else "", ("credit_application", application["id"])))
    if agreement is None:
        lines.append(Line("", Text("No agreement yet: write one"), "", (NEW, ("credit_agreement", given | {"starts": found.day}))))
        return Block("agreement", Text("Application and agreement"), Text("None"), "grey", None, lines + _guarantees(found))
    words, tone = STATE_WORDS[agreement["state"]]
    ends = rules_file.standing(agreement["ends"], found.day)
    lines.append(Line("", Text("Agreement {number} from {first} until {last}", number=agreement["number"], first=agreement["starts"], last=agreement["ends"] or "–"), "red" if ends == rules_file.EXPIRED else "amber" if ends == rules_file.ENDING else "", ("credit_agreement", agreement["id"])))
    for one in found.signatories:
        most = Text("up to {amount}", amount=show_money(one["most"])) if one["most"] else ""
        lines.append(Line("", Text("May sign: {name} {post} {most}", name=one["name"], post=one["post"], most=most), "", ("signatory", one["id"])))
    if not found.signatories:
        lines.append(Line("", Text("Nobody may sign yet"), "amber", (NEW, ("signatory", given | {"agreement_id": agreement["id"], "starts": found.day}))))
    return Block("agreement", Text("Application and agreement"), words, tone, None, lines + _guarantees(found))


def _guarantees(found: CreditFile) -> list[Line]:
    return [
        Line("", Text("A colleague guarantees {amount} until {day}", amount=show_money(row["amount"]), day=row["due"]), "red" if row["due"] < found.day else "amber", ("guarantee", row["id"]))
        for row in found.guarantees
    ]  # fmt: skip


def _papers(found: CreditFile) -> Block:
    lines = [_paper(row, found.day) for row in found.papers]
    over = sum(line.tone == "red" for line in lines)
    given = {"account_id": int(found.row["id"]), "account_id.name": str(found.row["name"])}
    lines.append(Line("", Text("Write down a paper"), "", (NEW, ("credit_paper", given))))
    lines += [_news(row, found) for row in found.news[:3]]
    lines.append(Line("", Text("Write down news: an owner that changed, a suit"), "", (NEW, ("credit_news", given | {"day": found.day}))))
    value: Text | str = Text("{count} expired", count=over) if over else str(len(found.papers))
    return Block("papers", Text("Credit papers"), value, "red" if over else "green" if found.papers else "grey", None, lines)


def _news(row: Row, found: CreditFile) -> Line:
    """News, amber while it calls for a look."""
    decided = found.application["decided_on"] if found.application else ""
    kind = CREDIT_NEWS.by_name["kind"].choice_text(row["kind"])
    tone = "amber" if rules_file.news_is_open(row["day"], row["looked_on"], decided, found.day) else ""
    return Line("", Text("News of {day}, {kind}: {what}", day=row["day"], kind=kind, what=row["name"]), tone, ("credit_news", row["id"]))


def paper_words(kind: str) -> Text | str:
    """What a kind of paper is called, also one the hotel added."""
    return CREDIT_PAPER.by_name["kind"].choice_text(kind)


def _paper(row: Row, day: str) -> Line:
    stands = rules_file.standing(row["expires"], day)
    kind = paper_words(row["kind"])
    if not row["expires"]:
        return Line("", Text("{paper}: seen on {day}", paper=kind, day=row["seen_on"] or "–"), "", ("credit_paper", row["id"]))
    words = Text("{paper}: expired on {day}", paper=kind, day=row["expires"]) if stands == rules_file.EXPIRED else Text("{paper}: valid until {day}", paper=kind, day=row["expires"])
    return Line("", words, {rules_file.EXPIRED: "red", rules_file.ENDING: "amber"}.get(stands, ""), ("credit_paper", row["id"]))
