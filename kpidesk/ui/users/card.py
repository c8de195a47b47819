"""用户与权限 in the settings: who signs in, in which role; and one's own password."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpidesk.ui.dialogs import confirm
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.users.forms import change_password, edit_user, new_user, reset_password
from kpidesk.ui.widgets import Card, label, push_button, row
from kpidesk.usecases import users

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.users import UserRow

_ABOUT = (
    "几个人共用这台电脑或这个文件时，可以让每个人用自己的名字和密码登录：人事专员做全部工作并管理用户，"
    "总经理查看全部并审批，部门负责人只看本部门的人、填写上级评分，只读的只看不改。"
    "不添加用户就不需要登录。"
)
_WARNING = (
    "登录是约定，不是保险锁：拿到文件的人用别的软件仍能读到内容。要防止这一点，请给公司文件加密。"
)
_TABLE_HEIGHT = 222


class UsersCard(Card):
    """A table of users for the officer; for everybody else, their own password."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `refresh`."""
        super().__init__("用户与权限")
        self._desk = desk
        self.model: RowsModel[UserRow] = RowsModel(_columns(), key=lambda one: one.user.id)
        self.table: TableView[UserRow] = TableView(desk, self.model, "users")
        self.table.setAccessibleName("用户")
        self.table.setFixedHeight(_TABLE_HEIGHT)
        self.table.set_empty(
            "没有用户，不需要登录", "点“添加用户…”从您自己（人事专员）开始；之后每次打开都要登录。"
        )
        self.table.opened.connect(lambda _: self._edit_chosen())
        self.table.chosen.connect(self._look_again)
        look = desk.look
        self.add_button = push_button(look, "添加用户…", self._add, icon="person-add")
        self.edit_button = push_button(look, "修改…", self._edit_chosen, icon="edit")
        self.stop_button = push_button(look, "停用…", self._stop, icon="person-leave")
        self.reset_button = push_button(look, "重设密码…", self._reset, icon="lock")
        self.give_up_button = push_button(look, "不再使用登录…", self._give_up)
        self.own_button = push_button(look, "修改我的密码…", self._own, icon="lock")
        self._me = label("", wrap=True)
        manage = row(
            self.add_button, self.edit_button, self.stop_button, self.reset_button, None,
            self.give_up_button,
        )  # fmt: skip
        own = row(self._me, None, self.own_button)
        self.body.addWidget(label(_ABOUT, "muted", wrap=True))
        self.body.addWidget(label(_WARNING, "muted", wrap=True))
        self.body.addWidget(self.table)
        self.body.addLayout(manage)
        self.body.addLayout(own)
        desk.only_if(
            "users.listing.list_users",
            self.table,
            self.add_button,
            self.edit_button,
            self.stop_button,
            self.reset_button,
            self.give_up_button,
        )
        self._show(())

    def refresh(self) -> None:
        """Load the users."""
        company = self._desk.company
        user = company.user if company is not None else None
        self.own_button.setVisible(
            user is not None and company is not None and not company.is_read_only
        )
        self._me.setVisible(user is not None)
        self._me.setText(f"现在登录的是{user.name}（{user.role.text}）" if user is not None else "")
        if self._desk.may("users.listing.list_users"):
            self._desk.ask(users.list_users, self._show, owner=self)

    def _show(self, rows: Sequence[UserRow]) -> None:
        self.model.show(rows)
        self._look_again()

    def _look_again(self) -> None:
        chosen = self.table.selected_rows()
        company = self._desk.company
        me = company.user.id if company is not None and company.user is not None else None
        one = chosen[0].user if len(chosen) == 1 and me is not None else None
        active = one is not None and one.is_active
        self.edit_button.setEnabled(active)
        self.reset_button.setEnabled(active)
        self.stop_button.setEnabled(one is not None and one.id != me)
        self.stop_button.setText("恢复…" if one is not None and not one.is_active else "停用…")
        self.give_up_button.setEnabled(me is not None)

    def _add(self) -> None:
        company = self._desk.company
        is_first = company is not None and not company.has_users
        new_user(self._desk, self.window(), is_first=is_first, done=self._begin)

    def _begin(self, _: object) -> None:
        """The first user is signed in at once, and everything is theirs."""
        company = self._desk.company
        user = company.user if company is not None else None
        if user is not None and self._desk.officer != user.name:
            self._desk.set_company(company, user.name)
            self._desk.go("settings")
        self._desk.tell("已添加用户")

    def _edit_chosen(self) -> None:
        if self.edit_button.isEnabled():
            edit_user(self._desk, self.window(), self.table.selected_rows()[0].user)

    def _reset(self) -> None:
        reset_password(self._desk, self.window(), self.table.selected_rows()[0].user)

    def _own(self) -> None:
        change_password(self._desk, self.window())

    def _stop(self) -> None:
        user = self.table.selected_rows()[0].user
        after = replace(user, is_active=not user.is_active)
        actor, today = self._desk.officer, self._desk.today

        def act() -> None:
            self._desk.act(
                lambda company: users.edit_user(company, after, actor=actor, today=today),
                owner=self,
            )

        if after.is_active:
            act()
            return
        confirm(
            self._desk,
            self.window(),
            title=f"停用{user.name}？",
            text="停用后不能再登录；以前做的事仍在操作日志里。需要时可以恢复。",
            action="停用",
            then=act,
        )

    def _give_up(self) -> None:
        actor, today = self._desk.officer, self._desk.today

        def work(company: Company) -> object:
            return users.give_up_users(company, actor=actor, today=today)

        def done(_: object) -> None:
            self._desk.set_company(self._desk.company, actor)
            self._desk.tell("不再需要登录")

        confirm(
            self._desk,
            self.window(),
            title="不再使用登录？",
            text="所有用户都会停用，以后打开公司文件不问密码，坐在电脑前的人就是人事专员。"
            "以前的操作日志不变。",
            action="不再使用登录",
            danger=True,
            then=lambda: self._desk.act(work, done, owner=self),
        )


def _columns() -> tuple[Column[UserRow], ...]:
    return (
        Column("name", "姓名", lambda one: one.user.name, width=130),
        Column("role", "角色", lambda one: one.user.role.text, width=110),
        Column("department", "负责的部门", lambda one: one.department, stretch=True),
        Column("state", "状态", lambda one: "在用" if one.user.is_active else "已停用", width=80),
    )
