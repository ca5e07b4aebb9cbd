"""The paper of the credit meeting: 信贷会议资料 F08B, a table for each chapter, with room for what is decided."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.credit import queries_pack
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import DAY, Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text

SIGNS = (Text("Made by"), Text("Director of sales"), Text("Financial controller"), Text("General manager"))


def pack(reader: Any, ask: Ask) -> Content:
    """F08B: what is to be talked about, and what earlier meetings decided."""
    found = queries_pack.pack(reader, ask.day)
    names = {topic.account_id: topic.name for chapter in found.chapters for topic in chapter.topics}
    chapters = [
        {
            "title": ask.say(chapter.title),
            "rows": [[topic.name, ask.say(topic.words), show_money(topic.amount) if topic.amount else "", queries_pack.names_of(found.decided(topic.account_id))] for topic in chapter.topics],
        }
        for chapter in found.chapters
    ]  # fmt: skip
    earlier = [[names.get(each.account_id, ""), each.words, each.who, each.due, ask.say(Text("Done")) if each.done else ask.say(Text("To do"))] for each in found.decisions]
    return Content({"day": ask.day, "chapters": chapters, "earlier": earlier, "present": found.minutes.present, "absent": found.minutes.absent}, ask.day, hotel_id=ask.hotel_id, signs=[Sign(SIGNS[0], ask.person), *map(Sign, SIGNS[1:])])


FORMS = (PaperForm("F08B", Text("Papers of the credit meeting"), DAY, pack, turned=True, numbered=True),)
