"""Entering what was achieved, in bulk: each figure goes to its home by the use case of there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.errors import InvalidValueError, KpiDeskError, NotAllowedError
from kpidesk.core.facts import FactValue
from kpidesk.core.inputs import value_problem
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.usecases.actuals.book import (
    Actual,
    Book,
    BookRef,
    InPay,
    Key,
    Need,
    OnSheet,
)
from kpidesk.usecases.actuals.reading import book_of
from kpidesk.usecases.appraisals import NewEntry, enter_all
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.pay import GroupRef, NewFact, enter_facts
from kpidesk.usecases.session import Company


@dataclass(frozen=True, slots=True)
class NewActual:
    """A figure to enter; None takes it back. `sheet` limits it to one of several sheets."""

    person: PersonId | None
    item: str
    days: Period
    value: FactValue | None
    source: str = ""
    sheet: AppraisalId | None = None

    @property
    def key(self) -> Key:
        """Whose, of what, of when."""
        return self.person, self.item, self.days


@dataclass(frozen=True, slots=True)
class Put:
    """What was changed, and what stood there before: entering that again undoes it."""

    changes: Changes
    before: tuple[NewActual, ...]


class CellRefusedError(KpiDeskError):
    """A figure was refused by its home; `key` says which."""

    def __init__(self, message: str, key: Key) -> None:
        super().__init__(message)
        self.key = key


def enter_actuals(
    company: Company,
    ref: BookRef,
    *,
    actuals: Sequence[NewActual],
    reason: str = "",
    actor: str,
    today: date,
) -> Put:
    """Write figures down where they live, all of them or none.

    A figure of a settled period needs a reason: it is a correction, whose difference is posted in
    the next open one. A recorded sheet has to be opened again first.
    """
    changes = Changes.NONE
    before: list[NewActual] = []
    with company.file.together():
        with company.read() as connection:
            book = book_of(company, connection, ref, frozenset(one.person for one in actuals))
        sheets: dict[AppraisalId, list[tuple[NewActual, str]]] = {}
        facts: dict[GroupRef, list[tuple[NewActual, str]]] = {}
        for one in actuals:
            actual = check_one(book, one)
            for home in actual.homes:
                if home.value == one.value and home.origin.source == one.source.strip():
                    continue
                match home:
                    case OnSheet() if home.is_open and one.sheet in (None, home.appraisal):
                        sheets.setdefault(home.appraisal, []).append((one, home.period))
                        before.append(_former(one, home))
                    case InPay():
                        facts.setdefault(home.group, []).append((one, home.period))
                        before.append(_former(one, home))
                    case OnSheet():
                        pass
        for sheet, entries in sheets.items():
            changes |= _on_sheet(company, sheet, entries, actor, today)
        for group, wanted in facts.items():
            changes |= _in_pay(company, group, wanted, reason=reason, actor=actor, today=today)
    return Put(changes, tuple(before))


def check_one(book: Book, one: NewActual) -> Actual:
    """The figure that is meant; CellRefusedError says why it cannot be entered."""
    actual = book.actuals.get(one.key)
    item = book.item(one.item)
    if actual is None or item is None:
        name = item.label if item else one.item
        msg = f"“{name}”没有这一期的值：不要求填写，或当时不在职"
        raise CellRefusedError(msg, one.key)
    if one.value is not None and (problem := value_problem(item.known, one.value)):
        raise CellRefusedError(problem, one.key)
    if why := locked(actual):
        raise CellRefusedError(why, one.key)
    if actual.need is Need.SUMMED and one.value is not None:
        msg = f"“{item.label}”由逐笔事项合计，请在“逐笔事项”里登记，或先删去各笔"
        raise CellRefusedError(msg, one.key)
    return actual


def locked(actual: Actual) -> str:
    """Why a figure cannot be typed, and what has to be done first; empty when it can."""
    if actual.takes_edit:
        return ""
    if actual.need is Need.SUMMED:
        return "这个数由逐笔事项合计，请在“逐笔事项”里登记"
    return "评分表已经定分，不能直接改：请先在“评分”页写明理由重新打开，改后再定分"


def settled_among(book: Book, keys: Sequence[Key]) -> int:
    """How many of some figures lie in settled periods of pay, so that a change is a correction."""
    found = (book.actuals.get(key) for key in keys)
    return sum(1 for one in found if one is not None and not one.on_sheet and not one.is_open)


def _former(one: NewActual, home: OnSheet | InPay) -> NewActual:
    sheet = home.appraisal if isinstance(home, OnSheet) else None
    return NewActual(one.person, one.item, one.days, home.value, home.origin.source, sheet)


def _on_sheet(
    company: Company,
    sheet: AppraisalId,
    entries: Sequence[tuple[NewActual, str]],
    actor: str,
    today: date,
) -> Changes:
    new = [NewEntry(one.item, one.value, period, one.source) for one, period in entries]

    def write() -> Changes:
        return enter_all(company, sheet, entries=new, actor=actor, today=today).changes

    return _blaming(write, [one for one, _ in entries])


def _in_pay(
    company: Company,
    group: GroupRef,
    wanted: Sequence[tuple[NewActual, str]],
    *,
    reason: str,
    actor: str,
    today: date,
) -> Changes:
    facts = [NewFact(one.person, one.item, period, one.value, one.source) for one, period in wanted]

    def write() -> Changes:
        made = enter_facts(company, group, facts=facts, reason=reason, actor=actor, today=today)
        return made.changes

    return _blaming(write, [one for one, _ in wanted])


def _blaming(write: Callable[[], Changes], entered: Sequence[NewActual]) -> Changes:
    """Let a refusal name the figure; the first one where it is about none in particular."""
    try:
        return write()
    except NotAllowedError:
        raise
    except InvalidValueError as problem:
        message = str(problem)
        named = (one for one in entered if one.item.rpartition(".")[2] in message)
        quoted = (
            one
            for one in entered
            if isinstance(one.value, tuple) and any(str(part) in message for part in one.value)
        )
        blamed = next(named, None) or next(quoted, None) or entered[0]
        raise CellRefusedError(message, blamed.key) from problem
