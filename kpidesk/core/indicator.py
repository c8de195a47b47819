"""Indicator: what is judged, how much it counts, and by which rule; up to three levels deep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import ZERO
from kpidesk.core.scoring.rules import ScoringRule
from kpidesk.core.settings import Amount

DEPTH = 3


@dataclass(frozen=True, slots=True)
class Indicator:
    """A leaf with a rule, or a dimension with children.

    `worth` is the weight in percent where the scheme adds weighted scores, the full points
    where it adds points; None: the source does not say. `inside` is the share in percent of its
    dimension, in place of a weight of its own. One that `supports` another shows the rater of
    that one a score, and counts for nothing itself.
    `clause` names the source rule (R02); `source` the department that supplies the data.
    """

    name: str
    worth: Decimal | None = None
    inside: Amount | None = None
    supports: str = ""
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
        if self.worth is not None and self.worth < 0:
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

    @property
    def points(self) -> Decimal:
        """Its full points: its own, or those of its children together."""
        if self.worth is not None:
            return self.worth
        return sum((child.points for child in self.children), ZERO)

    @property
    def is_divided(self) -> bool:
        """Whether its children share its weight, and have none of their own."""
        return any(child.inside is not None for child in self.children)

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
