"""绩效面谈记录表: the interview and the improvement plan, to fill in by hand or filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from kpidesk.core.appraisal import Appraisal
from kpidesk.core.contract import Contract
from kpidesk.core.exact import ZERO, Number, divide, subtract
from kpidesk.core.explain import show
from kpidesk.core.figure import Figure
from kpidesk.core.incident import Incident
from kpidesk.core.review.steps import Calibrated
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import Sheet, SheetRow
from kpidesk.documents.blocks import Heading, entries
from kpidesk.documents.interview import (
    NO_PLANS,
    Plans,
    followed_up,
    happened,
    interview,
    left_to_do,
    opinion,
)
from kpidesk.documents.look import NOTE, SUBTITLE, TITLE
from kpidesk.documents.page import TEXT_WIDTH, Head, build
from kpidesk.documents.particulars import person_entries
from kpidesk.documents.signing import signatures
from kpidesk.documents.stack import Stack
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.text import Text
from kpidesk.documents.words import period_name

_TITLE = "绩效面谈记录表"
_SIGNERS = ("被考核人", "面谈人", "人力资源部")
_MOST_LOSSES = 3
_HINT = "面谈一般在考核结束后一周内进行；本表由双方签字后交人力资源部存档。"


def interview_pdf(
    sheet: Sheet,
    appraisal: Appraisal,
    contract: Contract,
    scheme: Scheme,
    *,
    plans: Plans = NO_PLANS,
    incidents: Sequence[Incident] = (),
    calibrated: Calibrated | None = None,
    stamp: Stamp,
) -> bytes:
    """The record of one interview; what was not entered is room to write.

    `incidents` are those of the cycle, for whoever talks about it; `calibrated` is what stands on
    top of the recorded result.
    """
    person, period = contract.party_b, period_name(appraisal.cycle)
    head = Head(
        title=f"{_TITLE}（{person.name}，{period}）",
        company=contract.party_a.name,
        label=f"{_TITLE}　{period}　{person.name}　{person.number}",
        stamp=stamp,
    )
    outcome = _outcome(sheet, scheme, calibrated)
    return build(list(_story(outcome, appraisal, contract, scheme, plans, incidents)), head)


def _story(  # noqa: PLR0917 - everything that is on the paper
    outcome: Flowable,
    appraisal: Appraisal,
    contract: Contract,
    scheme: Scheme,
    plans: Plans,
    incidents: Sequence[Incident],
) -> Iterator[Flowable]:
    yield Heading(_TITLE, TITLE)
    yield Text(f"考核周期：{period_name(appraisal.cycle)}", SUBTITLE)
    yield person_entries(contract, scheme, TEXT_WIDTH)
    yield Heading("一、考核结果")
    yield outcome
    yield from happened(incidents)
    yield from left_to_do(plans.earlier)
    yield Heading("二、面谈记录与改进计划")
    yield from interview(appraisal.interview)
    yield from followed_up(plans.looks)
    closing = (*opinion(appraisal.interview), signatures(_SIGNERS, TEXT_WIDTH), Text(_HINT, NOTE))
    yield Stack([Heading("三、被考核人意见"), *closing], whole=True)


def _outcome(sheet: Sheet, scheme: Scheme, calibrated: Calibrated | None) -> Flowable:
    """Total, grade, and where the most points were lost: what the talk is about.

    Where it was calibrated since, both are said, as on the report.
    """
    new_total = f"{calibrated.new_total:f}" if calibrated else ""
    new_grade = calibrated.new_grade if calibrated else ""
    total = ("总分", _both(sheet.total.text if sheet.total else "缺", new_total))
    grade = [("等级", _both(sheet.grade.text if sheet.grade else "缺", new_grade))]
    rows = [(total, *(grade if scheme.grades else ()))]
    if losses := _losses(sheet):
        rows.append((("失分较多", "；".join(losses)),))
    return entries(rows, TEXT_WIDTH)


def _both(recorded: str, new: str) -> str:
    """68.00（定分），校准后 70.50: one of them where they are the same."""
    return f"{recorded}（定分），校准后 {new}" if new and new != recorded else recorded


def _losses(sheet: Sheet) -> list[str]:
    """The rows that lost the largest part of their full points, worst first."""
    lost = [(share, row) for row in sheet.rows if (share := _lost_share(row)) > 0]
    lost.sort(key=lambda one: -one[0])
    return [
        f"{row.indicator.name}（{row.score.text} / {show(row.full)} 分）"
        for _, row in lost[:_MOST_LOSSES]
        if row.score
    ]


def _lost_share(row: SheetRow) -> Number:
    value = row.score.value if row.score else None
    if not isinstance(value, Figure) or not row.full:
        return ZERO
    return divide(subtract(row.full, value.value), row.full)
