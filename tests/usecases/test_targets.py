"""Target plans: saved, published, changed with a reason; contracts and plans say the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from kpidesk.core.contract import ContractId, ContractState
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.target import Target
from kpidesk.core.target_plan import PlanLine, TargetPlan
from kpidesk.core.target_split import Season
from kpidesk.usecases import contracts, people, targets
from kpidesk.usecases.home import Step, overview
from kpidesk.usecases.targets import PlanKey, PlanState, Shape, Share, Ways
from kpidesk.usecases.verifying import Part, verify, verify_file
from kpidesk.usecases.yearbook.scope import NothingToPrintError
from tests.hostile_clipboard import HOSTILE_BLOCKS
from tests.usecases.office import TODAY, YEAR, Office, monthly

KEY = PlanKey("account-manager-kpi", "", "sales_plan", YEAR)
EVENLY = Ways(Share.EVEN, Shape.EVEN, Season(), {})


def plan_of(office: Office, key: PlanKey = KEY) -> TargetPlan:
    return targets.load_view(office.company, key).plan


def line_of(office: Office, key: PlanKey = KEY) -> PlanLine:
    line = plan_of(office, key).line(office.manager)
    assert line is not None
    return line


def planned(office: Office, total: int = 1200) -> TargetPlan:
    """A plan in which the manager has so much, the same every month."""
    plan = plan_of(office).with_lines([even(office.manager, total)])
    targets.save_plan(office.company, plan, **office.who)
    return plan


def even(person: PersonId, total: int) -> PlanLine:
    return PlanLine(person, Decimal(total), (Decimal(total) / 12,) * 12)


def publish(office: Office, **more: Any) -> targets.Published:  # noqa: ANN401 - any argument
    return targets.publish(office.company, KEY, **{"follow": True, **office.who, **more})


def target(office: Office, contract: ContractId) -> Target | None:
    found = contracts.load_contract(office.company, contract).contract.targets
    return next((one for one in found if one.fact == "sales_plan"), None)


def test_whoever_has_the_post_is_in_the_plan_and_nobody_else(office: Office) -> None:
    view = targets.load_view(office.company, KEY)
    assert [one.id for one in view.people] == [office.manager]
    assert [one[0] for one in view.others] == [office.director]
    assert (view.state, view.plan.unit) == (PlanState.NEW, "万元")
    assert line_of(office).is_empty
    found = targets.list_choices(office.company, today=TODAY)
    mine = next(one for one in found if one.scheme == KEY.scheme)
    assert mine.usual == YEAR
    assert [one.fact for one in mine.indicators] == ["sales_plan", "new_customers_plan"]


def test_a_contract_is_drawn_up_from_the_plan(office: Office) -> None:
    planned(office)
    contract = office.draft(targets=[])
    assert target(office, contract) == monthly("sales_plan", "计划销售额", "万元", 1200)
    quarter = Period.months(2027, 1, 3)
    key = replace(KEY, period=Period.months(2027, 1, 12))
    plan = plan_of(office, key).with_lines([even(office.manager, 2400)])
    targets.save_plan(office.company, plan, **office.who)
    part = target(office, office.draft(targets=[], term=quarter))
    assert part is not None
    assert (part.total, part.months) == (Decimal(600), (Decimal(200),) * 3)


def test_what_is_not_split_whole_does_not_go_into_a_contract(office: Office) -> None:
    plan = planned(office)
    line = even(office.manager, 1200)
    odd = plan.with_lines([replace(line, total=Decimal(1300))])
    targets.save_plan(office.company, odd, **office.who)
    contract = office.draft(targets=[])
    assert target(office, contract) is None
    assert line_of(office) == replace(line, total=Decimal(1300))  # and stays in the plan
    draft = contracts.load_contract(office.company, contract).contract
    noted = replace(draft, special_terms=("另行约定",))
    contracts.edit_contract(office.company, noted, **office.who)
    assert line_of(office) == replace(line, total=Decimal(1300))
    said = replace(noted, targets=(monthly("sales_plan", "计划销售额", "万元", 1200),))
    contracts.edit_contract(office.company, said, **office.who)
    assert line_of(office) == line
    contracts.edit_contract(office.company, noted, **office.who)
    assert line_of(office).is_empty


def test_a_draft_and_its_plan_say_the_same_whoever_is_changed(office: Office) -> None:
    planned(office)
    contract = office.draft()  # says 1200 itself
    draft = contracts.load_contract(office.company, contract).contract
    more = (monthly("sales_plan", "计划销售额", "万元", 2400), *draft.targets[1:])
    contracts.edit_contract(office.company, replace(draft, targets=more), **office.who)
    assert line_of(office) == even(office.manager, 2400)
    planned(office, 3600)
    view = targets.load_view(office.company, KEY)
    assert view.people[0].lags(view.plan, view.plan.lines[0])
    assert publish(office).followed == 1
    said = target(office, contract)
    assert said is not None
    assert said.total == 3600


def test_a_draft_may_be_left_as_it_is_and_brought_along_later(office: Office) -> None:
    contract = office.draft()
    planned(office, 2400)
    assert publish(office, follow=False).followed == 0
    assert target(office, contract) == monthly("sales_plan", "计划销售额", "万元", 1200)
    made = targets.bring_drafts(office.company, KEY, **office.who)
    assert made.followed == 1
    assert targets.bring_drafts(office.company, KEY, **office.who).followed == 0


def test_a_contract_on_paper_speaks_for_its_person(office: Office) -> None:
    planned(office)
    contract = office.draft()
    contracts.mark_printed(office.company, [contract], **office.who)
    plan = plan_of(office)
    stubborn = plan.with_lines([even(office.manager, 9600)])
    targets.save_plan(office.company, stubborn, **office.who)
    view = targets.load_view(office.company, KEY)
    assert line_of(office) == even(office.manager, 1200)
    assert view.people[0].is_fixed
    issued = view.people[0].issued
    assert issued is not None
    assert issued.state is ContractState.PRINTED
    contracts.return_to_draft(office.company, contract, reason="目标有误", **office.who)
    assert line_of(office) == even(office.manager, 1200)
    assert not targets.load_view(office.company, KEY).people[0].is_fixed


def test_a_published_plan_is_changed_with_a_reason_and_remembers_it(office: Office) -> None:
    planned(office)
    assert publish(office).number == 1
    assert targets.load_view(office.company, KEY).state is PlanState.PUBLISHED
    with pytest.raises(NotAllowedError, match="没有改动"):
        publish(office, reason="无")
    plan = plan_of(office)
    changed = replace(plan, total=Decimal(5000)).with_department(office.department, Decimal(10))
    line = even(office.manager, 1200).put(0, Decimal(90)).put(1, Decimal(110))
    targets.save_plan(office.company, changed.with_lines([line]), **office.who)
    assert targets.load_view(office.company, KEY).state is PlanState.REVISING
    with pytest.raises(NotAllowedError, match="必须填写理由"):
        publish(office)
    publish(office, reason="一月停产检修")
    newest, first = targets.history(office.company, KEY)
    assert (first.number, first.reason, first.people, first.changes) == (1, "", 1, ())
    assert (newest.by, newest.on, newest.reason) == ("王芳", TODAY, "一月停产检修")
    said = [(one.name, one.what, one.before, one.after) for one in newest.changes]
    assert said == [
        ("", "公司全年", None, Decimal(5000)),
        ("", "大客户部全年", None, Decimal(10)),
        ("𫖯𬭎𠮷", "1月", Decimal(100), Decimal(90)),
        ("𫖯𬭎𠮷", "2月", Decimal(100), Decimal(110)),
    ]
    assert targets.history(office.company, replace(KEY, fact="new_customers_plan")) == ()


def test_unpublished_changes_can_be_given_up(office: Office) -> None:
    before = planned(office)
    with pytest.raises(NotAllowedError, match="还没有发布过"):
        targets.give_up(office.company, KEY, **office.who)
    publish(office)
    assert not targets.give_up(office.company, KEY, **office.who)
    planned(office, 600)
    assert targets.give_up(office.company, KEY, **office.who)
    view = targets.load_view(office.company, KEY)
    assert (view.plan.lines, view.state) == (before.lines, PlanState.PUBLISHED)
    planned(office, 600)
    planned(office)  # everything is taken back by hand
    assert targets.load_view(office.company, KEY).state is PlanState.PUBLISHED


def test_nothing_and_half_of_something_are_not_published(office: Office) -> None:
    with pytest.raises(NotAllowedError, match="还没有填任何目标"):
        publish(office)
    line = even(office.manager, 1200)
    for bad, problem in (
        (replace(line, total=Decimal(1300)), "比全期目标少 100万元"),
        (line.put(0, None).put(1, Decimal(200)), "缺少 1月 的目标"),
    ):
        targets.save_plan(office.company, plan_of(office).with_lines([bad]), **office.who)
        with pytest.raises(InvalidValueError, match=problem):
            publish(office)


def test_nobody_is_to_reach_anything_in_months_out_of_service(office: Office) -> None:
    late = people.add_person(
        office.company,
        number="003",
        name="新来的",
        department=office.department,
        post="大客户经理",
        hired_on=date(2026, 10, 12),
        **office.who,
    ).id
    view = targets.load_view(office.company, KEY)
    new = next(one for one in view.people if one.id == late)
    assert new.served == (9, 10, 11)
    plan = replace(view.plan, total=Decimal("100.01"))
    outcome = targets.split_plan(view, plan, EVENLY, groups=[None], people=())
    assert outcome.problems == ()
    old, fresh = (outcome.plan.line(one) for one in (office.manager, late))
    assert old is not None
    assert fresh is not None
    assert (old.total, fresh.total) == (Decimal("80.01"), Decimal("20.00"))
    assert fresh.months[:9] == (None,) * 9
    assert not old.unassigned
    assert not fresh.unassigned
    targets.save_plan(office.company, outcome.plan, **office.who)
    assert publish(office).number == 1


def test_a_department_with_a_figure_of_its_own_keeps_it(office: Office) -> None:
    other = people.add_department(office.company, name="渠道部", **office.who).id
    ids = [
        people.add_person(
            office.company,
            number=f"1{n}",
            name=f"渠道{n}",
            department=other,
            post="大客户经理",
            **office.who,
        ).id
        for n in range(3)
    ]
    view = targets.load_view(office.company, KEY)
    plan = replace(view.plan, total=Decimal(100)).with_department(other, Decimal(70))
    outcome = targets.split_plan(view, plan, EVENLY, groups=[None], people=())
    shares = [line.total for one in ids if (line := outcome.plan.line(one))]
    assert sorted(shares) == [Decimal("23.33"), Decimal("23.33"), Decimal("23.34")]  # type: ignore[type-var]  # all are figures
    mine = outcome.plan.line(office.manager)
    assert mine is not None
    assert mine.total == 30
    too_much = plan.with_department(other, Decimal(170))
    refused = targets.split_plan(view, too_much, EVENLY, groups=[None], people=())
    assert refused.problems == ("全公司：下级部门的目标合计超过 70",)
    only = targets.split_plan(view, plan, EVENLY, groups=[other], people=())
    assert only.plan.line(office.manager) == view.plan.line(office.manager)


def test_last_year_comes_from_the_contract_and_is_raised(office: Office) -> None:
    before = Period.months(2025, 1, 12)
    office.draft(term=before, targets=[monthly("sales_plan", "计划销售额", "万元", 1000)])
    view = targets.load_view(office.company, KEY)
    last = targets.last_year(office.company, KEY)
    assert last[office.manager].total == 1000
    made = targets.copy_last_year(view, view.plan, last, Decimal(15), [office.manager])
    line = made.plan.line(office.manager)
    assert line is not None
    assert (line.total, line.unassigned, made.done) == (Decimal(1150), Decimal(0), 1)
    locked = view.plan.with_lines([line.lock(2, is_on=True)])
    kept = targets.copy_last_year(view, locked, last, Decimal(0), [office.manager])
    assert kept.problems == ("𫖯𬭎𠮷：有锁定的月份，没有改动",)
    none = targets.copy_last_year(view, view.plan, {}, Decimal(0), [office.manager])
    assert none.problems == ("𫖯𬭎𠮷：没有去年的目标",)
    shaped = Ways(Share.LAST_YEAR, Shape.LAST_YEAR, Season(), last)
    plan = replace(view.plan, total=Decimal(500))
    by_last = targets.split_plan(view, plan, shaped, groups=[None], people=()).plan.lines[0]
    assert by_last.total == 500
    assert by_last.months[0] == Decimal("41.67")
    place = view.departments[0].id
    newcomer = people.add_person(
        office.company, number="19", name="新人", department=place, post="大客户经理", **office.who
    ).id
    grown = targets.load_view(office.company, KEY)
    shared = targets.split_plan(grown, plan, shaped, groups=[None], people=())
    assert shared.problems == ("新人：没有去年的目标，没有分到，请另填",)
    theirs = shared.plan.line(newcomer)
    assert theirs is None or theirs.is_empty
    mine = shared.plan.line(office.manager)
    assert mine is not None
    assert mine.total == 500
    nobody = replace(shaped, last={})
    refused = targets.split_plan(grown, plan, nobody, groups=[None], people=())
    assert refused.problems == ("全公司：没有可以参照的比例（都是零）",)


def test_the_season_is_remembered(office: Office) -> None:
    shares = (Decimal(30), *(Decimal(7),) * 10, Decimal(0))
    assert targets.season(office.company) == Season()
    assert targets.save_season(office.company, Season(shares), **office.who)
    assert not targets.save_season(office.company, Season(shares), **office.who)
    season = targets.season(office.company)
    view = targets.load_view(office.company, KEY)
    plan = view.plan.with_lines([PlanLine(office.manager, Decimal(1000), (None,) * 12)])
    ways = Ways(Share.NONE, Shape.SEASON, season, {})
    line = targets.split_plan(view, plan, ways, groups=(), people=[office.manager]).plan.lines[0]
    assert line.months[0] == 300
    assert line.months[11] == 0


def table_of(office: Office, *, published: bool = False) -> str:
    pdf = targets.plan_pdf(office.company, KEY, published=published, **office.who)
    return PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_a_plan_prints_as_a_table(office: Office) -> None:
    with pytest.raises(NothingToPrintError):
        targets.plan_pdf(office.company, KEY, **office.who)
    planned(office)
    pdf = targets.plan_pdf(office.company, KEY, **office.who)
    (page,) = PdfReader(BytesIO(pdf)).pages
    said = page.extract_text()
    assert "2026.12" in said
    assert "1,200" in said
    assert "未发布：目标计划草稿" in said
    publish(office)
    said = table_of(office)
    assert "未发布" not in said
    assert f"第 1 次发布（{TODAY}）" in said
    planned(office, 2400)
    said = table_of(office)
    assert "未发布：含第 1 次发布" in said
    assert "2,400" in said
    said = table_of(office, published=True)
    assert "未发布" not in said
    assert "1,200" in said
    share = PlanKey("director-annual", "", "target.市场份额", YEAR)
    plan = targets.load_view(office.company, share).plan
    line = plan.blank(office.director).put(-1, Decimal("12.5"))
    targets.save_plan(office.company, plan.with_lines([line]), **office.who)
    pdf = targets.plan_pdf(office.company, share, **office.who)
    said = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "不分月" in said
    assert "2026.12" in said


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1,200\t１２万\n￥3.5\t\n", [["1200", "12"], ["3.5", None]]),
        ('"1\n"\t 0 \r\n', [["1", "0"]]),
        ("120万元\t1亿", [["120", "100000000"]]),
    ],
)
def test_a_block_is_read_as_the_import_reads_it(
    text: str, figures: Sequence[Sequence[str | None]]
) -> None:
    block = targets.read_block(text, "万元", rows=9, columns=9)
    read = [[None if one.figure is None else f"{one.figure:f}" for one in row] for row in block]
    assert read == figures


def test_a_cell_that_is_no_target_says_so(office: Office) -> None:
    ((bad, minus, huge),) = targets.read_block("十二\t-3\t" + "9" * 25, "元", rows=1, columns=3)
    assert "十二" in bad.problem
    assert "不能为负数" in minus.problem
    assert "太大" in huge.problem
    for text, problem in (("", "没有内容"), ('"1', "不是表格"), ("1\n" * 5001, "最多 5000 行")):
        with pytest.raises(InvalidValueError, match=problem):
            targets.read_block(text, "元", rows=9, columns=9)
    assert targets.read_figure("95%", "%") == 95


def test_what_was_published_is_held_to_its_hash_and_to_the_log(office: Office) -> None:
    planned(office)
    publish(office)
    proof = verify(office.company)
    assert proof.broken == ()
    assert ("目标计划", 1) in proof.checked
    office.company.close()
    path = office.company.path
    for change in (
        "UPDATE target_revisions SET body = replace(body, '1200', '1300')",
        "UPDATE target_revisions SET published_by = '别人'",
        "DELETE FROM target_revisions",
    ):
        copy = path.with_name(f"{len(change)}.kpidesk")
        copy.write_bytes(path.read_bytes())
        with closing(sqlite3.connect(copy)) as tool:
            guards = tool.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            with pytest.raises(sqlite3.IntegrityError):
                tool.execute(change)
            names = tool.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in names:
                tool.execute(f"DROP TRIGGER {name}")
            tool.execute(change)
            for (sql,) in guards:
                tool.execute(sql)
            tool.commit()
        (broken,) = verify_file(copy).broken
        assert broken.part is Part.TARGETS
        assert broken.document == "计划销售额 2026（第 1 次发布）"


def test_the_home_page_names_who_has_no_target_in_a_plan(office: Office) -> None:
    def waiting() -> list[str]:
        todos = overview(office.company, today=TODAY).todos
        return [name for one in todos if one.step is Step.TARGETS for name in one.names]

    assert waiting() == []
    targets.save_plan(office.company, plan_of(office), **office.who)
    assert waiting() == ["𫖯𬭎𠮷"]
    (todo,) = (
        one for one in overview(office.company, today=TODAY).todos if one.step is Step.TARGETS
    )
    assert (todo.plan, todo.about) == (KEY, plan_of(office).label)
    planned(office)
    assert waiting() == []


@pytest.mark.parametrize("what", HOSTILE_BLOCKS)
def test_whatever_lies_on_the_clipboard_is_refused_in_words(what: str) -> None:
    said: list[str] = []
    try:
        block = targets.read_block(HOSTILE_BLOCKS[what], "万元", rows=40, columns=14)
        said += [one.problem for row in block for one in row if one.problem]
    except InvalidValueError as problem:
        said.append(str(problem))
    assert said
    assert all(len(one) < 200 for one in said)
