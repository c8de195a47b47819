from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpidesk.core.appraisal import (
    Appraisal,
    Delivery,
    Interview,
    Opinion,
    PlanItem,
    Refusal,
)
from kpidesk.core.follow_up import FollowUp, Outcome, Tracked
from kpidesk.core.sheet import make_sheet
from kpidesk.documents.interview import NO_PLANS, Plans
from kpidesk.documents.interview_record import interview_pdf
from kpidesk.documents.stamp import Stamp
from tests.documents.samples import (
    MANAGER,
    manager_appraisal,
    manager_contract,
    page_texts,
    text_of,
)


def record(appraisal: Appraisal, plans: Plans = NO_PLANS) -> bytes:
    contract = manager_contract()
    sheet = make_sheet(MANAGER, contract, appraisal)
    stamp = Stamp("I", 2, 1, "0a1b2c3d")
    return interview_pdf(sheet, appraisal, contract, MANAGER, plans=plans, stamp=stamp)


def test_it_holds_result_talk_plan_and_opinion_on_one_page() -> None:
    pdf = record(manager_appraisal())
    assert len(page_texts(pdf)) == 1
    text = text_of(pdf)
    for said in ("绩效面谈记录表", "2026年3月", "总分68.00", "2026年4月10日", "客户档案完整",
                 "续约谈判拖延", "每周拜访3家重点客户", "2026-06-30", "市场部提供资料",
                 "保留意见", "每档金额偏高", "被考核人：", "面谈人：", "人力资源部："):  # fmt: skip
        assert said in text


def test_it_says_where_most_points_were_lost_worst_first() -> None:
    text = text_of(record(manager_appraisal()))
    assert "失分较多销售增长率（3.00/10分）；" in text


def test_without_a_talk_it_is_a_form_to_fill_in_by_hand() -> None:
    blank = record(replace(manager_appraisal(), interview=Interview()))
    assert len(page_texts(blank)) == 1
    assert "年月日" in text_of(blank)
    assert "客户档案完整" not in text_of(blank)


def test_what_is_not_scored_yet_is_missing_and_no_loss() -> None:
    text = text_of(record(replace(manager_appraisal(), entries=(), overrides=())))
    assert "总分缺" in text
    assert "失分较多" not in text


def test_long_words_run_over_pages_whole() -> None:
    talk = replace(manager_appraisal().interview, comment="谈" * 3000)
    text = text_of(record(replace(manager_appraisal(), interview=talk)))
    assert text.count("谈") >= 3000


def test_a_refusal_says_who_saw_it_and_how_the_result_was_delivered() -> None:
    seen = Refusal(("李慧", "欧阳𠮷"), Delivery.POST, date(2026, 4, 12), "EMS 1043")
    talk = replace(manager_appraisal().interview, opinion=Opinion.REFUSES, refusal=seen)
    text = text_of(record(replace(manager_appraisal(), interview=talk)))
    for said in ("见证人一李慧（签字）", "见证人二欧阳𠮷（签字）", "邮寄送达", "2026年4月12日"):
        assert said in text
    waiting = replace(talk, refusal=Refusal(("李慧", "欧阳𠮷")))
    assert "（还没有送达）" in text_of(record(replace(manager_appraisal(), interview=waiting)))


def test_what_became_of_plans_is_told_and_what_earlier_ones_left_to_do() -> None:
    look = FollowUp(
        "每周拜访", Outcome.GOES_ON, "差一半", date(2026, 6, 30), date(2026, 8, 1), "李慧"
    )
    late = FollowUp("整理档案", Outcome.NOT_DONE, "没有动", date(2026, 3, 1))
    left = (Tracked(PlanItem("整理档案"), (late,)), Tracked(PlanItem("参加培训")))
    text = text_of(record(manager_appraisal(), Plans((look,), left)))
    for said in ("继续，改到2026-08-01", "差一半", "2026-03-01未完成：没有动", "还没有跟踪"):
        assert said in text
