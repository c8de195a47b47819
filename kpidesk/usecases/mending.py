"""The check-up of a scheme in use, and versions of the company's own with a fix adopted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpidesk.core.errors import NotAllowedError
from kpidesk.core.lint.check_up import CheckUp, check_up
from kpidesk.core.lint.edits import edits
from kpidesk.core.lint.fixes import Fix, mended
from kpidesk.core.scheme import Scheme
from kpidesk.store.schemes import pin
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.schemes import current_scheme, family_of, next_version
from kpidesk.usecases.session import Company


@dataclass(frozen=True, slots=True)
class FixAdopted:
    """The new version of a scheme that has a fix in it."""

    changes: Changes
    scheme: Scheme


def check_up_of(company: Company, scheme_id: str) -> tuple[Scheme, CheckUp]:
    """What is wrong with a scheme that contracts can be drawn up from."""
    with company.read() as connection:
        scheme = current_scheme(company, connection, scheme_id)
    return scheme, check_up(scheme)


def adopt_fix(company: Company, *, scheme: str, fix: Fix, actor: str, today: date) -> FixAdopted:
    """A new version of the company's own with a fix of the check-up; the scheme itself stays.

    NotAllowedError when the check-up offers no such fix.
    """
    del today
    with company.change(actor) as work:
        before = current_scheme(company, work.connection, scheme)
        if fix not in (one.fix for one in check_up(before).flaws):
            msg = f"方案“{before.title}”的体检没有提出这项修改，可能已经改过；请重新查看体检"
            raise NotAllowedError(msg)
        after = next_version(work, family_of(before.id), mended(before, fix))
        pin(work.connection, after)
        told = "；".join(one.text for one in edits(before, fix))
        about = f"scheme:{after.id}@{after.version}"
        work.log("scheme.mend", about, before=before, after=after, reason=told)
    return FixAdopted(Changes.SCHEMES, after)
