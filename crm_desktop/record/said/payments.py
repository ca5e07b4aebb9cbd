"""A promise to pay or a receipt in one line: 25号前付5万 会计说; 到账 18600; received 5000 USD from Acme."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from crm_desktop.record.said import amounts, days
from crm_desktop.record.said.amounts import Amount
from crm_desktop.record.said.line import END, Said, Understood, pattern
from crm_desktop.record.said.when import NoDay, When, blank, take_day, take_no_day

PROMISE, RECEIPT = "promise", "receipt"
METHODS = {
    "现金": "cash", "支付宝": "alipay", "微信": "wechat", "刷卡": "card", "信用卡": "card", "支票": "cheque", "电汇": "transfer",
    "对公": "transfer", "cash": "cash", "alipay": "alipay", "wechat": "wechat", "by card": "card", "cheque": "cheque", "check": "cheque",
}  # fmt: skip
_METHOD = "|".join(rf"(?<![a-z]){word}(?![a-z])" if word.isascii() else word for word in METHODS)
_NOT = r"(?<![未没不])(?<!不[会能要肯])(?<![没还]有)(?<!未能)(?<!not )(?<!never )"
_GOT = (
    r"收到了?|已收到?|实收|收款(?![人方账户])|来款|已付清?|付清了|付[了过]|付的(?!话)|已[打汇转结还](?:款|账|清)?|[打汇转]来|[打汇转结还][了过](?=[款账0-9¥])"
    r"|(?<![a-z])(?:received|got|(?:has |have )?paid(?! (?:by|before|until)))(?![a-z])"
)
_ARRIVES = r"到账[了上]?|到款|入账|进账|到位|(?<![a-z])(?:came in|comes in|arrived)(?![a-z])"
_PAYS = (
    r"(?:[会要能先再][先再]?)?(?:付清|付款(?![人方账])|支付|(?<![应预])付(?![费息出诸款])|打款|打(?=[0-9¥一二两三四五六七八九十])|汇款|汇(?=[0-9¥一二两三四五六七八九十])"
    r"|转账|转(?=[0-9¥一二两三四五六七八九十])|结清|结账|结款|结(?=[0-9¥一二两三四五六七八九十])|还清|还款|还(?=[0-9¥一二两三四五六七八九十])"
    r"|回款)|(?<![a-z])(?:(?:will |to |shall )?(?:be paid|pays?|settles?|transfers?|remits?)|paid(?= (?:by|before|until)))(?![a-z])"
)
_VOWS = r"答应|承诺|保证(?!金)|(?<![a-z])promise[sd]?(?: to)?(?![a-z])"
_MOVES = ("转账", "汇款", "打款")  # beside a word of receipt they say how it came
_SPEAKS = (
    r"(?:听|据)?(?P<who>[^\s\0，。、；：,;:()0-9]{1,12}?)(?:口头|当面|电话里?)?(?P<verb>说|答应|承诺|表示|保证(?!金)|讲|同意|告知|回复)(?![明服法话好辞])[了过的]?(?:[要会](?=\0))?"
)
_SAID_BY = rf"(?<![a-z])(?:(?:said|promised|confirmed) by|per|according to) (?:the )?(?P<who>[a-z][a-z.' -]{{0,30}}?){END}(?! [a-z])"
_SAYS = r"(?:^|(?<=[\0，。；,;]))\s?(?:the )?(?P<who>[a-z][a-z.'-]*(?: [a-z][a-z.'-]*){0,2}) (?:said|says|promised|promises|confirmed)(?: to| that| it)?(?![a-z])"
_SUM_OF = r"(?:[定订押现金]金|[尾余货房]款|款项|[房餐]费|费用|金额|转账)\s?$"
_ROLE = r"^\s*(?P<who>[^\s\0，。、；：,;:()]{0,8}(?:财务|会计|出纳|老板|总|经理|姐|哥|先生|女士|主任|处长|院长))\s?:"
_AFTER_VERB = rf"[\s\0]*(?:{'|'.join(_MOVES)})?[了:]?[\s\0]*"


class Payment(Understood):
    """`kind` promise or receipt; `amount` in minor units of `currency`; `day` it is due (`latest`: no later than) or came (`no_day`: what was
    written cannot be it);
    `by` who said so; `payer` the words that are left; `method` a code of METHODS. Amounts in doubt are `Money`."""

    kind = ""
    day = ""
    no_day = NoDay()
    latest = False
    amount: int | None = None
    currency = ""
    by = ""
    payer = ""
    method = ""


class _Verbs(NamedTuple):
    """The words for paying, by what they say."""

    got: list[re.Match[str]]
    arrives: list[re.Match[str]]
    pays: list[re.Match[str]]

    def all(self) -> list[re.Match[str]]:
        """Every one of them."""
        return self.got + self.arrives + self.pays


def promise_or_receipt(line: str, today: str, names: Iterable[str] = (), currency: str = "CNY") -> Payment:
    """Understand a promise or a receipt; amounts without a currency are of `currency`."""
    said = Said(line, names)
    found = Payment(said)
    if blank(line):
        return found
    found.method = _take_method(said)
    verbs = _verbs(said.text)
    when = _take_when(said, found, verbs, today)
    if not when.day and not when.doubts:
        found.no_day = take_no_day(said, today, "day", past=False)
    _take_amount(said, found, verbs, currency)
    found.by = _take_speaker(said)
    for verb in verbs.all():
        said.take("kind", *verb.span())
    _take_joint(said, found)
    found.close(said)
    found.payer = found.rest
    _ask(found, when)
    return found


def _ask(found: Payment, when: When) -> None:
    found.day, found.latest = when.day, when.latest
    if when.doubts or (found.kind == PROMISE and not when.day):
        found.doubts["day"] = when.doubts
    if not found.kind:
        found.doubts["kind"] = (PROMISE, RECEIPT)


def _take_method(said: Said) -> str:
    match = pattern(_METHOD).search(said.text)
    if not match:
        return ""
    said.take("method", *match.span())
    return METHODS[match[0]]


def _verbs(text: str) -> _Verbs:
    got = list(pattern(f"{_NOT}(?:{_GOT})").finditer(text))
    arrives = list(pattern(f"{_NOT}(?:{_ARRIVES})").finditer(text))
    past = [m.span() for m in got + arrives]
    pays = [
        match
        for match in pattern(f"{_NOT}(?:{_PAYS}|{_VOWS})").finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in past)
        and not (past and match[0] in _MOVES)
    ]
    return _Verbs(got, arrives, pays)


def _take_when(said: Said, found: Payment, verbs: _Verbs, today: str) -> When:
    """The day, and from it and the verbs whether this is to come or has come; 25号到账 may be either."""
    ways = bool(verbs.got) + bool(verbs.pays)
    if ways == 1:
        found.kind = RECEIPT if verbs.got else PROMISE
    back = found.kind == RECEIPT
    short = _has_amount_beside_date(said.text)
    when = take_day(said, today, "day", back=back, short=short)
    if when.day or when.doubts or back:
        if not ways and verbs.arrives:
            found.kind = PROMISE if when.latest else RECEIPT if when.day == today else ""
        return when
    when = take_day(said, today, "day", back=True, short=short)
    if when.day:
        found.kind = RECEIPT if verbs.arrives and not ways else ""
    elif verbs.arrives and not ways:
        found.kind = RECEIPT
    elif not short:  # 12.5付 may be a day
        return When(doubts=tuple(dict.fromkeys(day for found in days.find(said.text, today, short=True) for day in found.days if day >= today)))
    return when


def _has_amount_beside_date(text: str) -> bool:
    """12.5 is a day where 前 follows it, or where it begins the line and an amount stands elsewhere."""
    if pattern(r"[0-9][./-][0-9]{1,2}\s?(?:之前|以前|前)|(?:by|before|on) [0-9]{1,2}[./-][0-9]{1,2}").search(text):
        return True
    start = pattern(r"\s*[0-9]{1,2}[./-][0-9]{1,2}(?![0-9])").match(text)
    return bool(start and amounts.find(text[start.end() :]))


def _take_amount(said: Said, found: Payment, verbs: _Verbs, currency: str) -> None:
    every = amounts.find(said.text, currency)
    firm = [amount for amount in every if _is_firm(said.text, amount, verbs)]
    firm = [a for a in firm if not _is_before(said.text, a)] or firm
    offered = tuple(dict.fromkeys(amount.money for amount in firm or every))
    if len(offered) == 1 and firm and firm[0].sure:
        found.amount, found.currency = offered[0]
        said.take("amount", firm[0].start, firm[0].end)
    else:
        found.doubts["amount"] = offered


def _is_firm(text: str, amount: Amount, verbs: _Verbs) -> bool:
    """Bare figures are an amount right after a verb or 定金, or five or more of them right before a verb."""
    if not amount.plain:
        return True
    if any(pattern(_AFTER_VERB).fullmatch(text[verb.end() : amount.start]) for verb in verbs.all() if verb.end() <= amount.start):
        return True
    if pattern(_SUM_OF).search(text[: amount.start].replace("\0", "")):
        return True
    return amount.money.units >= 1_000_000 and _is_before(text, amount)


def _is_before(text: str, amount: Amount) -> bool:
    """True where bare figures stand before a verb: they may be a room or a document."""
    return amount.plain and bool(pattern(rf"\s?(?:{_GOT}|{_ARRIVES}|{_PAYS})").match(text, amount.end))


def _take_speaker(said: Said) -> str:
    for source in (_SPEAKS, _SAID_BY, _SAYS, _ROLE):
        if match := pattern(source).search(said.text):
            who = said.line[match.start("who") : match.end("who")]
            said.take("by", *match.span())
            return who.strip()
    return ""


def _take_joint(said: Said, found: Payment) -> None:
    """*from* before the payer, 来自, and the way money that has come took: 收到转账."""
    if match := pattern(r"(?<![a-z])(?:from|said|says)(?![a-z])|来自|付款方:?").search(said.text):
        said.take("payer", *match.span())
    moved = pattern("|".join(_MOVES)).search(said.text)
    if moved and found.kind == RECEIPT and not found.method:
        said.take("method", *moved.span())
        found.method = "transfer"
