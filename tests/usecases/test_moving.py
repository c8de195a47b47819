"""调岗: register, ending agreement and new draft in one go, shown before anything is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from kpidesk.core.contract import ContractId, ContractState
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.period import Period
from kpidesk.core.target import Target
from kpidesk.store import audit
from kpidesk.usecases import appraisals, contracts, pay, people
from kpidesk.usecases.moving import (
    Move,
    Moved,
    NewContract,
    Then,
    held_contracts,
    move_person,
    try_move,
)
from kpidesk.usecases.postings import list_postings
from kpidesk.usecases.verifying import verify
from tests.usecases.office import TODAY, YEAR, Office

APRIL = date(2026, 4, 1)
LAST = date(2026, 12, 31)
INDICATOR = "score.团队建设.superior"


def wanted(office: Office, contract: ContractId, **more: Any) -> Move:  # noqa: ANN401 - fields of a move
    new = NewContract("account-manager-kpi", "", "specialist", LAST, takes_over=True)
    plain = Move(
        office.manager, date(2026, 3, 1), office.department, "大客户专员", office.director,
        contracts=((contract, Then.END),), switch_on=APRIL, new=new,
    )  # fmt: skip
    return replace(plain, **more)


def tried(office: Office, move: Move) -> Moved:
    return try_move(office.company, move, **office.who)


def done(office: Office, move: Move) -> Moved:
    return move_person(office.company, move, **office.who)


def lines(office: Office) -> int:
    with office.company.read() as connection:
        return len(list(audit.read(connection)))


def sign(office: Office, *ids: ContractId) -> None:
    contracts.mark_printed(office.company, ids, **office.who)
    contracts.sign(office.company, ids, signed_on=TODAY, **office.who)


def test_one_action_moves_ends_and_drafts_what_was_shown_before(office: Office) -> None:
    old = office.draft()
    office.sign(old)
    (held,) = held_contracts(office.company, office.manager, today=TODAY)
    assert (held.role, held.starts[0], len(held.starts)) == (
        "account_manager", date(2026, 2, 1), 11,
    )  # fmt: skip
    before = lines(office)
    seen = tried(office, wanted(office, old))
    assert lines(office) == before
    assert list_postings(office.company) == {}
    assert len(contracts.list_documents(office.company)) == 1
    made = done(office, wanted(office, old))
    assert made == seen

    assert made.posting is not None
    assert (made.before.post, made.posting.post) == ("大客户经理", "大客户专员")
    (ended,) = made.ended
    assert (ended.number, ended.last_day) == ("大客户部-2026-001-终1", date(2026, 3, 31))
    assert (ended.kept, ended.cut, ended.hurdles) == (3, None, ())
    drafted = made.drafted
    assert drafted is not None
    assert (drafted.number, drafted.term.start, drafted.term.last_day) == (
        "大客户部-2026-002", APRIL, LAST,
    )  # fmt: skip
    assert len(drafted.cycles) == 9
    assert [(x.target.fact, x.target.total) for x in drafted.targets] == [
        ("sales_plan", Decimal(900)), ("new_customers_plan", Decimal(18)),
    ]  # fmt: skip
    assert drafted.open == ()
    contract = contracts.load_contract(office.company, drafted.id).contract
    assert contract.party_b.post == "大客户专员"
    assert dict(contract.settings) == {"growth_step": Decimal(10)}
    assert contracts.load_contract(office.company, old).contract.state is ContractState.SIGNED
    (waiting,) = (
        one
        for one in held_contracts(office.company, office.manager, today=TODAY)
        if one.row.id == old
    )
    assert waiting.ending == ended.number


def test_the_new_one_is_signed_once_the_old_one_is_ended_and_both_are_scored(
    office: Office,
) -> None:
    old = office.draft()
    office.sign(old)
    made = done(office, wanted(office, old))
    assert made.drafted is not None
    ending, new = made.ended[0].id, made.drafted.id
    with pytest.raises(NotAllowedError, match="请先登记签署它的终止协议"):
        sign(office, new)
    sign(office, new, ending)
    rows = appraisals.list_appraisals(office.company)
    months = [(one.contract, one.cycle.start.month) for one in rows]
    assert sorted(months) == [*((old, x) for x in (1, 2, 3)), *((new, x) for x in range(4, 13))]
    for row in rows:
        if row.cycle.start.month == 1:
            office.complete(row.id)
            appraisals.finish_scoring(office.company, row.id, **office.who)
        if row.cycle.start.month == 4:
            office.enter(row.id, "sales", Decimal(120))


def test_another_scheme_takes_over_what_it_asks_for_and_says_what_is_open(office: Office) -> None:
    old = office.draft()
    office.sign(old)
    other = NewContract("director-annual", "", "director", date(2027, 3, 31), takes_over=True)
    drafted = tried(office, wanted(office, old, new=other)).drafted
    assert drafted is not None
    assert (len(drafted.cycles), drafted.targets) == (1, ())
    quarterly = NewContract("key-account-sales-bonus", "", "salesperson", LAST, takes_over=False)
    may = wanted(office, old, new=quarterly, switch_on=date(2026, 5, 1))
    drafted = tried(office, may).drafted
    assert drafted is not None
    assert drafted.open == ("销售收入目标",)
    assert "季度的第一天" in drafted.note


def test_a_length_that_does_not_fit_the_rest_gives_way(office: Office) -> None:
    term = {"scheme": "client-director", "role": "client_director"}
    scheme = contracts.load_contract(
        office.company, office.draft(**term, settings={"cycle_length": "year"}, targets=[])
    ).contract
    office.sign(scheme.id)
    half = NewContract(scheme.scheme, "", scheme.role, LAST, takes_over=True)
    july = wanted(office, scheme.id, new=half, switch_on=date(2026, 7, 1))
    seen = tried(office, july)
    assert seen.ended[0].cut is not None
    assert seen.ended[0].kept == 0
    assert seen.drafted is not None
    assert [one.last_day for one in seen.drafted.cycles] == [LAST]


def test_what_is_not_signed_is_void_and_what_stays_stays(office: Office) -> None:
    draft = office.draft()
    made = done(office, wanted(office, draft, contracts=((draft, Then.VOID),), new=None))
    assert made.voided == ("大客户部-2026-001",)
    kept = office.draft()
    nothing = wanted(office, kept, contracts=((kept, Then.KEEP),), new=None)
    with pytest.raises(InvalidValueError, match="没有要办的"):
        tried(office, nothing)


def test_what_stands_in_the_way_is_said_and_a_refusal_leaves_nothing(office: Office) -> None:
    old = office.draft()
    office.sign(old)
    february = wanted(office, old, switch_on=date(2026, 1, 1), new=None)
    before = lines(office)
    with pytest.raises(InvalidValueError, match="应是一个月的最后一天"):
        done(office, february)
    with pytest.raises(InvalidValueError, match="早于换签日"):
        done(
            office,
            wanted(
                office, old,
                new=NewContract("account-manager-kpi", "", "specialist", TODAY, takes_over=True),
            ),
        )  # fmt: skip
    with pytest.raises(InvalidValueError, match="从哪一天起换"):
        done(office, wanted(office, old, switch_on=None))
    with pytest.raises(InvalidValueError, match="晚于今天"):
        done(office, wanted(office, old, since=date(2026, 3, 9)))
    assert lines(office) == before
    assert people.list_people(office.company)[1].person.post == "大客户经理"


def test_recorded_sheets_after_the_day_are_named(office: Office) -> None:
    old = office.draft()
    march = office.sign(old)[2]
    office.complete(march)
    appraisals.finish_scoring(office.company, march, **office.who)
    (ended,) = tried(office, wanted(office, old, switch_on=date(2026, 3, 1), new=None)).ended
    assert ended.hurdles == ("2026-03-01 以后的评分表有 1 份已经定分：登记签署以前，请先重新打开",)


def test_the_rest_of_a_year_is_one_cycle_of_its_own(office: Office) -> None:
    """An annual scheme from May on: eight months, one sheet, and pay month by month."""
    old = office.draft()
    office.sign(old)
    may = date(2026, 5, 1)
    new = NewContract("director-annual", "", "director", LAST, takes_over=False, in_part=True)
    made = done(office, wanted(office, old, new=new, switch_on=may))
    assert made.drafted is not None
    rest = Period(may, date(2027, 1, 1))
    assert made.drafted.cycles == (rest,)
    sign(office, made.ended[0].id, made.drafted.id)
    (sheet,) = (
        one for one in appraisals.list_appraisals(office.company) if one.contract == made.drafted.id
    )
    assert sheet.cycle == rest
    view = appraisals.load_sheet(office.company, sheet.id)
    assert view.sheet.cycle == rest
    text = "".join(
        PdfReader(BytesIO(contracts.contract_pdf(office.company, made.drafted.id)))
        .pages[0]
        .extract_text()
        .split()
    )
    assert "不满一个考核周期的，按其中的月份考核一次" in text
    half = replace(new, in_part=False)
    with pytest.raises(InvalidValueError, match="没有一个完整的考核周期"):
        tried(office, wanted(office, made.drafted.id, contracts=(), new=half, switch_on=may))


def test_two_posts_of_one_year_are_paid_in_cycles_of_their_own(office: Office) -> None:
    """A marketing director of the whole year beside one who takes over in May."""
    first = office.draft(
        people=[office.director], scheme="marketing-director", role="marketing_director",
        settings={}, targets=[],
    )  # fmt: skip
    office.sign(first)
    may = date(2026, 5, 1)
    new = NewContract(
        "marketing-director", "", "marketing_director", LAST, takes_over=False, in_part=True
    )
    made = done(office, wanted(office, first, contracts=(), new=new, switch_on=may))
    assert made.drafted is not None
    sign(office, made.drafted.id)
    groups = [one.ref for one in pay.list_groups(office.company)]
    assert [one.cycle for one in groups] == [YEAR, Period(may, date(2027, 1, 1))]
    late = {**office.who, "today": date(2027, 1, 5)}
    for ref, month, who in (
        (groups[0], "2026-01", office.director), (groups[1], "2026-05", office.manager),
    ):  # fmt: skip
        facts = [
            pay.NewFact(who, name, month, Decimal(value))
            for name, value in (
                ("base_salary", 10_000), ("efficiency_coefficient", 1),
                ("management_coefficient", 1),
            )
        ]  # fmt: skip
        pay.enter_facts(office.company, ref, facts=facts, **late)
        assert pay.load_pay(office.company, ref).period.key == month
        pay.settle_period(office.company, ref, month, **late)
    rows = pay.list_groups(office.company)
    assert [one.closed for one in rows] == [("2026-01",), ("2026-05",)]


def test_a_cycle_that_is_cut_is_judged_for_its_months_where_that_is_agreed(
    office: Office,
) -> None:
    terms = {"scheme": "director-annual", "role": "director", "settings": {}, "targets": []}
    old = office.draft(**terms)
    (year,) = office.sign(old)
    for period, points in (("2026Q1", 80), ("2026Q3", 70)):
        office.enter(year, INDICATOR, Decimal(points), period)
    may = date(2026, 5, 1)
    (held,) = held_contracts(office.company, office.manager, today=TODAY)
    assert dict(held.parts)[may] == ""
    move = wanted(office, old, contracts=((old, Then.JUDGE),), switch_on=may, new=None)
    (ended,) = done(office, move).ended
    part = Period(date(2026, 1, 1), may)
    assert (ended.kept, ended.cut, ended.judged) == (0, None, part)
    paper = PdfReader(BytesIO(contracts.contract_pdf(office.company, ended.id)))
    text = "".join(paper.pages[0].extract_text().split())
    assert "2026年1月1日至2026年4月30日的各月按原责任书合并考核一次" in text
    sign(office, ended.id)
    (row,) = appraisals.list_appraisals(office.company)
    assert (row.cycle, row.id) == (part, year)
    entered = appraisals.load_sheet(office.company, row.id).appraisal.entries
    assert [(one.period, one.value) for one in entered] == [("2026Q1", Decimal(80))]
    assert not verify(office.company).broken


def test_months_that_cannot_be_judged_are_not_promised(office: Office) -> None:
    old = office.draft(
        scheme="key-account-weighted", role="salesperson", settings={"cycle_length": "year"},
        targets=[Target("target.销售额", "销售额", "万元", Decimal(1200))],
    )  # fmt: skip
    office.sign(old)
    (held,) = held_contracts(office.company, office.manager, today=TODAY)
    assert "没有分月" in dict(held.parts)[APRIL]
    judged = wanted(office, old, contracts=((old, Then.JUDGE),), new=None)
    with pytest.raises(InvalidValueError, match=r"没有分月.*请不要勾选"):
        tried(office, judged)
    monthly = office.draft(people=[office.director])
    office.sign(monthly)
    with pytest.raises(InvalidValueError, match="那天没有被截断的考核周期"):
        contracts.draw_up_amendment(
            office.company, monthly, effective_on=APRIL, reason="调岗", ends=True,
            judges_part=True, **office.who,
        )  # fmt: skip
