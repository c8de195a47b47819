"""A company with two people whose names are rare."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kpidesk.usecases import people
from kpidesk.usecases.company import create_company
from tests.usecases.office import TODAY, Office


@pytest.fixture
def who() -> dict[str, Any]:
    return {"actor": "王芳", "today": TODAY}


@pytest.fixture
def office(tmp_path: Path, who: dict[str, Any]) -> Iterator[Office]:
    company = create_company(
        tmp_path / "龙华.kpidesk", name="龙华贸易有限公司", representative="李雷", **who
    )
    department = people.add_department(company, name="大客户部", **who).id
    director = people.add_person(
        company, number="001", name="䶮㛃", department=department, post="总监", **who
    ).id
    manager = people.add_person(
        company,
        number="002",
        name="𫖯𬭎𠮷",
        department=department,
        post="大客户经理",
        superior=director,
        **who,
    ).id
    yield Office(company, department, director, manager, who)
    company.close()
