"""Numbers in Chinese and Arabic figures: 十二, 两百五, 三千五, 1万2, 1.2万."""

from __future__ import annotations

from crm_desktop.record.said.line import pattern

FIGURES = "零〇一二两俩三四五六七八九"
COUNT = r"(?:[0-9]{1,4}|[一二两俩三四五六七八九十廿卅百]{1,5})"  # of days, people, hours
_VALUES = dict(zip(FIGURES, (0, 0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_FIGURE = "[一二两俩三四五六七八九]"
_SECTION = rf"(?:({_FIGURE})千)?(?:零?({_FIGURE})百)?(?:零?({_FIGURE}?)(十))?(零?)({_FIGURE})?"
_SIZES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "k": 1000, "w": 10**4, "百万": 10**6, "千万": 10**7}
_TO_CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
_NUMBER = rf"([0-9,]+)(?:\.([0-9]{{1,6}}))?({'|'.join(sorted(_SIZES, key=len, reverse=True))})?([0-9{FIGURES}百千万]*)"


def whole(words: str) -> int | None:
    """The value of a whole number in either figures; None when it is none (三五, 百)."""
    return int(words) if words.isascii() and words.isdigit() else _chinese(words)


def _chinese(words: str) -> int | None:
    rest = words.replace("廿", "二十").replace("卅", "三十").replace("〇", "零")
    total, last = 0, 0
    for size in ("亿", "万"):
        head, found, tail = rest.partition(size)
        if found:
            count = _section(head)
            if not count:
                return None
            total, rest, last = total + count * _SIZES[size], tail, _SIZES[size]
    if last and len(rest) == 1 and rest in _VALUES and rest != "零":
        return total + _VALUES[rest] * last // 10
    value = _section(rest.removeprefix("零") if last else rest) if rest else 0
    return None if value is None or not words else total + value


def _section(words: str) -> int | None:
    """A number below ten thousand; the last figure of 三千五 and 一百二 counts tenths of what stands before it."""
    found = pattern(_SECTION).fullmatch(words)
    if not found or not words.strip("零"):
        return None
    thousands, hundreds, tens, ten, zero, ones = found.groups()
    value = sum(_VALUES[figure] * size for figure, size in ((thousands, 1000), (hundreds, 100)) if figure)
    value += (_VALUES[tens] if tens else 1) * 10 if ten else 0
    short = 0 if zero or ten or not ones else 10 if hundreds else 100 if thousands else 0
    return value + (_VALUES[ones] * (short or 1) if ones else 0)


def hundredths(words: str) -> int | None:
    """A number in hundredths, sizes and figures mixed; None when it is none or finer than a hundredth."""
    found = pattern(_NUMBER).fullmatch(words)
    if not found:
        value = _chinese(words)
        return None if value is None else value * 100
    figures, part, size, tail = found.groups()
    scale = 100 * _SIZES.get(size, 1)
    value, lost = divmod(int(figures.replace(",", "") + (part or "")) * scale, 10 ** len(part or ""))
    more = _tail(tail, scale // 100) if tail and size and not part else 0
    return None if lost or more is None or (tail and not more) else value + more * 100


def _tail(words: str, size: int) -> int | None:
    """What follows a size: 2 in 1万2 are two thousand, 2百 are two hundred."""
    if words.isascii() and len(words) > 1:
        return int(words) if len(words) == len(str(size)) - 1 else None
    chinese = words.translate(_TO_CHINESE)
    value = _VALUES[chinese] * size // 10 if chinese in _VALUES else _chinese(chinese.removeprefix("零"))
    return value if value is not None and value < size else None
