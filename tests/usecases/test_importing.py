"""Import from Excel: guessed, checked at every cell, decided, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpidesk.core.errors import NotAllowedError
from kpidesk.core.facts import FactValue
from kpidesk.core.postings import Posting
from kpidesk.exchange.workbook.found import Place, Sheet
from kpidesk.exchange.workbook.reader import read_workbook
from kpidesk.store import audit
from kpidesk.usecases import appraisals, contracts, importing, people, targets
from kpidesk.usecases.company import open_company
from kpidesk.usecases.importing import Action, Decision, Destination, Kind, Order, Preview, Way
from kpidesk.usecases.postings import list_postings
from tests.exchange.books import write_book
from tests.exchange.messy import messy_book
from tests.usecases.messy_imports import outcome
from tests.usecases.office import TODAY, Office
from tests.usecases.payroll_at_work import Payroll, department

PEOPLE = ["工号", "姓名", "所属部门", "职位", "直接上级", "入职时间"]
Rows = Sequence[Sequence[Any]]


def sheet_of(tmp_path: Path, rows: Rows, *, percent: bool = False) -> Sheet:
    return read_workbook(write_book(tmp_path / "导入.xlsx", rows, percent=percent))[0]


class Desk:
    """Somebody who imports."""

    def __init__(self, office: Office, tmp_path: Path) -> None:
        self.office, self.folder = office, tmp_path
        self.company = office.company

    def into(self, kind: Kind, word: str = "") -> Destination:
        every = importing.list_destinations(self.company, kind, today=TODAY)
        return next(one for one in every if word in one.title)

    def order(self, destination: Destination, rows: Rows, **more: Any) -> Order:  # noqa: ANN401 - of Order
        sheet = sheet_of(self.folder, rows, percent=more.pop("percent", False))
        offer = importing.offer(self.company, destination, sheet)
        mapping = more.pop("mapping", offer.mapping)
        return Order(destination, sheet, offer.header, mapping, "导入.xlsx", **more)

    def check(self, order: Order, decisions: Mapping[Place, Decision] | None = None) -> Preview:
        return importing.check(self.company, order, decisions or {})

    def carry_out(
        self, order: Order, decisions: Mapping[Place, Decision] | None = None
    ) -> importing.Imported:
        return importing.carry_out(self.company, order, decisions or {}, **self.office.who)

    def said(self, order: Order) -> dict[str, str]:
        return {one.address: one.message for one in self.check(order).problems}


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    return Desk(office, tmp_path)


def names(office: Office) -> dict[str, people.PersonRow]:
    return {one.person.name: one for one in people.list_people(office.company, include_left=True)}


# --- people


def test_people_come_from_a_file_with_their_departments_and_superiors(desk: Desk) -> None:
    rows: Rows = [
        ["2026 年花名册"],
        PEOPLE,
        ["G001", "王小明", "总部/销售部", "客户经理", "李大山", "2025年1月5日"],
        ["G002", "李大山", "总部/销售部", "客户总监", "", date(2020, 1, 6)],
        ["G003", "赵一", "大客户部", "客户经理", "002", "20240301"],
    ]
    order = desk.order(desk.into(Kind.PEOPLE), rows)
    assert order.header == 1
    assert list(order.mapping.values()) == [
        "number", "name", "department", "post", "superior", "hired_on",
    ]  # fmt: skip
    preview = desk.check(order)
    assert preview.is_ready
    assert [one.action for one in preview.lines] == [Action.NEW] * 3
    assert "总部/销售部" in preview.notes[0]
    done = desk.carry_out(order)
    assert (done.new, done.changed, done.skipped) == (3, 0, 0)
    found = names(desk.office)
    assert found["王小明"].superior_name == "李大山"
    assert found["王小明"].person.hired_on == date(2025, 1, 5)
    assert found["赵一"].department_name == "大客户部"
    assert found["赵一"].superior_name == "𫖯𬭎𠮷"
    assert found["赵一"].pinyin[1] == "zy"
    rows_of = {one.department.name: one.department for one in people.list_departments(desk.company)}
    assert rows_of["销售部"].parent == rows_of["总部"].id
    # The same file again: nothing is new.
    again = desk.check(order)
    assert [one.action for one in again.lines] == [Action.SAME] * 3
    assert not again.is_ready


def test_every_problem_is_named_at_its_cell_and_nothing_is_written(desk: Desk) -> None:
    rows: Rows = [
        PEOPLE,
        ["G001", "王小明", "销售部", "客户经理", "没有的人", "1月5日"],
        ["G001", "李大山", "销售部", "总监", "", "2025-2-30"],
        ["", "赵一", "销售部", "", "", ""],
        [110105199003071234, "钱二", "销售部", "经理", "", ""],
        ["G005", "#N/A", "销售部", "经理", "", ""],
        ["002", "冒名", "大客户部", "大客户经理", "", ""],
    ]
    order = desk.order(desk.into(Kind.PEOPLE), rows)
    said = desk.said(order)
    assert "年份" in said["F2"]
    assert "重复" in said["A3"]
    assert "2 月没有 30 日" in said["F3"]
    assert "缺少工号" in said["A4"]
    assert "缺少岗位" in said["D4"]
    assert "文本" in said["A5"]
    assert "公式" in said["B6"]
    assert "改名" in said["A7"]
    before = len(names(desk.office))
    with pytest.raises(NotAllowedError, match="还不能导入"):
        desk.carry_out(order)
    assert len(names(desk.office)) == before


def test_rows_are_skipped_and_known_people_changed_as_decided(desk: Desk) -> None:
    rows: Rows = [
        PEOPLE,
        ["002", "新名字", "", "", "", ""],
        ["G001", "", "", "", "", ""],
        ["G002", "赵一", "大客户部", "客户经理", "没有的人", ""],
    ]
    order = desk.order(desk.into(Kind.PEOPLE), rows)
    decisions = {
        (1, 0): Decision(Way.OVERWRITE),
        (2, 1): Decision(Way.SKIP),
        (3, 4): Decision(Way.KEEP),
    }
    done = desk.carry_out(order, decisions)
    assert (done.new, done.changed, done.skipped) == (1, 1, 1)
    found = names(desk.office)
    assert found["新名字"].person.post == "大客户经理"
    assert found["赵一"].superior_name == ""


def test_a_move_that_is_imported_stays_in_the_history(desk: Desk) -> None:
    rows: Rows = [
        PEOPLE,
        ["002", "", "市场部", "市场总监", "G001", ""],
        ["G001", "新总监", "市场部", "总监", "", ""],
    ]
    desk.carry_out(desk.order(desk.into(Kind.PEOPLE), rows))
    was, now = list_postings(desk.company)[desk.office.manager]
    assert (was.department, was.post, was.superior) == ("大客户部", "大客户经理", "䶮㛃")
    assert now == Posting(TODAY, "市场部", "市场总监", "新总监")


def test_a_circle_of_superiors_is_refused(desk: Desk) -> None:
    rows: Rows = [
        PEOPLE,
        ["G001", "甲", "大客户部", "经理", "G002", ""],
        ["G002", "乙", "大客户部", "经理", "G001", ""],
    ]
    assert "下属" in desk.said(desk.order(desk.into(Kind.PEOPLE), rows))["E2"]


def test_an_import_is_audited_backed_up_and_its_mapping_remembered(desk: Desk) -> None:
    heads = ["号", "称呼", "哪个部门", "干什么"]
    rows = [heads, ["G001", "王小明", "大客户部", "客户经理"]]
    mapping = {0: "number", 1: "name", 2: "department", 3: "post"}
    order = desk.order(desk.into(Kind.PEOPLE), rows, mapping=mapping)
    done = desk.carry_out(order)
    with desk.company.read() as connection:
        lines = [line for _, line in audit.read(connection)]
        assert audit.first_broken(connection) is None
    assert [line.action for line in lines][-2:] == ["person.add", "import"]
    assert "导入.xlsx" in lines[-2].reason
    offer = importing.offer(desk.company, order.destination, order.sheet)
    assert dict(offer.mapping) == mapping
    backup = desk.company.path.with_name(done.backup)
    before = open_company(backup)
    try:
        assert "王小明" not in {one.person.name for one in people.list_people(before)}
    finally:
        before.close()


def test_an_import_that_fails_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [PEOPLE, *[[f"G{n:03}", f"人{n}", "新部门", "经理", "", ""] for n in range(30)]]
    order = desk.order(desk.into(Kind.PEOPLE), rows)
    before = names(desk.office).keys()
    real = audit.append

    def failing(connection: Any, line: audit.AuditLine) -> Any:  # noqa: ANN401 - as it is called
        if line.action == "import":
            msg = "the disk is full"
            raise OSError(msg)
        return real(connection, line)

    monkeypatch.setattr(audit, "append", failing)
    with pytest.raises(OSError, match="full"):
        desk.carry_out(order)
    monkeypatch.undo()
    assert names(desk.office).keys() == before
    assert "新部门" not in {one.department.name for one in people.list_departments(desk.company)}


# --- targets, scores, figures, lines


def test_targets_come_into_a_plan_before_there_is_any_contract(desk: Desk) -> None:
    into = desk.into(Kind.TARGETS, "目标计划：大客户经理")
    assert into.plan is not None
    months = [f"{n}月" for n in range(1, 13)]
    rows: Rows = [["姓名", *months, "全年"], ["𫖯𬭎𠮷", *[100.5] * 12, 1300]]
    order = desk.order(into, rows, item="sales_plan")
    preview = desk.check(order)
    assert preview.is_ready
    assert "未分配" in preview.notes[0]
    done = desk.carry_out(order)
    assert done.plan == replace(into.plan, fact="sales_plan")
    view = targets.load_view(desk.company, done.plan)
    assert view.state is targets.PlanState.DRAFT
    line = view.plan.line(desk.office.manager)
    assert line is not None
    assert (line.total, line.months) == (Decimal(1300), (Decimal("100.5"),) * 12)
    assert line.unassigned == Decimal(94)
    # The same file again changes nothing; another figure asks; a loss is no target.
    assert not desk.check(order).is_ready
    order = desk.order(into, [["姓名", "1月", "2月"], ["𫖯𬭎𠮷", 200, -1]], item="sales_plan")
    said = desk.said(order)
    assert "已有 100.5" in said["B2"]
    assert "不小于零" in said["C2"]


def test_a_plan_takes_whoever_joins_it_and_leaves_contracts_on_paper(desk: Desk) -> None:
    office = desk.office
    into = desk.into(Kind.TARGETS, "目标计划：大客户经理")
    people.edit_person(
        office.company,
        replace(names(office)["𫖯𬭎𠮷"].person, hired_on=date(2026, 3, 1)),
        **office.who,
    )
    desk.carry_out(desk.order(into, [["姓名", "全年"], ["䶮㛃", 50]], item="sales_plan"))
    key = into.plan
    assert key is not None
    plan = targets.load_view(desk.company, replace(key, fact="sales_plan")).plan
    assert {one.person for one in plan.lines if one.total == 50} == {office.director}
    order = desk.order(into, [["姓名", "1月"], ["𫖯𬭎𠮷", 5]], item="sales_plan")
    assert "不在职" in desk.said(order)["B2"]


def test_what_a_contract_on_paper_says_is_kept(desk: Desk) -> None:
    desk.office.sign(desk.office.draft())
    into = desk.into(Kind.TARGETS, "目标计划：大客户经理")
    order = desk.order(into, [["姓名", "全年"], ["𫖯𬭎𠮷", 5]], item="sales_plan")
    assert "补充协议" in desk.said(order)["B2"]
    kept = desk.check(order, {(1, 1): Decision(Way.KEEP)})
    assert not kept.problems
    assert kept.count(Action.SAME) == 1


def test_targets_of_drafts_come_by_month(desk: Desk) -> None:
    contract = desk.office.draft(targets=[])
    into = desk.into(Kind.TARGETS, "草稿")
    months = [f"{n}月" for n in range(1, 13)]
    order = desk.order(into, [["姓名", *months], ["𫖯𬭎𠮷", *[100.5] * 12]], item="sales_plan")
    assert desk.carry_out(order).new == 1
    target = contracts.load_contract(desk.company, contract).contract.targets[0]
    assert target.total == Decimal(1206)
    assert target.months == (Decimal("100.5"),) * 12
    order = desk.order(into, [["姓名", "1月"], ["𫖯𬭎𠮷", 200]], item="sales_plan")
    assert "已有 100.5" in desk.said(order)["B2"]
    changed = desk.carry_out(order, {(1, 1): Decision(Way.OVERWRITE)})
    assert changed.changed == 1
    assert contracts.load_contract(desk.company, contract).contract.targets[0].total == Decimal(
        "1305.5"
    )


def test_months_that_miss_or_do_not_add_up_are_refused(desk: Desk) -> None:
    desk.office.draft(targets=[])
    into = desk.into(Kind.TARGETS, "草稿")
    order = desk.order(into, [["姓名", "1月", "2月"], ["𫖯𬭎𠮷", 1, 2]], item="sales_plan")
    assert "缺少 2026年3月" in desk.said(order)["B2"]
    months = [f"{n}月" for n in range(1, 13)]
    order = desk.order(
        into, [["姓名", *months, "全年"], ["𫖯𬭎𠮷", *[1] * 12, 100]], item="sales_plan"
    )
    assert "相差" in desk.said(order)["B2"]


def score_sheet(desk: Desk) -> Any:  # noqa: ANN401 - an id
    return desk.office.sign(desk.office.draft())[0]


def test_scores_are_checked_against_full_points_and_entered(desk: Desk) -> None:
    sheet = score_sheet(desk)
    view = appraisals.load_sheet(desk.company, sheet)
    into = desk.into(Kind.SCORES, "2026年1月")
    offer = importing.offer(desk.company, into, sheet_of(desk.folder, [["姓名"]]))
    rated = next(
        field.fact for row in view.sheet.rows for field in row.fields if field.kind.name == "POINTS"
    )
    label = rated.removeprefix("score.")
    assert any(one.key == rated for one in offer.items)
    order = desk.order(into, [["姓名", label], ["𫖯𬭎𠮷", 999]])
    assert "超出范围" in desk.said(order)["B2"]
    order = desk.order(into, [["姓名", label], ["𫖯𬭎𠮷", "３．５"]])
    assert desk.carry_out(order).new == 1
    entry = appraisals.load_sheet(desk.company, sheet).appraisal.entries[-1]
    assert (entry.name, entry.value, entry.source) == (rated, Decimal("3.5"), "导入.xlsx")


def test_what_the_sheet_itself_refuses_is_named_at_its_cell_before_anything_is_written(
    desk: Desk,
) -> None:
    sheet = score_sheet(desk)
    into = desk.into(Kind.ACTUALS, "2026年1月")
    order = desk.order(into, [["姓名", "计划销售额"], ["𫖯𬭎𠮷", 5]])
    said = desk.said(order) or dict.fromkeys(desk.check(order).general, "")
    assert said
    before = appraisals.load_sheet(desk.company, sheet).appraisal.entries
    order = desk.order(into, [["姓名", "销售额", "迟到次数"], ["𫖯𬭎𠮷", "12万", "1.5"]])
    mapped = {
        importing.offer(desk.company, into, order.sheet).headings[n]: key
        for n, key in order.mapping.items()
    }
    assert mapped["姓名"] == "name"
    assert "1.5" in desk.said(order).get("C2", "")
    assert appraisals.load_sheet(desk.company, sheet).appraisal.entries == before


@pytest.fixture
def payroll(office: Office) -> Payroll:
    return department(office)


def stored(payroll: Payroll, person: str) -> Iterator[tuple[str, str, FactValue]]:
    from kpidesk.store.pay_facts import facts_of

    with payroll.company.read() as connection:
        for one in facts_of(connection, payroll.scheme):
            if one.key.person == payroll.ids[person] and one.value is not None:
                yield one.key.name, one.key.period, one.value


def test_figures_of_pay_come_in_three_layouts(desk: Desk, payroll: Payroll) -> None:
    into = desk.into(Kind.ACTUALS, "薪酬")
    offer = importing.offer(desk.company, into, sheet_of(desk.folder, [["姓名"]]))
    item = offer.items[0]
    months: Rows = [["姓名", "2026年3月", "4月"], ["张三", "1.2万", "￥8,000"], ["李四", 0, ""]]
    assert desk.carry_out(desk.order(into, months, item=item.key)).new == 2
    found = {(name, period): value for name, period, value in stored(payroll, "张三")}
    assert found[item.key, "2026-03"] == Decimal(12000)
    assert found[item.key, "2026-04"] == Decimal(8000)
    assert [value for *_, value in stored(payroll, "李四")] == [Decimal(0)]
    single: list[list[Any]] = [
        ["姓名", "数据项", "期间", "数值"],
        ["李四", item.title, "2026-05", "（100）"],
    ]
    said = desk.said(desk.order(into, single))
    assert not said or "不小于零" in said["D2"]
    single[1][3] = "1,234.5"
    assert desk.carry_out(desk.order(into, single)).new == 1
    each: Rows = [["工号", item.title], ["011", 9]]
    order = desk.order(into, each, period="2026-06")
    assert desk.carry_out(order).new == 1
    twice: Rows = [
        ["工号", "数据项", "期间", "数值"],
        *[["011", item.title, "7月", n] for n in (1, 2)],
    ]
    assert "重复" in desk.said(desk.order(into, twice))["D3"]


def test_unknown_people_are_named_and_can_be_pointed_out(desk: Desk, payroll: Payroll) -> None:
    into = desk.into(Kind.ACTUALS, "薪酬")
    offer = importing.offer(desk.company, into, sheet_of(desk.folder, [["姓名"]]))
    rows: Rows = [["姓名", "3月"], ["张叁", 5], ["𫖯𬭎𠮷", 5], ["李四", "约5"]]
    order = desk.order(into, rows, item=offer.items[0].key)
    said = desk.said(order)
    assert "人员名册里没有“张叁”" in said["A2"]
    assert "不在" in said["A3"]
    assert "不是数字" in said["B4"]
    chosen = {
        (1, 0): Decision(Way.PERSON, payroll.ids["张三"]),
        (2, 0): Decision(Way.SKIP),
        (3, 1): Decision(Way.SKIP),
    }
    assert desk.carry_out(order, chosen).new == 1
    assert [value for *_, value in stored(payroll, "张三")] == [Decimal(5)]


def test_dated_lines_come_with_their_fields_and_doubles_are_asked_about(
    desk: Desk, payroll: Payroll
) -> None:
    into = desk.into(Kind.LINES)
    offer = importing.offer(desk.company, into, sheet_of(desk.folder, [["姓名"]]))
    fields = [one for one in offer.columns if one.key.startswith("field:")]
    examples = [one.example[0] for one in fields]
    head = ["姓名", "日期", *[one.title for one in fields]]
    rows = [head, ["张三", "2026/3/5", *examples]]
    order = desk.order(into, rows)
    assert desk.carry_out(order).new == 1
    again = desk.order(into, rows)
    assert "已经录入过" in desk.said(again)["B2"]
    assert desk.carry_out(again, {(1, 1): Decision(Way.ADD)}).new == 1
    outside = desk.order(into, [head, ["张三", "2031-3-5", *examples]])
    assert "考核周期" in desk.said(outside)["B2"]
    view = payroll.view("2026-03")
    assert sum(line.person == payroll.ids["张三"] for line in view.gathered.lines) == 2


# --- files handed out


@pytest.mark.parametrize("kind", [Kind.PEOPLE, Kind.ACTUALS, Kind.LINES])
def test_a_template_can_be_imported_as_it_is(
    desk: Desk, payroll: Payroll, tmp_path: Path, kind: Kind
) -> None:
    into = desk.into(kind)
    path = tmp_path / "模板.xlsx"
    path.write_bytes(importing.template(desk.company, into))
    book = importing.open_book(path)
    sheet = book.sheets[0]
    offer = importing.offer(desk.company, into, sheet)
    headings = [one for one in offer.headings if one]
    assert len(offer.mapping) == len(headings)
    order = Order(into, sheet, offer.header, offer.mapping, path.name)
    wrong = [
        one.message
        for one in desk.check(order, {}).problems
        if "日期" not in one.message and "期" not in one.message
    ]
    if kind is Kind.PEOPLE:
        assert not wrong


def test_the_report_marks_every_problem(desk: Desk, tmp_path: Path) -> None:
    rows = [PEOPLE, ["G001", "王小明", "销售部", "客户经理", "没有的人", "1月5日"]]
    order = desk.order(desk.into(Kind.PEOPLE), rows)
    path = tmp_path / "问题.xlsx"
    path.write_bytes(importing.report(order, desk.check(order)))
    listed, copied = read_workbook(path)
    assert [row[0] for row in listed.rows[1:]] == ["F2"]
    assert copied.rows[2][:2] == ("G001", "王小明")


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.sampled_from(["", "G001", "002", "王小明", "大客户部", "2025-1-5", "1月5日"]),
                st.text(max_size=8),
                st.floats(allow_nan=False, allow_infinity=False),
                st.booleans(),
                st.dates(),
            ),
            max_size=7,
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sheet_is_previewed_and_written_only_when_whole(desk: Desk, rows: list[Any]) -> None:
    sheet = Sheet("表", (tuple(PEOPLE), *map(tuple, rows)))
    into = Destination(Kind.PEOPLE, "people", "人员名册")
    offer = importing.offer(desk.company, into, sheet, header=0)
    order = Order(into, sheet, 0, offer.mapping, "x.xlsx")
    preview = desk.check(order)
    for one in preview.problems:
        assert one.message
        assert one.place[0] < len(sheet.rows)
    skipping = {one.place: Decision(Way.SKIP) for one in preview.problems}
    rest = desk.check(order, skipping)
    assert rest.count(Action.SKIPPED) >= (1 if preview.problems else 0)


@pytest.mark.parametrize("seed", range(8))
def test_a_messy_file_is_refused_named_at_its_cells_or_imported_whole(
    office: Office, tmp_path: Path, seed: int
) -> None:
    assert outcome(office.company, messy_book(tmp_path, seed))
