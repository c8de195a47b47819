"""Whether what was clicked in the sample's year has come about: in the file and on paper."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tests.walk import story, year_paper, year_pay, year_review, year_scores

if TYPE_CHECKING:
    from kpidesk.usecases.company import Company

TOTALS = {
    "张䶮": "71.50",
    "赵明轩": "69.00",
    "陈𬭎": "62.00",
    "孙佳怡": "74.50",
    "黄志远": "72.00",
    "林雨桐": story.TOTAL,
    "吴𠮷": "67.50",
    "郭子涵": "61.00",
}
"""December's final totals: one calibrated, one corrected after it was returned."""
DRAWN = 4
COPIES = 2
_DECEMBER = "2025-12"


def check_year(folder: Path, path: Path) -> list[str]:
    """What is otherwise than it was clicked, as text."""
    from kpidesk.usecases.company import open_company

    company = open_company(path)
    try:
        pairs = [*_staffing(company), *_results(company), *_pay(company), *_whole(company)]
        pages = _contract_pages(company)
    finally:
        company.close()
    problems = [f"{what}: {a!r} instead of {b!r}" for what, a, b in pairs if a != b]
    return problems + list(_papers(folder, pages))


def _staffing(company: Company) -> Iterator[tuple[str, object, object]]:
    from kpidesk.core.contract import ContractState
    from kpidesk.usecases import contracts, filing, people

    known = {one.person.name: one.person for one in people.list_people(company)}
    newcomer = known[story.NEWCOMER]
    yield "newcomer", (newcomer.post, str(newcomer.hired_on)), ("大客户专员", story.HIRED)
    rows = [one for one in contracts.list_contracts(company) if one.number.count("-2026-")]
    signed = {one.person_name for one in rows if one.state is ContractState.SIGNED}
    everybody = {*story.DRAFTED, *story.PRINTED_BEFORE, story.NEWCOMER}
    yield "signed for 2026", signed, everybody
    drawn = next(one for one in rows if one.person_name == story.NEWCOMER)
    targets = contracts.load_contract(company, drawn.id).contract.targets
    wanted = [Decimal(figure) for figure in story.NEWCOMERS[story.NEWCOMER]]
    yield "targets", [one.total for one in targets], wanted
    yield "targets by month", [sum(one.months, Decimal(0)) for one in targets], wanted
    complete = [one for one in filing.filing_view(company).papers if one.is_complete]
    yield "filed", len(complete), DRAWN * COPIES


def _results(company: Company) -> Iterator[tuple[str, object, object]]:
    from kpidesk.core.appraisal import Opinion
    from kpidesk.core.review.standing import Stage
    from kpidesk.usecases import appraisals, results, reviewing

    rows = {
        one.person_name: one for one in results.list_results(company) if one.cycle.key == _DECEMBER
    }
    yield "totals", {name: f"{one.final_total}" for name, one in rows.items()}, TOTALS
    stages = {one.review.stage for one in rows.values()}
    yield (
        "confirmed and closed",
        (stages, all(one.is_closed for one in rows.values())),
        (
            {Stage.CONFIRMED},
            True,
        ),
    )
    typed = appraisals.load_sheet(company, rows[story.TYPED].id).appraisal.interview
    yield "refusal", typed.opinion, Opinion.REFUSES
    yield "witnesses", typed.refusal.witnesses if typed.refusal else (), story.WITNESSES
    other = appraisals.load_sheet(company, rows[story.TWICE].id).appraisal.interview
    yield (
        "reservation",
        (other.opinion, other.opinion_text),
        (
            Opinion.RESERVES,
            story.RESERVED,
        ),
    )
    plan = [(one.what, one.measure, str(one.due)) for one in other.plan]
    yield "plan", plan, [story.PLAN]
    told = [one.title for one in reviewing.history(company, rows[story.APPEALED].id).lines]
    yield "appeal", [one for one in told if "申诉" in one], ["申诉", "听取申诉", "申诉不成立"]
    told = [one.title for one in reviewing.history(company, rows[story.RETURNED].id).lines]
    yield "returned once, recorded twice", (told.count("退回"), told.count("定分")), (1, 2)


def _pay(company: Company) -> Iterator[tuple[str, object, object]]:
    from kpidesk.usecases import pay

    group = pay.list_groups(company)[0]
    view = pay.load_pay(company, group.ref, "2025Q4")
    yield "settled", view.settled, True
    person = next(one for one in view.people if one.member.person.name == story.REVERSED)
    figures = [one.fact.value for one in person.fields if one.known.name == "actual" and one.fact]
    yield "figure after the reversal", figures, [Decimal(story.REVERSED_TO)]
    yield "amounts", [one.sum_ is not None for one in view.people], [True] * len(view.people)


def _whole(company: Company) -> Iterator[tuple[str, object, object]]:
    from kpidesk.usecases.company import first_broken_audit_line
    from kpidesk.usecases.verifying import verify

    yield "audit chain", first_broken_audit_line(company), None
    yield "proof", [one.text for one in verify(company).broken], []


def _contract_pages(company: Company) -> int:
    """How many pages both copies of what was printed have."""
    from kpidesk.core.contract import Copy
    from kpidesk.usecases import contracts

    printed = {*story.DRAFTED, story.NEWCOMER}
    return sum(
        contracts.preview(contracts.contract_pdf(company, row.id, copy)).page_count
        for row in contracts.list_contracts(company)
        if row.person_name in printed and "-2026-" in row.number
        for copy in Copy
    )


def _papers(folder: Path, contract_pages: int) -> Iterator[str]:
    names = list(TOTALS)
    quarter = ["张䶮", "赵明轩", *story.PAY]
    wanted: dict[str, tuple[int, list[str]]] = {
        year_paper.REGISTER: (1, [*story.NEWCOMERS, "计划开发新客户"]),
        year_scores.SHEET: (2, [story.TYPED, story.TOTAL, "35.6万元"]),
        year_scores.RECORD: (1, [story.TWICE, story.RESERVED, story.PLAN[0]]),
        year_review.BATCH: (1, [*names, story.CALIBRATION, "72.00"]),
        year_pay.FIRST: (4, [*quarter, "126,400元"]),
        year_pay.STATEMENTS: (4, [*quarter, "131,800元"]),
        year_pay.EVIDENCE: (20, [story.APPEALED, story.APPEAL, story.DISMISSED]),
        year_pay.CERTIFICATE: (1, [story.APPEALED]),
        year_pay.ARCHIVE: (1, [story.APPEALED, story.RETURNED]),
        year_pay.ANNUAL: (3, ["2025", story.APPEALED]),
    }
    # The printer gets pictures of pages: there is no text in them, but as many pages.
    if (pages := _pages(folder / year_paper.PRINTED)) != contract_pages:
        yield f"{year_paper.PRINTED} has {pages} pages instead of {contract_pages}"
    for name, (least, words) in wanted.items():
        if not (folder / name).exists():
            yield f"{name} is missing"
            continue
        text = "".join(_run("pdftotext", "-enc", "UTF-8", str(folder / name), "-").split())
        if (pages := _pages(folder / name)) < least:
            yield f"{name} has {pages} pages, at least {least} are expected"
        lacking = [one for one in words if "".join(one.split()) not in text]
        yield from (f"{name}: “{one}” is missing" for one in lacking)


def _pages(path: Path) -> int:
    lines = _run("pdfinfo", str(path)).splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pages:"))


def _run(*words: str) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout
