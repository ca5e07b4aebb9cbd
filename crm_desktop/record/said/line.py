"""A typed line while it is being understood: one spelling of it, the pieces found so far, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

TAKEN = "\0"  # stands where a piece was found: an end of words for whatever looks later
NAMED = "\ue000"  # stands for the letters of a known name: no rule reads into it
SEPARATORS = " \t\r\n\0，。、；：,;:!！?？"
END = r"(?=$|[\s\0，。、；：,;:!！?？()（）])"
START = r"(?:^|(?<=[\s\0，。、；：,;:!！?？()（）]))"
LATEST = r"\s?(?:之前|以前|前(?![台厅面任期妻年天往来半景程途辈])|为止|截止|at the latest)"
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_OLD = "週點萬兩倆號後禮個間廳廂雙歡過對會議說財務闆應賬帳錢員團隊訂約簽續報價詢時農曆閏臘節陽慶國開發給來貝蝦雞堅麩質絨參觀億圓塊戶結還轉匯總經飯館壽婦兒聖誕齋溫軟蕎裝樓層電視聽醫證態與極場維護競讓訴請幾夠剛為預現檔達"
_OLD += "處廣東陸單馬麥鵝類鮮猶風車門愛沒當貨傳紹潔臺灣種樂髒靜內衛獎龍鳳鮑魚鴨鵪頭麵湯鹽蔥薑燉燒雜菸煙絲繡訪樣據庫賓貴賀蘭瀾辦責陳張劉趙吳鄭馮許楊黃蔣孫喬龔鄧蕭葉趕辭寫聯絡繫記錄項標寧穩勸異體別長嗎裡誰隨書師爺媽親爾歲"
_NEW = "周点万两俩号后礼个间厅厢双欢过对会议说财务板应账账钱员团队订约签续报价询时农历闰腊节阳庆国开发给来贝虾鸡坚麸质绒参观亿圆块户结还转汇总经饭馆寿妇儿圣诞斋温软荞装楼层电视听医证态与极场维护竞让诉请几够刚为预现档达"
_NEW += "处广东陆单马麦鹅类鲜犹风车门爱没当货传绍洁台湾种乐脏静内卫奖龙凤鲍鱼鸭鹌头面汤盐葱姜炖烧杂烟烟丝绣访样据库宾贵贺兰澜办责陈张刘赵吴郑冯许杨黄蒋孙乔龚邓萧叶赶辞写联络系记录项标宁稳劝异体别长吗里谁随书师爷妈亲尔岁"
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3})")


class _Spelling(dict[int, str]):
    """Every character as the rules know it: narrow, small, simplified; always one for one, so that places stay."""

    def __missing__(self, code: int) -> str:
        plain = chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E and code != ord("，") else chr(code)
        small = plain.lower()
        self[code] = small if len(small) == 1 else plain
        return self[code]


_SPELLING = _Spelling({ord(old): new for old, new in zip(_OLD, _NEW, strict=True)})
_SPELLING.update({ord("\u3000"): " ", ord("￥"): "¥", ord("−"): "-"})


def plain(line: str) -> str:
    """The line in one spelling, each character at its place."""
    return _WIDE_COMMA.sub(",", line).translate(_SPELLING) if not line.isascii() else line.lower()


@cache
def pattern(source: str) -> re.Pattern[str]:
    """A rule's pattern, compiled when a line is first read: nobody waits for it at the start."""
    return re.compile(source)


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern of some words, the longest first; Latin ones only as whole words."""
    return re.compile("|".join(_word(word) for word in sorted(words, key=len, reverse=True)))


def _word(word: str) -> str:
    return rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)


class Piece(NamedTuple):
    """A part of the line that means something: the field it gives, from where to where, and its letters."""

    field: str
    start: int
    end: int
    text: str


class Said:
    """The line at work: rules search `text` and `take` what they understood, which no later rule sees again."""

    def __init__(self, line: str, names: Iterable[str] = ()) -> None:
        self.line = line
        self.text = self.spelled = plain(line)
        self.pieces: list[Piece] = []
        for name in map(plain, names):
            self.text = self.text.replace(name, NAMED * len(name)) if name else self.text

    def take(self, field: str, start: int, end: int) -> None:
        """A piece of the line gives this field; one that reaches into another is left to that."""
        if TAKEN in self.text[start:end]:
            return
        self.pieces.append(Piece(field, start, end, self.line[start:end]))
        self.text = self.text[:start] + TAKEN * (end - start) + self.text[end:]

    def take_all(self, field: str, words: re.Pattern[str]) -> list[str]:
        """Take every match of a pattern; what was matched."""
        found = list(words.finditer(self.text))
        for match in found:
            self.take(field, match.start(), match.end())
        return [match[0] for match in found]

    def rest(self, *kept: str) -> str:
        """The words no piece covers, pieces of the `kept` fields counted as words, in the line's own letters."""
        glued, closed = "", False
        for start, end in self._gaps(kept):
            part = " ".join(self.line[start:end].split())
            words = part.strip(SEPARATORS)
            if words:
                near = closed and self.line[start] == words[0] and _both_han(glued[-1], words[0])
                glued += words if near or not glued else " " + words
            closed = bool(words) and self.line[end - 1] == words[-1]
        return glued

    def _gaps(self, kept: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        at = 0
        for piece in sorted((p for p in self.pieces if p.field not in kept), key=lambda p: p.start):
            if piece.start > at:
                yield at, piece.start
            at = max(at, piece.end)
        if at < len(self.line):
            yield at, len(self.line)


def _both_han(left: str, right: str) -> bool:
    return left >= "\u2e80" and right >= "\u2e80"


class Understood:
    """What a line was understood as. `rest` is what no piece covers; a field in `doubts` is empty until one of its values
    is picked (none listed: the line offers none)."""

    def __init__(self, said: Said) -> None:
        self.line = said.line
        self.pieces: tuple[Piece, ...] = ()
        self.rest = ""
        self.doubts: dict[str, tuple[Any, ...]] = {}

    def close(self, said: Said) -> None:
        """Take over the pieces and the rest when all rules have looked."""
        self.pieces = tuple(sorted(said.pieces, key=lambda piece: piece.start))
        self.rest = said.rest()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in vars(self).items() if k != 'line')})"
