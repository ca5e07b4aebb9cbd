"""Papers as they were issued, who signed them, which seal was set on which, and the hotel's own templates."""

from __future__ import annotations

from crm_desktop.record.house import hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Section
from crm_desktop.record.text import Text

CURRENT, REPLACED, VOID = "current", "replaced", "void"
STATES = ((CURRENT, Text("Holds now"), "green"), (REPLACED, Text("Replaced by a newer revision"), "amber"), (VOID, Text("Void"), "red"))
SEALS = tuple(
    (code, text, "")
    for code, text in (
        ("company", Text("Company seal")), ("contract", Text("Contract seal")), ("finance", Text("Finance seal")), ("invoice", Text("Invoice seal")),
        ("department", Text("Department seal")), ("legal", Text("Seal of the legal representative")),
    )
)  # fmt: skip
KEPT = Text("An issued paper stays: it was given to people. Make it void with a reason instead; its number is never used again.")

PAPER_RECORD = Record(
    "paper", Text("Issued paper"), Text("Issued papers"),
    Section(
        Text("Issued paper"),
        Field("number", Text("Paper no."), Kind.CODE, whole=True, searched=True, width=128, words=("编号",)),
        Field("title", Text("Form"), searched=True, width=170, words=("表单",)),
        Field("revision", Text("Revision"), Kind.INT, default=1, width=72, words=("版次",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=CURRENT, choices=STATES, width=132, words=("状态",)),
        Field("name", Text("About"), searched=True, wide=True, width=200, words=("事由",)),
        Field("check_code", Text("Check code"), Kind.CODE, whole=True, searched=True, width=108, words=("验证码",)),
    ),
    Section(
        Text("Issue"),
        Field("issued_on", Text("Issued on"), Kind.DATE, width=104, words=("签发日期",)),
        Field("issued_by", Text("Issued by"), width=92, words=("签发人",)),
        hotel(),
        Field("unsigned", Text("Signatures missing"), Kind.INT, default=0, derived=True, width=84),
        Field("given_to", Text("Given to"), Kind.LONG, wide=True, words=("分送",)),
    ),
    extra=(
        Field("form", Text("Form no."), Kind.CODE, hidden=True, width=84),
        Field("year", Text("Year"), Kind.INT, default=0, hidden=True),
        Field("seq", Text("Running no."), Kind.INT, default=0, hidden=True),
        Field("language", Text("Language"), Kind.CODE, hidden=True),
        Field("pages", Text("Pages"), Kind.INT, default=0, hidden=True, width=72),
        Field("about_record", Text("Record"), Kind.CODE, hidden=True),
        Field("about_row", Text("Row"), Kind.KEY, hidden=True),
        Field("about_key", Text("Day"), Kind.CODE, hidden=True),
    ),
    name="number", code="",
    listed=("number", "title", "name", "revision", "state", "unsigned", "issued_on", "issued_by", "check_code", "hotel_id"),
    sorted_by="-issued_on", sortable=("issued_on", "number"), filters=("state", "hotel_id"),
    indexes=(
        Index("year", "form", "hotel_id", "seq"), Index("hotel_id", "revision", "number", unique=True), Index("about_row", "about_record", "form", "state"), Index("check_code", unique=True),
        Index("about_key", "form"),
    ),
    machine=Machine("state", Move("void", Text("Make void"), (CURRENT, REPLACED), VOID, reason=True)),
    lasting=KEPT, final=KEPT, by_hand=False, file_word="papers", note=("title", "revision"),
)  # fmt: skip

SIGNATURE = Record(
    "paper_signature", Text("Signature"), Text("Signatures"),
    Section(
        Text("Signature"),
        Field("paper_id", Text("Issued paper"), Kind.REF, ref="paper", ref_name="number", ref_code="", required=True, once=True, width=128, words=("单据",)),
        Field("role", Text("Signs as"), required=True, width=120, words=("签字岗位", "部门")),
        Field("expected", Text("Who should sign"), width=110, words=("应签人",)),
        Field("signed_on", Text("Signed on"), Kind.DATE, width=104, words=("签字日期",)),
        Field("signed_by", Text("Signed by"), width=110, words=("签字人",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(Field("position", Text("Order on papers"), Kind.INT, default=0, hidden=True),),
    name="role", code="", listed=("paper_id", "role", "expected", "signed_on", "signed_by"), sorted_by="signed_on", sortable=("signed_on", "role"),
    rollups=(Rollup(("paper_id",), {"unsigned": ()}, {}, "signed_on", ""),),
    indexes=(Index("paper_id", "position"),), file_word="paper-signatures", note=("paper_id", "signed_on"),
)  # fmt: skip

SEAL_USE = Record(
    "seal_use", Text("Use of a seal"), Text("Uses of seals"),
    Section(
        Text("Use of a seal"),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期", "用印日期")),
        Field("seal", Text("Seal"), Kind.CHOICE, required=True, default="company", choices=SEALS, codes="seal", width=120, words=("印章",)),
        Field("paper_id", Text("Issued paper"), Kind.REF, ref="paper", ref_name="number", ref_code="", width=128, words=("单据",)),
        Field("what", Text("Which paper"), required=True, searched=True, wide=True, width=220, words=("文件名称", "用印文件")),
        Field("copies", Text("Copies"), Kind.INT, default=1, least=1, most=999, width=72, words=("份数",)),
        owner(Text("Asked by")),
        Field("approved_by", Text("Approved by"), width=110, words=("批准人",)),
        Field("kept_by", Text("Sealed by"), width=110, words=("监印人", "保管人")),
        hotel(),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    name="what", code="", listed=("day", "seal", "what", "paper_id", "copies", "owner_id", "approved_by", "kept_by"), sorted_by="-day", sortable=("day",),
    filters=("seal", "owner_id"), indexes=(Index("paper_id", "day"),), file_word="seal-uses", note=("day", "seal"),
)  # fmt: skip

TEMPLATE = Record(
    "paper_template", Text("Template version"), Text("Template versions"),
    Section(
        Text("Template version"),
        Field("template", Text("Form"), Kind.CODE, required=True, once=True, width=92),
        Field("revision", Text("Version"), Kind.INT, default=1, width=72),
        Field("made_on", Text("Made on"), Kind.DATE, width=104),
        Field("made_by", Text("Made by"), width=110),
        Field("in_use", Text("In use"), Kind.BOOL, width=72),
        Field("source", Text("Source"), Kind.LONG, wide=True, hidden=True),
    ),
    name="template", code="", listed=("template", "revision", "made_on", "made_by", "in_use"), sorted_by="template", sortable=("template",),
    indexes=(Index("in_use", "template"),), by_hand=False, papers=False, file_word="paper-templates", area="rules",
)  # fmt: skip

PAPER_RECORDS = (PAPER_RECORD, SIGNATURE, SEAL_USE, TEMPLATE)
