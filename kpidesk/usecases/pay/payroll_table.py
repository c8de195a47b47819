"""工资表: a run as a workbook for payroll: one row a person, one column a line, and why."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpidesk.core.errors import NotAllowedError
from kpidesk.core.exact import Number, round_half_up, sum_of
from kpidesk.core.explain import explain
from kpidesk.core.payroll.books import PaidLine
from kpidesk.exchange.workbook.writing import CellValue, Heading, TableSheet, workbook
from kpidesk.usecases.pay.gathering import GroupRef
from kpidesk.usecases.pay.overview import line_title, line_titles
from kpidesk.usecases.pay.standing import PersonPay, headcount
from kpidesk.usecases.pay.viewing import PayView, view_of
from kpidesk.usecases.pay.words import period_text, plain_periods
from kpidesk.usecases.session import Company

_WHO = ("工号", "姓名", "部门", "岗位", "责任书编号", "期间", "状态")
_WHY = (
    "工号", "姓名", "项目", "层级", "名称", "数值", "算法", "条款", "填写人", "填写日期", "依据",
)  # fmt: skip
_FEN = 2


class TotalsDifferError(NotAllowedError):
    """The sums of the columns do not come to the sum of the people: a bug, never written out."""

    def __init__(self, period: str) -> None:
        super().__init__(f"{period}的工资表横竖合计不一致，没有生成文件；请保留公司文件并反馈")


def payroll_workbook(company: Company, ref: GroupRef, period: str) -> bytes:
    """The table of a run, checked both ways, and the derivation of every amount."""
    with company.read() as connection:
        view = view_of(company, connection, ref, period)
    name = period_text(view.group, view.period.key)
    return workbook((_table(view, name), _derivations(view, name)))


def _table(view: PayView, name: str) -> TableSheet:
    paid, apart = line_titles(view), line_titles(view, apart=True)
    rows: list[list[CellValue]] = [
        [*_who(one, name), *_amounts(one, view, paid), _sum(one), *_amounts(one, view, apart)]
        for one in view.people
    ]
    width = len(_WHO)
    sums: list[Decimal | None] = [
        _total(row[place] for row in rows)
        for place in range(width, width + len(paid) + 1 + len(apart))
    ]
    whole, complete = sums[len(paid)], all(row[width + len(paid)] is not None for row in rows)
    if complete and sum_of(one for one in sums[: len(paid)] if one is not None) != (whole or 0):
        raise TotalsDifferError(name)
    note = "横竖合计一致" if complete else "有人还没有算出合计"
    rows.append(["合计", f"{headcount(view.people)} 人", "", "", "", name, note, *sums])
    amounts = (*paid, "应发合计", *(f"{one}，另行报销" for one in apart))
    headings = (*_WHO, *(f"{one}（元）" for one in amounts))
    return TableSheet(f"工资表 {name}", tuple(map(Heading, headings)), rows)


def _who(one: PersonPay, name: str) -> list[CellValue]:
    party = one.member.contract.party_b
    number = one.member.contract.number
    return [party.number, party.name, party.department, party.post, number, name, str(one.state)]


def _amounts(pay: PersonPay, view: PayView, titles: tuple[str, ...]) -> Iterator[Decimal | None]:
    for title in titles:
        mine = [
            one.figure.value
            for one in pay.lines
            if line_title(one.result.title, view.period.key) == title
        ]
        yield round_half_up(sum_of(mine), _FEN) if mine else None


def _sum(pay: PersonPay) -> Decimal | None:
    return None if pay.sum_ is None else round_half_up(pay.sum_.value, _FEN)


def _total(cells: Iterator[CellValue]) -> Decimal | None:
    there: list[Number] = [one for one in cells if isinstance(one, Decimal)]
    return round_half_up(sum_of(there), _FEN) if there else None


def _derivations(view: PayView, name: str) -> TableSheet:
    rows = [row for pay in view.people for one in pay.lines for row in _why(view, pay, one)]
    return TableSheet(f"推导 {name}", tuple(map(Heading, _WHY)), rows)


def _why(view: PayView, pay: PersonPay, line: PaidLine) -> Iterator[list[CellValue]]:
    party = pay.member.contract.party_b
    title = line_title(line.result.title, view.period.key)
    for step in explain(line.figure):
        yield [
            party.number,
            party.name,
            title,
            Decimal(step.depth),
            f"{'　' * step.depth}{plain_periods(step.label)}",
            step.value,
            plain_periods(step.formula),
            step.clause,
            step.origin.entered_by,
            step.origin.entered_on,
            plain_periods(step.origin.source),
        ]
