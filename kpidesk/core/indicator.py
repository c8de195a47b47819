"""Indicator: what is judged, how much it counts, and by which rule; up to three levels deep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.scoring.rules import ScoringRule

DEPTH = 3


@dataclass(frozen=True, slots=True)
class Indicator:
    """A leaf with a rule, or a dimension with children.

    `worth` is the weight in percent where the scheme adds weighted scores, the full points
    where it adds points. A dimension's worth is the sum of its children's (0: not stated).
    `clause` names the source rule (R02); `source` the department that supplies the data.
    """

    name: str
    worth: Decimal
    clause: str = ""
    definition: str = ""
    source: str = ""
    rule: ScoringRule | None = None
    children: tuple[Indicator, ...] = ()

    def __post_init__(self) -> None:
        """Refuse nonsense: no name, a negative worth, a leaf without a rule, too deep a tree."""
        if not self.name.strip():
            msg = "指标必须有名称"
            raise InvalidValueError(msg)
        if self.worth < 0:
            msg = f"指标“{self.name}”的权重或满分不能为负数({self.worth})"
            raise InvalidValueError(msg)
        if (self.rule is None) == (not self.children):
            msg = f"指标“{self.name}”要么有评分规则，要么有下级指标，二者必居其一"
            raise InvalidValueError(msg)
        if self.depth > DEPTH:
            msg = f"指标“{self.name}”层级过深，最多 {DEPTH} 级"
            raise InvalidValueError(msg)

    @property
    def depth(self) -> int:
        """How many levels it spans: 1 for a leaf."""
        return 1 + max((child.depth for child in self.children), default=0)

    def leaves(self) -> Iterator[Indicator]:
        """The scored indicators, in printed order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def walk(self) -> Iterator[Indicator]:
        """Itself and everything below, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()
