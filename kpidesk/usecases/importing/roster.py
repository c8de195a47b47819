"""Who is meant by a number or a name in a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kpidesk.core.people import Person, PersonId
from kpidesk.core.typed import clean_text
from kpidesk.exchange.workbook.values import text_of
from kpidesk.usecases.importing.plan import ImportColumn, Way
from kpidesk.usecases.importing.sift import Sift
from kpidesk.usecases.importing.table import Table

NUMBER_COLUMN: Final = ImportColumn(
    "number",
    "工号",
    ("员工编号", "员工号", "人员编号", "编号", "职工号", "工号/编号"),
    hint="公司的工号。与姓名填一样即可；同名的人必须填工号",
    example=("G001", "G002"),
)
NAME_COLUMN: Final = ImportColumn(
    "name",
    "姓名",
    ("员工姓名", "名字", "被考核人", "人员", "员工", "客户经理"),
    hint="与“人员”页上的姓名一致",
    example=("王芳", "李雷"),
)


class Roster:
    """The people who may be meant; `others` are known, and have nothing to do here."""

    def __init__(self, people: Iterable[Person], others: Iterable[Person], where: str) -> None:
        """`where` says in messages what the people belong to."""
        self.people = tuple(people)
        self._where = where
        self._by_number = {one.number.casefold(): one for one in self.people}
        self._by_name: dict[str, list[Person]] = {}
        for one in self.people:
            self._by_name.setdefault(one.name, []).append(one)
        mine = {one.id for one in self.people}
        rest = [one for one in others if one.id not in mine]
        self._strangers = {one.name for one in rest} | {one.number for one in rest}
        self._by_id = {one.id: one for one in self.people}

    @property
    def choices(self) -> tuple[tuple[PersonId, str], ...]:
        """Who may be chosen for a name that is not known."""
        return tuple((one.id, f"{one.name}（{one.number}）") for one in self.people)

    def find(self, table: Table, row: int, sift: Sift) -> Person | None:
        """Who a row is about; None after saying why nobody can be meant."""
        before = len(sift.problems)
        number = sift.take(table, row, "number", text_of) or ""
        name = sift.take(table, row, "name", text_of) or ""
        if len(sift.problems) > before:
            return None
        key = "number" if number else "name"
        place = table.place(row, key)
        decision = sift.decisions.get(place)
        if decision is not None and decision.way is Way.PERSON and decision.person is not None:
            return self._by_id.get(decision.person)
        found, why = self._look_up(number, clean_text(name))
        if found is None:
            sift.refuse(place, why, Way.PERSON)
        return found

    def _look_up(self, number: str, name: str) -> tuple[Person | None, str]:
        if not number and not name:
            return None, "缺少姓名或工号，不知道是谁"
        if number:
            found = self._by_number.get(number.casefold())
            if found is None:
                return None, self._unknown(f"工号 {number}", number)
            if name and found.name != name:
                return None, f"工号 {number} 是{found.name}，这一行写的却是{name}，请核对"
            return found, ""
        named = self._by_name.get(name, [])
        if len(named) > 1:
            return None, f"有 {len(named)} 个人叫{name}，请填写工号"
        if not named:
            return None, self._unknown(f"“{name}”", name)
        return named[0], ""

    def _unknown(self, said: str, key: str) -> str:
        if key in self._strangers:
            return f"{said}在人员名册里，但不在{self._where}之中"
        return f"人员名册里没有{said}，请核对，或先在“人员”页登记"
