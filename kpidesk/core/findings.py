"""Findings: what is wrong with data, as data. Bugs raise; data is reported, all of it at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kpidesk.core.facts import TEAM
from kpidesk.core.period import CYCLE

_MOST_NAMED: Final = 12


class Effect(StrEnum):
    """What a finding does to the results."""

    BLOCKS = "blocks"  # no result of any kind is produced
    WITHHOLDS = "withholds"  # the result that needed it is not produced
    WARNS = "warns"  # the result stands, the reader is told


class Code(StrEnum):
    """Every kind of finding, named as in trials and on the screen."""

    UNKNOWN_NAME = "unknown-name"
    BAD_VALUE = "bad-value"
    CONFLICTING_FACTS = "conflicting-facts"
    WEIGHTS_NOT_100 = "weights-not-100"
    WEIGHTS_NOT_PARENT = "weights-not-parent"
    RATER_WEIGHTS_NOT_100 = "rater-weights-not-100"
    SHARES_NOT_100 = "shares-not-100"
    MISSING_FACT = "missing-fact"
    MISSING_PARAMETER = "missing-parameter"
    ZERO_TARGET = "zero-target"
    ZERO_DENOMINATOR = "zero-denominator"
    ZERO_BASE = "zero-base"
    NEGATIVE_BASE = "negative-base"
    SCORE_OUT_OF_RANGE = "score-out-of-range"
    NOT_A_LEVEL = "not-a-level"
    CLAUSE_CUT_OFF = "clause-cut-off"
    AMBIGUOUS_CLAUSE = "ambiguous-clause"
    NOT_IN_SOURCE = "not-in-source"
    IMPOSSIBLE_DATE = "impossible-date"
    REFUND = "refund"
    NEGATIVE_PAY = "negative-pay"
    PAY_FLOORED = "pay-floored"
    POOL_UNALLOCATED = "pool-unallocated"
    POOL_UNDISTRIBUTED = "pool-undistributed"
    NEGATIVE_MARGIN = "negative-margin"
    COEFFICIENT_ABOVE_1 = "coefficient-above-1"
    NO_PAY_RULE = "no-pay-rule"
    POINTS_NOT_100 = "points-not-100"
    SCORE_ABOVE_FULL = "score-above-full"
    SCORE_CLAMPED = "score-clamped"
    POINTS_FOR_ZERO = "points-for-zero"
    BEYOND_TABLE = "beyond-table"
    BAD_FORMULA = "bad-formula"
    EXEMPT = "exempt"
    NOT_APPROVED = "not-approved"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know or to put right.

    `subject` is a person's id, "team" or "cycle"; `name` the fact, parameter or indicator;
    `period` a period key ("2024Q1", "cycle"). Each may be empty when it does not apply.
    The message says in Chinese what is wrong and what to do.
    """

    code: Code
    effect: Effect
    message: str
    subject: str = ""
    name: str = ""
    period: str = ""


def condensed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """For reading: what is missing under one name in many periods is said once.

    “缺少…（2024-02）” and “缺少…（2024-03）” become “缺少…（2024-02 至 2024-03，共 2 个期间）”.
    """
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for one in findings:
        alone = one.code is not Code.MISSING_FACT or f"（{one.period}）" not in one.message
        key = (one.code, one.subject, one.name, one.message if alone else "")
        groups.setdefault(key, []).append(one)
    return tuple(_merged(group) for group in groups.values())


def shared(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """For reading about many people: what is equally true of several is said once, with names."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for one in condensed(findings):
        alone = one.subject in ("", TEAM, CYCLE)
        key = (one.code, one.effect, one.message, one.subject if alone else "·")
        groups.setdefault(key, []).append(one)
    return tuple(_of_all(group) for group in groups.values())


def _of_all(group: list[Finding]) -> Finding:
    names = list(dict.fromkeys(one.subject for one in group))
    if len(names) == 1:
        return group[0]
    told = "、".join(names[:_MOST_NAMED])
    rest = f"等 {len(names)} 人" if len(names) > _MOST_NAMED else ""
    first = group[0]
    gap = "" if first.message.endswith("。") else "；"
    return replace(first, subject="", message=f"{first.message}{gap}涉及：{told}{rest}。")


def _merged(group: list[Finding]) -> Finding:
    if len(group) == 1:
        return group[0]
    first, *_, last = sorted(group, key=lambda one: one.period)
    span = f"（{first.period} 至 {last.period}，共 {len(group)} 个期间）"
    return replace(first, message=first.message.replace(f"（{first.period}）", span))
