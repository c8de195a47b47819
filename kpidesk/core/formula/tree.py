"""A formula as a tree of small records. Every node knows where in the text it begins."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias, assert_never

from kpidesk.core.errors import KpiDeskError

MOST_DEPTH = 30
"""How deep brackets, signs and functions may be nested."""


class FormulaError(KpiDeskError):
    """A text is no formula; `at` is the place of the mistake, counted in characters from 0."""

    def __init__(self, at: int, problem: str) -> None:
        self.at = at
        self.problem = problem
        super().__init__(f"公式第 {at + 1} 个字：{problem}")


class Sign(StrEnum):
    """How two figures are compared."""

    LESS = "<"
    NOT_ABOVE = "≤"
    ABOVE = ">"
    NOT_BELOW = "≥"
    EQUAL = "="
    NOT_EQUAL = "≠"


class Function(StrEnum):
    """What can be called; the value is the word that we print."""

    IF = "如果"
    LEAST = "最小"
    MOST = "最大"
    ABSOLUTE = "绝对值"
    FLOOR = "取整"
    CEILING = "进位"
    ROUND = "四舍五入"
    BEFORE = "上期"
    YEAR_BEFORE = "去年同期"
    SUM = "合计"
    MEAN = "平均"
    TEAM_SUM = "团队合计"
    SHARE = "占比"


@dataclass(frozen=True, slots=True)
class Literal:
    """A number as typed: 30 % is 30 with the unit %, 8 万元 is 80000 with the unit 元.

    `scaled`: it was typed with 万 or 亿.
    """

    value: Decimal
    unit: str = ""
    scaled: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a fact, a parameter or an earlier result."""

    text: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms added; those marked True are taken off."""

    terms: tuple[tuple[bool, Node], ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Product:
    """Factors multiplied; those marked True divide."""

    factors: tuple[tuple[bool, Node], ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Negative:
    """−x."""

    of: Node
    at: int = 0


@dataclass(frozen=True, slots=True)
class Percent:
    """(…)%: what is in the brackets, in percent."""

    of: Node
    at: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures compared."""

    sign: Sign
    left: Node
    right: Node
    at: int = 0


@dataclass(frozen=True, slots=True)
class Both:
    """且: every one holds."""

    parts: tuple[Node, ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Either:
    """或: at least one holds."""

    parts: tuple[Node, ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """非: it does not hold."""

    of: Node
    at: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    function: Function
    arguments: tuple[Node, ...]
    at: int = 0


Node: TypeAlias = (
    Literal | Name | Sum | Product | Negative | Percent | Comparison | Both | Either | Not | Call
)


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes right below one."""
    match node:
        case Literal() | Name():
            return ()
        case Sum(pairs) | Product(pairs):
            return tuple(one for _, one in pairs)
        case Negative(of) | Percent(of) | Not(of):
            return (of,)
        case Comparison(left=left, right=right):
            return (left, right)
        case Both(parts) | Either(parts):
            return parts
        case Call(arguments=arguments):
            return arguments
        case _:
            assert_never(node)


def names_in(node: Node) -> tuple[Name, ...]:
    """Every name that a formula mentions, in reading order."""
    if isinstance(node, Name):
        return (node,)
    return tuple(name for one in parts_of(node) for name in names_in(one))
