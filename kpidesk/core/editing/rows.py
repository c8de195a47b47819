"""Lists of records: one more, one less, another order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from kpidesk.core.contract_sections import ContractItem, ContractSection, Slot
from kpidesk.core.editing.begun import free
from kpidesk.core.editing.needs import named_metrics, used_names, without_needs
from kpidesk.core.editing.pay_kinds import some_line
from kpidesk.core.editing.places import Path, at, put, words_in
from kpidesk.core.editing.renaming import renumbered
from kpidesk.core.editing.writing import free_parameter, with_printed_grades
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.grading import GradeScale
from kpidesk.core.measures import Metric
from kpidesk.core.paying.pooling.rules import PoolItem
from kpidesk.core.paying.rules import PayLine, RoleAmount, WagePart
from kpidesk.core.rating import Rater
from kpidesk.core.scheme import Ambiguity, FactSpec, Role, Scheme, SourceRule
from kpidesk.core.scoring.rules import Level, Range, RangeTable
from kpidesk.core.settings import Parameter, ParameterKind, Ref
from kpidesk.core.tables import Band, Bands

_ONE, _TWO = Decimal(1), Decimal(2)
MAY_BE_EMPTY: Final = frozenset(
    {
        "raters", "facts", "parameters", "contract", "pay", "advice", "items.contract", "rules",
        "ambiguities", "metrics",
    }
)  # fmt: skip
"""Lists that a scheme may do without."""


def with_row(scheme: Scheme, path: Path) -> Scheme:
    """One more record at the end of a list (of a table of bands: above the last)."""
    rows = at(scheme, path)
    match path:
        case ("grades", *_):
            return _with_band(scheme, path, rows)
        case ("roles",):
            new: object = Role(free("role", (one.name for one in rows)), "新岗位")
        case ("raters",):
            return _with_rater(scheme)
        case ("facts",):
            new = FactSpec(free("fact", (one.name for one in rows)), "新数据项", "元", signed=True)
        case ("parameters",):
            name = free_parameter(scheme)
            new = Parameter(name, "新参数", ParameterKind.NUMBER, "由公司填写")
        case ("contract",):
            new = ContractSection(Slot.APPENDIX, "其他约定", (ContractItem("请填写条款"),))
        case ("pay", *_, "lines"):
            new = PayLine(some_line(scheme))
        case ("rules",):
            new = SourceRule(_numbered("R", 2, (one.id for one in rows)), "请填写规定", "")
        case ("ambiguities",):
            number = _numbered("A", 3, (one.id for one in rows))
            new = Ambiguity(number, "请填写原文", "请填写问题", "请填写理解")
        case _:
            new = _like(scheme, rows[-1])
    return put(scheme, path, (*rows, new))


def without_row(scheme: Scheme, path: Path, place: int) -> Scheme:
    """A list with one record less, and without what only that one needed."""
    rows = at(scheme, path)
    gone = rows[place]
    name = str(path[-1]) if path[0] != "contract" or len(path) == 1 else "items.contract"
    if len(rows) == 1 and name not in MAY_BE_EMPTY:
        msg = "至少要留一项；可以直接改它的内容"
        raise InvalidValueError(msg)
    if isinstance(gone, FactSpec | Parameter):
        _refuse_used(scheme, gone)
    if isinstance(gone, Metric) and gone.result in named_metrics(scheme):
        msg = f"“{gone.name}”还有规则或公式在用，不能删；请先改掉用到它的地方"
        raise InvalidValueError(msg)
    if isinstance(gone, Role):
        _refuse_asked(scheme, gone)
    if isinstance(gone, SourceRule | Ambiguity):
        scheme = renumbered(scheme, gone, "")
    after = put(scheme, path, (*rows[:place], *rows[place + 1 :]))
    if path[0] == "grades":
        return with_printed_grades(after)
    return without_needs(scheme, after)


def with_moved_row(scheme: Scheme, path: Path, place: int, to: int) -> Scheme:
    """A list with one record at another place."""
    rows = list(at(scheme, path))
    rows.insert(to, rows.pop(place))
    return put(scheme, path, tuple(rows))


def with_grades(scheme: Scheme) -> Scheme:
    """The scheme with a usual grade scale, where it has none."""
    bands = (("不合格", 0), ("合格", 60), ("良好", 80), ("优秀", 90))
    rows = tuple(Band(Decimal(bound), name) for name, bound in bands)
    scale = GradeScale(Bands(rows), ZERO, HUNDRED, ())
    return scheme if scheme.grades else with_printed_grades(replace(scheme, grades=scale))


def without_grades(scheme: Scheme) -> Scheme:
    """The scheme without grades, and without the parameters that only they asked."""
    return without_needs(scheme, replace(scheme, grades=None))


def _with_band(scheme: Scheme, path: Path, rows: tuple[Band[str], ...]) -> Scheme:
    scale = scheme.grades
    top = scale.most if scale and scale.most > rows[-1].at else rows[-1].at + _TWO
    middle = ((rows[-1].at + top) / _TWO).normalize() + ZERO
    return with_printed_grades(put(scheme, path, (*rows, Band(middle, "新等级"))))


def _with_rater(scheme: Scheme) -> Scheme:
    """A kind of rater, with the parameter that holds its share: the first counts for all."""
    name = free("rater", (one.name for one in scheme.raters))
    share = free_parameter(scheme)
    parameter = Parameter(
        share,
        "评分人权重",
        ParameterKind.NUMBER,
        "此类评分人占多少；各类合计 100%",
        default=ZERO if scheme.raters else HUNDRED,
        unit="%",
        least=ZERO,
    )
    rater = Rater(name, "上级评" if not scheme.raters else "新评分人", Ref(share))
    return replace(
        scheme, raters=(*scheme.raters, rater), parameters=(*scheme.parameters, parameter)
    )


def _like(scheme: Scheme, last: Any) -> object:  # noqa: ANN401 - any record of a list
    """One more of a kind, ready to be filled in."""
    match last:
        case Level():
            return Level(ZERO, "请填写")
        case Range():
            return Range(last.most + _ONE, last.most + (last.most - last.least) + _ONE, last.points)
        case ContractItem():
            return ContractItem("请填写条款")
        case RoleAmount():
            used = {one.name for one in scheme.roles}
            return replace(last, role=next(iter(sorted(used - {last.role})), last.role))
        case PoolItem():
            return replace(last, name=f"{last.name} 2", percent=ZERO)
        case WagePart():
            return replace(last, standard=f"{last.standard}2", label="新部分", share=ZERO)
        case RangeTable():
            return replace(last, clause="")
        case _:
            return last


def _numbered(letter: str, digits: int, taken: Iterable[str]) -> str:
    """The first number that nothing has, of so many digits."""
    known = set(taken)
    number = 1
    while (name := f"{letter}{number:0{digits}d}") in known:
        number += 1
    return name


def _refuse_used(scheme: Scheme, one: FactSpec | Parameter) -> None:
    if one.name in used_names(scheme):
        msg = f"“{one.label}”还有规则或公式在用，不能删；请先改掉用到它的地方"
        raise InvalidValueError(msg)


def _refuse_asked(scheme: Scheme, role: Role) -> None:
    asked = {*words_in(scheme.pay), *(name for one in scheme.facts for name in one.roles)}
    if role.name in asked:
        msg = f"岗位“{role.title}”还有薪酬项目或数据项在用，不能删"
        raise InvalidValueError(msg)
