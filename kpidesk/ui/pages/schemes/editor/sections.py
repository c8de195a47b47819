"""What the lists of a draft are of: figures, parameters, pay, clauses of the contract."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kpidesk.core.clauses import Prose
from kpidesk.core.contract_sections import ContractSection
from kpidesk.core.editing.metric_kinds import NEW_METRIC, measure_words, with_metric
from kpidesk.core.editing.pay_kinds import NEW_PAY, with_pay
from kpidesk.core.editing.words import pay_words, record_title
from kpidesk.core.paying.prose import state_pay
from kpidesk.ui.pages.schemes.editor.listed import Listed, ListedSection

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk


def figures(desk: Desk, scheme: Callable[[], Scheme]) -> ListedSection:
    """数据项: what is entered."""
    hint = "要填的数字：选计分规则时会自动加上；写进责任书的是目标，其余是实际。"
    return ListedSection(desk, scheme, Listed("facts", "数据项", record_title, _nothing, hint=hint))


def parameters(desk: Desk, scheme: Callable[[], Scheme]) -> ListedSection:
    """参数: what each contract may set otherwise."""
    hint = "拟定责任书时每份可以另定的数字和做法；写死在方案里的不在这里。"
    return ListedSection(
        desk, scheme, Listed("parameters", "参数", record_title, _nothing, hint=hint)
    )


def pay(desk: Desk, scheme: Callable[[], Scheme]) -> ListedSection:
    """薪酬项目, computed in this order."""

    def printed(one: Scheme, place: int) -> tuple[str, ...]:
        return state_pay(one.pay[place], Prose(one, {}))

    more = tuple(
        tuple((pay_words(kind), partial(_with_pay, kind)) for kind in group) for group in NEW_PAY
    )
    hint = "按次序计算，后面的项目可以用前面算出的结果。"
    return ListedSection(desk, scheme, Listed("pay", "薪酬项目", record_title, printed, more, hint))


def clauses(desk: Desk, scheme: Callable[[], Scheme]) -> ListedSection:
    """责任书条款: the scheme's own words in the contract."""

    def printed(one: Scheme, place: int) -> tuple[str, ...]:
        section: ContractSection = one.contract[place]
        prose = Prose(one, {})
        return tuple(f"{n}. {prose.item(item)}" for n, item in enumerate(section.items, start=1))

    hint = "印在责任书里的文字；{参数名} 的地方印参数的数字。"
    return ListedSection(desk, scheme, Listed("contract", "条款", record_title, printed, hint=hint))


def metrics(desk: Desk, scheme: Callable[[], Scheme]) -> ListedSection:
    """计算项: figures made from others."""
    more = tuple((measure_words(kind), partial(_with_metric, kind)) for kind in NEW_METRIC)
    hint = "由别的数字算出来的数字，如投诉率、增长率；公式和完成率可以直接用它的名称。"
    return ListedSection(
        desk, scheme, Listed("metrics", "计算项", record_title, _nothing, (more,), hint)
    )


def source(desk: Desk, scheme: Callable[[], Scheme]) -> ListedSection:
    """原文: what the company's own document says, clause by clause."""
    hint = "原来的制度文件逐条列在这里；指标、薪酬项目可以注明出自哪一条，推导和责任书里照此引用。"
    return ListedSection(
        desk, scheme, Listed("rules", "原文条款", record_title, _nothing, hint=hint)
    )


def ambiguities(desk: Desk, scheme: Callable[[], Scheme]) -> ListedSection:
    """歧义: clauses that can be read in several ways."""
    hint = "可以有几种理解的条款：写明问题和现在的理解；由参数决定的选上参数，用到它的结果会提醒。"
    return ListedSection(
        desk, scheme, Listed("ambiguities", "有歧义的条款", record_title, _nothing, hint=hint)
    )


def _with_metric(kind: type, scheme: Scheme) -> Scheme:
    return with_metric(scheme, kind)


def _with_pay(kind: type, scheme: Scheme) -> Scheme:
    return with_pay(scheme, kind)


def _nothing(_scheme: Scheme, _place: int) -> tuple[str, ...]:
    return ()
