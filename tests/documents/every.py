"""Every document of every built-in scheme, made from what the scheme itself asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, partial

from kpidesk.core.appraisal import Appraisal, AppraisalId, Entry
from kpidesk.core.combine import needs_indicators, with_indicators
from kpidesk.core.contract import Contract, ContractId, Copy, PartyB
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE, Cycle, Period
from kpidesk.core.scheme import Role, Scheme
from kpidesk.core.sheet import Sheet, make_sheet
from kpidesk.documents.blank_sheet import blank_sheet_pdf
from kpidesk.documents.chart import Month, Series
from kpidesk.documents.contract import contract_pdf
from kpidesk.documents.filled_sheet import filled_sheet_pdf
from kpidesk.documents.handout import handout_list_pdf
from kpidesk.documents.interview_record import interview_pdf
from kpidesk.documents.report import report_pdf
from kpidesk.documents.scheme_text import scheme_text_pdf
from kpidesk.documents.stamp import Stamp
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme
from kpidesk.usecases.cycles import cycles_in
from tests.documents.of_a_period import OF_A_PERIOD
from tests.documents.of_pay import pay_draft, pay_statement
from tests.documents.samples import COMPANY, entry, manager_appraisal
from tests.usecases.scheme_at_work import filling, settings_of, targets_of

LENDER = "director-annual"
TERM = Period.parse("2026")


@dataclass(frozen=True)
class Paper:
    """A document to make, by its name: kind, scheme, role."""

    name: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Terms:
    """A scheme with its indicators, and the role that a contract is made for."""

    scheme: Scheme
    role: Role
    borrowed: str

    @property
    def name(self) -> str:
        """The scheme, and the role where it has several."""
        several = len(self.scheme.roles) > 1
        return f"{self.scheme.id}-{self.role.name}" if several else self.scheme.id


@cache
def all_terms() -> tuple[Terms, ...]:
    """Every scheme with each of its roles; not the one whose rules are lost."""
    found: list[Terms] = []
    for own in map(builtin_scheme, builtin_ids()):
        if own.lost:
            continue
        borrowed = LENDER if needs_indicators(own) else ""
        scheme = with_indicators(own, builtin_scheme(borrowed)) if borrowed else own
        found.extend(Terms(scheme, role, borrowed) for role in scheme.roles)
    return tuple(found)


def contract_of(terms: Terms) -> Contract:
    """A contract of a calendar year with all that the scheme lets the parties agree on."""
    return Contract(
        ContractId(12),
        "大客户部-2026-001",
        terms.scheme.id,
        1,
        terms.role.name,
        COMPANY,
        PartyB(PersonId(1), "欧阳𠮷", "E0012", "大客户部", terms.role.title, "周建国"),
        TERM,
        indicator_scheme=terms.borrowed,
        targets=targets_of(terms.scheme, terms.role.name),
        settings=tuple(settings_of(terms.scheme).items()),
        special_terms=("试用期内的月份不参加考核，目标按在岗月数折算。",),
    )


def filled_appraisal(terms: Terms) -> Appraisal:
    """The first sheet of the contract with every field filled in, and an interview held."""
    contract = contract_of(terms)
    cycle = cycles_in(terms.scheme, dict(contract.settings), contract.term)[0]
    appraisal = Appraisal(
        AppraisalId(2),
        contract.id,
        PersonId(1),
        cycle,
        interview=manager_appraisal().interview,
    )
    for stage in _stages(terms.scheme, contract, appraisal):
        sheet = make_sheet(terms.scheme, contract, appraisal, stage=stage)
        appraisal = replace(appraisal, entries=(*appraisal.entries, *_entries(sheet)))
    return appraisal


def papers() -> Iterator[Paper]:
    """Every document of every scheme and role."""
    for terms in all_terms():
        yield Paper(f"contract-{terms.name}", partial(_contract, terms))
        if terms.scheme.is_scored:
            yield Paper(f"blank-{terms.name}", partial(_sheet, terms, filled=False))
            yield Paper(f"filled-{terms.name}", partial(_sheet, terms, filled=True))
            yield Paper(f"report-{terms.name}", partial(_report, terms))
            yield Paper(f"interview-{terms.name}", partial(_interview, terms))
        yield Paper(f"rules-{terms.name}", partial(_rules, terms))
    yield Paper("handout", _handout)
    yield Paper("pay-statement", pay_statement)
    yield Paper("pay-draft", pay_draft)
    yield from (Paper(name, make) for name, make in OF_A_PERIOD.items())


def _rules(terms: Terms) -> bytes:
    stamp = Stamp("N", 12, 1, "0a1b2c3d")
    return scheme_text_pdf(terms.scheme, contract_of(terms), stamp=stamp)


def _contract(terms: Terms) -> bytes:
    stamp = Stamp("C", 12, 1, "9f8e7d6c", "3fa9c1")
    return contract_pdf(contract_of(terms), terms.scheme, copy=Copy.PARTY_A, stamp=stamp)


def _sheet(terms: Terms, *, filled: bool) -> bytes:
    contract, appraisal = contract_of(terms), filled_appraisal(terms)
    stages = _stages(terms.scheme, contract, appraisal)
    if not filled:
        appraisal = replace(appraisal, entries=())
    sheet = make_sheet(terms.scheme, contract, appraisal, stage=stages[0])
    make = filled_sheet_pdf if filled else blank_sheet_pdf
    stamp = Stamp("F" if filled else "S", 2, 1, "0a1b2c3d")
    return make(sheet, contract, terms.scheme, stamp=stamp, stage=stages[0])


def _report(terms: Terms) -> bytes:
    contract, appraisal = contract_of(terms), filled_appraisal(terms)
    sheet = make_sheet(terms.scheme, contract, appraisal)
    months = tuple(
        Month(f"{n}月", Decimal(80), Decimal(60 + 3 * n) if n < 10 else None) for n in range(1, 13)
    )
    history = (Series("销售额", "万元", months),)
    stamp = Stamp("R", 2, 1, "0a1b2c3d")
    return report_pdf(sheet, appraisal, contract, terms.scheme, history=history, stamp=stamp)


def _handout() -> bytes:
    contracts = [(contract_of(terms), tuple(Copy)) for terms in all_terms()]
    stamp = Stamp("L", 12, 1, "0a1b2c3d")
    return handout_list_pdf(contracts, COMPANY.name, stamp=stamp)


def _interview(terms: Terms) -> bytes:
    contract, appraisal = contract_of(terms), filled_appraisal(terms)
    sheet = make_sheet(terms.scheme, contract, appraisal)
    stamp = Stamp("I", 2, 1, "0a1b2c3d")
    return interview_pdf(sheet, appraisal, contract, terms.scheme, stamp=stamp)


def _stages(scheme: Scheme, contract: Contract, appraisal: Appraisal) -> tuple[str, ...]:
    """The stages of a sheet that ask for something: the cycle, or else its parts."""
    if any(row.fields for row in make_sheet(scheme, contract, appraisal).rows):
        return (CYCLE,)
    assert scheme.stages is not None
    return tuple(part.key for part in Cycle(appraisal.cycle).parts(scheme.stages))


def _entries(sheet: Sheet) -> tuple[Entry, ...]:
    found = {
        (field.fact, field.period): entry(field.fact, filling(field), field.period)
        for row in sheet.rows
        for field in row.fields
        if not field.agreed and field.value is None
    }
    return tuple(found.values())
