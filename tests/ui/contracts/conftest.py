"""A company with three people whose names have rare characters, and the page 责任书."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from kpidesk.core.people import PersonId
from kpidesk.ui.desk import Desk
from kpidesk.ui.pages.contracts import ContractsPage
from kpidesk.usecases import people as people_cases
from kpidesk.usecases.company import Company
from tests.ui.contracts.driver import NAMES, POSTS, TODAY, Settle


@pytest.fixture
def people(company_desk: Desk, settle: Settle) -> tuple[PersonId, ...]:
    """Three people whose names have rare characters."""
    made: list[PersonId] = []

    def work(company: Company) -> None:
        who = {"actor": "李梅", "today": TODAY}
        place = people_cases.add_department(company, name="大客户部", **who).id  # type: ignore[arg-type]
        for number, (name, post) in enumerate(zip(NAMES, POSTS, strict=True)):
            added = people_cases.add_person(
                company,
                number=f"K{number:03}",
                name=name,
                department=place,
                post=post,
                **who,  # type: ignore[arg-type]
            )
            made.append(added.id)

    company_desk.ask(work, lambda _: None)
    settle(company_desk)
    return tuple(made)


@pytest.fixture
def page(
    company_desk: Desk, people: tuple[PersonId, ...], settle: Settle, qtbot: QtBot
) -> ContractsPage:
    made = ContractsPage(company_desk)
    qtbot.addWidget(made)
    made.resize(1180, 690)
    made.show()
    settle(company_desk)
    return made
