"""The dialogs about users: added, changed, another password."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.core.users import PASSWORD_LEAST, Role, User
from kpidesk.ui.forms import ChoiceField, Form, FormDialog, TextField
from kpidesk.ui.forms.secret import PasswordField
from kpidesk.usecases import people, users

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.people import DepartmentRow, PersonRow

_RULE = f"至少 {PASSWORD_LEAST} 个字符；几个不相干的词连成一句，最好记也最难猜"


class _Dialog(FormDialog):
    """Told of in the manual."""

    chapter = "用户与权限"


class _Passwords:
    """A new password, typed twice."""

    def __init__(self, form: Form, title: str = "密码") -> None:
        self.first = form.add(PasswordField(title, hint=_RULE), half=True)
        form.add(_Again(self.first), half=True)

    def value(self) -> str:
        """The password."""
        return self.first.value()


class _Again(PasswordField):
    """The same password once more: nobody can read dots."""

    def __init__(self, first: PasswordField) -> None:
        super().__init__("再输入一次")
        self._first = first

    def value(self) -> str:
        """Refused when it is another."""
        text = super().value()
        if text != self._first.raw():
            msg = "两次输入的密码不一样，请重新输入"
            raise ValueError(msg)
        return text


class _About:
    """Name, role, and for a head the department and their own person."""

    def __init__(
        self, form: Form, departments: Sequence[DepartmentRow], everybody: Sequence[PersonRow]
    ) -> None:
        names = [one.person.name for one in everybody]
        self.name = form.add(TextField("姓名", required=True, known=names), half=True)
        self.role = form.add(
            ChoiceField("角色", [(one, one.text) for one in Role], required=True), half=True
        )
        self.department: ChoiceField[DepartmentId] = form.add(
            ChoiceField(
                "负责的部门",
                [(one.department.id, one.department.name) for one in departments],
                none="请选择",
                required=True,
                hint="只看得到这个部门和它下级部门的人",
            ),
            half=True,
        )
        self.person: ChoiceField[PersonId] = form.add(
            ChoiceField(
                "本人是",
                [(one.person.id, f"{one.person.name}（{one.person.number}）") for one in everybody],
                none="不在人员名单里",
                searchable=True,
                hint="自己的评分表不能自己评",
            ),
            half=True,
        )
        self.role.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Only a head leads something."""
        is_head = self.role.raw() == Role.HEAD.text  # nothing is chosen yet at first
        self.department.required = is_head
        self.department.setVisible(is_head)
        self.person.setVisible(is_head)

    def show(self, user: User) -> None:
        """What stands there now."""
        self.name.set_value(user.name)
        self.role.set_value(user.role)
        self.department.set_value(user.department)
        self.person.set_value(user.person)
        self.fit()

    @property
    def led(self) -> dict[str, Any]:
        """What a head leads, and who they are."""
        if self.role.chosen() is not Role.HEAD:
            return {"department": None, "person": None}
        return {"department": self.department.value(), "person": self.person.value()}


def _with_people(
    desk: Desk,
    parent: QWidget,
    make: Callable[[Form, _About], FormDialog],
) -> None:
    """Open a dialog once it is known which departments and people there are."""

    def load(company: Company) -> tuple[Sequence[DepartmentRow], Sequence[PersonRow]]:
        return people.list_departments(company), people.list_people(company)

    def show(found: tuple[Sequence[DepartmentRow], Sequence[PersonRow]]) -> None:
        form = Form(desk.look)
        about = _About(form, *found)
        dialog = make(form, about)
        # A head's fields come and go; their place is known when they have been laid out.
        about.role.changed.connect(lambda: QTimer.singleShot(0, dialog, dialog.fit))
        dialog.open()

    desk.ask(load, show, owner=parent)


def new_user(desk: Desk, parent: QWidget, *, is_first: bool, done: Callable[[Any], object]) -> None:
    """添加用户: the first one is who sits here, the officer."""

    def make(form: Form, about: _About) -> FormDialog:
        passwords = _Passwords(form)
        if is_first:
            about.role.set_options([(Role.OFFICER, Role.OFFICER.text)])
            about.role.set_value(Role.OFFICER)
            about.name.set_value(desk.officer)

        def act() -> Callable[[Company], object]:
            name, role = about.name.value(), about.role.chosen()
            password, led = passwords.value(), about.led
            actor, today = desk.officer, desk.today
            return lambda company: users.add_user(
                company, name=name, role=role, password=password, **led, actor=actor, today=today
            )

        return _Dialog(desk, parent, "添加用户", form, act=act, save="添加", done=done)

    _with_people(desk, parent, make)


def edit_user(desk: Desk, parent: QWidget, user: User) -> None:
    """修改用户: name, role, department."""

    def make(form: Form, about: _About) -> FormDialog:
        about.show(user)

        def act() -> Callable[[Company], object]:
            name, role, led = about.name.value(), about.role.chosen(), about.led
            after = replace(user, name=name, role=role, **led)
            actor, today = desk.officer, desk.today
            return lambda company: users.edit_user(company, after, actor=actor, today=today)

        return _Dialog(desk, parent, f"修改用户 {user.name}", form, act=act)

    _with_people(desk, parent, make)


def reset_password(desk: Desk, parent: QWidget, user: User) -> None:
    """重设密码: for somebody who forgot theirs."""
    form = Form(desk.look)
    passwords = _Passwords(form, f"{user.name}的新密码")

    def act() -> Callable[[Company], object]:
        password, actor, today = passwords.value(), desk.officer, desk.today
        return lambda company: users.reset_password(
            company, user.id, password=password, actor=actor, today=today
        )

    told = f"{user.name}的密码已重设，请当面告诉本人"
    _Dialog(desk, parent, "重设密码", form, act=act, done=lambda _: desk.tell(told)).open()


def change_password(desk: Desk, parent: QWidget) -> None:
    """修改我的密码."""
    form = Form(desk.look)
    old = form.add(PasswordField("现在的密码"))
    passwords = _Passwords(form, "新密码")

    def act() -> Callable[[Company], object]:
        was, new, actor, today = old.value(), passwords.value(), desk.officer, desk.today
        return lambda company: users.change_password(
            company, old=was, new=new, actor=actor, today=today
        )

    _Dialog(
        desk, parent, "修改我的密码", form, act=act, done=lambda _: desk.tell("密码已修改")
    ).open()
