"""Which period and whom a document is about; then it is looked at, printed, saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpidesk.core.people import PersonId
from kpidesk.core.period import Grain, Period
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.errors import message_of
from kpidesk.ui.files import choose_folder
from kpidesk.ui.forms import ChoiceField, Form
from kpidesk.ui.pages.papers.wanted import HINTS
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.widgets import label, push_button
from kpidesk.ui.words import cycle_text
from kpidesk.usecases.yearbook.offers import Paper
from kpidesk.usecases.yearbook.scope import Scope

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.papers.wanted import Chosen
    from kpidesk.ui.tasks import Progress
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.printout import Printout
    from kpidesk.usecases.yearbook.offers import Offer

_EVERYBODY: Final = "全公司"


class PaperDialog(Dialog):
    """Two choices and 预览; what is refused is said above them."""

    chapter = "打印与导出"

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
        self.period.set_value(_proposed(found, chosen))
        self.scope: ChoiceField[frozenset[PersonId] | str] = self.form.add(
            ChoiceField("范围", _scopes(paper, found, chosen))
        )
        self.folder_button = push_button(
            desk.look, "每人存为一个文件…", self._choose_folder, icon="export", kind="link"
        )
        if paper is Paper.CERTIFICATE:
            self.form.add_widget(self.folder_button)
        self.form.settle()
        self.body.addWidget(self.form)
        self.add_buttons("预览")
        self.scope.changed.connect(self._look_again)
        self._look_again()

    def scope_chosen(self) -> Scope:
        """What the fields say."""
        whom = self.scope.value()
        today, by = self._desk.today, self._desk.officer
        if isinstance(whom, frozenset):
            return Scope(self.period.chosen(), people=whom, today=today, by=by)
        return Scope(self.period.chosen(), department=whom or "", today=today, by=by)

    def accept(self) -> None:
        """Make the document, then show it; packs of several people go into a folder."""
        if not self.form.check():
            return
        if self._only_in_folder:
            self._choose_folder()
            return
        scope, paper = self.scope_chosen(), self._paper
        self.accept_button.setEnabled(False)

        def work(company: Company, progress: Progress) -> bytes:
            from kpidesk.usecases.yearbook.papers import paper_pdf

            return paper_pdf(company, paper, scope, progress=progress)

        def done(pdf: bytes) -> None:
            self.accept_button.setEnabled(True)
            if pdf:
                super(PaperDialog, self).accept()
                title = f"{paper} {cycle_text(scope.period)}"
                DocumentDialog(self._desk, self._page, title, lambda _: pdf).open()

        self._desk.act_long(f"生成{paper}", work, done, self._fail, owner=self)

    @property
    def _only_in_folder(self) -> bool:
        """A pack stands alone: its contents would not be true of several bound together."""
        return self._paper is Paper.EVIDENCE and len(self.scope_chosen().people) != 1

    def _look_again(self) -> None:
        self.accept_button.setText("每人存为一个文件…" if self._only_in_folder else "预览")

    def _choose_folder(self) -> None:
        if self.form.check():
            title = f"{self._paper}存到哪个文件夹"
            choose_folder(self, title, self._desk.documents, self.save_in)

    def save_in(self, folder: Path) -> None:
        """Write a file for each person; can be cancelled."""
        scope, paper = self.scope_chosen(), self._paper

        def work(company: Company, progress: Progress) -> Printout:
            from kpidesk.usecases.yearbook.papers import papers_in_folder

            return papers_in_folder(company, paper, scope, folder, progress=progress)

        def done(made: Printout) -> None:
            said = "已停下：只生成了" if made.cancelled else "已生成"
            self._desk.tell(f"{said} {made.done} 份{paper}，在 {folder}")
            super(PaperDialog, self).accept()

        self._desk.act_long(f"生成{paper}", work, done, self._fail, owner=self)

    def _fail(self, problem: Exception) -> None:
        self.accept_button.setEnabled(True)
        self.form.refuse(message_of(problem))


def _proposed(found: Offer, chosen: Chosen) -> Period | None:
    """The period of what is chosen, or the year that it lies in, where the document has it."""
    if chosen.period is not None:
        for one in (chosen.period, Period.containing(chosen.period.last_day, Grain.YEAR)):
            if one in found.periods:
                return one
    return found.usual


def _scopes(
    paper: Paper, found: Offer, chosen: Chosen
) -> list[tuple[frozenset[PersonId] | str, str]]:
    """Who may be meant; first what is most likely: the chosen people, or everybody."""
    people: list[tuple[frozenset[PersonId] | str, str]] = []
    if chosen.people:
        people.append((frozenset(id_ for id_, _ in chosen.people), chosen.text))
    every: list[tuple[frozenset[PersonId] | str, str]] = [("", _EVERYBODY)]
    every += [(one, one) for one in found.departments]
    return people + every if paper.is_of_one or len(chosen.people) > 1 else every + people
