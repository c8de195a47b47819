"""The rules of a scheme as a document, for a file in which contract, sheets and reports stand."""

from __future__ import annotations

from kpidesk.core.contract import ContractId
from kpidesk.store import audit
from kpidesk.store.schemes import scheme_hash
from kpidesk.usecases.contracts.listing import details_of
from kpidesk.usecases.session import Company


def scheme_text_pdf(company: Company, contract: ContractId) -> bytes:
    """The rules that a contract rests on, in prose."""
    from kpidesk.documents.scheme_text import scheme_text_pdf as render
    from kpidesk.documents.stamp import Stamp

    with company.read() as connection:
        details = details_of(company, connection, contract)
        terms = details.contract
        digest = scheme_hash(connection, terms.scheme, terms.scheme_version)
        head = str(audit.head(connection))
    stamp = Stamp("N", terms.id, terms.scheme_version, digest[:8].upper(), head)
    return render(details.scheme, terms, stamp=stamp)
