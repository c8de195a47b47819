"""Users sign in, wait after wrong passwords, and are kept so that nothing of it changes unseen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import argon2
import pytest
from argon2 import PasswordHasher as RealHasher
from sqlalchemy import select, update

from kpidesk.core.errors import InvalidValueError, KpiDeskError, NotAllowedError
from kpidesk.core.users import Role, UserId
from kpidesk.store import audit
from kpidesk.store.rows import AUDIT, USERS
from kpidesk.usecases import people, users
from kpidesk.usecases.access import NotYourRoleError
from kpidesk.usecases.company import Company, company_profile, open_company
from kpidesk.usecases.users import WrongPasswordError
from kpidesk.usecases.verifying import Part, verify
from tests.usecases.office import Office

PASSWORD = "蓝天 白云 2026"  # noqa: S105 - a made-up one
OTHER = "green-hill-77"
OF_THE_FILE = "蓝鲸游过 2026"


@pytest.fixture
def officer(office: Office) -> UserId:
    """The office's file with one user, who is signed in."""
    return add(office, "王芳", Role.OFFICER)


def add(office: Office, name: str, role: Role, **more: Any) -> UserId:  # noqa: ANN401 - arguments of add_user
    made = users.add_user(
        office.company, **{"name": name, "role": role, "password": PASSWORD, **more}, **office.who
    )
    return made.id


def row(company: Company, user: UserId) -> Any:  # noqa: ANN401 - a row of the database
    with company.file.transaction() as connection:
        return connection.execute(select(USERS).where(USERS.c.id == user)).one()


def lines(company: Company) -> list[audit.AuditLine]:
    with company.file.transaction() as connection:
        return [line for _, line in audit.read(connection)]


def test_a_file_without_users_asks_nobody(office: Office) -> None:
    path = office.company.path
    office.company.close()
    with closing(open_company(path)) as company:
        assert not company.has_users
        assert company.role is Role.OFFICER
        people.add_department(company, name="财务部", **office.who)
        assert (lines(company)[-1].actor, lines(company)[-1].role) == ("王芳", "")


def test_the_first_user_is_an_officer_and_signed_in(office: Office) -> None:
    with pytest.raises(NotAllowedError, match="至少要有一位在用的人事专员"):
        add(office, "李总", Role.MANAGER)
    assert not office.company.has_users
    add(office, " 王芳 ", Role.OFFICER)
    assert office.company.user is not None
    assert office.company.user.name == "王芳"


def test_a_file_with_users_says_nothing_before_somebody_signs_in(
    office: Office, officer: UserId
) -> None:
    path = office.company.path
    office.company.close()
    with closing(open_company(path)) as company:
        with pytest.raises(NotYourRoleError, match="还没有登录"):
            company_profile(company)
        with pytest.raises(NotYourRoleError, match="还没有登录"):
            people.add_department(company, name="财务部", **office.who)
        (candidate,) = users.who_may_sign_in(company)
        assert (candidate.id, candidate.name, candidate.role) == (officer, "王芳", Role.OFFICER)
        users.sign_in(company, officer, password=PASSWORD)
        assert company_profile(company).name == "龙华贸易有限公司"


def test_who_is_signed_in_acts_in_their_role_whatever_name_is_given(
    office: Office, officer: UserId
) -> None:
    people.add_department(office.company, name="财务部", actor="别人", today=office.who["today"])
    line = lines(office.company)[-1]
    assert (line.actor, line.role, line.action) == ("王芳", "officer", "department.add")


def test_the_same_letters_in_another_width_are_the_same_password(
    office: Office, officer: UserId
) -> None:
    users.change_password(office.company, old=PASSWORD, new="Ａｂｃ-98765", **office.who)
    assert users.sign_in(office.company, officer, password="Abc-98765").id == officer  # noqa: S106 - a made-up one


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def ticking(office: Office, officer: UserId) -> Callable[[], Clock]:
    """Close and open the file again with a clock of the test."""
    clock = Clock()

    def again() -> Clock:
        office.company.close()
        office.company = open_company(office.company.path)
        office.company.file.clock = clock
        return clock

    return again


def wrong(office: Office, user: UserId) -> WrongPasswordError:
    with pytest.raises(WrongPasswordError) as caught:
        users.sign_in(office.company, user, password=OTHER)
    return caught.value


def test_wrong_passwords_make_one_wait_longer_and_longer_through_restarts(
    office: Office, officer: UserId, ticking: Callable[[], Clock]
) -> None:
    clock = ticking()
    waits = []
    for _ in range(10):
        problem = wrong(office, officer)
        waits.append(problem.wait)
        if problem.wait:
            assert f"{problem.wait} 秒后" in str(problem)
        clock.now += timedelta(seconds=problem.wait)
    assert waits == [0, 0, 0, 1, 2, 4, 8, 16, 30, 30]
    problem = wrong(office, officer)
    ticking()
    with pytest.raises(WrongPasswordError, match="30 秒后再试"):  # even the right one
        users.sign_in(office.company, officer, password=PASSWORD)
    assert row(office.company, officer).failures == 11
    clock.now += timedelta(seconds=problem.wait)
    users.sign_in(office.company, officer, password=PASSWORD)
    assert row(office.company, officer).failures == 0
    told = [line.action for line in lines(office.company)]
    assert (told.count("user.refuse"), told[-1]) == (11, "user.sign_in")


def test_a_clock_that_is_put_back_does_not_lock_anybody_out(
    office: Office, officer: UserId, ticking: Callable[[], Clock]
) -> None:
    clock = ticking()
    for _ in range(4):
        wrong(office, officer)
    clock.now -= timedelta(days=400)
    assert wrong(office, officer).wait == 30
    clock.now += timedelta(seconds=30)
    users.sign_in(office.company, officer, password=PASSWORD)


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("短", "至少要 8 个"),
        ("x" * 129, "不能超过 128"),
        ("12345678", "太容易"),
        ("PassWord1", "太容易"),
        ("abababababab", "太容易"),
        ("王芳王芳王芳王芳", "太容易"),
        ("zhangsan-feng", "太容易"),
    ],
)
def test_a_password_that_is_guessed_at_once_is_refused(
    office: Office, password: str, problem: str
) -> None:
    with pytest.raises(InvalidValueError, match=problem):
        add(office, "zhangsan-feng", Role.OFFICER, password=password)
    assert not office.company.has_users


def test_only_the_officer_manages_users_and_one_always_stays(
    office: Office, officer: UserId
) -> None:
    other = add(office, "李总", Role.MANAGER)
    me = office.company.user
    assert me is not None
    for after in (replace(me, is_active=False), replace(me, role=Role.READER)):
        with pytest.raises(NotAllowedError, match="至少要有一位在用的人事专员"):
            users.edit_user(office.company, after, **office.who)
    second = add(office, "赵敏", Role.OFFICER)
    with pytest.raises(NotAllowedError, match="不能停用自己"):
        users.edit_user(office.company, replace(me, is_active=False), **office.who)
    users.edit_user(office.company, replace(me, name="王方"), **office.who)
    assert office.company.user == replace(me, name="王方")
    users.sign_in(office.company, second, password=PASSWORD)
    users.edit_user(office.company, replace(me, is_active=False), **office.who)
    with pytest.raises(NotAllowedError, match="已停用"):
        users.sign_in(office.company, officer, password=PASSWORD)
    users.sign_in(office.company, other, password=PASSWORD)
    with pytest.raises(NotYourRoleError, match="“总经理”不能做这项操作，请由人事专员来做"):
        add(office, "我自己", Role.OFFICER)


def test_a_password_is_reset_by_the_officer_and_changed_by_oneself(
    office: Office, officer: UserId
) -> None:
    reader = add(office, "审计", Role.READER)
    users.reset_password(office.company, reader, password=OTHER, **office.who)
    users.sign_in(office.company, reader, password=OTHER)
    with pytest.raises(WrongPasswordError):
        users.change_password(office.company, old=PASSWORD, new="brown-fox-11", **office.who)
    users.change_password(office.company, old=OTHER, new="brown-fox-11", **office.who)
    with pytest.raises(WrongPasswordError):
        users.sign_in(office.company, reader, password=OTHER)
    users.sign_in(office.company, reader, password="brown-fox-11")  # noqa: S106 - a made-up one


def test_users_are_given_up_and_taken_up_again(office: Office, officer: UserId) -> None:
    add(office, "李总", Role.MANAGER)
    users.give_up_users(office.company, **office.who)
    assert office.company.role is Role.OFFICER
    path = office.company.path
    office.company.close()
    with closing(open_company(path)) as company:
        office.company = company
        assert company.role is Role.OFFICER
        (manager,) = [one.user for one in users.list_users(company) if one.user.name == "李总"]
        with pytest.raises(NotAllowedError, match="至少要有"):
            users.edit_user(company, replace(manager, is_active=True), **office.who)
        assert add(office, "王芳", Role.OFFICER, password=OTHER) == officer
        assert company.has_users
        assert len(users.list_users(company)) == 2
        assert verify(company).broken == ()


def test_names_are_told_apart(office: Office, officer: UserId) -> None:
    other = add(office, "李总", Role.MANAGER)
    with pytest.raises(InvalidValueError, match="已经有用户“李总”"):
        add(office, "李总", Role.READER)
    (row,) = [one.user for one in users.list_users(office.company) if one.user.id == other]
    with pytest.raises(InvalidValueError, match="已经有用户“王芳”"):
        users.edit_user(office.company, replace(row, name="王芳"), **office.who)


def test_a_head_leads_a_department_which_stays(office: Office, officer: UserId) -> None:
    with pytest.raises(InvalidValueError, match="请选择钱进负责的部门"):
        add(office, "钱进", Role.HEAD)
    with pytest.raises(InvalidValueError, match="只有部门负责人"):
        add(office, "钱进", Role.READER, department=office.department)
    empty = people.add_department(office.company, name="工程部", **office.who).id
    add(office, "钱进", Role.HEAD, department=empty)
    with pytest.raises(NotAllowedError, match="用户钱进负责的部门"):
        people.remove_department(office.company, empty, **office.who)
    (row,) = [one for one in users.list_users(office.company) if one.department]
    assert (row.department, row.person) == ("工程部", "")


def test_no_password_and_no_hash_is_in_the_log(
    office: Office, officer: UserId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(argon2, "PasswordHasher", RealHasher)
    users.sign_in(office.company, officer, password=PASSWORD)  # hashed anew, at its full cost
    kept = row(office.company, officer).password
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    with office.company.file.transaction() as connection:
        text = "\n".join(str(one) for one in connection.execute(select(AUDIT)).all())
    assert PASSWORD not in text
    assert "argon2" not in text
    assert kept.rpartition("$")[2] not in text


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"role": "manager"}, "角色或状态与操作日志不符"),
        ({"is_active": False}, "角色或状态与操作日志不符"),
        ({"name": "别人"}, "角色或状态与操作日志不符"),
        ({"password": "$argon2id$v=19$m=8,t=1,p=1$YWJjZGVmZ2g$YWJj"}, "密码不是按规定的步骤改的"),
    ],
)
def test_a_user_that_was_changed_behind_our_back_is_found(
    office: Office, officer: UserId, change: dict[str, object], problem: str
) -> None:
    assert verify(office.company).broken == ()
    with office.company.file.transaction() as connection:
        connection.execute(update(USERS).values(change))
    (found,) = verify(office.company).broken
    assert (found.part, found.document, found.problem) == (Part.USER, "王芳", problem)


def test_a_user_that_was_put_in_or_taken_out_is_found(office: Office, officer: UserId) -> None:
    with office.company.file.transaction() as connection:
        connection.exec_driver_sql("UPDATE users SET id = 7")
    problems = {one.problem for one in verify(office.company).broken}
    assert problems == {"不见了", "在操作日志里没有"}


def test_users_cannot_be_deleted_or_replaced(office: Office, officer: UserId) -> None:
    for sql in ("DELETE FROM users", "INSERT OR REPLACE INTO users SELECT * FROM users"):
        with (
            pytest.raises(KpiDeskError, match="用户不能"),
            office.company.file.transaction() as connection,
        ):
            connection.exec_driver_sql(sql)


def test_a_wrong_role_in_a_line_of_the_log_is_found(office: Office, officer: UserId) -> None:
    people.add_department(office.company, name="财务部", **office.who)
    path = office.company.path
    with office.company.file.transaction() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.execute(
            update(AUDIT).where(AUDIT.c.action == "department.add").values(role="manager")
        )
    assert [one.part for one in verify(office.company).broken] == [Part.AUDIT] * 2
    assert Path(path).exists()
