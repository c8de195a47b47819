"""Entering facts and scores: what is wrong is refused at once, and nothing of it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from kpidesk.core.agreed import agreed_facts
from kpidesk.core.appraisal import AppraisalId, Entry, Override
from kpidesk.core.clauses import Prose
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import FactValue
from kpidesk.core.findings import Code, Finding
from kpidesk.core.inputs import value_problem
from kpidesk.core.names import KnownFact, ValueKind, known_facts
from kpidesk.core.period import CYCLE
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.asked import is_rated
from kpidesk.core.scoring.rules import Attainment, ScoringRule
from kpidesk.core.sheet import SUBJECT
from kpidesk.core.sheet_fields import FieldMaker
from kpidesk.usecases.appraisals.listing import SheetView, view_of
from kpidesk.usecases.appraisals.naming import rated_by
from kpidesk.usecases.appraisals.saving import SheetChange, changed, save
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.session import Company

_REFUSED: Final = frozenset(
    {
        Code.UNKNOWN_NAME,
        Code.BAD_VALUE,
        Code.CONFLICTING_FACTS,
        Code.NOT_A_LEVEL,
        Code.SCORE_OUT_OF_RANGE,
    }
)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A fact or score to put on a sheet; `source` names the paper or file it was read from.

    A value of None takes it off again: missing, which is not zero.
    """

    name: str
    value: FactValue | None
    period: str = CYCLE
    source: str = ""


def enter_all(
    company: Company,
    appraisal: AppraisalId,
    *,
    entries: Sequence[NewEntry],
    actor: str,
    today: date,
) -> SheetChange:
    """Put many facts and scores on a sheet at once: all of them or none."""
    with company.change(actor) as work:
        before = view_of(company, work.connection, appraisal)
        after = before.appraisal
        for one in entries:
            old = _entry(before, one.name, one.period)
            entry = None
            if one.value is None:
                after = after.cleared(one.name, one.period)
            else:
                check_value(before, one.name, one.period, one.value)
                rated = rated_by(before, one.name, one.value)
                by, source = work.actor, one.source.strip()
                entry = Entry(one.name, one.value, one.period, by, today, source, rated)
                after = after.entered(entry)
            about = f"appraisal:{appraisal}"
            if old is not None or entry is not None:
                work.log("appraisal.enter", about, before=old, after=entry, as_type=Entry)
        view = changed(before, after)
        _refuse_both(before, view)
        for name in dict.fromkeys(one.name for one in entries):
            _refuse_new(before, view, name)
        return save(work, before, view)


def enter(
    company: Company,
    appraisal: AppraisalId,
    *,
    name: str,
    value: FactValue | None,
    period: str = CYCLE,
    source: str = "",
    stage: str = CYCLE,
    actor: str,
    today: date,
) -> SheetChange:
    """Put a fact or score on the sheet; None takes it off again: missing, which is not zero.

    `source` names the paper or file that it was read from, `stage` the fields that the returned
    view shows.
    """
    with company.change(actor) as work:
        before = view_of(company, work.connection, appraisal, stage)
        old = _entry(before, name, period)
        if value is None:
            entry = None
            after = before.appraisal.cleared(name, period)
        else:
            check_value(before, name, period, value)
            rated = rated_by(before, name, value)
            entry = Entry(name, value, period, work.actor, today, source.strip(), rated)
            after = before.appraisal.entered(entry)
        if (old.value if old else None) == value and (not entry or not old or _same(old, entry)):
            return SheetChange(Changes.NONE, before)
        view = changed(before, after, stage)
        _refuse_both(before, view)
        _refuse_new(before, view, name)
        about = f"appraisal:{appraisal}"
        work.log("appraisal.enter", about, before=old, after=entry, as_type=Entry)
        return save(work, before, view)


def override(
    company: Company,
    appraisal: AppraisalId,
    *,
    indicator: str,
    score: Decimal,
    reason: str,
    actor: str,
    today: date,
) -> SheetChange:
    """Put a score by hand in place of the computed one; it needs a reason."""
    with company.change(actor) as work:
        before = view_of(company, work.connection, appraisal)
        if _is_rated(before, _rule(before.scheme, indicator)):
            msg = f"指标“{indicator}”本来就由考核人评分，请直接填写得分"
            raise NotAllowedError(msg)
        made = Override(indicator, score, reason.strip(), work.actor, today)
        after = before.appraisal.overridden(made)
        _check_points(before.scheme, known_facts(before.scheme)[f"score.{indicator}"], score)
        view = changed(before, after)
        _refuse_new(before, view, f"score.{indicator}")
        old = next((x for x in before.appraisal.overrides if x.indicator == indicator), None)
        work.log(
            "appraisal.override",
            f"appraisal:{appraisal}",
            before=old,
            after=made,
            as_type=Override,
            reason=made.reason,
        )
        return save(work, before, view)


def restore_rule(
    company: Company, appraisal: AppraisalId, *, indicator: str, actor: str, today: date
) -> SheetChange:
    """Let the indicator be scored by its own rule again."""
    del today
    with company.change(actor) as work:
        before = view_of(company, work.connection, appraisal)
        old = next((x for x in before.appraisal.overrides if x.indicator == indicator), None)
        if old is None:
            return SheetChange(Changes.NONE, before)
        view = changed(before, before.appraisal.restored(indicator))
        work.log("appraisal.restore_rule", f"appraisal:{appraisal}", before=old)
        return save(work, before, view)


def _entry(view: SheetView, name: str, period: str) -> Entry | None:
    entries = view.appraisal.entries
    return next((one for one in entries if (one.name, one.period) == (name, period)), None)


def _same(old: Entry, new: Entry) -> bool:
    """Whether two entries say the same; who said it again, and when, is no news."""
    return old.source == new.source


def check_value(view: SheetView, name: str, period: str, value: FactValue) -> None:
    """Refuse a value that cannot stand under a name, whoever typed it."""
    known = known_facts(view.scheme).get(name)
    if known is None:
        msg = f"方案“{view.scheme.title}”没有数据项“{name}”，请核对"
        raise InvalidValueError(msg)
    if problem := value_problem(known, value):
        raise InvalidValueError(problem)
    agreed = agreed_facts(view.scheme, view.contract, view.appraisal.cycle, SUBJECT)
    if period == CYCLE and any(one.name == name for one in agreed):
        msg = f"“{known.label}”已在{view.contract.title} 中约定，不能在评分表上改动"
        raise NotAllowedError(msg)
    if known.indicator and view.appraisal.exemption(known.indicator) is not None:
        msg = f"指标“{known.indicator}”已免考核，不需要填写；如需考核，请先取消免考核"
        raise NotAllowedError(msg)
    if known.kind in (ValueKind.POINTS, ValueKind.POINTS_BY_RATERS):
        rule = _rule(view.scheme, known.indicator)
        computed = rule is not None and not (_is_rated(view, rule) or _takes_score(view, rule))
        if computed and period == CYCLE and known.kind is ValueKind.POINTS:
            msg = f"指标“{known.indicator}”的得分由数据算出，如需改写请用“改写得分”并填写理由"
            raise NotAllowedError(msg)
        for points in value if isinstance(value, tuple) else (value,):
            _check_points(view.scheme, known, points)


def _check_points(scheme: Scheme, known: KnownFact, points: FactValue) -> None:
    full = next(scheme.full_points(one) for one in scheme.walk() if one.name == known.indicator)
    if not isinstance(points, Decimal) or not ZERO <= points <= full:
        shown = f"{points:f}" if isinstance(points, Decimal) else str(points)
        msg = f"“{known.indicator}”的得分 {shown} 超出范围，应在 0 到 {full:f} 分之间"
        raise InvalidValueError(msg)


def _is_rated(view: SheetView, rule: ScoringRule | None) -> bool:
    return is_rated(rule, Prose(view.scheme, dict(view.contract.settings)).word)


def _takes_score(view: SheetView, rule: ScoringRule) -> bool:
    return FieldMaker(view.scheme, view.contract, view.appraisal, SUBJECT).takes_score(rule)


def _refuse_both(before: SheetView, after: SheetView) -> None:
    """Refuse a target beside a score that was given without one: only one of them can count."""

    def both(view: SheetView) -> set[str]:
        names = {one.name for one in view.appraisal.entries if one.period == CYCLE}
        return {
            leaf.name
            for leaf in view.scheme.leaves()
            if isinstance(leaf.rule, Attainment)
            and {leaf.rule.measure.plan, f"score.{leaf.name}"} <= names
        }

    for name in sorted(both(after) - both(before)):
        msg = (
            f"“{name}”不能既填目标又直接评分：要按目标计算，请先清空得分；要直接评分，请先清空目标"
        )
        raise NotAllowedError(msg)


def _rule(scheme: Scheme, indicator: str) -> ScoringRule | None:
    """The rule of an indicator; None for a dimension. InvalidValueError for an unknown name."""
    for one in scheme.walk():
        if one.name == indicator:
            return one.rule
    msg = f"方案“{scheme.title}”没有指标“{indicator}”，请核对"
    raise InvalidValueError(msg)


def _refuse_new(before: SheetView, after: SheetView, name: str) -> None:
    """Refuse what the evaluation finds wrong with the value that was just entered."""

    def wrong(view: SheetView) -> set[Finding]:
        findings = view.sheet.evaluation.findings
        return {one for one in findings if one.name == name and one.code in _REFUSED}

    if new := wrong(after) - wrong(before):
        raise InvalidValueError("\n".join(sorted(one.message for one in new)))
