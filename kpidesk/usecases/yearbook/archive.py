"""归档证明 and 归档清单: what is filed of people's appraisals in a year, what is missing, where."""

from __future__ import annotations

from dataclasses import dataclass

from kpidesk.core.dossier import Archive, Dossier
from kpidesk.core.filing import PaperKind
from kpidesk.core.people import PersonId
from kpidesk.usecases.lists import SheetState, list_appraisals, list_documents
from kpidesk.usecases.pay.gathering import all_groups
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company
from kpidesk.usecases.yearbook.dossier import (
    by_person,
    dossier_of,
    holdings_of,
    in_order,
    in_year,
)
from kpidesk.usecases.yearbook.holding import Holding
from kpidesk.usecases.yearbook.paid import paid
from kpidesk.usecases.yearbook.records import issue_record, left_out
from kpidesk.usecases.yearbook.scanned import Scans
from kpidesk.usecases.yearbook.scope import NothingToPrintError, Scope


@dataclass(frozen=True, slots=True)
class File:
    """The file of a person, with how its pieces become pages."""

    person: PersonId
    dossier: Dossier
    holdings: tuple[Holding, ...]


def files(company: Company, scope: Scope, *, progress: Progress | None = None) -> tuple[File, ...]:
    """The files of everybody in scope, by department and number; () when cancelled."""
    contracts, sheets = in_year(list_documents(company), list_appraisals(company), scope.period)
    people = by_person(
        [one for one in contracts if scope.takes(one.person, one.department)],
        [
            one
            for one in sheets
            if scope.takes(one.person, one.department)
            and (scope.is_due(one.cycle) or one.state is SheetState.SCORED)
        ],
    )
    if not people:
        msg = "所选年度和范围内没有责任书和评分表，没有可以归档的材料；请换一个年度或部门"
        raise NothingToPrintError(msg)
    watched = progress or Unwatched()
    made: list[File] = []
    with company.read() as connection:
        groups = all_groups(company, connection)
        scans = Scans.of(connection)
        for person, (own, rated) in people.items():
            watched.step(len(made), len(people), f"正在清点 {(own or rated)[0].person_name}")
            if watched.cancelled:
                return ()
            pieces = holdings_of(company, connection, scans, own, rated)
            pieces += paid(company, connection, groups, scans, person=person, year=scope.period)
            pieces += scans.of_person(PaperKind.CERTIFICATE, person, scope.period)
            holdings = in_order(pieces)
            made.append(File(person, dossier_of(company, scope, own, rated, holdings), holdings))
    watched.step(len(people), len(people))
    return tuple(made)


def certificate_pdf(company: Company, scope: Scope, file: File) -> bytes:
    """The certificate of one file."""
    from kpidesk.documents.archive import certificate_pdf as render

    stamp = issue_record(
        company,
        PaperKind.CERTIFICATE,
        scope,
        file.dossier,
        about=file.dossier.name,
        people=(file.person,),
    )
    return render(file.dossier, stamp=stamp)


def list_pdf(company: Company, scope: Scope, *, progress: Progress | None = None) -> bytes:
    """Everybody's files side by side; b"" when cancelled."""
    from kpidesk.documents.archive import list_pdf as render

    made = files(company, scope, progress=progress)
    if not made:
        return b""
    record = Archive(
        company.name,
        scope.about,
        scope.period,
        tuple(one.dossier for one in made),
        tuple(left_out(company, scope, {one.person for one in made})),
        scope.until,
    )
    stamp = issue_record(company, PaperKind.ARCHIVE, scope, record)
    return render(record, stamp=stamp)
