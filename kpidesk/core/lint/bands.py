"""Flaws of grade scales and printed tables: gaps, overlaps, grades that nobody can get."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from kpidesk.core.context import Context
from kpidesk.core.explain import show
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.grading import GradeScale
from kpidesk.core.indicator import Indicator
from kpidesk.core.lint.flaw import Flaw
from kpidesk.core.lint.reach import total_span
from kpidesk.core.scoring.rules import Deduction, RangeTable

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def grades(context: Context) -> Iterator[Flaw]:
    """Grades that nobody can get, and scores that no printed grade covers."""
    scale = context.scheme.grades
    if scale is None:
        return
    yield from _printed_gaps(scale)
    span = total_span(context)
    if span is None:
        return
    least, most = span
    rows = scale.bands.rows
    for place, row in enumerate(rows):
        top = rows[place + 1].at if place + 1 < len(rows) else None
        too_high = most is not None and most < row.at
        too_low = top is not None and (top < least or (top == least and rows[place + 1].inclusive))
        if too_high or too_low:
            reach = f"最高 {show(most)}" if too_high and most is not None else f"最低 {show(least)}"
            which = "最高等级" if place == len(rows) - 1 else "等级"
            yield Flaw(
                FlawKind.UNREACHABLE,
                f"{which}“{row.value}”没有人能得到：总分{reach} 分，该等级从 {show(row.at)} 分起"
                + (f"，不足 {show(top)} 分" if top is not None else ""),
                scale.clause,
                name=row.value,
            )


def _printed_gaps(scale: GradeScale) -> Iterator[Flaw]:
    """Printed ranges such as 80–89 and 90–100, with two decimals between them."""
    holes: list[str] = []
    overlaps: list[str] = []
    for below, above in pairwise(scale.printed):
        ends, starts = _NUMBER.findall(below), _NUMBER.findall(above)
        if len(ends) == 1 or not (ends and starts):  # “60分以下” has one bound only
            continue
        end, start = Decimal(ends[-1]), Decimal(starts[0])
        if end < start:
            holes.append(show((end + start) / 2))
        elif "不含" not in below and "不足" not in below and "<" not in below:
            overlaps.append(show(start))
    if holes:
        printed = "、".join(scale.printed)
        yield Flaw(
            FlawKind.GAP,
            f"印制的等级范围（{printed}）之间有空档：{'、'.join(reversed(holes))} 分等"
            "不属于任何等级；现按下限归入较低的等级",
            scale.clause,
        )
    if overlaps:
        printed = "、".join(scale.printed)
        yield Flaw(
            FlawKind.OVERLAP,
            f"印制的等级范围重叠：{'、'.join(overlaps)} 分属于两个等级，请写明含哪一端",
            scale.clause,
        )


def tables(context: Context) -> Iterator[Flaw]:
    """Printed tables that leave out values: below, between, above their ranges."""
    for leaf in context.scheme.leaves():
        items = leaf.rule.items if isinstance(leaf.rule, Deduction) else ()
        for table in items:
            if isinstance(table, RangeTable):
                yield from _table(table, leaf)


def _table(table: RangeTable, leaf: Indicator) -> Iterator[Flaw]:
    rows = sorted(table.ranges, key=lambda one: one.least)
    clause = table.clause or leaf.clause
    for below, above in pairwise(rows):
        if above.least > below.most + 1:
            yield Flaw(
                FlawKind.GAP,
                f"“{leaf.name}”的分段有空档："
                f"{show(below.most)} 与 {show(above.least)} 之间没有规定",
                clause,
                name=leaf.name,
            )
        elif above.least <= below.most:
            yield Flaw(
                FlawKind.OVERLAP,
                f"“{leaf.name}”的分段重叠：{show(above.least)} 同时属于两段",
                clause,
                name=leaf.name,
            )
    last = rows[-1].most
    yield Flaw(FlawKind.GAP, f"“{leaf.name}”超过 {show(last)} 的没有规定", clause, name=leaf.name)
