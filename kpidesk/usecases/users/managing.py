"""Users: added, changed, deactivated; there is always an officer among them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.core.users import Role, User, UserId, check_password
from kpidesk.store import people as people_store
from kpidesk.store import users as store
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.locking.changing import give_slot, rename_slot, take_slots
from kpidesk.usecases.session import Company, Work, found
from kpidesk.usecases.users.passwords import put_password


@dataclass(frozen=True, slots=True)
class UserAdded:
    """A new user."""

    changes: Changes
    id: UserId


def add_user(
    company: Company,
    *,
    name: str,
    role: Role,
    password: str,
    department: DepartmentId | None = None,
    person: PersonId | None = None,
    actor: str,
    today: date,
) -> UserAdded:
    """Somebody who signs in from now on; the first one is an officer, and signed in at once.

    The name of somebody who was deactivated is taken up again, with the new role and password.
    """
    del today
    with company.change(actor) as work:
        known = store.users(work.connection)
        clean = unicodedata.normalize("NFC", name.strip())
        twin = next((one for one in known if one.name == clean), None)
        if twin is not None and twin.is_active:
            msg = f"已经有用户“{clean}”，请换一个名字，例如加上部门"
            raise InvalidValueError(msg)
        id_ = store.next_user_id(work.connection) if twin is None else twin.id
        user = User(id_, clean, role, department, person)
        _check(work, user)
        _keep_an_officer([*(one for one in known if one.id != id_), user])
        check_password(password, clean)
        if twin is None:
            store.add_user(work.connection, user, store.Guard(""))
        else:
            store.save_user(work.connection, user)
        action = "user.add" if twin is None else "user.edit"
        work.log(action, f"user:{id_}", before=twin, after=user)
        put_password(work, user, password)
    if not company.has_users:
        company.works_for(user)
    give_slot(company, user.name, password)
    return UserAdded(Changes.SETTINGS, id_)


def edit_user(company: Company, user: User, *, actor: str, today: date) -> Changes:
    """Another name, role or department, or deactivated; what was done stays in the log."""
    del today
    with company.change(actor) as work:
        known = {one.id: one for one in store.users(work.connection)}
        before = found(known.get(user.id), "这位用户")
        after = replace(user, name=unicodedata.normalize("NFC", user.name.strip()))
        if after == before:
            return Changes.NONE
        if any(one.name == after.name and one.id != after.id for one in known.values()):
            msg = f"已经有用户“{after.name}”，请换一个名字，例如加上部门"
            raise InvalidValueError(msg)
        _check(work, after)
        _keep_an_officer([*(one for one in known.values() if one.id != after.id), after])
        if work.user is None:
            msg = "现在没有启用用户，请先“添加用户”；同名的会重新启用"
            raise NotAllowedError(msg)
        is_same = (before.role, before.is_active) == (after.role, after.is_active)
        if after.id == work.user.id and not is_same:
            msg = "不能停用自己，也不能改自己的角色；请由另一位人事专员来改"
            raise NotAllowedError(msg)
        store.save_user(work.connection, after)
        work.log("user.edit", f"user:{after.id}", before=before, after=after)
        if after.id == work.user.id:
            company.works_for(after)
    if not after.is_active:
        take_slots(company, [before.name])
    elif after.name != before.name:
        rename_slot(company, before.name, after.name)
    return Changes.SETTINGS


def reset_password(
    company: Company, user: UserId, *, password: str, actor: str, today: date
) -> Changes:
    """Another password for somebody who forgot theirs; waiting after wrong ones ends, too."""
    del today
    with company.change(actor) as work:
        who, _ = found(store.load_user(work.connection, user), "这位用户")
        put_password(work, who, password)
    give_slot(company, who.name, password)
    return Changes.SETTINGS


def give_up_users(company: Company, *, actor: str, today: date) -> Changes:
    """Go back to one person at the computer who is the officer: all users are deactivated."""
    del today
    with company.change(actor) as work:
        everybody = store.users(work.connection)
        for one in everybody:
            if one.is_active:
                after = replace(one, is_active=False)
                store.save_user(work.connection, after)
                work.log("user.edit", f"user:{one.id}", before=one, after=after)
    company.has_users = False
    company.works_for(None)
    take_slots(company, [one.name for one in everybody])
    return Changes.SETTINGS


def _check(work: Work, user: User) -> None:
    if user.department is not None:
        found(people_store.load_department(work.connection, user.department), "所选的部门")
    if user.person is not None:
        found(people_store.load_person(work.connection, user.person), "所选的人员")


def _keep_an_officer(users: Sequence[User]) -> None:
    """Refuse to leave a company file in which nobody can do the work, or let others in."""
    if not any(one.role is Role.OFFICER and one.is_active for one in users):
        msg = "至少要有一位在用的人事专员：他管理用户，并做其他角色不能做的事"
        raise NotAllowedError(msg)
