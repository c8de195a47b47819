"""The recovery code and the sheet of paper that it stands on."""

from __future__ import annotations

from datetime import date

from kpidesk.core.recovery_code import code_groups, parse_code
from kpidesk.store.secret import Secret
from kpidesk.usecases.locking.checking import check_secret
from kpidesk.usecases.session import Company


def new_code() -> tuple[str, ...]:
    """The groups of a code that nobody has; a file is encrypted by it afterwards."""
    return code_groups(Secret.new().root)


def sheet_of_code(company: Company, groups: tuple[str, ...], *, today: date) -> bytes:
    """The recovery sheet (PDF) of a code, before or after the file is encrypted by it."""
    company.admit()
    from kpidesk.documents.recovery_sheet import RecoverySheet, recovery_sheet_pdf

    return recovery_sheet_pdf(RecoverySheet(company.name, company.path.name, today, groups))


def recovery_sheet(company: Company, *, password: str, today: date) -> bytes:
    """The sheet once more, for whoever knows the company password."""
    company.admit()
    secret = check_secret(company, password)
    return sheet_of_code(company, code_groups(secret.root), today=today)


def secret_of(groups: tuple[str, ...]) -> Secret:
    """What a code says."""
    return Secret(parse_code("".join(groups)))
