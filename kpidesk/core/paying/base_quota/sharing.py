"""Shares in the bonus of lines whose task stays with somebody else.

They follow the owner's accrual: what accrues in the quarter is shared in it; what waits for the
owner's shortfall to be made up is shared when the owner's quarter is released.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kpidesk.core.facts import Subject
from kpidesk.core.figure import Figure
from kpidesk.core.paying.base_quota.ledger import Ledger, Part
from kpidesk.core.paying.base_quota.prepare import SERVICES
from kpidesk.core.paying.base_quota.rule import LineUse
from kpidesk.core.paying.base_quota.state import Outcome, Standing
from kpidesk.core.paying.base_quota.terms import BackPay
from kpidesk.core.period import Period


@dataclass(slots=True)
class Shares:
    """What one person shares of others' bonus, by quarter; `unknown` quarters cannot be told."""

    sales: dict[str, list[Figure]] = field(default_factory=dict)
    released: dict[str, list[tuple[str, Figure]]] = field(default_factory=dict)
    service: dict[str, list[Figure]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Sharing:
    """What decides which shares are paid when."""

    sales_uses: tuple[LineUse, ...]
    service_needs_base: bool
    back_pay: BackPay


def share_out(
    ledger: Ledger,
    outcomes: Mapping[Subject, Sequence[Outcome]],
    periods: Sequence[Period],
    sharing: Sharing,
) -> dict[Subject, Shares]:
    """Everybody's shares, from the outcomes of the owners' quarters as far as they are known."""
    shares: dict[Subject, Shares] = {}
    for owner in dict.fromkeys(one.owner for one in ledger.parts):
        reached = {one.quarter.key: one for one in outcomes.get(owner, ())}
        unknown = [
            one.key
            for one in periods
            if one.key not in reached or reached[one.key].settlement is None
        ]
        for part in ledger.given_away(owner):
            key = next((one.key for one in periods if part.line.on in one), "")
            if not key:
                continue
            mine = shares.setdefault(part.subject, Shares())
            if part.use in SERVICES:
                _share_service(part, key, reached.get(key), mine, sharing)
            if part.use not in sharing.sales_uses:
                continue
            if key in unknown:
                mine.unknown.update(one for one in unknown if one >= key)
            elif not reached[key].is_short:
                mine.sales.setdefault(key, []).append(part.sales)
            elif sharing.back_pay is BackPay.BASE:
                if released := _released_in(key, reached.values()):
                    mine.released.setdefault(released, []).append((key, part.sales))
                else:
                    mine.unknown.update(one for one in unknown if one > key)
    return shares


def _share_service(
    part: Part, key: str, outcome: Outcome | None, mine: Shares, sharing: Sharing
) -> None:
    if outcome is None and sharing.service_needs_base:
        mine.unknown.add(key)
    elif not (sharing.service_needs_base and outcome and outcome.standing is Standing.BELOW_BASE):
        mine.service.setdefault(key, []).append(part.service)


def _released_in(quarter: str, outcomes: Iterable[Outcome]) -> str:
    """The quarter in which a filled quarter is paid; empty when it is not yet."""
    for outcome in outcomes:
        if outcome.settlement and any(x.key == quarter for x in outcome.settlement.released):
            return outcome.quarter.key
    return ""
