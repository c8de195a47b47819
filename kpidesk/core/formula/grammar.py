"""The grammar of formulas: tokens → tree. Loads the grammar library, so it is imported late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeAlias, TypeVar, cast

from lark import Lark, Transformer
from lark import Token as LarkToken
from lark.exceptions import UnexpectedToken

from kpidesk.core.formula.scan import Token
from kpidesk.core.formula.tree import (
    MOST_DEPTH,
    Both,
    Call,
    Comparison,
    Either,
    FormulaError,
    Function,
    Literal,
    Name,
    Negative,
    Node,
    Not,
    Percent,
    Product,
    Sign,
    Sum,
)
from kpidesk.core.formula.vocabulary import Kind, Number

_GRAMMAR = """
%declare NUMBER NAME FUNCTION LEFT RIGHT COMMA PLUS MINUS TIMES OVER PERCENT COMPARE AND OR NOT
?start: either
?either: both (OR both)*
?both: denial (AND denial)*
?denial: NOT denial -> deny
    | comparison
?comparison: sum [COMPARE sum]
?sum: product ((PLUS | MINUS) product)*
?product: signed ((TIMES | OVER) signed)*
?signed: MINUS signed -> negative
    | PLUS signed -> positive
    | atom
?atom: NUMBER -> number
    | NAME -> name
    | LEFT either RIGHT -> group
    | LEFT either RIGHT PERCENT -> percent
    | FUNCTION LEFT either (COMMA either)* RIGHT -> call
"""

_VALUES = frozenset({Kind.NUMBER, Kind.NAME, Kind.FUNCTION, Kind.LEFT})
_OPERATORS = frozenset({Kind.PLUS, Kind.MINUS, Kind.TIMES, Kind.OVER, Kind.COMPARE})

T = TypeVar("T")
_Built: TypeAlias = tuple[Node, int]
"""A node and how deep it is."""

_Child: TypeAlias = LarkToken | _Built | None


def build(tokens: Sequence[Token]) -> Node:
    """The tree of a formula's tokens; FormulaError says what is wrong, and where."""
    parser: Any = _parser().parse_interactive()  # lark does not type its methods
    for place, token in enumerate(tokens):
        try:
            parser.feed_token(LarkToken(token.kind.value, token))
        except UnexpectedToken:
            accepted = frozenset(map(str, parser.accepts()))
            raise FormulaError(token.at, _complaint(tokens, place, accepted)) from None
    try:
        node: Node = parser.feed_eof()[0]
    except UnexpectedToken:
        raise FormulaError(tokens[-1].end, _unfinished(tokens)) from None
    return node


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", transformer=_Builder(), maybe_placeholders=False)


def _complaint(tokens: Sequence[Token], place: int, accepted: frozenset[str]) -> str:
    """What is wrong with a token where it stands, and what belongs there instead."""
    token = tokens[place]
    before = tokens[place - 1] if place else None
    match token.kind:
        case Kind.RIGHT if Kind.RIGHT not in accepted and _is_value_due(accepted):
            return "右括号前面缺少数字或名称"
        case Kind.RIGHT:
            return "多了一个右括号，请删去，或补上左括号"
        case Kind.COMMA if not _is_value_due(accepted):
            return "逗号只用在函数的括号里，例如 最大(甲, 乙)；小数点请写 ."
        case Kind.COMPARE if before is None:
            return "公式不要以等号开头，只写等号右边的算法"
        case Kind.COMPARE if not _is_value_due(accepted):
            return "一处只能比较一次：请写成 甲 ≤ 乙 且 乙 < 丙"
        case Kind.PERCENT if not _is_value_due(accepted):
            return "% 只能接在数字或右括号后面"
        case one if one in _VALUES and not _is_value_due(accepted):
            return "与前一项之间缺少运算符；相乘请写 ×，名称里有空格或运算符的请加引号“ ”"
        case _:
            return "这里应写数字、名称或左括号"


def _is_value_due(accepted: frozenset[str]) -> bool:
    return Kind.NUMBER in accepted


def _unfinished(tokens: Sequence[Token]) -> str:
    kinds = [one.kind for one in tokens]
    if kinds[-1] in {*_VALUES - {Kind.LEFT, Kind.FUNCTION}, Kind.RIGHT, Kind.PERCENT}:
        missing = kinds.count(Kind.LEFT) - kinds.count(Kind.RIGHT)
        return f"公式没有写完，还缺 {missing} 个右括号"
    return "公式没有写完，后面应有数字或名称"


def _at(child: _Child) -> int:
    return child.value.at if isinstance(child, LarkToken) else _node(child).at


def _node(child: _Child) -> Node:
    return _of(child)[0]


def _of(child: _Child) -> _Built:
    return cast("_Built", child)  # the grammar says which children are nodes


def _value(child: _Child, _: type[T]) -> T:
    return cast("T", cast("LarkToken", child).value.value)


def _built(node: Node, *below: _Built) -> _Built:
    """A node with its depth; FormulaError where it is too deep."""
    depth = 1 + max((depth for _, depth in below), default=0)
    if depth > MOST_DEPTH:
        problem = f"括号、函数或正负号嵌套超过 {MOST_DEPTH} 层，请分成几项来算"
        raise FormulaError(node.at, problem)
    return node, depth


def _parts(children: Sequence[_Child]) -> list[_Built]:
    return [_of(one) for one in children if isinstance(one, tuple)]


def _chain(children: Sequence[_Child], inverse: Kind, make: Callable[..., Node]) -> _Built:
    """Terms or factors, each marked where the operator before it is the inverse one."""
    parts = _parts(children)
    signs = [one.type for one in children if isinstance(one, LarkToken)]
    marked = zip([False, *(sign == inverse for sign in signs)], parts, strict=True)
    node = make(tuple((mark, one) for mark, (one, _) in marked), _at(children[0]))
    return _built(node, *parts)


class _Builder(Transformer[LarkToken, _Built]):
    """Makes our nodes while the text is parsed; lark calls a method for each rule."""

    def number(self, children: list[_Child]) -> _Built:
        """A literal."""
        token = _value(children[0], Number)
        return _built(Literal(token.value, token.unit, token.scaled, _at(children[0])))

    def name(self, children: list[_Child]) -> _Built:
        """A name."""
        return _built(Name(_value(children[0], str), _at(children[0])))

    def group(self, children: list[_Child]) -> _Built:
        """What stands in brackets; it counts for the depth."""
        node, depth = _of(children[1])
        return _built(node, (node, depth))

    def percent(self, children: list[_Child]) -> _Built:
        """(…)%."""
        inner = _of(children[1])
        return _built(Percent(inner[0], _at(children[0])), inner)

    def negative(self, children: list[_Child]) -> _Built:
        """−x."""
        inner = _of(children[1])
        return _built(Negative(inner[0], _at(children[0])), inner)

    def positive(self, children: list[_Child]) -> _Built:
        """+x is x."""
        return self.group(children)

    def sum(self, children: list[_Child]) -> _Built:
        """Terms."""
        return _chain(children, Kind.MINUS, Sum)

    def product(self, children: list[_Child]) -> _Built:
        """Factors."""
        return _chain(children, Kind.OVER, Product)

    def comparison(self, children: list[_Child]) -> _Built:
        """Two sides."""
        left, right = _parts(children)
        sign = _value(children[1], Sign)
        return _built(Comparison(sign, left[0], right[0], _at(children[0])), left, right)

    def both(self, children: list[_Child]) -> _Built:
        """且."""
        parts = _parts(children)
        return _built(Both(tuple(one for one, _ in parts), _at(children[0])), *parts)

    def either(self, children: list[_Child]) -> _Built:
        """或."""
        parts = _parts(children)
        return _built(Either(tuple(one for one, _ in parts), _at(children[0])), *parts)

    def deny(self, children: list[_Child]) -> _Built:
        """非."""
        inner = _of(children[1])
        return _built(Not(inner[0], _at(children[0])), inner)

    def call(self, children: list[_Child]) -> _Built:
        """A function."""
        function = _value(children[0], Function)
        parts = _parts(children)
        node = Call(function, tuple(one for one, _ in parts), _at(children[0]))
        return _built(node, *parts)
