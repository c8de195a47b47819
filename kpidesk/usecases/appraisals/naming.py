"""Who rates on a sheet: named once, and kept with every score that they gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kpidesk.core.appraisal import AppraisalId, Entry
from kpidesk.core.contract import PartyB
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.facts import FactValue
from kpidesk.core.names import ValueKind, known_facts
from kpidesk.core.rating import RaterNames
from kpidesk.usecases.appraisals.listing import SheetView, view_of
from kpidesk.usecases.appraisals.saving import SheetChange, changed, save
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.session import Company, Work

SELF: Final = "self"
_SUPERIOR: Final = "superior"
ANYBODY: Final = ""
_RATED: Final = (ValueKind.POINTS, ValueKind.POINTS_BY_RATERS)


@dataclass(frozen=True, slots=True)
class RaterKind:
    """A kind of raters of a sheet: what it is called, and who they are as far as is known.

    `fixed`: nobody has to be named, because there is nobody else it could be.
    """

    rater: str
    label: str
    names: tuple[str, ...]
    fixed: bool = False


def rater_kinds(view: SheetView) -> tuple[RaterKind, ...]:
    """The kinds of raters that the sheet asks, in printed order."""
    asked = {one.rater for row in view.sheet.rows for one in row.fields if one.rater}
    kinds = [(one.name, one.label) for one in view.scheme.raters if one.label in asked]
    if not kinds:
        kinds = [(ANYBODY, "考核人")]
    return tuple(
        RaterKind(rater, label, _names(view, rater), fixed=rater == SELF) for rater, label in kinds
    )


def rated_by(view: SheetView, name: str, value: FactValue) -> tuple[str, ...]:
    """Who gave a score; nobody where the value is no score, or nobody is known.

    InvalidValueError where another number of scores was typed than raters are named.
    """
    known = known_facts(view.scheme)[name]
    if known.kind not in _RATED:
        return ()
    rater = _kind_of(name, known.indicator)
    names = _names(view, rater)
    count = len(value) if isinstance(value, tuple) else 1
    if count == len(names):
        return names
    if any(one.rater == rater for one in view.appraisal.raters):
        msg = (
            f"“{known.label}”登记了 {len(names)} 位考核人，填了 {count} 个分数："
            "请按登记的顺序每人填一个，或在“考核人”里更正"
        )
        raise InvalidValueError(msg)
    return ()


def name_raters(
    company: Company,
    appraisal: AppraisalId,
    *,
    raters: Sequence[RaterNames],
    actor: str,
    today: date,
) -> SheetChange:
    """Say who the raters of some kinds are; scores entered before are theirs from now on."""
    del today
    with company.change(actor) as work:
        before = view_of(company, work.connection, appraisal)
        after = named(before, raters)
        return saved(work, before, after, raters)


def named(before: SheetView, raters: Sequence[RaterNames]) -> SheetView:
    """The sheet with its raters named; NotAllowedError where it cannot take them."""
    after, person = before, before.contract.party_b.name
    for made in raters:
        if made.rater != SELF and person in made.names:
            msg = f"{person}是被考核人本人，不能作为“{_label(before, made.rater)}”的考核人"
            raise NotAllowedError(msg)
        if made.names != _names(after, made.rater):
            after = changed(after, after.appraisal.named(made, tuple(_renamed(after, made))))
    return after


def saved(
    work: Work, before: SheetView, after: SheetView, raters: Sequence[RaterNames]
) -> SheetChange:
    """Write what differs, with a line in the log for each kind."""
    if after is before:
        return SheetChange(Changes.NONE, before)
    done = save(work, before, after)
    old = {one.rater: one for one in before.appraisal.raters}
    new = {one.rater: one for one in after.appraisal.raters}
    for made in raters:
        if old.get(made.rater) != new.get(made.rater):
            about = f"appraisal:{before.appraisal.id}"
            was = old.get(made.rater)
            work.log("appraisal.raters", about, before=was, after=made, as_type=RaterNames)
    return done


def _renamed(view: SheetView, made: RaterNames) -> Iterator[Entry]:
    """The entries of the sheet, those of a kind with the names of their raters."""
    known = known_facts(view.scheme)
    for one in view.appraisal.entries:
        fact = known.get(one.name)
        is_score = fact is not None and fact.kind in _RATED
        if fact is None or not is_score or _kind_of(one.name, fact.indicator) != made.rater:
            yield one
        else:
            count = len(one.value) if isinstance(one.value, tuple) else 1
            if made.names and count != len(made.names):
                msg = (
                    f"“{fact.label}”已填 {count} 个分数，与 {len(made.names)} 位考核人不符："
                    "请先清空或补齐这一项"
                )
                raise NotAllowedError(msg)
            yield replace(one, rated_by=made.names)


def _kind_of(name: str, indicator: str) -> str:
    """The kind in the name of a score: peer of score.团队建设.peer."""
    return name.removeprefix(f"score.{indicator}").removeprefix(".")


def _names(view: SheetView, rater: str) -> tuple[str, ...]:
    """The raters of a kind: as named for the sheet, else who it can only be."""
    return of_kind(view.appraisal.raters, rater, view.contract.party_b)


def of_kind(raters: Sequence[RaterNames], rater: str, party: PartyB) -> tuple[str, ...]:
    """The raters of a kind among those that were named, else who it can only be."""
    for one in raters:
        if one.rater == rater:
            return one.names
    if rater == SELF:
        return (party.name,)
    if rater in (_SUPERIOR, ANYBODY) and party.superior:
        return (party.superior,)
    return ()


def _label(view: SheetView, rater: str) -> str:
    return next((one.label for one in view.scheme.raters if one.name == rater), "评分")
