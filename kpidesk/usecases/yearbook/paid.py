"""The pay of a person in a year, as pieces of their file: each settled period, or none yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from sqlalchemy import Connection

from kpidesk.core.dossier import Filed, Item, Kind
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.usecases.pay import GroupRef, period_text, ref_of, statements_pdf
from kpidesk.usecases.pay.bookkeeping import runs_of
from kpidesk.usecases.session import Company
from kpidesk.usecases.yearbook.holding import Holding
from kpidesk.usecases.yearbook.scanned import Scans


def paid(
    company: Company,
    connection: Connection,
    groups: Iterable[PayGroup],
    scans: Scans,
    *,
    person: PersonId,
    year: Period,
) -> list[Holding]:
    """What was settled for somebody in the groups that meet a year; missing where nothing was."""
    found: list[Holding] = []
    for group in groups:
        subject = group.subject_of(person)
        if subject is not None and group.cycle.period.overlap(year):
            settled = list(_settled(company, connection, group, scans, person=person, year=year))
            found += settled or [_nothing(group)]
    return found


def _settled(
    company: Company,
    connection: Connection,
    group: PayGroup,
    scans: Scans,
    *,
    person: PersonId,
    year: Period,
) -> Iterator[Holding]:
    runs = runs_of(company, connection, group)
    days = {one.key: one.days for one in group.periods([run.settlement.period for run in runs])}
    for run in runs:
        key = run.settlement.period
        serves = any(one.in_service(days[key]) for one in group.parts_of(person))
        if not days[key].overlap(year) or not serves:
            continue
        where = f"公司文件　{run.settled_by} 于 {run.settled_on} 结算"
        item = Item(Kind.PAY, period_text(group, key), Filed.FILED, where, run.sha256)
        make = partial(_statement, ref=ref_of(group), period=key, person=person)
        yield Holding(item, make)
        yield from scans.of_pay(run.id, person, period_text(group, key))


def _nothing(group: PayGroup) -> Holding:
    note = "还没有结算过薪酬：到“薪酬”录入、核算并结算"
    return Holding(Item(Kind.PAY, group.scheme.title, Filed.MISSING, note=note))


def _statement(company: Company, *, ref: GroupRef, period: str, person: PersonId) -> bytes:
    """The statement of a settled period; empty where nothing was paid to the person in it."""
    return statements_pdf(company, ref, period, people=[person]).pdf
