"""The dialogs 分解, 复制去年 and 季节比例."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kpidesk.core.errors import KpiDeskError
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.period import MONTHS_IN_YEAR
from kpidesk.core.target_split import Season, apportion
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.forms import ChoiceField, Form, FormDialog, NumberField
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.widgets import Badge, label, push_button, row
from kpidesk.ui.words import number_text
from kpidesk.usecases import targets
from kpidesk.usecases.targets import Shape, Share, Ways

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.core.target_plan import TargetPlan
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.targets.rows import GridRow
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.targets import LastYear

_MOST_PERCENT = 1000
_PLACES = 2
_MONTHS_BESIDE = 3  # a quarter in a row: all twelve are seen at once


class SplitDialog(Dialog):
    """How a figure is split over people, and theirs over months."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        about: str,
        *,
        over_people: bool,
        last: LastYear,
        season: Season,
        then: Callable[[Ways], object],
    ) -> None:
        """`about` says what is split; `over_people` when it is a figure of several."""
        super().__init__(parent, "分解目标", width=480)
        self._desk, self._last, self._then, self.season = desk, last, then, season
        self.form = Form(desk.look)
        shares = [one for one in Share if last or one is not Share.LAST_YEAR]
        self.share: ChoiceField[Share] = ChoiceField(
            "分到人", [(one, one.value) for one in shares], required=True
        )
        shapes = [one for one in Shape if last or one is not Shape.LAST_YEAR]
        self.shape: ChoiceField[Shape] = ChoiceField(
            "分到月", [(one, one.value) for one in shapes], required=True
        )
        self.share.set_value(Share.EVEN if over_people else Share.NONE)
        self.shape.set_value(Shape.SEASON if season.shares else Shape.EVEN)
        if over_people:
            self.form.add(self.share)
        self.form.add(self.shape)
        self._said = label("", "muted", wrap=True)
        change = push_button(desk.look, "修改季节比例…", self._change_season, kind="link")
        change.setAutoDefault(False)
        self.body.addWidget(label(about, wrap=True))
        self.body.addWidget(self.form)
        line = row(self._said, change, spacing=12)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        note = "已锁定的格子、已打印或签署的责任书不变；合计与要分解的数分毫不差。"
        self.body.addWidget(label(note, "muted", wrap=True))
        self.add_buttons("分解")
        self._tell()

    def accept(self) -> None:
        """Do it."""
        super().accept()
        self._then(Ways(self.share.chosen(), self.shape.chosen(), self.season, self._last))

    def _change_season(self) -> None:
        season_dialog(self._desk, self, self.season, self._last, self._take_season)

    def _take_season(self, season: Season) -> None:
        self.season = season
        self.shape.set_value(Shape.SEASON)
        self._tell()

    def _tell(self) -> None:
        self._said.setText(f"季节比例：{season_text(self.season)}")


class CopyDialog(Dialog):
    """By how much more than last year."""

    def __init__(
        self, desk: Desk, parent: QWidget, about: str, then: Callable[[Decimal], object]
    ) -> None:
        """`about` says for whom."""
        super().__init__(parent, "复制去年的目标", width=440)
        self._then = then
        self.form = Form(desk.look)
        self.percent = self.form.add(
            NumberField(
                "增加",
                unit="%",
                required=True,
                least=-HUNDRED,
                most=Decimal(_MOST_PERCENT),
                places=_PLACES,
                hint="0 为照抄去年；负数为减少。各月按同一比例，合计分毫不差。",
            )
        )
        self.percent.set_value(ZERO)
        self.body.addWidget(label(about, wrap=True))
        self.body.addWidget(self.form)
        self.add_buttons("复制")
        self.percent.setFocus()

    def accept(self) -> None:
        """Do it when the number is sound."""
        if self.form.check():
            super().accept()
            self._then(self.percent.value() or ZERO)


def season_dialog(
    desk: Desk,
    parent: QWidget,
    season: Season,
    last: LastYear,
    then: Callable[[Season], object],
) -> FormDialog:
    """Twelve shares that come to a hundred; remembered for every split to come."""
    form = Form(desk.look, columns=_MONTHS_BESIDE)
    fields = [
        NumberField(f"{month}月", unit="%", required=True, least=ZERO, most=HUNDRED, places=4)
        for month in range(1, MONTHS_IN_YEAR + 1)
    ]
    total = Badge(desk.look)

    def fill(weights: tuple[Decimal, ...]) -> None:
        for field, share in zip(fields, apportion(HUNDRED, weights, _PLACES), strict=True):
            field.set_value(share)
        add_up()

    def add_up() -> None:
        known = ZERO
        for field in fields:
            try:
                known += field.value() or ZERO
            except (ValueError, KpiDeskError):
                continue
        good = known == HUNDRED
        said = f"合计 {number_text(known)}%" + ("" if good else "，应为 100%")
        total.say(said, Tone.GOOD if good else Tone.BAD)

    def by_last_year() -> None:
        months = [
            sum((one.months[place] or ZERO for one in last.values() if one.months), ZERO)
            for place in range(MONTHS_IN_YEAR)
        ]
        fill(tuple(months))

    ones = tuple(Decimal(1) for _ in fields)
    even = push_button(desk.look, "平均", lambda: fill(ones))
    as_last = push_button(desk.look, "按去年的目标", by_last_year)
    twelve = [one for one in last.values() if one.has_months]
    usable = bool(twelve) and all(len(one.months) == MONTHS_IN_YEAR for one in twelve)
    as_last.setEnabled(usable)
    as_last.setToolTip("" if usable else "没有去年分月的目标")
    for button in (even, as_last):
        button.setAutoDefault(False)
    above = QWidget()
    above.setLayout(row(total, None, even, as_last))
    form.add_widget(above)
    for field in fields:
        form.add(field, half=True)
    form.changed.connect(add_up)
    fill(season.shares or ones)
    made: list[Season] = []

    def act() -> Callable[[Company], Changes]:
        profile = Season(tuple(one.value() or ZERO for one in fields))
        made.append(profile)
        actor, today = desk.officer, desk.today
        return lambda company: targets.save_season(company, profile, actor=actor, today=today)

    dialog = _SeasonDialog(
        desk,
        parent,
        "季节比例",
        form,
        act=act,
        done=lambda _: then(made[-1]),
        width=640,
    )
    dialog.open()
    return dialog


class _SeasonDialog(FormDialog):
    """Refuses shares that do not add up, above the fields."""

    def accept(self) -> None:
        """Say what is wrong with the sum."""
        try:
            super().accept()
        except KpiDeskError as problem:
            self._fail(problem)


def season_text(season: Season) -> str:
    """1月 8.33%、2月…; evenly where nothing was said."""
    if not season.shares:
        return "各月相同（还没有设置）"
    return "、".join(f"{n}月 {number_text(one)}%" for n, one in enumerate(season.shares, 1))


def no_split(plan: TargetPlan | None, rows: Sequence[GridRow]) -> str:
    """Why nothing can be split; empty when something can."""
    if plan is None or not plan.is_monthly:
        return "这个指标不能相加，没有可以分解的；请逐人填写"
    if all(one.total is None for one in rows):
        return "还没有要分解的数：先在“全年”一列填公司、部门或个人的目标"
    return ""
