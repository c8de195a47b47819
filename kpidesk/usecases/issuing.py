"""Papers of a period that go out to be signed: noted in the log, so that their scans find them.

The number on their pages is that of the line in the log; the line holds the hash of what they say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.filing import PaperKind
from kpidesk.core.page_code import Stamp
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.store import audit
from kpidesk.usecases.session import Company

_ACTION: Final = "paper.issue"
_PREFIX: Final = "paper:"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to go out: `about` whom it is in words, `people` those it is about by id."""

    kind: PaperKind
    about: str
    period: Period
    sha256: str
    people: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """What went out, the number on its pages, by whom it was made and when."""

    id: int
    paper: Draft
    by: str
    on: date


def issue(company: Company, draft: Draft, *, actor: str, today: date | None) -> Stamp:
    """What identifies the pages; the same content made again is the same paper.

    Without an actor, or by somebody who issues none, it is a look at it, which goes nowhere and is
    not noted.
    """
    if not actor or today is None or not company.may("issuing.issue"):
        with company.read() as connection:
            return _stamp(draft, 0, connection)
    about = f"{_PREFIX}{draft.kind}:{draft.period.start}:{draft.period.end}:{draft.about}"
    with company.change(actor) as work:
        last = audit.last_about(work.connection, about, _ACTION)
        if last is None or json.loads(last.after or "{}").get("sha256") != draft.sha256:
            work.log(
                _ACTION,
                about,
                after={
                    "sha256": draft.sha256,
                    "people": " ".join(str(one) for one in sorted(draft.people)),
                    "on": str(today),
                },
            )
        line = audit.head_about(work.connection, about, (_ACTION,))
        return _stamp(draft, line.sequence, work.connection)


def issued(connection: Connection, id_: int) -> Issue | None:
    """What went out under a number."""
    line = audit.line_at(connection, id_)
    return _issue(id_, line) if line else None


def all_issued(connection: Connection) -> Iterator[Issue]:
    """Everything that went out, oldest first."""
    for id_, line in audit.read_under(connection, _PREFIX):
        if (one := _issue(id_, line)) is not None:
            yield one


def newest(issues: Iterable[Issue]) -> dict[tuple[PaperKind, str, Period], Issue]:
    """The last of each paper: it was made anew when what it says had changed."""
    return {(one.paper.kind, one.paper.about, one.paper.period): one for one in issues}


def _issue(id_: int, line: audit.AuditLine) -> Issue | None:
    if line.action != _ACTION or not line.after:
        return None
    kind, start, end, about = line.object.removeprefix(_PREFIX).split(":", 3)
    said = json.loads(line.after)
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    people = tuple(PersonId(int(one)) for one in said["people"].split())
    draft = Draft(PaperKind(kind), about, period, said["sha256"], people)
    return Issue(id_, draft, line.actor, date.fromisoformat(said["on"]))


def _stamp(draft: Draft, id_: int, connection: Connection) -> Stamp:
    short = draft.sha256[:8].upper()
    return Stamp(draft.kind.value, id_, 1, short, str(audit.head(connection)))
