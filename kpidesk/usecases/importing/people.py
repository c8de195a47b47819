"""People from a file: new ones entered, known ones brought up to date, departments made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import Department, DepartmentId, Person, PersonId, check_name
from kpidesk.exchange.workbook.found import RawValue
from kpidesk.exchange.workbook.values import day_of, text_of
from kpidesk.store import audit
from kpidesk.store import people as store
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.importing.people_columns import PEOPLE_COLUMNS
from kpidesk.usecases.importing.plan import Action, Option, Stamp, Way
from kpidesk.usecases.importing.sift import Sift
from kpidesk.usecases.importing.table import Table
from kpidesk.usecases.pinyin import spellings
from kpidesk.usecases.postings import note_posting
from kpidesk.usecases.progress import Progress
from kpidesk.usecases.session import Company, Work


@dataclass(frozen=True, slots=True)
class _Row:
    row: int
    number: str
    name: str
    department: str
    post: str
    superior: str
    hired_on: date | None
    left_on: date | None


@dataclass(frozen=True, slots=True)
class _Change:
    before: Person | None
    after: Person
    department: str


class PeopleReceiver:
    """The register of people."""

    columns = PEOPLE_COLUMNS
    items: tuple[Option, ...] = ()
    periods: tuple[Option, ...] = ()

    def __init__(self, connection: Connection) -> None:
        """Looks at who is there."""
        self._known = [person for person, _ in store.people(connection)]
        self._by_number = {one.number: one for one in self._known}
        self._next = int(store.next_person_id(connection))
        self._departments = {one.name: one for one, _ in store.departments(connection)}
        self._changes: list[_Change] = []

    # --- reading

    def read(self, table: Table, sift: Sift) -> None:
        """Every row a person, told apart by the number; no cell left empty takes anything away."""
        rows = self._rows(table, sift)
        ids = self._ids(rows)
        named: dict[str, list[PersonId]] = {}
        for id_, name in ids.values():
            named.setdefault(name, []).append(id_)
        made: dict[PersonId, Person] = {one.id: one for one in self._known}
        changes: list[tuple[_Row, _Change]] = []
        for one in rows:
            after = self._person(one, ids, named, table, sift)
            if after is not None:
                made[after.id] = after
                before = self._by_number.get(one.number)
                changes.append((one, _Change(before, after, one.department)))
        for row, change in changes:
            self._take(row, change, made, table, sift)
        fresh = {one.department for one in rows} - self._departments.keys()
        if fresh:
            sift.notes.append(f"将新建 {len(fresh)} 个部门：{'、'.join(sorted(fresh))}")

    def _rows(self, table: Table, sift: Sift) -> list[_Row]:
        rows: list[_Row] = []
        seen: dict[str, int] = {}
        number_in = _named("工号")
        texts_in = [
            (key, title, _named(title))
            for key, title in (("name", "姓名"), ("department", "部门"), ("post", "岗位"))
        ]
        for row in table.rows():
            if sift.skips(row):
                continue
            before = len(sift.problems)
            number = sift.take(table, row, "number", number_in, "工号") or ""
            old = self._by_number.get(number)
            needs = old is None
            texts = [
                sift.take(table, row, key, read, title if needs else "")
                for key, title, read in texts_in
            ]
            superior = sift.take(table, row, "superior", text_of) or ""
            hired_on = sift.take(table, row, "hired_on", day_of)
            left_on = sift.take(table, row, "left_on", day_of)
            if number and number in seen:
                said = f"工号 {number} 与第 {seen[number] + 1} 行重复"
                sift.refuse(table.place(row, "number"), said)
            seen.setdefault(number, row)
            if len(sift.problems) == before:
                name, department, post = (one or "" for one in texts)
                department = _inmost(department, self._departments)
                rows.append(_Row(row, number, name, department, post, superior, hired_on, left_on))
        return rows

    def _ids(self, rows: list[_Row]) -> dict[str, tuple[PersonId, str]]:
        """Everybody by number, those of the file too: their ids and names."""
        ids = {one.number: (one.id, one.name) for one in self._known}
        for one in rows:
            if (known := ids.get(one.number)) is not None:
                ids[one.number] = known[0], one.name or known[1]
            else:
                ids[one.number] = PersonId(self._next), one.name
                self._next += 1
        return ids

    def _person(
        self,
        one: _Row,
        ids: dict[str, tuple[PersonId, str]],
        named: dict[str, list[PersonId]],
        table: Table,
        sift: Sift,
    ) -> Person | None:
        """The person of a row as they will be; of a new department once that is made."""
        old = self._by_number.get(one.number)
        superior = old.superior if old is not None else None
        if one.superior:
            namesakes = named.get(one.superior, [])
            if one.superior in ids:
                superior = ids[one.superior][0]
            elif len(namesakes) == 1:
                superior = namesakes[0]
            else:
                place = table.place(one.row, "superior")
                said = (
                    f"有 {len(namesakes)} 个人叫{one.superior}，上级请填写工号"
                    if namesakes
                    else f"上级“{one.superior}”不在人员名册里，也不在这个文件里"
                )
                if sift.decided(place, Way.KEEP) is None:
                    sift.refuse(place, said, Way.KEEP)
                    return None
        known = self._departments.get(one.department)
        try:
            if old is None:
                return Person(
                    ids[one.number][0],
                    one.number,
                    one.name,
                    known.id if known else DepartmentId(0),
                    one.post,
                    superior,
                    one.hired_on,
                    one.left_on,
                )
            return replace(
                old,
                name=one.name or old.name,
                post=one.post or old.post,
                department=known.id if known else old.department,
                superior=superior,
                hired_on=one.hired_on or old.hired_on,
                left_on=one.left_on or old.left_on,
            )
        except InvalidValueError as problem:
            sift.refuse(table.place(one.row, "left_on"), str(problem))
            return None

    def _take(
        self,
        one: _Row,
        change: _Change,
        made: dict[PersonId, Person],
        table: Table,
        sift: Sift,
    ) -> None:
        person, seen = change.after, {change.after.id}
        above = person.superior
        while above is not None:
            if above in seen:
                place = table.place(one.row, "superior")
                sift.refuse(place, f"{person.name}的上级不能是本人或自己的下属，请另填上级")
                return
            seen.add(above)
            above = made[above].superior if above in made else None
        before = change.before
        moves = one.department and one.department not in self._departments
        if before == person and not moves:
            sift.note_action(one.row, Action.SAME)
            return
        place = table.place(one.row, "number")
        if before is not None and before.name != person.name:
            way = sift.decided(place, Way.OVERWRITE)
            if way is None:
                said = f"工号 {person.number} 已经是{before.name}的；如果是改名，请选“覆盖”"
                sift.refuse(place, said, Way.OVERWRITE)
                return
        sift.note_action(one.row, Action.NEW if before is None else Action.CHANGE)
        self._changes.append(change)

    # --- writing

    def write(self, company: Company, stamp: Stamp, progress: Progress) -> Changes:
        """New departments first, then everybody; every person with an audit line of their own."""
        with company.change(stamp.actor) as work:
            for name in dict.fromkeys(one.department for one in self._changes):
                if name:
                    self._make_department(work, name)
            persons = []
            for change in self._changes:
                department = self._departments.get(change.department)
                after = change.after
                if department is not None and department.id != after.department:
                    after = replace(after, department=department.id)
                persons.append((change.before, after))
            progress.step(1, 3, f"正在写入 {len(persons)} 人")
            new = _leaders_first([after for before, after in persons if before is None])
            spelt = [(one, " ".join(spellings(one.name))) for one in new]
            store.add_people(work.connection, spelt)
            for before, after in persons:
                if before is not None:
                    note_posting(work, before, after, today=stamp.today)
                    store.save_person(work.connection, after, " ".join(spellings(after.name)))
            progress.step(2, 3, "正在写入操作日志")
            moment = company.file.clock()
            lines = [
                work.told(
                    "person.add" if before is None else "person.edit",
                    f"person:{after.id}",
                    before=before,
                    after=after,
                    reason=f"导入：{stamp.source}",
                    at=moment,
                )
                for before, after in persons
            ]
            audit.append_all(work.connection, lines)
        return Changes.PEOPLE

    def _make_department(self, work: Work, name: str) -> None:
        parent: DepartmentId | None = None
        for part in filter(None, (one.strip() for one in name.split("/"))):
            known = self._departments.get(part)
            if known is None:
                known = store.new_department(work.connection, part, parent)
                work.log("department.add", f"department:{known.id}", after=known)
                self._departments[part] = known
            parent = known.id
            self._departments[name] = known


def _leaders_first(people: Sequence[Person]) -> list[Person]:
    """Superiors before those whom they lead; there are no circles among them."""
    waiting = {one.id: one for one in people}
    ordered: list[Person] = []
    for one in people:
        chain: list[Person] = []
        at: Person | None = one
        while at is not None and at.id in waiting:
            chain.append(waiting.pop(at.id))
            at = waiting.get(at.superior) if at.superior is not None else None
        ordered += reversed(chain)
    return ordered


def _named(title: str) -> Callable[[RawValue], str]:
    """Reads a name, or a path of departments; what was read once is known."""
    known: dict[str, str] = {}

    def read(value: RawValue) -> str:
        if isinstance(value, str) and value in known:
            return known[value]
        text = text_of(value)
        for part in text.split("/") if title == "部门" else (text,):
            check_name(part.strip(), title)
        if isinstance(value, str):
            known[value] = text
        return text

    return read


def _inmost(department: str, known: dict[str, Department]) -> str:
    """总部/销售部 where 销售部 exists already: 销售部."""
    last = department.rsplit("/", 1)[-1].strip()
    return last if last in known else department
