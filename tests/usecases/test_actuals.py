"""What was achieved, in bulk: one truth with the sheets and pay, pasted whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kpidesk.core.errors import NotAllowedError
from kpidesk.core.names import KnownFact
from kpidesk.core.payroll.record import Cell
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.usecases import actuals, appraisals, pay, people
from kpidesk.usecases.actuals import Board, Book, BookRef, CellRefusedError, Fill, NewActual
from kpidesk.usecases.company import create_company
from tests.usecases.office import TODAY, Office
from tests.usecases.payroll_at_work import Payroll, department, fill_month

MONTHS = tuple(Period.months(2026 + n // 12, n % 12 + 1, 1) for n in range(2, 14))
MARCH = MONTHS[0]
SHEETS = BookRef("account-manager-kpi", 2026)
PAY = BookRef("client-department", 2026)


@pytest.fixture
def payroll(office: Office) -> Payroll:
    return department(office)


def put(office: Office | Payroll, ref: BookRef, *new: NewActual, reason: str = "") -> actuals.Put:
    return actuals.enter_actuals(office.company, ref, actuals=new, reason=reason, **office.who)


def book(office: Office | Payroll, ref: BookRef) -> Book:
    return actuals.load_book(office.company, ref)


def board(found: Book, item: str) -> Board:
    days = found.periods(found.by_item[item])
    people = [one for one in found.people if (one.id, item, days[0]) in found.actuals]
    return Board(
        tuple((one.name, one.number) for one in people),
        days,
        tuple(one.key for one in days),
        {(r, c): (p.id, item, d) for r, p in enumerate(people) for c, d in enumerate(days)},
        found.ref.year,
    )


def january(person: PersonId, item: str = "sales") -> NewActual:
    return NewActual(person, item, Period.months(2026, 1, 1), Decimal("120.5"), "台账")


# --- one truth


def test_what_is_typed_in_the_grid_stands_on_the_sheet_and_back(office: Office) -> None:
    sheets = office.sign(office.draft())
    put(office, SHEETS, january(office.manager))
    (entry,) = appraisals.load_sheet(office.company, sheets[0]).appraisal.entries
    assert (entry.name, entry.value, entry.source) == ("sales", Decimal("120.5"), "台账")
    office.enter(sheets[1], "sales", Decimal(99))
    found = book(office, SHEETS).actuals[office.manager, "sales", Period.months(2026, 2, 1)]
    assert found.value == Decimal(99)


def test_what_is_typed_in_the_grid_is_paid_and_back(payroll: Payroll) -> None:
    zhang = payroll.ids["张三"]
    put(payroll, PAY, NewActual(zhang, "collected", MARCH, Decimal(120_000)))
    (fact,) = [one.fact for one in payroll.person("张三").fields if one.known.name == "collected"]
    assert fact is not None
    assert fact.value == Decimal(120_000)
    payroll.enter("李四", "collected", {"m04": 7})
    found = book(payroll, PAY).actuals[payroll.ids["李四"], "collected", MONTHS[1]]
    assert found.value == Decimal(7)


def test_a_quarter_goes_onto_every_open_sheet_that_asks_for_it(office: Office) -> None:
    sheets = office.sign(office.draft())
    quarter = Period.parse("2026Q1")
    put(office, SHEETS, NewActual(office.manager, "quarter_sales", quarter, Decimal(300)))
    holding = [
        number
        for number, one in enumerate(sheets, start=1)
        if any(
            (entry.name, entry.period) == ("quarter_sales", "2026Q1")
            for entry in appraisals.load_sheet(office.company, one).appraisal.entries
        )
    ]
    assert holding == [1, 2, 3, 4, 5, 6]  # of its own months, and of those that grow from it
    office.enter(sheets[3], "quarter_sales", Decimal(310), "2026Q1")
    assert book(office, SHEETS).actuals[office.manager, "quarter_sales", quarter].differs


def test_taking_back_is_missing_again_not_zero(office: Office) -> None:
    office.sign(office.draft())
    put(office, SHEETS, january(office.manager))
    done = put(office, SHEETS, replace(january(office.manager), value=None, source=""))
    found = book(office, SHEETS).actuals[january(office.manager).key]
    assert found.value is None
    assert found.is_missing(date(2026, 2, 1))
    put(office, SHEETS, *done.before)  # undone: with its source
    home = book(office, SHEETS).actuals[january(office.manager).key].home
    assert (home.value, home.origin.source) == (Decimal("120.5"), "台账")


def test_all_or_nothing_across_sheets_and_the_refused_figure_is_named(office: Office) -> None:
    office.sign(office.draft())
    wrong = NewActual(office.manager, "new_customers", Period.months(2026, 2, 1), Decimal("1.5"))
    with pytest.raises(CellRefusedError, match="不小于零的整数") as refused:
        put(office, SHEETS, january(office.manager), wrong)
    assert refused.value.key == wrong.key
    assert book(office, SHEETS).actuals[january(office.manager).key].value is None


def test_a_refusal_of_the_sheet_itself_takes_everything_back(office: Office) -> None:
    office.sign(office.draft())
    odd = NewActual(office.manager, "met.专业知识", Period.months(2026, 1, 1), ("会飞",))
    with pytest.raises(CellRefusedError, match="会飞") as refused:
        put(office, SHEETS, january(office.manager), odd)
    assert refused.value.key == odd.key
    assert book(office, SHEETS).actuals[january(office.manager).key].value is None


def test_a_recorded_sheet_is_not_changed_here(office: Office) -> None:
    sheets = office.sign(office.draft())
    office.complete(sheets[0])
    appraisals.finish_scoring(office.company, sheets[0], **office.who)
    with pytest.raises(CellRefusedError, match="先在“评分”页写明理由重新打开"):
        put(office, SHEETS, january(office.manager))


def test_a_settled_period_asks_for_the_reason_and_posts_the_difference(payroll: Payroll) -> None:
    fill_month(payroll, "m03", {"张三": 120_000, "李四": 80_000})
    payroll.settle("2026-03")
    zhang = payroll.ids["张三"]
    more = NewActual(zhang, "collected", MARCH, Decimal(130_000), "银行对账单")
    assert actuals.settled_among(book(payroll, PAY), [more.key]) == 1
    with pytest.raises(NotAllowedError, match="必须填写理由"):
        put(payroll, PAY, more)
    put(payroll, PAY, more, reason="漏了一笔")
    assert payroll.person("张三", "2026-03").pending
    found = book(payroll, PAY).actuals[more.key]
    steps = actuals.load_history(payroll.company, found).steps
    assert [(one.value, one.source, one.reason) for one in steps] == [
        (Decimal(130_000), "银行对账单", "漏了一笔"),
        (Decimal(120_000), "财务报表", ""),
    ]


def test_the_origin_of_a_figure_of_a_sheet_tells_each_change(office: Office) -> None:
    office.sign(office.draft())
    put(office, SHEETS, january(office.manager))
    put(office, SHEETS, replace(january(office.manager), value=Decimal(9), source="更正单"))
    put(office, SHEETS, replace(january(office.manager), value=None, source=""))
    found = book(office, SHEETS).actuals[january(office.manager).key]
    steps = actuals.load_history(office.company, found).steps
    assert [(one.value, one.source) for one in steps] == [
        (None, ""),
        (Decimal(9), "更正单"),
        (Decimal("120.5"), "台账"),
    ]
    assert steps[0].by == office.who["actor"]


def test_dated_lines_add_up_to_what_is_not_typed_then(payroll: Payroll) -> None:
    zhang = payroll.ids["张三"]
    pay.enter_line(
        payroll.company,
        payroll.ref,
        person=zhang,
        kind="collection",
        on=date(2026, 3, 9),
        cells=(Cell.of("amount", Decimal(5000)),),
        **payroll.who,
    )
    found = book(payroll, PAY).actuals[zhang, "collected", MARCH]
    assert (found.need, found.shown) == (actuals.Need.SUMMED, Decimal(5000))
    with pytest.raises(CellRefusedError, match="逐笔事项"):
        put(payroll, PAY, NewActual(zhang, "collected", MARCH, Decimal(1)))


# --- pasted blocks


@pytest.fixture(scope="module")
def selling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A department's book; the company behind it is not needed to read a block."""
    who: dict[str, Any] = {"actor": "王芳", "today": TODAY}
    path = tmp_path_factory.mktemp("selling") / "龙华.kpidesk"
    company = create_company(path, name="龙华贸易有限公司", representative="李雷", **who)
    unit = people.add_department(company, name="客户部", **who).id
    director = people.add_person(
        company, number="001", name="䶮㛃", department=unit, post="总监", **who
    ).id
    payroll = department(Office(company, unit, director, PersonId(0), who))
    payroll.enter("张三", "collected", {"m03": 5})
    yield book(payroll, PAY)
    company.close()


def of(selling: Book, name: str) -> PersonId | None:
    return next(one.id for one in selling.people if one.name == name)


def test_a_block_goes_by_place_as_excel_writes_numbers(selling: Book) -> None:
    text = "￥120,000.00\t１２万\n80000元\t\n"
    read = actuals.read_block(selling, board(selling, "collected"), text, at=(0, 0), source="x")
    assert read.wrong == ()
    grid = board(selling, "collected")
    assert [(one.key, one.value) for one in read.actuals] == [
        (grid.keys[0, 0], Decimal("120000.00")),
        (grid.keys[0, 1], Decimal(120_000)),
        (grid.keys[1, 0], Decimal(80_000)),
    ]


def test_a_block_with_names_and_months_goes_where_these_say(selling: Book) -> None:
    text = "工号\t姓名\t4月\t2026年3月\n012\t李四\t4\t3\n011\t张三\t40\t30\n"
    read = actuals.read_block(selling, board(selling, "collected"), text, at=(1, 5), source="x")
    zhang, li = of(selling, "张三"), of(selling, "李四")
    assert read.wrong == ()
    assert {(one.person, one.days.key): one.value for one in read.actuals} == {
        (li, "2026-04"): Decimal(4),
        (li, "2026-03"): Decimal(3),
        (zhang, "2026-04"): Decimal(40),
        (zhang, "2026-03"): Decimal(30),
    }


def test_each_problem_of_a_block_is_named_by_its_cell(selling: Book) -> None:
    text = "姓名\t3月\t13月\n张三\t五万块\t1\n王麻子\t1\t\n"
    read = actuals.read_block(selling, board(selling, "collected"), text, at=(0, 0), source="x")
    assert [one.where for one in read.wrong] == [
        "粘贴块第 2 行第 2 列（张三　2026-03）",
        "粘贴块第 1 行第 3 列",
        "粘贴块第 3 行第 1 列",
    ]
    assert "王麻子" in read.wrong[2].message
    too_far = actuals.read_block(
        selling, board(selling, "collected"), "1\t2", at=(0, 11), source="x"
    )
    assert "超出了表格的范围" in too_far.wrong[0].message


def test_what_stands_there_already_is_no_change(selling: Book) -> None:
    number = next(n for n, one in enumerate(board(selling, "collected").rows) if one[0] == "张三")
    read = actuals.read_block(
        selling, board(selling, "collected"), "5.00", at=(number, 0), source="x"
    )
    assert (read.actuals, read.wrong, read.same) == ((), (), 1)


# --- what is missing


def test_the_matrix_tells_complete_missing_partly_and_not_due(office: Office) -> None:
    office.sign(office.draft())
    months = [Period.months(2026, one, 1) for one in (1, 2, 3)]
    found = book(office, SHEETS)
    for one in found.actuals.values():
        if actuals.month_of(one) == months[0]:
            value = ("熟悉本行业及本市场的模式",) if one.item.startswith("met") else Decimal(20)
            put(office, SHEETS, NewActual(*one.key, value))
    put(office, SHEETS, replace(january(office.manager), days=months[1]))
    today = date(2026, 3, 2)
    told = actuals.months_of(book(office, SHEETS).actuals.values(), today)
    fills = [told[office.manager, one].fill for one in months]
    assert fills == [Fill.COMPLETE, Fill.PARTLY, Fill.NOT_DUE]
    lacking = actuals.what_is_missing(office.company, today=today)
    assert lacking is not None
    assert (lacking.book, lacking.month, lacking.earlier) == (SHEETS, months[1], 0)
    assert lacking.count == len(told[office.manager, months[1]].missing)


def test_pay_that_was_not_entered_is_missed_from_the_month_after(payroll: Payroll) -> None:
    assert actuals.what_is_missing(payroll.company, today=date(2026, 3, 31)) is None
    lacking = actuals.what_is_missing(payroll.company, today=date(2026, 4, 1))
    assert lacking is not None
    assert (lacking.book, lacking.month) == (PAY, MARCH)
    assert set(lacking.names) == {"张三", "李四", "䶮㛃"}


def test_a_book_names_its_scheme_and_people(payroll: Payroll) -> None:
    (row,) = actuals.list_books(payroll.company)
    assert (row.ref, row.people) == (PAY, 3)
    found = book(payroll, PAY)
    assert [one.name for one in found.people][-1] == "全团队"
    item = found.item("collected")
    assert item is not None
    assert isinstance(item.known, KnownFact)
    assert item.title == "回款（元）"
