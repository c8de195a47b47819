"""What the manual shows can be done as it says."""

from __future__ import annotations

import re
from pathlib import Path

from kpidesk.usecases.trials import try_file

DOCS = Path(__file__).parents[2] / "docs"
MANUAL = (DOCS / "手册.md").read_text(encoding="utf-8")


def test_the_trial_file_of_the_manual_gives_what_the_manual_says(tmp_path: Path) -> None:
    [example] = re.findall(r"```toml\n(.*?)```", MANUAL, re.DOTALL)
    path = tmp_path / "试算.toml"
    path.write_text(example, encoding="utf-8")
    evaluation = try_file(path).evaluation
    scores = {
        who: evaluation.results[who, "score.销售完成率", "cycle"].shown for who in ("张三", "李四")
    }
    assert scores == {"张三": "24.00分", "李四": "27.00分"}
    assert "得 24 分；李四完成 110%，加 2 分，得 27 分" in MANUAL
    assert ("张三", "total", "cycle") not in evaluation.results


def test_every_picture_of_the_manual_is_there_and_used() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(pictures/([^)]+)\)", MANUAL)
    assert sorted(shown) == sorted(one.name for one in (DOCS / "pictures").glob("*.png"))
