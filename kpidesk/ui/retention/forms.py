"""The dialogs about those who left: the period, and the last question."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kpidesk.core.retention import Retention
from kpidesk.ui.forms import CheckField, Form, FormDialog, NumberField, TextField
from kpidesk.ui.widgets import label
from kpidesk.usecases import retention as cases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.retention import LeftRow

_LAW = (
    "期限由公司自己定。供参考：劳动合同文本在解除或终止后至少保存两年（《劳动合同法》第五十条）；"
    "个人信息的保存期限应当是实现处理目的所必要的最短时间（《个人信息保护法》第十九条）。"
)
_NAMED = 6


class _Dialog(FormDialog):
    """Told of in the manual."""

    chapter = "离职人员信息"


def ask_period(
    desk: Desk, parent: QWidget, now: Retention | None, *, done: Callable[[Any], object]
) -> None:
    """保存期限: so many years after the last day, and where that is laid down."""
    form = Form(desk.look)
    years = form.add(
        NumberField(
            "离职后保存", unit="年", required=True, least=Decimal(1), most=Decimal(50), places=0
        ),
        half=True,
    )
    basis = form.add(TextField("依据", required=True, hint="例如：《人事档案管理办法》第 12 条"))
    form.add_widget(label(_LAW, "muted", wrap=True))
    if now is not None:
        years.set_value(Decimal(now.years))
        basis.set_value(now.basis)

    def act() -> Callable[[Company], Changes]:
        wanted = Retention(int(years.value() or 0), basis.value())
        actor, today = desk.officer, desk.today
        return lambda company: cases.save_retention(company, wanted, actor=actor, today=today)

    _Dialog(desk, parent, "离职人员信息的保存期限", form, act=act, done=done).open()


def ask_reason(
    desk: Desk,
    parent: QWidget,
    chosen: Sequence[LeftRow],
    backups: int,
    *,
    done: Callable[[Any], object],
) -> None:
    """The last question: it cannot be taken back, so a box has to be ticked."""
    form = Form(desk.look)
    form.add_widget(label(_what_happens(chosen, backups), wrap=True))
    reason = form.add(TextField("理由", required=True, hint="会一直留在操作日志里，请不要写姓名"))
    reason.set_value("保存期限已到")
    sure = form.add(_Sure("我明白：匿名处理以后，谁也不能恢复"))
    people = [one.person.id for one in chosen]

    def act() -> Callable[[Company], Changes]:
        sure.value()
        why, actor, today = reason.value(), desk.officer, desk.today
        return lambda company: cases.anonymise(
            company, people, reason=why, actor=actor, today=today
        )

    title = f"匿名处理 {len(people)} 人"
    dialog = _Dialog(desk, parent, title, form, act=act, save="永久去掉", done=done)
    dialog.accept_button.setProperty("kind", "danger")
    dialog.open()


class _Sure(CheckField):
    """A box that has to be ticked."""

    def value(self) -> bool:
        """Refused while it is not."""
        if not super().value():
            msg = "请先勾选：匿名处理不能撤销"
            raise ValueError(msg)
        return True


def _what_happens(chosen: Sequence[LeftRow], backups: int) -> str:
    names = "、".join(one.person.name for one in chosen[:_NAMED])
    more = f"等 {len(chosen)} 人" if len(chosen) > _NAMED else ""
    told = f"将从公司文件中永久去掉{names}{more}的个人信息。"
    if backups:
        told += (
            f"现有的 {backups} 份备份里仍有这些信息，会随新的备份逐步替换；"
            "要立刻清除，请在“备份与恢复”打开备份文件夹删去旧备份。导出过的归档、打印件也请一并处理。"
        )
    return told
