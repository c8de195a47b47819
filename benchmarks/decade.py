"""A company of many people with years behind it: contracts and monthly sheets, written in bulk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, insert

from benchmarks.staff import add_people, job
from kpidesk.codec import canonical_json
from kpidesk.core.appraisal import Appraisal, AppraisalId, AppraisalState
from kpidesk.core.contract import Contract, ContractId, ContractState
from kpidesk.core.facts import FactValue
from kpidesk.core.people import PersonId
from kpidesk.core.period import Grain, Period
from kpidesk.store.appraisals import Standing, add_appraisal, save_appraisal
from kpidesk.store.contracts import add_contract
from kpidesk.store.rows import ENTRIES
from kpidesk.store.schemes import pin
from kpidesk.usecases.company import create_company
from kpidesk.usecases.people import add_department

LAST = 2026
TODAY = date(LAST, 12, 10)
"""In the last month, whose sheets are open."""
_FOUNDED = date(2016, 1, 5)
_COUNTED = ("sales", "new_customers", "days_present", "late_times")


def write_company(path: Path, people: int, years: int) -> int:
    """Make the file; how many sheets there are."""
    company = create_company(path, name="测速公司", actor="王芳", today=_FOUNDED)
    try:
        department = add_department(company, name="大客户部", actor="王芳", today=_FOUNDED).id
        with company.change("王芳") as work:
            pin(work.connection, job(1).scheme)
            add_people(work.connection, department, people)
            sheets = sum(
                _write_contract(work.connection, contract, person, number * 12)
                for number, (contract, person) in enumerate(_contracts(people, years))
            )
            work.log("company.measured", "company", after=sheets)
    finally:
        company.close()
    return sheets


def _contracts(people: int, years: int) -> Iterator[tuple[Contract, PersonId]]:
    for year in range(LAST + 1 - years, LAST + 1):
        for person in range(1, people + 1):
            first = job(person).contract
            yield (
                replace(
                    first,
                    id=ContractId((year - LAST - 1 + years) * people + person),
                    number=first.number.replace(f"-{LAST}-", f"-{year}-"),
                    term=Period.parse(str(year)),
                    state=ContractState.SIGNED,
                    printed_on=date(year, 1, 5),
                    signed_on=date(year, 1, 8),
                ),
                PersonId(person),
            )


def _write_contract(
    connection: Connection, contract: Contract, person: PersonId, sheets: int
) -> int:
    add_contract(connection, contract)
    months = contract.term.split(Grain.MONTH)
    dice = random.Random(contract.id)  # noqa: S311 - figures for a stop-watch
    made = [
        Appraisal(AppraisalId(number), contract.id, person, month)
        for number, month in enumerate(months, start=sheets + 1)
    ]
    for sheet in made:
        add_appraisal(connection, sheet, Standing(11))
    over = [one for one in made if one.cycle.end <= TODAY]
    connection.execute(
        insert(ENTRIES), [_entry(one, name, dice) for one in over for name in _COUNTED]
    )
    for sheet in over:  # entries are refused from then on
        total = Decimal(dice.randrange(6_000, 10_000)).scaleb(-2)
        scored = replace(sheet, state=AppraisalState.SCORED)
        save_appraisal(connection, sheet, scored, Standing(0, total, "良好"))
    return len(months)


def _entry(sheet: Appraisal, name: str, dice: random.Random) -> dict[str, object]:
    return {
        "appraisal_id": sheet.id,
        "name": name,
        "period": "cycle",
        "value": canonical_json(Decimal(dice.randrange(1, 90)), FactValue),
        "entered_by": "王芳",
        "entered_on": sheet.cycle.end + timedelta(days=3),
        "source": "销售台账",
        "rated_by": "[]",
    }
