"""People, contracts, sheets, pay statements and scans as entries to be found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kpidesk.core.contract import ContractState
from kpidesk.core.payroll.words import period_words
from kpidesk.core.people import PersonId
from kpidesk.documents.words import period_name
from kpidesk.store.pay_runs import paid_people
from kpidesk.store.people import spellings_by_id
from kpidesk.store.scans import scan_files
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.lists import SheetState, list_appraisals, list_documents
from kpidesk.usecases.people import list_people
from kpidesk.usecases.session import Company


class Sort(StrEnum):
    """What an entry is of, in the order in which found ones are shown."""

    PERSON = "人员"
    CONTRACT = "责任书"
    SHEET = "评分表"
    STATEMENT = "薪酬单"
    SCAN = "扫描件"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found. `key` tells it from all others of its sort."""

    sort: Sort
    key: str
    title: str
    detail: str
    hay: str
    """Everything that it is found by, casefolded; spellings of names among it."""
    what: object
    """What its page shows when it is asked for it."""
    names: tuple[str, ...] = ()
    """What it is called: a query that is one of these, or begins one, comes first."""
    person: PersonId | None = None


def _people(company: Company) -> Iterator[Entry]:
    for one in list_people(company, include_left=True):
        who = one.person
        left = "，已离职" if who.left_on else ""
        names = (who.name, who.number, *one.pinyin)
        yield Entry(
            Sort.PERSON,
            f"{who.id}",
            who.name,
            f"{who.number}　{one.department_name}　{who.post}{left}",
            _hay(*names, one.department_name, who.post, Sort.PERSON),
            who.id,
            tuple(name.casefold() for name in names),
            who.id,
        )


def _contracts(company: Company) -> Iterator[Entry]:
    spelt = _spelt(company)
    newest = reversed(list_documents(company))
    for one in sorted(newest, key=lambda one: one.state is ContractState.VOID):
        sort = "补充协议" if one.is_amendment else "责任书"
        state = "，已作废" if one.state is ContractState.VOID else ""
        yield Entry(
            Sort.CONTRACT,
            f"{one.id}",
            f"{one.person_name}　{sort} {one.number}",
            f"{one.term.start} 至 {one.term.last_day}{state}",
            _hay(
                one.number, one.person_name, one.person_number, spelt.get(one.person, ""),
                one.department, one.scheme_title, sort, f"{one.term.start.year}",
            ),
            one.id,
            (one.number.casefold(),),
            None if one.state is ContractState.VOID or one.is_amendment else one.person,
        )  # fmt: skip


def _sheets(company: Company) -> Iterator[Entry]:
    spelt = _spelt(company)
    for one in reversed(list_appraisals(company)):
        scored = one.state is SheetState.SCORED
        yield Entry(
            Sort.SHEET,
            f"{one.id}",
            f"{one.person_name}　{period_name(one.cycle)}评分表",
            f"{one.state}{f'　{one.total} 分　{one.grade}'.rstrip() if scored else ''}",
            _hay(
                one.person_name, one.person_number, spelt.get(one.person, ""), one.department,
                f"{period_name(one.cycle)}评分表 考核报告 面谈", one.contract_number,
            ),
            one.id,
            (),
            one.person,
        )  # fmt: skip


def _statements(company: Company) -> Iterator[Entry]:
    with company.read() as connection:
        runs = paid_people(connection)
    people = {one.person.id: one for one in list_people(company, include_left=True)}
    for run in reversed(runs):
        words = period_words(run.period, run.cycle)
        for person in run.people:
            if (row := people.get(person)) is not None:
                yield Entry(
                    Sort.STATEMENT,
                    f"{run.id}-{person}",
                    f"{row.person.name}　{words}薪酬结算单",
                    f"{run.settled_on} 结算",
                    _hay(
                        row.person.name, row.person.number, *row.pinyin, row.department_name,
                        f"{words}薪酬结算单 薪酬单 工资",
                    ),
                    ("statement", run.scheme, run.id, person),
                    (),
                    person,
                )  # fmt: skip


def _scans(company: Company) -> Iterator[Entry]:
    with company.read() as connection:
        files = scan_files(connection)
    for one in reversed(files):
        detail = f"{one.received_on} 收到，{one.sheets} 页"
        hay = _hay(one.name, Sort.SCAN, f"{one.received_on}")
        yield Entry(
            Sort.SCAN,
            f"{one.id}",
            one.name,
            detail,
            hay,
            ("file", one.name),
            (one.name.casefold(),),
        )


PARTS: Final[dict[Sort, tuple[Changes, Callable[[Company], Iterable[Entry]]]]] = {
    Sort.PERSON: (Changes.PEOPLE, _people),
    Sort.CONTRACT: (Changes.CONTRACTS | Changes.PEOPLE, _contracts),
    Sort.SHEET: (Changes.APPRAISALS | Changes.CONTRACTS | Changes.PEOPLE, _sheets),
    Sort.STATEMENT: (Changes.PAY | Changes.PEOPLE, _statements),
    Sort.SCAN: (Changes.SCANS, _scans),
}
"""Each sort: what changes its entries, and how they are read; the newest comes first."""

_NEEDS: Final = {
    Sort.PERSON: "people.list_people",
    Sort.CONTRACT: "contracts.listing.load_contract",
    Sort.SHEET: "appraisals.listing.load_sheet",
    Sort.STATEMENT: "pay.viewing.find_statement",
    Sort.SCAN: "filing.listing.filing_view",
}


def entries_of(company: Company, sort: Sort) -> tuple[Entry, ...]:
    """All entries of a sort; none where what they lead to is not for one's role."""
    company.admit()
    if not company.may(_NEEDS[sort]):
        return ()
    return tuple(PARTS[sort][1](company))


def _spelt(company: Company) -> dict[PersonId, str]:
    with company.read() as connection:
        return spellings_by_id(connection)


def _hay(*words: str) -> str:
    return "\n".join(words).casefold()
