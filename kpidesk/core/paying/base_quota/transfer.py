"""划拨: implementation made up to the standard quotation out of the project's software money.

It renames software money and keeps its rate, so it changes no pay.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kpidesk.core.exact import ZERO
from kpidesk.core.facts import Subject
from kpidesk.core.figure import YUAN, Figure, given, total
from kpidesk.core.paying.base_quota.ledger import Ledger, Part
from kpidesk.core.paying.base_quota.rule import LineUse
from kpidesk.core.period import Period


def transferred(ledger: Ledger, subject: Subject, period: Period, clause: str) -> Figure:
    """What is transferred in a period: what a project lacks at its end less what it did before."""
    changes = []
    for project in _quoted(ledger, subject):
        now = _until(ledger, subject, project, period.end, clause)
        before = _until(ledger, subject, project, period.start, clause)
        changes.append(now - before if before.value else now)
    return total(changes, YUAN).named("划拨的实施费", clause)


def _quoted(ledger: Ledger, subject: Subject) -> tuple[str, ...]:
    parts = ledger.own(subject, LineUse.IMPLEMENTATION)
    return tuple(dict.fromkeys(one.project for one in parts if one.quotation is not None))


def _until(ledger: Ledger, subject: Subject, project: str, end: date, clause: str) -> Figure:
    """What the project's implementation lacks before a day, as far as its software money goes."""
    done = list(_before(ledger, subject, project, end, LineUse.IMPLEMENTATION))
    software = _sum(_before(ledger, subject, project, end, LineUse.PRODUCT), "软件款")
    quotations = [one.quotation for one in done if one.quotation is not None]
    if not quotations:
        return given(ZERO, YUAN, "尚无标准报价，不划拨", clause)
    quoted = total(quotations, YUAN).named(f"{project} 标准报价", clause)
    lacking = (quoted - _sum(done, "实施收入")).named(f"{project} 低于标准报价", clause)
    nothing = given(ZERO, YUAN, "不划拨", clause)
    if lacking.value <= ZERO or software.value <= ZERO:
        return lacking.at_most(software).at_least(nothing).named(f"{project} 划拨", clause)
    return lacking.at_most(software).named(f"{project} 划拨", clause)


def _before(
    ledger: Ledger, subject: Subject, project: str, end: date, use: LineUse
) -> Iterator[Part]:
    parts = ledger.own(subject, use)
    return (one for one in parts if one.project == project and one.line.on < end)


def _sum(parts: Iterator[Part] | list[Part], label: str) -> Figure:
    return total([one.counted for one in parts if one.counted is not None], YUAN).named(label)
