"""Contracts from the draft to the signature."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kpidesk.core.added_item import Added
from kpidesk.core.contract import ContractState, Copy
from kpidesk.core.errors import InvalidValueError, KpiDeskError, NotAllowedError
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.target import Target
from kpidesk.exchange.builtin import builtin_scheme
from kpidesk.store import audit
from kpidesk.store.errors import DamagedFileError, GuardedRecordError
from kpidesk.usecases import appraisals, contracts, people
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.company import company_profile, save_profile
from kpidesk.usecases.progress import Unwatched
from kpidesk.usecases.verifying import verify
from tests.usecases.office import YEAR, Office

JANUARY = Period.months(2026, 1, 1)


class Impatient(Unwatched):
    """Cancels after some steps."""

    def __init__(self, patience: int) -> None:
        self.patience = patience
        self.texts: list[str] = []

    def step(self, done: int, total: int, text: str = "") -> None:
        self.texts.append(f"{done}/{total} {text}")
        self.cancelled = done >= self.patience


def test_a_draft_holds_the_parties_as_they_are_now(office: Office, who: dict[str, Any]) -> None:
    draft = office.draft()
    person = people.list_people(office.company)[1].person
    people.edit_person(office.company, replace(person, post="总经理"), **who)
    contract = contracts.load_contract(office.company, draft).contract
    assert contract.number == "大客户部-2026-001"
    assert (contract.party_a.name, contract.party_a.representative) == ("龙华贸易有限公司", "李雷")
    profile = replace(company_profile(office.company), agent="周岚")
    save_profile(office.company, profile, **who)
    later = contracts.load_contract(office.company, office.draft(people=[office.director])).contract
    assert (contract.party_a.agent, later.party_a.agent) == ("", "周岚")
    assert (contract.party_b.name, contract.party_b.post, contract.party_b.superior) == (
        "𫖯𬭎𠮷", "大客户经理", "䶮㛃",
    )  # fmt: skip
    assert contract.state is ContractState.DRAFT


def test_a_batch_is_numbered_in_order_and_whole_or_not_at_all(
    office: Office, who: dict[str, Any]
) -> None:
    terms: dict[str, Any] = {"scheme": "director-annual", "role": "director", "term": YEAR}
    both = [office.director, office.manager]
    contracts.draw_up(office.company, people=both, **terms, **who)
    numbers = [row.number for row in contracts.list_contracts(office.company)]
    assert numbers == ["大客户部-2026-001", "大客户部-2026-002"]
    third = people.add_person(
        office.company, number="003", name="张三", department=office.department, post="总监", **who
    ).id
    with pytest.raises(NotAllowedError, match="已有同一方案、期限重叠的责任书"):
        contracts.draw_up(office.company, people=[third, office.manager], **terms, **who)
    assert len(contracts.list_contracts(office.company)) == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"people": []}, "至少选择一个人"),
        ({"role": "nobody"}, "没有角色“nobody”"),
        ({"settings": {"growth_step": Decimal(-1)}}, "须大于 0"),
        ({"settings": {"nonsense": Decimal(1)}}, "没有参数“nonsense”"),
        ({"term": Period(date(2026, 1, 5), date(2026, 1, 20))}, "没有一个完整的考核周期"),
        ({"targets": [Target("sales_plan", "计划销售额", "万元", Decimal(0))]}, "为 0"),
        ({"targets": [Target("sales", "实际销售额", "万元", Decimal(5))]}, "没有目标"),
        (
            {"targets": [Target("sales_plan", "计划", "万元", Decimal(2), (Decimal(1),) * 2)]},
            "分解成了 2 个月，责任期限却是 12 个月",
        ),
        (
            {"targets": [Target("sales_plan", "计划", "万元", Decimal(2))] * 2},
            "填了两次",
        ),
        ({"scheme": "key-account-director", "role": "director", "settings": {}}, "缺少指标"),
        ({"scheme": "nonsense"}, "没有内置方案"),
    ],
)
def test_terms_that_cannot_be_kept_to_are_refused_and_nothing_is_drawn_up(
    office: Office, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(KpiDeskError, match=said):
        office.draft(**changes)
    assert contracts.list_contracts(office.company) == ()


def test_weights_that_do_not_add_to_100_are_refused(office: Office) -> None:
    with pytest.raises(InvalidValueError, match="合计"):
        office.draft(
            scheme="director-annual",
            role="director",
            settings={"weight.市场份额": Decimal(25)},
            targets=[],
        )


def test_somebody_who_has_left_gets_no_contract(office: Office, who: dict[str, Any]) -> None:
    people.leave_person(office.company, office.manager, last_day=date(2025, 12, 31), **who)
    with pytest.raises(NotAllowedError, match="2025-12-31 离职"):
        office.draft()


def test_a_draft_can_be_edited_and_edited_back(office: Office, who: dict[str, Any]) -> None:
    draft = office.draft()
    before = contracts.load_contract(office.company, draft).contract
    after = replace(before, special_terms=("试用期内不考核",), number="龙华-1")
    assert contracts.edit_contract(office.company, after, **who) is Changes.CONTRACTS
    assert contracts.load_contract(office.company, draft).contract == after
    assert contracts.edit_contract(office.company, before, **who) is Changes.CONTRACTS
    assert contracts.edit_contract(office.company, before, **who) is Changes.NONE


def test_a_number_stands_on_one_contract_only(office: Office, who: dict[str, Any]) -> None:
    office.draft()
    other = office.draft(people=[office.director])
    contract = contracts.load_contract(office.company, other).contract
    with pytest.raises(InvalidValueError, match="已经用在另一份责任书上"):
        contracts.edit_contract(
            office.company, replace(contract, number="大客户部-2026-001"), **who
        )


def test_what_was_printed_is_shown_byte_for_byte(office: Office, who: dict[str, Any]) -> None:
    draft = office.draft()
    looked_at = contracts.contract_pdf(office.company, draft, Copy.PARTY_A)
    contracts.mark_printed(office.company, [draft], **who)
    assert contracts.contract_pdf(office.company, draft, Copy.PARTY_A) == looked_at
    contracts.sign(office.company, draft, signed_on=date(2026, 3, 2), **who)
    assert contracts.contract_pdf(office.company, draft, Copy.PARTY_A) == looked_at
    other = contracts.contract_pdf(office.company, draft, Copy.PARTY_B)
    assert other.startswith(b"%PDF")
    assert other != looked_at


def test_a_printed_contract_is_changed_only_after_it_was_taken_back(
    office: Office, who: dict[str, Any]
) -> None:
    draft = office.draft()
    contracts.mark_printed(office.company, [draft], **who)
    printed = contracts.load_contract(office.company, draft).contract
    with pytest.raises(NotAllowedError, match="请先退回草稿"):
        contracts.edit_contract(office.company, replace(printed, special_terms=("x",)), **who)
    with pytest.raises(NotAllowedError, match="必须填写理由"):
        contracts.return_to_draft(office.company, draft, reason=" ", **who)
    contracts.return_to_draft(office.company, draft, reason="目标改了", **who)
    back = contracts.load_contract(office.company, draft).contract
    assert (back.state, back.revision, back.printed_on) == (ContractState.DRAFT, 2, None)
    contracts.mark_printed(office.company, [draft], **who)
    with office.company.read() as connection:
        lines = [line for _, line in audit.read(connection, f"contract:{draft}")]
    assert [line.action.split(".")[1] for line in lines] == ["draw_up", "print", "return", "print"]
    assert lines[2].reason == "目标改了"


def test_signing_opens_a_sheet_for_each_month_of_the_term(office: Office) -> None:
    sheets = office.sign(office.draft())
    assert len(sheets) == 12
    rows = appraisals.list_appraisals(office.company)
    assert [row.cycle.key for row in rows] == [f"2026-{month:02d}" for month in range(1, 13)]
    assert {row.state for row in rows} == {appraisals.SheetState.NOT_STARTED}
    assert len(appraisals.list_appraisals(office.company, period=JANUARY)) == 1


@pytest.mark.parametrize(
    ("day", "said"), [(date(2026, 3, 1), "早于打印日期"), (date(2026, 3, 3), "还没有到")]
)
def test_a_signing_day_that_cannot_be_is_refused(
    office: Office, who: dict[str, Any], day: date, said: str
) -> None:
    draft = office.draft()
    contracts.mark_printed(office.company, [draft], **who)
    with pytest.raises(InvalidValueError, match=said):
        contracts.sign(office.company, draft, signed_on=day, **who)
    assert contracts.load_contract(office.company, draft).contract.signed_on is None


def test_a_batch_of_signatures_is_whole_or_not_at_all(office: Office, who: dict[str, Any]) -> None:
    printed, draft = office.draft(), office.draft(people=[office.director])
    contracts.mark_printed(office.company, [printed], **who)
    with pytest.raises(NotAllowedError, match="请先打印再登记签署"):
        contracts.sign(office.company, [printed, draft], signed_on=date(2026, 3, 2), **who)
    assert appraisals.list_appraisals(office.company) == ()


def test_a_signed_contract_is_never_changed_again(office: Office, who: dict[str, Any]) -> None:
    draft = office.draft()
    office.sign(draft)
    with pytest.raises(NotAllowedError):
        contracts.void(office.company, draft, reason="x", **who)
    with pytest.raises(NotAllowedError):
        contracts.return_to_draft(office.company, draft, reason="x", **who)
    for sql in (
        "UPDATE contracts SET state = 'draft'",
        "UPDATE contracts SET terms = '{}'",
        "DELETE FROM contracts",
        "UPDATE papers SET pdf = x'00'",
        "DELETE FROM papers",
        "UPDATE schemes SET title = 'x'",
        "INSERT OR REPLACE INTO contracts SELECT * FROM contracts",
    ):
        with pytest.raises(GuardedRecordError), office.company.change("王芳") as work:
            work.connection.exec_driver_sql(sql)


def test_terms_that_were_changed_behind_our_back_are_noticed(office: Office) -> None:
    draft = office.draft()
    with office.company.change("王芳") as work:
        work.connection.exec_driver_sql(
            "UPDATE contracts SET terms = replace(terms, '1200', '1300')"
        )
    with pytest.raises(DamagedFileError, match="校验值不符"):
        contracts.load_contract(office.company, draft)


def test_a_paper_that_was_changed_together_with_its_hash_is_noticed(office: Office) -> None:
    draft = office.draft()
    office.sign(draft)
    printed = contracts.contract_pdf(office.company, draft, Copy.PARTY_A)
    forged = printed.replace(b"KPI Desk", b"KPI Dusk")
    with office.company.change("王芳") as work:
        work.connection.exec_driver_sql("DROP TRIGGER papers_no_update")
        work.connection.exec_driver_sql(
            "UPDATE papers SET pdf = ?, sha256 = ? WHERE copy = ?",
            (forged, sha256(forged).hexdigest(), Copy.PARTY_A.value),
        )
    with pytest.raises(DamagedFileError, match="打印存档与操作日志不符"):
        contracts.contract_pdf(office.company, draft, Copy.PARTY_A)
    assert contracts.contract_pdf(office.company, draft, Copy.PARTY_B)


def test_a_void_contract_makes_room_for_another(office: Office, who: dict[str, Any]) -> None:
    draft = office.draft()
    contracts.void(office.company, draft, reason="岗位调整", **who)
    assert contracts.load_contract(office.company, office.draft()).contract.number.endswith("-002")


def test_a_batch_is_written_as_whole_files_and_can_be_cancelled(
    office: Office, tmp_path: Path
) -> None:
    ids = [office.draft(), office.draft(people=[office.director])]
    made = contracts.contracts_pdf(office.company, ids, folder=tmp_path)
    assert [path.name for path in made.paths] == [
        "大客户部-2026-001_𫖯𬭎𠮷_甲方存.pdf",
        "大客户部-2026-001_𫖯𬭎𠮷_乙方存.pdf",
        "大客户部-2026-002_䶮㛃_甲方存.pdf",
        "大客户部-2026-002_䶮㛃_乙方存.pdf",
    ]
    assert all(path.read_bytes().startswith(b"%PDF") for path in made.paths)
    stopped = contracts.contracts_pdf(office.company, ids, progress=Impatient(1))
    assert (stopped.done, stopped.cancelled) == (1, True)
    with contracts.preview(stopped.pdf) as pages:
        one = pages.page_count
    with contracts.preview(contracts.contracts_pdf(office.company, ids).pdf) as pages:
        assert pages.page_count > one


def test_cancelled_printing_prints_nothing(office: Office, who: dict[str, Any]) -> None:
    ids = [office.draft(), office.draft(people=[office.director])]
    outcome = contracts.mark_printed(office.company, ids, progress=Impatient(1), **who)
    assert outcome is Changes.NONE
    states = {row.state for row in contracts.list_contracts(office.company)}
    assert states == {ContractState.DRAFT}


def test_a_folder_that_is_not_there_is_said(office: Office, tmp_path: Path) -> None:
    with pytest.raises(KpiDeskError, match="没有写到"):
        contracts.contracts_pdf(office.company, [office.draft()], folder=tmp_path / "没有")


def test_a_scheme_that_lost_its_indicators_takes_another_s(office: Office) -> None:
    draft = office.draft(
        scheme="key-account-director",
        indicator_scheme="director-annual",
        role="director",
        settings={},
        targets=[],
    )
    details = contracts.load_contract(office.company, draft)
    assert details.scheme.title == "大客户总监绩效考核方案设计(责任书)"
    assert len(list(details.scheme.leaves())) == 12
    assert len(office.sign(draft)) == 1


def test_blank_targets_are_what_the_scheme_agrees_on_and_stay_out_of_the_contract(
    office: Office,
) -> None:
    scheme = contracts.load_contract(office.company, office.draft(people=[office.director])).scheme
    blanks = contracts.blank_targets(scheme, "account_manager", YEAR)
    assert [one.fact for one in blanks] == ["sales_plan", "new_customers_plan"]
    contract = contracts.load_contract(office.company, office.draft(targets=blanks)).contract
    assert contract.targets == ()


def test_a_year_from_march_has_its_months_counted_from_march(office: Office) -> None:
    term = Period(date(2026, 3, 1), date(2027, 3, 1))
    sheets = office.sign(office.draft(term=term))
    rows = [row for row in appraisals.list_appraisals(office.company) if row.id in sheets]
    assert (rows[0].cycle.start, rows[-1].cycle.last_day) == (date(2026, 3, 1), date(2027, 2, 28))
    assert all(
        later.cycle.start - earlier.cycle.last_day == timedelta(days=1)
        for earlier, later in pairwise(rows)
    )


def test_earlier_settings_are_those_of_the_latest_contracts_where_they_agree(
    office: Office,
) -> None:
    scheme = builtin_scheme("account-manager-kpi")

    def offered(*people: PersonId, before: date = date(2028, 1, 1)) -> dict[str, object]:
        found = contracts.earlier_settings(
            office.company, people=people, scheme=scheme, role="account_manager", before=before
        )
        return {one.name: one.value for one in found}

    assert offered(office.manager) == {}
    office.draft(settings={"growth_step": Decimal(8), "growth_start": Decimal(2)})
    office.draft(
        settings={"growth_step": Decimal(10), "growth_start": Decimal(2)},
        term=Period.months(2027, 1, 12),
        people=[office.manager, office.director],
    )
    later = {"growth_step": Decimal(10), "growth_start": Decimal(2)}
    assert offered(office.manager) == later
    assert offered(office.manager, before=date(2027, 1, 1))["growth_step"] == Decimal(8)
    assert offered(office.manager, office.director) == later
    office.draft(
        settings={"growth_step": Decimal(12)},
        term=Period.months(2028, 1, 12),
        people=[office.director],
    )
    assert offered(office.manager, office.director, before=date(2029, 1, 1)) == {}


def test_an_improvement_item_is_printed_and_scored_as_an_indicator(office: Office) -> None:
    id_ = office.draft()
    details = contracts.load_contract(office.company, id_)
    item = Added("按时交报告", Decimal(10), "每月 5 日前交齐得满分", date(2026, 6, 30))
    changed = replace(details.contract, added=(item,))
    contracts.edit_contract(office.company, changed, **office.who)
    twice = replace(changed, added=(item, item))
    with pytest.raises(InvalidValueError, match="换一个名称"):
        contracts.edit_contract(office.company, twice, **office.who)
    pdf = BytesIO(contracts.contract_pdf(office.company, id_))
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    for words in ("改进事项", "按时交报告", "每月 5 日前交齐得满分", "2026-06-30"):
        assert words.replace(" ", "") in "".join(text.split())
    sheet = office.sign(id_)[0]
    view = appraisals.load_sheet(office.company, sheet)
    assert view.sheet.rows[-1].indicator.name == "按时交报告"
    before = appraisals.load_sheet(office.company, sheet).scheme.full_points
    assert before(view.sheet.rows[-1].indicator) == 10
    office.complete(sheet)
    office.enter(sheet, "score.按时交报告", Decimal(9))
    done = appraisals.finish_scoring(office.company, sheet, **office.who).view
    assert done.sheet.total is not None
    assert verify(office.company).broken == ()
