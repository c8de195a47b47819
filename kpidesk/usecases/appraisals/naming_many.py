"""Who rates on many sheets: named at once, or as in each person's last cycle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.errors import NotAllowedError
from kpidesk.core.rating import RaterNames, asked_raters
from kpidesk.store.sheet_parts import load_raters
from kpidesk.usecases.appraisals.leading import Leaders, register
from kpidesk.usecases.appraisals.listing import view_of
from kpidesk.usecases.appraisals.naming import ANYBODY, SELF, RaterKind, named, of_kind, saved
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.contracts.listing import terms_on
from kpidesk.usecases.lists import AppraisalRow, SheetState, sheets_in
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company


class _GivenUp(Exception):  # noqa: N818 - it only takes back what was begun
    """Somebody cancelled: nothing is kept."""


@dataclass(frozen=True, slots=True)
class RaterSheet:
    """A sheet that is not recorded: who rates on it, and who did last time."""

    row: AppraisalRow
    kinds: tuple[RaterKind, ...]
    earlier: tuple[RaterNames, ...]
    leaders: Leaders


@dataclass(frozen=True, slots=True)
class RatersNamed:
    """What became of naming raters of many sheets; `skipped`: whose, and why not."""

    changes: Changes
    named: tuple[AppraisalId, ...]
    skipped: tuple[tuple[str, str], ...]
    cancelled: bool = False


def name_raters_of(
    company: Company,
    *,
    raters: Mapping[AppraisalId, Sequence[RaterNames]],
    actor: str,
    today: date,
    progress: Progress | None = None,
) -> RatersNamed:
    """Say who rates on many sheets; one's own name is left out of the raters of one's own.

    A sheet that cannot take them (its scores are of another number of raters, say) stays as it
    is, and is told of. Nothing is kept when it is cancelled.
    """
    del today
    watch = progress or Unwatched()
    done: list[AppraisalId] = []
    skipped: list[tuple[str, str]] = []
    try:
        with company.change(actor) as work:
            for number, (appraisal, wanted) in enumerate(raters.items()):
                before = view_of(company, work.connection, appraisal)
                person = before.contract.party_b.name
                watch.step(number, len(raters), person)
                _go_on(watch)
                others = [
                    replace(one, names=tuple(name for name in one.names if name != person))
                    for one in wanted
                    if one.rater != SELF
                ]
                try:
                    after = named(before, others)
                    if saved(work, before, after, others).changes is not Changes.NONE:
                        done.append(appraisal)
                except NotAllowedError as problem:
                    skipped.append((f"{person}（{before.sheet.cycle.key}）", str(problem)))
    except _GivenUp:
        return RatersNamed(Changes.NONE, (), (), cancelled=True)
    changes = Changes.APPRAISALS if done else Changes.NONE
    return RatersNamed(changes, tuple(done), tuple(skipped))


def _go_on(watch: Progress) -> None:
    if watch.cancelled:
        raise _GivenUp


def rater_sheets(
    company: Company, ids: Sequence[AppraisalId], *, progress: Progress | None = None
) -> tuple[RaterSheet, ...]:
    """The open sheets among these, with who rates now, and who did in the person's last cycle."""
    watch = progress or Unwatched()
    found_: list[RaterSheet] = []
    with company.read() as connection:
        every, known = sheets_in(connection), register(connection)
        rows = {one.id: one for one in every}
        for number, id_ in enumerate(ids):
            row = rows.get(id_)
            if row is None or row.state is SheetState.SCORED:
                continue
            watch.step(number, len(ids), row.person_name)
            if watch.cancelled:
                return ()
            details = terms_on(company, connection, row.contract, row.cycle.last_day)
            asked = asked_raters(details.scheme.raters, dict(details.contract.settings))
            kinds = [(one.name, one.label) for one in asked] or [(ANYBODY, "考核人")]
            party = details.contract.party_b
            raters = load_raters(connection, id_)
            before = [
                one
                for one in every
                if one.person == row.person and one.cycle.start < row.cycle.start
            ]
            found_.append(
                RaterSheet(
                    row,
                    tuple(
                        RaterKind(name, label, of_kind(raters, name, party), fixed=name == SELF)
                        for name, label in kinds
                    ),
                    _earlier(connection, before, [name for name, _ in kinds]),
                    known.leaders(row.person, row.cycle.last_day),
                )
            )
    return tuple(found_)


def _earlier(
    connection: Connection, sheets: Sequence[AppraisalRow], kinds: Sequence[str]
) -> tuple[RaterNames, ...]:
    """Who rated in the last of these cycles for which anybody was named."""
    for one in sorted(sheets, key=lambda each: each.cycle.start, reverse=True):
        raters = tuple(r for r in load_raters(connection, one.id) if r.rater in kinds and r.names)
        if raters:
            return raters
    return ()
