"""Departments, and the people who are appraised or rate."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NewType

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.later import ADDED_LATER
from kpidesk.core.period import Period

DepartmentId = NewType("DepartmentId", int)
PersonId = NewType("PersonId", int)
NAME_LENGTH = 60


def check_name(name: str, what: str) -> None:
    """Refuse an empty or overlong name, or one with line breaks or control characters."""
    if not name.strip():
        msg = f"{what}不能为空"
        raise InvalidValueError(msg)
    if len(name) > NAME_LENGTH:
        msg = f"{what}不能超过 {NAME_LENGTH} 个字(现有 {len(name)} 个)"
        raise InvalidValueError(msg)
    if not name.isprintable():
        msg = f"{what}“{name!r}”含有换行或不可见字符，请删去"
        raise InvalidValueError(msg)


@dataclass(frozen=True, slots=True)
class Department:
    """A department; `parent` None is at the top."""

    id: DepartmentId
    name: str
    parent: DepartmentId | None = None

    def __post_init__(self) -> None:
        """Refuse a bad name."""
        check_name(self.name, "部门名称")


@dataclass(frozen=True, slots=True)
class Person:
    """A person: `number` is the company's 工号; `left_on` is the last day in service."""

    id: PersonId
    number: str
    name: str
    department: DepartmentId
    post: str
    superior: PersonId | None = None
    hired_on: date | None = None
    left_on: date | None = None
    anonymised_on: date | None = field(default=None, metadata=ADDED_LATER)
    """When what the company knew of them was taken out for good."""

    def __post_init__(self) -> None:
        """Refuse bad names, and leaving before being hired."""
        check_name(self.name, "姓名")
        check_name(self.number, "工号")
        check_name(self.post, "岗位")
        if self.hired_on and self.left_on and self.left_on < self.hired_on:
            msg = f"{self.name}的离职日期({self.left_on})早于入职日期({self.hired_on})"
            raise InvalidValueError(msg)

    def in_service(self, period: Period) -> bool:
        """Whether the person is in service on any day of a period."""
        hired = self.hired_on or period.start
        left = self.left_on or period.last_day
        return hired < period.end and left >= period.start
