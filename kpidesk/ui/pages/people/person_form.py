"""The form for a person: new, or changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from kpidesk.ui.forms import CheckField, DateField, Form, FormDialog, TextField
from kpidesk.ui.pages.people.listing import Listing
from kpidesk.ui.pages.people.moving import tell_of_contract
from kpidesk.ui.pages.people.place_fields import department_field, superior_field
from kpidesk.ui.widgets import label
from kpidesk.ui.words import day_text
from kpidesk.usecases import people as people_cases

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.people import DepartmentId, Person, PersonId
    from kpidesk.core.postings import Posting
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.people import PersonAdded

_WIDTH = 560


class PersonForm(Form):
    """工号, 姓名, 部门, 岗位, 直属上级, 入职日期."""

    def __init__(self, desk: Desk, listing: Listing, person: Person | None = None) -> None:
        """With the fields of `person`; without one, empty but for the next 工号."""
        super().__init__(desk.look)
        self.person = person
        self.name = self.add(TextField("姓名", required=True), half=True)
        hint = "" if person else "公司内不重复"
        self.number = self.add(TextField("工号", required=True, hint=hint), half=True)
        self.department = self.add(department_field(listing), half=True)
        self.post = self.add(
            TextField(
                "岗位",
                required=True,
                example="例如：客户经理",
                hint="↓ 从已有的岗位中选，也可以输入新的",
                known=listing.posts(),
            ),
            half=True,
        )
        self.superior = self.add(
            superior_field(listing, desk.today, person, hint="可输入姓名或工号查找"), half=True
        )
        self.hired_on = self.add(DateField(desk.look, "入职日期"), half=True)
        if person is None:
            self.number.set_value(listing.next_number())
        else:
            self._fill(person)
            self._add_postings(listing.postings.get(person.id, ()), person, desk)

    def _fill(self, person: Person) -> None:
        self.name.set_value(person.name)
        self.number.set_value(person.number)
        self.department.set_value(person.department)
        self.post.set_value(person.post)
        self.superior.set_value(person.superior)
        self.hired_on.set_value(person.hired_on)

    def _add_postings(self, past: tuple[Posting, ...], person: Person, desk: Desk) -> None:
        """From which day department, post and superior hold, and what was before."""
        self._today = desk.today
        self.start = past[-1].since if past else person.hired_on
        first = f"改回 {day_text(self.start)}" if self.start else "清空这一天"
        self.since = self.add(
            DateField(
                desk.look,
                "任职起始日",
                hint=f"部门、岗位、上级从这天起；只是更正错误的，{first}",
            )
        )
        self.since.set_value(self.start)
        for one in (self.department, self.post, self.superior):
            one.changed.connect(self._date_move)
        if past:
            self.add_widget(label(postings_text(past), "muted", wrap=True))

    def _date_move(self) -> None:
        """A move holds from today, until the officer says otherwise."""
        if not self.since.is_dirty:
            places = (self.department, self.post, self.superior)
            is_move = any(one.is_dirty for one in places)
            self.since.set_value(self._today if is_move else self.start)

    def refuse(self, message: str) -> None:
        """A 工号 that is taken is said at its field, everything else above the form."""
        if message.startswith("工号"):
            self.number.refuse(message)
            self.number.setFocus()
        else:
            super().refuse(message)


def edit_person(
    desk: Desk,
    parent: QWidget,
    listing: Listing,
    person: Person,
    go_on: Callable[[PersonId, date], object],
) -> None:
    """Ask for the person's new details and save them.

    `go_on` is to see to the contract of somebody who changed the post on a day.
    """
    form = PersonForm(desk, listing, person)

    def act() -> Callable[[Company], Changes]:
        after = replace(
            person,
            number=form.number.value(),
            name=form.name.value(),
            department=form.department.chosen(),
            post=form.post.value(),
            superior=form.superior.value(),
            hired_on=form.hired_on.value(),
        )
        actor, today = desk.officer, desk.today
        day = form.since.value() if form.since.is_dirty else None
        corrects = form.since.is_dirty and day == form.start
        return lambda company: people_cases.edit_person(
            company, after, since=day, corrects=corrects, actor=actor, today=today
        )

    def done(_: object) -> None:
        desk.tell(f"已保存{form.name.value()}的资料")
        tell_of_contract(
            desk, parent, person, post=form.post.value(), since=form.since.value(), then=go_on
        )

    title = f"编辑人员：{person.name}"
    FormDialog(desk, parent, title, form, act=act, done=done, width=_WIDTH).open()


def postings_text(past: tuple[Posting, ...]) -> str:
    """The history of a person, the newest first, a line each."""
    ends = [*(one.since for one in past[1:]), None]
    lines = []
    for one, end in zip(past, ends, strict=True):
        last = f"至 {day_text(end - timedelta(days=1))}" if end else "起"
        superior = f"，上级{one.superior}" if one.superior else ""
        start = day_text(one.since) or "入职"
        lines.append(f"· {start} {last}：{one.department}，{one.post}{superior}")
    return "\n".join(["任职记录：", *reversed(lines)])


def add_person(
    desk: Desk,
    parent: QWidget,
    listing: Listing,
    department: DepartmentId | None,
    *,
    added: Callable[[PersonAdded, DepartmentId, bool], object],
    again: bool = False,
) -> None:
    """Ask for a new person and add them.

    `added` gets the outcome, the department, and whether another is to be entered; `again` ticks
    that box beforehand.
    """
    form = PersonForm(desk, listing)
    form.department.set_value(department)
    more = form.add(CheckField("保存后继续录入下一人"))
    more.set_value(again)

    def act() -> Callable[[Company], Any]:
        values: dict[str, Any] = {
            "number": form.number.value(),
            "name": form.name.value(),
            "department": form.department.chosen(),
            "post": form.post.value(),
            "superior": form.superior.value(),
            "hired_on": form.hired_on.value(),
        }
        actor, today = desk.officer, desk.today
        return lambda company: people_cases.add_person(company, **values, actor=actor, today=today)

    def done(outcome: PersonAdded) -> None:
        desk.tell(f"已新增{form.name.value()}")
        added(outcome, form.department.chosen(), more.value())

    FormDialog(desk, parent, "新增人员", form, act=act, done=done, width=_WIDTH).open()
