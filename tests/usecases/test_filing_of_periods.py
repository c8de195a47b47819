"""Signed papers of a period and of pay come back and find what they are about."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from kpidesk.core.filing import Paper, PaperKind
from kpidesk.core.page_code import Stamp
from kpidesk.core.period import Period
from kpidesk.documents.stamp import PageCode, code_text, read_code
from kpidesk.usecases import appraisals, contracts, filing, pay
from kpidesk.usecases.lists import list_appraisals
from kpidesk.usecases.verifying import verify
from kpidesk.usecases.yearbook import offers
from kpidesk.usecases.yearbook.archive import files
from kpidesk.usecases.yearbook.papers import paper_pdf
from kpidesk.usecases.yearbook.scope import Scope
from tests.documents.samples import codes_of, text_of
from tests.usecases.office import TODAY, Office
from tests.usecases.payroll_at_work import MARCH, department, fill_month
from tests.usecases.test_filing import read_as, tray
from tests.usecases.test_pay_accounts import BOTH

YEAR = Period.parse("2026")


def codes(pdf: bytes) -> list[str]:
    return [code for page in codes_of(pdf) for code in page]


def made(office: Office, paper: offers.Paper, scope: Scope) -> list[str]:
    return codes(paper_pdf(office.company, paper, replace(scope, today=TODAY, by="王芳")))


def filed(office: Office) -> dict[str, filing.PaperRow]:
    rows = filing.filing_view(office.company).papers
    return {one.known.title: one for one in rows if one.filed}


def test_every_paper_of_a_period_that_is_signed_is_filed_to_its_period(office: Office) -> None:
    contract = office.draft()
    sheet = office.sign(contract)[0]
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **office.who)
    cycle = list_appraisals(office.company)[0].cycle
    papers = {
        "考核结果审批表 2026年1月（2026-03-02 制）　全公司": (offers.Paper.APPROVAL, cycle),
        "目标分解表 2026年度（2026-03-02 制）　全公司": (offers.Paper.DECOMPOSITION, YEAR),
        "年度考核报告 2026年度（2026-03-02 制）　全公司": (offers.Paper.ANNUAL, YEAR),
        "归档证明 2026年度（2026-03-02 制）": (offers.Paper.CERTIFICATE, YEAR),
        "归档清单 2026年度（2026-03-02 制）　全公司": (offers.Paper.ARCHIVE, YEAR),
    }
    stack = [made(office, paper, Scope(period)) for paper, period in papers.values()]
    handout = codes(contracts.handout_pdf(office.company, [contract], **office.who))
    received = read_as(office, "全部", *(code for one in [*stack, handout] for code in one))
    assert (received.waiting, received.complete) == (0, 6)
    found = filed(office)
    assert set(papers) < set(found)
    assert found["归档证明 2026年度（2026-03-02 制）"].known.person_name == "𫖯𬭎𠮷"
    assert all(one.is_complete for one in found.values())
    assert not verify(office.company).broken
    # What the general manager signed belongs into the file of whoever is on it, and of nobody else.
    certificate = text_of(paper_pdf(office.company, offers.Paper.CERTIFICATE, Scope(YEAR)))
    assert "2026年1月考核结果审批表（2026-03-02）已归档公司文件扫描件“全部”" in certificate
    assert "2026年度归档证明（2026-03-02）已归档" in certificate


def test_the_results_of_others_stay_out_of_the_file_of_one(office: Office) -> None:
    office.sign(office.draft())
    office.sign(office.draft(people=[office.director]))
    cycle = list_appraisals(office.company)[0].cycle
    assert read_as(office, "审批", *made(office, offers.Paper.APPROVAL, Scope(cycle))).complete == 1
    one = Scope(YEAR, people=frozenset({office.manager}), today=TODAY)
    [file] = files(office.company, replace(one, today=None))
    [scan] = [x for x in file.holdings if "审批表" in x.item.about]
    assert scan.make is None
    assert "含他人的结果" in scan.item.where


def test_what_is_made_again_unchanged_is_the_same_paper(office: Office) -> None:
    office.sign(office.draft())
    cycle = list_appraisals(office.company)[0].cycle
    approval = (office, offers.Paper.APPROVAL, Scope(cycle))
    first, again = made(*approval), made(*approval)
    assert first == again
    office.enter(list_appraisals(office.company)[0].id, "sales", Decimal(120))
    later = made(*approval)
    assert later != first
    # Both were made, and may have been signed: each is filed to what it said.
    assert read_as(office, "旧", *first).complete == 1
    assert read_as(office, "新", *later).complete == 1
    choices = [one.paper.kind for one in filing.paper_choices(office.company)]
    assert choices.count(PaperKind.APPROVAL) == 1


def test_a_look_at_a_paper_and_one_of_another_company_are_not_filed(office: Office) -> None:
    office.sign(office.draft())
    cycle = list_appraisals(office.company)[0].cycle
    looked = codes(paper_pdf(office.company, offers.Paper.APPROVAL, Scope(cycle)))
    [real, *_] = made(office, offers.Paper.APPROVAL, Scope(cycle))
    code = read_code(real)
    assert code is not None
    forged = replace(code, stamp=replace(code.stamp, short_hash="0A1B2C3D"))
    other = replace(code, stamp=replace(code.stamp, kind="Y"))
    read_as(office, "混", looked[0], code_text(forged), code_text(other))
    reasons = [one.page.reason for one in tray(office)]
    assert "试打印" in reasons[0]
    assert "另一个公司文件" in reasons[1]
    assert "没有这份文件" in reasons[2]


def test_a_signed_pay_statement_is_filed_to_its_person_and_settlement(office: Office) -> None:
    payroll = department(office)
    fill_month(payroll, "m03", BOTH)
    ref, company = payroll.ref, payroll.company
    draft = codes(pay.statements_pdf(company, ref, MARCH).pdf)
    payroll.settle(MARCH)
    stack = codes(pay.statements_pdf(company, ref, MARCH).pdf)
    received = read_as(office, "薪酬", *reversed(stack))
    assert (received.waiting, received.complete) == (0, 3)
    rows = [one for one in filing.filing_view(company).papers if one.filed]
    assert {one.known.person_name for one in rows} == {"张三", "李四", "䶮㛃"}
    assert {one.known.title for one in rows} == {"薪酬结算单 2026年3月"}
    scope = Scope(YEAR, people=frozenset({payroll.ids["张三"]}))
    certificate = text_of(paper_pdf(company, offers.Paper.CERTIFICATE, scope))
    assert "签字件扫描2026年3月薪酬结算单已归档" in certificate
    # Of a draft, of somebody who was not paid, of an early program, of what was taken back.
    code = read_code(stack[0])
    assert code is not None
    nobody, early = (replace(code.stamp, stage=one) for one in ("99", ""))
    _wait(office, draft[0], "试打印", code)
    _wait(office, nobody, "另一个公司文件", code)
    _wait(office, early, "没有写明是谁的", code)
    pay.reverse_settlement(company, ref, MARCH, reason="算错了", **payroll.who)
    _wait(office, replace(code.stamp, stage=str(payroll.ids["李四"])), "已经冲销", code)


def _wait(office: Office, what: str | Stamp, reason: str, like: PageCode) -> None:
    text = what if isinstance(what, str) else code_text(replace(like, stamp=what, page=1))
    read_as(office, reason, text)
    assert reason in tray(office)[-1].page.reason


def test_a_statement_whose_code_cannot_be_read_is_filed_by_hand(office: Office) -> None:
    payroll = department(office)
    fill_month(payroll, "m03", BOTH)
    payroll.settle(MARCH)
    read_as(office, "糊", "")
    person: Any = payroll.ids["张三"]
    [choice] = [
        one.paper
        for one in filing.paper_choices(office.company)
        if one.paper.kind is PaperKind.PAY and one.person_name == "张三"
    ]
    assert choice == Paper(PaperKind.PAY, choice.document_id, 1, stage=str(person))
    [page] = tray(office)
    filing.file_page(office.company, page.page.id, paper=choice, number=1, total=1, **office.who)
    assert filed(office)["薪酬结算单 2026年3月"].is_complete
