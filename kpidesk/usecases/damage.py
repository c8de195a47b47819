"""Whose fault an error is that nobody expected: the program's, or that of a damaged file."""

from __future__ import annotations

import logging

from kpidesk.core.errors import KpiDeskError
from kpidesk.store.errors import DamagedFileError
from kpidesk.usecases.session import Company
from kpidesk.usecases.verifying import verify

_log = logging.getLogger(__name__)


def damage_behind(problem: Exception, company: Company) -> DamagedFileError | None:
    """The file's damage that an unexpected error came from; None when the file is whole.

    Takes as long as 核对存档 does, which is the proof.
    """
    if isinstance(problem, KpiDeskError) or not company.may("verifying.verify"):
        return None
    try:
        broken = verify(company).broken
    except DamagedFileError as found:
        return found
    except KpiDeskError:
        return None
    if not broken:
        return None
    # Not its words: they may hold what stands in the file.
    _log.error("a %s on a damaged file", type(problem).__name__)
    return DamagedFileError(
        company.path, f"核对存档发现 {len(broken)} 处，第一处：{broken[0].text}"
    )
