"""The company file as a whole."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpidesk.core.errors import InvalidValueError, KpiDeskError, NotAllowedError
from kpidesk.store import audit
from kpidesk.store.errors import FileExistsAlreadyError, FileInUseError
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.company import (
    CompanyProfile,
    backup_now,
    company_profile,
    create_company,
    first_broken_audit_line,
    open_company,
    save_profile,
)
from tests.usecases.office import Office


def test_a_new_company_opens_again_as_it_was_described(tmp_path: Path, who: dict[str, Any]) -> None:
    made = create_company(tmp_path / "甲", name=" 龙华 ", representative="李雷", **who)
    made.close()
    assert made.path == tmp_path / "甲.kpidesk"
    company = open_company(made.path)
    assert (company.name, company_profile(company)) == (
        "龙华",
        CompanyProfile("龙华", "李雷", "", "王芳"),
    )
    company.close()


def test_the_profile_is_changed_with_an_audit_line(office: Office, who: dict[str, Any]) -> None:
    profile = replace(company_profile(office.company), address="龙华区 1 号", name="新龙华")
    assert save_profile(office.company, profile, **who) is Changes.SETTINGS
    assert save_profile(office.company, profile, **who) is Changes.NONE
    assert office.company.name == "新龙华"
    with office.company.read() as connection:
        lines = [line for _, line in audit.read(connection, "company")]
    assert [line.action for line in lines] == ["company.create", "company.edit"]
    assert '"address":"龙华区 1 号"' in (lines[1].after or "")
    assert lines[1].actor == "王芳"


def test_an_empty_name_or_an_unknown_actor_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    day = date(2026, 3, 2)
    with pytest.raises(InvalidValueError, match="公司名称不能为空"):
        create_company(tmp_path / "a.kpidesk", name=" ", actor="王芳", today=day)
    with pytest.raises(NotAllowedError, match="经办人"):
        create_company(tmp_path / "b.kpidesk", name="甲", actor=" ", today=day)
    assert list(tmp_path.glob("*.kpidesk")) == []


def test_a_file_is_never_overwritten(office: Office, who: dict[str, Any]) -> None:
    with pytest.raises(FileExistsAlreadyError):
        create_company(office.company.path, name="乙", **who)


def test_a_file_that_is_open_is_not_opened_twice(office: Office) -> None:
    with pytest.raises(FileInUseError):
        open_company(office.company.path)


def test_a_backup_is_a_company_of_its_own(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "备份"
    folder.mkdir()
    path = backup_now(office.company, folder)
    copy = open_company(path)
    assert copy.name == office.company.name
    assert first_broken_audit_line(copy) is None
    copy.close()


def test_a_backup_into_a_missing_folder_says_so(office: Office, tmp_path: Path) -> None:
    with pytest.raises(KpiDeskError, match="没有"):
        backup_now(office.company, tmp_path / "没有")


def test_the_first_page_is_filled_without_what_computes_and_prints(office: Office) -> None:
    office.company.close()
    code = (
        "import sys\nfrom datetime import date\nfrom pathlib import Path\n"
        "from kpidesk.usecases import company, home\n"
        "opened = company.open_company(Path(sys.argv[1]))\n"
        "home.overview(opened, today=date(2026, 3, 2))\n"
        "late = {f'kpidesk.{one}' for one in ('core.scheme', 'core.evaluate', 'exchange')}\n"
        "assert not late & set(sys.modules), late & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(office.company.path)], check=True)


def test_opening_a_company_loads_no_library_that_only_some_actions_need(office: Office) -> None:
    office.company.close()
    code = (
        "import sys\nfrom pathlib import Path\nimport kpidesk.usecases.appraisals\n"
        "import kpidesk.usecases.home, kpidesk.usecases.results\n"
        "from kpidesk.usecases import company, contracts, people\n"
        "opened = company.open_company(Path(sys.argv[1]))\n"
        "people.list_people(opened), contracts.list_contracts(opened)\n"
        "heavy = {'alembic', 'reportlab', 'pypdf', 'pypdfium2', 'pypinyin'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(office.company.path)], check=True)
