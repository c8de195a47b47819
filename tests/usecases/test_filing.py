"""Signed papers come back as scans and find their record, and no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from kpidesk.core.appraisal import AppraisalId, Interview
from kpidesk.core.contract import ContractId, Copy
from kpidesk.core.copies import CopyState
from kpidesk.core.errors import InvalidValueError, KpiDeskError, NotAllowedError
from kpidesk.core.filing import PageState, Paper, PaperKind
from kpidesk.core.page_code import Stamp
from kpidesk.documents.stamp import PageCode, code_text, read_code
from kpidesk.exchange.scan import reader
from kpidesk.exchange.scan.found import Part, SheetFound
from kpidesk.usecases import appraisals, contracts, filing, reviewing
from kpidesk.usecases.filing.intake import ScanRead
from kpidesk.usecases.home import Step, overview
from kpidesk.usecases.results import interview_pdf, report_pdf
from kpidesk.usecases.verifying import verify
from tests.documents.samples import codes_of as codes_on
from tests.exchange import hanging
from tests.soak.degrade import as_jpeg, as_pdf, printed_pages, two_up
from tests.usecases.office import TODAY, Office


def printed(office: Office, **changes: Any) -> ContractId:  # noqa: ANN401 - any argument of draw_up
    contract = office.draft(**changes)
    contracts.mark_printed(office.company, [contract], **office.who)
    return contract


def pages_of(pdf: bytes) -> list[Image.Image]:
    return printed_pages(pdf, 150)


def scan(office: Office, path: Path, pages: list[Image.Image]) -> filing.Received:
    path.write_bytes(
        as_pdf([(as_jpeg(one, 60, 150), one.width * 0.48, one.height * 0.48) for one in pages])
    )
    return receive(office, path)[0]


def receive(office: Office, *paths: Path) -> tuple[filing.Received, ...]:
    return filing.receive_scans(office.company, paths, **office.who).files


def read_as(office: Office, name: str, *codes: str) -> filing.Received:
    """File a scan whose sheets carry these codes, without printing them."""
    sheets = tuple(
        SheetFound(number, (Part(codes=(code,) if code else ()),))
        for number, code in enumerate(codes)
    )
    read = ScanRead(name, name.encode(), sheets)
    return filing.file_scan(office.company, read, **office.who)


def tray(office: Office) -> list[filing.PageRow]:
    rows = filing.filing_view(office.company).pages
    return [one for one in reversed(rows) if one.page.state is PageState.WAITING]


def codes_of(office: Office, contract: ContractId, copy: Copy = Copy.PARTY_A) -> list[str]:
    details = contracts.load_contract(office.company, contract)
    stamp = Stamp("C", contract, details.contract.revision, details.sha256[:8])
    with contracts.preview(contracts.contract_pdf(office.company, contract, copy)) as pages:
        total = pages.page_count
    return [code_text(PageCode(stamp, copy, page, total)) for page in range(1, total + 1)]


def state_of(office: Office, contract: ContractId, copy: Copy) -> CopyState:
    return contracts.course_of(office.company, contract).copies[copy][-1].state


def test_a_shuffled_stack_of_several_people_is_filed_in_order(
    office: Office, tmp_path: Path
) -> None:
    first = printed(office)
    second = printed(office, people=[office.director], scheme="account-manager-kpi")
    stack = []
    for contract in (first, second):
        for copy in Copy:
            stack += pages_of(contracts.contract_pdf(office.company, contract, copy))
    shuffled = stack[::2] + stack[1::2]
    on_glass = [two_up(shuffled[0], shuffled[1]), *(one.rotate(180) for one in shuffled[2:])]
    received = scan(office, tmp_path / "扫描.pdf", on_glass)
    assert (received.filed, received.waiting, received.complete) == (len(stack), 0, 4)
    for contract in (first, second):
        assert state_of(office, contract, Copy.PARTY_A) is CopyState.SCANNED
        assert state_of(office, contract, Copy.PARTY_B) is CopyState.SCANNED
        paper = Paper(PaperKind.CONTRACT, contract, 1, Copy.PARTY_B)
        kept = filing.filed_pictures(office.company, paper)
        assert kept.page_count == len(stack) // 4
        assert kept.page_size(0) == pytest.approx((595, 842), abs=3)


def test_what_is_missing_is_told_page_by_page(office: Office) -> None:
    contract = printed(office)
    codes = codes_of(office, contract)
    read_as(office, "one", codes[0], codes[-1])
    [begun, other] = filing.filing_view(office.company).papers
    assert begun.missing == tuple(range(2, len(codes)))
    assert begun.known.title == "责任书 大客户部-2026-001"
    assert (other.known.paper.copy, other.total) == (Copy.PARTY_B, 0)
    assert state_of(office, contract, Copy.PARTY_A) is CopyState.PRINTED
    received = read_as(office, "two", *codes[1:-1])
    assert received.complete == 1
    assert state_of(office, contract, Copy.PARTY_A) is CopyState.SCANNED


def test_a_page_taken_back_takes_its_copy_back_with_the_reason(office: Office) -> None:
    contract = printed(office)
    codes = codes_of(office, contract)
    read_as(office, "one", *codes)
    contracts.sign(office.company, contract, signed_on=TODAY, **office.who)
    pages = filing.filing_view(office.company).pages
    filing.take_back(office.company, pages[0].page.id, reason="没有盖章", **office.who)
    filing.take_back(office.company, pages[1].page.id, reason="也没有", **office.who)
    course = contracts.course_of(office.company, contract).copies[Copy.PARTY_A]
    assert [one.state for one in course] == [CopyState.PRINTED, CopyState.SCANNED, CopyState.SIGNED]
    assert course[-1].reason == "扫描页退回：没有盖章"
    for one in tray(office):
        slot = one.page.slot
        assert slot is not None
        place: dict[str, Any] = {"paper": slot.paper, "number": slot.number, "total": slot.total}
        filing.file_page(office.company, one.page.id, **place, **office.who)
    assert state_of(office, contract, Copy.PARTY_A) is CopyState.SCANNED
    contracts.move_copies(
        office.company, [contract], copies=[Copy.PARTY_A], to=CopyState.DELIVERED, on=TODAY,
        **office.who,
    )  # fmt: skip
    filing.take_back(office.company, pages[0].page.id, reason="重扫", **office.who)
    assert state_of(office, contract, Copy.PARTY_A) is CopyState.DELIVERED
    assert not verify(office.company).broken


def test_the_same_file_twice_is_noticed(office: Office, tmp_path: Path) -> None:
    contract = printed(office)
    page = pages_of(contracts.contract_pdf(office.company, contract, Copy.PARTY_A))[0]
    path, again = tmp_path / "a.png", tmp_path / "b.png"
    page.save(path)
    again.write_bytes(path.read_bytes())
    first, second = receive(office, path, again)
    assert first.filed == 1
    assert "与 2026-03-02 收到的“a.png”是同一个文件" in second.refusal
    assert path.exists()


def test_a_doubled_page_keeps_the_first_and_asks(office: Office) -> None:
    contract = printed(office)
    codes = codes_of(office, contract)
    read_as(office, "one", codes[0], codes[0])
    read_as(office, "two", codes[0])
    doubled = tray(office)
    assert [one.page.reason for one in doubled] == ["重复页：这一页已经归档过"] * 2
    slot = doubled[0].page.slot
    assert slot is not None
    place: dict[str, Any] = {"paper": slot.paper, "number": 1, "total": slot.total}
    page = doubled[0].page.id
    with pytest.raises(NotAllowedError, match="已经归档过"):
        filing.file_page(office.company, page, **place, **office.who)
    filing.file_page(office.company, page, **place, instead=True, **office.who)
    states = [one.page.state for one in reversed(filing.filing_view(office.company).pages)]
    assert states == [PageState.DISCARDED, PageState.FILED, PageState.WAITING]


def test_a_page_of_an_outdated_issue_is_flagged(office: Office) -> None:
    contract = printed(office)
    old = codes_of(office, contract)
    contracts.return_to_draft(office.company, contract, reason="改目标", **office.who)
    contracts.mark_printed(office.company, [contract], **office.who)
    received = read_as(office, "old", old[0])
    assert received.waiting == 1
    assert "过期版本：这是第 1 版，现在是第 2 版" in tray(office)[0].page.reason


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda code: code[:-8] + "00000000", "校验值与这里的记录不符"),
        (lambda code: code.replace(":1:1:", ":77:1:"), "没有这份文件"),
        (lambda code: code.replace(":1/", ":99/"), "页码不合理"),
        (lambda code: code.replace(":1/", ":0/"), "页码不合理"),
        (lambda code: code.replace("/3:", "/4:").replace("/4:", "/9:"), "页数不符"),
        (lambda code: code.replace(":A:", ":-:"), "试打印"),
        (lambda code: code.replace(":C:", ":N:"), "不需要归档"),
        (lambda code: code.replace(":C:", ":G:"), "没有这份文件"),
        (lambda code: code.replace(":C:", ":S:"), "没有这份文件"),
        (lambda code: code.replace(":1:1:", ":1:2:"), "校验值与这里的记录不符"),
        (lambda _: "KPI1:" + "A" * 10_000, "识别码内容不完整"),
        (lambda _: "KPI1:C:" + "9" * 5_000, "识别码内容不完整"),
        (lambda _: "KPI1:'; DROP TABLE scans;--", "识别码内容不完整"),
        (lambda _: "", "没有读到识别码"),
    ],
)
def test_a_hostile_code_goes_to_the_tray_with_its_reason(
    office: Office,
    change: Callable[[str], str],
    said: str,
) -> None:
    contract = printed(office)
    code = codes_of(office, contract)[0]
    assert change(code) != code
    assert read_as(office, "bad", change(code)).waiting == 1
    assert said in tray(office)[0].page.reason


def test_a_page_of_another_company_file_is_not_filed(office: Office) -> None:
    contract = printed(office)
    stamp = Stamp("C", contract, 1, "0A1B2C3D")
    read_as(office, "x", code_text(PageCode(stamp, Copy.PARTY_A, 1, 3)))
    [row] = tray(office)
    assert "另一个公司文件" in row.page.reason


def test_a_page_without_a_code_is_offered_its_place_and_filed_by_hand(office: Office) -> None:
    contract = printed(office)
    codes = codes_of(office, contract)
    read_as(office, "one", codes[0], "", *codes[2:])
    [row] = tray(office)
    slot = row.page.slot
    assert slot is not None
    assert slot.number == 2
    waits = {one.step: one for one in overview(office.company, today=TODAY).todos}[Step.FILE]
    assert (waits.count, waits.names) == (1, ("one（1 页）",))
    changed = filing.file_page(
        office.company,
        row.page.id,
        paper=slot.paper,
        number=2,
        total=slot.total,
        **office.who,
    )
    assert changed
    assert tray(office) == []
    assert state_of(office, contract, Copy.PARTY_A) is CopyState.SCANNED
    with pytest.raises(NotAllowedError, match="先“退回待处理”"):
        filing.discard_pages(office.company, [row.page.id], reason="错", **office.who)
    filing.take_back(office.company, row.page.id, reason="放错了", **office.who)
    with pytest.raises(InvalidValueError, match="没有第 9 页"):
        filing.file_page(
            office.company, row.page.id, paper=slot.paper, number=9, total=3, **office.who
        )
    with pytest.raises(InvalidValueError, match="共 3 页，不是 5 页"):
        filing.file_page(
            office.company, row.page.id, paper=slot.paper, number=2, total=5, **office.who
        )
    with pytest.raises(NotAllowedError, match="理由"):
        filing.discard_pages(office.company, [row.page.id], reason=" ", **office.who)
    filing.discard_pages(office.company, [row.page.id], reason="空白附页", **office.who)
    assert tray(office) == []


def test_one_neighbour_alone_is_no_reason_for_a_guess(office: Office) -> None:
    contract = printed(office)
    first, second, _ = codes_of(office, contract)
    other = codes_of(office, contract, Copy.PARTY_B)
    read_as(office, "mixed", other[2], first, "", other[0], second, "")
    assert [one.page.slot for one in tray(office)] == [None, None]


def test_sheets_and_reports_find_their_sheet(office: Office, tmp_path: Path) -> None:
    sheet = office.sign(office.draft())[0]
    blank = pages_of(appraisals.blank_sheet_pdf(office.company, sheet))
    assert scan(office, tmp_path / "blank.pdf", blank).complete == 1
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **office.who)
    filled = pages_of(appraisals.filled_sheet_pdf(office.company, sheet))
    report = pages_of(report_pdf(office.company, sheet))
    interview = pages_of(interview_pdf(office.company, sheet))
    record(office, sheet, "态度认真")
    typed = pages_of(report_pdf(office.company, sheet))
    record(office, sheet, "态度很认真")
    # Printed before the interview was typed, and after: both say the same score.
    received = scan(office, tmp_path / "three.pdf", [*filled, *report, *interview])
    assert (received.waiting, received.complete) == (0, 3)
    assert scan(office, tmp_path / "again.pdf", typed).waiting == len(typed)
    assert {one.page.reason for one in tray(office)} == {"重复页：这一页已经归档过"}
    titles = {one.known.title for one in filing.filing_view(office.company).papers if one.filed}
    papers = ("评分表", "评分结果表", "考核报告", "面谈记录")
    assert titles == {f"{one} 2026年1月" for one in papers}


def record(office: Office, sheet: AppraisalId, comment: str) -> None:
    appraisals.record_interview(
        office.company, sheet, interview=Interview(TODAY, "䶮㛃", comment=comment), **office.who
    )


def test_a_result_that_was_recorded_anew_makes_older_papers_outdated(office: Office) -> None:
    sheet = office.sign(office.draft())[0]
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **office.who)
    old = [code for codes in _printed_codes(office, sheet) for code in codes]
    appraisals.reopen(office.company, sheet, reason="数据有误", **office.who)
    appraisals.finish_scoring(office.company, sheet, **office.who)
    assert read_as(office, "old", old[0]).waiting == 1
    assert "过期版本" in tray(office)[0].page.reason
    new = [code for codes in _printed_codes(office, sheet) for code in codes]
    assert read_as(office, "new", new[0]).filed == 1


def test_a_report_from_before_a_calibration_is_told_from_the_one_after(office: Office) -> None:
    sheet = office.sign(office.draft())[0]
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **office.who)

    def printed_report() -> tuple[list[str], str]:
        pdf = report_pdf(office.company, sheet)
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
        return codes_of_pages(pdf), "".join(text.split())

    def calibrate(total: str) -> None:
        move = reviewing.Move(sheet, Decimal(total), "市场下滑")
        reviewing.calibrate(office.company, [move], present="王总", on=TODAY, **office.who)

    before, said = printed_report()
    assert "校准后" not in said
    talk = codes_of_pages(interview_pdf(office.company, sheet))
    calibrate("70.5")
    first, said = printed_report()
    assert "绩效考核结果报告（校准后）" in said
    calibrate("72")
    last, _ = printed_report()
    later_talk = codes_of_pages(interview_pdf(office.company, sheet))
    assert later_talk[0] != talk[0]
    assert len({before[0], first[0], last[0]}) == 3
    for old in (before, first):
        assert read_as(office, old[0], *old).waiting == len(old)
        assert "打印以后又校准过（总分 72" in tray(office)[0].page.reason
        filing.discard_pages(
            office.company, [one.page.id for one in tray(office)], reason="旧", **office.who
        )
    assert read_as(office, "新", *last, *talk).waiting == 0
    assert read_as(office, "又谈", *later_talk).filed == 0
    assert {one.page.reason for one in tray(office)} == {"重复页：这一页已经归档过"}


def test_a_sheet_printed_before_its_entries_changed_is_filed_as_such(office: Office) -> None:
    sheet = office.sign(office.draft())[0]
    office.complete(sheet)

    def out() -> list[str]:
        pdf = appraisals.filled_sheet_pdf(office.company, sheet, **office.who)
        return codes_of_pages(pdf)

    early, talk = out(), codes_of_pages(interview_pdf(office.company, sheet, **office.who))
    assert early == out()
    office.enter(sheet, "days_present", Decimal(20))
    record(office, sheet, "态度认真")
    later = out()
    appraisals.finish_scoring(office.company, sheet, **office.who)
    last = out()
    received = read_as(office, "签回", *early, *talk, *later, *last)
    assert (received.waiting, received.complete) == (0, 4)
    rows = filing.filing_view(office.company).papers
    titles = sorted(one.known.title for one in rows if one.filed)
    assert titles == [
        "评分结果表 2026年1月",
        "评分结果表 2026年1月（2026-03-02 定分前打印）",
        "评分结果表 2026年1月（2026-03-02 定分前打印）",
        "面谈记录 2026年1月（2026-03-02 定分前打印）",
    ]
    notes = {one.page.reason for one in filing.filing_view(office.company).pages}
    assert notes == {"", "定分前（2026-03-02）打印的一份，按当时的数据归档"}
    code = read_code(early[0])
    assert code is not None
    forged = replace(code, stamp=replace(code.stamp, short_hash="0A1B2C3D"))
    assert read_as(office, "假", code_text(forged)).waiting == 1


def codes_of_pages(pdf: bytes) -> list[str]:
    return [code for page in codes_on(pdf) for code in page]


def _printed_codes(office: Office, sheet: AppraisalId) -> list[list[str]]:
    return list(codes_on(appraisals.filled_sheet_pdf(office.company, sheet)))


def test_an_amendment_comes_back_like_its_contract_and_outdates_blank_sheets(
    office: Office,
) -> None:
    contract = office.draft()
    march = office.sign(contract)[2]
    [before] = list(codes_on(appraisals.blank_sheet_pdf(office.company, march)))[:1]
    amendment = contracts.draw_up_amendment(
        office.company, contract, effective_on=date(2026, 3, 1), reason="调整", **office.who
    ).id
    draft = contracts.load_contract(office.company, amendment).contract
    changed = replace(draft, special_terms=("三月起执行新价",))
    contracts.edit_contract(office.company, changed, **office.who)
    contracts.mark_printed(office.company, [amendment], **office.who)
    contracts.sign(office.company, amendment, signed_on=TODAY, **office.who)
    assert read_as(office, "补充", *codes_of(office, amendment)).complete == 1
    titles = [one.known.title for one in filing.filing_view(office.company).papers if one.filed]
    assert titles[0].startswith("补充协议")
    assert read_as(office, "旧表", *before).waiting == 1
    assert "补充协议生效前打印" in tray(office)[0].page.reason
    [after] = list(codes_on(appraisals.blank_sheet_pdf(office.company, march)))[:1]
    assert read_as(office, "新表", *after).filed == 1


def test_a_page_that_hangs_the_reader_costs_only_itself_and_nothing_is_lost(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_child", lambda: hanging.serve)
    monkeypatch.setattr(reader, "_SHEET_SECONDS", 3.0)
    contract = printed(office)
    stack = pages_of(contracts.contract_pdf(office.company, contract, Copy.PARTY_A))
    before = set(active_children())
    received = scan(office, tmp_path / "卡住.pdf", stack)
    assert (received.filed, received.waiting) == (2, 1)
    assert not set(active_children()) - before, "the process that hangs is ended"
    [page] = tray(office)
    assert page.page.sheet == 1
    assert "还没有读完" in page.page.reason
    with pytest.raises(KpiDeskError, match="无法显示"):  # nor does it hang the window
        filing.page_picture(office.company, page.page.id)
    paper = Paper(PaperKind.CONTRACT, contract, 1, Copy.PARTY_A)
    filing.file_page(office.company, page.page.id, paper=paper, number=2, total=3, **office.who)
    assert state_of(office, contract, Copy.PARTY_A) is CopyState.SCANNED


def test_a_file_that_cannot_be_read_does_not_keep_the_others(
    office: Office, tmp_path: Path
) -> None:
    contract = printed(office)
    page = pages_of(contracts.contract_pdf(office.company, contract, Copy.PARTY_A))[0]
    good, bad, gone = tmp_path / "好.png", tmp_path / "坏.pdf", tmp_path / "没有.pdf"
    page.save(good)
    bad.write_bytes(b"%PDF-1.4 nothing")
    broken, absent, read = receive(office, bad, gone, good)
    assert "已损坏" in broken.refusal
    assert "打不开" in absent.refusal
    assert read.filed == 1


def test_reading_can_be_cancelled_and_nothing_of_the_file_is_kept(
    office: Office, tmp_path: Path
) -> None:
    contract = printed(office)
    pages = pages_of(contracts.contract_pdf(office.company, contract, Copy.PARTY_A))

    class Impatient:
        cancelled = False

        def step(self, done: int, total: int, text: str = "") -> None:
            assert total == len(pages) + 1, text
            self.cancelled = done == 2

    path = tmp_path / "a.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:])
    intake = filing.receive_scans(office.company, [path], progress=Impatient(), **office.who)
    assert intake.cancelled
    assert filing.filing_view(office.company).pages == ()
    assert receive(office, path)[0].complete == 1
