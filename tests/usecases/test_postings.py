"""任职记录: from which day somebody is where, kept in the file and held to the log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import Person
from kpidesk.core.postings import Posting
from kpidesk.usecases import contracts, people
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.postings import list_postings
from kpidesk.usecases.verifying import verify, verify_file
from tests.usecases.office import TODAY, Office
from tests.usecases.test_verify import tool

MARCH = date(2026, 3, 1)
FORGED = (
    "INSERT INTO postings SELECT 9, person_id, since, department, post, superior, corrects"
    " FROM postings WHERE id = 1"
)


def manager(office: Office) -> Person:
    return people.list_people(office.company)[1].person


def past(office: Office) -> tuple[Posting, ...]:
    return list_postings(office.company).get(office.manager, ())


def test_a_move_keeps_where_somebody_was_and_contracts_keep_what_they_say(
    office: Office, who: dict[str, Any]
) -> None:
    one = manager(office)
    draft = office.draft()
    assert past(office) == ()
    people.edit_person(office.company, replace(one, post="销售总监"), since=MARCH, **who)
    was, now = past(office)
    assert was == Posting(one.hired_on, "大客户部", "大客户经理", "䶮㛃")
    assert now == Posting(MARCH, "大客户部", "销售总监", "䶮㛃")
    assert contracts.load_contract(office.company, draft).contract.party_b.post == "大客户经理"
    alone = replace(manager(office), superior=None)
    people.edit_person(office.company, alone, **who)
    assert past(office)[2:] == (Posting(TODAY, "大客户部", "销售总监"),)
    assert verify(office.company).broken == ()


def test_a_correction_stands_in_place_of_what_was_written(
    office: Office, who: dict[str, Any]
) -> None:
    one = replace(manager(office), post="销售总鉴")
    people.edit_person(office.company, one, since=MARCH, **who)
    right = replace(one, post="销售总监")
    people.edit_person(office.company, right, since=MARCH, corrects=True, **who)
    assert [each.post for each in past(office)] == ["大客户经理", "销售总监"]
    assert people.edit_person(office.company, right, since=TODAY, **who) is Changes.PEOPLE
    assert past(office)[1].since == TODAY
    assert people.edit_person(office.company, right, since=TODAY, **who) is Changes.NONE
    assert verify(office.company).broken == ()


def test_the_register_alone_is_corrected_before_there_is_a_history(
    office: Office, who: dict[str, Any]
) -> None:
    right = replace(manager(office), post="客户经理", hired_on=date(2024, 5, 6))
    people.edit_person(office.company, right, corrects=True, **who)
    assert (manager(office), past(office)) == (right, ())


def test_a_day_to_come_and_one_before_the_first_are_refused(
    office: Office, who: dict[str, Any]
) -> None:
    one = replace(manager(office), post="总监", hired_on=date(2025, 1, 1))
    for day, said in ((date(2026, 3, 3), "晚于今天"), (date(2024, 12, 31), "早于入职日期")):
        with pytest.raises(InvalidValueError, match=said):
            people.edit_person(office.company, one, since=day, **who)
    assert (manager(office).post, past(office)) == ("大客户经理", ())


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE postings SET post = '总经理' WHERE id = 2", "任职记录：与操作日志不符"),
        ("UPDATE postings SET since = '2025-03-01' WHERE id = 2", "任职记录：与操作日志不符"),
        ("DELETE FROM postings WHERE id = 2", "任职记录：不见了"),
        (FORGED, "任职记录：在操作日志里没有"),
    ],
)  # fmt: skip
def test_a_posting_that_was_changed_is_named(
    office: Office, who: dict[str, Any], sql: str, said: str
) -> None:
    people.edit_person(office.company, replace(manager(office), post="总监"), since=MARCH, **who)
    name, path = manager(office).name, office.company.path
    office.company.close()
    with closing(sqlite3.connect(path)) as other:
        for refused in ("UPDATE postings SET post = 'x'", "DELETE FROM postings"):
            with pytest.raises(sqlite3.IntegrityError, match="任职记录只能追加"):
                other.execute(refused)
    tool(path, sql)
    (broken,) = verify_file(path).broken
    assert said in broken.text
    assert broken.person == name
