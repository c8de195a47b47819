"""What the company file holds of people's years, and how each piece of it becomes pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection

from kpidesk.codec import canonical_json, content_hash
from kpidesk.core.appraisal import Interview, Opinion
from kpidesk.core.contract import ContractState, Copy
from kpidesk.core.dossier import Dossier, Filed, Item, Kind
from kpidesk.core.filing import PaperKind
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.documents.words import DELIVERIES, period_name
from kpidesk.store.appraisals import load_interview
from kpidesk.store.contracts import load_paper
from kpidesk.store.copies import steps_of
from kpidesk.store.results import last_result_hash
from kpidesk.store.schemes import scheme_hash
from kpidesk.usecases.appraisals import filled_sheet_pdf
from kpidesk.usecases.contracts.listing import ContractDetails, details_of
from kpidesk.usecases.contracts.printing import contract_pdf
from kpidesk.usecases.lists import AppraisalRow, ContractRow, SheetState
from kpidesk.usecases.results import interview_pdf, report_pdf
from kpidesk.usecases.session import Company, found
from kpidesk.usecases.yearbook.holding import Holding
from kpidesk.usecases.yearbook.parts import scheme_text_pdf
from kpidesk.usecases.yearbook.scanned import Scans
from kpidesk.usecases.yearbook.scope import Scope

_OPINIONS: Final = {
    Opinion.AGREES: "同意考核结果",
    Opinion.RESERVES: "保留意见",
    Opinion.REFUSES: "拒绝签字",
}
_UNSCORED: Final = {
    SheetState.NOT_STARTED: "评分表还没有开始填：到“评分”录入并定分",
    SheetState.SCORING: "评分表的数据还没有填齐：到“评分”补齐并定分",
    SheetState.CHECKING: "评分表还没有第二次录入：到“评分”二次录入后定分",
    SheetState.READY: "评分表已填齐，还没有定分：到“评分”定分",
}
_COPIES: Final = {Copy.PARTY_A: "甲方存", Copy.PARTY_B: "乙方存"}


def in_year(
    contracts: Iterable[ContractRow], sheets: Iterable[AppraisalRow], year: Period
) -> tuple[list[ContractRow], list[AppraisalRow]]:
    """The contracts of a year that are not void, and the sheets whose cycles end in it."""
    return (
        [
            one
            for one in contracts
            if one.state is not ContractState.VOID and one.term.overlap(year)
        ],
        [one for one in sheets if year.start < one.cycle.end <= year.end],
    )


def dossier_of(
    company: Company,
    scope: Scope,
    contracts: list[ContractRow],
    sheets: list[AppraisalRow],
    holdings: Iterable[Holding],
) -> Dossier:
    """The file of the one person whom the rows are about."""
    last = (contracts or sheets)[-1]
    return Dossier(
        company.name,
        last.person_name,
        last.person_number,
        last.department,
        last.post,
        scope.period,
        tuple(one.item for one in holdings),
        scope.until,
    )


def holdings_of(
    company: Company,
    connection: Connection,
    scans: Scans,
    contracts: Iterable[ContractRow],
    sheets: Iterable[AppraisalRow],
) -> list[Holding]:
    """The pieces of one person's file that are not about pay."""
    found_ = [piece for row in contracts for piece in _of_contract(company, connection, scans, row)]
    return found_ + [piece for row in sheets for piece in _of_sheet(connection, scans, row)]


def in_order(holdings: Iterable[Holding]) -> tuple[Holding, ...]:
    """The pieces in the order in which they come about; within a kind as they are given."""
    order = list(Kind)
    return tuple(sorted(holdings, key=lambda one: order.index(one.item.kind)))


def _of_contract(
    company: Company, connection: Connection, scans: Scans, row: ContractRow
) -> Iterator[Holding]:
    details = details_of(company, connection, row.id)
    if row.amends is None:
        yield _rules(connection, row, details)
    yield _paper(company, connection, details)
    yield Holding(_signature(connection, details))
    about = f"{details.contract.number}　{_COPIES[Copy.PARTY_A]}"
    yield scans.of_contract(details.contract, about)
    if row.amends is None and not details.scheme.pay:
        note = "方案不计算薪酬"
        yield Holding(Item(Kind.PAY, row.number, Filed.NOT_NEEDED, note=note))
    elif row.amends is None and row.signed_on is None:
        note = "责任书签署以后才能核算薪酬"
        yield Holding(Item(Kind.PAY, row.number, Filed.MISSING, note=note))


def _rules(connection: Connection, row: ContractRow, details: ContractDetails) -> Holding:
    """The rules that a contract rests on."""
    contract = details.contract
    version = f"第 {contract.scheme_version} 版"
    digest = scheme_hash(connection, contract.scheme, contract.scheme_version)
    scheme = Item(Kind.SCHEME, row.scheme_title, Filed.FILED, f"公司文件　方案{version}", digest)
    return Holding(scheme, partial(scheme_text_pdf, contract=row.id))


def _paper(company: Company, connection: Connection, details: ContractDetails) -> Holding:
    contract = details.contract
    kind = Kind.AMENDMENT if contract.is_amendment else Kind.CONTRACT
    about = f"{contract.number}　{_COPIES[Copy.PARTY_A]}"
    kept = load_paper(connection, contract, Copy.PARTY_A, company.path)
    if kept is None:
        note = f"{kind}还没有打印：到“责任书”打印，打印的内容即存入公司文件"
        return Holding(Item(kind, about, Filed.MISSING, note=note))
    where = f"公司文件　打印存档第 {contract.revision} 版"
    item = Item(kind, about, Filed.FILED, where, sha256(kept).hexdigest())
    make = partial(contract_pdf, contract=contract.id, copy=Copy.PARTY_A)
    return Holding(item, make, stored=True)


def _signature(connection: Connection, details: ContractDetails) -> Item:
    contract = details.contract
    if contract.signed_on is None:
        note = "还没有签署：双方签字盖章后，到“责任书”登记签署日期"
        return Item(Kind.SIGNATURE, contract.number, Filed.MISSING, note=note)
    states = [
        f"{_COPIES[copy]}{steps[-1].state.text}"
        for copy in Copy
        if (steps := steps_of(connection, contract, copy))
    ]
    where = "，".join([f"{contract.signed_on} 签署", *states])
    return Item(Kind.SIGNATURE, contract.number, Filed.FILED, where)


def _of_sheet(connection: Connection, scans: Scans, row: AppraisalRow) -> Iterator[Holding]:
    about = period_name(row.cycle)
    interview = found(load_interview(connection, row.id), "这张评分表")
    scored = row.state is SheetState.SCORED
    if scored:
        digest = last_result_hash(connection, row.id)
        sheet = Item(Kind.SHEET, about, Filed.FILED, "公司文件　定分记录", digest)
        yield Holding(sheet, partial(filled_sheet_pdf, appraisal=row.id))
        report = Item(Kind.REPORT, about, Filed.FILED, "由定分记录生成", digest)
        yield Holding(report, partial(report_pdf, appraisal=row.id))
    else:
        note = _UNSCORED[row.state]
        yield Holding(Item(Kind.SHEET, about, Filed.MISSING, note=note))
        yield Holding(Item(Kind.REPORT, about, Filed.MISSING, note="定分以后即可生成"))
    if interview.held_on is None:
        note = "没有面谈记录：面谈后到“结果”填写面谈日期、内容和本人意见"
        yield Holding(Item(Kind.INTERVIEW, about, Filed.MISSING, note=note))
    else:
        where = f"公司文件　{interview.held_on} 面谈"
        digest = content_hash(canonical_json(interview, Interview))
        item = Item(Kind.INTERVIEW, about, Filed.FILED, where, digest)
        yield Holding(item, partial(interview_pdf, appraisal=row.id))
    yield Holding(_confirmation(about, interview))
    yield from scans.of_sheet(row.id, about, scored=scored)
    yield from scans.of_person(PaperKind.APPROVAL, row.person, row.cycle)


def _confirmation(about: str, interview: Interview) -> Item:
    if interview.opinion is None:
        note = "本人还没有表示意见：请本人在评分表或报告上签字，并到“结果”登记本人意见"
        return Item(Kind.CONFIRMATION, about, Filed.MISSING, note=note)
    said = _OPINIONS[interview.opinion]
    if (refusal := interview.refusal) is None:
        return Item(Kind.CONFIRMATION, about, Filed.FILED, f"{said}，见报告")
    said += f"，见证人{'、'.join(refusal.witnesses)}"
    if refusal.delivery is None:
        note = f"{said}；还没有送达：送达后到“结果”的面谈记录登记送达方式和日期"
        return Item(Kind.CONFIRMATION, about, Filed.MISSING, note=note)
    sent = f"{refusal.delivered_on} {DELIVERIES[refusal.delivery]}"
    where = f"{said}，{sent}{f'（{refusal.note}）' if refusal.note else ''}，见报告"
    return Item(Kind.CONFIRMATION, about, Filed.FILED, where)


def by_person(
    contracts: Iterable[ContractRow], sheets: Iterable[AppraisalRow]
) -> dict[PersonId, tuple[list[ContractRow], list[AppraisalRow]]]:
    """The rows of each person, by department and number."""
    found_: dict[PersonId, tuple[list[ContractRow], list[AppraisalRow]]] = {}
    for contract in contracts:
        found_.setdefault(contract.person, ([], []))[0].append(contract)
    for sheet in sheets:
        found_.setdefault(sheet.person, ([], []))[1].append(sheet)

    def order(rows: tuple[list[ContractRow], list[AppraisalRow]]) -> tuple[str, str]:
        last = (rows[0] or rows[1])[-1]
        return last.department, last.person_number

    return dict(sorted(found_.items(), key=lambda pair: order(pair[1])))
