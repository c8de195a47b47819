"""What was changed while the file was closed, in tables that nothing else proves."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kpidesk.store.proof.broken import Broken, Part
from kpidesk.store.seal import SCHEMA

_NAMES = {
    SCHEMA: "文件的结构",
    "settings": "设置",
    "people": "人员登记",
    "departments": "部门登记",
    "appraisals": "评分表的状态",
    "appraisal_entries": "评分表的数据",
    "appraisal_overrides": "直接给分",
    "appraisal_exemptions": "免考核",
    "appraisal_raters": "考核人",
    "second_entries": "第二次录入",
    "scheme_drafts": "方案草稿",
    "target_plans": "目标计划草稿",
    "contracts": "责任书",
    "scan_pages": "扫描页的归档",
}
"""What the officer calls what lies in a table; the others are called by their place."""
_UNPROVED = frozenset({SCHEMA, "settings", "scheme_drafts", "target_plans"})
"""Tables of which nothing is held to the log: what is broken elsewhere does not explain them."""


def check_seal(changed: Collection[str], broken: Collection[Broken]) -> Iterator[Broken]:
    """The tables that are not as they were when the file was closed.

    `broken` is what was found already: it names its record, and is not said again.
    """
    for table in changed:
        if not broken or table in _UNPROVED:
            yield Broken(Part.OTHER, sealed_name(table), "关闭以后在程序之外被改动过")


def sealed_name(table: str) -> str:
    """What the officer calls what lies in a table."""
    return _NAMES.get(table, f"数据表 {table}")
