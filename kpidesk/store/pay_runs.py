"""Settled pay periods, what they posted to the accounts, and what was reversed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, and_, func, insert, or_, select, true

from kpidesk.codec import canonical_json, content_hash, from_json
from kpidesk.core.accounts import Entry, Side
from kpidesk.core.contract import ContractState
from kpidesk.core.payroll.record import Settlement
from kpidesk.core.payroll.words import period_words
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE, Period
from kpidesk.store.errors import DamagedFileError
from kpidesk.store.ids import next_id
from kpidesk.store.rows import ACCOUNT_ENTRIES, CONTRACTS, PAY_REVERSALS, PAY_RUNS, AnyRow


@dataclass(frozen=True, slots=True)
class Run:
    """A settled period that stands."""

    id: int
    settlement: Settlement
    settled_by: str
    settled_on: date
    sha256: str


@dataclass(frozen=True, slots=True)
class PaidPeriod:
    """Whom a settlement that stands has paid, without what."""

    id: int
    scheme: str
    cycle: Period
    period: str
    settled_on: date
    people: tuple[PersonId, ...]


def paid_people(connection: Connection) -> Sequence[PaidPeriod]:
    """The settlements that stand, in their order; SQLite reads their bodies, no scheme is made."""
    listed = func.json_each(PAY_RUNS.c.body, "$.inputs.people").table_valued("value")
    runs = PAY_RUNS.c
    query = (
        select(
            runs.id, runs.scheme_id, runs.cycle_start, runs.cycle_end,
            runs.period, runs.settled_on, func.json_extract(listed.c.value, "$.person"),
        )
        .select_from(PAY_RUNS.join(listed, true()))
        .outerjoin(PAY_REVERSALS, PAY_REVERSALS.c.run_id == runs.id)
        .where(PAY_REVERSALS.c.run_id.is_(None))
        .order_by(runs.id)
    )  # fmt: skip
    made: dict[int, PaidPeriod] = {}
    people: dict[int, list[PersonId]] = {}
    for id_, scheme, start, end, period, settled, person in connection.execute(query):
        if id_ not in made:
            made[id_] = PaidPeriod(id_, scheme, Period(start, end), period, settled, ())
        people.setdefault(id_, []).append(PersonId(person))
    return [replace(one, people=tuple(people[one.id])) for one in made.values()]


def add_run(
    connection: Connection, settlement: Settlement, entries: Iterable[Entry], by: str, on: date
) -> Run:
    """Keep a settlement for good, and post its entries."""
    inputs = settlement.inputs
    body = canonical_json(settlement, Settlement)
    run = Run(next_id(connection, PAY_RUNS), settlement, by, on, content_hash(body))
    connection.execute(
        insert(PAY_RUNS),
        {
            "id": run.id,
            "scheme_id": inputs.scheme,
            "scheme_version": inputs.scheme_version,
            "period": settlement.period,
            "cycle_start": inputs.cycle.start,
            "cycle_end": inputs.cycle.end,
            "settled_by": by,
            "settled_on": on,
            "body": body,
            "sha256": run.sha256,
        },
    )
    for one in entries:
        connection.execute(
            insert(ACCOUNT_ENTRIES),
            {
                "id": next_id(connection, ACCOUNT_ENTRIES),
                "run_id": run.id,
                "person_id": inputs.person_of(one.subject),
                "account": one.account.value,
                "item": one.item,
                "period": one.period,
                "side": one.side.value,
                "amount": f"{one.amount.value}",
                "clause": one.clause,
                "reason": one.reason,
                "reverses": None,
            },
        )
    return run


def standing_runs(
    connection: Connection, scheme: str, path: Path, known: dict[str, Settlement]
) -> Sequence[Run]:
    """The settlements under a scheme that were not reversed, in the order in which they were made.

    `known` are those that were read before, by their hash. DamagedFileError when one is not what
    was kept.
    """
    query = (
        select(PAY_RUNS)
        .outerjoin(PAY_REVERSALS, PAY_REVERSALS.c.run_id == PAY_RUNS.c.id)
        .where(PAY_RUNS.c.scheme_id == scheme, PAY_REVERSALS.c.run_id.is_(None))
        .order_by(PAY_RUNS.c.id)
    )
    runs = []
    for row in connection.execute(query):
        if content_hash(row.body) != row.sha256:
            raise DamagedFileError(path, f"第 {row.id} 号薪酬结算的内容与校验值不符")
        settlement = known.get(row.sha256) or from_json(row.body, Settlement)
        known[row.sha256] = settlement
        runs.append(Run(row.id, settlement, row.settled_by, row.settled_on, row.sha256))
    return runs


@dataclass(frozen=True, slots=True)
class Kept:
    """A settlement as its papers name it: for whom it was, and whether it was taken back."""

    sha256: str
    people: frozenset[PersonId]
    is_reversed: bool


def kept_run(connection: Connection, run: int) -> Kept | None:
    """A settlement that stands or was taken back."""
    query = (
        select(PAY_RUNS.c.sha256, PAY_RUNS.c.body, PAY_REVERSALS.c.run_id)
        .outerjoin(PAY_REVERSALS, PAY_REVERSALS.c.run_id == PAY_RUNS.c.id)
        .where(PAY_RUNS.c.id == run)
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    inputs = from_json(row.body, Settlement).inputs
    people = frozenset(one.person for one in inputs.people)
    return Kept(row.sha256, people, row.run_id is not None)


def settled_after(
    connection: Connection, scheme: str, person: PersonId, day: date
) -> Sequence[str]:
    """The periods that were settled for somebody under a scheme and end after a day, in words."""
    query = (
        select(PAY_RUNS.c.body)
        .outerjoin(PAY_REVERSALS, PAY_REVERSALS.c.run_id == PAY_RUNS.c.id)
        .where(
            PAY_RUNS.c.scheme_id == scheme,
            PAY_RUNS.c.cycle_end > day,
            PAY_REVERSALS.c.run_id.is_(None),
        )
        .order_by(PAY_RUNS.c.id)
    )
    found = []
    for body in connection.execute(query).scalars():
        run = from_json(body, Settlement)
        days = run.inputs.cycle if run.period == CYCLE else Period.parse(run.period)
        if days.end > day and person in {one.person for one in run.inputs.people}:
            found.append(period_words(run.period, run.inputs.cycle))
    return found


def statements_out(
    connection: Connection, also: Collection[int], years: int = 2
) -> Sequence[AnyRow]:
    """Whose statements may be out: of standing settlements, period, cycle, person and department.

    Those of cycles that end in the last `years`, and of the settlements named `also`.
    """
    newest = connection.execute(select(func.max(PAY_RUNS.c.cycle_end))).scalar()
    if newest is None:
        return []
    since = date(newest.year - years, 1, 1)
    query = (
        select(
            PAY_RUNS.c.id,
            PAY_RUNS.c.period,
            PAY_RUNS.c.cycle_start,
            PAY_RUNS.c.cycle_end,
            CONTRACTS.c.person_id,
            CONTRACTS.c.person_name,
            CONTRACTS.c.department,
        )
        .outerjoin(PAY_REVERSALS, PAY_REVERSALS.c.run_id == PAY_RUNS.c.id)
        .join(
            CONTRACTS,
            (CONTRACTS.c.scheme_id == PAY_RUNS.c.scheme_id)
            & (CONTRACTS.c.term_start < PAY_RUNS.c.cycle_end)
            & (CONTRACTS.c.term_end > PAY_RUNS.c.cycle_start),
        )
        .where(
            CONTRACTS.c.state == ContractState.SIGNED.value,
            CONTRACTS.c.amends_id.is_(None),
            or_(
                PAY_RUNS.c.id.in_(also),
                and_(PAY_RUNS.c.cycle_end >= since, PAY_REVERSALS.c.run_id.is_(None)),
            ),
        )
        .order_by(PAY_RUNS.c.id.desc(), CONTRACTS.c.id)
        .distinct()
    )
    return connection.execute(query).all()


def reverse(connection: Connection, run: int, reason: str, by: str, on: date) -> None:
    """Take a settlement back: it stays on record, its entries are posted once more, opposite."""
    connection.execute(
        insert(PAY_REVERSALS),
        {"run_id": run, "reason": reason, "reversed_by": by, "reversed_on": on},
    )
    rows = connection.execute(select(ACCOUNT_ENTRIES).where(ACCOUNT_ENTRIES.c.run_id == run)).all()
    for row in rows:
        plain = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name
        side = Side.TAKE if row.side == Side.ADD.value else Side.ADD
        changed = {
            "id": next_id(connection, ACCOUNT_ENTRIES),
            "side": side.value,
            "reason": f"冲销：{row.reason}",
            "reverses": row.id,
        }
        connection.execute(insert(ACCOUNT_ENTRIES), {**plain, **changed})


@dataclass(frozen=True, slots=True)
class Posted:
    """An account entry as it is kept; `reverses` names the one that it takes back."""

    id: int
    person: PersonId | None
    account: str
    item: str
    period: str
    side: Side
    amount: str
    clause: str
    reason: str
    reverses: int | None


def posted(connection: Connection, run: int) -> Sequence[Posted]:
    """What a settlement posted, and what its reversal did."""
    query = select(ACCOUNT_ENTRIES).where(ACCOUNT_ENTRIES.c.run_id == run)
    rows = connection.execute(query.order_by(ACCOUNT_ENTRIES.c.id))
    return [
        Posted(
            row.id, row.person_id, row.account, row.item, row.period, Side(row.side), row.amount,
            row.clause, row.reason, row.reverses,
        )
        for row in rows
    ]  # fmt: skip
