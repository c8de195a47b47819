"""A sheet whose quarters are scored and whose year only sums up; yes and no by one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from kpidesk.core.period import CYCLE, Period
from kpidesk.exchange.builtin import builtin_scheme
from kpidesk.ui.pages.scoring.choices import ChoiceListField
from kpidesk.ui.pages.scoring.stage_scores import StageScores
from kpidesk.usecases import appraisals, contracts, people
from kpidesk.usecases.company import Company
from tests.ui.conftest import TODAY
from tests.ui.scoring.scorer import Scorer, children, cursor, type_in
from tests.ui.scoring.sheets import SERVICE, add_service_director
from tests.usecases.scheme_at_work import settings_of

SOLVED = "conforms.客户问题解决率"


@pytest.fixture
def service(scorer: Scorer) -> Scorer:
    """The sheet of the service director is open for entry."""
    scorer.ask(lambda company: add_service_director(company, today=TODAY))
    scorer.show(SERVICE)
    return scorer


def question(service: Scorer, fact: str = SOLVED, period: str = "2026Q1") -> ChoiceListField:
    found = service.field(fact, period)
    assert isinstance(found, ChoiceListField)
    return found


def fill_quarter(service: Scorer, index: str, customers: str) -> None:
    """Everything that the quarter in view still asks for."""
    service.page.pane.focus_first_empty()
    for one in service.fields:
        if not one.is_empty:
            continue
        one.setFocus()
        if isinstance(one, ChoiceListField):
            QTest.keyClick(one, Qt.Key.Key_1)
        else:
            type_in(index if one.field.fact == "satisfaction_index" else customers)
    service.settle()


def choose_stage(service: Scorer, stage: str) -> None:
    box = service.page.pane.head.stage
    box.setCurrentIndex(box.findData(stage))
    box.activated.emit(box.currentIndex())
    service.settle()


def numbers(shown: StageScores) -> list[str]:
    return [one.text() for one in children(shown, QPushButton) if not one.isHidden()]


def test_the_sheet_opens_where_something_is_asked(service: Scorer) -> None:
    assert service.page.pane.stage == "2026Q1"
    assert service.page.pane.head.stage.currentText() == "2026年第1季度"
    assert cursor() is service.line("satisfaction_index", "2025Q4").line


@pytest.mark.parametrize(
    ("key", "value"), [(Qt.Key.Key_1, True), (Qt.Key.Key_0, False)], ids=["yes", "no"]
)
def test_yes_or_no_is_one_key(service: Scorer, key: Qt.Key, *, value: bool) -> None:
    target = question(service)
    assert [one.digit for one in target.options] == ["1", "0"]
    assert "客户问题解决率是否符合要求" in [one.text() for one in children(target, QLabel)]
    target.setFocus()
    QTest.keyClick(target, key)
    assert service.stored(SOLVED, "2026Q1") is value
    assert [one.is_chosen for one in target.options] == [value, not value]


def test_yes_or_no_is_taken_back_and_other_keys_are_refused(service: Scorer) -> None:
    target = question(service)
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_0)
    assert service.stored(SOLVED, "2026Q1") is False
    QTest.keyClick(target, Qt.Key.Key_Delete)
    assert service.stored(SOLVED, "2026Q1") is None
    QTest.keyClick(target, Qt.Key.Key_5)
    assert "请按数字键 1、0 选择" in target.message.text()


def test_arrows_and_enter_answer_a_question_and_go_on(service: Scorer) -> None:
    target = question(service)
    target.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(target, key)
    assert service.stored(SOLVED, "2026Q1") is False
    assert cursor() is question(service, "conforms.服务水平")


def test_a_click_answers_a_question(service: Scorer) -> None:
    target = question(service)
    QTest.mouseClick(target.options[0], Qt.MouseButton.LeftButton)
    assert service.stored(SOLVED, "2026Q1") is True


def test_the_year_shows_what_its_stages_came_to(service: Scorer) -> None:
    fill_quarter(service, "80", "200")
    choose_stage(service, CYCLE)
    assert service.fields == []
    totals = children(service.page.pane.head, StageScores)[0]
    assert numbers(totals) == ["40.00 不合格"]
    assert [numbers(one.stages) for one in service.rows] == [["0.00"], ["0.00"], ["100.00"]]
    assert not any(one.score.override.isVisible() for one in service.rows)
    children(service.rows[2].stages, QPushButton)[0].click()
    assert "团队绩效得分 = " in service.page.why.text()


def test_the_sheet_opens_again_on_the_next_quarter(service: Scorer) -> None:
    fill_quarter(service, "80", "200")
    service.page.list.step(-1)
    service.settle()
    service.show(SERVICE)
    assert service.page.pane.stage == "2026Q2"


def add_half_year(company: Company) -> None:
    """A contract of half a year by a scheme whose stages are half years."""
    person = people.list_people(company)[2].person.id
    scheme = builtin_scheme("auto-service-director")
    drawn = contracts.draw_up(
        company,
        people=[person],
        scheme=scheme.id,
        role="service_director",
        term=Period.parse("2027H1"),
        settings={**settings_of(scheme), "cycle_length": "half_year"},
        actor="李梅",
        today=TODAY,
    ).ids
    contracts.mark_printed(company, drawn, actor="李梅", today=TODAY)
    contracts.sign(company, drawn, signed_on=TODAY, actor="李梅", today=TODAY)


def test_a_cycle_that_is_its_only_stage_offers_none(scorer: Scorer) -> None:
    scorer.ask(add_half_year)
    rows = scorer.ask(appraisals.list_appraisals)
    scorer.page.show_item(next(one.id for one in rows if one.cycle == Period.parse("2027H1")))
    scorer.settle()
    assert scorer.view.scheme.stages is not None
    assert scorer.page.pane.head.stage.isHidden()
    assert scorer.fields
