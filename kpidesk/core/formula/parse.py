"""The text of a formula → its tree."""

from __future__ import annotations

from functools import lru_cache

from kpidesk.core.formula.scan import scan
from kpidesk.core.formula.tree import FormulaError, Node, parts_of

MOST_PARTS = 150
"""How many numbers, names and operations a formula may have: a derivation must stay readable."""


@lru_cache(maxsize=256)
def parse(text: str, names: frozenset[str] = frozenset()) -> Node:
    """The tree of a formula; FormulaError says at which character what is wrong.

    `names` (in their normal form) are found in the text even where they hold an operator's word.
    """
    from kpidesk.core.formula.grammar import build

    node = build(scan(text, names))
    if (parts := _size(node)) > MOST_PARTS:
        problem = f"公式有 {parts} 项，太长了，最多 {MOST_PARTS} 项；请分成几条来算"
        raise FormulaError(0, problem)
    return node


def _size(node: Node) -> int:
    return 1 + sum(map(_size, parts_of(node)))
