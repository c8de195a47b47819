"""Lists of records: one more, one less, another order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from kpidesk.core.contract_sections import ContractItem, ContractSection, Slot
from kpidesk.core.editing.needs import used_names, without_needs
from kpidesk.core.editing.places import Path, at, put, words_in
from kpidesk.core.editing.writing import free_parameter, with_printed_grades
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.grading import GradeScale
from kpidesk.core.paying.rules import (
    ComponentSplit,
    Deadline,
    FixedReimbursement,
    FormulaPay,
    PayLine,
    PayRule,
    PayTotal,
    RoleAmount,
    TextOnly,
    WagePart,
)
from kpidesk.core.rating import Rater
from kpidesk.core.scheme import FactSpec, Role, Scheme
from kpidesk.core.scoring.rules import Level, Range, RangeTable
from kpidesk.core.settings import Parameter, ParameterKind, Ref
from kpidesk.core.tables import Band, Bands

_ONE, _TWO = Decimal(1), Decimal(2)
MAY_BE_EMPTY: Final = frozenset(
    {"raters", "facts", "parameters", "contract", "pay", "advice", "items.contract"}
)
"""Lists that a scheme may do without."""
NEW_PAY: Final = (FormulaPay, FixedReimbursement, ComponentSplit, PayTotal, Deadline, TextOnly)
"""The kinds of pay rule that can be begun with nothing; the others come with a scheme."""


def with_row(scheme: Scheme, path: Path) -> Scheme:
    """One more record at the end of a list (of a table of bands: above the last)."""
    rows = at(scheme, path)
    match path:
        case ("grades", *_):
            return _with_band(scheme, path, rows)
        case ("roles",):
            new: object = Role(_free("role", (one.name for one in rows)), "新岗位")
        case ("raters",):
            return _with_rater(scheme)
        case ("facts",):
            new = FactSpec(_free("fact", (one.name for one in rows)), "新数据项", "元", signed=True)
        case ("parameters",):
            name = free_parameter(scheme)
            new = Parameter(name, "新参数", ParameterKind.NUMBER, "由公司填写")
        case ("contract",):
            new = ContractSection(Slot.APPENDIX, "其他约定", (ContractItem("请填写条款"),))
        case ("pay", *_, "lines"):
            new = PayLine(_some_line(scheme))
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
    if isinstance(gone, Role):
        _refuse_asked(scheme, gone)
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


def with_pay(scheme: Scheme, kind: type) -> Scheme:
    """One more line of pay, of a kind that can be begun with nothing."""
    result = _free("pay", (word for word in words_in(scheme.pay) if word.startswith("pay")))
    role = scheme.roles[0].name
    salary = next((one.name for one in scheme.facts if one.unit == "元"), "")
    new: PayRule
    if kind is FormulaPay:
        new = FormulaPay(result, "新项目", "0")
    elif kind is FixedReimbursement:
        new = FixedReimbursement(result, "交通", (RoleAmount(role, HUNDRED),))
    elif kind is ComponentSplit:
        if not salary:
            scheme = replace(scheme, facts=(*scheme.facts, FactSpec("salary", "基本月薪", "元")))
        parts = (
            WagePart(f"{result}.base", "基本工资", Decimal("0.6")),
            WagePart(f"{result}.post", "岗位工资", Decimal("0.4")),
        )
        new = ComponentSplit(result, "应发月薪", salary or "salary", parts)
    elif kind is PayTotal:
        new = PayTotal(result, "应发合计", (PayLine(_some_line(scheme)),))
    elif kind is Deadline:
        new = Deadline(result, "交次月计划", 25, 1)
    else:
        new = TextOnly("请填写约定的文字")
    return replace(scheme, pay=(*scheme.pay, new))


def _with_band(scheme: Scheme, path: Path, rows: tuple[Band[str], ...]) -> Scheme:
    scale = scheme.grades
    top = scale.most if scale and scale.most > rows[-1].at else rows[-1].at + _TWO
    middle = ((rows[-1].at + top) / _TWO).normalize() + ZERO
    return with_printed_grades(put(scheme, path, (*rows, Band(middle, "新等级"))))


def _with_rater(scheme: Scheme) -> Scheme:
    """A kind of rater, with the parameter that holds its share: the first counts for all."""
    name = _free("rater", (one.name for one in scheme.raters))
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
        case WagePart():
            return replace(last, standard=f"{last.standard}2", label="新部分", share=ZERO)
        case RangeTable():
            return replace(last, clause="")
        case _:
            return last


def _some_line(scheme: Scheme) -> str:
    """A line of pay that a total may begin with."""
    results = [one.result for one in scheme.pay if hasattr(one, "result")]
    return str(results[0]) if results else "pay"


def _free(stem: str, taken: Iterable[str]) -> str:
    known = set(taken)
    number = 1
    while f"{stem}_{number}" in known:
        number += 1
    return f"{stem}_{number}"


def _refuse_used(scheme: Scheme, one: FactSpec | Parameter) -> None:
    if one.name in used_names(scheme):
        msg = f"“{one.label}”还有规则或公式在用，不能删；请先改掉用到它的地方"
        raise InvalidValueError(msg)


def _refuse_asked(scheme: Scheme, role: Role) -> None:
    asked = {*words_in(scheme.pay), *(name for one in scheme.facts for name in one.roles)}
    if role.name in asked:
        msg = f"岗位“{role.title}”还有薪酬项目或数据项在用，不能删"
        raise InvalidValueError(msg)
