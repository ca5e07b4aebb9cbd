"""The result of a visit in one line: 已签 下次周五送合同; signed, next call Li on Friday."""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.record.said import days
from crm_desktop.record.said.follow_ups import FollowUp, follow_up
from crm_desktop.record.said.line import SEPARATORS, START, Piece, Said, Understood, pattern
from crm_desktop.record.said.when import blank

RESULTS = {
    "renewed": r"续签|续约|(?<![a-z])renew(?:ed|al)(?![a-z])",
    "signed": r"已签[约定署]?|签[了下好]|签约|签合同|签协议|签妥|(?<![a-z])signed(?![a-z])",
    "promise": r"答应付|承诺付|收款承诺|付款承诺|答应[^，。；]{0,8}[付结]|承诺[^，。；]{0,8}[付结]|(?<![a-z])promised? (?:to pay|payment)(?![a-z])",
    "receipt": r"回款|已付|付清|付了|收到款|到账|已结清|结清了|(?<![a-z])paid(?![a-z])",
    "complaint": r"投诉|抱怨|不满|生气|意见很大|(?<![a-z])(?:complain(?:t|ts|ed|s)?|unhappy)(?![a-z])",
    "referral": r"转介绍|介绍了|推荐了|(?<![a-z])(?:referral|referred|introduced us)(?![a-z])",
    "competitor": r"竞品|竞争对手|对手|别家|同行|(?<![a-z])competitors?(?![a-z])",
    "preference": r"喜好|偏好|忌口|(?<![a-z])preferences?(?![a-z])",
    "quote": r"报价|报了价|发了价|(?<![a-z])(?:quot(?:e|ed|ation)|proposal sent)(?![a-z])",
    "inquiry": r"询价|问价|打听价|问了价格?|(?<![a-z])(?:inquir(?:y|ed)|enquir(?:y|ed)|asked (?:for )?(?:prices?|rates?))(?![a-z])",
    "demand": r"新需求|有需求|有意向|要办|要订|打算办|计划办|想订|想办|想做|想开|(?<![a-z])(?:new need|new business|plans? to|needs? (?:a|an|[0-9]+))(?![a-z])",
    "suggestion": r"建议|提议|(?<![a-z])suggest(?:ion|ions|ed|s)?(?![a-z])",
    "not-met": r"未遇|没遇到|没见到|没见着|不在|扑空|没人|外出|出差了|(?<![a-z])(?:not met|not in|was out|nobody|no one|absent)(?![a-z])",
    "kept-up": r"维护|例行|寒暄|无新信息|没什么新|送了礼|问候|(?<![a-z])(?:courtesy|nothing new|no news|maintenance|keep in touch)(?![a-z])",
}  # the codes of visit results, in the order in which two found in a line are offered
_NOT = r"(?<![未没不无])(?<!没有)(?<!还没)(?<!不肯)(?<!尚未)(?<!not )(?<!not yet )(?<!no )"
_NEXT = r"下一?步|下次|下回|接下来|后续|随后|然后|(?<![a-z])(?:next(?: step| time)?(?! (?:week|month|year|mon|tue|wed|thu|fri|sat|sun))|then|follow[ -]?up)(?![a-z])"

_LEAD = rf"{START}(?:约|约在|约定|改到|改约|等|等到|定在)?$"  # what may stand before the day of the next step


class VisitResult(Understood):
    """`result` a code of RESULTS; `report` what happened, in the words typed; `next` the next step, None without one."""

    result = ""
    report = ""
    next: FollowUp | None = None


def visit_result(line: str, today: str, names: Iterable[str] = ()) -> VisitResult:
    """Understand a visit's result and its next step."""
    names = tuple(names)
    said = Said(line, names)
    found = VisitResult(said)
    if blank(line):
        return found
    mark, cut = _cut(said, today)
    found.report = line[:mark].strip().strip(SEPARATORS).strip()
    _take_result(said, found, mark)
    if cut < len(line) and not blank(line[cut:]):
        found.next = follow_up(line[cut:], today, names)
        if mark < cut:
            said.take("next", mark, cut)
        _take_next(said, found.next, cut)
    found.close(said)
    return found


def _cut(said: Said, today: str) -> tuple[int, int]:
    """Where the report ends, and where the next step begins: after 下次, or at a day to come that does not begin the line."""
    if match := pattern(_NEXT).search(said.text):
        return match.span()
    for day in days.find(said.text, today):
        ahead = day.full or max(day.days) >= today
        lead = pattern(_LEAD).search(said.text[: day.start])
        if ahead and not day.loose and lead and not blank(said.text[: lead.start()]):
            return lead.start(), lead.start()
    return len(said.line), len(said.line)


def _take_result(said: Said, found: VisitResult, end: int) -> None:
    codes: list[str] = []
    for code, words in RESULTS.items():
        negated = code in ("not-met", "kept-up")
        for match in list(pattern(words if negated else f"{_NOT}(?:{words})").finditer(said.text, 0, end)):
            said.take("result", *match.span())
            codes.append(code)
    if len(set(codes)) == 1:
        found.result = codes[0]
    else:
        found.doubts["result"] = tuple(dict.fromkeys(codes)) or tuple(RESULTS)


def _take_next(said: Said, step: FollowUp, cut: int) -> None:
    """The next step's pieces, at their places in the whole line."""
    said.pieces += [Piece(f"next.{p.field}", p.start + cut, p.end + cut, p.text) for p in step.pieces]
