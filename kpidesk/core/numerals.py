"""Numbers as people type them → exact decimals; the grammar is strict, the messages Chinese.

Understood: 12345, 1,234.50, １２３４５, ￥1,234, 12万, 1.5亿, 95%, (100) for −100.
Refused, each with its reason: 12.345.678, 1e5, 九十五, 12,34, an empty text.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from kpidesk.core.errors import InvalidValueError

_PLAIN: Final = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?|\.\d+")
_FACTORS: Final = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_MINUS: Final = str.maketrans({"−": "-", "–": "-", "﹣": "-", "、": ","})
_CHINESE_DIGITS: Final = frozenset("零〇一二两三四五六七八九十百千")
_MOST_DIGITS: Final = 28


def parse_decimal(text: str) -> Decimal:
    """The number that was typed; 95% is 0.95; InvalidValueError says in Chinese what is wrong."""
    rest = unicodedata.normalize("NFKC", text).translate(_MINUS).strip()
    if not rest:
        msg = "请填写数字"
        raise InvalidValueError(msg)
    negative = False
    if rest.startswith("(") and rest.endswith(")"):
        negative, rest = True, rest[1:-1].strip()
    if rest[:1] in {"+", "-"}:
        if negative:
            raise InvalidValueError(_why_not(text, rest))
        negative, rest = rest[0] == "-", rest[1:].lstrip()
    rest = rest.removeprefix("¥").lstrip().removesuffix("元").rstrip()
    shift, factor = 0, Decimal(1)
    if rest.endswith("%"):
        shift, rest = -2, rest[:-1].rstrip()
    elif rest[-1:] in _FACTORS:
        factor, rest = _FACTORS[rest[-1]], rest[:-1].rstrip()
    if not _PLAIN.fullmatch(rest) or len(rest) > _MOST_DIGITS:
        raise InvalidValueError(_why_not(text, rest))
    value = (Decimal(rest.replace(",", "")) * factor).scaleb(shift)
    return -value if negative and value else value


def _why_not(typed: str, rest: str) -> str:
    shown = typed.strip()
    if len(rest) > _MOST_DIGITS:
        return f"“{shown}”太长，最多 {_MOST_DIGITS} 位"
    if rest and set(rest) <= _CHINESE_DIGITS:
        return f"“{shown}”是汉字数字，请改用阿拉伯数字，例如 95"
    if re.fullmatch(r"[\d.]+[eE][+-]?\d+", rest):
        return f"“{shown}”是科学计数法，请写出完整的数字"
    if rest.count(".") > 1:
        return f"“{shown}”有多个小数点，请检查"
    if "," in rest and re.fullmatch(r"[\d,]+(\.\d+)?", rest):
        return f"“{shown}”的千位分隔符位置不对，应每三位一个，例如 1,234,567"
    return f"“{shown}”不是数字，请只填数字，例如 95 或 1,234.5"
