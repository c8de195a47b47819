from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from kpidesk.core.contract import Copy
from kpidesk.core.errors import NotAllowedError
from kpidesk.core.period import Period
from kpidesk.usecases import appraisals, contracts, filing, pay, results
from kpidesk.usecases.company import Company, open_company
from kpidesk.usecases.lists import SheetState, list_appraisals, list_contracts
from kpidesk.usecases.yearbook.offers import Paper, offer
from kpidesk.usecases.yearbook.papers import paper_pdf, papers_in_folder
from kpidesk.usecases.yearbook.scope import NothingToPrintError, Scope
from tests.documents.samples import codes_of, page_texts, text_of
from tests.soak.degrade import as_jpeg, as_pdf, printed_pages, two_up
from tests.usecases.office import TODAY, Office
from tests.usecases.payroll_at_work import MARCH, department, fill_month

YEAR = Period.parse("2025")
DECEMBER = Period.parse("2025-12")


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Iterator[Company]:
    company = open_company(sample_file)
    yield company
    company.close()


@dataclass
class Cancelled:
    """A watcher that cancels at once."""

    cancelled = True

    def step(self, done: int, total: int, text: str = "") -> None:
        """Nothing is shown."""


def test_a_cancelled_document_is_none(sample: Company) -> None:
    for paper in Paper:
        if paper is not Paper.DECOMPOSITION:  # made in one go
            assert paper_pdf(sample, paper, Scope(YEAR), progress=Cancelled()) == b""


# --- 目标分解表


def test_targets_of_the_year_stand_with_sums_and_what_is_open(sample: Company) -> None:
    text = text_of(paper_pdf(sample, Paper.DECOMPOSITION, Scope(YEAR)))
    rows = [one for one in list_contracts(sample) if one.term.overlap(YEAR)]
    assert all(one.person_name in text for one in rows)
    assert "上级目标（李㛃）" in text
    assert "未分解到人13.21117.617.617.619.8" in text
    assert "秦岳山（总经办）" in text


def test_one_department_stands_alone(sample: Company) -> None:
    pdf = paper_pdf(sample, Paper.DECOMPOSITION, Scope(YEAR, department="大客户部"))
    text = text_of(pdf)
    assert "张䶮" in text
    assert "周启航" not in text
    assert "秦岳山（总经办）" not in text


def test_chosen_people_stand_alone(sample: Company) -> None:
    row = next(one for one in list_contracts(sample) if one.person_name == "张䶮")
    text = text_of(
        paper_pdf(sample, Paper.DECOMPOSITION, Scope(YEAR, people=frozenset({row.person})))
    )
    assert "张䶮" in text
    assert "赵明轩" not in text


@pytest.mark.parametrize("paper", list(Paper))
def test_an_empty_scope_says_what_to_do(sample: Company, paper: Paper) -> None:
    with pytest.raises(NothingToPrintError, match="请"):
        paper_pdf(sample, paper, Scope(Period.parse("1999")))


# --- 考核结果审批表


def test_the_results_of_a_cycle_stand_with_the_one_before(sample: Company) -> None:
    text = text_of(paper_pdf(sample, Paper.APPROVAL, Scope(DECEMBER)))
    rows = {(one.person_name, one.cycle.key): one for one in list_appraisals(sample, period=YEAR)}
    now, before = rows["张䶮", "2025-12"], rows["张䶮", "2025-11"]
    assert now.total is not None
    assert before.total is not None
    assert f"{now.total}满分85—{before.total}2025-11{now.total - before.total:+f}" in text


def test_a_result_that_was_opened_again_stands_with_its_reason(office: Office) -> None:
    sheet = office.sign(office.draft())[0]
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **office.who)
    appraisals.reopen(office.company, sheet, reason="销售额录错", **office.who)
    office.enter(sheet, "sales", Decimal(60))
    row = next(one for one in list_appraisals(office.company) if one.id == sheet)
    appraisals.override(
        office.company,
        sheet,
        indicator="销售增长率",
        score=Decimal(2),
        reason="客户延期",
        **office.who,
    )
    text = text_of(paper_pdf(office.company, Paper.APPROVAL, Scope(row.cycle)))
    assert "定分后重新打开：原总分66.00，现总分" in text
    assert "销售额录错" in text
    assert "指标“销售增长率”改写为2分（满分10）客户延期" in text


# --- what can be asked for


def test_cycles_are_offered_for_approval_and_years_for_the_rest(sample: Company) -> None:
    found = offer(sample, Paper.APPROVAL)
    assert found.usual is not None
    assert {"2025", "2025-01", "2025-12"} <= {one.key for one in found.periods}
    assert "大客户部" in found.departments
    assert [one.key for one in offer(sample, Paper.DECOMPOSITION).periods] == ["2026", "2025"]


def test_nothing_is_offered_in_an_empty_company(office: Office) -> None:
    for paper in Paper:
        found = offer(office.company, paper)
        assert (found.periods, found.usual) == ((), None)


# --- 年度考核报告


def test_the_year_is_reported_from_what_was_recorded(sample: Company) -> None:
    text = text_of(paper_pdf(sample, Paper.ANNUAL, Scope(YEAR)))
    rows = list_appraisals(sample, period=YEAR)
    scored = [one for one in rows if one.state is SheetState.SCORED]
    assert f"{len(scored)}／{len(rows)}" in text
    for dimension in ("定量", "定性", "工作能力", "行为考核"):
        assert dimension in text
    assert "林雨桐大客户部12月" in text


def test_a_department_is_reported_alone(sample: Company) -> None:
    text = text_of(paper_pdf(sample, Paper.ANNUAL, Scope(YEAR, department="大客户部")))
    assert "周启航" not in text
    assert "张䶮" in text


def test_a_sheet_that_is_open_again_does_not_count(office: Office) -> None:
    sheet = office.sign(office.draft())[0]
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **office.who)
    year = Scope(Period.parse("2026"))
    assert "1／12" in text_of(paper_pdf(office.company, Paper.ANNUAL, year))
    appraisals.reopen(office.company, sheet, reason="销售额录错", **office.who)
    assert "0／12" in text_of(paper_pdf(office.company, Paper.ANNUAL, year))


# --- 归档证明, 归档清单


def person(company: Company, name: str) -> Scope:
    row = next(one for one in list_contracts(company) if one.person_name == name)
    return Scope(YEAR, people=frozenset({row.person}))


def test_a_certificate_counts_what_is_filed_and_names_what_is_missing(sample: Company) -> None:
    text = text_of(paper_pdf(sample, Paper.CERTIFICATE, person(sample, "马文澜")))
    assert "应归档8项，已归档3项，尚缺5项" in text
    assert "评分表2025年度1评分表的数据还没有填齐：到“评分”补齐并定分" in text
    assert "2024-12-27签署，甲方存已盖章，乙方存已交付" in text


def test_the_hash_on_a_certificate_is_that_of_the_stored_paper(sample: Company) -> None:
    row = next(one for one in list_contracts(sample) if one.person_name == "李㛃")
    paper = contracts.contract_pdf(sample, row.id, Copy.PARTY_A)
    text = text_of(paper_pdf(sample, Paper.CERTIFICATE, person(sample, "李㛃")))
    assert sha256(paper).hexdigest()[:16].upper() in text


def test_the_list_has_everybody_with_a_contract_and_names_the_others(sample: Company) -> None:
    text = text_of(paper_pdf(sample, Paper.ARCHIVE, Scope(YEAR)))
    rows = [one for one in list_contracts(sample) if one.term.overlap(YEAR)]
    assert f"共{len({one.person for one in rows})}人" in text
    assert all(one.person_name in text for one in rows)
    assert "没有责任书和评分表的17人：秦岳山（总经办）" in text


def test_a_certificate_for_each_goes_into_a_folder(sample: Company, tmp_path: Path) -> None:
    scope = Scope(YEAR, department="大客户部")
    made = papers_in_folder(sample, Paper.CERTIFICATE, scope, tmp_path)
    assert (made.done, made.cancelled) == (9, False)
    assert "QM009_张䶮_归档证明_2025.pdf" in {one.name for one in tmp_path.iterdir()}
    stopped = papers_in_folder(sample, Paper.CERTIFICATE, scope, tmp_path, progress=Cancelled())
    assert (stopped.done, stopped.cancelled) == (0, True)


# --- 证据包


def test_a_pack_holds_the_stored_contract_and_every_recorded_sheet(sample: Company) -> None:
    pdf = paper_pdf(sample, Paper.EVIDENCE, person(sample, "李㛃"))
    row = next(one for one in list_contracts(sample) if one.person_name == "李㛃")
    stored = contracts.contract_pdf(sample, row.id, Copy.PARTY_A)
    attached = PdfReader(BytesIO(pdf)).attachments
    assert [stored] in list(attached.values())
    pages = page_texts(pdf)
    assert sha256(stored).hexdigest().upper() in pages[0]
    text = "".join(pages)
    for said in ("考核方案条文", "绩效考核评分结果表", "绩效考核结果报告", "绩效面谈记录表"):
        assert said in text


def test_a_pack_lists_what_is_missing(sample: Company) -> None:
    first = page_texts(paper_pdf(sample, Paper.EVIDENCE, person(sample, "马文澜")))[0]
    assert "缺项5项" in first
    for said in ("评分表2025年度1", "面谈记录2025年度1", "本人意见2025年度1", "签字件扫描"):
        assert said in first


def test_a_contract_that_never_was_printed_is_missing(office: Office) -> None:
    office.draft()
    year = Scope(Period.parse("2026"))
    first = page_texts(paper_pdf(office.company, Paper.EVIDENCE, year))[0]
    assert "目标责任书还没有打印" in first
    assert "还没有签署：双方签字盖章后" in first


def test_packs_of_several_people_are_not_bound_together(sample: Company) -> None:
    with pytest.raises(NotAllowedError, match="每人存为一个文件"):
        paper_pdf(sample, Paper.EVIDENCE, Scope(YEAR))


def test_settled_pay_stands_in_the_pack_with_its_statement(office: Office) -> None:
    payroll = department(office)
    year = Scope(Period.parse("2026"), people=frozenset({payroll.ids["张三"]}))
    before = page_texts(paper_pdf(office.company, Paper.EVIDENCE, year))[0]
    assert "薪酬核算" in before.partition("缺少的材料")[2]
    assert "还没有结算过薪酬" in before
    fill_month(payroll, "m03", {"张三": 90_000, "李四": 50_000})
    payroll.settle(MARCH)
    pages = page_texts(paper_pdf(office.company, Paper.EVIDENCE, year))
    assert "薪酬核算2026年3月" in pages[0].partition("缺少的材料")[0]
    assert "还没有结算过薪酬" not in pages[0]
    statement = pay.statements_pdf(office.company, payroll.ref, MARCH, people=[payroll.ids["张三"]])
    attached = PdfReader(BytesIO(paper_pdf(office.company, Paper.EVIDENCE, year))).attachments
    assert [statement.pdf] in list(attached.values())


def test_an_amendment_stands_in_file_and_decomposition(office: Office) -> None:
    contract = office.draft()
    office.sign(contract)
    company, who = office.company, office.who
    amendment = contracts.draw_up_amendment(
        company, contract, effective_on=date(2026, 3, 1), reason="市场变化", **who
    ).id
    draft = contracts.load_contract(company, amendment).contract
    sales, customers = draft.targets
    months = (*sales.months[:2], *[Decimal(150)] * 10)
    raised = replace(sales, months=months, total=sum(months, Decimal(0)))
    contracts.edit_contract(company, replace(draft, targets=(raised, customers)), **who)
    year = Scope(Period.parse("2026"))
    assert "100" * 12 + "1,2000" in text_of(paper_pdf(company, Paper.DECOMPOSITION, year))
    contracts.mark_printed(company, [amendment], **who)
    contracts.sign(company, amendment, signed_on=TODAY, **who)
    text = text_of(paper_pdf(company, Paper.DECOMPOSITION, year))
    assert "100100" + "150" * 10 + "1,7000" in text
    assert "补1" in text
    stored = contracts.contract_pdf(company, amendment, Copy.PARTY_A)
    pack = paper_pdf(company, Paper.EVIDENCE, year)
    assert [stored] in list(PdfReader(BytesIO(pack)).attachments.values())
    assert f"补充协议{draft.number}" in page_texts(pack)[0]


# --- scans in a pack


def scanned(office: Office, path: Path, pages: Sequence[Image.Image]) -> None:
    """File a scan of these pages, as a scanner writes it."""
    sheets = [(as_jpeg(one, 60, 150), one.width * 0.48, one.height * 0.48) for one in pages]
    path.write_bytes(as_pdf(sheets))
    received = filing.receive_scans(office.company, [path], **office.who).files
    assert received[0].waiting == 0


def test_the_scan_of_the_signed_contract_stands_in_the_pack(office: Office, tmp_path: Path) -> None:
    contract = office.draft()
    office.sign(contract)
    paper = contracts.contract_pdf(office.company, contract, Copy.PARTY_A)
    pages = printed_pages(paper, 150)
    other = printed_pages(contracts.contract_pdf(office.company, contract, Copy.PARTY_B), 150)
    scanned(office, tmp_path / "扫描.pdf", [other[0], *(one.rotate(180) for one in pages)])
    pack = paper_pdf(office.company, Paper.EVIDENCE, Scope(Period.parse("2026")))
    first = page_texts(pack)[0]
    before, _, missing = first.partition("缺少的材料")
    assert "签字件扫描" in before
    assert "存档扫描件中的页" in before
    assert "扫描件“扫描.pdf”" not in missing
    (name,) = [one for one in PdfReader(BytesIO(pack)).attachments if "签字件扫描" in one]
    (scan,) = PdfReader(BytesIO(pack)).attachments[name]
    assert isinstance(scan, bytes)
    codes = [found[0] for found in codes_of(scan)]
    assert codes == [found[0] for found in codes_of(paper)]  # all pages of 甲, none of 乙
    assert paper_pdf(office.company, Paper.EVIDENCE, Scope(Period.parse("2026"))) == pack


def test_pages_two_on_a_sheet_and_pictures_are_taken_apart(office: Office, tmp_path: Path) -> None:
    contract = office.draft()
    office.sign(contract)
    paper = contracts.contract_pdf(office.company, contract, Copy.PARTY_A)
    pages = printed_pages(paper, 200)
    scanned(office, tmp_path / "两页.pdf", [two_up(pages[0], pages[1])])
    for number, page in enumerate(pages[2:]):
        path = tmp_path / f"{number}.png"
        page.save(path)
        filing.receive_scans(office.company, [path], **office.who)
    pack = paper_pdf(office.company, Paper.EVIDENCE, Scope(Period.parse("2026")))
    (name,) = [one for one in PdfReader(BytesIO(pack)).attachments if "签字件扫描" in one]
    (scan,) = PdfReader(BytesIO(pack)).attachments[name]
    assert isinstance(scan, bytes)
    assert [found[0] for found in codes_of(scan)] == [found[0] for found in codes_of(paper)]


def test_a_scan_that_lacks_pages_is_missing_and_shown_all_the_same(
    office: Office, tmp_path: Path
) -> None:
    contract = office.draft()
    office.sign(contract)
    pages = printed_pages(contracts.contract_pdf(office.company, contract, Copy.PARTY_A), 150)
    scanned(office, tmp_path / "扫描.pdf", pages[1:])
    year = Scope(Period.parse("2026"), today=TODAY)
    first = page_texts(paper_pdf(office.company, Paper.EVIDENCE, year))[0]
    before, _, missing = first.partition("缺少的材料")
    assert f"已归档{len(pages) - 1}页，共{len(pages)}页，还缺第1页" in missing
    assert "存档扫描件中的页" in before


def test_a_signed_sheet_that_was_scanned_is_filed(office: Office, tmp_path: Path) -> None:
    sheet = office.sign(office.draft())[0]
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **office.who)
    year = Scope(Period.parse("2026"))
    certificate = text_of(paper_pdf(office.company, Paper.CERTIFICATE, year))
    assert "签字的评分表或报告还没有扫描" in certificate
    report = results.report_pdf(office.company, sheet)
    scanned(office, tmp_path / "报告.pdf", printed_pages(report, 150))
    certificate = text_of(paper_pdf(office.company, Paper.CERTIFICATE, year))
    assert "签字件扫描2026年1月考核报告已归档公司文件扫描件“报告.pdf”" in certificate
    assert "签字的评分表或报告还没有扫描" not in certificate


# --- in the middle of a year


def test_cycles_that_are_not_over_are_not_due_yet(office: Office) -> None:
    sheets = office.sign(office.draft())
    whole, now = (Scope(Period.parse("2026"), today=day) for day in (None, TODAY))
    assert f"评分表{'、'.join(f'2026年{n}月' for n in range(1, 13))}12" in text_of(
        paper_pdf(office.company, Paper.CERTIFICATE, whole)
    )
    text = text_of(paper_pdf(office.company, Paper.CERTIFICATE, now))
    assert f"截至{TODAY}，其后结束的周期未计入" in text
    assert "评分表2026年1月、2026年2月2" in text
    office.complete(sheets[0])
    appraisals.finish_scoring(office.company, sheets[0], **office.who)
    report = text_of(paper_pdf(office.company, Paper.ANNUAL, now))
    assert "1／2" in report
    assert f"截至{TODAY}" in report
