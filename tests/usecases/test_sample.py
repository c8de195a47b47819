from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kpidesk.cli import main
from kpidesk.core.accounts import balance
from kpidesk.core.appraisal import Opinion
from kpidesk.core.contract import ContractState
from kpidesk.core.exemption import Handling
from kpidesk.core.findings import Code
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.store.errors import FileExistsAlreadyError
from kpidesk.usecases import editing, pay, people
from kpidesk.usecases.appraisals import (
    AppraisalRow,
    SheetState,
    SheetView,
    list_appraisals,
    load_sheet,
    look_at,
)
from kpidesk.usecases.company import first_broken_audit_line, open_company
from kpidesk.usecases.contracts import list_contracts, load_contract
from kpidesk.usecases.home import Step, Todo, overview
from kpidesk.usecases.postings import list_postings
from kpidesk.usecases.results import report_pdf
from kpidesk.usecases.sample import SampleCancelledError, create_sample
from kpidesk.usecases.sample.figures import Figures
from kpidesk.usecases.sample.material import read_material
from kpidesk.usecases.session import Company
from kpidesk.usecases.whereabouts import Where
from tests.atoms import atoms

RARE = {"张䶮", "李㛃", "王𫖯", "陈𬭎", "吴𠮷"}


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Iterator[Company]:
    company = open_company(sample_file)
    yield company
    company.close()


@pytest.fixture(scope="module")
def rows(sample: Company) -> tuple[AppraisalRow, ...]:
    return list_appraisals(sample)


def view(sample: Company, rows: tuple[AppraisalRow, ...], name: str, cycle: str) -> SheetView:
    found = next(one for one in rows if (one.person_name, one.cycle.key) == (name, cycle))
    return load_sheet(sample, found.id)


def test_thirty_people_work_in_ten_departments_and_one_has_left(sample: Company) -> None:
    everybody = people.list_people(sample, include_left=True)
    staying = people.list_people(sample)
    assert (len(staying), len(everybody)) == (30, 31)
    assert len(people.list_departments(sample)) == 10
    assert {one.person.name for one in everybody} >= RARE
    assert [one.person.post for one in everybody if not one.superior_name] == ["总经理"]


def test_no_float_is_in_any_result_of_the_year(
    sample: Company, rows: tuple[AppraisalRow, ...]
) -> None:
    for row in rows:
        evaluation = load_sheet(sample, row.id).sheet.evaluation
        assert not any(isinstance(one, float) for one in atoms(evaluation))


def test_every_superior_was_there_first(sample: Company) -> None:
    everybody = {one.person.id: one.person for one in people.list_people(sample, include_left=True)}

    def above(person: PersonId) -> list[PersonId]:
        superior = everybody[person].superior
        return [] if superior is None else [superior, *above(superior)]

    assert max(len(above(one)) for one in everybody) == 3


def test_the_year_is_signed_and_the_next_one_under_way(sample: Company) -> None:
    rows = list_contracts(sample)
    by_year: dict[int, list[ContractState]] = {}
    for one in rows:
        by_year.setdefault(one.term.start.year, []).append(one.state)
    assert by_year[2025] == [ContractState.SIGNED] * 18
    assert sorted(by_year[2026]) == sorted(
        [ContractState.DRAFT] * 3 + [ContractState.PRINTED] * 2 + [ContractState.VOID]
    )
    assert all(one.signed_on.weekday() < 5 for one in rows if one.signed_on is not None)


def test_the_key_account_director_has_the_annual_indicators_and_five_grades(
    sample: Company, rows: tuple[AppraisalRow, ...]
) -> None:
    found = view(sample, rows, "李㛃", "2025")
    assert found.contract.scheme == "key-account-director"
    assert found.contract.indicator_scheme == "director-annual"
    assert len(found.sheet.rows) == 12
    assert found.sheet.grade is not None
    assert found.sheet.grade.text == "优秀"
    assert found.sheet.result("total", "2025Q3") is not None


def test_the_targets_of_the_managers_add_to_that_of_the_director(sample: Company) -> None:
    contracts = [load_contract(sample, one.id).contract for one in list_contracts(sample)]
    year = [one for one in contracts if one.term.start.year == 2025]
    sales = [t.total or 0 for one in year for t in one.targets if t.fact == "sales_plan"]
    head = next(
        target.total
        for one in year
        if one.party_b.name == "李㛃"
        for target in one.targets
        if target.fact.startswith("target.销售额")
    )
    assert sum(sales) == 3500
    assert head == 3600  # the director sells a hundred himself


def test_sheets_are_in_every_state(rows: tuple[AppraisalRow, ...]) -> None:
    assert len(rows) == 6 + 7 * 12 + 6
    states = [one.state for one in rows]
    assert {state: states.count(state) for state in SheetState} == {
        SheetState.NOT_STARTED: 1,
        SheetState.SCORING: 3,
        SheetState.CHECKING: 0,
        SheetState.READY: 2,
        SheetState.SCORED: 90,
    }


def test_an_overridden_score_keeps_its_reason(
    sample: Company, rows: tuple[AppraisalRow, ...]
) -> None:
    (made,) = view(sample, rows, "孙佳怡", "2025-06").appraisal.overrides
    assert made.score == Decimal(25)
    assert "办公会纪要〔2025〕14 号" in made.reason


def test_one_result_is_above_full_and_one_beyond_the_table(
    sample: Company, rows: tuple[AppraisalRow, ...]
) -> None:
    best = view(sample, rows, "张䶮", "2025-09").sheet
    late = view(sample, rows, "黄志远", "2025-05").sheet
    assert Code.SCORE_ABOVE_FULL in {one.code for one in best.warnings}
    assert Code.BEYOND_TABLE in {one.code for one in late.warnings}


def test_a_corrected_sheet_is_recorded_again(
    sample: Company, rows: tuple[AppraisalRow, ...]
) -> None:
    found = view(sample, rows, "陈𬭎", "2025-02")
    present = next(one for one in found.appraisal.entries if one.name == "days_present")
    assert present.value == Decimal(24)
    assert present.entered_on == date(2025, 4, 22)
    assert found.sheet.complete


def test_interviews_end_in_a_plan_and_not_everybody_agrees(
    sample: Company, rows: tuple[AppraisalRow, ...]
) -> None:
    held = [load_sheet(sample, one.id).appraisal for one in rows if one.interviewed_on]
    assert len(held) >= 30
    assert all(one.interview.plan and one.interview.interviewer for one in held)
    assert {one.interview.opinion for one in held} == set(Opinion)
    assert all(one.interview.refusal for one in held if one.interview.opinion is Opinion.REFUSES)
    for one in held:
        assert one.interview.held_on is not None
        assert one.interview.held_on >= one.cycle.end


def test_peers_are_known_an_indicator_is_exempt_and_a_sheet_was_typed_twice(
    sample: Company, rows: tuple[AppraisalRow, ...]
) -> None:
    held = [load_sheet(sample, one.id) for one in rows]
    peers = [e for one in held for e in one.appraisal.entries if e.name.endswith(".peer")]
    assert peers
    assert all(len(one.rated_by) == 2 for one in peers)
    (exempt,) = (e for one in held for e in one.appraisal.exemptions)
    assert exempt.handling is Handling.SPREAD
    twice = [one for one in held if one.appraisal.seconds]
    (found,) = (
        look_at(sample, one.appraisal.id, stage=None, second=False)[1].differences for one in twice
    )
    assert [one.label for one in found] == ["迟到次数"]


def test_plans_are_looked_at_and_some_go_on(sample: Company) -> None:
    def waiting(today: date) -> Todo | None:
        return next((o for o in overview(sample, today=today).todos if o.step is Step.PLAN), None)

    now, later = waiting(date(2026, 1, 16)), waiting(date(2026, 3, 31))
    assert now is not None
    assert later is not None
    assert 0 < now.count < later.count
    assert later.since == now.since


def test_every_recorded_result_computes_to_the_same_again(
    sample: Company, rows: tuple[AppraisalRow, ...]
) -> None:
    scored = [one for one in rows if one.state is SheetState.SCORED]
    for one in (scored[0], scored[40], scored[-1]):
        assert report_pdf(sample, one.id).startswith(b"%PDF")


def test_home_tells_what_comes_next(sample: Company) -> None:
    found = overview(sample, today=date(2026, 1, 16))
    assert (found.drafts, found.printed, found.signed) == (3, 2, 18)
    assert found.at[Where.READY] == 2
    assert (found.at[Where.WAITING], found.at[Where.APPEALED], found.at[Where.CLOSED]) == (8, 1, 7)
    waiting = {one.step: one for one in found.todos}
    assert waiting[Step.APPROVE].since == date(2025, 10, 22)
    assert waiting[Step.APPEAL].count == 1


def test_the_log_is_whole_and_its_days_are_those_of_the_year(sample: Company) -> None:
    assert first_broken_audit_line(sample) is None
    with sample.read() as connection:
        moments = connection.exec_driver_sql("SELECT min(at), max(at) FROM audit").one()
    assert [str(one)[:10] for one in moments] == ["2024-12-02", "2026-01-15"]


def test_the_same_seed_gives_the_same_figures() -> None:
    material, _ = read_material()
    first, second = Figures(material), Figures(read_material()[0])
    for manager in material.managers:
        assert first.month(manager, 9) == second.month(manager, 9)
        assert first.plans(manager) == second.plans(manager)
    director = material.directors[0]
    leaves = ["领导力", "沟通能力"]
    assert first.ratings(director, leaves, "2025Q1") == second.ratings(director, leaves, "2025Q1")


def test_quarters_are_what_their_months_sold() -> None:
    material, _ = read_material()
    figures = Figures(material)
    manager = material.managers[0]
    months = [figures.sales(manager, month) for month in (4, 5, 6)]
    assert figures.quarter_sales(manager, 2) == sum(months)
    (before, now) = figures.quarters(manager, 5)
    assert (before.period, now.period) == ("2025Q1", "2025Q2")
    assert Period.parse(before.period).end == Period.parse(now.period).start


class Impatient:
    """Cancels at the fifth step."""

    def __init__(self) -> None:
        self.steps = 0

    def step(self, done: int, total: int, text: str = "") -> None:
        assert done < total
        assert text
        self.steps += 1

    @property
    def cancelled(self) -> bool:
        return self.steps >= 5


def test_a_cancelled_sample_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(SampleCancelledError):
        create_sample(tmp_path / "样例", progress=Impatient())
    assert list(tmp_path.iterdir()) == []


def test_a_sample_overwrites_nothing(tmp_path: Path) -> None:
    there = tmp_path / "样例.kpidesk"
    there.write_bytes(b"mine")
    with pytest.raises(FileExistsAlreadyError):
        create_sample(there)
    assert there.read_bytes() == b"mine"


def test_three_quarters_of_pay_are_settled_and_the_last_is_open(sample: Company) -> None:
    (group,) = pay.list_groups(sample)
    assert group.closed == ("2025Q1", "2025Q2", "2025Q3")
    open_ = pay.load_pay(sample, group.ref)
    states = {one.member.person.name: one.state for one in open_.people}
    assert open_.period.key == "2025Q4"
    assert states == {
        "张䶮": "可核算",
        "赵明轩": "可核算",
        "陈𬭎": "未录入",
        "黄志远": "未录入",
    }


def test_a_quarter_that_was_short_is_filled_and_a_correction_is_paid_later(sample: Company) -> None:
    (group,) = pay.list_groups(sample)
    third = pay.load_pay(sample, group.ref, "2025Q3")
    (correction,) = third.corrections_of("陈𬭎")
    assert correction.amount.value == Decimal("269.28")  # 6800 × 4 % × 0.99
    assert balance(third.entries_of("陈𬭎"), "2025Q3", "").value == 231_800 - 225_000
    printed = pay.statements_pdf(sample, group.ref, "2025Q3")
    assert printed.done == 4


def test_demo_refuses_a_folder_that_holds_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "样例公司.kpidesk").write_bytes(b"mine")
    assert main(["demo", str(tmp_path)]) == 1
    assert "不会覆盖" in capsys.readouterr().err


def test_next_years_scheme_is_begun(sample: Company) -> None:
    [draft] = editing.list_drafts(sample)
    told = [one.text for one in editing.differences(sample, draft.id)]
    assert "参数“销售完成率每档”：5% → 4%" in told
    assert "“团队协作”的满分：10分 → 15分" in told
    assert editing.stops(editing.load_draft(sample, draft.id).scheme) == ()


def test_what_a_plan_left_undone_is_an_indicator_of_the_next_contract(sample: Company) -> None:
    drafts = [one for one in list_contracts(sample) if one.state is ContractState.DRAFT]
    added = [load_contract(sample, one.id) for one in drafts]
    taken = [one for one in added if one.contract.added]
    assert taken
    for one in taken:
        assert one.scheme.indicators[-1].name == "改进事项"
        assert one.contract.added[0].name == one.scheme.indicators[-1].children[0].name


def test_somebody_moved_to_another_department(sample: Company) -> None:
    [past] = list_postings(sample).values()
    assert [one.department for one in past] == ["市场部", "客服部"]
