"""Incidents refuse what says nothing, and files that are too large."""

from __future__ import annotations

from datetime import date

import pytest

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.incident import (
    LARGEST_FILE,
    Attached,
    AttachmentId,
    Incident,
    Side,
    file_problem,
)

DAY = date(2026, 3, 2)


def test_an_incident_says_what_happened_on_a_day_that_has_come() -> None:
    assert Incident(DAY, Side.GOOD, "救回一个大客户", DAY).files == ()
    with pytest.raises(InvalidValueError, match="请写明经过"):
        Incident(DAY, Side.GOOD, "  ", DAY)
    with pytest.raises(InvalidValueError, match="还没有到"):
        Incident(date(2026, 3, 3), Side.BAD, "漏单", DAY)
    with pytest.raises(InvalidValueError, match="最多 2000 个字，现在有 2001 个"):
        Incident(DAY, Side.BAD, "字" * 2001, DAY)


def test_an_incident_has_ten_files_at_most() -> None:
    files = tuple(Attached(AttachmentId(n), "a", 1, "0") for n in range(11))
    assert len(Incident(DAY, Side.BAD, "漏单", DAY, files[:10]).files) == 10
    with pytest.raises(InvalidValueError, match="最多 10 个附件，现在有 11 个"):
        Incident(DAY, Side.BAD, "漏单", DAY, files)


def test_a_file_is_neither_empty_nor_too_large() -> None:
    assert not file_problem("a.pdf", LARGEST_FILE)
    assert "10.0 MB，超过 10 MB" in file_problem("a.pdf", LARGEST_FILE + 1)
    assert "是空的" in file_problem("a.pdf", 0)
