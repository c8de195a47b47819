"""Every built-in scheme from the draft to the signed report, by what its own sheet asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest

from kpidesk.core.combine import needs_indicators
from kpidesk.core.contract import ContractId
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.scheme import Scheme
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme
from kpidesk.usecases import appraisals, contracts, results
from kpidesk.usecases.appraisals import SheetState
from kpidesk.usecases.home import Step, overview
from kpidesk.usecases.schemes import bound
from kpidesk.usecases.whereabouts import Where
from tests.documents.samples import text_of
from tests.usecases.office import Office
from tests.usecases.scheme_at_work import entries_for, settings_of, stages_of, targets_of

LENDER = "director-annual"
"""Gives its indicators to a scheme that has lost its own."""


@dataclass(frozen=True)
class Terms:
    """Whom a scheme is used for; the scheme has its indicators, its own or borrowed ones."""

    scheme: Scheme
    role: str
    borrowed: str


@cache
def _all_terms() -> tuple[Terms, ...]:
    found: list[Terms] = []
    for own in map(builtin_scheme, builtin_ids()):
        if own.lost:
            continue
        borrowed = LENDER if needs_indicators(own) else ""
        scheme = bound(own, builtin_scheme(borrowed) if borrowed else None)
        found.extend(Terms(scheme, role.name, borrowed) for role in scheme.roles)
    return tuple(found)


SCORED = [one for one in _all_terms() if one.scheme.is_scored]
UNSCORED = [one for one in _all_terms() if not one.scheme.is_scored]


def _name(terms: Terms) -> str:
    return f"{terms.scheme.id}/{terms.role}"


def _draft(office: Office, terms: Terms, **changes: Any) -> ContractId:  # noqa: ANN401 - any argument of draw_up
    given: dict[str, Any] = {
        "scheme": terms.scheme.id,
        "role": terms.role,
        "indicator_scheme": terms.borrowed,
        "settings": settings_of(terms.scheme),
        "targets": targets_of(terms.scheme, terms.role),
    }
    return office.draft(**{**given, **changes})


@pytest.mark.parametrize("with_targets", [True, False], ids=["targets", "no-targets"])
@pytest.mark.parametrize("terms", SCORED, ids=_name)
def test_what_the_sheet_asks_for_is_all_that_a_report_needs(
    office: Office, terms: Terms, *, with_targets: bool, who: dict[str, Any]
) -> None:
    draft = _draft(office, terms, **({} if with_targets else {"targets": ()}))
    assert terms.scheme.contract_title in text_of(contracts.contract_pdf(office.company, draft))
    sheet, *_ = office.sign(draft)
    for stage in stages_of(appraisals.load_sheet(office.company, sheet)):
        asked = appraisals.load_sheet(office.company, sheet, stage=stage).sheet
        appraisals.enter_all(office.company, sheet, entries=entries_for(asked), **who)
    filled = appraisals.load_sheet(office.company, sheet).sheet
    assert filled.missing == ()
    assert filled.total is not None
    appraisals.finish_scoring(office.company, sheet, **who)
    (row,) = (one for one in results.list_results(office.company) if one.id == sheet)
    assert (row.state, str(row.total)) == (SheetState.SCORED, filled.total.text)
    report = text_of(results.report_pdf(office.company, sheet))
    assert filled.total.text in report
    assert row.grade in report
    assert filled.total.text in text_of(appraisals.filled_sheet_pdf(office.company, sheet))


@pytest.mark.parametrize("terms", UNSCORED, ids=_name)
def test_a_scheme_that_totals_nothing_is_signed_and_asks_for_no_sheet(
    office: Office, terms: Terms
) -> None:
    draft = _draft(office, terms)
    text = text_of(contracts.contract_pdf(office.company, draft))
    assert terms.scheme.contract_title in text
    assert office.sign(draft) == ()
    seen = overview(office.company, today=date(2026, 12, 31))
    assert (seen.signed, seen.open_ids, seen.sheets_ahead, seen.at[Where.SCORED]) == (1, (), 0, 0)
    waiting = [one.step for one in seen.todos]
    assert waiting == [Step.DRAW_UP]  # the director has no contract yet


@pytest.mark.parametrize("scheme", [one for one in builtin_ids() if builtin_scheme(one).lost])
def test_a_scheme_whose_rules_are_lost_is_not_agreed_on(office: Office, scheme: str) -> None:
    lost = builtin_scheme(scheme)
    with pytest.raises(KpiDeskError, match=lost.lost[:6]):
        _draft(office, Terms(lost, lost.roles[0].name, ""))
    assert contracts.list_contracts(office.company) == ()
