"""All that happened to a result, in the officer's words: every version of it stays visible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.review.standing import Review
from kpidesk.core.review.steps import (
    Appealed,
    Approved,
    BatchId,
    Calibrated,
    Closed,
    Confirmed,
    Dismissed,
    Heard,
    Published,
    Reopened,
    Returned,
    Step,
    Upheld,
    Withdrawn,
    day_of,
)
from kpidesk.store import audit
from kpidesk.store.results import recordings_of
from kpidesk.store.reviews import batch_lines, steps_of
from kpidesk.usecases.reviewed import review_of
from kpidesk.usecases.session import Company

RECORDED = "定分"
"""What a recording is called; everything else happened to it afterwards."""

CONFIRMED = "员工确认"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that happened: when, what, the particulars, and who entered it."""

    on: date
    title: str
    text: str
    entered_by: str
    batch: BatchId | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Where a result stands, and how it came there."""

    review: Review
    lines: tuple[HistoryLine, ...]


def history(company: Company, appraisal: AppraisalId) -> History:
    """The way of one result, oldest first."""
    with company.read() as connection:
        review = review_of(connection, appraisal)
        return History(review, result_lines(company, connection, appraisal))


def result_lines(
    company: Company, connection: Connection, appraisal: AppraisalId
) -> tuple[HistoryLine, ...]:
    """The same within a transaction, in the order in which the log tells of it."""
    lines = dict(_lines(company, connection, appraisal))
    sheet = f"appraisal:{appraisal}"
    finished = audit.sequences(connection, [sheet], ["appraisal.finish"]).get(sheet, [])
    order = {str(number): place for number, place in enumerate(finished, 1)}
    told_of = audit.sequences(connection, [about for about in lines if ":" in about])
    order |= {about: places[0] for about, places in told_of.items()}
    return tuple(lines[key] for key in sorted(lines, key=lambda key: order.get(key, 0)))


def _lines(
    company: Company, connection: Connection, appraisal: AppraisalId
) -> Iterator[tuple[str, HistoryLine]]:
    """What happened, by the object under which the log tells of it; recordings by their number."""
    for one in recordings_of(connection, appraisal):
        total = f"总分 {one.total:f}" if one.total is not None else "没有总分"
        grade = f"，等级 {one.grade}" if one.grade else ""
        which = f"第 {one.number} 次：" if one.number > 1 else ""
        yield str(one.number), HistoryLine(one.on, RECORDED, f"{which}{total}{grade}", one.by)
    for line in batch_lines(connection, [appraisal]):
        text = f"第 {line.batch} 批，第 {line.number} 次定分的结果"
        yield f"batch:{line.batch}", HistoryLine(line.on, "提交审批", text, line.by, line.batch)
    for kept in steps_of(connection, appraisal, company.path):
        title, text = told(kept.step)
        day = day_of(kept.step)
        yield f"step:{kept.id}", HistoryLine(day, title, text, kept.done_by, kept.about.batch)


def told(step: Step) -> tuple[str, str]:
    """What a step is called, and its particulars."""
    match step:
        case Calibrated():
            return "校准", f"{step.text}。理由：{_plain(step.reason)}（参加：{step.present}）"
        case Approved():
            return "批准", f"{step.by} 批准{_more(step.note)}"
        case Returned():
            return "退回", f"{step.by} 退回。理由：{step.reason}"
        case Published():
            return "公示", f"{step.start} 至 {step.last_day}，{step.how}"
        case Confirmed():
            return CONFIRMED, step.how
        case Appealed():
            late = f"（超过申诉期限 {step.late_by} 天）" if step.late_by else ""
            return "申诉", f"{step.by}：{_plain(step.what)}{late}。应在 {step.due} 前答复"
        case Heard():
            return "听取申诉", f"{_plain(step.said)}（参加：{step.present}）"
        case _:
            return _told_ending(step)


def _told_ending(step: Upheld | Dismissed | Withdrawn | Closed | Reopened) -> tuple[str, str]:
    match step:
        case Upheld():
            return "申诉成立", f"{step.by} 决定更正。理由：{step.reason}"
        case Dismissed():
            return "申诉不成立", f"{step.by} 决定维持。理由：{step.reason}"
        case Withdrawn():
            return "撤回申诉", step.reason
        case Closed():
            return "关闭周期", step.reason or "全部办结"
        case Reopened():
            return "重新打开周期", step.reason
        case _:
            assert_never(step)


def _more(text: str) -> str:
    return f"。{text}" if text else ""


def _plain(text: str) -> str:
    """Without the full stop at its end, as something follows."""
    return text.rstrip("。")
