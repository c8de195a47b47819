"""Reading lists from the company file, beside raw SQL in Python's own sqlite3."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from benchmarks.measure import Plan, Row, ratio, seconds, take_turns, timed
from benchmarks.staff import add_people, job
from kpidesk.core.appraisal import Appraisal, AppraisalId
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.store.appraisals import Standing, add_appraisal
from kpidesk.store.contract_lists import contract_rows
from kpidesk.store.contracts import add_contract
from kpidesk.store.rows import AnyRow
from kpidesk.store.schemes import pin
from kpidesk.store.sheet_lists import appraisal_rows
from kpidesk.usecases.appraisals import list_appraisals
from kpidesk.usecases.company import create_company
from kpidesk.usecases.contracts import list_contracts
from kpidesk.usecases.people import add_department, list_people
from kpidesk.usecases.session import Company

TITLE = "Reading lists (against the same columns by raw sqlite3, as tuples)"
_DAY = date(2026, 1, 5)
_SHEETS = """
SELECT a.id, a.contract_id, a.person_id, a.cycle_start, a.cycle_end, a.state, a.interviewed_on,
  a.missing, a.total, a.grade, c.number, c.person_number, c.person_name, c.department, c.post,
  s.title, EXISTS (SELECT 1 FROM appraisal_entries e WHERE e.appraisal_id = a.id)
FROM appraisals a JOIN contracts c ON c.id = a.contract_id
JOIN schemes s ON s.id = c.scheme_id AND s.version = c.scheme_version
ORDER BY a.cycle_start, c.person_number, a.id
"""
_CONTRACTS = """
SELECT c.id, c.number, c.person_id, c.person_number, c.person_name, c.department, c.post, s.title,
  c.term_start, c.term_end, c.state, c.revision, c.printed_on, c.signed_on
FROM contracts c JOIN schemes s ON s.id = c.scheme_id AND s.version = c.scheme_version
ORDER BY c.id
"""
_PEOPLE = """
SELECT p.id, p.number, p.name, d.name, p.post, s.name, p.hired_on, p.left_on, p.pinyin
FROM people p JOIN departments d ON d.id = p.department_id
LEFT JOIN people s ON s.id = p.superior_id ORDER BY p.number
"""


def run(plan: Plan) -> list[Row]:
    """Lists of a company with a year of monthly sheets: as rows, and as a page is given them."""
    people = plan.size(300, 5)
    with tempfile.TemporaryDirectory() as folder:
        company = _company(Path(folder) / "lists.kpidesk", people)
        try:
            sheets, contracts = f"{people * 12} sheets", f"{people} contracts"
            rows: list[tuple[str, str, Callable[[], object], float | None]] = [
                (f"{sheets}, rows", _SHEETS, _rows(company, appraisal_rows), 1.5),
                (f"{contracts}, rows", _CONTRACTS, _rows(company, contract_rows), 1.5),
                (f"{sheets}, values", _SHEETS, partial(list_appraisals, company), None),
                (f"{contracts}, values", _CONTRACTS, partial(list_contracts, company), None),
                (f"{people} people, values", _PEOPLE, partial(list_people, company), None),
            ]
            with company.read() as connection:
                raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)  # noqa: S101
            cursor = raw.cursor()

            def bare(sql: str) -> None:
                cursor.execute(sql).fetchall()

            return [
                _row(plan, what, ours, partial(bare, sql), most) for what, sql, ours, most in rows
            ]
        finally:
            company.close()


def _rows(
    company: Company, read: Callable[[Connection], Sequence[AnyRow]]
) -> Callable[[], Sequence[AnyRow]]:
    def rows() -> Sequence[AnyRow]:
        with company.read() as connection:
            return read(connection)

    return rows


def _row(
    plan: Plan, what: str, ours: Callable[[], object], raw: Callable[[], object], most: float | None
) -> Row:
    ours()
    # A list takes milliseconds: more turns cost nothing and even out what else the machine does.
    times = take_turns({"ours": timed(ours), "raw": timed(raw)}, plan.rounds * plan.size(5, 1))
    return Row(
        what,
        ratio(times["ours"], times["raw"]),
        f"ours {seconds(times['ours'])}, raw {seconds(times['raw'])}",
        most=most,
    )


def _company(path: Path, people: int) -> Company:
    company = create_company(path, name="测速公司", actor="王芳", today=_DAY)
    department = add_department(company, name="大客户部", actor="王芳", today=_DAY).id
    months = [Period.months(2026, month, 1) for month in range(1, 13)]
    with company.read() as connection:
        pin(connection, job(1).scheme)
        add_people(connection, department, people)
        for number in range(1, people + 1):
            contract = job(number).contract
            add_contract(connection, contract)
            for index, month in enumerate(months):
                id_ = AppraisalId((number - 1) * 12 + index + 1)
                appraisal = Appraisal(id_, contract.id, PersonId(number), month)
                add_appraisal(connection, appraisal, Standing(11))
    return company
