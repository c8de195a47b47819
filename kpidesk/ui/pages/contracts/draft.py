"""The terms of a contract while they are being filled in: may be incomplete, may be undone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpidesk.core.agreed import asked_targets
from kpidesk.core.exact import ZERO
from kpidesk.core.target import Target, places_of, split_target
from kpidesk.ui.words import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from kpidesk.core.added_item import Added
    from kpidesk.core.scheme import Scheme
    from kpidesk.core.settings import SettingValue


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """One target while it is typed: the total and the months need not agree yet.

    `months` has a place for each month of the term; it is empty where the figure has no monthly
    part (a market share).
    """

    fact: str
    label: str
    unit: str
    adds_up: bool
    total: Decimal | None
    months: tuple[Decimal | None, ...]

    @property
    def assigned(self) -> Decimal:
        """What the months have so far."""
        return sum((one for one in self.months if one is not None), ZERO)

    @property
    def unassigned(self) -> Decimal:
        """未分配: what the months leave of the total; below zero when they exceed it."""
        return (self.total or ZERO) - self.assigned

    @property
    def has_months(self) -> bool:
        """Whether a month has been filled in."""
        return any(one is not None for one in self.months)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been filled in."""
        return self.total is None and not self.has_months

    def split(self) -> TargetDraft:
        """平均分解: the total over all months, exactly; unchanged without a total."""
        if self.total is None or not self.months:
            return self
        exponent = self.total.normalize().as_tuple().exponent
        own = max(0, -exponent) if isinstance(exponent, int) else 0
        places = max(own, places_of(self.unit))
        return replace(self, months=split_target(self.total, len(self.months), places))

    def with_month(self, number: int, figure: Decimal | None) -> TargetDraft:
        """Another figure for one month (from 0)."""
        months = (*self.months[:number], figure, *self.months[number + 1 :])
        return replace(self, months=months)

    def problem(self) -> str:
        """Why it cannot go into a contract as it stands; empty when it can."""
        if not self.has_months:
            return ""
        if self.total is None:
            return (
                f"“{self.label}”填了各月目标（合计 {number_text(self.assigned)}{self.unit}），"
                "请同时填写全期目标"
            )
        if missing := sum(one is None for one in self.months):
            return f"“{self.label}”还有 {missing} 个月没有目标，请补全，或清空各月"
        if self.adds_up and self.unassigned:
            more = "少" if self.unassigned > 0 else "多"
            return (
                f"“{self.label}”的各月合计为 {number_text(self.assigned)}{self.unit}，"
                f"比全期目标 {number_text(self.total)}{self.unit}{more} "
                f"{number_text(abs(self.unassigned))}{self.unit}，请调整"
            )
        return ""

    def target(self) -> Target:
        """The core value; only when there is no `problem`."""
        months = tuple(one for one in self.months if one is not None)
        return Target(self.fact, self.label, self.unit, self.total, months, self.adds_up)


@dataclass(frozen=True, slots=True)
class TermsDraft:
    """What the officer fills in for a contract. `settings` holds only what is set."""

    targets: tuple[TargetDraft, ...] = ()
    settings: tuple[tuple[str, SettingValue], ...] = ()
    special_terms: tuple[str, ...] = ()
    added: tuple[Added, ...] = ()

    def with_target(self, target: TargetDraft) -> TermsDraft:
        """The draft with one target replaced."""
        targets = tuple(target if one.fact == target.fact else one for one in self.targets)
        return replace(self, targets=targets)

    def target(self, fact: str) -> TargetDraft:
        """The target of a fact."""
        return next(one for one in self.targets if one.fact == fact)

    def measured(self, scheme: Scheme, role: str) -> TermsDraft:
        """The draft without the targets of indicators that raters score by these parameters."""
        asked = {one.name for one in asked_targets(scheme, role, dict(self.settings))}
        return replace(self, targets=tuple(one for one in self.targets if one.fact in asked))

    def finished_targets(self) -> tuple[Target, ...]:
        """The targets as core values; empty ones are left out."""
        return tuple(one.target() for one in self.targets if not one.is_empty)


@dataclass(frozen=True, slots=True)
class SetTarget:
    """Replaces one target."""

    label: str
    target: TargetDraft

    def apply(self, draft: TermsDraft) -> tuple[TermsDraft, SetTarget]:
        """The new draft, and how to take it back."""
        before = draft.target(self.target.fact)
        return draft.with_target(self.target), SetTarget(self.label, before)


@dataclass(frozen=True, slots=True)
class SetSettings:
    """Replaces the parameters."""

    label: str
    settings: tuple[tuple[str, SettingValue], ...]

    def apply(self, draft: TermsDraft) -> tuple[TermsDraft, SetSettings]:
        """The new draft, and how to take it back."""
        after = replace(draft, settings=self.settings)
        return after, SetSettings(self.label, draft.settings)


@dataclass(frozen=True, slots=True)
class SetSpecialTerms:
    """Replaces the special terms."""

    label: str
    terms: tuple[str, ...]

    def apply(self, draft: TermsDraft) -> tuple[TermsDraft, SetSpecialTerms]:
        """The new draft, and how to take it back."""
        after = replace(draft, special_terms=self.terms)
        return after, SetSpecialTerms(self.label, draft.special_terms)


@dataclass(frozen=True, slots=True)
class SetAdded:
    """Replaces what is added to the indicators, with the weights that leave room for it."""

    label: str
    added: tuple[Added, ...]
    settings: tuple[tuple[str, SettingValue], ...]

    def apply(self, draft: TermsDraft) -> tuple[TermsDraft, SetAdded]:
        """The new draft, and how to take it back."""
        after = replace(draft, added=self.added, settings=self.settings)
        return after, SetAdded(self.label, draft.added, draft.settings)


def target_drafts(
    scheme: Scheme, role: str, months: int, targets: Iterable[Target] = ()
) -> tuple[TargetDraft, ...]:
    """A target for each plan figure of a role, filled from `targets` where they have it."""
    known = {one.fact: one for one in targets}
    drafts: list[TargetDraft] = []
    for spec in scheme.agreed(role):
        found = known.get(spec.name)
        blank: tuple[Decimal | None, ...] = (None,) * months if spec.adds_up else ()
        drafts.append(
            TargetDraft(
                fact=spec.name,
                label=spec.label,
                unit=spec.unit,
                adds_up=spec.adds_up,
                total=found.total if found else None,
                months=found.months if found and len(found.months) == len(blank) else blank,
            )
        )
    return tuple(drafts)
