"""What a change of post asks for: the contract still names the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.contract import ContractState
from kpidesk.ui.dialogs import confirm
from kpidesk.usecases.leaving import ties_of

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.people import Person
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.leaving import Ties
    from kpidesk.usecases.lists import ContractRow

_STEPS = (
    "要按新岗位考核、计酬：\n"
    "① 打开这份责任书，点“更多 → 提前终止…”，终止到变动前的月底，打印签署；"
    "已到期的周期照常考核、结算。\n"
    "② 再为本人拟定新岗位的责任书，期限从变动之月的 1 日开始。\n"
    "③ 按年考核、年中变动的，终止以后旧岗位没到期的评分表不再列出："
    "这一段的得分要留作依据的，终止以前先在“评分”打印“已填评分表”，签字归档。\n"
    "岗位名称变了、考核办法不变的，不用办；责任书上仍印签订时的岗位。"
)


def tell_of_contract(
    desk: Desk, parent: QWidget, before: Person, post: str, since: date | None
) -> None:
    """Lead to the contract that still holds for the old post, with what to do about it."""
    if post == before.post:
        return
    today = since or desk.today

    def show(ties: Ties) -> None:
        holding = [
            one
            for one in ties.contracts
            if one.state is ContractState.SIGNED and one.post != post and one.ended_on is None
        ]
        if holding:
            _ask(desk, parent, before, holding[0])

    desk.ask(lambda company: ties_of(company, before.id, today=today), show, owner=parent)


def _ask(desk: Desk, parent: QWidget, person: Person, one: ContractRow) -> None:
    confirm(
        desk,
        parent,
        title=f"{person.name}的岗位变了，责任书 {one.number} 还是按“{one.post}”签的",
        text=_STEPS,
        action="打开这份责任书",
        back="以后再办",
        then=lambda: desk.go("contracts", one.id),
    )
