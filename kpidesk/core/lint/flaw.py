"""A flaw of a scheme: how bad, what, where, in which words, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.lint.fixes import Fix


class Severity(StrEnum):
    """How bad a flaw is."""

    ERROR = "error"  # must be put right before anybody signs
    WARNING = "warning"  # can be computed, but somebody may be judged or paid otherwise
    HINT = "hint"  # good to know


KIND_TITLES: Final = {
    FlawKind.CONTRADICTION: "自相矛盾",
    FlawKind.IMPOSSIBLE_DATE: "日期不存在",
    FlawKind.WEIGHTS: "权重合计不对",
    FlawKind.POINTS: "满分合计不对",
    FlawKind.OVERLAP: "重叠",
    FlawKind.NAME: "名称有误",
    FlawKind.NAME_CYCLE: "循环引用",
    FlawKind.FORMULA: "公式有误",
    FlawKind.MISSING: "条款缺失",
    FlawKind.UNDEFINED: "没有定义",
    FlawKind.BLANK: "空白待填",
    FlawKind.GAP: "有空档",
    FlawKind.BOUND: "恰好在界上没有规定",
    FlawKind.UNREACHABLE: "达不到",
    FlawKind.WAGE: "可能低于最低工资",
    FlawKind.UNCLEAR: "有多种理解",
    FlawKind.MISPRINT: "错漏字",
    FlawKind.UNUSED: "没有用到",
}

_ERRORS: Final = frozenset(
    {
        FlawKind.CONTRADICTION,
        FlawKind.IMPOSSIBLE_DATE,
        FlawKind.WEIGHTS,
        FlawKind.POINTS,
        FlawKind.OVERLAP,
        FlawKind.NAME,
        FlawKind.NAME_CYCLE,
        FlawKind.FORMULA,
    }
)
_HINTS: Final = frozenset({FlawKind.MISPRINT, FlawKind.UNUSED})


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong. `clause` and `phrase` quote the source; `name` says where."""

    kind: FlawKind
    message: str
    clause: str = ""
    phrase: str = ""
    name: str = ""
    fix: Fix | None = None
    lighter: bool = False
    """One step less bad than its kind is."""

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        if self.kind in _ERRORS:
            return Severity.WARNING if self.lighter else Severity.ERROR
        return Severity.HINT if self.lighter or self.kind in _HINTS else Severity.WARNING

    @property
    def title(self) -> str:
        """Its kind in Chinese."""
        return KIND_TITLES[self.kind]
