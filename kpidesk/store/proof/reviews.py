"""Batches and steps of results: bodies held to their hashes, columns to bodies, both to the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from sqlalchemy import Connection

from kpidesk.codec import CodecError, from_json
from kpidesk.core.review.batch import Batch
from kpidesk.core.review.steps import Calibrated, Step, day_of, kind_of, until_of
from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.log import Logged, agrees, not_as_done

_STEP = (
    "id", "body", "sha256", "done_by", "done_on",
    "kind", "day", "until", "number", "total", "grade",
)  # fmt: skip


def check_batches(connection: Connection, logged: Logged) -> Iterator[Broken]:
    """Everything that was submitted for approval, and whose results it is."""
    lines = {
        f"{told(batch)}/{told(sheet)}": told(number)
        for batch, sheet, number in raw(
            connection, "batch_lines", "batch_id", "appraisal_id", "number"
        )
    }
    columns = (
        "id", "body", "sha256", "submitted_by", "submitted_on", "about", "cycle_start", "cycle_end",
    )  # fmt: skip
    for id_, body, kept, by, on, *register in raw(connection, "batches", *columns):
        key = told(id_)
        name = f"第 {key} 批审批"
        if problem := _problem(logged, Part.BATCH, key, (body, kept, by, on)):
            yield Broken(Part.BATCH, name, problem)
            continue
        batch = from_json(told(body), Batch)
        cycle = batch.approval.cycle
        if [*map(told, register)] != [batch.approval.about, str(cycle.start), str(cycle.end)]:
            yield Broken(Part.BATCH, name, "登记与正文不符")
        said = {f"{key}/{one.appraisal}": str(one.number) for one in batch.lines}
        mine = {place: number for place, number in lines.items() if place.startswith(f"{key}/")}
        if said != mine:
            yield Broken(Part.BATCH, name, "其中的人员与正文不符")


def check_steps(connection: Connection, logged: Logged) -> Iterator[Broken]:
    """Every calibration, decision, publication, confirmation, appeal and closing."""
    about = {
        told(id_): tuple(map(told, rest))
        for id_, *rest in raw(
            connection,
            "review_steps",
            "id",
            "appraisal_id",
            "batch_id",
            "cycle_start",
            "cycle_end",
        )
    }
    for id_, body, kept, by, on, *listed in raw(connection, "review_steps", *_STEP):
        key = told(id_)
        name = f"第 {key} 条记录"
        if problem := _problem(logged, Part.REVIEW, key, (body, kept, by, on)):
            yield Broken(Part.REVIEW, name, problem)
            continue
        try:
            step: Step = from_json(told(body), Step)  # type: ignore[arg-type] # a union
        except CodecError:
            yield Broken(Part.REVIEW, name, "内容读不懂")
            continue
        no_grade = isinstance(step, Calibrated) and listed[-1] is None
        if list(map(told, listed)) != _columns(step) or no_grade:
            yield Broken(Part.REVIEW, name, "登记与正文不符")
        if key in logged.steps and about[key] != logged.steps[key]:
            yield Broken(Part.REVIEW, name, "所属的人、批次或周期与操作日志不符")


def _problem(logged: Logged, part: Part, key: str, row: Sequence[object]) -> str:
    """What is wrong with a row's body, hash, author or day; empty when nothing is."""
    body, kept, by, on = row
    if not isinstance(body, bytes) or sha256(body).hexdigest() != told(kept):
        return "内容与校验值不符"
    if (part, key) not in logged.kept:
        return "操作日志里没有这一条" if logged.is_whole else ""
    if odd := not_as_done(logged, part, key, by, on):
        return f"{'、'.join(odd)}与操作日志不符"
    return "" if agrees(logged, part, key, kept) else "与操作日志不符"


def _columns(step: Step) -> list[str]:
    """What must stand in the columns beside a body."""
    moved = step if isinstance(step, Calibrated) else None
    return [
        kind_of(step).value,
        str(day_of(step)),
        str(until_of(step) or ""),
        str(moved.number) if moved else "",
        f"{moved.new_total:f}" if moved else "",
        moved.new_grade if moved else "",
    ]
