"""A blank trial file: can be tried as it is, and every name in it is one that the scheme knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpidesk.core.findings import Code
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme
from kpidesk.exchange.trial_template import trial_template
from kpidesk.usecases.trials import try_file

_COMMENTED = re.compile(r"(?m)^# (?=\S+ = )")
_WRONG = {Code.UNKNOWN_NAME, Code.BAD_VALUE}


@pytest.mark.parametrize("scheme", builtin_ids())
def test_a_blank_file_can_be_tried_and_filled_in(scheme: str, tmp_path: Path) -> None:
    text = trial_template(builtin_scheme(scheme), 2026)
    filled = _COMMENTED.sub("", text)
    assert filled.count("\n# ") == 0
    path = tmp_path / "试算.toml"
    for content in (text, filled):
        path.write_text(content, encoding="utf-8")
        findings = try_file(path).evaluation.findings
        assert [one.message for one in findings if one.code in _WRONG] == []


def test_each_name_is_told_in_chinese_with_its_unit() -> None:
    text = trial_template(builtin_scheme("account-manager-kpi"), 2026)
    assert "# sales_plan = 0  # 计划销售额（万元）" in text
    assert "# quarter_sales = 0  # 季度销售额（万元），每季度一个数" in text
    assert "# growth_step = 1  # 销售增长每档金额（万元）（必填）" in text
    assert '"whole"：满一档才计；"up"：不足一档按一档计' in text
    assert "account_manager：大客户经理，specialist：大客户专员" in text
