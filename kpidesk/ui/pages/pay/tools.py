"""What one can do with a period: compute, settle, take the settlement back, print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from kpidesk.core.wording import Light
from kpidesk.ui.dialogs import ask_reason, confirm
from kpidesk.ui.files import choose_file, choose_folder, file_name, write_whole
from kpidesk.ui.pages.pay.waiting import WHAT_TO_DO, why_waiting
from kpidesk.ui.pages.pay.what_if import WhatIfDialog
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.reasons import grey_while
from kpidesk.ui.widgets import push_button
from kpidesk.ui.words import count_text
from kpidesk.usecases import pay

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kpidesk.core.payroll.group import Member
    from kpidesk.core.people import PersonId
    from kpidesk.ui.pages.pay.page import PayPage
    from kpidesk.ui.tasks import Progress
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.pay import PayView, RunOverview
    from kpidesk.usecases.printout import Printout

_NAMED = 8
_NOBODY = "请先从左边选择一个人"
_FIRST_NOTES = 4


class PayTools(QObject):
    """The buttons of the page's header."""

    def __init__(self, page: PayPage) -> None:
        """Puts its buttons into the header of the page."""
        super().__init__(page)
        self._page = page
        self._view: PayView | None = None
        self._seen: RunOverview | None = None
        look = page.desk.look
        self.print_button = push_button(look, "打印与导出", lambda: None, icon="print", kind="menu")
        menu = QMenu(page)
        one = menu.addAction("打印薪酬结算单：所选的人…")
        one.triggered.connect(self._print_one)
        grey_while(menu, one, lambda: "" if self._member() else _NOBODY)
        menu.addAction("打印薪酬结算单：这一期所有的人…").triggered.connect(lambda: self._print(()))
        menu.addSeparator()
        menu.addAction("薪酬结算单每人各存一份 PDF…").triggered.connect(self._choose_folder)
        menu.addSeparator()
        menu.addAction("工资表（Excel，含计算依据）…").triggered.connect(self._choose_workbook)
        self.print_button.setMenu(menu)
        self.reverse_button = push_button(look, "冲销结算…", self._reverse, icon="undo")
        self.try_button = push_button(look, "测算…", self.open_what_if, icon="target")
        self.try_button.setToolTip("完成率多少，要发多少钱：只是试算，不改动数据")
        self.compute_button = push_button(look, "核算", self.compute, icon="refresh")
        self.compute_button.setToolTip("重新计算，并查看还缺什么")
        self.settle_button = push_button(
            look, "结算本期…", self._settle, icon="check", kind="primary"
        )
        for button in (
            self.print_button,
            self.reverse_button,
            self.try_button,
            self.compute_button,
            self.settle_button,
        ):
            page.tools.addWidget(button)
        page.desk.only_if("pay.settling.settle_period", self.reverse_button, self.settle_button)
        self.show_view(None)

    def show_view(self, view: PayView | None, seen: RunOverview | None = None) -> None:
        """Offer what can be done with this period; None when there is none."""
        self._view, self._seen = view, seen
        settled = view is not None and view.settled
        last = settled and view is not None and view.books.closed[-1] == view.period.key
        self.print_button.setEnabled(view is not None and bool(view.people))
        self.reverse_button.setVisible(last)
        self.compute_button.setEnabled(view is not None)
        self.settle_button.setVisible(not settled)
        self.settle_button.setEnabled(view is not None)

    def open_what_if(self) -> None:
        """Open 测算: what pay would come to."""
        WhatIfDialog(self._page.desk, self._page).open()

    # --- computing

    def compute(self) -> None:
        """Load anew, then say what is missing and take one there, or that all is computed."""
        self._page.reload(self._say_what_is_missing)

    def _say_what_is_missing(self) -> None:
        view = self._view
        if view is None:
            return
        if view.stops or view.unapproved:
            self._tell_stops(view)
        else:
            name = pay.period_text(view.group, view.period.key)
            told = "已结算" if view.settled else "已全部算出，可以结算"
            self._page.desk.tell(f"{name}：{told}")

    def _tell_stops(self, view: PayView) -> None:
        stops = view.stops or view.unapproved
        said = list(dict.fromkeys(pay.with_name(one) for one in stops))
        more = f"\n……共 {len(said)} 处" if len(said) > _NAMED else ""
        why = "" if view.stops else f"\n\n{why_waiting(view, view.unapproved_at)}。"
        first = stops[0]
        confirm(
            self._page.desk,
            self._page,
            title=f"{pay.period_text(view.group, view.period.key)}还不能结算",
            text="\n".join(f"· {one}" for one in said[:_NAMED]) + more + why,
            action=WHAT_TO_DO[stage] if (stage := pay.stands_at(first)) else "去填第一项",
            back="关闭",
            then=lambda: self._page.go_to(first),
        )

    # --- settling

    def _settle(self) -> None:
        view = self._view
        if view is None:
            return
        if view.stops or view.unapproved:
            self._tell_stops(view)
            return
        name = pay.period_text(view.group, view.period.key)
        people = count_text(pay.headcount(view.people), "人")
        confirm(
            self._page.desk,
            self._page,
            title=f"结算{name}？",
            text=f"{people}的薪酬将按现在的数据定下来，并记入台账。\n"
            "结算以后发现差错，更正数据即可：差额自动在下一期补发或扣回，已结算的不改动。"
            f"{_unasked(view)}{_to_be_known(self._seen)}",
            action="结算本期",
            then=lambda: self._close(view, name),
        )

    def _close(self, view: PayView, name: str) -> None:
        desk, key, ref = self._page.desk, view.period.key, pay.ref_of(view.group)
        actor, today = desk.officer, desk.today
        self._page.undo.clear()
        desk.act(
            lambda company: pay.settle_period(company, ref, key, actor=actor, today=today),
            lambda _: desk.tell(f"已结算{name}"),
            owner=self._page,
        )

    def _reverse(self) -> None:
        view = self._view
        if view is None:
            return
        name = pay.period_text(view.group, view.period.key)
        ask_reason(
            self._page,
            title=f"冲销{name}的结算？",
            text="冲销以后这一期重新打开，可以修改后再结算；原来的结算和台账仍留有记录。"
            "钱已经发放的，请不要冲销，直接更正数据。",
            action="冲销结算",
            then=lambda reason: self._take_back(view, reason),
        )

    def _take_back(self, view: PayView, reason: str) -> None:
        desk, key, ref = self._page.desk, view.period.key, pay.ref_of(view.group)
        actor, today = desk.officer, desk.today
        self._page.undo.clear()
        desk.act(
            lambda company: pay.reverse_settlement(
                company, ref, key, reason=reason, actor=actor, today=today
            ),
            lambda _: desk.tell("已冲销，这一期可以重新核算"),
            owner=self._page,
        )

    # --- paper

    def _member(self) -> Member | None:
        """Whose pay is in view."""
        return self._view.group.member(self._page.details.subject) if self._view else None

    def _print_one(self) -> None:
        if (member := self._member()) is not None:
            self._print((member.person.id,))
        else:
            self._page.desk.tell(_NOBODY)

    def _choose_folder(self) -> None:
        view, desk = self._view, self._page.desk
        if view is not None:
            count = pay.headcount(view.people)
            choose_folder(
                self._page, f"把 {count} 张薪酬结算单保存到", desk.documents, self.save_all
            )

    def save_all(self, folder: Path) -> None:
        """Write a statement for everybody into a folder; can be cancelled."""
        view, desk = self._view, self._page.desk
        if view is None:
            return
        ref, key = pay.ref_of(view.group), view.period.key

        def work(company: Company, progress: Progress) -> Printout:
            return pay.statements_pdf(company, ref, key, folder=folder, progress=progress)

        def done(made: Printout) -> None:
            stopped = f"已停下：共 {made.total} 张，" if made.cancelled else ""
            desk.tell(f"{stopped}已生成 {made.done} 张薪酬结算单，在 {folder}")

        desk.act_long("生成薪酬结算单", work, done, owner=self._page)

    def _choose_workbook(self) -> None:
        view, desk = self._view, self._page.desk
        if view is None:
            return
        name = f"工资表 {view.group.scheme.title} {pay.period_text(view.group, view.period.key)}"
        start = desk.documents / f"{file_name(name)}.xlsx"
        choose_file(
            self._page, "导出工资表", start, "Excel 工作簿 (*.xlsx)", self.save_workbook,
            to_save=True,
        )  # fmt: skip

    def save_workbook(self, path: Path) -> None:
        """Write the run as a workbook for payroll."""
        view, desk = self._view, self._page.desk
        if view is None:
            return
        ref, key = pay.ref_of(view.group), view.period.key

        def work(company: Company) -> None:
            write_whole(path, pay.payroll_workbook(company, ref, key))

        desk.ask(work, lambda _: desk.tell(f"已导出工资表到 {path}"), owner=self._page)

    def _print(self, people: Sequence[PersonId]) -> None:
        view, page = self._view, self._page
        if view is None:
            return
        ref, key = pay.ref_of(view.group), view.period.key
        name = pay.period_text(view.group, key)

        def work(company: Company, progress: Progress) -> Printout:
            return pay.statements_pdf(company, ref, key, people=people, progress=progress)

        def done(made: Printout) -> None:
            if not made.cancelled:
                title = f"薪酬结算单 {name} {made.total} 张"
                DocumentDialog(page.desk, page, title, lambda _: made.pdf).open()

        page.desk.act_long("生成薪酬结算单", work, done, owner=page)


def _unasked(view: PayView) -> str:
    """Whose scores are paid without an approval, where nobody said whether they need one."""
    if not (names := view.unasked):
        return ""
    more = f" 等 {len(names)} 人" if len(names) > _NAMED else ""
    return (
        f"\n\n未审批：{'、'.join(names[:_NAMED])}{more}的得分没有登记总经理审批"
        "（这个方案没有提交过审批，考核规则里也没有规定）。照此结算会记入操作日志；"
        "要先审批的，请到“结果”页提交；不必审批的，请在那里的“考核规则…”中规定。"
    )


def _to_be_known(seen: RunOverview | None) -> str:
    """What the lights say of a run, before it is settled: below the minimum wage first."""
    if seen is None or not seen.notes:
        return ""
    red, yellow = seen.count(Light.RED), seen.count(Light.YELLOW)
    said = [text for _, text in seen.told[:_FIRST_NOTES]]
    more = f"\n……共 {len(seen.told)} 处，详见“本期核对”" if len(seen.told) > len(said) else ""
    return f"\n\n合规提示：有风险 {red} 人，请留意 {yellow} 人\n" + "\n".join(said) + more
