"""目标分解表 of a plan, for whoever agrees on it before contracts are drawn up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.contract import ContractState
from kpidesk.core.decomposition import Decomposition, Line, Part, Standing
from kpidesk.core.filing import PaperKind
from kpidesk.core.people import PersonId
from kpidesk.core.period import Grain
from kpidesk.core.target_plan import PlanLine
from kpidesk.store import people as people_store
from kpidesk.store import targets as store
from kpidesk.store.settings import load_setting
from kpidesk.store.targets import PlanKey
from kpidesk.usecases.company import PROFILE, CompanyProfile
from kpidesk.usecases.session import Company, found
from kpidesk.usecases.targets.loading import PlanPerson, PlanState, PlanView, view_of
from kpidesk.usecases.yearbook.records import issue_record
from kpidesk.usecases.yearbook.scope import NothingToPrintError, Scope


def plan_pdf(
    company: Company, key: PlanKey, *, published: bool = False, actor: str, today: date
) -> bytes:
    """The plan as it is being worked on, a table for each department; noted in the log.

    With `published`, as it was published last. What is not published says so on the paper.
    """
    from kpidesk.documents.decomposition import decomposition_pdf

    with company.read() as connection:
        view = view_of(company, connection, key, published=published)
        standing = _standing(company, connection, view)
        profile = found(load_setting(connection, PROFILE, CompanyProfile), "公司信息")
        everybody = {one.id: one for one, _ in people_store.people(connection)}
        superiors = {
            id_: everybody[one.superior].name
            for id_, one in everybody.items()
            if one.superior is not None
        }
        record = replace(_table(view, profile.name, superiors), standing=standing)
    scope = Scope(key.period, today=today, by=actor)
    about = f"目标计划“{view.plan.label}”"
    stamp = issue_record(company, PaperKind.TARGETS, scope, record, about=about)
    return decomposition_pdf(record, stamp=stamp)


def _standing(company: Company, connection: Connection, view: PlanView) -> Standing:
    stored = store.load_plan(connection, view.key, company.path)
    every = store.revisions(connection, stored.id, company.path) if stored else ()
    last = max(every, key=lambda one: one.number, default=None)
    on = last.on if last else None
    return Standing(view.revision, on, view.state is not PlanState.PUBLISHED)


def _table(view: PlanView, company: str, superiors: dict[PersonId, str]) -> Decomposition:
    plan = view.plan
    parts, empty = [], []
    for department in view.departments:
        lines = []
        for person in view.people:
            if person.department != department.id:
                continue
            line = plan.line(person.id)
            if line is None or line.is_empty:
                empty.append(f"{person.name}（{department.name}）")
                continue
            lines.append(_line(view, person, line, superiors.get(person.id, "")))
        if lines:
            year = plan.period.start.year
            part = Part(department.name, year, plan.label, plan.unit, plan.is_monthly, tuple(lines))
            parts.append(part)
    if not parts:
        msg = "还没有填任何目标，没有可以打印的分解表"
        raise NothingToPrintError(msg)
    months = plan.period.split(Grain.MONTH)
    return Decomposition(company, months, tuple(parts), tuple(empty))


def _line(view: PlanView, person: PlanPerson, line: PlanLine, superior: str) -> Line:
    plan, contract = view.plan, person.issued or person.draft
    return Line(
        person.name,
        person.number,
        superior,
        contract.number if contract else "目标计划",
        plan.period,
        contract is None or contract.state is ContractState.DRAFT,
        0,
        line.whole,
        line.months or (None,) * len(plan.period.split(Grain.MONTH)),
        line.unassigned if line.months else None,
    )
