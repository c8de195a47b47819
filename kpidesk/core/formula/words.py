"""A formula's tree → text that reads back as the same tree."""

from __future__ import annotations

from typing import Final, assert_never

from kpidesk.core.explain import show
from kpidesk.core.formula.scan import normal, scan
from kpidesk.core.formula.tree import (
    Both,
    Call,
    Comparison,
    Either,
    FormulaError,
    Literal,
    Name,
    Negative,
    Node,
    Not,
    Percent,
    Product,
    Sum,
)
from kpidesk.core.formula.vocabulary import Kind

_OR, _AND, _NOT, _COMPARED, _ADDED, _MULTIPLIED, _SIGNED, _ATOM = range(8)
_QUOTES: Final = ("“”", '""', "「」", "『』", "【】", "《》")


def printed(node: Node) -> str:
    """The formula as people write it, with no more brackets than it needs."""
    return _text(node, _OR)


def quoted(name: str) -> str:
    """A name as it is written in a formula: in quotes where it would read as something else."""
    try:
        tokens = scan(name)
    except FormulaError:
        tokens = ()
    if len(tokens) == 1 and tokens[0].kind is Kind.NAME and tokens[0].value == normal(name):
        return name
    pair = next((one for one in _QUOTES if one[1] not in name), _QUOTES[0])
    return f"{pair[0]}{name}{pair[1]}"


def _text(node: Node, around: int) -> str:
    text, binds = _bare(node)
    return text if binds >= around else f"({text})"


def _bare(node: Node) -> tuple[str, int]:  # noqa: C901 - one case for each kind of node
    """The text of a node, and how tightly it binds."""
    match node:
        case Literal():
            return _number(node), _ATOM
        case Name(text):
            return quoted(text), _ATOM
        case Sum(terms):
            return _row(terms, " + ", " − ", _MULTIPLIED), _ADDED
        case Product(factors):
            return _row(factors, " × ", " ÷ ", _SIGNED), _MULTIPLIED
        case Negative(of):
            return f"−{_text(of, _SIGNED)}", _SIGNED
        case Percent(of):
            return f"({_text(of, _OR)})%", _ATOM
        case Comparison(sign, left, right):
            return f"{_text(left, _ADDED)} {sign} {_text(right, _ADDED)}", _COMPARED
        case Both(parts):
            return " 且 ".join(_text(one, _NOT) for one in parts), _AND
        case Either(parts):
            return " 或 ".join(_text(one, _AND) for one in parts), _OR
        case Not(of):
            return f"非({_text(of, _OR)})", _NOT
        case Call(function, arguments):
            return f"{function}({'，'.join(_text(one, _OR) for one in arguments)})", _ATOM
        case _:
            assert_never(node)


def _row(parts: tuple[tuple[bool, Node], ...], plain: str, inverse: str, tighter: int) -> str:
    first = _text(parts[0][1], tighter)
    rest = (f"{inverse if mark else plain}{_text(one, tighter)}" for mark, one in parts[1:])
    return "".join((first, *rest))


def _number(literal: Literal) -> str:
    if not literal.scaled:
        return f"{show(literal.value)}{literal.unit}"
    return f"{show(literal.value.scaleb(-4))}万{literal.unit}"
