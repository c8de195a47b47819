"""The check-up of a scheme in use, and versions of the company's own with a fix adopted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kpidesk.core.errors import NotAllowedError
from kpidesk.core.lint.check_up import CheckUp, check_up
from kpidesk.core.lint.edits import edits
from kpidesk.core.lint.fixes import Fix, mended
from kpidesk.core.scheme import Scheme
from kpidesk.store.schemes import OWN_MARK, own_schemes, pin
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.schemes import current_scheme, edition_text
from kpidesk.usecases.session import Company, Work


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
        after = _next_version(work, before, mended(before, fix))
        pin(work.connection, after)
        told = "；".join(one.text for one in edits(before, fix))
        about = f"scheme:{after.id}@{after.version}"
        work.log("scheme.mend", about, before=before, after=after, reason=told)
    return FixAdopted(Changes.SCHEMES, after)


def _next_version(work: Work, before: Scheme, after: Scheme) -> Scheme:
    """The mended scheme under the next free number of the company's versions of it."""
    origin = before.id.partition(OWN_MARK)[0]
    made = own_schemes(work.connection, work.company.path)
    numbers = [one.version for one in made if one.id.partition(OWN_MARK)[0] == origin]
    number = max(numbers, default=0) + 1
    title = after.title.removesuffix(edition_text(before))
    numbered = replace(after, id=f"{origin}{OWN_MARK}{number}", version=number)
    return replace(numbered, title=f"{title}{edition_text(numbered)}")
