"""Fixes of the check-up: adopted as versions of the company's own, which contracts then rest on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kpidesk.codec import canonical_json
from kpidesk.core.errors import NotAllowedError
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.lint.fixes import Declare, Drop
from kpidesk.core.scheme import Scheme
from kpidesk.exchange.builtin import builtin_scheme
from kpidesk.store import audit
from kpidesk.usecases import contracts, mending, schemes
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.company import open_company
from kpidesk.usecases.mending import FixAdopted
from kpidesk.usecases.session import NotFoundError
from tests.documents.samples import text_of
from tests.usecases.office import Office

POINTS = "account-manager-kpi"
FIRST = "account-manager-kpi+1"


def adopt(office: Office, scheme: str, who: dict[str, Any]) -> FixAdopted:
    """The one fix that the check-up of a scheme offers."""
    _, found = mending.check_up_of(office.company, scheme)
    [fix] = [one.fix for one in found.flaws if one.fix is not None]
    return mending.adopt_fix(office.company, scheme=scheme, fix=fix, **who)


def test_a_fix_makes_a_version_of_the_companys_own(office: Office, who: dict[str, Any]) -> None:
    before = canonical_json(builtin_scheme(POINTS), Scheme)
    made = adopt(office, POINTS, who)
    assert made.changes == Changes.SCHEMES
    assert (made.scheme.id, made.scheme.version) == (FIRST, 1)
    assert made.scheme.title == "大客户经理/专员绩效考核指标（本公司第 1 版）"
    shown, found = mending.check_up_of(office.company, FIRST)
    assert shown == made.scheme
    assert [one for one in found.flaws if one.kind is FlawKind.POINTS] == []
    assert canonical_json(builtin_scheme(POINTS), Scheme) == before
    listed = [one.id for one in schemes.list_schemes(office.company)]
    assert listed[listed.index(FIRST) - 1] == POINTS
    assert FIRST not in [one.id for one in schemes.list_schemes()]


def test_it_is_written_down_who_changed_what(office: Office, who: dict[str, Any]) -> None:
    made = adopt(office, POINTS, who)
    with office.company.read() as connection:
        [line] = [line for _, line in audit.read(connection, f"scheme:{FIRST}@1")]
    assert (line.action, line.actor) == ("scheme.mend", "王芳")
    assert line.reason == "表头的满分：100 分 → 85 分"
    assert line.before == canonical_json(builtin_scheme(POINTS), Scheme)
    assert line.after == canonical_json(made.scheme, Scheme)


def test_every_version_stays_and_the_next_has_the_next_number(
    office: Office, who: dict[str, Any]
) -> None:
    first, second = adopt(office, POINTS, who), adopt(office, POINTS, who)
    assert [first.scheme.version, second.scheme.version] == [1, 2]
    assert second.scheme.title == "大客户经理/专员绩效考核指标（本公司第 2 版）"
    own = [one for one in schemes.list_schemes(office.company) if one.edition]
    assert [one.edition for one in own] == ["（本公司第 1 版）", "（本公司第 2 版）"]


def test_a_contract_rests_on_the_version_that_was_chosen(
    office: Office, who: dict[str, Any]
) -> None:
    adopt(office, POINTS, who)
    old, new = office.draft(), office.draft(scheme=FIRST, people=[office.director])
    assert schemes.scheme_details(FIRST, company=office.company).scheme.version == 1
    found = {one.id: one.scheme_title for one in contracts.list_contracts(office.company)}
    assert found[old] == "大客户经理/专员绩效考核指标"
    assert found[new] == "大客户经理/专员绩效考核指标（本公司第 1 版）"
    assert "责任书" in text_of(contracts.contract_pdf(office.company, new))
    path = office.company.path
    office.company.close()
    office.company = open_company(path)
    assert FIRST in [one.id for one in schemes.list_schemes(office.company)]


def test_what_the_check_up_does_not_offer_is_refused_and_nothing_is_kept(
    office: Office, who: dict[str, Any]
) -> None:
    made = adopt(office, POINTS, who)
    for scheme, fix in ((POINTS, Drop("sales", "销售额")), (made.scheme.id, Declare(Decimal(85)))):
        with pytest.raises(NotAllowedError, match="体检没有提出这项修改"):
            mending.adopt_fix(office.company, scheme=scheme, fix=fix, **who)
    own = [one.id for one in schemes.list_schemes(office.company) if one.edition]
    assert own == [FIRST]


def test_a_version_that_nobody_made_is_not_found(office: Office) -> None:
    with pytest.raises(NotFoundError, match=r"考核方案 account-manager-kpi\+7"):
        mending.check_up_of(office.company, "account-manager-kpi+7")
