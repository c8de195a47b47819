"""What became of the improvement plan: each look at an item is kept, the last one counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpidesk.core.appraisal import PlanItem
from kpidesk.core.errors import InvalidValueError


class Outcome(StrEnum):
    """What became of an item."""

    DONE = "done"  # 已完成
    GOES_ON = "goes_on"  # 继续: a new day is agreed on
    NOT_DONE = "not_done"  # 未完成
    DROPPED = "dropped"  # 取消: no longer needed


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One look at an item of a plan; `until` is the new day of an item that goes on."""

    what: str
    outcome: Outcome
    result: str
    on: date
    until: date | None = None
    by: str = ""

    def __post_init__(self) -> None:
        """Refuse an outcome that says nothing, and a new day that is none."""
        if not self.result.strip():
            msg = f"请写明“{self.what}”的跟踪结果"
            raise InvalidValueError(msg)
        if self.outcome is Outcome.GOES_ON and (self.until is None or self.until <= self.on):
            msg = f"“{self.what}”继续改进，请填写新的完成日期（在跟踪日期 {self.on} 之后）"
            raise InvalidValueError(msg)
        if self.outcome is not Outcome.GOES_ON and self.until is not None:
            msg = "只有“继续”的事项才填写新的完成日期"
            raise InvalidValueError(msg)


@dataclass(frozen=True, slots=True)
class Tracked:
    """An item of a plan with every look at it, oldest first."""

    item: PlanItem
    looks: tuple[FollowUp, ...] = ()

    @property
    def last(self) -> FollowUp | None:
        """The look that counts."""
        return self.looks[-1] if self.looks else None

    @property
    def due(self) -> date | None:
        """Until when it is to be done, as was agreed last."""
        return self.last.until if self.last and self.last.until else self.item.due

    @property
    def is_open(self) -> bool:
        """Whether it is still to be looked at."""
        return self.last is None or self.last.outcome is Outcome.GOES_ON

    @property
    def is_carried_on(self) -> bool:
        """Whether it belongs into what is agreed on next: neither done nor dropped."""
        return self.last is None or self.last.outcome in (Outcome.GOES_ON, Outcome.NOT_DONE)

    def is_due(self, today: date) -> bool:
        """Whether it waits to be looked at on a day."""
        return self.is_open and self.due is not None and self.due <= today


def tracked(plan: Iterable[PlanItem], looks: Iterable[FollowUp]) -> Iterator[Tracked]:
    """Each item of a plan with the looks at it; items are told apart by their words."""
    known = tuple(looks)
    for item in plan:
        yield Tracked(item, tuple(one for one in known if one.what == item.what))


def next_due(items: Iterable[Tracked]) -> date | None:
    """The first day on which an item of a plan is to be looked at."""
    return min((one.due for one in items if one.is_open and one.due is not None), default=None)
