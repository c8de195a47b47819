"""证据包: all that a person's appraisal of a year rests on, bound as one file."""

from __future__ import annotations

from kpidesk.usecases.session import Company
from kpidesk.usecases.yearbook.archive import File
from kpidesk.usecases.yearbook.records import stamp_of_record
from kpidesk.usecases.yearbook.scope import Scope


def evidence_pdf(company: Company, scope: Scope, file: File) -> bytes:
    """The pack of one file; what is missing is listed in its contents."""
    del scope  # it is bound together from what went out; itself it does not come back
    from kpidesk.documents.evidence import Part
    from kpidesk.documents.evidence import evidence_pdf as render

    made = [(one, one.make(company)) for one in file.holdings if one.make is not None]
    parts = [Part(one.item, pdf, stored=one.stored) for one, pdf in made if pdf]
    with company.read() as connection:
        stamp = stamp_of_record("V", file.dossier.year, file.dossier, connection)
    return render(file.dossier, parts, stamp=stamp)
