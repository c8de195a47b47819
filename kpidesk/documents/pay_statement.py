"""薪酬结算单: what one person is paid for one period, each amount with its basis."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from kpidesk.core import exact
from kpidesk.core.accounts import Entry
from kpidesk.core.capital_amount import capital_amount
from kpidesk.core.contract import Contract
from kpidesk.core.exact import Number
from kpidesk.core.explain import explain
from kpidesk.core.figure import Figure
from kpidesk.core.money import Money
from kpidesk.core.page_code import Stamp
from kpidesk.core.payroll.books import PaidLine
from kpidesk.core.payroll.words import plain_periods
from kpidesk.core.scheme import Scheme
from kpidesk.documents.blocks import Heading, cell, entries, heads
from kpidesk.documents.derivation import derivation_grid
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.look import (
    CELL,
    CELL_HEAD,
    CELL_RIGHT,
    CELL_SMALL,
    GREY,
    NOTE,
    SUBTITLE,
    TINT,
    TITLE,
    WARN,
    Align,
)
from kpidesk.documents.page import TEXT_WIDTH, Head, build
from kpidesk.documents.pay_accounts import account_tables, differences_table, money_text
from kpidesk.documents.signing import signatures
from kpidesk.documents.stack import Closing
from kpidesk.documents.text import Block, Text
from kpidesk.documents.words import numeral

STATEMENT = "薪酬结算单"
SIGNERS = ("本人确认", "人力资源部", "总经理")
_BASIS = CELL_SMALL.but(color=GREY)
_SUM = CELL_HEAD.but(align=Align.RIGHT, size=10.5)
_ITEM, _AMOUNT = 40 * mm, 32 * mm
_LINES = (_ITEM, TEXT_WIDTH - _ITEM - _AMOUNT, _AMOUNT)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement says. `settled` tells by whom and when; empty while it is a draft.

    `corrections` are the differences of earlier periods among the `lines`, `accounts` everything
    posted to the person's accounts up to the period.
    """

    contract: Contract
    scheme: Scheme
    period: str
    lines: tuple[PaidLine, ...]
    total: Figure | None
    corrections: tuple[Entry, ...] = ()
    accounts: tuple[Entry, ...] = ()
    settled: str = ""
    estimated: frozenset[str] = frozenset()
    """The lines that rest on scores which nobody has approved; `approval` says how that stands."""
    approval: str = ""
    part: str = ""
    """How the cycle is divided, where it is paid in parts; the contract is that of this part."""


def pay_statement_pdf(statements: Sequence[Statement], *, stamp: Stamp) -> bytes:
    """The statement of one person, with the derivation of every line on its own pages.

    There are several where somebody changed the role and both parts are paid in the period.
    """
    statement = statements[-1]
    person, period = statement.contract.party_b, statement.period
    head = Head(
        title=f"{STATEMENT}（{person.name}，{period}）",
        company=statement.contract.party_a.name,
        label=f"{STATEMENT}　{period}　{person.name}　{person.number}",
        stamp=stamp,
    )
    return build(list(_story(statements)), head)


def _story(statements: Sequence[Statement]) -> Iterator[Flowable]:
    numbers = count()
    statement = statements[-1]

    def heading(text: str) -> Heading:
        return Heading(f"{numeral(next(numbers))}、{text}")

    yield Heading(STATEMENT, TITLE)
    yield Text(f"结算期间：{statement.period}", SUBTITLE)
    if not statement.settled:
        yield Text("本单尚未结算，只供核对，不作发放依据。", NOTE.but(color=WARN))
    for approval in dict.fromkeys(one.approval for one in statements if one.approval):
        yield Text(f"{approval}。", NOTE.but(color=WARN))
    if statement.part:
        yield Text(f"{statement.part}。", NOTE)
    for one in statements[:-1]:
        yield _particulars(one)
        yield from _blocks(one, heading)
        yield Text("", NOTE)
    yield _particulars(statement)
    yield from _tables(statements, heading)
    explained = [
        line.result._replace(label=f"{line.result.title}（{_role(one)}）")
        if len(statements) > 1
        else line.result
        for one in statements
        for line in one.lines
    ]
    if explained:
        yield PageBreak()
        yield Heading(f"附：{STATEMENT}的计算过程")
        yield derivation_grid(explained, statement.scheme, plain_periods)


def _blocks(statement: Statement, heading: Callable[[str], Heading]) -> list[Flowable]:
    """The tables of a part, each under its heading."""
    post = f"（{_role(statement)}）" if statement.part else ""
    flow: list[Flowable] = [heading(f"本期薪酬{post}"), _lines(statement)]
    if statement.corrections:
        flow += [heading("以前各期的差额"), differences_table(statement.corrections)]
    if statement.accounts:
        flow += [heading("台账"), *account_tables(statement.accounts)]
    return flow


def _tables(
    statements: Sequence[Statement], heading: Callable[[str], Heading]
) -> Iterator[Flowable]:
    """The tables of the last part, and the sum of all; the last one bound to the signatures."""
    statement = statements[-1]
    *flow, last = _blocks(statement, heading)
    if len(statements) > 1:
        flow += [last, heading("各段合计")]
        last = _together(statements)
    closing: list[Flowable] = []
    if statement.settled:
        closing.append(Text(f"{statement.settled}。金额的由来见附页。", NOTE))
    yield from flow
    yield Closing(last, [*closing, signatures(SIGNERS, TEXT_WIDTH)])


def _particulars(statement: Statement) -> Grid:
    contract = statement.contract
    person = contract.party_b
    version = f"第 {contract.revision} 版"
    return entries(
        [
            (("姓名", person.name), ("工号", person.number)),
            (("部门", person.department), ("岗位", person.post)),
            (("责任书编号", contract.number), ("责任书版本", version)),
            (("考核方案", f"{statement.scheme.title}（第 {statement.scheme.version} 版）"),),
        ],
        TEXT_WIDTH,
    )


def _together(statements: Sequence[Statement]) -> Grid:
    """What each part comes to, and all of them."""
    rows = [heads("角色", "责任书", "金额（元）")]
    amounts: list[Number] = []
    for one in statements:
        post, number = _role(one), one.contract.number
        amount = "未算出" if one.total is None else money_text(one.total.value)
        rows.append(Row((cell(post), cell(number), cell(amount, style=CELL_RIGHT))))
        amounts += [] if one.total is None else [one.total.value]
    known = len(amounts) == len(statements)
    rows.append(_sum("应发合计", money_text(exact.sum_of(amounts)) if known else "未算出"))
    return Grid(rows, _LINES, heads=1)


def _role(statement: Statement) -> str:
    """What the contract's role is called in the scheme."""
    roles = {one.name: one.title for one in statement.scheme.roles}
    return roles[statement.contract.role]


def _lines(statement: Statement) -> Grid:
    """The lines, their sum in figures and in capitals, and what is paid beside it."""
    rows = [heads("项目", "计算依据", "金额（元）")]
    inside = [one for one in statement.lines if not one.apart]
    rows += [
        _line(one, statement.scheme, estimated=one.result.name in statement.estimated)
        for one in inside
    ]
    if statement.total is not None:
        value = statement.total.value
        rows.append(_sum("应发合计", money_text(value)))
        capitals = capital_amount(Money.yuan(exact.round_half_up(value, 2)))
        words = Cell((Text(capitals, CELL),), span=2, tint=TINT)
        rows.append(Row((Cell((Text("大写金额", CELL_HEAD),), tint=TINT), words), together=True))
    else:
        rows.append(_sum("应发合计", "未算出"))
    rows += [_line(one, statement.scheme, beside=True) for one in statement.lines if one.apart]
    return Grid(rows, _LINES, heads=1)


def _line(line: PaidLine, scheme: Scheme, *, beside: bool = False, estimated: bool = False) -> Row:
    figure = line.figure
    rule = scheme.rule(figure.clause)
    steps = explain(figure)
    basis: list[Block] = []
    if line.correction:
        basis.append(Text("见下文“以前各期的差额”", CELL))
    elif rule is not None:
        basis.append(Text(f"{rule.statement}。", CELL))
    if steps and steps[0].formula and not line.correction:
        basis.append(Text(f"= {plain_periods(steps[0].formula)}", _BASIS))
    if not basis and steps and steps[0].origin.source:
        basis.append(Text(f"依据：{plain_periods(steps[0].origin.source)}", CELL))
    if estimated:
        basis.append(Text("暂估：得分未经审批。", _BASIS.but(color=WARN)))
    if beside:
        basis.append(Text("另行报销，不计入应发合计。", _BASIS))
    return Row(
        (
            cell(line_title(line)),
            Cell(tuple(basis)),
            cell(money_text(figure.value), style=CELL_RIGHT),
        )
    )


def line_title(line: PaidLine) -> str:
    """What a line is called on a statement of its period: without the period's key."""
    title, key = line.result.title, line.result.period
    return title.removesuffix(f"（{key}）")


def _sum(name: str, amount: str) -> Row:
    return Row(
        (
            Cell((Text(name, CELL_HEAD),), tint=TINT),
            Cell(tint=TINT),
            Cell((Text(amount, _SUM),), tint=TINT),
        ),
        together=True,
    )
