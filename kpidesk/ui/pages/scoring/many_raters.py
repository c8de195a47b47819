"""批量登记考核人: for many people at once, or as in each one's last cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QSize, Qt

from kpidesk.core.rating import RaterNames
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.forms import ChoiceField
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.scoring.rater_field import RaterField
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import Banner, column, label, push_button, row
from kpidesk.ui.words import count_text, cycle_text
from kpidesk.usecases import appraisals, people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.tasks import Progress
    from kpidesk.usecases.appraisals import RaterSheet, RatersNamed
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.people import PersonRow

_SIZE = QSize(1080, 620)
_KIND_WIDTH = 130
_MOST = 400
_MOST_SAID = 4
_TOLD = (
    "勾选要登记的人，选一类考核人，选人（几个人用顿号分开），一次登记到每一张表，"
    "“登记后”一列先给您看。名单里有本人的，自动去掉。"
)


class ManyRatersDialog(Dialog):
    """Stays open: one kind after the other."""

    chapter = "评分"

    def __init__(self, desk: Desk, parent: QWidget, ids: Sequence[AppraisalId]) -> None:
        """`ids` are the sheets in the list; those that are recorded are left out."""
        super().__init__(parent, "批量登记考核人", width=_SIZE.width())
        self._desk, self._ids = desk, tuple(ids)
        self._ticked: set[AppraisalId] | None = None
        self._banner = Banner(desk.look)
        self.model: RowsModel[RaterSheet] = RowsModel(
            [
                Column(
                    "name",
                    "姓名",
                    lambda one: one.row.person_name,
                    checked=self._is_ticked,
                    toggle=self._tick,
                    width=130,
                ),
                Column("department", "部门", lambda one: one.row.department, width=120),
                Column("cycle", "周期", lambda one: cycle_text(one.row.cycle), width=90),
                Column("now", "现在的考核人", _now, tip=_now, width=230),
                Column("new", "登记后", self._new, tip=self._new, stretch=True),
                Column("before", "上一期", _before, tip=_before, width=190),
            ],
            key=lambda one: one.row.id,
        )
        self.table: TableView[RaterSheet] = TableView(desk, self.model, "many-raters")
        self.table.set_empty("没有可以登记的评分表", "列表里的评分表都已定分，或筛选后没有人。")
        self.table.opened.connect(lambda one: self._tick(one, not self._is_ticked(one)))
        self.kind: ChoiceField[str] = ChoiceField("考核人类别", [])
        self.kind.setMinimumWidth(round(_KIND_WIDTH * desk.look.scale))
        self.kind.changed.connect(self._tell)
        self.names = RaterField(desk, "考核人", required=True, most=_MOST)
        self.names.changed.connect(self._tell)
        look = desk.look
        self.name_button = push_button(look, "登记", self._name, icon="check", kind="primary")
        self.carry_button = push_button(look, "沿用上一期", self._carry, icon="recent")
        self.carry_button.setToolTip("每人照他上一期登记的考核人登记")
        ticks = row(
            label(_TOLD, "muted", wrap=True),
            push_button(look, "全部勾选", self._tick_all, kind="link"),
            push_button(look, "全部取消", self._clear, kind="link"),
        )
        ticks.setStretch(0, 1)
        asked = row(self.kind, self.names, self.name_button, self.carry_button, spacing=10)
        asked.setStretch(1, 1)
        for button in (self.name_button, self.carry_button):
            asked.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        layout = column(ticks, self._banner, self.table, asked, spacing=10)
        layout.setStretch(2, 1)
        self.body.addLayout(layout)
        self.add_buttons("关闭", reject="")
        self.accept_button.setProperty("kind", "")  # what is done here is 登记
        self.accept_button.setDefault(False)
        self.accept_button.setAutoDefault(False)
        self.name_button.setDefault(True)
        self.resize(_SIZE)
        self._load()

    # --- who

    def _load(self) -> None:
        ids = self._ids

        def work(company: Company, progress: Progress) -> _Found:
            sheets = appraisals.rater_sheets(company, ids, progress=progress)
            return sheets, people.list_people(company)

        self._desk.act_long("查看考核人", work, lambda found: self._show(*found), owner=self)

    def _show(self, sheets: Sequence[RaterSheet], everybody: Sequence[PersonRow]) -> None:
        self.names.show_people(everybody)
        if self._ticked is None:
            self._ticked = {one.row.id for one in sheets}
            self.names.setFocus()
        self.model.show(sheets)
        kinds = {kind.rater: kind.label for one in sheets for kind in one.kinds if not kind.fixed}
        self.kind.set_options(list(kinds.items()))
        if self.kind.value() is None and kinds:
            self.kind.set_value(next(iter(kinds)))
        self._tell()

    def _is_ticked(self, one: RaterSheet) -> bool:
        return self._ticked is not None and one.row.id in self._ticked

    def _tick(self, one: RaterSheet, is_on: bool) -> None:
        if self._ticked is not None:
            (self._ticked.add if is_on else self._ticked.discard)(one.row.id)
            self._tell()

    def _tick_all(self) -> None:
        self._ticked = {one.row.id for one in self.model.rows()}
        self._tell()

    def _clear(self) -> None:
        self._ticked = set()
        self._tell()

    def _tell(self) -> None:
        self.model.show(self.model.rows())
        chosen, asked = self._chosen(), self._asked()
        self.name_button.setText(f"登记 {count_text(len(asked), '张')}")
        self.name_button.setEnabled(bool(asked))
        self.carry_button.setEnabled(any(one.earlier for one in chosen))

    def _chosen(self) -> list[RaterSheet]:
        return [one for one in self.model.rows() if self._is_ticked(one)]

    def _asked(self) -> list[RaterSheet]:
        """The ticked ones that are rated by the chosen kind."""
        kind = self.kind.value()
        return [one for one in self._chosen() if any(k.rater == kind for k in one.kinds)]

    def _new(self, one: RaterSheet) -> str:
        """What the sheet would have of the chosen kind: who is meant, before it is done."""
        kind = self.kind.value()
        if not self._is_ticked(one) or all(each.rater != kind for each in one.kinds):
            return ""
        try:
            return "、".join(one.leaders.names(self.names.value()))
        except ValueError as problem:
            return "" if self.names.is_empty else str(problem)

    # --- doing

    def _name(self) -> None:
        if not self.names.check():
            return  # nobody is cleared by a press too many
        kind, made, unknown = self.kind.chosen(), {}, []
        for one in self._asked():
            try:
                names = one.leaders.names(self.names.value())
            except ValueError as problem:
                unknown.append((f"{one.row.person_name}（{one.row.cycle.key}）", str(problem)))
            else:
                made[one.row.id] = (RaterNames(kind, names),)
        self._act(made, unknown)

    def _carry(self) -> None:
        self._act({one.row.id: one.earlier for one in self._chosen() if one.earlier})

    def _act(
        self,
        raters: Mapping[AppraisalId, Sequence[RaterNames]],
        unknown: Sequence[tuple[str, str]] = (),
    ) -> None:
        actor, today = self._desk.officer, self._desk.today

        def work(company: Company, progress: Progress) -> RatersNamed:
            return appraisals.name_raters_of(
                company, raters=raters, actor=actor, today=today, progress=progress
            )

        self._desk.act_long(
            "登记考核人", work, lambda made: self._done(made, unknown, len(raters)), owner=self
        )

    def _done(self, made: RatersNamed, unknown: Sequence[tuple[str, str]], asked: int) -> None:
        if made.cancelled:
            return
        skipped = (*unknown, *made.skipped)
        text = f"已登记 {count_text(len(made.named), '张评分表')}"
        if same := asked - len(made.named) - len(made.skipped):
            text += f"；{count_text(same, '张')}原来就是这些人"
        if skipped:
            text += f"；{count_text(len(skipped), '张')}没有登记：\n{_listed(skipped)}"
        self._banner.say(text, Tone.WARN if skipped else Tone.GOOD)
        self._load()


_Found: TypeAlias = "tuple[tuple[RaterSheet, ...], tuple[PersonRow, ...]]"


def _now(one: RaterSheet) -> str:
    return "；".join(
        f"{kind.label}：{'、'.join(kind.names) or '未登记'}" for kind in one.kinds if not kind.fixed
    )


def _before(one: RaterSheet) -> str:
    labels = {kind.rater: kind.label for kind in one.kinds}
    return "；".join(f"{labels[each.rater]}：{'、'.join(each.names)}" for each in one.earlier)


def _listed(skipped: Sequence[tuple[str, str]]) -> str:
    lines = [f"· {who}：{why}" for who, why in skipped]
    more = f"\n……共 {len(lines)} 张" if len(lines) > _MOST_SAID else ""
    return "\n".join(lines[:_MOST_SAID]) + more
