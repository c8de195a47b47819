"""Users of the program: who they are, what they are here for, and what their passwords must be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import DepartmentId, PersonId, check_name

UserId = NewType("UserId", int)

PASSWORD_LEAST: Final = 8
PASSWORD_MOST: Final = 128

_FREE_TRIES: Final = 3
"""Wrong passwords that cost no wait: everybody mistypes."""
LONGEST_WAIT: Final = 30
_COMMON: Final = frozenset(
    {
        "password", "password1", "passw0rd", "p@ssw0rd", "qwertyui", "qwertyuiop", "1qaz2wsx",
        "1q2w3e4r", "abcd1234", "a1234567", "a12345678", "abc12345", "abc123456", "iloveyou",
        "woaini1314", "5201314520", "asdfghjk", "asdfghjkl", "zxcvbnm123", "qwer1234", "admin123",
        "admin888", "12341234", "11223344", "123123123", "12345678a", "147258369", "123qweasd",
    }
)  # fmt: skip
_RUNS: Final = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz")


class Role(StrEnum):
    """What somebody is here for; what a role may do stands in `usecases.access`."""

    OFFICER = "officer"  # 人事专员
    MANAGER = "manager"  # 总经理
    HEAD = "head"  # 部门负责人
    READER = "reader"  # 只读

    @property
    def text(self) -> str:
        """What it is called."""
        return _NAMES[self]


_NAMES: Final = {
    Role.OFFICER: "人事专员",
    Role.MANAGER: "总经理",
    Role.HEAD: "部门负责人",
    Role.READER: "只读",
}


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in. A head sees `department` and those below it.

    `person` is the head as one of the people: nobody rates themselves as their own superior.
    """

    id: UserId
    name: str
    role: Role
    department: DepartmentId | None = None
    person: PersonId | None = None
    is_active: bool = True

    def __post_init__(self) -> None:
        """Refuse a bad name, a head of nothing, and a department that means nothing."""
        check_name(self.name, "姓名")
        if self.role is Role.HEAD and self.department is None:
            msg = f"请选择{self.name}负责的部门：部门负责人只能看到本部门的人"
            raise InvalidValueError(msg)
        if self.role is not Role.HEAD and (self.department, self.person) != (None, None):
            msg = f"只有部门负责人才有所负责的部门；{self.name}的角色是{self.role.text}"
            raise InvalidValueError(msg)


def check_password(password: str, name: str) -> None:
    """Refuse a password that is guessed at once. No rule on the kinds of letters: length counts."""
    if len(password) < PASSWORD_LEAST:
        msg = f"密码至少要 {PASSWORD_LEAST} 个字符，可以用几个不相干的词连成一句"
        raise InvalidValueError(msg)
    if len(password) > PASSWORD_MOST:
        msg = f"密码不能超过 {PASSWORD_MOST} 个字符"
        raise InvalidValueError(msg)
    plain = password.casefold()
    is_run = any(plain in run for run in _RUNS)
    if plain in _COMMON or is_run or len(set(plain)) <= len("ab") or plain == name.casefold():
        msg = "这个密码太容易猜到，请换一个"
        raise InvalidValueError(msg)


def wait_after(failures: int) -> int:
    """Seconds to wait after so many wrong passwords in a row: 0, 0, 0, 1, 2, 4, … 30."""
    over = failures - _FREE_TRIES
    return 0 if over <= 0 else min(2 ** min(over - 1, 5), LONGEST_WAIT)
