"""The sample company's figures: invented from a seed, exact, the same every time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from kpidesk.core.period import Period
from kpidesk.usecases.appraisals import NewEntry
from kpidesk.usecases.sample.material import Director, Manager, Material

_CENT = Decimal("0.01")
_REST_DAYS = 4
_STATEMENTS = (
    "了解公司产品基本知识",
    "熟悉本行业及本市场的模式",
    "熟练的掌握本岗位所具备的专业知识",
    "掌握熟练的业务知识及其他相关知识",
)
_FIRST_YEAR_STATEMENTS = _STATEMENTS[:2]
MEASURED = ("销售额达成率", "市场份额", "利润率")
"""The directors' indicators that are computed from targets."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a seed decides."""

    material: Material

    def dice(self, *about: object) -> Random:
        """Dice of their own for each thing, so that one more person changes nobody's figures."""
        seed = "/".join(map(str, (self.material.seed, *about)))
        return Random(seed)  # noqa: S311 - invented figures, not secrets

    # -- account managers -------------------------------------------------------------------

    def plans(self, manager: Manager, *, more: int = 0) -> tuple[Decimal, ...]:
        """The sales plan of each month; `more` percent on top."""
        total = Decimal(manager.sales * (100 + more)) / 100
        return spread(total, self.material.seasons[manager.first_month - 1 :], 2)

    def sales(self, manager: Manager, month: int) -> Decimal:
        """What was sold in a month."""
        best, changed = self.material.best, self.material.override
        percent = manager.level + self.dice(manager.person, "sales", month).randrange(-13, 14)
        if (best.person, best.month) == (manager.person, month):
            percent = best.percent
        if (changed.person, changed.month) == (manager.person, month):
            percent = changed.percent
        plan = self.plans(manager)[month - manager.first_month]
        return (plan * percent / 100).quantize(_CENT, ROUND_HALF_UP)

    def quarter_sales(self, manager: Manager, quarter: int) -> Decimal:
        """What was sold in a quarter; 0 is the last quarter of the year before."""
        months = range(quarter * 3 - 2, quarter * 3 + 1)
        if quarter == 0:
            last = spread(Decimal(manager.sales) * 92 / 100, self.material.seasons, 2)
            return sum(last[9:], Decimal(0))
        known = (self.sales(manager, one) for one in months if one >= manager.first_month)
        return sum(known, Decimal(0))

    def required(self, month: int) -> Decimal:
        """The days that a full month of work has."""
        return Decimal(monthrange(self.material.year, month)[1] - _REST_DAYS)

    def month(self, manager: Manager, month: int) -> list[NewEntry]:
        """A month's figures and scores, as they come in at the beginning of the next."""
        return [*self._counted(manager, month), *self._scored(manager, month)]

    def quarters(self, manager: Manager, month: int) -> list[NewEntry]:
        """The sales of the month's quarter and of the one before."""
        quarter = (month + 2) // 3
        now = Period.months(self.material.year, quarter * 3 - 2, 3)
        return [
            NewEntry("quarter_sales", self.quarter_sales(manager, number), period.key, "销售台账")
            for number, period in ((quarter - 1, now.before()), (quarter, now))
        ]

    def _counted(self, manager: Manager, month: int) -> list[NewEntry]:
        dice = self.dice(manager.person, "counted", month)
        plan = spread_whole(manager.customers, 13 - manager.first_month)
        customers = plan[month - manager.first_month] + dice.choice((-2, -1, 0, 0, 0, 1, 1, 2))
        absent = dice.choice(("0", "0", "0", "0", "0.5", "1", "2"))
        corrected = self.material.correction
        if (corrected.person, corrected.month) == (manager.person, month):
            absent = "1"
        late = dice.choice((0, 0, 0, 0, 1, 2))
        special = self.material.late
        if (special.person, special.month) == (manager.person, month):
            late = special.times
        clock = f"{month} 月考勤表"
        return [
            NewEntry("sales", self.sales(manager, month), source=f"{month} 月销售台账"),
            NewEntry("new_customers", max(customers, Decimal(0)), source="新客户登记表"),
            NewEntry("days_present", self.required(month) - Decimal(absent), source=clock),
            NewEntry("late_times", Decimal(late), source=clock),
        ]

    def _scored(self, manager: Manager, month: int) -> list[NewEntry]:
        dice = self.dice(manager.person, "scored", month)
        able = manager.level >= 95  # noqa: PLR2004 - the better half
        low = 7 if able else 5
        known: tuple[str, ...] = _STATEMENTS[:3] if not able and month < 7 else _STATEMENTS  # noqa: PLR2004 - July
        if manager.first_month > 1 and month < 10:  # noqa: PLR2004 - three months in the post
            known = _FIRST_YEAR_STATEMENTS
        thought = ("4", "3.5", "3.5", "3") if able else ("3.5", "3", "3", "2.5")
        talk = ("6", "5.5", "5.5", "5") if able else ("5.5", "5", "5", "4.5")
        paper = f"{month} 月评分表"
        return [
            NewEntry("score.市场信息收集", _points(dice, low, 10), source=paper),
            NewEntry("score.团队协作", _points(dice, low + 1, 10), source=paper),
            NewEntry("met.专业知识", known, source=paper),
            NewEntry("score.分析判断能力", Decimal(dice.choice(thought)), source=paper),
            NewEntry("score.沟通能力", Decimal(dice.choice(talk)), source=paper),
        ]

    # -- directors ----------------------------------------------------------------------------

    def actuals(self, director: Director) -> list[NewEntry]:
        """The year's business figures."""
        sold = Decimal(director.sales * director.achieved) / 100
        figures = (sold, director.share[1], director.margin[1])
        return [
            NewEntry(f"actual.{name}", value, source="年度财务报表")
            for name, value in zip(MEASURED, figures, strict=True)
        ]

    def ratings(
        self, director: Director, leaves: Sequence[str], period: str, *, peers: bool = True
    ) -> list[NewEntry]:
        """Scores by the director, two colleagues and the superior for each indicator."""
        entries: list[NewEntry] = []
        own, equal, above = director.ratings
        for leaf in leaves:
            dice = self.dice(director.person, leaf, period)
            by_rater = {
                "self": Decimal(own + dice.randrange(-4, 6)),
                "superior": Decimal(above + dice.randrange(-5, 5)),
            }
            entries += (
                NewEntry(f"score.{leaf}.{rater}", value, period, "评分表")
                for rater, value in by_rater.items()
            )
            if peers:
                both = tuple(Decimal(equal + dice.randrange(-6, 7)) for _ in range(2))
                entries.append(NewEntry(f"score.{leaf}.peer", both, period, "互评表"))
        return entries


def spread(total: Decimal, weights: Sequence[int], places: int) -> tuple[Decimal, ...]:
    """Parts in proportion to weights that add to the total exactly; the first take the rest."""
    units, whole = int(total.scaleb(places)), sum(weights)
    parts = [units * weight // whole for weight in weights]
    for number in range(units - sum(parts)):
        parts[number] += 1
    return tuple(Decimal(part).scaleb(-places) for part in parts)


def spread_whole(total: int, parts: int) -> tuple[Decimal, ...]:
    """Whole numbers that add to the total."""
    return spread(Decimal(total), (1,) * parts, 0)


def _points(dice: Random, low: int, high: int) -> Decimal:
    """A score in half points."""
    return Decimal(dice.randrange(low * 2, high * 2 + 1)) / 2
