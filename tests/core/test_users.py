"""Roles have names, and users have what their role needs."""

from __future__ import annotations

import pytest

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.core.users import Role, User, UserId, check_password, wait_after


def test_every_role_is_called_something() -> None:
    assert [one.text for one in Role] == ["人事专员", "总经理", "部门负责人", "只读"]


def test_a_head_leads_something_and_nobody_else_does() -> None:
    User(UserId(1), "钱进", Role.HEAD, DepartmentId(1), PersonId(2))
    with pytest.raises(InvalidValueError, match="请选择钱进负责的部门"):
        User(UserId(1), "钱进", Role.HEAD)
    for led in ((DepartmentId(1), None), (None, PersonId(2))):
        with pytest.raises(InvalidValueError, match="只有部门负责人"):
            User(UserId(1), "钱进", Role.READER, *led)


def test_each_wrong_password_after_the_third_costs_more_up_to_half_a_minute() -> None:
    assert [wait_after(tries) for tries in range(11)] == [0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30]
    assert wait_after(10**6) == 30
    assert sum(map(wait_after, range(21))) > 5 * 60  # what twenty tries cost


@pytest.mark.parametrize("password", ["四个字的词连成一句", "correct horse", "x1y2z3w4"])
def test_a_long_password_is_good_whatever_its_letters(password: str) -> None:
    check_password(password, "王芳")


@pytest.mark.parametrize("password", ["1234567", "9" * 200, "87654321", "abcdefgh", "aaaaaaaa"])
def test_a_short_or_a_plain_one_is_refused(password: str) -> None:
    with pytest.raises(InvalidValueError):
        check_password(password, "王芳")
