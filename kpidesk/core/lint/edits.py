"""What a fix changes in a scheme, put side by side: as it is, and as it will be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from kpidesk.core.aggregation import PointsSum
from kpidesk.core.explain import show
from kpidesk.core.formula.in_scheme import formulas_of, results_given
from kpidesk.core.lint.fixes import (
    AskForBase,
    Choose,
    Declare,
    Drop,
    Fix,
    Reorder,
    Reweigh,
    Reword,
)
from kpidesk.core.paying.rules import PayRule
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import Parameter

_BLANK = "空白"
_GONE = "删去"


@dataclass(frozen=True, slots=True)
class Edit:
    """One place of a scheme before and after; all in Chinese."""

    what: str
    before: str
    after: str

    @property
    def text(self) -> str:
        """In one line: 表头满分：100 分 → 85 分."""
        return f"{self.what}：{self.before} → {self.after}"


def edits(scheme: Scheme, fix: Fix) -> tuple[Edit, ...]:
    """What `mended` changes in this scheme."""
    match fix:
        case Reweigh(worths):
            return tuple(_reweighed(scheme, dict(worths)))
        case Declare(points):
            rule = scheme.aggregation
            declared = rule.declared if isinstance(rule, PointsSum) else None
            return (Edit("表头的满分", _worth(declared, " 分"), _worth(points, " 分")),)
        case Choose():
            return tuple(
                _chosen(one, fix) for one in scheme.parameters if one.name == fix.parameter
            )
        case Drop(name, label):
            kind = "参数" if scheme.parameter(name) else "数据项"
            return (Edit(f"{kind}“{label}”", "有", _GONE),)
        case AskForBase(label=label, before=before):
            more = "上一期" if before else "去年同期"
            return (Edit(f"“{label}”要填的数字", "没有周期开始以前的", f"另填{more}的"),)
        case Reword(name, expression):
            places = [one for one in formulas_of(scheme) if one.name == name]
            return tuple(Edit(f"“{one.label}”的公式", one.text, expression) for one in places)
        case Reorder(places):
            after = tuple(scheme.pay[one] for one in places)
            return (Edit("计算次序", _order(scheme.pay), _order(after)),)
        case _:
            assert_never(fix)


def _reweighed(scheme: Scheme, worths: dict[str, Decimal]) -> Iterator[Edit]:
    what, unit = ("权重", "%") if scheme.is_weighted else ("满分", " 分")
    for one in scheme.walk():
        worth = worths.get(one.name, one.worth)
        if worth != one.worth:
            yield Edit(f"“{one.name}”的{what}", _worth(one.worth, unit), _worth(worth, unit))


def _chosen(parameter: Parameter, fix: Choose) -> Edit:
    before = _BLANK if parameter.default is None else parameter.text(parameter.default).strip()
    return Edit(f"参数“{fix.label}”", before, parameter.text(fix.value).strip())


def _worth(worth: Decimal | None, unit: str) -> str:
    return _BLANK if worth is None else f"{show(worth)}{unit}"


def _order(rules: Iterable[PayRule]) -> str:
    """The first result that each rule gives, one after the other."""
    given = (results_given(rule) for rule in rules)
    return "、".join(labels[0][1] for labels in given if labels)
