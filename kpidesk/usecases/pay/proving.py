"""The accounts held to the settlements: every entry is computed anew from what was pinned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from kpidesk.core.accounts import Side
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.payroll.words import plain_periods
from kpidesk.core.period import CYCLE
from kpidesk.store.pay_runs import Run
from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.usecases.pay.bookkeeping import books_of, runs_of
from kpidesk.usecases.pay.gathering import all_groups
from kpidesk.usecases.pay.words import period_text
from kpidesk.usecases.session import Company

_COLUMNS = (
    "id", "run_id", "reverses",
    "person_id", "account", "item", "period", "side", "amount", "clause", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """An entry as it lies in the file, or would have to."""

    person: str
    account: str
    item: str
    period: str
    side: str
    amount: str
    clause: str
    reason: str

    @property
    def opposite(self) -> _Line:
        """What takes it back."""
        side = Side.TAKE if self.side == Side.ADD.value else Side.ADD
        return _Line(
            self.person, self.account, self.item, self.period, side.value, self.amount,
            self.clause, f"冲销：{self.reason}",
        )  # fmt: skip


def changed_entries(company: Company, connection: Connection) -> Iterator[Broken]:
    """Entries that are not what the settlements, computed again, post; and lost or foreign ones.

    Those of a settlement that was reversed are held to their reversal: they come to nothing.
    """
    names = {told(id_): told(name) for id_, name in raw(connection, "people", "id", "name")}
    plain: dict[str, Counter[_Line]] = {}
    back: dict[str, Counter[_Line]] = {}
    named: dict[str, _Line] = {}
    for id_, run, reverses, *line in (map(told, row) for row in _rows(connection)):
        one = named[id_] = _Line(*line)
        (back if reverses else plain).setdefault(run, Counter())[one] += 1
        if reverses and (reverses not in named or named[reverses].opposite != one):
            yield from _differing(names, Counter([one]), Counter(), "")
    reversed_ = {told(run) for run, _ in raw(connection, "pay_reversals", "run_id", "reason")}
    nothing: Counter[_Line] = Counter()
    for run in sorted(plain.keys() | back.keys()):
        takes = Counter({one.opposite: n for one, n in plain.get(run, nothing).items()})
        due = takes if run in reversed_ else nothing
        yield from _differing(names, due, back.get(run, nothing), "")
    seen: set[int] = set()
    for group in all_groups(company, connection):
        runs = runs_of(company, connection, group)
        for number, run_ in enumerate(runs):
            if run_.id in seen:
                continue
            seen.add(run_.id)
            period = period_text(group, run_.settlement.period)
            try:
                due = _due(company, connection, group, runs[: number + 1])
            except KpiDeskError as problem:
                yield Broken(Part.PAY, f"{group.scheme.title} {period}", str(problem))
                break
            yield from _differing(names, due, plain.get(str(run_.id), nothing), period)


def _due(
    company: Company, connection: Connection, group: PayGroup, runs: tuple[Run, ...]
) -> Counter[_Line]:
    """What the last of some settlements must have posted."""
    inputs, period = runs[-1].settlement.inputs, runs[-1].settlement.period
    before = frozenset(books_of(company, connection, group, runs[:-1]).posted)
    after = books_of(company, connection, group, runs)
    people = {
        group.subject_under(one.person, one.contract) or one.seen.key: str(one.person)
        for one in inputs.people
    }
    return Counter(
        _Line(
            people.get(one.subject, ""), one.account.value, one.item, one.period, one.side.value,
            f"{one.amount.value}", one.clause, one.reason,
        )
        for one in after.settled.entries
        if one.period == period and one not in before
    )  # fmt: skip


def _differing(
    names: dict[str, str], due: Counter[_Line], there: Counter[_Line], period: str
) -> Iterator[Broken]:
    """Whose accounts are not as they must be; by the entry's own period where none is given."""
    odd = [*(due - there), *(there - due)]
    told_of = {(one.person, one.account, period or _said(one.period)) for one in odd}
    for person, account, when in sorted(told_of):
        whose = names.get(person, "") if person else "团队"
        problem = "与按结算记录重新计算的不符" if period else "冲销的与原来记的不符"
        yield Broken(Part.ACCOUNT, f"台账“{account}”", f"{when}{problem}", whose)


def _said(period: str) -> str:
    return "全周期" if period == CYCLE else plain_periods(period)


def _rows(connection: Connection) -> Iterator[tuple[object, ...]]:
    return raw(connection, "account_entries", *_COLUMNS)
