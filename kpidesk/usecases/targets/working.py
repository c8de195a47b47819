"""Working on a plan: saved as it is typed, published, changed with a reason, given up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpidesk.core.contract import ContractId, ContractState
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.core.target_plan import TargetPlan, line_problem, target_of
from kpidesk.core.target_split import Season
from kpidesk.store import people as people_store
from kpidesk.store import targets as store
from kpidesk.store.settings import load_setting, save_setting
from kpidesk.store.targets import PlanKey, Revision, key_of
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.contracts.drafting import save_targets
from kpidesk.usecases.contracts.planned import agreed_in
from kpidesk.usecases.session import Company, Work, found, reason_given
from kpidesk.usecases.targets.loading import PlanView, view_of

_SEASON = "targets.season"
_NAMED = 8


@dataclass(frozen=True, slots=True)
class Published:
    """A plan was published: for the how-manieth time, and how many drafts follow it."""

    changes: Changes
    number: int
    followed: int


def season(company: Company) -> Season:
    """How a year is spread over its months; evenly until somebody says otherwise."""
    with company.read() as connection:
        return load_setting(connection, _SEASON, Season) or Season()


def save_season(company: Company, profile: Season, *, actor: str, today: date) -> Changes:
    """Remember how a year is spread over its months."""
    del today
    with company.change(actor) as work:
        before = load_setting(work.connection, _SEASON, Season) or Season()
        if before == profile:
            return Changes.NONE
        save_setting(work.connection, _SEASON, profile)
        work.log("targets.season", "targets", before=before, after=profile)
    return Changes.TARGETS


def save_plan(company: Company, plan: TargetPlan, *, actor: str, today: date) -> Changes:
    """The plan as it is being worked on; contracts do not follow before it is published."""
    del today
    with company.change(actor) as work:
        changes, _ = _save(work, plan)
    return changes


def publish(
    company: Company,
    key: PlanKey,
    *,
    reason: str = "",
    follow: bool,
    actor: str,
    today: date,
) -> Published:
    """What is being worked on stands from now on; with `follow`, drafts of contracts say it too.

    Everything but the first time needs its reason.
    """
    with company.change(actor) as work:
        view = view_of(company, work.connection, key)
        stored = store.load_plan(work.connection, key, company.path)
        if stored is not None and stored.number and stored.draft is None:
            msg = "目标计划没有改动，不需要再发布"
            raise NotAllowedError(msg)
        number = (stored.number if stored else 0) + 1
        why = reason_given(reason, "修订目标计划") if number > 1 else reason.strip()
        if all(one.is_empty for one in view.plan.lines):
            msg = "还没有填任何目标，不能发布"
            raise NotAllowedError(msg)
        _refuse_unfinished(view)
        id_ = store.save_draft(work.connection, view.plan)
        digest = store.add_revision(
            work.connection, id_, Revision(number, why, work.actor, today, view.plan)
        )
        store.drop_draft(work.connection, id_)
        after = {
            "number": str(number),
            "sha256": digest,
            "on": str(today),
            "label": f"{view.plan.label} {key.period.key}",
        }
        work.log("targets.publish", f"targets:{id_}", after=after, reason=why)
        followed = _follow(work, view) if follow else 0
    changes = Changes.TARGETS | (Changes.CONTRACTS if followed else Changes.NONE)
    return Published(changes, number, followed)


def bring_drafts(company: Company, key: PlanKey, *, actor: str, today: date) -> Published:
    """Let the drafts of contracts say what the published plan says."""
    del today
    with company.change(actor) as work:
        view = view_of(company, work.connection, key)
        followed = _follow(work, view)
    changes = Changes.CONTRACTS | Changes.TARGETS if followed else Changes.NONE
    return Published(changes, view.revision, followed)


def give_up(company: Company, key: PlanKey, *, actor: str, today: date) -> Changes:
    """Give up what was changed since the plan was published."""
    del today
    with company.change(actor) as work:
        stored = found(store.load_plan(work.connection, key, company.path), "这个目标计划")
        if stored.draft is None:
            return Changes.NONE
        if stored.published is None:
            msg = "这个目标计划还没有发布过，没有可以恢复的内容"
            raise NotAllowedError(msg)
        store.drop_draft(work.connection, stored.id)
        work.log(
            "targets.give_up",
            f"targets:{stored.id}",
            before=stored.draft.changed_from(stored.published),
        )
    return Changes.TARGETS


@dataclass(frozen=True, slots=True)
class CellChange:
    """A figure that became another; without a name it is that of the company or a department."""

    name: str
    what: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Past:
    """A publication of a plan, and what it changed in the one before."""

    number: int
    by: str
    on: date
    reason: str
    changes: tuple[CellChange, ...]
    people: int


def history(company: Company, key: PlanKey) -> tuple[Past, ...]:
    """Everything that was published of a plan, the newest first."""
    with company.read() as connection:
        stored = store.load_plan(connection, key, company.path)
        if stored is None:
            return ()
        every = store.revisions(connection, stored.id, company.path)
        names = {one.id: one.name for one, _ in people_store.people(connection)}
        units = {one.id: one.name for one, _ in people_store.departments(connection)}
    past = []
    before: TargetPlan | None = None
    for one in every:
        changes = tuple(_changes(before, one.plan, names, units)) if before else ()
        count = sum(not line.is_empty for line in one.plan.lines)
        past.append(Past(one.number, one.by, one.on, one.reason, changes, count))
        before = one.plan
    return tuple(reversed(past))


def _changes(
    before: TargetPlan,
    after: TargetPlan,
    names: dict[PersonId, str],
    units: dict[DepartmentId, str],
) -> Iterator[CellChange]:
    if before.total != after.total:
        yield CellChange("", "公司全年", before.total, after.total)
    told = {one.department for one in (*before.departments, *after.departments)}
    for department in sorted(told):
        was, is_ = before.department_total(department), after.department_total(department)
        if was != is_:
            yield CellChange("", f"{units.get(department, '部门')}全年", was, is_)
    months = [f"{one.start.month}月" for one in after.months]
    people = dict.fromkeys(one.person for one in (*before.lines, *after.lines))
    for person in people:
        old = before.line(person) or before.blank(person)
        new = after.line(person) or after.blank(person)
        name = names.get(person, "")
        if old.total != new.total:
            yield CellChange(name, "全年", old.total, new.total)
        for month, was, is_ in zip(months, old.months, new.months, strict=True):
            if was != is_:
                yield CellChange(name, month, was, is_)


def _save(work: Work, plan: TargetPlan) -> tuple[Changes, int]:
    key = key_of(plan)
    stored = store.load_plan(work.connection, key, work.company.path)
    before = (
        stored.working
        if stored
        else TargetPlan(
            plan.scheme,
            plan.indicator_scheme,
            plan.fact,
            plan.label,
            plan.unit,
            plan.period,
            plan.is_monthly,
        )
    )
    if stored and plan == before:
        return Changes.NONE, stored.id
    if stored and plan == stored.published:  # everything was taken back
        store.drop_draft(work.connection, stored.id)
        id_ = stored.id
    else:
        id_ = store.save_draft(work.connection, plan)
    work.log(
        "targets.edit",
        f"targets:{id_}",
        before=before.changed_from(plan),
        after=plan.changed_from(before),
    )
    return Changes.TARGETS, id_


def _refuse_unfinished(view: PlanView) -> None:
    names = {one.id: one for one in view.people}
    problems = [
        f"{names[line.person].name}：{problem}"
        for line in view.plan.lines
        if not names[line.person].is_fixed
        and (problem := line_problem(view.plan, line, names[line.person].served))
    ]
    if problems:
        more = f"\n……共 {len(problems)} 人" if len(problems) > _NAMED else ""
        said = "这些人的目标还不能发布。请改各月或全年的数，或选中后“分解”：\n"
        msg = said + "\n".join(problems[:_NAMED]) + more
        raise InvalidValueError(msg)


def _follow(work: Work, view: PlanView) -> int:
    """Write the plan's figures into the drafts of its people; how many have changed."""
    key, followed = view.key, 0
    agreed = agreed_in(work.company, work.connection, key)
    for contracts in agreed.values():
        for one in contracts:
            line = view.plan.line(one.person)
            if one.state is not ContractState.DRAFT or line is None:
                continue
            try:
                target = target_of(view.plan, line, one.places)
            except InvalidValueError:  # months before or after the contract's own
                continue
            followed += save_targets(work, ContractId(one.contract), key.fact, target)
    return followed
