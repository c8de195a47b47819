"""The blank scoring sheet, filled in by hand at the interview."""

from __future__ import annotations

from kpidesk.core.contract import Contract
from kpidesk.core.period import CYCLE
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import Sheet
from kpidesk.documents.form import Form
from kpidesk.documents.stamp import Stamp


def blank_sheet_pdf(
    sheet: Sheet, contract: Contract, scheme: Scheme, *, stamp: Stamp, stage: str = CYCLE
) -> bytes:
    """The sheet with agreed figures printed and everything else left to write.

    `stage` names the quarter ("2026Q1") whose fields `sheet` holds, when one is rated.
    """
    return Form(sheet, contract, scheme, filled=False, stage=stage).pdf("绩效考核评分表", stamp)
