"""Taking out what the file holds about those who left: all of it but what was signed, provably."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpidesk.core.appraisal import Interview, PlanItem
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.follow_up import FollowUp, Outcome
from kpidesk.core.incident import Side
from kpidesk.core.people import PersonId
from kpidesk.core.retention import REMOVED, Retention
from kpidesk.core.users import Role
from kpidesk.store import audit
from kpidesk.usecases import appraisals, contracts, incidents, locking, people, retention, users
from kpidesk.usecases.company import open_company
from kpidesk.usecases.inspecting import inspect
from kpidesk.usecases.records import list_records
from kpidesk.usecases.verifying import Part, verify_file
from tests.usecases.office import TODAY, Office
from tests.usecases.test_locking import CODE, PASSWORD
from tests.usecases.test_verify import tool

LEFT, OVER = date(2026, 3, 31), date(2029, 4, 1)
RULE = Retention(3, "《人事档案管理办法》第 12 条")
NAME, NUMBER, SPELT = "慕容云深", "QX-7788", "murongyunshen"
STORY, PAPER, SCAN = "盘点时少记三箱货", b"%PDF-1.4 of a drunken evening", "检讨书.pdf"


def hire(office: Office, **changes: Any) -> PersonId:  # noqa: ANN401 - any argument of add_person
    known = {"number": NUMBER, "name": NAME, "department": office.department, "post": "客服"}
    return people.add_person(office.company, **{**known, **changes}, **office.who).id


def tell_tales(office: Office, person: PersonId, folder: Path) -> None:
    """An incident with a file, corrected once and with a reason that names somebody."""
    file = folder / SCAN
    file.write_bytes(PAPER)
    told = {"person": person, "on": date(2026, 1, 15), "side": Side.BAD, **office.who}
    incidents.write_incident(office.company, note=STORY, files=[file], reason="补记", **told)
    (one,) = incidents.list_incidents(office.company)
    incidents.write_incident(
        office.company,
        note=f"{STORY}（更正）",
        kept=one.incident.files,
        replaces=one.id,
        reason=f"{NAME}本人指出",
        **told,
    )


def see_off(office: Office, person: PersonId) -> None:
    people.leave_person(office.company, person, last_day=LEFT, reason=f"{NAME}辞职", **office.who)
    retention.save_retention(office.company, RULE, **office.who)


def take_out(office: Office, *who: PersonId, reason: str = "保存期限已到", on: date = OVER) -> None:
    retention.anonymise(office.company, who, reason=reason, actor="王芳", today=on)


def close(office: Office) -> Path:
    office.company.close()
    return office.company.path


def found_in(path: Path, *words: str | bytes) -> list[str | bytes]:
    """Which of some words lie anywhere in the bytes of a file."""
    body = path.read_bytes()
    return [one for one in words if (one if isinstance(one, bytes) else one.encode()) in body]


WORDS = (NAME, NUMBER, SPELT, STORY, PAPER, SCAN)


def test_of_somebody_who_signed_nothing_no_word_is_left(office: Office, tmp_path: Path) -> None:
    person = hire(office)
    tell_tales(office, person, tmp_path)
    (row,) = (one for one in people.list_people(office.company) if one.person.id == person)
    moved = replace(row.person, name=f"{NAME}甲", post="客服主管", superior=office.director)
    people.edit_person(office.company, moved, **office.who)
    people.edit_person(office.company, replace(moved, name=NAME), **office.who)
    led = hire(office, number="3", name="下属", superior=person)
    (row,) = (one for one in people.list_people(office.company) if one.person.id == led)
    people.edit_person(office.company, replace(row.person, superior=None), **office.who)
    contract = office.draft(people=[person], special_terms=[f"{NAME}另有约定"])
    contracts.void(office.company, contract, reason=f"{NAME}不签", **office.who)
    see_off(office, person)
    assert found_in(office.company.path, *WORDS) == list(WORDS)

    take_out(office, person)
    path = close(office)
    assert found_in(path, *WORDS) == []
    proof = verify_file(path)
    assert not proof.broken
    with closing(open_company(path)) as company:
        rows = {one.person.id: one for one in people.list_people(company, include_left=True)}
        assert (rows[person].person.name, rows[person].person.number) == (
            f"已匿名{person}",
            f"匿名{person}",
        )
        assert rows[person].person.anonymised_on == OVER
        assert list_records(company).broken is None
        (told,) = incidents.list_incidents(company)
        assert (told.incident.note, told.name) == (REMOVED, f"已匿名{person}")
        (drawn,) = contracts.list_contracts(company)
        assert contracts.load_contract(company, drawn.id).contract.special_terms == (REMOVED,)


def test_what_was_signed_stays_as_it_was_signed(office: Office, tmp_path: Path) -> None:
    person = hire(office, post="大客户经理")
    sheet, unscored, *_ = office.sign(office.draft(people=[person]))
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **office.who)
    plan = (PlanItem("学会盘点", date(2026, 3, 31)),)
    for one in (sheet, unscored):
        appraisals.record_interview(
            office.company,
            one,
            interview=Interview(date(2026, 2, 10), "王芳", plan=plan),
            **office.who,
        )
        appraisals.record_look(
            office.company,
            one,
            look=FollowUp("学会盘点", Outcome.DONE, "还是常常出错", TODAY),
            **office.who,
        )
    office.enter(unscored, "sales", Decimal(99))
    tell_tales(office, person, tmp_path)
    (contract,) = contracts.list_contracts(office.company)
    paper = contracts.contract_pdf(office.company, contract.id)
    before = appraisals.load_sheet(office.company, sheet)
    see_off(office, person)
    (row,) = retention.list_left(office.company).rows
    assert (len(row.held.papers), len(row.held.recorded), row.obstacles) == (1, 1, ())

    take_out(office, person)
    after = appraisals.load_sheet(office.company, sheet)
    assert after.appraisal == before.appraisal
    assert contracts.contract_pdf(office.company, contract.id) == paper
    empty = appraisals.load_sheet(office.company, unscored).appraisal
    assert (empty.entries, empty.interview) == ((), Interview())
    assert inspect(office.company).mends == ()
    path = close(office)
    assert not verify_file(path).broken
    assert found_in(path, NAME, "还是常常出错", STORY, PAPER, SCAN) == [NAME]


def test_nobody_is_taken_out_before_the_period_is_over(office: Office) -> None:
    person = hire(office)
    with pytest.raises(NotAllowedError, match="还没有填写"):
        take_out(office, person)
    retention.save_retention(office.company, RULE, **office.who)
    with pytest.raises(NotAllowedError, match="办理过离职"):
        take_out(office, person)
    see_off(office, person)
    with pytest.raises(NotAllowedError, match="2029-04-01 起"):
        take_out(office, person, on=date(2029, 3, 31))
    with pytest.raises(NotAllowedError, match="必须填写理由"):
        take_out(office, person, reason=" ")
    with pytest.raises(InvalidValueError, match="不要写姓名"):
        take_out(office, person, reason=f"{NAME}的期限已到")
    take_out(office, person)
    with pytest.raises(NotAllowedError, match="已经匿名处理过"):
        take_out(office, person)
    (row,) = retention.list_left(office.company).rows
    assert not row.is_due(OVER)
    company, who = office.company, office.who
    with pytest.raises(NotAllowedError, match="已匿名处理"):
        people.edit_person(company, replace(row.person, name="谁"), **who)
    with pytest.raises(NotAllowedError, match="已匿名处理"):
        people.leave_person(company, person, last_day=LEFT, **who)
    with pytest.raises(NotAllowedError, match="已匿名处理"):
        incidents.write_incident(company, person=person, on=LEFT, side=Side.BAD, note="x", **who)


def test_what_still_hangs_on_somebody_is_named_first(office: Office) -> None:
    person = hire(office)
    led = hire(office, number="3", name="下属", superior=person)
    contract = office.draft(people=[person])
    users.add_user(
        office.company, name="管理员", role=Role.OFFICER, password=PASSWORD,
        **office.who,
    )  # fmt: skip
    user = users.add_user(
        office.company, name=NAME, role=Role.HEAD, password=PASSWORD,
        department=office.department, person=person, **office.who,
    ).id  # fmt: skip
    see_off(office, person)
    (row,) = retention.list_left(office.company).rows
    assert row.is_due(OVER)
    told = "\n".join(row.obstacles)
    number = contracts.load_contract(office.company, contract).contract.number
    assert number in told
    assert "下属" in told
    assert f"用户“{NAME}”" in told
    with pytest.raises(NotAllowedError, match="请先作废"):
        take_out(office, person)

    contracts.void(office.company, contract, reason="不签", **office.who)
    (below,) = (one for one in people.list_people(office.company) if one.person.id == led)
    people.edit_person(office.company, replace(below.person, superior=None), **office.who)
    (known,) = (one.user for one in users.list_users(office.company) if one.user.id == user)
    users.edit_user(office.company, replace(known, is_active=False), **office.who)
    take_out(office, person)


def test_of_many_all_are_taken_out_or_none(office: Office) -> None:
    first, second = hire(office), hire(office, number="3", name="还在的人")
    see_off(office, first)
    with pytest.raises(NotAllowedError, match="办理过离职"):
        take_out(office, first, second)
    assert found_in(office.company.path, NAME)
    assert retention.list_left(office.company).rows[0].person.anonymised_on is None


def test_a_failure_half_way_leaves_everything_as_it_was(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = hire(office)
    tell_tales(office, person, tmp_path)
    see_off(office, person)

    def fail(*_: object) -> str:
        msg = "the power failed"
        raise RuntimeError(msg)

    monkeypatch.setattr(audit, "rewrite", fail)
    with pytest.raises(RuntimeError):
        take_out(office, person)
    path = close(office)
    assert found_in(path, *WORDS) == list(WORDS)
    assert not verify_file(path).broken
    with closing(sqlite3.connect(path)) as tool, pytest.raises(sqlite3.IntegrityError):
        tool.execute("UPDATE audit SET actor = 'x'")


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("UPDATE audit SET reason = 'x' WHERE action = 'person.leave'", "person.leave"),
        ("UPDATE audit SET actor = 'x' WHERE action = 'person.leave'", "person.leave"),
        ("UPDATE audit SET after = NULL WHERE action = 'incident.write'", "incident.write"),
        (
            "UPDATE audit SET after = replace(after, '2029', '1') WHERE action LIKE '%.anonymise'",
            "person.anonymise",
        ),
        ("DELETE FROM audit WHERE action = 'person.anonymise'", "person.add"),
    ],
)
def test_whoever_changes_what_stands_there_afterwards_is_found_out(
    office: Office, tmp_path: Path, change: str, line: str
) -> None:
    person = hire(office)
    tell_tales(office, person, tmp_path)
    see_off(office, person)
    take_out(office, person)
    path = close(office)
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT min(sequence) FROM audit WHERE action = ? AND object LIKE ?"
        (first,) = connection.execute(query, (line, f"%:{person}")).fetchone()
    tool(path, change)
    broken = [one for one in verify_file(path).broken if one.part is Part.AUDIT]
    assert broken
    assert broken[0].document == f"第 {first} 条"
    with closing(open_company(path)) as company:
        assert list_records(company).broken == first


def test_an_incident_that_turned_out_to_be_anothers_stays_theirs(
    office: Office, tmp_path: Path
) -> None:
    person = hire(office)
    tell_tales(office, person, tmp_path)
    (one,) = incidents.list_incidents(office.company)
    incidents.write_incident(
        office.company,
        person=office.manager,
        on=one.incident.on,
        side=Side.BAD,
        note="是他，不是别人",
        kept=one.incident.files,
        replaces=one.id,
        **office.who,
    )
    see_off(office, person)
    take_out(office, person)
    (now,) = incidents.list_incidents(office.company)
    assert now.incident.note == "是他，不是别人"
    assert incidents.attachment(office.company, now.incident.files[0].id) == PAPER
    path = close(office)
    assert not verify_file(path).broken
    assert found_in(path, NAME, STORY) == []


def test_an_encrypted_file_still_opens_by_its_password(office: Office) -> None:
    person = hire(office)
    see_off(office, person)
    locking.encrypt(office.company, password=PASSWORD, code=CODE, **office.who)
    take_out(office, person)
    path = close(office)
    assert found_in(path, NAME) == []
    with closing(open_company(path, locking.Unlock(PASSWORD))) as company:
        assert retention.list_left(company).rows[0].person.anonymised_on == OVER


@pytest.mark.parametrize(("years", "basis"), [(0, "办法"), (51, "办法"), (3, " "), (3, "办" * 201)])
def test_a_period_says_how_long_and_why(years: int, basis: str) -> None:
    with pytest.raises(InvalidValueError):
        Retention(years, basis)


def test_a_period_is_counted_in_whole_years_from_the_last_day() -> None:
    assert Retention(1, "x").over_on(date(2028, 2, 29)) == date(2029, 3, 1)
    assert Retention(2, "x").over_on(date(2026, 12, 31)) == date(2029, 1, 1)
