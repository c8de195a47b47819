"""Frozen records of a period: who is not in them, and what identifies their pages."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kpidesk.codec import canonical_json, content_hash
from kpidesk.core.filing import PaperKind
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.store import audit
from kpidesk.usecases.issuing import Draft, issue
from kpidesk.usecases.people import list_people
from kpidesk.usecases.session import Company
from kpidesk.usecases.yearbook.scope import Scope

if TYPE_CHECKING:
    from kpidesk.documents.stamp import Stamp


def left_out(company: Company, scope: Scope, covered: Collection[PersonId]) -> list[str]:
    """Who was in service in the period without being covered: 王芳（市场部）."""
    return [
        f"{one.person.name}（{one.department_name}）"
        for one in list_people(company, include_left=True)
        if one.person.in_service(scope.period)
        and scope.takes(one.person.id, one.department_name)
        and one.person.id not in covered
    ]


def issue_record(
    company: Company,
    kind: PaperKind,
    scope: Scope,
    record: object,
    *,
    about: str = "",
    people: Collection[PersonId] = (),
) -> Stamp:
    """What identifies the pages of a record that goes out to be signed; noted in the log."""
    digest = content_hash(canonical_json(record, type(record)))
    draft = Draft(kind, about or scope.about, scope.period, digest, tuple(people))
    return issue(company, draft, actor=scope.by, today=scope.today)


def stamp_of_record(kind: str, period: Period, record: object, connection: Connection) -> Stamp:
    """What identifies the pages of a record: the month it begins in, and its hash."""
    from kpidesk.documents.stamp import Stamp

    digest = content_hash(canonical_json(record, type(record)))
    begins = period.start.year * 100 + period.start.month
    return Stamp(kind, begins, 1, digest[:8].upper(), str(audit.head(connection)))
