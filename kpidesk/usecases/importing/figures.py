"""Figures from a file: whose, of what, of when, how much; three layouts that officers use.

One figure a row (姓名 数据项 期间 数值), a column for each item (姓名 回款 签约), or a column for
each period (姓名 1月 2月 …); what no column says is chosen once for all rows.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.facts import FactValue
from kpidesk.core.inputs import value_text
from kpidesk.core.names import KnownFact
from kpidesk.core.people import Person
from kpidesk.core.period import CYCLE, Grain, Period
from kpidesk.exchange.workbook.found import Place, RawValue
from kpidesk.exchange.workbook.values import is_empty, text_of
from kpidesk.usecases.importing.cell import figure_in
from kpidesk.usecases.importing.periods import PeriodReader
from kpidesk.usecases.importing.plan import Action, ImportColumn, Option, Way
from kpidesk.usecases.importing.roster import NAME_COLUMN, NUMBER_COLUMN, Roster
from kpidesk.usecases.importing.sift import Sift
from kpidesk.usecases.importing.table import Table

ITEM: Final = "item:"
PERIOD: Final = "period:"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that is to be entered, and the cell that it was read from."""

    place: Place
    person: Person
    known: KnownFact
    period: str
    value: FactValue
    source: str


class FiguresReceiver(ABC):
    """Reads figures; those who derive from it say what may be given, what stands, and write."""

    def __init__(
        self,
        roster: Roster,
        known: Iterable[KnownFact],
        periods: Iterable[str],
        cycle: Period,
        *,
        examples: tuple[str, str],
    ) -> None:
        """`examples` are two figures for the template."""
        self.roster = roster
        self.known = {one.name: one for one in known}
        self.reader = PeriodReader(periods, cycle)
        self.figures: list[Figure] = []
        self._examples = examples
        self._spoken = self._item_names()

    def _item_names(self) -> dict[str, tuple[str, ...]]:
        """How each item may be called; a name that two of them share counts for neither."""
        names = {
            key: tuple(dict.fromkeys((one.label, key.removeprefix("score."), key)))
            for key, one in self.known.items()
        }
        every = [name for each in names.values() for name in each]
        return {
            key: tuple(one for one in each if every.count(one) == 1) or each[:1]
            for key, each in names.items()
        }

    # --- columns

    @property
    def items(self) -> tuple[Option, ...]:
        """What may be given."""
        return tuple(Option(key, one.label) for key, one in self.known.items())

    @property
    def periods(self) -> tuple[Option, ...]:
        """Of when."""
        return tuple(Option(key, self.reader.names[key][0]) for key in self.reader.keys)

    @property
    def columns(self) -> tuple[ImportColumn, ...]:
        """Who, what, when, how much; then a column for each item, and for each period."""
        items, periods = self.items, self.periods
        texts = tuple(one.title for one in items)
        first = [*texts[:1], *texts[:1]]
        when = [periods[0].title] * 2 if periods else []
        return (
            NUMBER_COLUMN,
            NAME_COLUMN,
            ImportColumn(
                "item",
                "数据项",
                ("指标", "项目", "指标名称", "考核指标", "名称"),
                hint="填数据项的名称；也可以不要这一列，每个数据项各占一列",
                example=tuple(first),
                choices=texts,
            ),
            ImportColumn(
                "period",
                "期间",
                ("月份", "季度", "考核期", "年月"),
                hint="例如 2026年1月；也可以不要这一列，每个期间各占一列",
                example=tuple(when),
                choices=tuple(one.title for one in periods),
            ),
            ImportColumn(
                "value",
                "数值",
                ("金额", "值", "得分", "分数", "数额", "数量", "实际", "实际值", "目标", "目标值"),
                hint="没有的空着；零要填 0",
                example=self._examples,
                is_number=True,
            ),
            ImportColumn("source", "资料来源", ("来源", "出处", "依据"), hint="可不填"),
            *(
                ImportColumn(
                    f"{ITEM}{key}",
                    f"{one.label}（{one.unit}）" if one.unit else one.label,
                    self._spoken[key],
                    is_number=True,
                )
                for key, one in self.known.items()
            ),
            *(
                ImportColumn(
                    f"{PERIOD}{one.key}", one.title, self.reader.names[one.key], is_number=True
                )
                for one in periods
            ),
        )

    # --- reading

    def read(self, table: Table, sift: Sift, *, item: str = "", period: str = "") -> None:
        """Every filled cell a figure; empty cells say nothing, which is not zero."""
        seen: dict[tuple[int, str, str], Place] = {}
        standing = self.standing()
        for row in table.rows():
            if sift.skips(row):
                continue
            person = self.roster.find(table, row, sift)
            if person is None:
                continue
            sift.note_action(row, Action.SAME)
            for figure in self._figures(table, row, person, sift, (item, period)):
                key = (int(person.id), figure.known.name, figure.period)
                if key in seen:
                    other = seen[key]
                    said = f"与第 {other[0] + 1} 行是同一个人、同一数据项、同一期间，重复了"
                    sift.refuse(figure.place, said)
                    continue
                seen[key] = figure.place
                self._weigh(figure, standing.get(key), sift)
        self.check_whole(sift)

    def _figures(
        self, table: Table, row: int, person: Person, sift: Sift, always: tuple[str, str]
    ) -> Iterator[Figure]:
        source = sift.take(table, row, "source", text_of) or ""
        for column, key in table.mapping.items():
            place = (row, column)
            if not (key == "value" or key.startswith((ITEM, PERIOD))):
                continue
            if is_empty(table.sheet.at(row, column)) and place not in table.sheet.valueless:
                continue
            meant = self._meant(table, place, key, sift, always)
            if meant is None:
                return
            known, when = meant
            if problem := self.problem_of(person, known, when):
                sift.refuse(place, problem)
                continue
            read = partial(self._value, known=known, is_percent=table.sheet.shows_percent(place))
            value = sift.take(table, row, key, read)
            if value is not None:
                yield Figure(place, person, known, when, value, source or table.file)

    def _meant(
        self, table: Table, place: Place, key: str, sift: Sift, always: tuple[str, str]
    ) -> tuple[KnownFact, str] | None:
        """What a figure is of, and of when; None after saying that nobody knows."""
        row, (name, when) = place[0], always
        if key.startswith(ITEM):
            name = key.removeprefix(ITEM)
        elif table.has("item"):
            name = sift.take(table, row, "item", self._item_of, "数据项") or ""
            if not name:
                return None
        if key.startswith(PERIOD):
            when = key.removeprefix(PERIOD)
        elif table.has("period"):
            when = sift.take(table, row, "period", self.reader.read, "期间") or ""
            if not when:
                return None
        known = self.known.get(name)
        if known is None:
            sift.refuse(place, "没有说明是哪一个数据项：请选择数据项，或指定一列为“数据项”")
            return None
        when = when or self._only_period(known)
        if not when:
            sift.refuse(place, "没有说明是哪一期：请选择期间，或指定一列为“期间”")
            return None
        return known, when

    def _item_of(self, value: RawValue) -> str:
        text = text_of(value)
        named = [key for key, names in self._spoken.items() if text in names or text == key]
        if len(named) == 1:
            return named[0]
        labelled = [key for key, one in self.known.items() if one.label == text]
        if len(labelled) == 1:
            return labelled[0]
        some = "、".join(one.label for one in list(self.known.values())[:4])
        msg = f"“{text}”不是这里可以填写的数据项，应为 {some} 等"
        raise InvalidValueError(msg)

    def _value(self, raw: RawValue, known: KnownFact, *, is_percent: bool | None) -> FactValue:
        value = figure_in(raw, known, is_percent=is_percent)
        if problem := self.range_problem(known, value):
            raise InvalidValueError(problem)
        return value

    def _only_period(self, known: KnownFact) -> str:
        return CYCLE if known.grains == (Grain.CYCLE,) and CYCLE in self.reader.keys else ""

    def _weigh(self, figure: Figure, old: FactValue | None, sift: Sift) -> None:
        row = figure.place[0]
        if old == figure.value:
            sift.note_action(row, Action.SAME)
            return
        if old is None:
            self.figures.append(figure)
            sift.note_action(row, Action.NEW)
            return
        way = sift.decided(figure.place, Way.OVERWRITE, Way.KEEP)
        if way is Way.KEEP:
            sift.note_action(row, Action.SAME)
        elif way is Way.OVERWRITE:
            self.figures.append(figure)
            sift.note_action(row, Action.CHANGE)
        else:
            said = f"已有 {value_text(old)}，与文件里的 {value_text(figure.value)} 不同"
            sift.refuse(figure.place, said, Way.OVERWRITE, Way.KEEP)

    # --- what those who derive from it say

    @abstractmethod
    def standing(self) -> Mapping[tuple[int, str, str], FactValue]:
        """What stands already, by person, item and period."""

    def problem_of(self, person: Person, known: KnownFact, period: str) -> str:
        """Why nothing can be given of somebody for an item and a period; empty when it can."""
        del person, known, period
        return ""

    def range_problem(self, known: KnownFact, value: FactValue) -> str:
        """Why a value is out of range; empty when it is not."""
        del known, value
        return ""

    def check_whole(self, sift: Sift) -> None:
        """Say what is wrong with the figures together."""
        del sift
