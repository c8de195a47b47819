"""二次录入: the second time is typed without sight of the first; then the two are compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kpidesk.core.appraisal import Appraisal, AppraisalId, Entry
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.explain import show
from kpidesk.core.facts import FactValue
from kpidesk.core.names import known_facts
from kpidesk.core.period import CYCLE
from kpidesk.core.second_entry import DoubleEntry, SecondEntry
from kpidesk.core.sheet import make_sheet
from kpidesk.store.settings import load_setting
from kpidesk.usecases.appraisals.entering import check_value
from kpidesk.usecases.appraisals.listing import SheetView, view_of
from kpidesk.usecases.appraisals.saving import SheetChange, changed, save
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.company import PROFILE, CompanyProfile
from kpidesk.usecases.session import Company, Work, found


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that was typed otherwise the second time, or only once."""

    label: str
    period: str
    first: Entry | None
    second: SecondEntry | None

    @property
    def key(self) -> tuple[str, str]:
        """What it is of."""
        one = self.first or self.second
        return ("", "") if one is None else one.key


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far the second entry of a sheet has come."""

    mode: DoubleEntry
    entered: int
    waiting: tuple[Difference, ...]
    """Typed the first time only."""
    differences: tuple[Difference, ...]

    @property
    def is_settled(self) -> bool:
        """Whether nothing stands in the way of recording the scores."""
        return self.mode is DoubleEntry.OFF or not (self.waiting or self.differences)


def comparison(view: SheetView, mode: DoubleEntry) -> Comparison:
    """What was typed twice, once, and otherwise the second time."""
    known = known_facts(view.scheme)
    firsts = {one.key: one for one in view.appraisal.entries if _counts(view, one.name)}
    seconds = {one.key: one for one in view.appraisal.seconds if _counts(view, one.name)}
    waiting: list[Difference] = []
    odd: list[Difference] = []
    for key in dict.fromkeys((*firsts, *seconds)):
        first, second = firsts.get(key), seconds.get(key)
        name, period = key
        one = Difference(known[name].label if name in known else name, period, first, second)
        if first and second and first.value == second.value:
            if mode is DoubleEntry.ANOTHER and _is_alone(first, second):
                waiting.append(one)
        elif second is None:
            waiting.append(one)
        else:
            odd.append(one)
    return Comparison(mode, len(seconds), tuple(waiting), tuple(odd))


def look_at(
    company: Company, appraisal: AppraisalId, *, stage: str | None, second: bool
) -> tuple[SheetView, Comparison]:
    """A sheet, and how far its second entry has come.

    `second`: as it was typed the second time; nothing of the first time is in sight.
    """
    with company.read() as connection:
        view = view_of(company, connection, appraisal, stage)
        profile = found(load_setting(connection, PROFILE, CompanyProfile), "公司信息")
    found_ = comparison(view, profile.double_entry)
    return (as_typed_again(view) if second else view), found_


def as_typed_again(view: SheetView) -> SheetView:
    """A sheet with its second entries in place of the first."""
    blind = _blind(view.appraisal)
    sheet = make_sheet(view.scheme, view.contract, blind, stage=view.stage)
    return replace(view, sheet=sheet)


def enter_second(
    company: Company,
    appraisal: AppraisalId,
    *,
    name: str,
    value: FactValue | None,
    period: str = CYCLE,
    typist: str,
    actor: str,
    today: date,
) -> SheetChange:
    """Keep a value of the second time; None takes it off again. `typist` typed it."""
    who = typist.strip() or actor
    with company.change(actor) as work:
        before = view_of(company, work.connection, appraisal)
        old = next((x for x in before.appraisal.seconds if x.key == (name, period)), None)
        second = None
        if value is None:
            after = before.appraisal.cleared_again(name, period)
        else:
            check_value(before, name, period, value)
            _check_typist(work, before, name, period, who)
            second = SecondEntry(name, value, period, who, today)
            after = before.appraisal.entered_again(second)
        if (old.value if old else None) == value:
            return SheetChange(Changes.NONE, before)
        about = f"appraisal:{appraisal}"
        work.log("appraisal.enter_again", about, before=old, after=second, as_type=SecondEntry)
        return save(work, before, changed(before, after))


def settle_difference(
    company: Company,
    appraisal: AppraisalId,
    *,
    name: str,
    period: str = CYCLE,
    take_second: bool,
    reason: str,
    actor: str,
    today: date,
) -> SheetChange:
    """Let one of two values that differ stand; both stay on record, with the reason."""
    if not reason.strip():
        msg = "请写明核对的依据，例如：核对纸质评分表"
        raise NotAllowedError(msg)
    with company.change(actor) as work:
        before = view_of(company, work.connection, appraisal)
        sheet = before.appraisal
        first = next((one for one in sheet.entries if one.key == (name, period)), None)
        second = next((one for one in sheet.seconds if one.key == (name, period)), None)
        if second is None or (first is not None and first.value == second.value):
            msg = "这一项没有不一致，可能刚被改动过；请刷新后再试"
            raise InvalidValueError(msg)
        note = _story(first, second, reason.strip(), work.actor, take_second=take_second)
        after = sheet.entered_again(replace(second, note=note))
        if take_second:
            source = first.source if first else ""
            rated = first.rated_by if first else ()
            after = after.entered(
                Entry(name, second.value, period, work.actor, today, source, rated)
            )
        elif first is None:
            after = after.cleared_again(name, period)
        else:
            after = after.entered_again(replace(second, value=first.value, note=note))
        about = f"appraisal:{appraisal}"
        settled = next((one for one in after.seconds if one.key == (name, period)), None)
        work.log(
            "appraisal.settle_difference",
            about,
            before=second,
            after=settled,
            as_type=SecondEntry,
            reason=reason.strip(),
        )
        return save(work, before, changed(before, after))


def refuse_unchecked(work: Work, view: SheetView) -> None:
    """Refuse to record a sheet that the company wants typed twice, before it was."""
    profile = found(load_setting(work.connection, PROFILE, CompanyProfile), "公司信息")
    found_ = comparison(view, profile.double_entry)
    if found_.is_settled:
        return
    parts = []
    if found_.waiting:
        parts.append(f"还有 {len(found_.waiting)} 项没有第二次录入")
    if found_.differences:
        parts.append(f"{len(found_.differences)} 项两次录入不一致")
    told = "、".join(f"“{one.label}”" for one in (*found_.waiting, *found_.differences)[:5])
    msg = f"公司要求二次录入后才能定分：{'，'.join(parts)}（{told}…）。请点“二次录入”"
    raise NotAllowedError(msg)


def _counts(view: SheetView, name: str) -> bool:
    """Whether it is of the sheet: what was entered for an exempt indicator counts nothing."""
    known = known_facts(view.scheme).get(name)
    indicator = known.indicator if known else ""
    return not indicator or view.appraisal.exemption(indicator) is None


def _is_alone(first: Entry, second: SecondEntry) -> bool:
    """Whether one person typed both, and no difference had to be settled."""
    return first.entered_by == second.entered_by and not second.note


def _check_typist(work: Work, view: SheetView, name: str, period: str, who: str) -> None:
    profile = found(load_setting(work.connection, PROFILE, CompanyProfile), "公司信息")
    if profile.double_entry is not DoubleEntry.ANOTHER:
        return
    first = next((one for one in view.appraisal.entries if one.key == (name, period)), None)
    if first is not None and first.entered_by == who:
        msg = f"公司要求双人复核：第一次是{who}录入的，第二次请由另一个人录入"
        raise NotAllowedError(msg)


def _blind(appraisal: Appraisal) -> Appraisal:
    seconds = tuple(
        Entry(one.name, one.value, one.period, one.entered_by, one.entered_on)
        for one in appraisal.seconds
    )
    return replace(appraisal, entries=seconds)


def _story(
    first: Entry | None, second: SecondEntry, reason: str, by: str, *, take_second: bool
) -> str:
    """What was typed each time, by whom, and which one stands."""
    once = "没有填" if first is None else f"{value_words(first.value)}（{first.entered_by}）"
    again = f"{value_words(second.value)}（{second.entered_by}）"
    taken = "第二次" if take_second else "第一次"
    return f"第一次 {once}，第二次 {again}，以{taken}为准：{reason}（{by}）"


def value_words(value: FactValue) -> str:
    """A value as it reads in a list of differences."""
    match value:
        case bool():
            return "是" if value else "否"
        case tuple():
            words = (show(one) if isinstance(one, Decimal) else one for one in value)
            return "、".join(words) or "一项也没有达到"
        case Decimal():
            return show(value)
        case _:
            return value
