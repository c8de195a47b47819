"""What scoring sheets come to, for lists."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from decimal import Decimal

from kpidesk.core.agreed import agreed_facts
from kpidesk.core.appraisal import Appraisal
from kpidesk.core.contract import Contract
from kpidesk.core.figure import Figure
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import SUBJECT, Sheet, make_sheet
from kpidesk.store.appraisals import Standing


def standing(sheet: Sheet) -> Standing:
    """What is missing on a sheet, its total and its grade."""
    total, grade = sheet.total, sheet.grade
    value = total.value if total else None
    points = value.value if isinstance(value, Figure) else None
    return Standing(
        len(sheet.missing),
        points if isinstance(points, Decimal) else None,
        grade.text if grade else None,
    )


@dataclass(slots=True)
class Standings:
    """Standings of blank sheets: those of a batch are mostly alike, and computed once.

    A blank sheet has no total whatever was agreed; what is missing on it depends only on which
    figures the contract agrees on, and on whether they can be divided by.
    """

    _known: dict[Hashable, Standing] = field(default_factory=dict)

    def blank(self, scheme: Scheme, contract: Contract, appraisal: Appraisal) -> Standing:
        """The standing of a sheet on which nothing is entered yet."""
        agreed = frozenset(
            (fact.name, isinstance(fact.value, Decimal) and fact.value > 0)
            for fact in agreed_facts(scheme, contract, appraisal.cycle, SUBJECT)
        )
        key = (scheme.id, scheme.version, contract.indicator_scheme, contract.settings, agreed)
        if key not in self._known:
            self._known[key] = standing(make_sheet(scheme, contract, appraisal))
        return self._known[key]
