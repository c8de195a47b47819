"""Incidents: written down with their papers, corrected on record, proved unchanged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.incident import LARGEST_FILE, Side
from kpidesk.core.payroll.record import Cell
from kpidesk.store.errors import DamagedFileError
from kpidesk.usecases import appraisals, incidents, pay, results
from kpidesk.usecases.company import open_company
from kpidesk.usecases.incidents import IncidentRow
from kpidesk.usecases.verifying import verify_file
from tests.documents.samples import text_of
from tests.usecases.office import TODAY, Office
from tests.usecases.payroll_at_work import department
from tests.usecases.test_verify import tool

DAY = date(2026, 1, 15)


def write(office: Office, note: str = "救回一个大客户", *files: Path) -> IncidentRow:
    incidents.write_incident(
        office.company,
        person=office.manager,
        on=DAY,
        side=Side.GOOD,
        note=note,
        files=files,
        **office.who,
    )
    return incidents.list_incidents(office.company)[0]


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "感谢信 𠮷.pdf"
    path.write_bytes(b"%PDF-1.4 thanks")
    return path


def test_what_was_attached_comes_out_as_it_went_in(office: Office, letter: Path) -> None:
    one = write(office, "收到感谢信", letter)
    (file,) = one.incident.files
    assert (file.name, file.size) == ("感谢信 𠮷.pdf", 15)
    letter.unlink()
    assert incidents.attachment(office.company, file.id) == b"%PDF-1.4 thanks"


def test_a_correction_keeps_the_former_words_and_the_files_that_stay(
    office: Office, letter: Path
) -> None:
    one = write(office, "收到感谢信", letter)
    incidents.write_incident(
        office.company,
        person=office.director,
        on=DAY,
        side=Side.BAD,
        note="记错了人",
        kept=one.incident.files,
        replaces=one.id,
        **office.who,
    )
    (now,) = incidents.list_incidents(office.company)
    assert (now.id, now.person, now.incident.side) == (one.id, office.director, Side.BAD)
    assert now.incident.files == one.incident.files
    incidents.strike_incident(office.company, now.id, **office.who)
    assert incidents.list_incidents(office.company) == ()


def test_where_scores_are_recorded_a_change_needs_its_reason(office: Office) -> None:
    before = write(office)
    sheets = office.sign(office.draft())
    office.complete(sheets[0])
    appraisals.finish_scoring(office.company, sheets[0], **office.who)
    (row,) = incidents.list_incidents(office.company)
    assert row.is_settled
    with pytest.raises(NotAllowedError, match="已经定分"):
        write(office, "再记一件")
    with pytest.raises(NotAllowedError, match="已经定分"):
        incidents.strike_incident(office.company, before.id, **office.who)
    incidents.strike_incident(office.company, before.id, reason="重复", **office.who)
    assert incidents.list_incidents(office.company) == ()


def test_a_file_that_cannot_be_kept_keeps_nothing(office: Office, tmp_path: Path) -> None:
    large = tmp_path / "录像.mp4"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(InvalidValueError, match=r"录像\.mp4.*超过 10 MB.*压缩"):
        write(office, "录像", large)
    with pytest.raises(InvalidValueError, match="读不出来"):
        write(office, "没有", tmp_path / "没有.pdf")
    assert incidents.list_incidents(office.company) == ()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE incidents SET entered_by = '李四'", "关键事件：与操作日志不符"),
        ("UPDATE incidents SET body = replace(body, '救回', '丢了')", "关键事件：与操作日志不符"),
        ("DELETE FROM incidents", "关键事件：不见了"),
        ("UPDATE attachments SET content = x'00'", "附件：与校验值不符"),
        ("DELETE FROM attachments", "附件：这一份不见了"),
        (
            "INSERT INTO incidents SELECT 9, 9, person_id, body, reason, entered_by FROM incidents",
            "关键事件：在操作日志里没有",
        ),
    ],
)
def test_whatever_is_changed_in_the_file_is_named(
    office: Office, letter: Path, statement: str, said: str
) -> None:
    write(office, "救回一个大客户", letter)
    path = office.company.path
    office.company.close()
    assert verify_file(path).broken == ()
    tool(path, statement)
    (one,) = verify_file(path).broken
    assert one.text.endswith(said)


def test_the_file_itself_lets_nothing_be_changed(office: Office, letter: Path) -> None:
    write(office, "救回一个大客户", letter)
    path = office.company.path
    office.company.close()
    with closing(sqlite3.connect(path)) as connection:
        for table in ("incidents", "attachments"):
            for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET id = 9"):  # noqa: S608 - ours
                with pytest.raises(sqlite3.IntegrityError):
                    connection.execute(sql)


def test_a_changed_file_is_not_handed_out(office: Office, letter: Path) -> None:
    (file,) = write(office, "信", letter).incident.files
    path = office.company.path
    office.company.close()
    tool(path, "UPDATE attachments SET content = x'00'")
    company = open_company(path)
    with pytest.raises(DamagedFileError, match="感谢信"):
        incidents.attachment(company, file.id)
    company.close()


def test_the_day_has_come(office: Office) -> None:
    assert write(office).incident.entered_on == TODAY


def test_the_incidents_of_the_cycle_stand_on_the_interview_record(office: Office) -> None:
    (sheet, *_) = office.sign(office.draft())
    write(office, "救回一个大客户")
    assert "救回一个大客户" in text_of(results.interview_pdf(office.company, sheet, **office.who))
    incidents.strike_incident(
        office.company, incidents.list_incidents(office.company)[0].id, **office.who
    )
    assert "关键事件" not in text_of(results.interview_pdf(office.company, sheet, **office.who))


def test_a_dated_line_has_its_papers_and_keeps_them_when_it_is_put_right(
    office: Office, letter: Path, tmp_path: Path
) -> None:
    team = department(office)
    slip = tmp_path / "回单.png"
    slip.write_bytes(b"slip")

    def enter(amount: int, **more: Any) -> pay.PayLine:  # noqa: ANN401 - any argument
        made = pay.enter_line_with_files(
            team.company,
            team.ref,
            person=team.ids["张三"],
            kind="collection",
            on=date(2026, 3, 9),
            cells=[Cell.of("amount", Decimal(amount))],
            **more,
            **team.who,
        )
        assert made.line is not None
        return made.line

    def standing() -> pay.PayLine:
        view = pay.load_pay(team.company, team.ref)
        (line,) = view.gathered.lines
        return line

    first = enter(500, files=[slip])
    assert [one.name for one in standing().files] == ["回单.png"]
    enter(700, replaces=first.id, kept=first.files, files=[letter])
    line = standing()
    assert [one.name for one in line.files] == ["回单.png", "感谢信 𠮷.pdf"]
    assert incidents.attachment(team.company, line.files[0].id) == b"slip"
    with pytest.raises(InvalidValueError, match="最多 10 个附件"):
        enter(9, files=[slip] * 11)
    path = team.company.path
    team.company.close()
    assert verify_file(path).broken == ()
    tool(path, "UPDATE line_files SET attachment_id = 2 WHERE id = 1")
    (one,) = verify_file(path).broken
    assert one.text.endswith("附件：与操作日志不符")
