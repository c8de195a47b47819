"""A company with two people whose names are rare."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.usecases.office import TODAY, Office, make_office


@pytest.fixture
def who() -> dict[str, Any]:
    return {"actor": "王芳", "today": TODAY}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path)
    yield made
    made.company.close()
