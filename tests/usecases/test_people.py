"""Departments and people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.people import Department, DepartmentId, PersonId
from kpidesk.usecases import people
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.pinyin import spellings
from kpidesk.usecases.session import NotFoundError
from tests.usecases.office import Office


def test_people_come_with_the_names_of_department_and_superior(office: Office) -> None:
    director, manager = people.list_people(office.company)
    assert (director.person.name, director.superior_name) == ("䶮㛃", "")
    assert (manager.person.name, manager.superior_name) == ("𫖯𬭎𠮷", "䶮㛃")
    assert manager.department_name == "大客户部"


@pytest.mark.parametrize(
    ("text", "found"),
    [("䶮", ["001"]), ("YJ", ["001"]), ("yanj", ["001"]), ("00", ["001", "002"]),
     ("经理", ["002"]), ("大客户 𠮷", ["002"]), ("", ["001", "002"]), ("zzz", [])],
)  # fmt: skip
def test_people_are_found_by_name_number_post_and_pinyin(
    office: Office, text: str, found: list[str]
) -> None:
    rows = people.search_people(people.list_people(office.company), text)
    assert [row.person.number for row in rows] == found


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("曾小贤", "zengxiaoxian", "zxx"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("仇英", "qiuying", "qy"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("张三", "zhangsan", "zs"),
        ("王 Anna", "wanganna", "wanna"),
    ],
)
def test_surnames_are_spelt_as_surnames(name: str, full: str, initials: str) -> None:
    assert spellings(name) == (full, initials)


def test_a_number_belongs_to_one_person(office: Office, who: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError, match="工号 001 已经是䶮㛃的"):
        people.add_person(
            office.company, number="001", name="张三", department=office.department, post="x", **who
        )
    assert len(people.list_people(office.company)) == 2


def test_a_person_is_edited_and_seen_off(office: Office, who: dict[str, Any]) -> None:
    one = people.list_people(office.company)[1].person
    changed = replace(one, name="单小贤", post="大客户专员")
    assert people.edit_person(office.company, changed, **who) is Changes.PEOPLE
    assert people.edit_person(office.company, changed, **who) is Changes.NONE
    assert people.list_people(office.company)[1].pinyin == ("shanxiaoxian", "sxx")
    people.leave_person(office.company, one.id, last_day=date(2026, 2, 28), **who)
    assert [row.person.number for row in people.list_people(office.company)] == ["001"]
    everybody = people.list_people(office.company, include_left=True)
    assert everybody[1].person.left_on == date(2026, 2, 28)


def test_nobody_is_their_own_superior_by_any_way_round(office: Office, who: dict[str, Any]) -> None:
    director = people.list_people(office.company)[0].person
    with pytest.raises(InvalidValueError, match="上级不能是本人或自己的下属"):
        people.edit_person(office.company, replace(director, superior=office.manager), **who)


def test_a_department_goes_only_when_nobody_is_in_it(office: Office, who: dict[str, Any]) -> None:
    with pytest.raises(NotAllowedError, match="还有 2 人"):
        people.remove_department(office.company, office.department, **who)
    empty = people.add_department(office.company, name="行政部", parent=office.department, **who).id
    assert people.remove_department(office.company, empty, **who) is Changes.PEOPLE
    assert [row.department.name for row in people.list_departments(office.company)] == ["大客户部"]


def test_a_department_with_others_under_it_stays(office: Office, who: dict[str, Any]) -> None:
    top = people.add_department(office.company, name="总部", **who).id
    people.add_department(office.company, name="分部", parent=top, **who)
    with pytest.raises(NotAllowedError, match="下面还有部门：分部"):
        people.remove_department(office.company, top, **who)


def test_a_department_has_a_name_of_its_own(office: Office, who: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError, match="已经有部门"):
        people.add_department(office.company, name=" 大客户部 ", **who)
    other = people.add_department(office.company, name="行政部", **who).id
    with pytest.raises(InvalidValueError, match="已经有部门"):
        people.edit_department(office.company, Department(other, "大客户部"), **who)
    renamed = Department(other, " 人事部 ")
    assert people.edit_department(office.company, renamed, **who) is Changes.PEOPLE
    assert people.list_departments(office.company)[1].department.name == "人事部"
    assert people.edit_department(office.company, renamed, **who) is Changes.NONE


def test_a_department_moves_but_never_under_itself(office: Office, who: dict[str, Any]) -> None:
    top = people.add_department(office.company, name="总部", **who).id
    moved = replace(people.list_departments(office.company)[0].department, parent=top)
    assert people.edit_department(office.company, moved, **who) is Changes.PEOPLE
    assert people.list_departments(office.company)[0].department == moved
    for parent in (top, moved.id):
        with pytest.raises(InvalidValueError, match="“总部”不能放在自己或自己的下级部门下面"):
            people.edit_department(office.company, Department(top, "总部", parent), **who)
    with pytest.raises(NotFoundError, match="上级部门"):
        people.edit_department(office.company, Department(top, "总部", DepartmentId(99)), **who)


def test_what_is_not_there_is_said(office: Office, who: dict[str, Any]) -> None:
    with pytest.raises(NotFoundError, match="找不到"):
        people.leave_person(office.company, PersonId(99), last_day=date(2026, 1, 1), **who)
