"""Whether what was entered at the window is on the paper and in the company file."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.walk import matter
from tests.walk.matter import PEOPLE, Scored

CONTRACTS, PRINTED = "责任书.pdf", "责任书-打印.pdf"
BLANKS = "空白评分表.pdf"
FILE = "启明.kpidesk"
COPIES = ("甲方存", "乙方存")
_PICTURE_DPI = "70"


def sheet_name(one: Scored) -> str:
    """The filled sheet of a person, as a file."""
    return f"评分表-{one.number}.pdf"


def report_name(one: Scored) -> str:
    """The review report of a person, as a file."""
    return f"考核报告-{one.number}.pdf"


def check_papers(folder: Path, today: date) -> list[str]:
    """What is missing in the PDFs; their pages become pictures beside them, to be looked at."""
    problems: list[str] = []
    for name, wanted in _papers(today):
        path = folder / name
        text = "".join(_run("pdftotext", "-enc", "UTF-8", str(path), "-").split())
        problems += [f"{name}: “{one}” is missing" for one in wanted if one not in text]
        _run("pdftoppm", "-r", _PICTURE_DPI, "-png", str(path), str(path.with_suffix("")))
    # The printer gets pictures of pages: there is no text in them, but as many pages.
    pages = [_page_count(folder / name) for name in (CONTRACTS, PRINTED)]
    _run("pdftoppm", "-r", _PICTURE_DPI, "-png", str(folder / PRINTED), str(folder / "打印"))
    if pages[0] != pages[1]:
        problems.append(f"{PRINTED} has {pages[1]} pages, {CONTRACTS} {pages[0]}")
    return problems


def _papers(today: date) -> Iterator[tuple[str, list[str]]]:
    who = [text for one in PEOPLE for text in (one.name, one.number)]
    parties = [matter.COMPANY, matter.REPRESENTATIVE, matter.DEPARTMENT, matter.POST]
    start = matter.first_day(today)
    term = f"{start.year}年{start.month}月{start.day}日"
    targets = [matter.SALES, matter.CUSTOMERS, f"每增加{matter.GROWTH_STEP}万元"]
    yield CONTRACTS, [*who, *parties, *targets, *COPIES, term]
    yield BLANKS, [*who, matter.COMPANY, matter.DEPARTMENT, "计划销售额：80万元"]
    for one in PEOPLE:
        figures = [
            f"实际销售额：{one.sales}万元",
            f"上季销售额：{one.quarter_before}万元",
            f"本季销售额：{one.quarter}万元",
            f"新开发客户：{one.customers}户",
            f"出勤天数：{matter.days_present(one, today)}天",
            f"迟到次数：{one.late}次",
        ]
        yield sheet_name(one), [one.name, one.number, *figures, *one.scores, one.total]
        said = [matter.STRENGTHS, matter.WEAKNESSES, matter.COMMENT, matter.PLAN]
        interview = [*said, matter.REPRESENTATIVE] if one is PEOPLE[0] else []
        raw = [one.sales, one.quarter_before, one.quarter, matter.days_present(one, today)]
        yield report_name(one), [one.name, one.number, *raw, *one.scores, one.total, *interview]


def check_file(path: Path, today: date) -> list[str]:
    """What the company file, opened again, holds otherwise than it was entered."""
    from kpidesk.usecases import appraisals, contracts, people
    from kpidesk.usecases.company import company_profile, open_company

    company = open_company(path)
    try:
        profile = company_profile(company)
        found: list[object] = [(profile.name, profile.representative)]
        wanted: list[object] = [(matter.COMPANY, matter.REPRESENTATIVE)]
        found += [(row.person.name, row.person.number) for row in people.list_people(company)]
        wanted += [(one.name, one.number) for one in PEOPLE]
        for row in contracts.list_contracts(company):
            contract = contracts.load_contract(company, row.id).contract
            found.append((row.person_name, contract.printed_on, contract.signed_on))
            found += [(one.fact, one.total) for one in contract.targets]
        for one in PEOPLE:
            wanted.append((one.name, today, today))
            wanted += [
                ("sales_plan", Decimal(matter.SALES)),
                ("new_customers_plan", Decimal(matter.CUSTOMERS)),
            ]
        scored = [one for one in appraisals.list_appraisals(company) if one.total is not None]
        for sheet in scored:
            view = appraisals.load_sheet(company, sheet.id)
            found += [sheet.person_name, str(sheet.state), sheet.total]
            found.append(sorted(str(entry.value) for entry in view.appraisal.entries))
            found.append([field.score.text for field in view.sheet.rows if field.score])
        for one in PEOPLE:
            wanted += [one.name, "已定分", Decimal(one.total)]
            wanted += [sorted(_values(one, today)), list(one.scores)]
    finally:
        company.close()
    return [f"{path.name}: {a!r} instead of {b!r}" for a, b in _pairs(found, wanted) if a != b]


def _values(one: Scored, today: date) -> Iterator[str]:
    """The entries of a sheet as text."""
    yield from (one.sales, one.quarter_before, one.quarter, one.customers)
    yield from (one.information, one.teamwork, matter.days_present(one, today), one.late)
    yield str(matter.met(one))
    yield from (matter.JUDGEMENT[int(one.judgement) - 1], matter.TALKING[int(one.talking) - 1])


def _pairs(found: Iterable[object], wanted: Iterable[object]) -> Iterator[tuple[object, object]]:
    left, right = list(found), list(wanted)
    most = max(len(left), len(right))
    left += ["nothing"] * (most - len(left))
    right += ["nothing"] * (most - len(right))
    return zip(left, right, strict=True)


def _page_count(path: Path) -> int:
    lines = _run("pdfinfo", str(path)).splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pages:"))


def _run(*words: str) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout
