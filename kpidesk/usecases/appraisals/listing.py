"""Scoring sheets as they are looked at."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from kpidesk.core.appraisal import Appraisal, AppraisalId
from kpidesk.core.contract import Contract
from kpidesk.core.period import CYCLE
from kpidesk.core.review.steps import Calibrated
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import Sheet, make_sheet, opening_stage
from kpidesk.store.appraisals import load_appraisal
from kpidesk.usecases.contracts.listing import terms_on
from kpidesk.usecases.reviewed import calibration_of
from kpidesk.usecases.session import Company, found


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet with everything that it rests on; its fields are those of `stage`.

    `calibrated` is what stands on top of its recorded result.
    """

    appraisal: Appraisal
    contract: Contract
    scheme: Scheme
    sheet: Sheet
    contract_sha256: str
    stage: str = CYCLE
    calibrated: Calibrated | None = None


def load_sheet(company: Company, appraisal: AppraisalId, *, stage: str | None = CYCLE) -> SheetView:
    """One sheet; `stage` asks for the fields of a quarter ("2026Q1") instead.

    None asks for those of the stage with which filling in goes on.
    """
    with company.read() as connection:
        return view_of(company, connection, appraisal, stage)


def view_of(
    company: Company, connection: Connection, appraisal: AppraisalId, stage: str | None = CYCLE
) -> SheetView:
    """One sheet, within a transaction."""
    loaded = found(load_appraisal(connection, appraisal), "这张评分表")
    details = terms_on(company, connection, loaded.contract, loaded.cycle.last_day)
    scheme, contract = details.scheme, details.contract
    shown = opening_stage(scheme, contract, loaded) if stage is None else stage
    sheet = make_sheet(scheme, contract, loaded, stage=shown)
    moved = calibration_of(connection, loaded, company.path)
    return SheetView(loaded, contract, scheme, sheet, details.sha256, shown, moved)
