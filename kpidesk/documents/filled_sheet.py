"""The scoring sheet with all scores, and who entered them from what."""

from __future__ import annotations

from kpidesk.core.contract import Contract
from kpidesk.core.period import CYCLE
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import Sheet
from kpidesk.documents.form import Form
from kpidesk.documents.stamp import Stamp


def filled_sheet_pdf(
    sheet: Sheet, contract: Contract, scheme: Scheme, *, stamp: Stamp, stage: str = CYCLE
) -> bytes:
    """The sheet as it stands; what is missing is marked 缺, never shown as zero.

    `stage` names the quarter ("2026Q1") whose fields `sheet` holds, when one is rated.
    """
    return Form(sheet, contract, scheme, filled=True, stage=stage).pdf("绩效考核评分结果表", stamp)
