"""离职人员信息 in the window: the period, who is due, what goes and stays, and being sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, cast

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.incident import Side
from kpidesk.core.people import PersonId
from kpidesk.core.retention import Retention
from kpidesk.ui.desk import Desk
from kpidesk.ui.forms import FormDialog
from kpidesk.ui.retention.dialog import RetentionDialog
from kpidesk.usecases import incidents, people, retention
from kpidesk.usecases.company import Company

Settle = Callable[[Desk], None]
TODAY = date(2026, 3, 2)
WHO: dict[str, Any] = {"actor": "李梅", "today": TODAY}


def fill(company: Company) -> PersonId:
    """Somebody who left four years ago, and somebody who left last month."""
    department = people.add_department(company, name="客服部", **WHO).id
    left = [
        people.add_person(
            company, number=number, name=name, department=department, post="客服", **WHO
        ).id
        for number, name in (("01", "慕容云深"), ("02", "欧阳修远"))
    ]
    incidents.write_incident(
        company, person=left[0], on=date(2021, 5, 6), side=Side.BAD, note="投诉", **WHO
    )
    for person, day in zip(left, (date(2022, 1, 31), date(2026, 1, 31)), strict=True):
        people.leave_person(company, person, last_day=day, **WHO)
    return left[0]


@pytest.fixture
def dialog(company_desk: Desk, settle: Settle, qtbot: QtBot) -> Iterator[RetentionDialog]:
    company_desk.tasks.run(lambda: fill(company_desk.company), lambda _: None)  # type: ignore[arg-type]  # open
    settle(company_desk)
    parent = QWidget()
    qtbot.addWidget(parent)
    made = RetentionDialog(company_desk, parent)
    made.open()
    settle(company_desk)
    yield made
    parent.close()


def form_of(dialog: QWidget, title: str) -> FormDialog:
    """The form that stands before the dialog."""
    forms = cast("list[FormDialog]", dialog.findChildren(FormDialog))
    (found,) = (one for one in forms if title in one.windowTitle())
    return found


def test_from_the_period_to_the_end(
    dialog: RetentionDialog, company_desk: Desk, settle: Settle
) -> None:
    QAbstractItemModelTester(dialog.model)
    assert "还没有填写" in dialog.period.text()
    assert dialog.banner.isVisible()
    assert not dialog.accept_button.isEnabled()

    dialog.period_button.click()
    period = form_of(dialog, "保存期限")
    years, basis = period.form.fields
    years.set_value(3)
    basis.set_value("《人事档案管理办法》第 12 条")
    period.accept_button.click()
    settle(company_desk)
    settle(company_desk)
    assert "满 3 年" in dialog.period.text()
    assert not dialog.banner.isVisible()
    assert [one.person.name for one in dialog.table.selected_rows()] == ["慕容云深"]
    assert "1 条关键事件" in dialog.told.text()

    assert dialog.accept_button.text() == "匿名处理 1 人…"
    dialog.accept_button.click()
    sure = form_of(dialog, "匿名处理 1 人")
    sure.accept_button.click()
    settle(company_desk)
    assert sure.isVisible()  # the box is not ticked yet
    cast("list[QCheckBox]", sure.findChildren(QCheckBox))[0].click()
    sure.accept_button.click()
    settle(company_desk)
    settle(company_desk)
    first, second = dialog.model.rows()
    assert (first.person.name, first.person.anonymised_on) == ("已匿名1", TODAY)
    assert (second.person.name, second.is_due(TODAY)) == ("欧阳修远", False)
    assert dialog.isVisible()
    assert not dialog.accept_button.isEnabled()


def test_who_is_not_due_is_told_when(
    dialog: RetentionDialog, company_desk: Desk, settle: Settle
) -> None:
    rule = Retention(3, "办法")
    company_desk.act(lambda company: retention.save_retention(company, rule, **WHO))
    settle(company_desk)
    dialog.refresh()
    settle(company_desk)
    later = dialog.model.rows()[1].person.id
    dialog.table.select([later])
    assert "2029-02-01 起" in dialog.told.text()
    assert not dialog.accept_button.isEnabled()
