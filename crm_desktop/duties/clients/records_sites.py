"""The places a client has: plants, offices, shops; the file itself carries the registered address."""

from __future__ import annotations

from crm_desktop.duties.clients import rules_account as rules
from crm_desktop.duties.clients.records_account import make_company
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("office", Text("Office")), ("plant", Text("Plant")), ("shop", Text("Shop or branch")), ("store", Text("Warehouse")), ("building-site", Text("Building site")),
        ("other", Text("Other")),
    )
)  # fmt: skip

SITE = Record(
    "site", Text("Site of a client"), Text("Sites of clients"),
    Section(
        Text("Site of a client"),
        Field("account_id", Text("Client"), Kind.REF, ref="account", required=True, make=make_company, width=200, words=("单位", "客户")),
        Field("name", Text("Name"), required=True, searched=True, width=160, words=("地点名称", "名称", "厂区")),
        Field("kind", Text("Kind"), Kind.CHOICE, choices=KINDS, codes="site_kind", width=92, words=("类别",)),
        Field("address", Text("Address"), searched=True, wide=True, width=220, words=("地址",), help=Text("City and district are found by it")),
        Field("city", Text("City"), width=92, words=("城市",)),
        Field("district", Text("District"), width=92, words=("区县",)),
        Field("phone", Text("Phone"), data="personal", searched=True, width=140, words=("电话", "手机")),
        Field("person_id", Text("Contact there"), Kind.REF, ref="person", width=110, words=("联系人",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    code="", titled="account_id", listed=("account_id", "name", "kind", "address", "district", "phone", "person_id"), sorted_by="name", sortable=("name",),
    filters=("kind",), indexes=(Index("account_id", "id"), Index("person_id", "id")), settle=rules.settle_site, settle_on=("phone", "address", "city", "district"),
    check=rules.contact_problems, check_on=("phone",), file_word="sites", note=("account_id", "address"), papers=False, area="clients", follows=("account_id",),
)  # fmt: skip
