"""What pay is computed from: the groups that signed contracts make, and everything entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from kpidesk.core.agreed import agreed_facts
from kpidesk.core.amending import ended_on, pieces
from kpidesk.core.appraisal import Appraisal, AppraisalState
from kpidesk.core.contract import Contract, ContractId
from kpidesk.core.facts import CALIBRATED_TOTAL, TEAM, Fact, Facts, Subject
from kpidesk.core.figure import Origin
from kpidesk.core.findings import Code, Effect, Finding
from kpidesk.core.payroll.books import lines_of
from kpidesk.core.payroll.group import Member, PayGroup
from kpidesk.core.payroll.grouping import Hired, pay_groups
from kpidesk.core.payroll.inputs import Asked
from kpidesk.core.payroll.record import LedgerLine, PaidPerson, PayInputs
from kpidesk.core.people import Person, PersonId
from kpidesk.core.period import CYCLE, Period
from kpidesk.core.settings import SettingValue
from kpidesk.store import pay_facts as store
from kpidesk.store.appraisals import appraisals_of, load_appraisal
from kpidesk.store.contracts import schemes_signed, signed_contracts, unsigned_contracts
from kpidesk.store.pay_facts import PayLine, Stated
from kpidesk.store.people import load_person
from kpidesk.usecases.contracts.listing import details_of, signed_amendments
from kpidesk.usecases.pay.bookkeeping import runs_of
from kpidesk.usecases.reviewed import calibration_of
from kpidesk.usecases.schemes import contract_scheme
from kpidesk.usecases.session import Company, found

UNRECORDED = "appraisal"
"""The name in findings of scores that are not recorded."""


@dataclass(frozen=True, slots=True)
class GroupRef:
    """Names a pay group."""

    scheme: str
    version: int
    settings: tuple[tuple[str, SettingValue], ...]
    cycle: Period


def ref_of(group: PayGroup) -> GroupRef:
    """How a group is named."""
    scheme = group.scheme
    return GroupRef(scheme.id, scheme.version, group.settings, group.cycle.period)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A group with everything that its pay is computed from, and the lines as they are kept."""

    group: PayGroup
    inputs: PayInputs
    facts: Facts
    lines: tuple[PayLine, ...]
    sheets: tuple[Appraisal, ...] = ()
    """The sheets whose recorded scores are among the facts."""
    of_sheets: tuple[Fact, ...] = ()
    """Those of the facts that come from them."""


def all_groups(company: Company, connection: Connection) -> tuple[PayGroup, ...]:
    """The pay groups of the company, by scheme and cycle."""
    hired: list[Hired] = []
    people: dict[PersonId, Person] = {}
    pays = [
        scheme
        for scheme, version, other, other_version in schemes_signed(connection)
        if contract_scheme(company, connection, (scheme, version), (other, other_version)).pay
    ]
    for scheme in dict.fromkeys(pays):
        for id_ in signed_contracts(connection, scheme):
            details = details_of(company, connection, id_)
            who = details.contract.party_b.person
            if who not in people:
                people[who] = found(load_person(connection, who), "责任书的乙方")
            amendments = [one.contract for one in signed_amendments(company, connection, id_)]
            # Where an amendment changes parameters, another group goes on with the new ones.
            over = ended_on(amendments)
            hired += [
                Hired(terms, details.scheme, people[who], _last_day(terms, over))
                for terms in pieces(details.contract, amendments)
                if over is None or terms.term.start < over
            ]
    groups = pay_groups(hired)
    whole = frozenset(id_ for group in groups for id_ in _paid_whole(company, connection, group))
    return pay_groups(hired, whole=whole) if whole else groups


def _paid_whole(company: Company, connection: Connection, group: PayGroup) -> Iterator[ContractId]:
    """Later contracts of people in parts that once paid them, in a settlement, as undivided.

    What was settled so goes on so: otherwise each settled period would get a difference.
    """
    later = [one for one in group.members if one.part]
    if not later:
        return
    for run in runs_of(company, connection, group):
        people = run.settlement.inputs.people
        for part in later:
            numbers = [one.contract for one in people if one.person == part.person.id]
            if len(numbers) == 1:
                yield from (one.id for one in part.contracts if one.number in numbers)


def draft_groups(company: Company, connection: Connection) -> tuple[PayGroup, ...]:
    """The groups that unsigned contracts would make, by themselves."""
    hired = []
    for id_ in unsigned_contracts(connection):
        details = details_of(company, connection, id_)
        person = found(load_person(connection, details.contract.party_b.person), "责任书的乙方")
        hired.append(Hired(details.contract, details.scheme, person))
    return pay_groups(hired)


def _last_day(terms: Contract, over: date | None) -> date | None:
    """The last day of terms that were ended before they were over."""
    return over - timedelta(days=1) if over and over < terms.term.end else None


def gather(company: Company, connection: Connection, group: PayGroup) -> Gathered:
    """Contracts, entered figures, dated lines and recorded scores of a group."""
    scheme = group.scheme
    lines = tuple(_mine(store.lines_of(connection, scheme.id), group))
    ledger = tuple(_ledger(lines, group))
    sheets = {one.subject: tuple(_sheets(connection, one, group)) for one in group.members}
    scores: list[Fact] = []
    facts = tuple(_facts(company, connection, group, sheets, scores))
    first = group.members[0].contract
    inputs = PayInputs(
        scheme=first.scheme,
        scheme_version=first.scheme_version,
        indicator_scheme=first.indicator_scheme,
        indicator_scheme_version=first.indicator_scheme_version,
        settings=group.settings,
        cycle=group.cycle.period,
        ragged=group.cycle.ragged,
        people=tuple(
            PaidPerson(one.person.id, one.contract.number, one.appraisee) for one in group.members
        ),
        facts=facts,
        ledger=ledger,
        lines=lines_of(group),
    )
    every = tuple(one for mine in sheets.values() for one in mine)
    return Gathered(group, inputs, inputs.all_facts, lines, every, tuple(scores))


def subject_for(group: PayGroup, person: PersonId | None, day: date) -> Subject | None:
    """Whose a figure or line of a day is: a person's part, or the team; None for an outsider."""
    return TEAM if person is None else group.subject_on(person, day)


def _facts(
    company: Company,
    connection: Connection,
    group: PayGroup,
    sheets: Mapping[Subject, Sequence[Appraisal]],
    scores: list[Fact],
) -> Iterator[Fact]:
    """Every figure; those that come from sheets are noted in `scores`, too."""
    whole = group.cycle.period
    for member in group.members:
        for contract in member.contracts:
            yield from agreed_facts(group.scheme, contract, whole, member.subject)
        for sheet in sheets[member.subject]:
            recorded = [
                *sheet.facts(member.subject),
                *_calibrated(company, connection, sheet, member.subject),
            ]
            scores += recorded
            yield from recorded
    asked = Asked.of(group, Facts())
    for one in store.facts_of(connection, group.scheme.id):
        key = one.key
        subject = subject_for(group, key.person, key.starts_on)
        if subject is None or one.value is None:
            continue
        if asked.wants(subject, key.name, key.period, key.starts_on):
            yield Fact(subject, one.key.name, one.value, one.key.period, origin_of(one.stated))


def _sheets(connection: Connection, member: Member, group: PayGroup) -> Iterator[Appraisal]:
    """The sheets of the cycle whose scores are recorded."""
    ids = {one.id for one in member.contracts}
    for id_ in appraisals_of(connection, member.person.id):
        sheet = load_appraisal(connection, id_)
        if sheet is None or sheet.contract not in ids:
            continue
        if sheet.state is AppraisalState.SCORED and _is_of(sheet, member, group):
            yield sheet


def _is_of(sheet: Appraisal, member: Member, group: PayGroup) -> bool:
    """Whether a sheet is of the group's cycle: whole, or to the last day of a contract ended."""
    whole = group.cycle.period
    if member.until is None or sheet.cycle == whole:
        return sheet.cycle == whole
    return sheet.cycle == Period(whole.start, member.until + timedelta(days=1))


def _calibrated(
    company: Company, connection: Connection, appraisal: Appraisal, subject: Subject
) -> Iterator[Fact]:
    """The total that a calibration put in place of the recorded one: what uses it is paid by it."""
    moved = calibration_of(connection, appraisal, company.path)
    if moved is not None and moved.total != moved.new_total:
        yield Fact(subject, CALIBRATED_TOTAL, moved.new_total, CYCLE, moved.origin)


def origin_of(stated: Stated) -> Origin:
    """Where an entered figure comes from."""
    source = stated.source
    if stated.reason:
        source = f"{source}，更正：{stated.reason}" if source else f"更正：{stated.reason}"
    return Origin(source, stated.by, stated.on)


def _mine(lines: Sequence[PayLine], group: PayGroup) -> Iterator[PayLine]:
    """The lines of the members in the cycle; those of the team in which one has a share, too."""
    for one in lines:
        if one.body is None or one.body.on not in group.cycle.period:
            continue
        if one.person is None:
            if any(_subject_of(key, group, one.body.on) for key, _ in one.body.shares):
                yield one
        elif group.subject_of(one.person) is not None:
            yield one


def _ledger(lines: Sequence[PayLine], group: PayGroup) -> Iterator[LedgerLine]:
    """The lines under the keys of the evaluation; the file knows people by their ids."""
    for one in lines:
        if one.body is None:
            continue
        day = one.body.on
        subject = subject_for(group, one.person, day)
        if subject is None:
            continue
        shares = tuple((_subject_of(key, group, day) or key, part) for key, part in one.body.shares)
        yield replace(one.body, subject=subject, shares=shares, origin=origin_of(one.stated))


def _subject_of(key: str, group: PayGroup, day: date) -> Subject | None:
    return group.subject_on(PersonId(int(key)), day) if key.isdigit() else None


def unrecorded(connection: Connection, group: PayGroup) -> Iterator[Finding]:
    """Whose scores of the cycle are not recorded yet, where pay rests on scores."""
    if not group.scheme.is_scored:
        return
    for member in group.members:
        sheets = [
            one
            for id_ in appraisals_of(connection, member.person.id)
            if (one := load_appraisal(connection, id_)) is not None
            and one.contract in {contract.id for contract in member.contracts}
            and _is_of(one, member, group)
        ]
        if any(one.state is not AppraisalState.SCORED for one in sheets):
            message = "评分表还没有定分，薪酬要用到得分：请先到“评分”页填齐并定分"
            yield Finding(
                Code.MISSING_FACT, Effect.WITHHOLDS, message, member.subject, UNRECORDED, ""
            )
