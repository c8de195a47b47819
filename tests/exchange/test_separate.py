"""A process that cannot begin is told apart from one that dies over a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpidesk.core.page_code import PREFIX
from kpidesk.exchange.scan.found import ScanError
from kpidesk.exchange.scan.reader import ScanReader
from kpidesk.exchange.separate import NOT_STARTED
from kpidesk.exchange.workbook import reader as workbooks
from kpidesk.exchange.workbook.found import WorkbookError


class Missing:
    """What the process shall run, but cannot be had there: as a library that is not installed."""

    def __reduce__(self) -> tuple[Any, ...]:
        return int, ("no number",)


def test_a_scan_is_not_blamed_for_a_process_that_cannot_begin() -> None:
    with ScanReader(PREFIX) as reader:
        reader._serve = Missing  # type: ignore[assignment]  # as broken as it gets
        for _ in range(2):
            with pytest.raises(ScanError) as raised:
                next(reader.read(b"%PDF-1.7"))
            assert str(raised.value) == NOT_STARTED
        assert "与这个文件无关" in NOT_STARTED


def test_nor_is_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名", "utf-8")
    monkeypatch.setattr(workbooks, "_child", Missing)
    with pytest.raises(WorkbookError) as raised:
        workbooks.read_workbook(path)
    assert str(raised.value) == NOT_STARTED
