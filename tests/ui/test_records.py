"""操作记录: every line in words, filtered, exported as seen, on paper."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kpidesk.ui.desk import Desk
from kpidesk.ui.records.changes import change_text
from kpidesk.ui.records.dialog import RecordsDialog
from kpidesk.ui.records.words import ACTIONS, action_text
from kpidesk.ui.table.exporting import table_values
from kpidesk.usecases.company import open_company
from kpidesk.usecases.records import list_records, records_pdf

Settle = Callable[[Desk], None]


@pytest.fixture
def dialog(
    desk: Desk, settle: Settle, whole_sample: Path, tmp_path: Path, qtbot: QtBot
) -> Iterator[RecordsDialog]:
    copy = Path(shutil.copy(whole_sample, tmp_path))
    desk.tasks.run(lambda: open_company(copy), lambda company: desk.set_company(company, "苏"))
    settle(desk)
    parent = QWidget()
    qtbot.addWidget(parent)
    made = RecordsDialog(desk, parent)
    made.span.set_value("all")
    settle(desk)
    yield made
    parent.close()


def test_every_line_of_the_sample_is_told_in_words(dialog: RecordsDialog, desk: Desk) -> None:
    QAbstractItemModelTester(dialog.model)
    rows = dialog.model.rows()
    assert len(rows) > 2000
    assert {one.action for one in rows} <= ACTIONS.keys()
    changes = [change_text(one, dialog._words) for one in rows]
    words = [one.split("：")[0] for text in changes for one in text.split("；") if text]
    english = {one for one in words if one.isascii() and one.replace(" ", "").isalpha()}
    assert english == set()
    entered = next(one for one in rows if one.action == "appraisal.enter")
    assert action_text(entered.action) == "录入评分数据"
    assert entered.about.startswith("评分表 ")
    assert dialog.foot.text().endswith("逐条核对无误")


def test_lines_are_filtered_and_exported_as_seen(dialog: RecordsDialog) -> None:
    dialog.kind.set_value("人员")
    dialog.search.setText("许凯")
    shown = dialog.model.shown()
    assert [one.action for one in shown] == ["person.leave", "person.add"]
    assert "最后在岗日：（空） → 2025-09-30" in change_text(shown[0], dialog._words)
    titles, values = table_values(dialog.table)
    assert titles[:4] == ["序号", "时间", "操作人", "操作"]
    assert len(values) == 2
    dialog.table.select([shown[0].sequence])
    assert "最后在岗日" in dialog.told.toPlainText()


def test_lines_are_printed_with_where_the_log_ends(whole_sample: Path, tmp_path: Path) -> None:
    company = open_company(Path(shutil.copy(whole_sample, tmp_path)))
    found = list_records(company)
    pdf = records_pdf(
        company, lines=("全部",), columns=("序号", "对象"), shares=(1, 3),
        rows=tuple((str(one.sequence), one.about) for one in found.rows[:40]),
    )  # fmt: skip
    assert pdf.startswith(b"%PDF")
    company.close()
    with closing(sqlite3.connect(company.path)) as tool:
        tool.execute("DROP TRIGGER audit_no_update")
        tool.execute("UPDATE audit SET actor = '别人' WHERE sequence = 7")
        tool.execute(
            "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
            "BEGIN SELECT RAISE(ABORT, '操作日志只能追加'); END"
        )
        tool.commit()
    again = open_company(company.path)
    assert list_records(again).broken == 7
    again.close()
