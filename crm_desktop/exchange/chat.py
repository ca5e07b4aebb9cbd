"""A list somebody wrote in a chat, as the rows of a table: numbered names with phones, or `label: value` one below the other.

Who said it and when, pictures and answers like 好的 are no part of it. A line nobody understands stays a row of its own, with
its words as the remark: it is shown and left out, never lost silently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from crm_desktop.exchange.mapping import heading, known_words, plain_words
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Record
from crm_desktop.record.text import both

LONGEST = 400  # letters of a line that is looked at: nobody writes a row of a list longer than that
_TIME = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*)?(?:星期.\s*|周.\s*|昨天\s*)?(?:凌晨|早上|上午|中午|下午|晚上)?\s*\d{1,2}:\d{2}(?::\d{2})?"
_SAID = re.compile(rf"(?:.{{1,40}}?\s+)?{_TIME}(?:\s+\S.{{0,40}})?|[^:：]{{1,24}}[:：]|[-—=·\s]*\d{{4}}年\d{{1,2}}月\d{{1,2}}日[-—=·\s]*")
_NOISE = re.compile(r"\[[^\[\]]{1,8}\]|#?接龙|@\S+|.*撤回了一条消息.*|(?:好的?|收到|谢谢|辛苦了?|ok|嗯+|可以|[\U0001f300-\U0001faff👌👍🙏])[!！。~～ ]*", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(?:[(（]?\d{1,4}[)）.、．:：]\s*(?!\d)|\d{1,4}\s+(?=\D)|[①-⑳]\s*|[-•*·]\s+)")
_LABEL = re.compile(r"(?:^|(?<=[\s,，;；、|｜]))([A-Za-z][A-Za-z/-]{0,15}|[\u4e00-\u9fff][\u4e00-\u9fff/]{0,9})\s*[:：]\s*")
_PHONE = re.compile(r"(?<![\d-])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-\d{7,8})(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_DAY = re.compile(r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]?|\d{1,2}[-/.]\d{1,2})")
_COUNT = re.compile(r"(\d{1,4})\s*(位|人|名|桌|间)")
_FIRM = re.compile(r"公司|集团|厂$|银行|酒店|医院|学校|大学|中学|[局委院社会所部]$|中心|协会|商会|科技|贸易|纺织|股份|\b(?:Ltd|Inc|Co|GmbH|LLC)\b", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff·\U00020000-\U0003ffff]{2,12}")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ'’.-]+")
_TITLED = re.compile(r".{1,4}(?:总|先生|女士|小姐|经理|主任|老师|院长|局长|科长|师傅)")
_APART = re.compile(r"[，,；;、|｜\t]+|\s+/\s+|\s+")
UNITS = {"位": ("people", "adults", "party"), "人": ("people", "adults", "party"), "名": ("people", "adults", "party"), "桌": ("tables",), "间": ("number", "room_count")}
LABELLED = 0.5  # of the lines, so that they are read as labels and values
REST = "remark"


def rows(record: Record, text: str) -> list[list[str]]:
    """The table, its headings first; none where the text is no list for this record."""
    labels = {words: heading(field) for words, field in known_words(record).items()}
    lines = [(line, number) for line, number in _lines(text, labels) if len(line) <= LONGEST]
    told = [line for line, _ in lines if line]
    if not told:
        return []
    labelled = sum(any(plain_words(found[1]) in labels for found in _LABEL.finditer(line)) for line in told)
    if labelled >= max(1, LABELLED * len(told)):
        return _table(record, _labelled(record, lines, labels))
    return _headed(told, labels) or _table(record, _listed(record, told))


def _lines(text: str, labels: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """What was written, line by line, and whether it began with a number; '' between two messages."""
    for line in text.replace("\u2005", " ").replace("\u3000", " ").replace("\u200b", "").splitlines():
        words = line.strip()
        if not words or (_SAID.fullmatch(words[: LONGEST + 1]) and not _PHONE.search(words) and plain_words(words) not in labels):
            yield "", False
        elif not _NOISE.fullmatch(words[: LONGEST + 1]):
            found = _NUMBER.match(words)
            rest = words[found.end() :].strip() if found else words
            yield rest, found is not None


def _table(record: Record, found: Sequence[dict[str, str]]) -> list[list[str]]:
    name = heading(record.by_name[_named_by(record)])
    heads = sorted(dict.fromkeys(name for row in found for name in row), key=lambda head: (head != name, head == REST))
    if not any(len(row) > 1 or (REST not in row and len(found) > 1) for row in found) or not any(name in row for row in found):
        return []
    return [heads, *([row.get(head, "") for head in heads] for row in found)]


def _named_by(record: Record) -> str:
    """The field that says who a row is about."""
    return "guest_id" if record.by_name[record.name].kind != Kind.TEXT and "guest_id" in record.by_name else record.name


# label: value


def _labelled(record: Record, lines: Sequence[tuple[str, bool]], labels: dict[str, str]) -> list[dict[str, str]]:
    """One row for each time the labels begin anew: one said again, a new message or number after the name is known."""
    out: list[dict[str, str]] = [{}]
    name = heading(record.by_name[_named_by(record)])
    last = ""
    for line, numbered in lines:
        if (not line or numbered) and name in out[-1]:
            out.append({})
            last = ""
        for label, value in _pairs(line, labels):
            label = label or (last or REST)
            if label in out[-1] and label != last:
                out.append({})
            out[-1][label] = f"{out[-1].get(label, '')} {value}".strip()
            last = label
    return [row for row in out if row]


def _pairs(line: str, labels: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The labels of a line with what follows each; words before the first have none."""
    found = [each for each in _LABEL.finditer(line) if plain_words(each[1]) in labels]
    if line and (not found or found[0].start()):
        yield "", line[: found[0].start() if found else None].strip(" ,，;；、|｜")
    for each, after in zip(found, [*found[1:], None], strict=False):
        yield labels[plain_words(each[1])], line[each.end() : after.start() if after else None].strip(" ,，;；、|｜")


# a list


def _headed(lines: Sequence[str], labels: dict[str, str]) -> list[list[str]]:
    """A list whose first line names its columns."""
    head = _APART.split(lines[0])
    known = [labels.get(plain_words(each), "") for each in head]
    if len(head) < 2 or 2 * sum(map(bool, known)) < len(head) or any(map(str.isdigit, lines[0])):
        return []
    wide = len(head)
    cut = [_APART.split(line, maxsplit=wide - 1) for line in lines[1:]]
    return [[each or title for each, title in zip(known, head, strict=True)], *([*cells, *[""] * wide][:wide] for cells in cut)] if cut else []


def _listed(record: Record, lines: Sequence[str]) -> list[dict[str, str]]:
    reader = _Reader(record)
    return [reader.row(line) for line in lines]


class _Reader:
    """Tells the pieces of a line apart by what they look like, as far as the record has a field for them."""

    def __init__(self, record: Record) -> None:
        self._has = {field.name for field in record.fields if field.stored}
        self._name = _named_by(record)
        self._days = [field.name for field in record.fields if field.kind == Kind.DATE and field.stored and not field.settled][:2]
        self._firm = record.name if record.key == "account" else next((name for name in ("account_id", "company_id") if name in self._has), "")
        self._choices = _choices(record)
        self._heads = {field.name: heading(field) for field in record.fields}

    def row(self, line: str) -> dict[str, str]:
        """Its cells by their headings; what has no field is in the remark."""
        out: dict[str, str] = {}
        rest = self._lift(line, _MAIL, "email", out)
        rest = self._lift(rest, _PHONE, "phone", out)
        left = [piece for piece in _pieces(rest) if not self._take(piece, out)]
        if self._name not in out and (who := next(filter(_TITLED.fullmatch, left), "") or next(filter(_is_name, left[:1]), "")):
            left.remove(who)
            out[self._name] = who
        if "place" in self._has and "place" not in out and left and _is_name(left[0]):
            out["place"] = left.pop(0)
        if left and REST in self._has:
            out[REST] = " ".join(left)
        return {self._heads.get(name, name): words for name, words in out.items()}

    def _lift(self, line: str, pattern: re.Pattern[str], name: str, out: dict[str, str]) -> str:
        found = pattern.search(line)
        if found is None or name not in self._has:
            return line
        out[name] = found[0]
        return f"{line[: found.start()]} {line[found.end() :]}"

    def _take(self, piece: str, out: dict[str, str]) -> bool:
        """Put a piece where its looks say; False where nothing does."""
        name = self._field_of(piece, out)
        if not name or name in out:
            return False
        counted = _COUNT.fullmatch(piece)
        out[name] = counted[1] if counted else piece.replace("号", "日") if _DAY.fullmatch(piece) else piece
        return True

    def _field_of(self, piece: str, out: dict[str, str]) -> str:
        if _DAY.fullmatch(piece):
            return next((name for name in self._days if name not in out), "")
        if counted := _COUNT.fullmatch(piece):
            return next((name for name in UNITS[counted[2]] if name in self._has), "")
        if (name := self._choices.get(piece.lower(), "")) and name != self._name:
            return name
        return self._firm if self._firm and _FIRM.search(piece) else ""


def _choices(record: Record) -> dict[str, str]:
    """The words of choices, and whose they are; a word two fields have is nobody's."""
    out: dict[str, str] = {}
    fields: list[Field] = [f for f in record.fields if f.choices and f.stored and not f.hidden and not (record.machine and f.name == record.machine.field)]
    for field in fields:
        for _, text, _ in field.choices:
            for words in both(text):
                out[words.lower()] = "" if out.get(words.lower(), field.name) != field.name else field.name
    return out


def _is_name(piece: str) -> bool:
    return _HAN.fullmatch(piece) is not None or _LATIN.match(piece) is not None


def _pieces(line: str) -> list[str]:
    """The pieces of a line; Latin words beside each other are one name."""
    found = [piece.strip("()（）[]【】。.") for piece in _APART.split(line)]
    out: list[str] = []
    for latin, run in groupby(filter(None, found), key=lambda piece: _LATIN.fullmatch(piece) is not None):
        words = list(run)
        out += [" ".join(words)] if latin else words
    return out
