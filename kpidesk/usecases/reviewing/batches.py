"""Batches for the general manager: submitted, printed, approved or returned, made public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.approval import Approval
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.period import Period
from kpidesk.core.review.batch import Batch, Submitted
from kpidesk.core.review.standing import Review, Stage
from kpidesk.core.review.steps import (
    Approved,
    BatchId,
    Published,
    Returned,
)
from kpidesk.store.results import recorded_hashes
from kpidesk.store.reviews import About, KeptBatch, add_batch, load_batch
from kpidesk.store.reviews import list_batches as kept_batches
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.lists import AppraisalRow, SheetState, sheets_in
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.reviewed import (
    all_reviews,
    decider,
    keep,
    listed,
    refuse_closed,
    refuse_future,
)
from kpidesk.usecases.reviewing.printing import filed_tables, table_name
from kpidesk.usecases.session import Company, found
from kpidesk.usecases.yearbook.approval import approval_lines


@dataclass(frozen=True, slots=True)
class BatchSubmitted:
    """A new batch; `id` is None when it was cancelled."""

    changes: Changes
    id: BatchId | None


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch for lists. `since`: the day of its decision.

    `people` are those whose results were not submitted again in a later batch.
    """

    id: BatchId
    cycle: Period
    about: str
    submitted_by: str
    submitted_on: date
    people: tuple[tuple[AppraisalId, str, Stage], ...]
    published: tuple[date, date] | None
    since: date | None
    is_filed: bool = False
    """Whether the scan of its signed table is filed, all pages of it."""

    @property
    def waiting(self) -> int:
        """How many wait for the decision."""
        return sum(1 for *_, stage in self.people if stage is Stage.WAITING)

    @property
    def approved(self) -> int:
        """How many were approved."""
        return sum(1 for *_, stage in self.people if stage in _FINAL)

    @property
    def returned(self) -> int:
        """How many were returned."""
        return sum(1 for *_, stage in self.people if stage is Stage.RETURNED)

    def days(self, today: date) -> int:
        """How many days it has waited, or waited until it was decided."""
        return ((self.since or today) - self.submitted_on).days


_FINAL = (Stage.APPROVED, Stage.CONFIRMED, Stage.UPHELD)


def submit(
    company: Company,
    ids: Sequence[AppraisalId],
    *,
    note: str = "",
    actor: str,
    today: date,
    progress: Progress | None = None,
) -> BatchSubmitted:
    """Submit recorded results of one cycle for approval; from then on they cannot be changed."""
    with company.change(actor) as work:
        rows = sheets_in(work.connection)
        wanted = set(ids)
        chosen = [one for one in rows if one.id in wanted]
        cycle = _checked(work.connection, chosen)
        lines = approval_lines(company, work.connection, chosen, rows, progress or Unwatched())
        if lines is None:
            return BatchSubmitted(Changes.NONE, None)
        record = Approval(company.name, _about(chosen, rows, cycle), cycle, lines)
        submitted = []
        for one in chosen:
            hashes = recorded_hashes(work.connection, one.id)
            submitted.append(Submitted(one.id, len(hashes), hashes[-1]))
        batch = Batch(record, tuple(submitted), note.strip())
        id_, digest = add_batch(work.connection, batch, by=work.actor, on=today)
        told = {"sha256": digest, "on": str(today)}
        work.log("review.submit", f"batch:{id_}", after=told)
    return BatchSubmitted(Changes.APPRAISALS, id_)


def _checked(connection: Connection, chosen: Sequence[AppraisalRow]) -> Period:
    """The cycle of what is to be submitted; refused where something of it cannot be."""
    if not chosen:
        msg = "没有选中要提交审批的结果"
        raise InvalidValueError(msg)
    cycles = {one.cycle for one in chosen}
    if len(cycles) > 1:
        msg = "一批审批只能是同一个考核周期的结果；请先按周期筛选，再提交"
        raise NotAllowedError(msg)
    refuse_closed(connection, chosen[0].cycle)
    if unscored := [one.person_name for one in chosen if one.state is not SheetState.SCORED]:
        msg = f"{listed(unscored)}还没有定分，不能提交审批；请先定分，或不选他们"
        raise NotAllowedError(msg)
    standing = all_reviews(connection)
    taken = [one.person_name for one in chosen if one.id in standing and standing[one.id].is_locked]
    if taken:
        msg = f"{listed(taken)}的结果已经提交或批准，不能重复提交"
        raise NotAllowedError(msg)
    return chosen[0].cycle


def _about(chosen: Sequence[AppraisalRow], rows: Sequence[AppraisalRow], cycle: Period) -> str:
    """全公司, a department, or how many people."""
    of_cycle = Counter(one.department for one in rows if one.cycle == cycle)
    taken = Counter(one.department for one in chosen)
    if taken == of_cycle:
        return "全公司"
    ((name, count), *others) = taken.items()
    if not others and of_cycle[name] == count:
        return name
    return f"所选 {len(chosen)} 人"


def list_batches(company: Company) -> tuple[BatchRow, ...]:
    """Every batch, the newest first."""
    with company.read() as connection:
        standing = all_reviews(connection)
        names = {one.id: one.person_name for one in sheets_in(connection)}
        batches, filed = kept_batches(connection), filed_tables(connection)
    by_batch: dict[BatchId, list[tuple[AppraisalId, Review]]] = {}
    for id_, review in standing.items():
        if review.batch is not None:
            by_batch.setdefault(review.batch, []).append((id_, review))
    rows = (_row(one, by_batch.get(one.id, []), names) for one in batches)
    return tuple(replace(one, is_filed=table_name(one.id) in filed) for one in rows)


def _row(
    batch: KeptBatch,
    standing: Sequence[tuple[AppraisalId, Review]],
    names: Mapping[AppraisalId, str],
) -> BatchRow:
    decided = [one.decided for _, one in standing if one.decided]
    public = next((one.published for _, one in standing if one.published), None)
    people = tuple((id_, names.get(id_, ""), one.stage) for id_, one in sorted(standing))
    is_waiting = any(one.stage is Stage.WAITING for _, one in standing)
    return BatchRow(
        batch.id,
        batch.cycle,
        batch.about,
        batch.submitted_by,
        batch.submitted_on,
        people,
        public,
        None if is_waiting or not decided else min(decided),
    )


def decide(
    company: Company,
    batch: BatchId,
    *,
    by: str,
    on: date,
    returned: Mapping[AppraisalId, str],
    note: str = "",
    paper: str = "",
    actor: str,
    today: date,
) -> Changes:
    """Decide, or record it from the signed paper: who is returned and why; all others are approved.

    Everybody of the batch returned means that the batch as a whole was. `by` and `paper`: see
    `reviewed.decider`.
    """
    refuse_future(on, today, "审批日期")
    with company.change(actor) as work:
        kept, content = found(load_batch(work.connection, batch, company.path), "这一批审批")
        refuse_closed(work.connection, kept.cycle)
        if on < kept.submitted_on:
            msg = f"审批日期({on})早于提交日期({kept.submitted_on})，请核对"
            raise NotAllowedError(msg)
        standing = all_reviews(work.connection)
        waiting = [
            one.appraisal
            for one in content.lines
            if standing[one.appraisal].batch == batch
            and standing[one.appraisal].stage is Stage.WAITING
        ]
        if not waiting:
            msg = "这一批已经登记过审批意见，不能再登记"
            raise NotAllowedError(msg)
        who = decider(work, by, paper)
        for one, reason in returned.items():
            if one not in waiting:
                msg = "退回的人不在这一批待审批的结果里，请刷新后再试"
                raise NotAllowedError(msg)
            about = About(appraisal=one, batch=batch)
            keep(work, Returned(who, on, reason.strip()), about, today, paper=paper)
        if len(returned) < len(waiting):
            approved = Approved(who, on, note.strip())
            keep(work, approved, About(batch=batch), today, paper=paper)
    return Changes.APPRAISALS


def publish(
    company: Company,
    batch: BatchId,
    *,
    start: date,
    last_day: date,
    how: str,
    actor: str,
    today: date,
) -> Changes:
    """Record the publication of what was approved in a batch."""
    with company.change(actor) as work:
        kept, _ = found(load_batch(work.connection, batch, company.path), "这一批审批")
        refuse_closed(work.connection, kept.cycle)
        refuse_future(start, today, "公示开始日期")
        mine = [one for one in all_reviews(work.connection).values() if one.batch == batch]
        if not any(one.is_final for one in mine):
            msg = "这一批还没有批准的结果，不能公示；请先登记审批意见"
            raise NotAllowedError(msg)
        decided = min((one.decided for one in mine if one.decided), default=start)
        if start < decided and not any(one.published for one in mine):
            msg = f"公示开始日期({start})早于批准日期({decided})，请核对"
            raise NotAllowedError(msg)
        keep(work, Published(start, last_day, how.strip()), About(batch=batch), today)
    return Changes.APPRAISALS
