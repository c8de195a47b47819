"""Where results stand on their way, within a transaction; and what may not be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from kpidesk.core.appraisal import Appraisal, AppraisalId, AppraisalState
from kpidesk.core.errors import NotAllowedError
from kpidesk.core.period import Period
from kpidesk.core.review.standing import NEW, Review, Stage, closed_cycles, reviews
from kpidesk.core.review.steps import Calibrated, Step, kind_of
from kpidesk.core.users import Role
from kpidesk.store.results import results_recorded
from kpidesk.store.reviews import (
    About,
    add_step,
    batch_lines,
    cycle_marks,
    last_calibration,
    marks,
)
from kpidesk.store.rows import Ids
from kpidesk.usecases.session import Work


def all_reviews(connection: Connection, sheets: Ids | None = None) -> dict[AppraisalId, Review]:
    """Where every result stands that was submitted or calibrated; or those of some sheets."""
    return reviews(batch_lines(connection, sheets), marks(connection, sheets))


def review_of(connection: Connection, appraisal: AppraisalId) -> Review:
    """Where one result stands."""
    return all_reviews(connection, [appraisal]).get(appraisal, NEW)


def calibration_of(connection: Connection, appraisal: Appraisal, path: Path) -> Calibrated | None:
    """The calibration that stands on a recorded sheet; None where what was recorded stands."""
    if appraisal.state is not AppraisalState.SCORED:
        return None
    moved = last_calibration(connection, appraisal.id, path)
    if moved is None or moved.number != results_recorded(connection, appraisal.id):
        return None
    return moved if moved.moves else None


def closed_in(connection: Connection) -> frozenset[Period]:
    """The cycles that are closed."""
    return closed_cycles(cycle_marks(connection))


def refuse_closed(connection: Connection, cycle: Period) -> None:
    """Refuse what would change something of a closed cycle."""
    if cycle in closed_in(connection):
        msg = (
            f"{cycle.start} 至 {cycle.last_day} 的考核周期已经关闭，不能再改动；"
            "确需改动，请先在“结果”页填写理由重新打开这个周期"
        )
        raise NotAllowedError(msg)


def refuse_locked(connection: Connection, appraisal: AppraisalId) -> None:
    """Refuse what would change a result that was submitted or approved."""
    match review_of(connection, appraisal).stage:
        case Stage.WAITING:
            msg = "这份结果已提交总经理审批，不能再改动；请先登记审批意见，需要改动的登记为退回"
            raise NotAllowedError(msg)
        case Stage.APPROVED | Stage.CONFIRMED:
            msg = (
                "这份结果已经总经理批准，不能再改动；"
                "员工有异议的，请登记申诉，申诉成立后才能更正，原结果保留"
            )
            raise NotAllowedError(msg)
        case _:
            pass


def refuse_future(day: date, today: date, what: str) -> None:
    """Refuse the record of something that has not happened yet."""
    if day > today:
        msg = f"{what}({day})还没有到，今天是 {today}，请填写实际的日期"
        raise NotAllowedError(msg)


def decider(work: Work, by: str, paper: str) -> str:
    """Who decides: the general manager who is signed in, else whoever signed the paper.

    Where users sign in, anybody else writes a decision down from a paper, and says from which.
    """
    if work.user is None:
        return by.strip()
    if work.user.role is Role.MANAGER:
        return work.user.name
    if not paper.strip():
        msg = (
            "审批和申诉由总经理登录后决定。要按签好字的纸质件代录，"
            "请在“代录依据”里写明是哪份纸、放在哪里（例如：审批表第 3 批，扫描件已归档）"
        )
        raise NotAllowedError(msg)
    return by.strip()


def keep(work: Work, step: Step, about: About, today: date, *, paper: str = "") -> None:
    """Keep a step with its audit line, which holds the hash that the file is verified by.

    `paper` is what it was written down from, on behalf of whoever decided.
    """
    id_, digest = add_step(work.connection, step, about, by=work.actor, on=today)
    told = {"sha256": digest, "on": str(today), **_named(about)}
    if paper.strip():
        told["paper"] = paper.strip()
    reason = getattr(step, "reason", "")
    work.log(f"review.{kind_of(step)}", f"step:{id_}", after=told, reason=reason)


def _named(about: About) -> dict[str, str]:
    named = {"appraisal": about.appraisal, "batch": about.batch}
    told = {key: str(value) for key, value in named.items() if value is not None}
    if about.cycle is not None:
        told |= {"cycle_start": str(about.cycle.start), "cycle_end": str(about.cycle.end)}
    return told


def listed(names: Sequence[str], most: int = 5) -> str:
    """A few names, and how many there are."""
    shown = "、".join(names[:most])
    return f"{shown}等 {len(names)} 人" if len(names) > most else shown
