"""Replaying the newest year of real people through a draft: scores and pay, then and now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.agreed import agreed_facts
from kpidesk.core.editing.replay import Replay
from kpidesk.core.errors import NotAllowedError
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import Appraisee, Facts
from kpidesk.core.figure import Figure
from kpidesk.core.findings import Effect, condensed
from kpidesk.core.payroll.books import paid_lines
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.people import PersonId
from kpidesk.core.period import MONTHS_IN_YEAR, Cycle, Period, add_months
from kpidesk.core.results import Evaluation
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import SUBJECT
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme
from kpidesk.store.scheme_drafts import load_scheme_draft
from kpidesk.store.schemes import own_schemes
from kpidesk.usecases.appraisals.listing import view_of
from kpidesk.usecases.lists import AppraisalRow, sheets_in
from kpidesk.usecases.pay.gathering import all_groups, gather
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.schemes import bound_as, family_of
from kpidesk.usecases.session import Company, found

_MOST_SAID: Final = 2


@dataclass(frozen=True, slots=True)
class Side:
    """What somebody came to under one version; None where it could not be computed."""

    total: Decimal | None = None
    grade: str = ""
    pay: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReplayRow:
    """Somebody in one cycle, then and now; `note` says why something is not there."""

    person: str
    number: str
    department: str
    cycle: Period
    then: Side
    now: Side
    note: str = ""


@dataclass(frozen=True, slots=True)
class Replayed:
    """Everybody whom the scheme was used for in its newest year."""

    rows: tuple[ReplayRow, ...]

    @property
    def cost(self) -> tuple[Decimal, Decimal] | None:
        """What everybody was paid then, and would be now; None where nothing is paid."""
        both = [
            (one.then.pay, one.now.pay)
            for one in self.rows
            if one.then.pay is not None and one.now.pay is not None
        ]
        if not both:
            return None
        return sum((one for one, _ in both), ZERO), sum((one for _, one in both), ZERO)


def replay(company: Company, draft: int, *, progress: Progress | None = None) -> Replayed:
    """What the draft makes of the figures of the newest year of the scheme that it comes from.

    NotAllowedError when the draft was begun with nothing, or nobody was judged by its scheme.
    """
    watched = progress or Unwatched()
    with company.read() as connection:
        one = found(load_scheme_draft(connection, draft), "这份方案草稿")
        families = {one.family, family_of(one.base)} - {""}
        titles = _titles(company, connection, families)
        rows: list[ReplayRow] = []
        sheets = _newest([one for one in sheets_in(connection) if one.scheme_title in titles])
        for place, sheet in enumerate(sheets):
            watched.step(place, len(sheets), f"正在重算 {sheet.person_name}")
            if watched.cancelled:
                break
            rows += _judged(company, connection, sheet, one.scheme)
        groups = [
            group
            for group in all_groups(company, connection)
            if family_of(group.scheme.id) in families
        ]
        last = max((group.cycle.period.end for group in groups), default=None)
        for group in groups:
            if group.cycle.period.end == last and not watched.cancelled:
                rows = with_pay(rows, list(_paid(company, connection, group, one.scheme)))
    if not rows:
        msg = "公司文件里还没有人按这个方案考核或核算过，没有可以重算的数据"
        raise NotAllowedError(msg)
    return Replayed(tuple(sorted(rows, key=lambda row: (row.cycle, row.number))))


def _titles(company: Company, connection: Connection, families: set[str]) -> set[str]:
    """How the versions of these families are called in lists."""
    own = own_schemes(connection, company.path)
    known = [builtin_scheme(one) for one in builtin_ids() if one in families]
    return {one.title for one in (*known, *own) if family_of(one.id) in families}


def _newest(sheets: list[AppraisalRow]) -> list[AppraisalRow]:
    """Those of the last twelve months in which somebody came to a total."""
    there = [one for one in sheets if one.total is not None]
    if not there:
        return []
    end = max(one.cycle.end for one in there)
    start = add_months(end, -MONTHS_IN_YEAR)
    return [one for one in there if one.cycle.start >= start]


def _judged(
    company: Company, connection: Connection, sheet: AppraisalRow, draft: Scheme
) -> Iterator[ReplayRow]:
    view = view_of(company, connection, sheet.id)
    contract, appraisal = view.contract, view.appraisal
    agreed = agreed_facts(view.scheme, contract, appraisal.cycle, SUBJECT)
    indicators = (contract.indicator_scheme, contract.indicator_scheme_version)
    after = bound_as(company, connection, draft, indicators)
    now = Replay(view.scheme, after).evaluate(
        Cycle(appraisal.cycle),
        (Appraisee(SUBJECT, contract.role),),
        Facts.of((*agreed, *appraisal.facts(SUBJECT))),
        dict(contract.settings),
    )
    yield ReplayRow(
        sheet.person_name,
        sheet.person_number,
        sheet.department,
        sheet.cycle,
        _side(view.sheet.evaluation, SUBJECT),
        becomes := _side(now, SUBJECT),
        "" if becomes.total is not None else _why(now, SUBJECT),
    )


def _side(evaluation: Evaluation, subject: str) -> Side:
    total = evaluation.get(subject, "total", "cycle")
    grade = evaluation.get(subject, "grade", "cycle")
    return Side(_decimal(total.value if total else None), grade.text if grade else "")


def _decimal(value: object) -> Decimal | None:
    """A figure of the sheet, as it is recorded."""
    number = value.value if isinstance(value, Figure) else None
    return number if isinstance(number, Decimal) else None


def _why(evaluation: Evaluation, subject: str) -> str:
    """What keeps a result from being there."""
    found_ = condensed(
        one
        for one in evaluation.findings
        if one.effect is not Effect.WARNS and one.subject in ("", subject)
    )
    return "；".join(dict.fromkeys(one.message for one in found_[:_MOST_SAID]))


def _paid(
    company: Company, connection: Connection, group: PayGroup, draft: Scheme
) -> Iterator[ReplayRow]:
    gathered = gather(company, connection, group)
    then = gathered.inputs.evaluated(group.scheme)
    first = group.members[0].contract
    indicators = (first.indicator_scheme, first.indicator_scheme_version)
    scheme = bound_as(company, connection, draft, indicators)
    replayed = Replay(group.scheme, scheme)
    settings = replayed.settings(dict(group.settings))
    now = replayed.evaluate(
        group.cycle,
        [one.appraisee for one in group.members],
        gathered.facts,
        dict(group.settings),
    )
    after = replace(group, scheme=scheme, settings=tuple(sorted(settings.items())))
    for member in group.people:
        before, becomes = _sum(group, then, member.person.id), _sum(after, now, member.person.id)
        yield ReplayRow(
            member.person.name,
            member.person.number,
            member.contract.party_b.department,
            group.cycle.period,
            Side(pay=before),
            Side(pay=becomes),
            "" if becomes is not None else _why(now, member.subject),
        )


def _sum(group: PayGroup, evaluation: Evaluation, person: PersonId) -> Decimal | None:
    """What somebody is paid in the whole cycle, each line rounded to the fen; None for nothing."""
    lines = [
        line.figure.rounded(2).value
        for period in group.periods()
        for part in group.parts_of(person)
        for line in paid_lines(group, evaluation, period, part.subject)
        if not line.apart
    ]
    amounts = [one for one in lines if isinstance(one, Decimal)]
    return sum(amounts, ZERO) if amounts else None


def with_pay(rows: list[ReplayRow], paid: list[ReplayRow]) -> list[ReplayRow]:
    """Pay beside the score of the same person and cycle; else in a row of its own."""
    by_key = {(one.number, one.cycle): one for one in rows}
    for one in paid:
        key = (one.number, one.cycle)
        known = by_key.get(key)
        if known is None:
            by_key[key] = one
            continue
        by_key[key] = replace(
            known,
            then=replace(known.then, pay=one.then.pay),
            now=replace(known.now, pay=one.now.pay),
            note="；".join(text for text in (known.note, one.note) if text),
        )
    return list(by_key.values())
