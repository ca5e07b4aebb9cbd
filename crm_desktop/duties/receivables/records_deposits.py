"""The ledger of deposits 定金/订金/预付款/押金: who paid what, what it is in law, and what became of it."""

from __future__ import annotations

from crm_desktop.duties.receivables import rules_deposits as rules
from crm_desktop.record.house import DEPOSITS, currency, hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.series import Series
from crm_desktop.record.text import Text

MOST = 100_000_000_00_00
METHODS = tuple(
    (code, text, "")
    for code, text in (
        ("transfer", Text("Bank transfer")), ("cash", Text("Cash")), ("card", Text("By card")), ("phone", Text("WeChat or Alipay")), ("cheque", Text("Cheque")),
    )
)  # fmt: skip


def _money(name: str, label: Text, *words: str) -> Field:
    return Field(name, label, Kind.MONEY, least=0, most=MOST, width=112, words=words)


DEPOSIT = Record(
    "deposit", Text("Deposit received"), Text("Deposits received"),
    Section(
        Text("Deposit received"),
        Field("code", Text("Receipt no."), Kind.CODE, searched=True, width=120, words=("收据号", "编号"), help=Text("Given when it is saved")),
        Field("kind", Text("What it is in law"), Kind.CHOICE, required=True, default=rules.PREPAYMENT, choices=DEPOSITS, codes="earnest_kind", width=132, words=("定金性质", "款项性质")),
        Field("day", Text("Received on"), Kind.DATE, required=True, width=104, words=("收款日期", "日期")),
        Field("amount", Text("Amount"), Kind.MONEY, required=True, least=0, most=MOST, width=120, words=("金额",)),
        currency(),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=180, words=("单位", "客户")),
        Field("booking_id", Text("Booking"), Kind.REF, ref="booking", width=130, words=("预订",)),
        Field("payer", Text("Payer"), searched=True, width=140, words=("付款人",)),
        Field("method", Text("Paid by"), Kind.CHOICE, choices=METHODS, codes="pay_method", width=92, words=("付款方式", "收款方式")),
        _money("contract", Text("Sum of the contract"), "合同金额"),
        Field("contract_no", Text("Contract no."), Kind.CODE, whole=True, width=120, words=("合同号",)),
        hotel(), owner(),
    ),
    Section(
        Text("What became of it"),
        _money("applied", Text("Applied"), "已冲抵"), _money("refunded", Text("Refunded"), "已退"), _money("forfeited", Text("Forfeited"), "没收", "不退"),
        Field("left_on", Text("Given back or kept on"), Kind.DATE, width=104, words=("退款日期",)), Field("left_because", Text("Why it was given back or kept"), width=160, words=("退款原因",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        Field("balance", Text("Not used yet"), Kind.MONEY, settled=True, width=112),
        Field("earnest", Text("Earnest in law"), Kind.MONEY, settled=True, width=112),
    ),
    name="code", listed=("day", "code", "kind", "account_id", "amount", "balance", "booking_id", "earnest", "applied", "refunded", "forfeited", "currency", "payer"),
    sorted_by="-day", sortable=("day", "code", "amount", "balance"), filters=("kind", "owner_id"),
    indexes=(Index("account_id", "balance"), Index("booking_id", "balance"), Index("kind", "currency", "balance"), Index("code")),
    settle=rules.settle, settle_on=("day", "amount", "contract", "kind", "applied", "refunded", "forfeited"),
    check=rules.check, check_on=("day", "amount", "contract", "kind", "applied", "refunded", "forfeited"),
    series=Series("DJ", day="day"), currency="currency", file_word="deposits", note=("day", "account_id"), area="credit", follows=("account_id",),
)  # fmt: skip
