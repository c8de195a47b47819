"""A pay statement with everything on it: lines, a difference of an earlier quarter, accounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from kpidesk.core.accounts import Account
from kpidesk.core.contract import Contract, ContractId, PartyB
from kpidesk.core.facts import Fact
from kpidesk.core.figure import YUAN, Origin, total
from kpidesk.core.payroll.books import Books, lines_of, paid_lines
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.payroll.grouping import Hired, pay_groups
from kpidesk.core.payroll.record import PaidPerson, PayInputs
from kpidesk.core.people import DepartmentId, Person, PersonId
from kpidesk.core.period import Period
from kpidesk.documents.pay_statement import Statement, pay_statement_pdf
from kpidesk.documents.stamp import Stamp
from kpidesk.exchange.builtin import builtin_scheme
from tests.documents.samples import COMPANY

SCHEME = builtin_scheme("key-account-sales-bonus")
_NAME = "欧阳𠮷"


def statement(name: str = _NAME, source: str = "回款台账") -> Statement:
    """The second quarter: it fills the shortfall of the first, which was put right meanwhile."""
    person = Person(
        PersonId(1), "E0012", name, DepartmentId(1), "大客户经理", hired_on=date(2020, 1, 6)
    )
    contract = Contract(
        ContractId(12),
        "大客户部-2026-001",
        SCHEME.id,
        1,
        "salesperson",
        COMPANY,
        PartyB(person.id, name, person.number, "大客户部", person.post, "周建国"),
        Period.parse("2026"),
    )
    (group,) = pay_groups([Hired(contract, SCHEME, person)])
    books, lines = Books(), lines_of(group)
    for quarter, first in (("2026Q1", 98_000), ("2026Q2", 101_500)):
        settled = _inputs(group, first, source).evaluated(SCHEME)
        books = books.with_next(quarter, settled, lines)
    subject, second = group.members[0].subject, group.periods()[1]
    paid = tuple(paid_lines(group, books.settled, second, subject))
    corrected = [one for one in books.posted if one.account is Account.CORRECTION]
    carried = [one for one in books.settled.entries if one.account is not Account.CORRECTION]
    return Statement(
        contract,
        SCHEME,
        "2026年第2季度",
        paid,
        total([one.figure for one in paid], YUAN).named("应发合计"),
        tuple(corrected),
        tuple(one for one in carried if one.period in ("2026Q1", "2026Q2")),
        "王芳 于 2026-07-06 结算",
    )


def pay_statement() -> bytes:
    """As it is handed out."""
    return pay_statement_pdf([statement()], stamp=Stamp("P", 3, 1, "0a1b2c3d"))


def pay_draft() -> bytes:
    """As it is looked at before the settlement, with something missing."""
    draft = replace(statement(), settled="", total=None, corrections=(), accounts=())
    return pay_statement_pdf([draft], stamp=Stamp("P", 0, 1, "0a1b2c3d"))


def _inputs(group: PayGroup, first: int, source: str) -> PayInputs:
    member = group.members[0]
    origin = Origin(source, "王芳", date(2026, 4, 8))
    figures: dict[str, dict[str, int | str]] = {
        "2026Q1": {"actual": first, "kpi_coefficient": 1},
        "2026Q2": {"actual": 196_400, "kpi_coefficient": "0.95"},
    }
    facts = [
        Fact(member.subject, name, Decimal(value), quarter, origin)
        for quarter, named in figures.items()
        for name, value in (
            *named.items(),
            ("target", 225_000),
            ("base_salary", 24_000),
            ("variable_pay", 6_000),
        )
    ]
    return PayInputs(
        SCHEME.id, 1, "", 0, (), group.cycle.period, ragged=False,
        people=(PaidPerson(member.person.id, "1", member.appraisee),),
        facts=tuple(facts), ledger=(), lines=lines_of(group),
    )  # fmt: skip
