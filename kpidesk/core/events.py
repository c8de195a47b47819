"""What is wrong with the dated lines that were given to an evaluation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import assert_never

from kpidesk.core.context import Context
from kpidesk.core.event_kinds import EventFieldKind, EventKind
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.facts import TEAM, Event, EventValue, Subject
from kpidesk.core.fed import has_lines
from kpidesk.core.findings import Code
from kpidesk.core.period import CYCLE, EACH, Period


def check_events(context: Context) -> None:
    """Report unknown kinds and fields, wrong values, shares that do not add, and double figures."""
    for subject, lines in context.facts.ledgers.items():
        if subject != TEAM and subject not in context.people:
            context.block(
                Code.UNKNOWN_NAME,
                f"“{subject}”不在被考核人之中，不能有事项",
                subject=subject,
                name=subject,
            )
        for line in lines:
            kind = context.scheme.event(line.kind)
            if kind is None:
                known = "、".join(one.name for one in context.scheme.events)
                wanted = f"，应为：{known}" if known else "，这个方案不用事项"
                _block(
                    context,
                    Code.UNKNOWN_NAME,
                    f"方案“{context.scheme.title}”没有事项“{line.kind}”{wanted}",
                    line,
                )
            else:
                _check_fields(context, kind, line)
                _check_shares(context, line)
    _check_double(context)


def _check_fields(context: Context, kind: EventKind, line: Event) -> None:
    fields = {one.name: one for one in kind.fields}
    given = dict(line.values)
    for name, value in given.items():
        if name not in fields:
            _block(context, Code.UNKNOWN_NAME, f"事项“{kind.label}”没有“{name}”这一项", line)
        elif problem := _field_problem(fields[name].kind, value):
            label = fields[name].label
            _block(context, Code.BAD_VALUE, f"事项“{kind.label}”的{label}应为{problem}", line)
    for field in kind.fields:
        if not field.optional and field.name not in given:
            _block(context, Code.BAD_VALUE, f"事项“{kind.label}”缺少{field.label}", line)


def _field_problem(kind: EventFieldKind, value: EventValue) -> str:
    match kind:
        case EventFieldKind.NUMBER:
            return "" if isinstance(value, Decimal) else "数字"
        case EventFieldKind.TEXT:
            return "" if isinstance(value, str) else "文字"
        case EventFieldKind.FLAG:
            return "" if isinstance(value, bool) else "是或否(true/false)"
        case EventFieldKind.DATE:
            return "" if isinstance(value, date) else "日期"
        case _:
            assert_never(kind)


def _check_shares(context: Context, line: Event) -> None:
    if line.subject != TEAM:
        if line.shares:
            _block(context, Code.BAD_VALUE, "只有团队的事项可以按比例分给几个人(shares)", line)
        return
    for person, share in line.shares:
        if person not in context.people:
            _block(context, Code.UNKNOWN_NAME, f"事项分给了“{person}”，但他不在被考核人之中", line)
        elif share < ZERO:
            _block(context, Code.BAD_VALUE, f"“{person}”的比例 {share:f}% 不能为负数", line)
    summed = sum((share for _, share in line.shares), ZERO)
    if summed != HUNDRED:
        _block(
            context,
            Code.SHARES_NOT_100,
            f"{line.on} 的事项各人比例合计为 {summed:f}%，应为 100%，请调整",
            line,
        )


def _check_double(context: Context) -> None:
    """What dated lines of a period add up to must not be given for that period as a figure, too."""
    kinds: dict[str, list[str]] = {}
    for kind in context.scheme.events:
        for name in kind.feeds:
            kinds.setdefault(name, []).append(kind.name)
    for subject in with_ledger(context):
        for name in sorted(kinds):
            for key in context.facts.periods(subject, name):
                days = context.cycle.period if key in (CYCLE, EACH) else Period.parse(key)
                if has_lines(context.facts, subject, kinds[name], days):
                    context.block(
                        Code.CONFLICTING_FACTS,
                        f"“{context.known[name].label}”在同一期间既填了数字，又有逐笔事项，"
                        "请只保留一种",
                        subject=subject,
                        name=name,
                    )


def with_ledger(context: Context) -> dict[Subject, None]:
    """Whose figures come from dated lines: their own, or a share in one of the team's."""
    own = {subject: None for subject in context.facts.ledgers if subject in context.people}
    shared = {
        person: None for line in context.facts.ledgers.get(TEAM, ()) for person, _ in line.shares
    }
    return {**own, **{one: None for one in shared if one in context.people}}


def _block(context: Context, code: Code, message: str, line: Event) -> None:
    where = f"({line.origin.source})" if line.origin.source else ""
    context.block(code, f"{message}{where}", subject=line.subject, name=line.kind)
