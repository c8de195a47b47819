"""Corrections: what a late change of a closed period's fact means, posted in the next open one.

What was settled stays as it was paid. The difference of each payable line is a new entry with
both derivations; the accounts are brought to where the recomputed chain has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from kpidesk.core.accounts import Account, Entry, Side, balance, period_words
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import Subject
from kpidesk.core.figure import YUAN, Figure, given
from kpidesk.core.findings import Code, Effect, Finding
from kpidesk.core.paying.rules import PayTotal
from kpidesk.core.results import Evaluation, Result
from kpidesk.core.scheme import Scheme

Key: TypeAlias = tuple[Subject, str, str]
"""Subject, name and period of a result."""

RESULT = "correction"
"""The result that a period pays, or takes back, for closed ones."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What is settled: the evaluation that was paid by, its closed periods, and the next open one.

    `lines` are the payable results, each rounded and paid by itself. `posted` are the corrections
    that were posted since.
    """

    settled: Evaluation
    closed: tuple[str, ...]
    into: str
    lines: tuple[str, ...]
    posted: tuple[Entry, ...] = ()


def payable_lines(scheme: Scheme) -> tuple[str, ...]:
    """The results that a scheme's totals of pay add up."""
    totals = (rule for rule in scheme.pay if isinstance(rule, PayTotal))
    return tuple(dict.fromkeys(line.result for rule in totals for line in rule.lines))


@dataclass(frozen=True, slots=True)
class Corrected:
    """The evaluation as it now stands, and all corrections posted so far, for the next time."""

    evaluation: Evaluation
    posted: tuple[Entry, ...]


def correct(closing: Closing, recomputed: Evaluation) -> Corrected:
    """Closed periods as settled, open ones as recomputed, and the differences in the next open one.

    A settled line that can no longer be computed is a finding, and is not touched.
    """
    closed = frozenset(closing.closed)
    old = {key: one for key, one in closing.settled.results.items() if key[2] in closed}
    new = {key: one for key, one in recomputed.results.items() if key[2] not in closed}
    keys = [key for key in old if _is_line(key, closing, closing.settled)]
    keys += [
        key for key in recomputed.results if key not in old and _is_line(key, closing, recomputed)
    ]
    posted = (
        *closing.posted,
        *(entry for key in keys if (entry := _correction(key, closing, recomputed))),
        *_adjustments(closing, recomputed),
    )
    evaluation = replace(
        recomputed,
        results=old | new | dict(_to_pay(posted, closing.into)),
        findings=(
            *recomputed.findings,
            *(_lost(key) for key in keys if key not in recomputed.results),
        ),
        entries=(
            *_settled(closing),
            *posted,
            *(one for one in recomputed.entries if one.period not in closed),
        ),
    )
    return Corrected(evaluation, posted)


def _settled(closing: Closing) -> Iterator[Entry]:
    """What the closed periods posted of themselves."""
    return (
        one
        for one in closing.settled.entries
        if one.period in closing.closed and one not in closing.posted
    )


def _is_line(key: Key, closing: Closing, evaluation: Evaluation) -> bool:
    """Whether a result is a payable line of a closed period."""
    _, name, period = key
    is_figure = isinstance(evaluation.results[key].value, Figure)
    return name in closing.lines and period in closing.closed and is_figure


def _correction(key: Key, closing: Closing, recomputed: Evaluation) -> Entry | None:
    """The difference of one line to what was paid for it so far; None when there is none."""
    subject, name, period = key
    new = _figure(key, recomputed, "重算")
    if new is None:
        return None
    settled = _figure(key, closing.settled, "原发")
    paid = given(ZERO, YUAN, f"{period_words(period)} 原未发放") if settled is None else settled
    item = f"{name}@{period}"
    mine = (subject, Account.CORRECTION, item)
    if earlier := [x for x in closing.posted if (x.subject, x.account, x.item) == mine]:
        corrected = balance(earlier, closing.into, f"{period_words(period)} 已更正")
        paid = (paid + corrected).named(f"{period_words(period)} 已发")
    title = _title(period, recomputed.results[key].title)
    return _posting(mine, closing.into, paid, new, f"更正 {title}")


def _adjustments(closing: Closing, recomputed: Evaluation) -> Iterator[Entry]:
    """What brings each account to where the recomputed closed periods have it."""
    kept = (*_settled(closing), *closing.posted)
    moved = [x for x in recomputed.entries if x.period in closing.closed]
    carried = [x for x in (*kept, *moved) if x.account is not Account.CORRECTION]
    for mine in dict.fromkeys((x.subject, x.account, x.item) for x in carried):
        before, after = (
            balance(
                [x for x in entries if (x.subject, x.account, x.item) == mine], closing.into, label
            )
            for entries, label in ((kept, "原余额"), (moved, "重算余额"))
        )
        entry = _posting(mine, closing.into, before, after, "重算调整")
        if entry is not None:
            yield entry


def _posting(
    mine: tuple[Subject, Account, str], into: str, before: Figure, after: Figure, reason: str
) -> Entry | None:
    subject, account, item = mine
    if before.value == after.value:
        return None
    rises = after.value > before.value
    amount = after - before if rises else before - after
    side = Side.ADD if rises else Side.TAKE
    return Entry(subject, account, item, into, side, amount.named(reason, after.clause), reason)


def _to_pay(postings: Iterable[Entry], into: str) -> Iterator[tuple[Key, Result]]:
    """What the open period pays for closed ones, or takes back, by person."""
    due = [x for x in postings if x.account is Account.CORRECTION and x.period == into]
    for subject in dict.fromkeys(x.subject for x in due):
        summed = balance([x for x in due if x.subject == subject], into, "更正以前各期")
        yield (subject, RESULT, into), Result(subject, RESULT, into, summed.rounded(2))


def _figure(key: Key, evaluation: Evaluation, how: str) -> Figure | None:
    """A line's figure under a name that says which of the two it is."""
    result = evaluation.results.get(key)
    if result is None or not isinstance(result.value, Figure):
        return None
    return result.value.named(f"{_title(key[2], result.title)}（{how}）")


def _title(period: str, title: str) -> str:
    return title if period in title else f"{period_words(period)} {title}"


def _lost(key: Key) -> Finding:
    subject, name, period = key
    message = f"{period_words(period)} 已结算，现在却算不出来：请补齐它所用的数据；在此之前不作更正"
    return Finding(Code.MISSING_FACT, Effect.WITHHOLDS, message, subject, name, period)
