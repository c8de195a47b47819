"""A workbook of 10,000 people imported, beside the bare reading of its cells."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.measure import Plan, Row, ratio, seconds, take_turns, timed
from kpidesk.usecases import importing
from kpidesk.usecases.company import Company, create_company
from kpidesk.usecases.importing import Kind, Order

TITLE = "Importing people from Excel (against the bare reading of the cells)"
_DAY = date(2026, 1, 5)
_HEADS = ("工号", "姓名", "部门", "岗位", "直属上级", "入职日期", "备注")
_DEPARTMENTS = 40


def run(plan: Plan) -> list[Row]:
    """The whole way: another process reads, every cell is checked twice, all is committed."""
    people = plan.size(10_000, 50)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = _workbook(folder / "people.xlsx", people)
        numbers = count()

        def whole() -> float:
            with _company(folder / f"{next(numbers)}.kpidesk") as company:
                return timed(partial(_import, company, path))()

        contenders = {
            "all": whole,
            "read": timed(partial(importing.open_book, path)),
            "bare": timed(partial(_bare, path)),
        }
        whole()  # what is loaded once is not measured
        times = take_turns(contenders, plan.rounds)
        bare = f"bare {seconds(times['bare'])}"
        return [
            Row(
                f"{people} rows read in a process of its own",
                ratio(times["read"], times["bare"]),
                f"ours {seconds(times['read'])}, {bare}",
            ),
            Row(
                f"{people} rows read, checked, backed up and committed",
                ratio(times["all"], times["bare"]),
                f"ours {seconds(times['all'])}, {bare}",
                most=3,
            ),
        ]


def _bare(path: Path) -> None:
    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def _import(company: Company, path: Path) -> None:
    sheet = importing.open_book(path).sheets[0]
    into = importing.list_destinations(company, Kind.PEOPLE, today=_DAY)[0]
    offer = importing.offer(company, into, sheet)
    order = Order(into, sheet, offer.header, offer.mapping, path.name)
    importing.check(company, order, {})
    importing.carry_out(company, order, {}, actor="王芳", today=_DAY)


@contextmanager
def _company(path: Path) -> Iterator[Company]:
    company = create_company(path, name="测速公司", actor="王芳", today=_DAY)
    try:
        yield company
    finally:
        company.close()


def _workbook(path: Path, people: int) -> Path:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("人员")
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, _HEADS)
    for number in range(1, people + 1):
        leader = "G00001" if number > 1 else ""
        department = f"部门{number % _DEPARTMENTS}"
        texts = (f"G{number:05}", f"王小{number}", department, "客户经理", leader)
        sheet.write_row(number, 0, texts)
        sheet.write_datetime(number, 5, date(2020, 1, 1 + number % 28), days)
        sheet.write_string(number, 6, "无")
    book.close()
    return path
