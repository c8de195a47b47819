"""Which period and whom a document is about; then it is looked at, printed, saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.errors import message_of
from kpidesk.ui.forms import ChoiceField, Form
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.widgets import label
from kpidesk.ui.words import cycle_text
from kpidesk.usecases.yearbook.papers import Paper, paper_pdf
from kpidesk.usecases.yearbook.scope import Scope

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.tasks import Progress
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.yearbook.papers import Offer

HINTS: Final = {
    Paper.DECOMPOSITION: "各人的指标按月列出，带合计与未分配，横排一张，供编制人和各级负责人签字。",
    Paper.APPROVAL: "一个周期的全部结果：得分、与上期的变化、改写及理由、分布，供总经理审批签字。",
    Paper.ANNUAL: "公司或部门的全年：分布、走势、各维度、进步与退步、数据是否完整。含个人结果。",
}
_EVERYBODY: Final = "全公司"
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom a page has selected, by id and name, and the period of the first of them."""

    people: tuple[tuple[PersonId, str], ...] = ()
    period: Period | None = None

    @property
    def text(self) -> str:
        """张䶮、赵明轩 等 5 人."""
        names = "、".join(name for _, name in self.people[:_NAMED])
        count = len(self.people)
        return f"所选：{names}{f'等 {count} 人' if count > _NAMED else ''}"


class PaperDialog(Dialog):
    """Two choices and 预览; what is refused is said above them."""

    def __init__(
        self, desk: Desk, parent: QWidget, paper: Paper, found: Offer, chosen: Chosen
    ) -> None:
        """`found` is what there is to choose from; not empty."""
        super().__init__(parent, str(paper), width=460)
        self._desk, self._page, self._paper = desk, parent, paper
        self.form = Form(desk.look)
        self.form.add_widget(label(HINTS[paper], "muted", wrap=True))
        title = "考核周期" if paper is Paper.APPROVAL else "年度"
        periods = [(one, cycle_text(one)) for one in found.periods]
        self.period = self.form.add(ChoiceField(title, periods, required=True))
        self.period.set_value(chosen.period if chosen.period in found.periods else found.usual)
        scopes = (
            [(frozenset(id_ for id_, _ in chosen.people), chosen.text)] if chosen.people else []
        )
        self.scope: ChoiceField[frozenset[PersonId] | str] = self.form.add(
            ChoiceField(
                "范围",
                [*scopes, ("", _EVERYBODY), *((one, one) for one in found.departments)],
            )
        )
        self.form.settle()
        self.body.addWidget(self.form)
        self.add_buttons("预览")

    def scope_chosen(self) -> Scope:
        """What the fields say."""
        whom = self.scope.value()
        if isinstance(whom, frozenset):
            return Scope(self.period.chosen(), people=whom)
        return Scope(self.period.chosen(), department=whom or "")

    def accept(self) -> None:
        """Make the document, then show it."""
        if not self.form.check():
            return
        scope, paper = self.scope_chosen(), self._paper
        self.accept_button.setEnabled(False)

        def work(company: Company, progress: Progress) -> bytes:
            return paper_pdf(company, paper, scope, progress=progress)

        def done(pdf: bytes) -> None:
            self.accept_button.setEnabled(True)
            if pdf:
                super(PaperDialog, self).accept()
                title = f"{paper} {cycle_text(scope.period)}"
                DocumentDialog(self._desk, self._page, title, lambda _: pdf).open()

        self._desk.act_long(f"生成{paper}", work, done, self._fail, owner=self)

    def _fail(self, problem: Exception) -> None:
        self.accept_button.setEnabled(True)
        self.form.refuse(message_of(problem))
