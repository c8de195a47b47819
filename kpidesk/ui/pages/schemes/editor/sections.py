"""What the lists of a draft are of: figures, parameters, pay, clauses of the contract."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kpidesk.core.clauses import Prose
from kpidesk.core.contract_sections import ContractSection
from kpidesk.core.editing.rows import NEW_PAY, with_pay
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

    more = tuple((pay_words(kind), partial(_with_pay, kind)) for kind in NEW_PAY)
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


def _with_pay(kind: type, scheme: Scheme) -> Scheme:
    return with_pay(scheme, kind)


def _nothing(_scheme: Scheme, _place: int) -> tuple[str, ...]:
    return ()
