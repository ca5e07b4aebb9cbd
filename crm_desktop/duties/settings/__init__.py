"""Settings 设置: this PC's choices, the database's safety, and what was done."""

from __future__ import annotations

from crm_desktop.desk.records import CODE_ITEM, STAFF
from crm_desktop.desk.records_rights import APPROVAL_LEVEL, OWN_RIGHTS, PERSON_RIGHT, POST_ROLE
from crm_desktop.record.duty import Action, Duty, Page
from crm_desktop.record.text import Text

DUTY = Duty(
    "settings", Text("Settings"), records=(STAFF, CODE_ITEM, *OWN_RIGHTS), begin="crm_desktop.ui.notices:begin",
    pages=(
        Page("history", Text("What was done"), "history", "crm_desktop.duties.settings.pages_history:history", ("日志", "操作记录", "undo", "log")),
        Page("past", Text("History of a record"), "history", "crm_desktop.duties.settings.pages_past:page", rail=False),
        Page(
            "since", Text("Changed by others"), "users", "crm_desktop.duties.settings.pages_since:page",
            ("谁改了", "上次以来", "更新", "变更", "news"), rail=False,
        ),
        Page("privacy", Text("A person's data"), "user-round", "crm_desktop.duties.settings.pages_privacy:page", rail=False),
        Page("settings", Text("Settings"), "settings", "crm_desktop.duties.settings.pages:settings", ("备份", "恢复", "语言", "backup")),
        Page(
            "rights", Text("People and roles"), "users", "crm_desktop.duties.settings.pages_people:page",
            ("权限", "角色", "密码", "登录", "password", "rights"), rail=False,
        ),
        Page(
            "approval-levels", Text("Approval levels"), "coins", "crm_desktop.duties.settings.pages_levels:page",
            ("审批额度", "审批权限", "授权", "levels"), record=APPROVAL_LEVEL, rail=False,
        ),
        Page("own-rights", Text("Rights of single colleagues"), "user-round", words=("个人权限", "加权限", "减权限"), record=PERSON_RIGHT, rail=False),
        Page("post-roles", Text("Roles of posts"), "users", words=("岗位角色", "岗位权限"), record=POST_ROLE, rail=False),
        Page("staff", Text("Colleagues"), "user-round", words=("员工", "人员", "同事", "代理"), record=STAFF, rail=False),
        Page(
            "codes", Text("Code lists"), "list-checks", "crm_desktop.duties.settings.pages_codes:codes",
            ("代码", "代码表", "选项", "下拉", "choices"), record=CODE_ITEM, rail=False,
        ),
    ),
    actions=(
        Action(
            "past", Text("History of what is shown"), "Ctrl+H", "crm_desktop.duties.settings.pages_past:show", icon="history",
            words=("修改记录", "变更历史", "谁改的", "日志", "history"),
        ),
        Action("since", Text("What others changed since I last looked"), "Shift+F4", page="since", icon="users", words=("谁改了", "上次以来", "更新")),
        Action(
            "privacy", Text("This person's data: a copy, or erasing"), "Ctrl+Shift+D", "crm_desktop.duties.settings.pages_privacy:show", icon="user-round",
            words=("个人信息", "导出个人信息", "删除个人信息", "隐私", "被遗忘", "privacy", "erase"),
        ),
    ),
)  # fmt: skip
