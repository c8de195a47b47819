"""The check-up of a scheme, built-in or in a file; touches no company data."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from kpidesk.core.lint.check_up import CheckUp, check_up
from kpidesk.core.scheme import Scheme
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme
from kpidesk.exchange.scheme_file import read_scheme


def check_scheme(which: str, *, minimum_wage: Decimal | None = None) -> tuple[Scheme, CheckUp]:
    """What is wrong with a scheme: the id of a built-in one, else a TOML file.

    KpiDeskError when there is no such scheme, or the file cannot be read.
    """
    path = Path(which)
    if which in builtin_ids() or not (path.suffix or path.exists()):
        scheme = builtin_scheme(which)
    else:
        scheme = read_scheme(path)
    return scheme, check_up(scheme, minimum_wage=minimum_wage)
