"""The tables of a pay statement about what is carried: differences of before, and accounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.lib.units import mm

from kpidesk.core import exact
from kpidesk.core.accounts import Account, Entry, Side
from kpidesk.core.exact import ZERO, Number
from kpidesk.core.payroll.words import plain_periods
from kpidesk.documents.blocks import cell, heads
from kpidesk.documents.grid import Grid, Row
from kpidesk.documents.look import CELL_RIGHT
from kpidesk.documents.page import TEXT_WIDTH

_AMOUNT, _FIGURE = 32 * mm, 28 * mm
_DIFFERENCES = (TEXT_WIDTH - 3 * _AMOUNT, _AMOUNT, _AMOUNT, _AMOUNT)
_ACCOUNT = (30 * mm, TEXT_WIDTH - 30 * mm - 3 * _FIGURE, _FIGURE, _FIGURE, _FIGURE)


def differences_table(corrections: Sequence[Entry]) -> Grid:
    """Each corrected line: what was paid for it, what it comes to now, and the difference."""
    rows = [heads("更正的项目", "原已发放", "重新计算", "差额（元）")]
    for one in corrections:
        first, second = one.amount.inputs[:2]
        after, before = (first, second) if one.side is Side.ADD else (second, first)
        signed = one.amount.value if one.side is Side.ADD else -one.amount.value
        rows.append(
            Row(
                (
                    cell(plain_periods(one.reason.removeprefix("更正 "))),
                    cell(money_text(before.value), style=CELL_RIGHT),
                    cell(money_text(after.value), style=CELL_RIGHT),
                    cell(money_text(signed), style=CELL_RIGHT),
                )
            )
        )
    return Grid(rows, _DIFFERENCES, heads=1)


def account_tables(entries_: Sequence[Entry]) -> Iterator[Grid]:
    """Each account: opened, filled and released, with the balance after each entry."""
    for account in dict.fromkeys(one.account for one in entries_):
        rows = [heads("期间", f"{account_name(account)}：事由", "增加", "减少", "余额")]
        balance: Number = ZERO
        for one in entries_:
            if one.account is not account:
                continue
            added = one.side is Side.ADD
            value = one.amount.value
            balance = exact.add(balance, value) if added else exact.subtract(balance, value)
            item = f"（{plain_periods(one.item)}）" if one.item else ""
            said = plain_periods(one.reason)
            rows.append(
                Row(
                    (
                        cell(plain_periods(one.period)),
                        cell(said if plain_periods(one.item) in said else f"{said}{item}"),
                        cell(money_text(value) if added else "", style=CELL_RIGHT),
                        cell("" if added else money_text(value), style=CELL_RIGHT),
                        cell(money_text(balance), style=CELL_RIGHT),
                    )
                )
            )
        yield Grid(rows, _ACCOUNT, heads=1)


def account_name(account: Account) -> str:
    """The account as its table is called: 补基数台账."""
    return f"{account.value}台账"


def money_text(value: Number) -> str:
    """1,234.50; a difference that is taken back keeps its sign."""
    return f"{exact.round_half_up(value, 2):,.2f}"
