from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from kpidesk.core.approval import Approval, ApprovalLine, Before, Change
from kpidesk.core.period import Period
from kpidesk.documents.approval import approval_pdf
from kpidesk.documents.stamp import Stamp
from tests.documents.samples import codes_of, page_texts, text_of

STAMP = Stamp("G", 202603, 1, "0a1b2c3d")
CYCLE = Period.parse("2026-03")
LINE = ApprovalLine(
    "𬭎䶮", "E0013", "大客户部", "大客户经理", "大客户经理/专员绩效考核指标", Decimal("68.00"),
    Decimal(85), "", True, 0, Before(Period.parse("2026-02"), Decimal("70.50"), ""),
    (Change("指标“销售增长率”改写为 3 分", "回款延后入账", "李慧", date(2026, 4, 4)),),
    ("各指标满分合计 85 分",),
)  # fmt: skip
MISSING = replace(
    LINE, name="欧阳𠮷", total=None, missing=3, recorded=False, changes=(), before=None
)
READY = replace(LINE, name="王芳", department="市场部", recorded=False, changes=(), grade="优秀")


def approval(*lines: ApprovalLine, without: tuple[str, ...] = ("张三（总经办）",)) -> Approval:
    return Approval(
        "北京华远智造科技有限公司", "全公司", CYCLE, lines or (LINE, MISSING, READY), without
    )


def pdf(*lines: ApprovalLine) -> bytes:
    return approval_pdf(approval(*lines), stamp=STAMP)


def test_each_person_stands_with_score_last_period_and_change() -> None:
    text = text_of(pdf())
    assert "大客户部（2人）𬭎䶮E0013大客户经理68.00*满分85—70.502026-02-2.50" in text
    assert "68.00满分85未定分优秀" in text
    assert "缺尚缺3项" in text


def test_rewritten_scores_stand_with_reason_and_name() -> None:
    assert "指标“销售增长率”改写为3分回款延后入账李慧2026-04-04" in text_of(pdf())
    assert "本期没有改写得分" in text_of(pdf(READY))


def test_what_is_open_is_named() -> None:
    text = text_of(pdf())
    assert "数据未齐，没有总分1人欧阳𠮷" in text
    assert "总分已算出，尚未定分1人王芳" in text
    assert "在职但没有本周期的评分表1人张三（总经办）" in text


def test_warnings_name_whom_they_concern() -> None:
    assert "1.各指标满分合计85分（𬭎䶮、欧阳𠮷、王芳）" in text_of(pdf())


def test_the_spread_counts_only_those_with_a_total() -> None:
    text = text_of(pdf())
    assert "2人（100%）" in text
    assert "268.0068.0068.00优秀1人" in text


def test_the_decision_is_left_to_the_hand_and_stays_on_one_page() -> None:
    for count in range(1, 80, 6):
        line = replace(LINE, warnings=LINE.warnings if count % 4 == 1 else ())
        pages = page_texts(pdf(*[replace(line, number=f"E{n}") for n in range(count)]))
        found = [page for page in pages if "审批意见" in page]
        assert len(found) == 1
        for said in (
            "同意上述考核结果",
            "退回重新核定",
            "意见和理由：",
            "总经理（签字）：",
            "日期：",
        ):
            assert said in found[0]


def test_every_page_has_one_code_of_its_own_kind() -> None:
    found = list(codes_of(pdf()))
    assert all(len(one) == 1 and one[0].startswith("KPI1:G:202603:1:-:") for one in found)


def test_nobody_complete_leaves_out_the_spread() -> None:
    assert "得分分布" not in text_of(pdf(MISSING))
