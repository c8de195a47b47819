"""薪酬: choose cycle and period; the people at the left, one person's pay at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSplitter

from kpidesk.core.facts import TEAM
from kpidesk.core.people import PersonId
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.base import Page
from kpidesk.ui.pages.pay.boxes import choice_box, offer_choices
from kpidesk.ui.pages.pay.details import ENTRY, LINES, PayDetails
from kpidesk.ui.pages.pay.line_form import line_dialog
from kpidesk.ui.pages.pay.loading import load
from kpidesk.ui.pages.pay.overview import OverviewDialog
from kpidesk.ui.pages.pay.people import PeopleList
from kpidesk.ui.pages.pay.saving import PaySaver
from kpidesk.ui.pages.pay.tools import PayTools
from kpidesk.ui.pages.pay.waiting import WHERE_TO, why_waiting
from kpidesk.ui.pages.pay.ways import Ways
from kpidesk.ui.widgets import EmptyState, label, row
from kpidesk.ui.words import cycle_text
from kpidesk.usecases import pay
from kpidesk.usecases.changes import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.core.event_kinds import EventKind
    from kpidesk.core.findings import Finding
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.pay.loading import Loaded
    from kpidesk.usecases.pay import (
        GroupRef,
        GroupRow,
        PayLine,
        PayView,
        RunOverview,
        Statement,
    )

_LIST_WIDTH, _DETAILS_WIDTH = 370, 810
_CYCLE_WIDTH, _PERIOD_WIDTH = 430, 250
_TITLE, _HINT = (
    "还没有要核算的薪酬",
    "签署了带薪酬条款的责任书以后，各人的薪酬在这里按期核算和结算。",
)


class PayPage(Page):
    """Each confirmed figure is saved at once; the pay then shows what came of it."""

    title = "薪酬"
    subtitle = "按期录入、核算、结算，打印薪酬结算单"
    imports = "pay"
    exports = True

    def __init__(self, desk: Desk) -> None:
        """Cycle and period above, people at the left, the person at hand at the right."""
        super().__init__(desk)
        self.view: PayView | None = None
        self.seen: RunOverview | None = None
        self._groups: Sequence[GroupRow] = ()
        self._ref: GroupRef | None = None
        self._period = ""
        self._wanted = ""
        self.cycles, self.periods = choice_box("考核方案和周期"), choice_box("结算期间")
        self.cycles.setMinimumWidth(_CYCLE_WIDTH)
        self.periods.setMinimumWidth(_PERIOD_WIDTH)
        self.ways = Ways(self)
        self.people, self.details = PeopleList(desk), PayDetails(desk, self.ways.lead)
        self.pay_tools, self.saver = PayTools(self), PaySaver(self)
        self._halves = QSplitter()
        self._halves.setChildrenCollapsible(False)
        self._halves.setHandleWidth(16)
        self._halves.addWidget(self.people)
        self._halves.addWidget(self.details)
        self._halves.setStretchFactor(1, 1)
        self._halves.setSizes([_LIST_WIDTH, _DETAILS_WIDTH])
        self._empty = EmptyState(desk.look, icon="pay")
        self._empty.say(_TITLE, _HINT, "去责任书", lambda: desk.go("contracts"))
        self._choice = [label("方案和周期"), self.cycles, label("期间"), self.periods]
        self.body.addLayout(row(*self._choice, None, spacing=8))
        self.body.addWidget(self._halves, 1)
        self.body.addWidget(self._empty, 1)
        self._connect()
        self._show_groups(())

    def _connect(self) -> None:
        self.cycles.currentIndexChanged.connect(self._choose_group)
        self.periods.currentIndexChanged.connect(self._choose_period)
        self.people.chosen.connect(self._open)
        self.people.table.opened.connect(lambda _: self.begin_entry())
        details = self.details
        details.fields.entered.connect(self.saver.save)
        details.fields.spread.connect(self.saver.spread)
        details.ledger.wanted.connect(self._add_line)
        details.ledger.mended.connect(self._mend_line)
        details.ledger.struck.connect(self.saver.strike)
        self.people.overview_wanted.connect(self._show_overview)

    # --- loading

    def refresh(self) -> None:
        """Load groups and the period at hand."""
        self.reload()

    def reload(self, then: Callable[[], object] | None = None) -> None:
        """Load groups and the period at hand; then do something more."""
        ref, period = self._ref, self._period

        def shown(found: Loaded) -> None:
            if (ref, period) != (self._ref, self._period):
                return
            self._show_groups(found.groups)
            self._show_view(found)
            if then is not None:
                then()

        self.desk.ask(lambda company: load(company, ref, period), shown, owner=self)

    def show_item(self, what: object) -> None:
        """("statement", scheme, settlement, person): the pay of a settled period.

        Or a group with the key of a period.
        """
        match what:
            case ("statement", str(scheme), int(run), int(person)):
                who = PersonId(person)
                self.desk.ask(
                    lambda company: pay.find_statement(company, scheme, run, who),
                    self._show_statement,
                    owner=self,
                )
            case (pay.GroupRef() as ref, str(period)):
                self._ref, self._period = ref, period
                self.undo.clear()
                self.reload()
            case _:
                pass

    def _show_statement(self, found: Statement) -> None:
        self._ref, self._period, self._wanted = found.ref, found.period, found.subject
        self.undo.clear()
        self.reload(lambda: self.details.tabs.choose(LINES))

    def concerns(self, changes: object) -> bool:
        """Pay, recorded scores, contracts, people."""
        concerned = Changes.PAY | Changes.APPRAISALS | Changes.CONTRACTS | Changes.PEOPLE
        return isinstance(changes, Changes) and bool(changes & concerned)

    def _show_groups(self, groups: Sequence[GroupRow]) -> None:
        self._groups = groups
        for part in (*self._choice, self._halves):
            part.setVisible(bool(groups))
        self._empty.setVisible(not groups)
        texts = [f"{one.title}　{cycle_text(one.ref.cycle)}　{one.people} 人" for one in groups]
        place = next((n for n, one in enumerate(groups) if one.ref == self._ref), 0)
        offer_choices(self.cycles, texts, place)
        if groups:
            self._ref = groups[place].ref

    def _show_view(self, loaded: Loaded) -> None:
        view = self.view = loaded.view
        self.seen, self.ways.places = loaded.seen, loaded.places
        self.pay_tools.show_view(view, loaded.seen)
        self.people.show_view(view, loaded.seen)
        if view is None:
            self.details.say(_TITLE, _HINT)
            return
        self._period = view.period.key
        periods = list(view.group.periods(view.books.closed))
        if view.next_ is not None and view.next_.is_late:
            periods.append(view.next_)
        texts = [_period_text(view, one.key) for one in periods]
        self._keys = [one.key for one in periods]
        offer_choices(self.periods, texts, self._keys.index(self._period))
        names = [one.subject for one in self.people.model.rows()]
        if self._wanted not in names:
            self._wanted = names[0] if names else ""
        if self._wanted:
            self.people.choose(self._wanted)
            self.details.show_pay(view, self._wanted)
        else:
            self.details.say("这一期没有人", "在职期间与这一期重合的人才列在左边。")
        self._tell(view)

    def _tell(self, view: PayView) -> None:
        """What concerns the whole period: it is settled, or something of nobody in particular."""
        if view.run is not None:
            self.banner.say(
                f"{pay.period_text(view.group, view.period.key)}已由 {view.run.settled_by} 于 "
                f"{view.run.settled_on} 结算；再改数据要写明理由，差额在下一期补发或扣回。",
                Tone.GOOD,
            )
            return
        subjects = {one.member.subject for one in view.people}
        said = [pay.with_name(one) for one in view.stops if one.subject not in subjects]
        if waiting := view.unapproved_at:
            said.append(why_waiting(view, waiting))
        if not said and view.next_ is not None and view.next_.key != view.period.key:
            said = [f"按顺序应先结算{pay.period_text(view.group, view.next_.key)}"]
        self.banner.say("\n".join(dict.fromkeys(said)), Tone.WARN)

    # --- choosing

    def _choose_group(self, place: int) -> None:
        if 0 <= place < len(self._groups) and self._groups[place].ref != self._ref:
            self._ref, self._period = self._groups[place].ref, ""
            self.undo.clear()
            self.reload()

    def _choose_period(self, place: int) -> None:
        if self.view is not None and 0 <= place < len(self._keys):
            self._period = self._keys[place]
            self.undo.clear()
            self.reload()

    def _open(self, subject: str) -> None:
        self._wanted = subject
        if self.view is not None:
            self.details.show_pay(self.view, subject)

    def begin_entry(self) -> None:
        """Put the cursor where entry goes on."""
        self.details.tabs.choose(ENTRY)
        self.details.fields.begin()

    def go_to(self, finding: Finding) -> None:
        """Show where something is missing, the cursor on it."""
        if finding.name == pay.UNRECORDED:
            self.desk.go("scoring")
            return
        if (stage := pay.stands_at(finding)) is not None:
            self.desk.go("results", WHERE_TO[stage])
            return
        names = [one.subject for one in self.people.model.rows()]
        if finding.subject in names:
            self.people.choose(finding.subject)
            self._open(finding.subject)
        self.begin_entry()

    def _show_overview(self) -> None:
        if self.view is not None and self.seen is not None:
            OverviewDialog(self.desk, self, self.view, self.seen).open()

    def show_entry(
        self, person: PersonId | None, settlement: str, then: Callable[[], object]
    ) -> None:
        """Show somebody's entry (or the team's) of a period; then do something more."""
        view = self.view
        if view is None:
            return
        days = next((x.days for x in view.group.periods() if x.key == settlement), None)
        begins = (days or view.group.cycle.period).start
        subject = TEAM if person is None else view.group.subject_on(person, begins)

        def shown() -> None:
            if subject is not None:
                self.people.choose(subject)
                self._open(subject)
            self.details.tabs.choose(ENTRY)
            then()

        if settlement == self._period:
            shown()
        else:
            self._period, self._wanted = settlement, subject or ""
            self.undo.clear()
            self.reload(shown)

    # --- dated lines

    def _add_line(self, kind: EventKind) -> None:
        line_dialog(self, kind)

    def _mend_line(self, line: PayLine) -> None:
        view = self.view
        kind = view.group.scheme.event(line.body.kind) if view and line.body else None
        if kind is not None:
            line_dialog(self, kind, line)


def _period_text(view: PayView, key: str) -> str:
    name = pay.period_text(view.group, key)
    if key in view.books.closed:
        return f"{name}　已结算"
    is_next = view.next_ is not None and view.next_.key == key
    return f"{name}　待结算" if is_next else name
