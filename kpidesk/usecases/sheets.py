"""What a scoring sheet comes to, for lists."""

from __future__ import annotations

from decimal import Decimal

from kpidesk.core.appraisal import Appraisal
from kpidesk.core.contract import Contract
from kpidesk.core.figure import Figure
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import Sheet, make_sheet
from kpidesk.store.appraisals import Standing


def standing_of(scheme: Scheme, contract: Contract, appraisal: Appraisal) -> Standing:
    """What is missing on a sheet, its total and its grade."""
    return standing(make_sheet(scheme, contract, appraisal))


def standing(sheet: Sheet) -> Standing:
    """The same for a sheet that is made already."""
    total, grade = sheet.total, sheet.grade
    value = total.value if total else None
    points = value.value if isinstance(value, Figure) else None
    return Standing(
        len(sheet.missing),
        points if isinstance(points, Decimal) else None,
        grade.text if grade else None,
    )
