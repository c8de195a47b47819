"""The words and signs of formulas, as people type them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias

from kpidesk.core.formula.tree import Function, Sign


class Kind(StrEnum):
    """The kinds of token, as the grammar calls them."""

    NUMBER = "NUMBER"
    NAME = "NAME"
    FUNCTION = "FUNCTION"
    LEFT = "LEFT"
    RIGHT = "RIGHT"
    COMMA = "COMMA"
    PLUS = "PLUS"
    MINUS = "MINUS"
    TIMES = "TIMES"
    OVER = "OVER"
    PERCENT = "PERCENT"
    COMPARE = "COMPARE"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"


@dataclass(frozen=True, slots=True)
class Number:
    """What stands behind a number: 80万元 is 800000, 元, scaled."""

    value: Decimal
    unit: str
    scaled: bool


TokenValue: TypeAlias = Number | Sign | Function | str


FUNCTIONS: Final = {
    "if": Function.IF,
    "如果": Function.IF,
    "若": Function.IF,
    "min": Function.LEAST,
    "最小": Function.LEAST,
    "取小": Function.LEAST,
    "max": Function.MOST,
    "最大": Function.MOST,
    "取大": Function.MOST,
    "abs": Function.ABSOLUTE,
    "绝对值": Function.ABSOLUTE,
    "floor": Function.FLOOR,
    "取整": Function.FLOOR,
    "ceil": Function.CEILING,
    "进位": Function.CEILING,
    "round": Function.ROUND,
    "四舍五入": Function.ROUND,
    "上期": Function.BEFORE,
    "去年同期": Function.YEAR_BEFORE,
    "sum": Function.SUM,
    "合计": Function.SUM,
    "mean": Function.MEAN,
    "平均": Function.MEAN,
    "团队合计": Function.TEAM_SUM,
    "占比": Function.SHARE,
}
WORDS: Final[dict[str, tuple[Kind, TokenValue]]] = {
    "并且": (Kind.AND, "且"),
    "而且": (Kind.AND, "且"),
    "且": (Kind.AND, "且"),
    "and": (Kind.AND, "且"),
    "或者": (Kind.OR, "或"),
    "或": (Kind.OR, "或"),
    "or": (Kind.OR, "或"),
    "not": (Kind.NOT, "非"),
    "大于等于": (Kind.COMPARE, Sign.NOT_BELOW),
    "大于或等于": (Kind.COMPARE, Sign.NOT_BELOW),
    "不小于": (Kind.COMPARE, Sign.NOT_BELOW),
    "不低于": (Kind.COMPARE, Sign.NOT_BELOW),
    "不少于": (Kind.COMPARE, Sign.NOT_BELOW),
    "达到": (Kind.COMPARE, Sign.NOT_BELOW),
    "小于等于": (Kind.COMPARE, Sign.NOT_ABOVE),
    "小于或等于": (Kind.COMPARE, Sign.NOT_ABOVE),
    "不大于": (Kind.COMPARE, Sign.NOT_ABOVE),
    "不高于": (Kind.COMPARE, Sign.NOT_ABOVE),
    "不超过": (Kind.COMPARE, Sign.NOT_ABOVE),
    "大于": (Kind.COMPARE, Sign.ABOVE),
    "高于": (Kind.COMPARE, Sign.ABOVE),
    "超过": (Kind.COMPARE, Sign.ABOVE),
    "小于": (Kind.COMPARE, Sign.LESS),
    "低于": (Kind.COMPARE, Sign.LESS),
    "少于": (Kind.COMPARE, Sign.LESS),
    "不等于": (Kind.COMPARE, Sign.NOT_EQUAL),
    "等于": (Kind.COMPARE, Sign.EQUAL),
}
SYMBOLS: Final[dict[str, tuple[Kind, TokenValue]]] = {
    ">=": (Kind.COMPARE, Sign.NOT_BELOW),
    "≥": (Kind.COMPARE, Sign.NOT_BELOW),
    "<=": (Kind.COMPARE, Sign.NOT_ABOVE),
    "≤": (Kind.COMPARE, Sign.NOT_ABOVE),
    "<>": (Kind.COMPARE, Sign.NOT_EQUAL),
    "!=": (Kind.COMPARE, Sign.NOT_EQUAL),
    "≠": (Kind.COMPARE, Sign.NOT_EQUAL),
    "==": (Kind.COMPARE, Sign.EQUAL),
    "=": (Kind.COMPARE, Sign.EQUAL),
    ">": (Kind.COMPARE, Sign.ABOVE),
    "<": (Kind.COMPARE, Sign.LESS),
    "+": (Kind.PLUS, "+"),
    "-": (Kind.MINUS, "−"),
    "*": (Kind.TIMES, "×"),
    "×": (Kind.TIMES, "×"),
    "/": (Kind.OVER, "÷"),
    "÷": (Kind.OVER, "÷"),
    "%": (Kind.PERCENT, "%"),
    "(": (Kind.LEFT, "("),
    ")": (Kind.RIGHT, ")"),
    ",": (Kind.COMMA, ","),
    ";": (Kind.COMMA, ","),
}
