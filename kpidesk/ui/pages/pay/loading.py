"""What the page of pay shows, computed on the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpidesk.usecases import pay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.usecases.company import Company
    from kpidesk.usecases.pay import GroupRef, GroupRow, PayView, Places, RunOverview


@dataclass(frozen=True, slots=True)
class Loaded:
    """A period as it was computed on the worker, with what is looked up in it by the page."""

    groups: Sequence[GroupRow]
    view: PayView | None = None
    seen: RunOverview | None = None
    places: Places | None = None


def load(company: Company, ref: GroupRef | None, period: str) -> Loaded:
    """Compute a period of a group; the first group and its next period where none is named."""
    groups = pay.list_groups(company)
    if not groups:
        return Loaded(groups)
    known = any(one.ref == ref for one in groups)
    chosen = ref if known and ref is not None else groups[0].ref
    view = pay.load_pay(company, chosen, period if known else "")
    return Loaded(groups, view, pay.overview_of(view), pay.Places(view))
